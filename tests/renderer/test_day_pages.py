"""On this day: each day of the year that has something, whatever the year."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from msgspec.structs import replace
from renderlib import SETTINGS, parse_pages, read_text, render_site
from samplelib import build_many, build_sample, gather, make_story

FIRST = "on-this-day/index.html"


def read_days(page: Element) -> dict[str, list[str]]:
    """The lines of each day by its anchor."""
    days = (section for section in page.iter("section") if section.get("class") == "day")
    return {section.get("id") or "": [read_text(item) for item in section.findall("ol/li")] for section in days}


@pytest.fixture(scope="module")
def large() -> dict[str, Element]:
    site = render_site(build_many(1000), replace(SETTINGS, page_size=50))
    return parse_pages({path: site[path] for path in site if path.startswith(("on-this-day/", "timeline/"))})


def test_a_small_archive_is_one_page_of_days() -> None:
    site = render_site(build_sample())
    assert [path for path in site if path.startswith("on-this-day/")] == [FIRST]
    assert read_days(parse_pages({FIRST: site[FIRST]})[FIRST]) == {
        "d03-05": [
            "2018 Peresmian pasar apung peristiwa · Muara Jati",
            "2018 Wali Kota Resmikan Pasar Apung Muara Jati berita · Harian Contoh",
        ]
    }  # neither a month, nor a story that may be from any of eight days, nor one that is withdrawn


def test_years_stand_together_under_their_day() -> None:
    stories = [
        make_story(slug=f"s{date}", title=f"Berita {date}", body=("Satu.",), date=date, date_origin=origin, outlet="Harian")
        for date, origin in (("2020-02-29", "stated"), ("2016-02-29T10:00+07:00", "inferred"), ("2019-12-31", "stated"))
    ]
    days = read_days(parse_pages({FIRST: render_site(gather(stories))[FIRST]})[FIRST])
    assert list(days) == ["d02-29", "d12-31"]
    assert [line[:19] for line in days["d02-29"]] == ["2016 (disimpulkan) ", "2020 Berita 2020-02"]


def test_a_large_archive_is_a_calendar_and_a_page_a_month(large: dict[str, Element]) -> None:
    calendar = large[FIRST]
    months = [read_text(head) for head in calendar.iter("h2")]
    assert months == ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
                      "November", "Desember"]  # fmt: skip
    links = {a.get("aria-label"): a.get("href") for a in calendar.iter("a") if a.get("aria-label")}
    assert links["2 Januari: 3 catatan"] == "01/index.html#d01-02"
    assert links["27 Januari: 3 catatan"] == "01/page/2/index.html#d01-27"
    assert "7 Januari: 3 catatan" not in links  # every seventh has no date
    for label, href in links.items():
        page, _, anchor = (href or "").partition("#")
        assert len(read_days(large[f"on-this-day/{page}"])[anchor]) >= 1, label


def test_a_month_leads_to_its_neighbours(large: dict[str, Element]) -> None:
    near = {a.get("rel"): a.get("href") for a in large["on-this-day/03/index.html"].iter("a") if a.get("rel")}
    assert near["prev"] == "../02/index.html"
    assert "next" in near


def test_an_archive_without_a_day_says_so() -> None:
    page = parse_pages({FIRST: render_site(gather([make_story(slug="a", title="A", body=("Satu.",), date="2018-03")]))[FIRST]})
    assert "Belum ada tanggal" in read_text(page[FIRST])


def test_a_dense_month_is_read_day_by_day_with_the_way_to_other_years(large: dict[str, Element]) -> None:
    month = large["timeline/2002/index.html"].find(".//section[@id='m2002-01']")
    assert month is not None
    days = month.findall("h3")
    assert [read_text(day).split(" juga")[0] for day in days][:2] == ["1 Januari", "2 Januari"]
    elsewhere = days[1].find("a")
    assert elsewhere is not None
    assert read_text(elsewhere) == "juga di 2 tahun lain"
    assert elsewhere.get("href") == "../../on-this-day/01/index.html#d01-02"


def test_a_month_with_little_in_it_is_one_list() -> None:
    page = parse_pages({"timeline/index.html": render_site(build_sample())["timeline/index.html"]})["timeline/index.html"]
    assert page.find(".//h4") is None


def test_a_year_shows_its_months_before_its_stories(large: dict[str, Element]) -> None:
    figure = large["timeline/2002/index.html"].find(".//figure")
    assert figure is not None
    links = [a.get("href") for a in figure.findall("ol/li/a")]
    assert len(links) == 12
    assert links[0] == "#m2002-01"
    assert large["timeline/2002/page/2/index.html"].find(".//figure") is None
