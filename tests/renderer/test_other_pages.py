"""People, events, timeline, front page, gaps: every line is a fact with its place."""

from __future__ import annotations

import json
from xml.etree.ElementTree import Element

import pytest
from msgspec.structs import replace
from renderlib import BASE, SETTINGS, parse_pages, read_text, render_site
from samplelib import build_many, build_sample, gather, make_story

STORY = "../../stories/wali-kota-resmikan-pasar-apung/index.html"
SVG_LINKS = "{http://www.w3.org/2000/svg}svg/{http://www.w3.org/2000/svg}a"
EVENT = "events/2018-03-peresmian-pasar-apung/index.html"


@pytest.fixture(scope="module")
def trees() -> dict[str, Element]:
    return parse_pages(render_site(build_sample()))


def read_main(tree: Element) -> str:
    main = tree.find(".//main")
    assert main is not None
    return read_text(main)


def read_links(tree: Element) -> set[tuple[str, str | None]]:
    return {(read_text(a), a.get("href")) for a in tree.iter("a")}


def test_a_persons_facts_lead_to_their_sentences(trees: dict[str, Element]) -> None:
    page = trees["people/ratna-wulandari/index.html"]
    text = read_main(page)
    assert "Juga ditulis Ratna" in text
    assert "Wali Kota Harian Contoh, 5 Mar 2018 · kalimat 1" in text
    assert "“Pasar ini milik warga, bukan milik kantor” kalimat 3" in text
    assert {("kalimat 1", f"{STORY}#s1"), ("kalimat 3", f"{STORY}#s3")} <= read_links(page)
    assert "“Ratna” menyingkat “Ratna Wulandari”." in text
    assert ("Bagus Prakoso", "../bagus-prakoso/index.html") in read_links(page)


def test_two_people_who_may_be_one_are_said_so_on_both_pages(trees: dict[str, Element]) -> None:
    for one, other in (("hartini", "sri-hartini"), ("sri-hartini", "hartini")):
        box = trees[f"people/{one}/index.html"].find(".//section[@class='open-box']")
        assert box is not None
        assert f"../{other}/index.html" in {a.get("href") for a in box.iter("a")}


def test_a_place_has_its_coordinates_in_words(trees: dict[str, Element]) -> None:
    assert "6,75° LS, 108,5° BT" in read_main(trees["places/muara-jati/index.html"])


def test_accounts_stand_side_by_side_and_differing_figures_are_marked(trees: dict[str, Element]) -> None:
    table = trees[EVENT].find(".//table")
    assert table is not None
    heads = [read_text(cell) for cell in table.findall("thead/tr/th")]
    assert heads == ["Laporan", "Harian Contoh", "Suara Muara"]
    rows = {read_text(row[0]): [read_text(cell) for cell in row[1:]] for row in table.findall("tbody/tr")}
    assert rows["Angka"] == ["120 pedagang berbeda Rp2,4 miliar sejalan", "150 pedagang berbeda Rp2,4 miliar sejalan"]
    assert rows["Siapa"] == ["Ratna Wulandari, Dinas Pariwisata", "Ratna Wulandari, Sri Hartini"]
    assert "Semoga ramai terus.” penutur tidak pasti" in rows["Pernyataan"][1]
    assert "Hari yang sama, tempat yang sama" in read_main(trees[EVENT])


def test_an_event_keeps_its_precision(trees: dict[str, Element]) -> None:
    time = trees["events/2017-08-pelatihan-pedagang/index.html"].find(".//time")
    assert time is not None
    assert (time.text, time.get("datetime")) == ("Agustus 2017", "2017-08")


def test_an_event_without_a_year_names_the_days_it_may_have_been(trees: dict[str, Element]) -> None:
    text = read_main(trees["events/pelayaran-perdana/index.html"])
    assert "tanggal belum pasti" in text
    assert "14 April 2012; 14 April 2018" in text


def test_the_timeline_keeps_undated_stories_in_sight(trees: dict[str, Element]) -> None:
    page = trees["timeline/index.html"]
    assert [read_text(h) for h in page.findall(".//section[@class='year']/h2")] == ["2017", "2018", "2019"]
    undated = page.find(".//*[@id='undated']")
    assert undated is not None
    assert "Kapal Penyeberangan Berlayar Perdana" in read_text(undated)


def test_a_drawing_says_the_same_as_the_list_below_it(trees: dict[str, Element]) -> None:
    figure = trees["index.html"].find(".//figure")
    assert figure is not None
    links = figure.findall(SVG_LINKS)
    marks = [a.get("href") for a in links if a.get("aria-label")]
    assert marks == [a.get("href") for a in links if a.get("aria-hidden")]  # the mark itself, for the mouse
    assert marks == [a.get("href") for a in figure.findall("ol/li/a")]
    assert len(marks) == 5


def test_a_large_archive_has_years_on_their_own_pages() -> None:
    settings = replace(SETTINGS, page_size=50)
    site = render_site(build_many(1000), settings)
    trees = parse_pages({path: site[path] for path in ("index.html", "timeline/index.html", "timeline/2002/index.html")})
    figure = trees["index.html"].find(".//figure")
    assert figure is not None
    assert [a.get("href") for a in figure.findall(SVG_LINKS)] == [f"timeline/{year}/index.html" for year in (2001, 2002, 2003)]
    assert "timeline/2002/page/2/index.html" in site
    months = {a.get("href") for a in trees["timeline/index.html"].iter("a")}
    assert "2002/page/2/index.html#m2002-04" in months
    assert len(site["index.html"]) < 40_000


def test_every_gap_is_listed_with_its_place(trees: dict[str, Element]) -> None:
    page = trees["unknown/index.html"]
    sections = {section.get("id"): section for section in page.findall(".//section[@class='gaps']")}
    assert list(sections) == [
        "undated", "between", "open-dates", "open-events", "quotes",
        "names", "same-events", "outlets", "inferred-dates", "headlines",
    ]  # fmt: skip
    quotes = {a.get("href") for a in sections["quotes"].iter("a")}
    assert quotes == {
        "../stories/pasar-di-atas-rakit-akhirnya-dibuka/index.html#s5",
        "../stories/kapal-penyeberangan-berlayar-perdana/index.html#s3",
    }
    assert read_text(sections["names"]).count("Hartini dan Sri Hartini") == 1


def test_an_archive_without_gaps_says_so() -> None:
    story = make_story(slug="a", title="A", body=("Satu.",), date="2018-01-01", date_origin="stated", outlet="Harian")
    tree = parse_pages(render_site(gather([story])))["unknown/index.html"]
    assert "Tidak ada yang terbuka" in read_main(tree)


def test_linked_data_says_only_what_is_printed() -> None:
    site = render_site(build_sample())

    def read(path: str) -> list[dict[str, object]]:
        script = parse_pages({path: site[path]})[path].find(".//script")
        assert script is not None
        found: list[dict[str, object]] = json.loads(script.text or "")["@graph"]
        return found

    article, crumbs = read("stories/wali-kota-resmikan-pasar-apung/index.html")
    assert (article["@type"], article["datePublished"]) == ("NewsArticle", "2018-03-05T16:20+07:00")
    assert article["@id"] == f"{BASE}stories/wali-kota-resmikan-pasar-apung/"
    assert crumbs["@type"] == "BreadcrumbList"
    assert "datePublished" not in read("stories/pasar-di-atas-rakit-akhirnya-dibuka/index.html")[0]
    person = read("people/ratna-wulandari/index.html")[0]
    assert (person["@type"], person["alternateName"]) == ("Person", ["Ratna"])
    assert read(EVENT)[0]["startDate"] == "2018-03-05"
