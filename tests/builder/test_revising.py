"""A few words changed in an archive: only what shows them is made again, and the site is the one that a whole build makes."""

from __future__ import annotations

import errno
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sitelib import list_leftovers, read_tree

from alibaba_news.builder import build as building
from alibaba_news.builder import make, scan, staging
from alibaba_news.builder.build import BuildReport, build
from alibaba_news.builder.memory import Memory
from alibaba_news.builder.standing import carry_file
from alibaba_news.diagnostics import InputError
from alibaba_news.packaged import find_packaged
from alibaba_news.renderer.search import layout
from alibaba_news.settings import Settings

SETTINGS = Settings(base_url="https://berita.example/", page_size=3)
SCRAPED = """{title}

{town}, Kabar Kota - {lead} Acara {what} di {town} dibuka pada Senin (5/3/2018) oleh Wali Kota {mayor}.

"Kami senang {what} ini ramai, ada {count} pedagang yang ikut," kata Wali Kota {mayor} di {town}, Senin (5/3/2018).

Menurut {guest}, ketua panitia, pengunjung mencapai {visitors} orang dengan omzet Rp{money} juta.

{guest} berharap acara itu diadakan lagi tahun depan. "Warga menunggu," ujarnya.
"""
GIVEN = """---
title: "{title}"
slug: {slug}
date: 2018-03-{day:02}
source: Kabar Desa
people: [{mayor}, {guest}]
organizations: []
places: [{town}]
events: [{{name: "{what} {town}", start: 2018-03-05}}]
---

{lead} {mayor} dan {guest} datang ke {town}.

Mereka melihat {count} lapak di {town}.
"""
OPEN = """Pasar Loak Ditutup

Pasar loak di Kudus ditutup pada Selasa (26/11) oleh para pedagang.
"""
TOWNS, MAYORS, GUESTS = ("Tegal", "Kediri"), ("Bagus Prakoso", "Sari Utami"), ("Rina Hartati", "Joko Susilo")
WHATS = ("Pasar Malam", "Festival Kopi")
WORDS = "hujan turun sejak pagi jalan ditutup panggung besar warga datang tenda kayu lampu taman musik lama kopi hangat".split()
MORE = (
    "{mayor} menyapa {guest}.",
    "{guest} lalu pulang dari {town}.",
    "Tiket dijual Rp25 ribu.",
    "Baca juga: Panen Padi",
    "{town} ramai.",
)
NEW = ("Cuaca cerah sepanjang hari itu.", "Lampu dipasang di semua sudut jalan.", "Parkir tersedia di dua tempat.")


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files in many parts, as those of a large archive."""
    monkeypatch.setattr("alibaba_news.renderer.streams.BLOCK_SIZE", 2)
    for name, value in (("_WHOLE", 4), ("_BLOCK", 24), ("_BYTES", 60_000), ("_CHUNK", 2)):
        monkeypatch.setattr(layout, name, value)


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """The seeds folder of every build that went through the whole archive."""
    seen: list[Path] = []
    plan = make.plan_site

    def spy(seeds: Path, *rest: object, **more: object) -> object:
        seen.append(seeds)
        return plan(seeds, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(make, "plan_site", spy)
    return seen


def write_archive(seeds: Path, rng: random.Random, count: int = 8) -> None:
    seeds.mkdir(parents=True)
    for number in range(count):
        given = number % 2
        text = (GIVEN if given else SCRAPED).format(
            title=f"{rng.choice(WHATS)} ke-{number} Dibuka",
            slug=f"berita-{number}",
            day=number + 1,
            town=rng.choice(TOWNS),
            mayor=rng.choice(MAYORS),
            guest=rng.choice(GUESTS),
            what=rng.choice(WHATS),
            count=10 + number,
            visitors=f"{number + 2}.000",
            money=100 + number,
            lead=f"Di sana {' '.join(rng.choices(WORDS, k=40))} untuk acara ini.",
        )
        (seeds / f"b{number}.{'md' if given else 'txt'}").write_text(text, encoding="utf-8")


def add_copy(seeds: Path, name: str) -> None:
    """Another paper's print of the first article: another headline, a sentence more, a figure less."""
    headline, _, rest = (seeds / "b0.txt").read_text(encoding="utf-8").partition("\n")
    rest = rest.replace("Kabar Kota", "Harian Lain", 1).replace(" dengan omzet Rp100 juta", "")
    (seeds / name).write_text(f"Ramainya {headline}\n{rest}\nPolisi menjaga dua pintu masuk.\n", encoding="utf-8")


