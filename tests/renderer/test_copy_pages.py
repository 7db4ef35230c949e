"""Copies of one text on the pages: which, how much, what differs; and that an event does not count them twice."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from msgspec.structs import replace
from renderlib import SETTINGS, parse_page, parse_pages, read_text, render_site, resolve_link
from samplelib import HOSTILE, OPENING, build_many, build_sample

from alibaba_news.model import Archive, CopiedStory, Difference, StoryCopy
from alibaba_news.renderer.accounts import count_texts
from alibaba_news.renderer.index import build_index
from alibaba_news.renderer.publish import publish_archive
from alibaba_news.settings import Settings

MARKET, SECOND = "wali-kota-resmikan-pasar-apung", "pasar-di-atas-rakit-akhirnya-dibuka"
WITHDRAWN = "kabar-yang-ditarik"
DIFFERS = (
    Difference(what="title", here=("Satu",), there=("Dua",)),
    Difference(what="figures", here=("120 pedagang",), there=("150 pedagang",)),
)


def build_copies(*others: str, differs: tuple[Difference, ...] = DIFFERS) -> Archive:
    """The sample, its market story a copy of others and they of it."""
    ours = tuple(
        StoryCopy(story=other, kind="contains", share=0.4, share_there=0.999, only_here=(2, 3), differs=differs)
        for other in others
    )
    theirs = (StoryCopy(story=MARKET, kind="contained", share=0.999, share_there=0.4, only_there=(2, 3)),)
    rows = (CopiedStory(story=MARKET, copies=ours), *(CopiedStory(story=other, copies=theirs) for other in others))
    return replace(build_sample(), copies=rows)


def read_pages(archive: Archive, settings: Settings = SETTINGS) -> dict[str, Element]:
    return parse_pages(render_site(archive, settings))


def find_section(tree: Element) -> Element | None:
    return tree.find(".//section[@class='origin copies']")


def test_a_story_names_its_copies_and_what_differs() -> None:
    page = f"stories/{MARKET}/index.html"
    section = find_section(read_pages(build_copies(SECOND))[page])
    assert section is not None
    text = read_text(section)
    assert "Naskah yang hampir sama" in text
    assert "Lebih pendek: 99% naskah itu ada di sini." in text
    rows = [[read_text(cell) for cell in row] for row in section.iter("tr")][1:]
    assert rows == [
        ["Judul", "Satu", "Dua"],
        ["Angka", "120 pedagang", "150 pedagang"],
        ["Paragraf", "paragraf 2 paragraf 3", "tidak ada"],
    ]
    links = [resolve_link(page, str(link.get("href"))) for link in section.iter("a")]
    assert links == [(f"stories/{SECOND}/index.html", ""), (page, "p2"), (page, "p3")]


def test_the_other_side_sees_it_turned() -> None:
    section = find_section(read_pages(build_copies(SECOND))[f"stories/{SECOND}/index.html"])
    assert section is not None
    assert "Lebih panjang: 99% naskah ini ada di sana." in read_text(section)


def test_a_story_without_copies_has_no_such_part() -> None:
    trees = read_pages(build_copies(SECOND))
    assert find_section(trees["stories/kapal-penyeberangan-berlayar-perdana/index.html"]) is None


def test_an_event_counts_copies_as_one_source() -> None:
    page = f"{OPENING}/index.html"
    apart, joined = read_text(read_pages(build_sample())[page]), read_text(read_pages(build_copies(SECOND))[page])
    assert "Rp2,4 miliar sejalan" in apart
    assert "satu naskah" not in apart
    assert "sejalan" not in joined
    assert "2 berita ini satu naskah, jadi satu sumber" in joined
    assert "120 pedagang berbeda" in joined


def test_english_pages_say_it_in_english() -> None:
    trees = read_pages(build_copies(SECOND), replace(SETTINGS, language="en"))
    section = find_section(trees[f"stories/{MARKET}/index.html"])
    assert section is not None
    assert "Shorter: 99% of that text stands here." in read_text(section)
    assert "one text, so one source" in read_text(trees[f"{OPENING}/index.html"])


def test_a_withdrawn_copy_is_gone() -> None:
    archive = publish_archive(build_copies(SECOND, WITHDRAWN), SETTINGS)
    assert {row.story for row in archive.copies} == {MARKET, SECOND}
    assert [copy.story for row in archive.copies if row.story == MARKET for copy in row.copies] == [SECOND]
    assert publish_archive(build_copies(WITHDRAWN), SETTINGS).copies == ()


def test_excerpts_tell_nothing_of_the_text_that_they_do_not_show() -> None:
    archive = publish_archive(build_copies(SECOND), replace(SETTINGS, full_text=False))
    copies = [copy for row in archive.copies for copy in row.copies]
    assert copies != []
    assert {d.what for copy in copies for d in copy.differs} == {"title"}
    assert {place for copy in copies for place in (*copy.only_here, *copy.only_there)} == set()


def test_what_differs_is_text_and_no_markup() -> None:
    hostile = (Difference(what="quotes", here=(HOSTILE,), there=()),)
    page = render_site(build_copies(SECOND, differs=hostile))[f"stories/{MARKET}/index.html"]
    section = find_section(parse_page(page))
    assert section is not None
    assert section.find(".//script") is None
    assert "<b>tebal</b>" in read_text(section)


@pytest.mark.parametrize(
    ("pairs", "groups"),
    [
        ([], [(0,), (1,), (2,), (3,)]),
        ([(0, 2)], [(0, 2), (1,), (3,)]),
        ([(2, 3), (0, 3), (1, 1)], [(0, 2, 3), (1,)]),
        ([(0, 1), (2, 3), (1, 2)], [(0, 1, 2, 3)]),
    ],
)
def test_stories_in_groups_of_one_text(pairs: list[tuple[int, int]], groups: list[tuple[int, ...]]) -> None:
    archive = build_many(4)
    slugs = [story.slug for story in archive.stories]
    rows = []
    for number, slug in enumerate(slugs):
        others = {b if a == number else a for a, b in pairs if number in (a, b)}
        copies = (StoryCopy(story=slugs[n], kind="near copy", share=0.7, share_there=0.7) for n in sorted(others))
        rows.append(CopiedStory(story=slug, copies=tuple(copies)))
    index = build_index(replace(archive, copies=tuple(rows)))
    assert count_texts(index.copies, slugs) == tuple(tuple(slugs[n] for n in group) for group in groups)
