"""An editor's word before the program's: corrections beside a scraped page, read as the builder reads them."""

from __future__ import annotations

from pathlib import Path

from alibaba_news.archive.resolve import resolve
from alibaba_news.loader import read_sources, read_story
from alibaba_news.model import Story
from alibaba_news.world import World

WORLD = World()
PAGE = """Rabu, 14 November 2018

Rapat Pedagang di Pasar Melati

Pengusaha Raditya Maheswara bertemu Jokowi pagi tadi di Pasar Melati, Sabtu (13/10/2018). Rapat itu membahas sewa kios.

"Sewa kios terlalu tinggi," kata Raditya. Penjual meminta waktu sampai 20 November 2018 mendatang.
"""


def read_corrected(folder: Path, yaml: str) -> Story:
    (folder / "a.txt").write_text(PAGE, encoding="utf-8")
    if yaml:
        (folder / "a.yaml").write_text(yaml, encoding="utf-8")
    reading = read_sources(folder)
    assert not reading.diagnostics
    story, problems = read_story(reading.sources[0], WORLD)
    assert story is not None
    assert not problems
    return resolve((story,), WORLD).archive.stories[0]


def test_the_day_a_page_was_saved_stays_when_an_editor_gives_the_storys(tmp_path: Path) -> None:
    assert read_corrected(tmp_path, "").retrieved == "2018-11-14"
    story = read_corrected(tmp_path, "date: 2018-10-13\n")
    assert (story.date, story.date_origin, story.retrieved) == ("2018-10-13", "stated", "2018-11-14")


def test_what_explains_a_date_can_be_given_without_it(tmp_path: Path) -> None:
    story = read_corrected(tmp_path, "date_evidence: Menurut arsip koran\ndate_latest: 2018-10-15\n")
    assert (story.date, story.date_evidence, story.date_latest) == ("2018-10-13", "Menurut arsip koran", "2018-10-15")


def test_a_given_name_stays_as_written_and_leads_to_whom_it_means(tmp_path: Path) -> None:
    story = read_corrected(tmp_path, "people: [Jokowi]\n")
    ((person,), quotes) = story.people, story.quotes
    assert (person.id, person.name) == ("people/joko-widodo", "Jokowi")
    assert [m.text for m in person.mentions] == ["Jokowi"]
    assert all(q.speaker in (None, person.id) for q in quotes)


def test_a_short_line_alone_above_a_story_is_its_headline(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Banjir di Kudus\n\n" + PAGE.split("\n\n", 2)[2], encoding="utf-8")
    story, _ = read_story(read_sources(tmp_path).sources[0], WORLD)
    assert story is not None
    assert (story.title, story.title_origin) == ("Banjir di Kudus", "stated")


def test_the_outlet_is_no_organization_of_its_story_in_any_form(tmp_path: Path) -> None:
    lead = "JAKARTA, KOMPAS.com - Warga menanam bakau di pesisir Jakarta, Senin (5/3/2018)."
    told = '"Kami ingin pantai teduh," kata ketua warga kepada Kompas.com. KompasTekno ikut menanam bersama Tempo.'
    (tmp_path / "c.txt").write_text(f"Warga Menanam Bakau\n\n{lead}\n\n{told}\n", encoding="utf-8")
    story, _ = read_story(read_sources(tmp_path).sources[0], WORLD)
    assert story is not None
    assert story.outlet == "KOMPAS.com"
    assert not [o.name for o in story.organizations if "kompas" in o.name.casefold()]


def test_a_paper_that_calls_itself_by_its_groups_name_is_no_organization_of_its_story(tmp_path: Path) -> None:
    lead = "TRIBUNMELATI.COM, KUPANG - Warga menanam bakau di pesisir Kupang, Senin (5/3/2018)."
    told = '"Kami ingin pantai teduh," kata ketua warga saat ditemui Tribun di pantai. Radar Timur ikut menanam.'
    (tmp_path / "d.txt").write_text(f"Warga Menanam Bakau\n\n{lead}\n\n{told}\n", encoding="utf-8")
    story, _ = read_story(read_sources(tmp_path).sources[0], WORLD)
    assert story is not None
    assert not [o.name for o in story.organizations if "tribun" in o.name.casefold()]