def run(work: Path, name: str = "site", *, clean: bool = False) -> BuildReport:
    return build(work / "seeds", work / name, SETTINGS, jobs=1, strict=False, progress=lambda *_: None, clean=clean)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def list_differences(work: Path) -> list[str]:
    run(work, "fresh", clean=True)
    found, expected = read_tree(work / "site"), read_tree(work / "fresh")
    return [path for path in found.keys() | expected.keys() if found.get(path) != expected.get(path)]


def change_words(path: Path, rng: random.Random) -> None:
    """What an editor mends: a word of running text, a headline, a sentence more, a figure, a quote."""
    text = path.read_text(encoding="utf-8")
    changes = [
        ("ramai", "ramai sekali"),
        ("Mereka melihat", "Pagi itu mereka melihat"),
        (" pedagang yang ikut", " pedagang kecil yang ikut"),
        ("Warga menunggu", "Warga sudah lama menunggu"),
        (" ke-", " yang ke-"),
        ("untuk acara ini.", f"untuk acara ini. {rng.choice(NEW)}"),
        ("untuk acara ini.", "demi acara ini."),
        ("berharap", "amat berharap"),
    ]
    old, new = rng.choice([pair for pair in changes if pair[0] in text])
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    if rng.random() < 0.3:
        path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n\n{rng.choice(NEW)}\n", encoding="utf-8")
    if rng.random() < 0.4:
        change_paragraphs(path, rng)


def change_paragraphs(path: Path, rng: random.Random) -> None:
    """One more that names who is named already, counts something or is no part of the story; or one of these less."""
    paragraphs = path.read_text(encoding="utf-8").rstrip().split("\n\n")
    names = [next(name for name in names if name in "".join(paragraphs)) for names in (MAYORS, GUESTS, TOWNS)]
    more = [text.format(**dict(zip(("mayor", "guest", "town"), names, strict=True))) for text in MORE]
    there = [text for text in more if text in paragraphs]
    if there and rng.random() < 0.4:
        paragraphs.remove(rng.choice(there))
    else:
        paragraphs.insert(rng.randrange(2, len(paragraphs) + 1), rng.choice(more))
    path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


@pytest.fixture
def _old_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders count as left alone for so long that their times tell whether they still are."""
    monkeypatch.setattr(scan, "RACY_NS", -1)


@pytest.fixture
def _many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small site is treated as a large one."""
    monkeypatch.setattr(building, "_MANY_FILES", 0)


@pytest.mark.parametrize("seed", range(6))
def test_a_site_revised_is_the_site_built_from_nothing(
    tmp_path: Path, whole: list[Path], seed: int, request: pytest.FixtureRequest
) -> None:
    if seed % 2:
        request.getfixturevalue("_old_folders")
    if seed % 3:
        request.getfixturevalue("_many_files")
    rng = random.Random(seed)
    write_archive(tmp_path / "seeds", rng)
    for number in range(seed % 3):
        add_copy(tmp_path / "seeds", f"c{number}.txt")
    (tmp_path / "seeds/terbuka.txt").write_text(OPEN, encoding="utf-8")
    run(tmp_path)
    revised = 0
    for _ in range(5):
        for path in rng.sample(sorted((tmp_path / "seeds").glob("[bc]*")), rng.choice((1, 1, 2))):
            change_words(path, rng)
        whole.clear()
        run(tmp_path)
        revised += not whole
        assert list_differences(tmp_path) == []
    assert revised
    assert list_leftovers(tmp_path / "site") == []


@pytest.fixture
def work(tmp_path: Path, whole: list[Path]) -> Path:
    write_archive(tmp_path / "seeds", random.Random(1))
    run(tmp_path)
    whole.clear()
    return tmp_path


