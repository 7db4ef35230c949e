"""An index that was kept part by part answers as the index itself; nothing of the texts is in the parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from msgspec import Struct
from renderlib import SETTINGS
from samplelib import build_crowd, build_sample

from alibaba_news.model import ENTITY_KINDS
from alibaba_news.renderer import Renderer
from alibaba_news.renderer.drawers import HTML_KINDS
from alibaba_news.renderer.index import Index, build_index
from alibaba_news.renderer.kept import KeptIndex, list_parts
from alibaba_news.values import digest

ARCHIVES = {"sample": build_sample, "crowd": build_crowd}


@pytest.fixture(scope="module", params=ARCHIVES)
def index(request: pytest.FixtureRequest) -> Index:
    return Renderer(ARCHIVES[request.param](), SETTINGS).index


def keep(index: Index) -> KeptIndex:
    return KeptIndex(dict(list_parts(index)).__getitem__, index.stories)


def tell(value: Any) -> Any:
    """A look-up as a plain value: whatever kind of mapping or row it is."""
    if isinstance(value, Mapping):
        return {key: tell(item) for key, item in value.items()}
    if isinstance(value, Struct):
        return {name: tell(getattr(value, name)) for name in value.__struct_fields__}
    return digest(value)


@pytest.mark.parametrize("name", [name for name in Index.__struct_fields__ if name != "archive"])
def test_every_look_up_says_what_it_said(index: Index, name: str) -> None:
    assert tell(getattr(keep(index), name)) == tell(getattr(index, name))


def test_the_rows_of_the_archive_are_those_that_were_kept(index: Index) -> None:
    kept = keep(index).archive
    for name in ("stories", *ENTITY_KINDS, "events", "outlets"):
        assert tuple(getattr(kept, name)) == tuple(getattr(index.archive, name))


def test_pages_drawn_from_what_was_kept_are_the_same(index: Index) -> None:
    whole = Renderer(index.archive, SETTINGS, index=index)
    kept = keep(index)
    some = Renderer(kept.archive, SETTINGS, index=kept)  # type: ignore[arg-type]
    pages = [page for page in whole.pages if page.kind in HTML_KINDS or page.kind in {"record", "page_feed", "csv"}]
    assert [page.path for page in pages if whole.draw(page).data != some.trace(page).data] == []


def test_no_word_of_a_text_is_in_a_part() -> None:
    archive = build_sample()
    parts = repr(list(list_parts(build_index(archive))))
    texts = [text for story in archive.stories for text in story.body]
    assert texts
    assert [text for text in texts if text in parts] == []
