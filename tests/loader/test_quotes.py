"""Who said what, by case files and properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from caselib import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from alibaba_news.loader.quotes import read_quotes
from alibaba_news.model import Entity, Mention, Role
from alibaba_news.text import make_slug
from alibaba_news.world import World

WORLD = World()


def _make_entity(kind: str, name: str, row: Any, texts: dict[int | str, str]) -> Entity:
    forms = [name, *(row if isinstance(row, list) else row.get("forms", []))]
    either = re.compile("|".join(rf"(?<!\w){re.escape(f)}(?!\w)" for f in sorted(forms, key=len, reverse=True)))
    mentions = [Mention(text=m.group(), paragraph=p, start=m.start()) for p, t in texts.items() for m in either.finditer(t)]
    return Entity(
        id=f"{kind}/{make_slug(name)}",
        name=name,
        roles=tuple(Role(text=r) for r in (row.get("roles", []) if isinstance(row, dict) else [])),
        mentions=tuple(mentions),
    )


def _make_entities(case: dict[str, Any], texts: dict[int | str, str]) -> Iterator[Entity]:
    for kind in ("people", "organizations"):
        for name, row in (case.get(kind) or {}).items():
            yield _make_entity(kind, name, row, texts)


@pytest.mark.parametrize("case", load_cases("quotes"))
def test_case(case: dict[str, Any]) -> None:
    texts: dict[int | str, str] = {0: case.get("title", ""), **dict(enumerate(case["texts"], start=1))}
    entities = tuple(_make_entities(case, texts))
    names = {e.id: e.name for e in entities}
    got = read_quotes(texts, entities, WORLD)
    wanted = case["quotes"]
    kind = case.get("kind", "direct")
    said = [(q.text, names.get(q.speaker or ""), q.kind) for q in got]
    assert said == [(q["text"], q["who"], q.get("kind", kind)) for q in wanted]
    for found, row in zip(got, wanted, strict=True):
        assert texts[found.paragraph][found.start or 0 :].startswith(found.text)
        assert found.speaker_text == row.get("as", found.speaker_text)


WORDS = """" “ ” „ ‟ « » ' ‘ ’ , . ? ! : ( ) – kata ujarnya Menurut menurutnya dia Budi Rina Alfa mengatakan bahwa oleh ini
dijelaskan menambahkan, yang dan Hal itu disampaikan Senin (2/3) pria Menteri juga “Kami siap,” seraya"""
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=40), max_size=4), st.sampled_from(["", " "]))
def test_any_text_is_read_and_quoted_as_printed(paragraphs: list[list[str]], joint: str) -> None:
    texts: dict[int | str, str] = {n: joint.join(words) for n, words in enumerate(paragraphs)}
    case = {"people": {"Budi": [], "Rina": {"roles": ["Menteri"]}}, "organizations": {"Alfa": []}}
    entities = tuple(_make_entities(case, texts))
    spans: dict[int | str, list[tuple[int, int]]] = {}
    for quote in read_quotes(texts, entities, WORLD):
        assert quote.start is not None
        assert quote.paragraph != 0
        assert quote.text
        assert texts[quote.paragraph][quote.start : quote.start + len(quote.text)] == quote.text
        assert quote.speaker in {None, *(e.id for e in entities)}
        spans.setdefault(quote.paragraph, []).append((quote.start, quote.start + len(quote.text)))
    for row in spans.values():
        assert all(end <= start for (_, end), (start, _) in pairwise(row))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 200), st.integers(1, 30), st.text(max_size=5))
def test_mentions_that_do_not_fit_the_text_do_no_harm(start: int, length: int, text: str) -> None:
    wild = Entity(id="people/budi", name="Budi", mentions=(Mention(text="B" * length, paragraph=1, start=start),))
    quotes = read_quotes({1: f"“Kami siap,” kata Budi.{text}"}, (wild,), WORLD)
    assert quotes[0].text == "Kami siap,"


def test_order_of_the_paragraphs_given_does_not_matter() -> None:
    texts: dict[int | str, str] = {2: '"Ia rajin," tambahnya.', "caption-1": '"Kami," kata Rina.', 1: '"Kami siap," kata Budi.'}
    entities = tuple(_make_entities({"people": {"Budi": [], "Rina": []}}, texts))
    assert [q.speaker for q in read_quotes(texts, entities, WORLD)] == ["people/budi", "people/budi"]