def test_only_what_shows_the_words_is_made(work: Path, whole: list[Path]) -> None:
    path = work / "seeds/b1.md"
    edit(path, "Mereka melihat", "Pagi itu mereka melihat")
    report = run(work)
    assert whole == []
    assert (report.read, report.read_from_cache, report.stories) == (1, 7, 8)
    assert 3 < report.rendered < 30 < report.reused
    assert report.written <= report.rendered
    assert "Pagi itu mereka melihat" in (work / "site/stories/berita-1/index.html").read_text(encoding="utf-8")
    assert list_differences(work) == []
    assert run(work).rendered == 0


def spoil_a_file(folder: Path) -> None:
    (folder / "stories/berita-3/index.html").unlink()
    (folder / "stories/berita-3/index.html").write_text("spoilt")


def add_a_file(folder: Path) -> None:
    (folder / "people/more.txt").write_text("more")


def lose_a_file(folder: Path) -> None:
    (folder / "stories/berita-5/index.md").unlink()


def test_a_file_in_the_place_of_a_folder_of_the_spare_stops_nothing(work: Path) -> None:
    edit(work / "seeds/b1.md", "Mereka melihat", "Pagi itu mereka melihat")
    run(work)
    shutil.rmtree(work / ".site.spare/stories")
    (work / ".site.spare/stories").write_text("mine", encoding="utf-8")
    edit(work / "seeds/b1.md", "Pagi itu", "Sore itu")
    run(work)
    assert list_differences(work) == []


def test_a_file_in_the_place_of_a_folder_of_the_site_is_named(work: Path) -> None:
    shutil.rmtree(work / "site/people")
    (work / "site/people").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="a file stands there that this program has not written"):
        run(work)
    assert (work / "site/people").read_text(encoding="utf-8") == "mine"


@pytest.mark.usefixtures("_old_folders")
@pytest.mark.parametrize("spoil", [spoil_a_file, add_a_file, lose_a_file])
@pytest.mark.parametrize("folder", [".site.spare", "site"])
def test_what_somebody_did_to_a_folder_is_noticed(work: Path, folder: str, spoil: Callable[[Path], None]) -> None:
    for words in ("Pagi itu mereka melihat", "Siang itu mereka melihat", "Malam itu mereka melihat"):
        text = (work / "seeds/b1.md").read_text(encoding="utf-8")
        (work / "seeds/b1.md").write_text(re.sub(r"(\w+ itu mereka|Mereka) melihat", words, text), encoding="utf-8")
        run(work)
    spoil(work / folder)
    edit(work / "seeds/b1.md", "Malam itu", "Sore itu")
    report = run(work)
    assert [path for path in list_differences(work) if path != "people/more.txt"] == []
    assert report.carried == (("people/more.txt",) if folder == "site" and spoil is add_a_file else ())
    assert (work / "site/people/more.txt").exists() == bool(report.carried)


def test_files_of_somebody_else_in_the_site_stay(work: Path, whole: list[Path]) -> None:
    (work / "site/CNAME").write_text("berita.example")
    edit(work / "seeds/b1.md", "Mereka melihat", "Pagi itu mereka melihat")
    report = run(work)
    assert (whole, report.carried) == ([], ("CNAME",))
    assert (work / "site/CNAME").read_text() == "berita.example"


def test_a_correction_that_changes_a_headline_is_seen(work: Path, whole: list[Path]) -> None:
    (work / "seeds/b1.yaml").write_text("title: Judul Lain\n", encoding="utf-8")
    run(work)
    assert whole  # a file more
    whole.clear()
    (work / "seeds/b1.yaml").write_text("title: Judul Baru\n", encoding="utf-8")
    run(work)
    assert whole == []
    assert "Judul Baru" in (work / "site/stories/berita-1/index.html").read_text(encoding="utf-8")
    assert list_differences(work) == []


@pytest.mark.usefixtures("_old_folders")
@pytest.mark.parametrize("name", ["stories/mine.txt", "mine/deep/own.txt", "mine.txt"])
def test_what_somebody_adds_between_two_edits_stays(work: Path, whole: list[Path], name: str) -> None:
    for words in ("Pagi itu mereka melihat", "Siang itu mereka melihat"):
        edit(work / "seeds/b1.md", "Mereka melihat" if "Pagi" in words else "Pagi itu mereka melihat", words)
        run(work)
    (work / "site" / name).parent.mkdir(parents=True, exist_ok=True)
    (work / "site" / name).write_text("mine")
    for words in ("Sore itu", "Malam itu"):
        edit(work / "seeds/b1.md", "Siang itu" if words == "Sore itu" else "Sore itu", words)
        assert run(work).carried
        assert (work / "site" / name).read_text() == "mine"
    assert whole == []


