"""What the archive does not know: each thing with its place, and with what an editor writes where to settle it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from msgspec.structs import replace
from renderlib import SETTINGS, parse_page, read_text, render_site
from samplelib import build_many, build_sample, gather, make_story

from alibaba_news.model import ArchiveEntity, PerhapsSame, SourceFile


def read_settled(page: Element, section: str) -> list[list[str]]:
    """The lines and files of one section, thing by thing."""
    found = page.find(f".//section[@id='{section}']")
    assert found is not None, section
    return [["".join(code.itertext()) for code in row.iter("code")] for row in found.findall("ul/li")]


@pytest.fixture(scope="module")
def page() -> Element:
    return parse_page(render_site(build_sample())["unknown/index.html"])


@pytest.mark.parametrize(
    ("section", "settled"),
    [
        ("undated", [["date: YYYY-MM-DD", "kapal-penyeberangan-berlayar-perdana.yaml"]]),
        ("between", [["date: YYYY-MM-DD", "pasar-di-atas-rakit-akhirnya-dibuka.yaml"]]),
        ("inferred-dates", [['date: "2019-02"', "floating-market-draws-visitors.yaml"]]),
        ("open-dates", [["dates: …", "kapal-penyeberangan-berlayar-perdana.yaml"]]),
        ("open-events", [["events: …", "kapal-penyeberangan-berlayar-perdana.yaml"]]),
        ("quotes", [["quotes: …", "pasar-di-atas-rakit-akhirnya-dibuka.yaml"],
                    ["quotes: …", "kapal-penyeberangan-berlayar-perdana.yaml"]]),
        ("outlets", [["outlet: …", "kapal-penyeberangan-berlayar-perdana.yaml"]]),
        ("headlines", [["title: Pasar di atas rakit akhirnya dibuka di Muara Jati",
                        "pasar-di-atas-rakit-akhirnya-dibuka.yaml"]]),
        ("names", [["- {name: Hartini, not: [Sri Hartini]}", "authority/people.yaml",
                    "- {name: Hartini, aliases: [Sri Hartini]}"]]),
    ],
)  # fmt: skip
def test_each_gap_names_the_line_and_the_file(page: Element, section: str, settled: list[list[str]]) -> None:
    assert read_settled(page, section) == settled


def test_events_that_may_be_one_are_told_apart_by_their_stories(page: Element) -> None:
    (row,) = read_settled(page, "same-events")
    assert row[1] == "authority/events.yaml"
    assert "harian/001.txt" in row[0]


def test_two_of_one_name_are_told_apart_by_their_stories() -> None:
    stories = [make_story(slug=s, title=s.upper(), body=("Satu.",), date="2018-01-01", outlet="Harian") for s in ("a", "b")]
    one = ArchiveEntity(
        id="people/budi", name="Budi", stories=("a",), perhaps_same=(PerhapsSame(id="people/budi-2", reason="Nama sama"),)
    )
    two = ArchiveEntity(id="people/budi-2", name="Budi", stories=("b",))
    page = parse_page(render_site(replace(gather(stories), people=(one, two)))["unknown/index.html"])
    assert read_settled(page, "names") == [
        ["- {name: Budi, stories: [a.txt], not: [b.txt]}", "authority/people.yaml", "- {name: Budi, stories: [a.txt, b.txt]}"]
    ]


def test_an_article_in_a_file_of_many_is_settled_in_its_own_line() -> None:
    source = SourceFile(file="arsip/semua.jsonl", sha256="0" * 64)
    story = make_story(slug="a", title="Judul “A”", title_origin="inferred", body=("Satu.",), date="2018-01-01", source=source)
    page = parse_page(render_site(gather([story]))["unknown/index.html"])
    assert read_settled(page, "headlines") == [['"title": "Judul “A”"', "arsip/semua.jsonl"]]


def test_the_page_leads_to_how_it_is_done() -> None:
    site = render_site(build_sample())
    assert "../about/index.html#settle" in {a.get("href") for a in parse_page(site["unknown/index.html"]).iter("a")}
    settle = parse_page(site["about/index.html"]).find(".//section[@id='settle']")
    assert settle is not None
    assert "authority/people.yaml" in read_text(settle)


def test_many_gaps_are_split_and_each_section_is_reached_from_the_first_part() -> None:
    site = render_site(build_many(1000), replace(SETTINGS, page_size=50))
    first = parse_page(site["unknown/index.html"])
    contents = first.find(".//nav[@class='shelves']")
    assert contents is not None
    assert read_text(contents) == "Berita tanpa tanggal 142"
    assert [path for path in site if path.startswith("unknown/")] == [
        "unknown/index.html", "unknown/page/2/index.html", "unknown/page/3/index.html"]  # fmt: skip
    heading = parse_page(site["unknown/page/3/index.html"]).find(".//h2")
    assert heading is not None
    assert read_text(heading) == "Berita tanpa tanggal 142"


def test_what_stands_in_another_language_says_so(page: Element) -> None:
    row = next(p for p in page.iter("p") if p.get("lang") == "en")
    assert row is not None
