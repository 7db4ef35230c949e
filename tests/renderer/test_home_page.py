"""The front page shows the whole before it asks for anything, and says how much of it that is."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from msgspec.structs import replace
from renderlib import SETTINGS, parse_pages, read_text, render_site
from samplelib import build_many, build_sample, gather, make_story

from alibaba_news.model import Archive
from alibaba_news.settings import Settings

SVG = "{http://www.w3.org/2000/svg}"


def draw_home(archive: Archive, settings: Settings = SETTINGS) -> Element:
    return parse_pages({"index.html": render_site(archive, settings)["index.html"]})["index.html"]


def find_column(home: Element, heading: str) -> Element:
    return next(s for s in home.iter("section") if (head := s.find("h2")) is not None and read_text(head) == heading)


def list_names(section: Element) -> list[str]:
    return [read_text(item[0]) for item in section.findall("ul/li")]


@pytest.fixture(scope="module")
def large() -> Element:
    return draw_home(build_many(1000), replace(SETTINGS, page_size=50))


def test_the_form_opens_the_search_page_and_nothing_else_may_be_sent(large: Element) -> None:
    form = large.find(".//form")
    assert form is not None
    assert (form.get("action"), form.get("method"), form.get("role")) == ("search/index.html", "get", "search")
    field, label = form.find(".//input"), form.find("label")
    assert field is not None
    assert label is not None
    assert (field.get("name"), field.get("id")) == ("q", label.get("for"))
    policy = large.find(".//meta[@http-equiv='Content-Security-Policy']")
    assert policy is not None
    assert "form-action 'self' file:" in (policy.get("content") or "")


def test_lists_say_what_they_are_chosen_by_and_how_much_of_the_whole_they_are(large: Element) -> None:
    newest = find_column(large, "Terbaru")
    assert "Menurut tanggal terbit" in read_text(newest)
    assert "Semua 1.000 berita · 142 berita tanpa tanggal" in read_text(newest)
    index = find_column(large, "Indeks")
    assert "Angka menunjukkan jumlah berita." in read_text(index)
    assert "Lembaga, 1 lembaga Koperasi Tirta 1.000" in read_text(index)


def test_more_names_than_fit_are_counted() -> None:
    bodies = [f"Nama ke-{n} datang." for n in range(30)]
    archive = gather(
        [make_story(slug=f"s{n}", title=f"Berita {n}", body=(b,), outlet=f"Harian {n:02}") for n, b in enumerate(bodies)]
    )
    assert "Media, 24 dari 30 media" in read_text(find_column(draw_home(archive), "Indeks"))


def test_an_undated_story_is_neither_new_nor_old() -> None:
    home = draw_home(build_sample())
    newest = find_column(home, "Terbaru")
    assert "Kapal Penyeberangan Berlayar Perdana" not in list_names(newest)
    links = {read_text(a): a.get("href") for a in newest.iter("a")}
    assert links["1 berita tanpa tanggal"] == "timeline/index.html#undated"


def test_where_nothing_has_a_date_that_is_what_the_list_says() -> None:
    archive = gather([make_story(slug=f"s{n}", title=f"Berita {n}", body=("Satu.",)) for n in range(3)])
    newest = find_column(draw_home(archive), "Terbaru")
    assert len(list_names(newest)) == 2  # the third leads the page
    assert "tanggal tidak diketahui" in read_text(newest[1])


def test_the_most_connected_stories_say_what_connects_them() -> None:
    home = draw_home(build_many(300))
    tied = find_column(home, "Paling banyak terhubung dari semua tahun")
    notes = [read_text(p) for p in tied.findall(".//p")]
    assert len(notes) == 4
    assert all(note.endswith("3 nama yang juga ada di berita lain") for note in notes)
    shown = [a.get("href") for a in home.iter("a") if (a.get("href") or "").startswith("stories/berita-")]
    assert len(shown) == len(set(shown))  # no story twice


def test_a_story_with_ties_to_none_claims_none() -> None:
    home = draw_home(gather([make_story(slug="a", title="A", body=("Satu.",), date="2018-01-01")]))
    lead = home.find(".//article")
    assert lead is not None
    assert read_text(lead).startswith("Berita A")
    assert "berita lain" not in read_text(lead)


def test_every_column_is_a_link_and_the_table_says_the_same(large: Element) -> None:
    figure = large.find(".//figure")
    assert figure is not None
    columns = figure.findall(f"{SVG}svg/{SVG}a")
    rows = large.findall(".//details[@class='fold twin']/table/tbody/tr")
    assert [a.get("href") for a in columns] == [row[0][0].get("href") for row in rows]
    assert [a.get("aria-label") for a in columns] == [f"{read_text(r[0])}: {read_text(r[1])} berita" for r in rows]
    assert sum(int(read_text(row[1])) for row in rows) == 1000 - 142
    assert "142 berita tanpa tanggal" in read_text(figure)


def test_what_is_not_known_is_counted_with_links() -> None:
    home = draw_home(build_sample())
    box = home.find(".//section[@class='open-box']")
    assert box is not None
    counts = [int(read_text(item).rpartition(" ")[2]) for item in box.findall("ul/li")]
    assert f"{sum(counts)} hal terbuka atau disimpulkan." in read_text(box)
    assert all((a.get("href") or "").startswith("unknown/index.html#") for a in box.iter("a"))


def test_a_withdrawn_story_is_not_shown_off() -> None:
    assert "Kabar Gaduh" not in read_text(draw_home(build_sample()))


def test_the_front_page_of_an_archive_without_names_or_dates() -> None:
    home = draw_home(gather([]))
    assert home.find(".//figure") is None
    assert home.find(".//form") is not None