def test_roles_that_change_places_are_in_their_new_order(work: Path, whole: list[Path]) -> None:
    path = work / "seeds/b9.md"
    text = GIVEN.format(
        title="Rapat Warga", slug="rapat", day=9, town="Tegal", mayor="Bagus Prakoso", guest="Rina Hartati", what="Rapat",
        count=3, lead="Bagus Prakoso adalah ketua panitia dan juga anggota dewan.",
    )  # fmt: skip
    people = "people: [{name: Bagus Prakoso, roles: [ketua panitia, anggota dewan]}, {name: Rina Hartati}]"
    path.write_text(text.replace("people: [Bagus Prakoso, Rina Hartati]", people), encoding="utf-8")
    run(work)
    edit(path, "ketua panitia dan juga anggota dewan.", "anggota dewan dan juga ketua panitia.")
    run(work)
    assert list_differences(work) == []


def test_a_day_more_in_one_story_settles_the_open_year_of_another(work: Path) -> None:
    (work / "seeds/terbuka.txt").write_text(OPEN, encoding="utf-8")
    run(work)
    edit(work / "seeds/b0.txt", '"Warga menunggu," ujarnya.', '"Warga menunggu," ujarnya. Panggung dibuat 12 Mei 2012.')
    run(work)
    assert list_differences(work) == []
    assert "26 November 2013" in (work / "site/stories/pasar-loak-ditutup/index.html").read_text(encoding="utf-8")


def test_where_names_are_withheld_an_edit_goes_through_the_archive(work: Path, whole: list[Path]) -> None:
    edit(work / "seeds/b1.md", "source:", "withhold: [Sari Utami]\nsource:")
    run(work)
    whole.clear()
    edit(work / "seeds/b3.md", "Mereka melihat", "Pagi itu mereka melihat")
    run(work)
    assert whole
    assert list_differences(work) == []


def test_corrections_in_capitals_are_not_lost(work: Path) -> None:
    (work / "seeds/b1.YAML").write_text("description: Kata editor.\n", encoding="utf-8")
    run(work)
    edit(work / "seeds/b1.md", "Mereka melihat", "Pagi itu mereka melihat")
    run(work)
    assert list_differences(work) == []


def test_a_story_that_the_cache_lost_is_no_traceback(work: Path) -> None:
    with sqlite3.connect(work / ".site.cache") as connection:
        connection.execute("update reading set data = x'00' where file <> 'b1.md'")
    connection.close()
    edit(work / "seeds/b1.md", "Mereka melihat", "Pagi itu mereka melihat")
    run(work)
    assert list_differences(work) == []


@pytest.mark.parametrize("count", [1, 8])
def test_a_spare_that_a_killed_build_took_is_not_missed(work: Path, count: int) -> None:
    for number in range(count):
        edit(work / f"seeds/b{number}.{'md' if number % 2 else 'txt'}", "untuk acara ini.", "untuk acara itu.")
    run(work)
    shutil.rmtree(work / ".site.spare")
    for number in range(count):
        edit(work / f"seeds/b{number}.{'md' if number % 2 else 'txt'}", "untuk acara itu.", "untuk acara ini.")
    run(work)
    assert list_differences(work) == []


@pytest.mark.usefixtures("_many_files", "_old_folders")
def test_a_first_build_leaves_what_the_next_one_begins_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_archive(tmp_path / "seeds", random.Random(1))
    run(tmp_path)
    assert read_tree(tmp_path / ".site.spare") == read_tree(tmp_path / "site")
    linked = []
    monkeypatch.setattr(staging, "carry_file", lambda old, new: linked.append(new) or carry_file(old, new))
    edit(tmp_path / "seeds/b1.md", "Mereka melihat", "Pagi itu mereka melihat")
    run(tmp_path)
    assert not [path for path in linked if path.endswith("about/index.html")]  # it stands there already
    assert list_differences(tmp_path) == []


