"""An event's page: accounts side by side, what agrees and what differs, copies as one voice, its place on a map."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from msgspec.structs import replace
from renderlib import SETTINGS, parse_pages, read_text, render_site, resolve_link
from samplelib import OPENING, build_sample, gather, make_story

from alibaba_news.model import Archive, ArchiveEvent, CopiedStory, Event, Figure, Story, StoryCopy
from alibaba_news.renderer.index import build_index

PAGE = f"{OPENING}/index.html"
EVENT = "events/rapat"


@pytest.fixture(scope="module")
def opening() -> Element:
    return parse_pages(render_site(build_sample()))[PAGE]


def read_rows(tree: Element) -> dict[str, list[str]]:
    """The cells of the accounts by the name of their row."""
    return {read_text(row[0]): [read_text(cell) for cell in row[1:]] for row in tree.findall(".//table/tbody/tr")}


def tell(slug: str, *figures: tuple[str, float, str], place: str | None = None, start: str = "2018-03-05") -> Story:
    """An account of one meeting."""
    body = ("Rapat digelar di balai. " + " ".join(text for text, _, _ in figures),)
    own = Event(id=EVENT, name="Rapat", start=start, end=start, place=place, paragraph=1, offset=0)
    found = tuple(Figure(text=t, value=v, unit=u, paragraph=1, start=body[0].index(t)) for t, v, u in figures)
    return replace(
        make_story(slug=slug, title=f"Rapat {slug}", body=body, outlet=f"Koran {slug}"), events=(own,), figures=found
    )


def gather_accounts(*stories: Story, copies: tuple[tuple[str, str], ...] = ()) -> Archive:
    slugs = tuple(story.slug for story in stories)
    event = ArchiveEvent(id=EVENT, name="Rapat", start="2018-03-05", end="2018-03-05", precision="day", stories=slugs)
    rows = []
    for pair in copies:
        for here, there in (pair, pair[::-1]):
            copy = StoryCopy(story=there, kind="same text", share=1.0, share_there=1.0)
            rows.append(CopiedStory(story=here, copies=(copy,)))
    return replace(gather(stories, [event]), copies=tuple(rows))


def compare(*stories: Story, **more: Any) -> Any:
    return build_index(gather_accounts(*stories, **more)).comparisons[EVENT]


def test_an_inferred_speaker_is_marked_and_the_event_can_be_followed(opening: Element) -> None:
    said = read_rows(opening)["Pernyataan"]
    assert "Ratna Wulandari, penutur disimpulkan dari “Ia” · kalimat 4" in said[0]
    assert "disimpulkan" not in said[1]
    assert [a.get("href") for a in opening.findall(".//main//a") if a.get("type") == "application/atom+xml"] == ["feed.xml"]


def test_each_account_has_its_headline_day_and_sentence(opening: Element) -> None:
    rows = read_rows(opening)
    assert rows["Laporan"] == [
        "Wali Kota Resmikan Pasar Apung Muara Jati 5 Mar 2018",
        "Pasar di atas rakit akhirnya dibuka di Muara Jati antara 5 dan 12 Mar 2018 (disimpulkan)",
    ]
    assert rows["Kalimatnya"] == [
        "Wali Kota Ratna Wulandari meresmikan pasar apung di Muara Jati, Senin (5/3/2018). kalimat 1",
        "Pasar di atas rakit akhirnya dibuka di Muara Jati, Senin (5/3). kalimat 1",
    ]
    links = [resolve_link(PAGE, str(a.get("href"))) for a in opening.findall(".//td/p[@class='meta']/a")]
    assert ("stories/wali-kota-resmikan-pasar-apung/index.html", "s1") in links


def test_what_agrees_and_what_differs_is_marked(opening: Element) -> None:
    rows = read_rows(opening)
    assert all("5 Maret 2018" in cell and "sejalan" in cell for cell in rows["Tanggal"])
    assert rows["Tempat"] == ["Muara Jati sejalan", "Muara Jati sejalan"]
    assert "120 pedagang berbeda" in rows["Angka"][0]
    assert "Rp2,4 miliar sejalan" in rows["Angka"][1]


@pytest.mark.parametrize(
    ("one", "other", "mark"),
    [
        ([("120 orang", 120, "orang")], [("120 orang", 120, "orang")], "same"),
        ([("120 orang", 120, "orang")], [("150 orang", 150, "orang")], "differs"),
        ([("120 orang", 120, "orang")], [("150 kios", 150, "kios")], ""),
        # One who tells of several numbers of people contradicts nobody who knows one of them.
        ([("120 orang", 120, "orang"), ("30 orang", 30, "orang")], [("30 orang", 30, "orang")], ""),
        # Sums of money are many things; only where each has one alone do they speak of the same.
        ([("Rp2 miliar", 2e9, "IDR")], [("Rp3 miliar", 3e9, "IDR")], "differs"),
        ([("Rp2 miliar", 2e9, "IDR")], [("Rp3 miliar", 3e9, "IDR"), ("Rp4 juta", 4e6, "IDR")], ""),
    ],
)
def test_figures_differ_where_they_count_the_same_otherwise(one: list[Any], other: list[Any], mark: str) -> None:
    unit = one[0][2].lower()
    assert compare(tell("a", *one), tell("b", *other)).figures[unit, one[0][1]] == mark


@pytest.mark.parametrize(
    ("days", "mark"),
    [
        (("2018-03-05", "2018-03-05"), "same"),
        (("2018-03-05", "2018-03-06"), "differs"),
        (("2018-03-05", "2018-03"), ""),
        (("2018-03-05", "2018"), ""),
        (("2018-03", "2018-04"), "differs"),
    ],
)
def test_dates_differ_where_no_day_fits_both(days: tuple[str, str], mark: str) -> None:
    found = compare(*(tell(slug, start=day) for slug, day in zip("ab", days, strict=True)))
    assert found.days[days[0], days[0]] == mark


@pytest.mark.parametrize(
    ("places", "mark"),
    [
        (("Hotel Laguna, Nusa Dua, Bali", "Hotel Laguna, Bali"), "same"),
        (("Nusa Dua, Bali", "Kuta, Bali"), ""),
        (("Bandung", "Medan"), "differs"),
        (("Bandung", None), ""),
    ],
)
def test_places_are_compared_part_by_part(places: tuple[str, str | None], mark: str) -> None:
    found = compare(*(tell(slug, place=place) for slug, place in zip("ab", places, strict=True)))
    assert found.places[places[0]] == mark


def test_copies_are_one_voice_and_said_to_be() -> None:
    stories = tell("a", ("120 orang", 120, "orang")), tell("b", ("120 orang", 120, "orang"))
    page = read_text(parse_pages(render_site(gather_accounts(*stories, copies=(("a", "b"),))))[f"{EVENT}/index.html"])
    assert "2 berita, 1 naskah" in page
    assert "2 berita ini satu naskah, jadi satu sumber: Koran a, Koran b." in page
    assert compare(*stories, copies=(("a", "b"),)).figures["orang", 120] == ""
    assert compare(*stories).figures["orang", 120] == "same"


def test_the_place_is_linked_part_by_part_and_shown_where_one_is_known() -> None:
    sample = build_sample()
    events = tuple(replace(e, place="Dermaga Lama, Muara Jati") if e.id == OPENING else e for e in sample.events)
    tree = parse_pages(render_site(replace(sample, events=events)))[PAGE]
    where = tree.findall(".//dl[@class='facts facts-lead']/dd")[1]
    assert read_text(where) == "Dermaga Lama, Muara Jati"
    assert [read_text(a) for a in where.iter("a")] == ["Muara Jati"]
    svg = tree.find(".//{http://www.w3.org/2000/svg}svg[@class='map']")
    assert svg is not None
    assert "letak Muara Jati" in str(svg.get("aria-label"))


def test_accounts_are_split_and_compared_across_the_parts() -> None:
    stories = [tell(f"s{n:02}", (f"{100 + n} orang", 100 + n, "orang")) for n in range(9)]
    site = parse_pages(render_site(gather_accounts(*stories), replace(SETTINGS, page_size=4)))
    pages = [path for path in site if path.startswith(f"{EVENT}/")]
    assert len(pages) == 3
    cells = [cell for path in pages for row in site[path].findall(".//tr") if read_text(row[0]) == "Angka" for cell in row[1:]]
    assert [read_text(cell) for cell in cells] == [f"{100 + n} orang berbeda" for n in range(9)]
