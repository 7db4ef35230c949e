"""Whatever stands in a file: every line is accounted for, its record gives itself, and its pages are made."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from storylib import assert_gives_itself, assert_read_whole, assert_stands, resolve_alone

from alibaba_news.archive.resolve import resolve
from alibaba_news.loader import Source, read_sources, read_story
from alibaba_news.renderer import Renderer, plan_pages
from alibaba_news.settings import Settings
from alibaba_news.world import World

WORLD = World()
WORDS = """Jakarta , ( 26/11 ) Sabtu 13 Oktober 2018 “ ” " ' kata ujar Presiden Joko Widodo Jokowi Universitas Sumatra
Rp1,5 juta 20 persen Baca juga: Editor: Foto: pada di hingga kemarin yang akrab disapa Tono - KOMPAS.com ANTARA {{ x }}
<script> & # * _ ` [a](b) ...""".split()
PIECES = st.one_of(
    st.sampled_from(WORDS), st.text(max_size=8), st.sampled_from(["\n", "\n\n", "\r\n", "\u2028", "\u00a0", ". "])
)
TEXTS = st.lists(PIECES, max_size=50).map(" ".join)


def read_text(folder: Path, text: str) -> Source | None:
    """The text as the loader takes it from a file; None where there is nothing in it."""
    (folder / "a.txt").write_bytes(text.encode("utf-8", "replace"))
    sources = read_sources(folder).sources
    return sources[0] if sources else None


@settings(max_examples=200, deadline=None)
@given(TEXTS)
@example("Sabtu (26/11) pameran dibuka.\n\n(MMI)")
@example("Kata Tono, “Ya.")
@example("Ia pulang dari New York")
@example("9999999999. Kata Tono Tono")
@example("JAKARTA - Joko tiba. Warga Jakarta senang.")
@example("BANDUNG, KOMPAS.com - Rektor Universitas Bandung mengatakan hujan turun.")
def test_any_text_is_read_whole_and_its_record_gives_itself(text: str) -> None:
    with TemporaryDirectory() as name:
        source = read_text(Path(name), text)
        if source is None:
            return
        story, problems = read_story(source, WORLD)
        if story is None:
            assert [p.severity for p in problems] == ["warning"]
            return
        assert_read_whole(source, story)
        assert_stands(story)
        story = resolve_alone(story, WORLD)
        assert_stands(story)
        assert_gives_itself(Path(name), story, WORLD)


@settings(max_examples=15, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3), st.sampled_from(["id", "en"]))
def test_any_texts_make_a_site(texts: list[str], language: str) -> None:
    world = World(language=language)
    with TemporaryDirectory() as name:
        sources = [replace(s, file=f"{n}.txt") for n, text in enumerate(texts) if (s := read_text(Path(name), text))]
    stories = tuple(story for s in sources if (story := read_story(s, world)[0]) is not None)
    archive = resolve(stories, world).archive
    options = Settings(language=language)
    renderer = Renderer(archive, options)
    pages = plan_pages(archive, options)
    assert len({page.path.casefold() for page in pages}) == len(pages)
    assert all(isinstance(renderer.render(page), bytes) for page in pages)
    for story in archive.stories:
        page = next(p for p in pages if p.path == f"stories/{story.slug}/index.html")
        assert b"<script>" not in renderer.render(page)