@pytest.mark.usefixtures("_many_files")
def test_it_is_left_where_no_cache_can_be_written_too(tmp_path: Path) -> None:
    write_archive(tmp_path / "seeds", random.Random(1))
    (tmp_path / ".site.cache").mkdir()
    run(tmp_path)
    assert read_tree(tmp_path / ".site.spare") == read_tree(tmp_path / "site")
    assert not list(tmp_path.glob(".site.alibaba-news-*"))


def test_somebody_elses_file_in_the_place_of_the_spare_stops_nothing(work: Path) -> None:
    shutil.rmtree(work / ".site.spare", ignore_errors=True)
    (work / ".site.spare").write_text("mine")
    edit(work / "seeds/b1.md", "Mereka melihat", "Pagi itu mereka melihat")
    run(work)
    assert (work / ".site.spare").read_text() == "mine"
    assert list_differences(work) == []


@pytest.mark.usefixtures("_many_files")
def test_where_files_have_no_second_names_nothing_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    write_archive(tmp_path / "seeds", random.Random(1))
    run(tmp_path)
    assert list_leftovers(tmp_path / "site") == []
    assert not (tmp_path / ".site.spare").exists()
    edit(tmp_path / "seeds/b1.md", "Mereka melihat", "Pagi itu mereka melihat")
    run(tmp_path)
    assert list_differences(tmp_path) == []


ALONE = "import sys; from alibaba_news.builder import build; build._MANY_FILES = {}; from alibaba_news import cli; cli.main()"


@pytest.mark.parametrize("many", [0, 5000])
def test_a_process_of_its_own_has_others_help_and_makes_the_same_site(work: Path, many: int) -> None:
    """Beside the threads of a test nothing is forked."""
    program = [sys.executable, "-c", ALONE.format(many)]
    command = [*program, "build", "--seeds", work / "seeds", "--output", work / "alone", "--quiet"]
    subprocess.run(command, check=True, cwd=work, capture_output=True)
    for sentence in NEW:
        edit(work / "seeds/b0.txt", "untuk acara ini.", f"untuk acara ini. {sentence}")
        done = subprocess.run([*command, "--verify"], check=True, cwd=work, capture_output=True, text=True)
        assert "1 read and inferred" in done.stdout
        assert not re.search(r"\b0 reused", done.stdout)
    (work / "alone/robots.txt").write_text("changed by hand")
    for seen in (True, False):  # mended by the first build, so that the second has nothing to do
        done = subprocess.run(command, check=True, cwd=work, capture_output=True, text=True)
        assert ("had been edited by hand" in done.stderr) == seen


LEFT_TO_A_WHOLE_BUILD = {
    "another person": ("b0.txt", "Menurut ", "Menurut Dedi Kurniawan dan "),
    "another day": ("b1.md", "start: 2018-03-05", "start: 2018-03-06"),
    "another address": ("b1.md", "slug: berita-1", "slug: berita-satu"),
    "a story withdrawn": ("b1.md", "source:", "withdrawn: {date: 2020-01-01, reason: Tidak benar.}\nsource:"),
    "a name withheld": ("b1.md", "source:", "withhold: [Sari Utami]\nsource:"),
}


@pytest.mark.parametrize("case", LEFT_TO_A_WHOLE_BUILD)
def test_what_may_change_more_is_left_to_a_whole_build(work: Path, whole: list[Path], case: str) -> None:
    file, old, new = LEFT_TO_A_WHOLE_BUILD[case]
    edit(work / "seeds" / file, old, new)
    run(work)
    assert whole
    assert list_differences(work) == []


@pytest.mark.parametrize("count", [1, 2])
def test_a_copy_stays_one_and_says_what_differs_now(work: Path, whole: list[Path], count: int) -> None:
    for number in range(count):
        add_copy(work / "seeds", f"c{number}.txt")
    if count == 2:
        edit(work / "seeds/c1.txt", "Polisi menjaga dua pintu masuk.", "Petugas berjaga di semua pintu masuk sejak sore hari.")
    run(work)
    whole.clear()
    before, copy = read_tree(work / "site"), "stories/ramainya"
    edit(work / "seeds/b0.txt", "pengunjung mencapai 2.000", "pengunjung hanya mencapai 2.500")
    run(work)
    assert whole == []
    assert list_differences(work) == []
    pages = [path for path in before if copy in path and path.endswith(".html")]
    assert len(pages) == count
    assert all(read_tree(work / "site")[path] != before[path] for path in pages)


