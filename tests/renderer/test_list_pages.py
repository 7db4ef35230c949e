"""Long lists: by year or letter, with the way straight to each; an outlet is told of like a person."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from msgspec.structs import replace
from renderlib import SETTINGS, Site, parse_page, read_text, render_site
from samplelib import build_many, build_sample, gather, make_story

from alibaba_news.model import Archive, ArchiveEntity
from alibaba_news.renderer.shelves import find_runs, name_letter


def read_shelves(page: Element) -> dict[str, tuple[str, str | None]]:
    """What leads to each run: its name, how much it holds, where."""
    nav = page.find(".//nav[@class='shelves']")
    items = nav.findall("ul/li") if nav is not None else []
    return {read_text(item[0]): (read_text(item[1]), item[0].get("href")) for item in items}


def read_groups(page: Element) -> list[tuple[str | None, str, int]]:
    """(anchor, heading, number of items) of each run on a page."""
    sections = [s for s in page.iter("section") if s.get("class") in ("shelf", "letter")]
    return [(s.get("id"), read_text(h) if (h := s.find("h2")) is not None else "", len(s.findall("ul/li"))) for s in sections]


@pytest.fixture(scope="module")
def split() -> Site:
    return render_site(build_many(1000), replace(SETTINGS, page_size=100))


def test_stories_stand_under_their_years_and_undated_ones_apart() -> None:
    page = parse_page(render_site(build_sample())["stories/index.html"])
    assert read_groups(page) == [("y2019", "2019", 1), ("y2018", "2018", 3), ("undated", "Tanpa tanggal", 1)]
    assert read_shelves(page) == {
        "2019": ("1", "#y2019"),
        "2018": ("3", "#y2018"),
        "Tanpa tanggal": ("1", "#undated"),
    }


def test_each_year_is_reached_from_every_part_of_a_split_list(split: Site) -> None:
    first, fourth = (parse_page(split[path]) for path in ("stories/index.html", "stories/page/4/index.html"))
    assert read_shelves(first)["2002"] == ("288", "page/3/index.html#y2002")
    assert read_shelves(fourth)["2002"] == ("288", "../3/index.html#y2002")
    assert [group[:2] for group in read_groups(fourth)] == [("y2002", "2002")]
    assert sum(int(count.replace(".", "")) for count, _ in read_shelves(first).values()) == 1000


def test_events_stand_under_their_years() -> None:
    page = parse_page(render_site(build_sample())["events/index.html"])
    assert read_groups(page) == [("y2018", "2018", 1), ("y2017", "2017", 1), ("undated", "Tahun belum pasti", 1)]


def make_people(names: list[str]) -> Archive:
    archive = gather([make_story(slug="a", title="A", body=("Satu.",), date="2018-01-01")])
    archive = gather([*archive.stories, make_story(slug="b", title="B", body=("Dua.",), date="2018-01-02")])
    stories = (("a", "b"), *([("a",)] * len(names)))  # the first name alone is in both
    rows = zip(names, stories, strict=False)
    people = tuple(ArchiveEntity(id=f"people/p{n:03}", name=name, stories=held) for n, (name, held) in enumerate(rows))
    return replace(archive, people=people)


def test_many_names_are_looked_through_by_letter() -> None:
    names = [f"{letter}{second} Contoh" for letter in "ABCDEFGHIJKLMNOPQRSTUVW" for second in "aiu"]
    site = render_site(make_people([*names, "éclair Suara", "ekonom Anonim", "50 Cent"]), replace(SETTINGS, page_size=50))
    first, second = (parse_page(site[path]) for path in ("people/index.html", "people/page/2/index.html"))
    assert read_groups(first)[:2] == [("letter-0", "#", 1), ("letter-a", "A", 3)]
    assert ("letter-e", "E", 5) in read_groups(first)
    assert read_shelves(first)["W"] == ("3", "page/2/index.html#letter-w")
    assert "Paling banyak diberitakan Aa Contoh 2 Angka" in read_text(first)
    assert "Paling banyak diberitakan" not in read_text(second)


def test_a_few_names_are_one_list_in_the_order_of_the_alphabet() -> None:
    page = parse_page(render_site(make_people(["Zainal", "eBay", "Arif"]))["people/index.html"])
    assert read_shelves(page) == {}
    assert [read_text(p) for p in page.findall(".//p[@class='item-name']")] == ["Arif", "eBay", "Zainal"]


@pytest.mark.parametrize(
    ("name", "letter"), [("eBay", "E"), ("Éric", "E"), ("“Oki”", "O"), ("7-Eleven", "#"), ("阿里", "#"), ("", "#")]
)
def test_the_letter_of_a_name(name: str, letter: str) -> None:
    assert name_letter(name) == letter


def test_runs_cover_the_list_without_a_gap() -> None:
    shelves = find_runs(["2019", "2018", "2018", "", ""])
    assert [(s.key, s.first, s.count) for s in shelves] == [("2019", 0, 1), ("2018", 1, 2), ("", 3, 2)]


def test_an_outlet_names_whom_it_writes_about_and_whom_it_quotes() -> None:
    page = parse_page(render_site(build_sample())["outlets/harian-contoh/index.html"])
    assert read_groups(page) == [("y2019", "2019", 1), ("y2018", "2018", 1)]
    beside = page.find(".//aside")
    assert beside is not None
    sections = {read_text(s[0]): [read_text(item) for item in s.iter("li")] for s in beside.findall("section")}
    assert sections["Paling banyak diberitakan"] == ["Bagus Prakoso 2 berita", "Ratna Wulandari 1 berita"]
    assert sections["Paling banyak dikutip"] == ["Ratna Wulandari 2 kutipan", "Bagus Prakoso 1 kutipan"]
    figure = page.find(".//figure")
    assert figure is not None
    assert [a.get("href") for a in figure.findall("ol/li/a")] == ["#y2018", "#y2019"]


def test_a_split_outlet_tells_the_whole_once(split: Site) -> None:
    first, second = (parse_page(split[f"outlets/harian-contoh/{path}"]) for path in ("index.html", "page/2/index.html"))
    assert "Ratna Wulandari 1.000 berita" in read_text(first)
    assert second.find(".//aside") is None
    years = first.find(".//figure/ol")
    assert years is not None
    assert [a.get("href") for a in years.iter("a")] == ["page/6/index.html#y2001", "page/3/index.html#y2002", "#y2003"]


def test_outlets_compare_by_their_stories_a_year() -> None:
    page = parse_page(render_site(build_sample())["outlets/index.html"])
    assert [read_text(p) for p in page.findall(".//p[@class='item-name']")] == ["Harian Contoh", "Suara Muara"]
    labels = [svg.get("aria-label") for svg in page.iter("{http://www.w3.org/2000/svg}svg")]
    assert labels == ["Sebutan per tahun: 2018: 1, 2019: 1", "Sebutan per tahun: 2018: 2"]
