"""Pages of people, organizations and places: forms, a life in order of time, company, a map; split when they are long."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from msgspec.structs import replace
from renderlib import SETTINGS, parse_pages, read_text, render_site, resolve_link
from samplelib import build_many, build_sample, gather, make_story

from alibaba_news.model import Archive, Entity, Mention, Story
from alibaba_news.renderer.index import build_index

RATNA = "people/ratna-wulandari/index.html"
SVG = "{http://www.w3.org/2000/svg}"
PLACE = "places/muara-jati/index.html"


@pytest.fixture(scope="module")
def trees() -> dict[str, Element]:
    return parse_pages(render_site(build_sample()))


def find_side(tree: Element, heading: str) -> Element | None:
    """The section beside a page under a heading."""
    for section in tree.findall(".//aside//section"):
        if section.find("h2") is not None and read_text(section[0]) == heading:
            return section
    return None


def name_people(story: Story, *names: str) -> Story:
    """The story with these people named in its first paragraph."""
    body = ", ".join(names)
    people = tuple(
        Entity(
            id=f"people/{name.lower().replace(' ', '-')}",
            name=name,
            mentions=(Mention(text=name, paragraph=1, start=body.index(name)),),
        )
        for name in names
    )
    return replace(story, body=(body,), people=people)


def build_company(*groups: str) -> Archive:
    """One story a group; every letter of a group is a person."""
    stories = [
        name_people(
            make_story(slug=f"s{n}", title=f"S{n}", body=("x",), date=f"2018-01-{n + 1:02}"), *(f"Orang {c}" for c in group)
        )
        for n, group in enumerate(groups)
    ]
    archive = gather(stories)
    slugs = {f"people/orang-{c.lower()}": tuple(s.slug for s in stories if f"Orang {c}" in s.body[0]) for c in "ABCDE"}
    like = build_sample().people[0]
    people = tuple(
        replace(
            like, id=key, name=f"Orang {key[-1].upper()}", aliases=(), roles=(), stories=found, evidence=(), perhaps_same=()
        )
        for key, found in slugs.items()
        if found
    )
    return replace(archive, people=people)


def test_forms_of_a_name_are_counted_and_lead_to_where_they_were_met(trees: dict[str, Element]) -> None:
    section = find_side(trees[RATNA], "Ditulis sebagai")
    assert section is not None
    rows = [read_text(row) for row in section.findall("ul[@class='forms']/li")]
    assert rows == ["Ratna Wulandari 3 kali · kalimat 2", "Ratna 1 kali · kalimat 3"]
    links = [resolve_link(RATNA, str(a.get("href"))) for a in section.findall("ul//a")]
    second, market = "pasar-di-atas-rakit-akhirnya-dibuka", "wali-kota-resmikan-pasar-apung"
    assert links == [(f"stories/{second}/index.html", "s2"), (f"stories/{market}/index.html", "s3")]


def test_a_life_has_events_and_stories_in_the_order_of_time(trees: dict[str, Element]) -> None:
    life = trees[RATNA].findall(".//ol[@class='thread-list life']/li")
    assert [(read_text(row[0]), read_text(row[1][0])) for row in life] == [
        ("5 Mar 2018", "Peresmian pasar apung"),
        ("antara 5 dan 12 Mar 2018 (disimpulkan)", "Pasar di atas rakit akhirnya dibuka di Muara Jati"),
        ("5 Mar 2018", "Wali Kota Resmikan Pasar Apung Muara Jati"),
    ]
    assert "is-event" in str(life[0].get("class"))
    assert read_text(life[0][1][1]) == "Muara Jati · 2 berita, 2 tokoh · Harian Contoh: kalimat 1"
    anchors = [resolve_link(RATNA, str(a.get("href"))) for a in life[2].findall(".//p[@class='meta']/a")]
    assert anchors[0] == ("stories/wali-kota-resmikan-pasar-apung/index.html", "s1")


def test_quotes_stand_under_the_story_that_has_them(trees: dict[str, Element]) -> None:
    told = trees[RATNA].findall(".//section[@class='spoken']")
    assert [(read_text(row[0]), read_text(row[1])) for row in told] == [
        ("Wali Kota Resmikan Pasar Apung Muara Jati", "Harian Contoh · 5 Mar 2018")
    ]
    assert [read_text(row) for row in told[0].iter("figcaption")] == [
        "kalimat 3",
        "kalimat 4 · kutipan tidak langsung · penutur disimpulkan dari “Ia”",
    ]
    inferred = [str(row.get("class")).split() for row in told[0].iter("figure")]
    assert ["quote-inferred" in names for names in inferred] == [False, True]


def test_a_page_with_a_feed_of_its_own_leads_to_it(trees: dict[str, Element]) -> None:
    links = [a.get("href") for a in trees[RATNA].findall(".//main//a") if a.get("type") == "application/atom+xml"]
    assert links == ["feed.xml"]
    alone = trees["people/sri-hartini/index.html"]  # in one story, with nothing to be followed by
    assert [a for a in alone.findall(".//main//a") if a.get("type")] == []


def test_an_undated_story_ends_the_life(trees: dict[str, Element]) -> None:
    life = trees["people/hartini/index.html"].findall(".//ol[@class='thread-list life']/li")
    assert [read_text(row[0]) for row in life] == ["tanggal belum pasti", "tanggal tidak diketahui"]
    archive = build_company("A", "A", "A")
    undated = tuple(replace(s, date=None) if s.slug == "s0" else s for s in archive.stories)
    site = parse_pages(render_site(replace(archive, stories=undated)))
    life = site["people/orang-a/index.html"].findall(".//ol[@class='thread-list life']/li")
    assert [read_text(row[0]) for row in life] == ["2 Jan 2018", "3 Jan 2018", "tanggal tidak diketahui"]


def test_companions_are_ranked_and_drawn_with_a_list_that_says_the_same() -> None:
    tree = parse_pages(render_site(build_company("ABC", "ABC", "ABD", "AE")))["people/orang-a/index.html"]
    ranked = find_side(tree, "Muncul bersama")
    assert ranked is not None
    assert [read_text(row) for row in ranked.iter("li")] == [
        "Orang B 3 berita",
        "Orang C 2 berita",
        "Orang D 1 berita",
        "Orang E 1 berita",
    ]
    drawn = find_side(tree, "Siapa bersama siapa")
    assert drawn is not None
    svg = drawn.find(f"{SVG}svg")
    assert svg is not None
    assert [read_text(a) for a in svg.iter(f"{SVG}text")] == ["Orang B", "Orang C", "Orang D", "Orang E"]
    arcs = {read_text(path): float(str(path.get("stroke-width"))) for path in svg.iter(f"{SVG}path")}
    assert sorted(arcs) == ["Orang B dan Orang C: 2 berita", "Orang B dan Orang D: 1 berita"]
    assert arcs["Orang B dan Orang C: 2 berita"] > arcs["Orang B dan Orang D: 1 berita"]
    assert [read_text(row) for row in drawn.findall("details//li")] == sorted(arcs)
    assert next(svg.iter(f"{SVG}a")).get("href") == "../orang-b/index.html"


def test_people_in_the_stories_of_a_place_do_not_appear_with_it(trees: dict[str, Element]) -> None:
    assert find_side(trees[PLACE], "Tokoh dalam berita yang sama") is not None
    assert find_side(trees[PLACE], "Muncul bersama") is None


@pytest.mark.parametrize("groups", [("A",), ("AB", "AC", "AD"), ("ABCDE",)])
def test_company_that_shows_no_pattern_is_not_drawn(groups: tuple[str, ...]) -> None:
    """Alone; nobody together; everybody together."""
    assert (
        find_side(parse_pages(render_site(build_company(*groups)))["people/orang-a/index.html"], "Siapa bersama siapa") is None
    )


def test_the_same_company_is_drawn_alike_whatever_the_order_of_the_stories() -> None:
    groups = ("ABC", "ABD", "ACD", "AE")
    pages = [render_site(build_company(*order))["people/orang-a/index.html"] for order in (groups, groups)]
    assert pages[0] == pages[1]
    company = [build_index(build_company(*order)).company["people/orang-a"] for order in (groups, groups[::-1])]
    assert company[0] == company[1]


def test_a_place_that_is_known_has_a_map_with_its_facts_as_text(trees: dict[str, Element]) -> None:
    tree = trees[PLACE]
    svg = tree.find(f".//{SVG}svg[@class='map']")
    assert svg is not None
    assert svg.get("aria-label") == "Peta: letak Muara Jati kira-kira pada 6,75° LS, 108,5° BT"
    image = svg.find(f"{SVG}image")
    assert image is not None
    assert image.get("href") == "../../static/map-indonesia.svg"
    circle = svg.find(f"{SVG}circle")
    assert circle is not None
    # 14.5 of 48 degrees from the west, 14.75 of 20 from the north.
    assert (circle.get("cx"), circle.get("cy")) == ("174.0", "177.0")
    section = find_side(tree, "Koordinat")
    assert section is not None
    assert "6,75° LS, 108,5° BT" in read_text(section)
    assert trees["places/teluk-lestari/index.html"].find(f".//{SVG}svg[@class='map']") is None


def test_a_long_life_is_split_and_said_once() -> None:
    site = parse_pages(render_site(build_many(30), replace(SETTINGS, page_size=7)))
    pages = [path for path in site if path.startswith("people/ratna-wulandari/")]
    assert len(pages) == 5
    titles = [read_text(row[1][0]) for path in pages for row in site[path].findall(".//ol[@class='thread-list life']/li")]
    assert len(titles) == len(set(titles)) == 30
    first, second = site[pages[0]], site[pages[1]]
    assert first.find(".//aside[@class='beside']") is not None
    assert second.find(".//aside[@class='beside']") is None
    links = [
        resolve_link(pages[1], str(a.get("href"))) for a in second.findall(".//header[@class='page-head']/p[@class='meta']/a")
    ]
    assert links == [(RATNA, "")]