def test_a_copy_that_becomes_none_is_left_to_a_whole_build(work: Path, whole: list[Path]) -> None:
    add_copy(work / "seeds", "c0.txt")
    run(work)
    whole.clear()
    words = " ".join(f"kata{number}" for number in range(200))
    edit(work / "seeds/c0.txt", "Polisi menjaga", f"{words}. Polisi menjaga")
    path = work / "seeds/c0.txt"
    path.write_text(re.sub(r"untuk acara ini\.", "selesai.", re.sub(r"Di sana [a-z ]+ untuk", "untuk", path.read_text())))
    assert run(work).copies == 0
    assert whole
    assert list_differences(work) == []


def test_a_text_that_becomes_a_copy_is_left_to_a_whole_build(work: Path, whole: list[Path]) -> None:
    text = (work / "seeds/b0.txt").read_text(encoding="utf-8")
    edit(work / "seeds/b1.md", "Mereka melihat", f"{text.partition(' - ')[2]}\n\nMereka melihat")
    run(work)
    assert whole
    assert list_differences(work) == []


def test_two_texts_that_become_copies_of_each_other_are_left_to_a_whole_build(work: Path, whole: list[Path]) -> None:
    words = " ".join(f"kata{number}" for number in range(200))
    for name in ("b1.md", "b3.md"):
        edit(work / "seeds" / name, "Mereka melihat", f"{words}.\n\nMereka melihat")
    assert run(work).copies == 2
    assert whole
    assert list_differences(work) == []


def invent(rng: random.Random, count: int) -> str:
    return " ".join(f"kata{rng.randrange(10_000)}" for _ in range(count))


def write_bare(seeds: Path, name: str, *paragraphs: str) -> None:
    """An article of nobody and nowhere."""
    seeds.mkdir(exist_ok=True)
    nobody = "".join(f"{kind}: []\n" for kind in ("people", "organizations", "places", "events"))
    text = "\n\n".join((f"---\ntitle: Berita {name}\ndate: 2018-03-01\n{nobody}---", *paragraphs))
    (seeds / f"{name}.md").write_text(text, encoding="utf-8")


def test_copies_of_a_copy_keep_their_order_where_two_are_the_same(tmp_path: Path) -> None:
    rng = random.Random(1)
    first, second, *ends = (invent(rng, count) for count in (30, 30, 10, 10))
    bodies = {"a": (first,), "e": (second, ends[0]), "p": (second, ends[1]), "q": (second, ends[0]), "x": (first, second)}
    for name, body in bodies.items():
        write_bare(tmp_path / "seeds", name, *body)
    run(tmp_path)
    write_bare(tmp_path / "seeds", "a", first, "Satu kata lagi.")
    run(tmp_path)
    assert list_differences(tmp_path) == []


def test_what_was_gone_before_a_clean_build_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs that lead to one text only would lead to those that are gone, and not to the one that the edited text now copies."""
    monkeypatch.setattr("alibaba_news.archive.copies._MOST_HOLDERS", 1)
    seeds, rng = tmp_path / "seeds", random.Random(1)
    common = [invent(rng, 60) for _ in range(3)]
    for nth, paragraph in enumerate(common):
        write_bare(seeds, f"a{nth}", invent(rng, 60), paragraph)
    write_bare(seeds, "b", invent(rng, 300), *common)
    write_bare(seeds, "c", invent(rng, 300), *common)
    run(tmp_path)
    for path in seeds.glob("a*.md"):
        path.unlink()
    run(tmp_path, clean=True)
    write_bare(seeds, "b", *common)
    run(tmp_path)
    assert list_differences(tmp_path) == []


def test_what_a_template_cannot_show_is_an_error_that_names_it(work: Path, whole: list[Path]) -> None:
    templates = work / "templates"
    templates.mkdir()
    text = (find_packaged("templates") / "story.html").read_text(encoding="utf-8")
    fault = "{% if 'Siang itu' in view | string %}{{ view.nothing }}{% endif %}"
    (templates / "story.html").write_text(text.replace("{% block main %}", f"{{% block main %}}{fault}", 1), encoding="utf-8")
    settings = replace(SETTINGS, templates=templates)

    def build_it() -> BuildReport:
        return build(work / "seeds", work / "site", settings, jobs=1, strict=False, progress=lambda *_: None)

    build_it()
    before = read_tree(work / "site")
    edit(work / "seeds/b1.md", "Mereka melihat", "Siang itu mereka melihat")
    with pytest.raises(InputError, match=r"story.html:\d+: "):
        build_it()
    assert read_tree(work / "site") == before


def test_what_is_left_of_a_damaged_cache_is_not_trusted(work: Path, whole: list[Path]) -> None:
    cache = work / ".site.cache"
    data = cache.read_bytes()
    assert b"berita-1" in data
    cache.write_bytes(data.replace(b"berita-1", b"BERITA-1"))
    edit(work / "seeds/b1.md", "Mereka melihat", "Pagi itu mereka melihat")
    run(work)
    assert list_differences(work) == []


def test_what_a_build_that_came_to_nothing_has_read_is_not_taken_for_what_stands(work: Path, whole: list[Path]) -> None:
    edit(work / "seeds/b1.md", "people: [", "people: [Zainal Abadi, ")
    edit(work / "seeds/b1.md", "Mereka melihat", "Zainal Abadi datang juga. Mereka melihat")
    mistake = work / "seeds/b2.yaml"
    mistake.write_text("dat: 2001\n", encoding="utf-8")
    with pytest.raises(InputError):
        run(work)
    mistake.unlink()
    run(work)
    assert list_differences(work) == []


@pytest.mark.usefixtures("_old_folders")
def test_an_interrupt_after_the_exchange_is_too_late(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if threading.current_thread() is not threading.main_thread():
        pytest.skip("only the main thread hears interrupts")
    handler, keep = signal.getsignal(signal.SIGINT), Memory.keep_changes

    def interrupt(*rest: Any) -> None:
        signal.raise_signal(signal.SIGINT)
        keep(*rest)

    monkeypatch.setattr(Memory, "keep_changes", interrupt)
    edit(work / "seeds/b1.md", "Mereka melihat", "Pagi itu mereka melihat")
    report = run(work)
    assert report.written > 0
    assert report.interrupted
    assert signal.getsignal(signal.SIGINT) is handler
    report = run(work)
    assert report.written == 0
    assert not report.interrupted
    assert list_differences(work) == []


def spoil(cache: Path, kind: str) -> None:
    """Change a byte of one part of a kind."""
    with sqlite3.connect(cache) as connection:
        rows = connection.execute("select name, data from part where name glob ? order by name", (f"{kind}*",)).fetchall()
        name, data = next(row for row in rows if row[0] == kind or row[0].removeprefix(kind).strip().isdigit())
        connection.execute("update part set data = ? where name = ?", (data[:-1] + bytes([data[-1] ^ 1]), name))
    connection.close()


@pytest.mark.usefixtures("_old_folders")
def test_whatever_part_of_the_cache_is_spoilt_no_page_is_lost(work: Path) -> None:
    paths = read_tree(work / "site").keys()
    old, new = "Mereka melihat", "Pagi itu mereka melihat"
    seen = (
        "hashes ",
        "hashes keys",
        "stamps ",
        "stamps since",
        "input stamps ",
        "input hashes ",
        "folders ",
        "folders 0 unsure",
    )
    made = ("paths ", "pages ", "facts ", "sources ", "index position ", "index entities ", "index stories of ")
    for kind in (*seen, *made):
        run(work)  # nothing to do, or a cache anew
        spoil(work / ".site.cache", kind)
        edit(work / "seeds/b1.md", old, new)
        old, new = new, old
        run(work)
        assert read_tree(work / "site").keys() == paths, kind
    assert list_differences(work) == []


def test_where_no_thread_can_be_started_the_site_is_the_same(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    edit(work / "seeds/b1.md", "Mereka melihat", "Pagi itu mereka melihat")
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        run(work)
    assert list_differences(work) == []
