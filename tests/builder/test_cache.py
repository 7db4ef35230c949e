"""The cache: what is kept comes back as it was, or not at all."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace
from sitelib import read_tree, write_story

from alibaba_news.builder import cache as caches
from alibaba_news.builder import memory
from alibaba_news.builder.build import BuildReport, build
from alibaba_news.builder.cache import Cache, CacheDamagedError
from alibaba_news.builder.gather import FileReading, gather
from alibaba_news.builder.readings import CODEC
from alibaba_news.settings import Settings

SETTINGS = Settings(base_url="https://berita.example/")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    for name, title in (("a.txt", "Pasar Malam Dibuka Kembali"), ("b.txt", "Jembatan Gantung Diresmikan")):
        write_story(tmp_path / "seeds", name, title, f"{title} setelah dua tahun.")
    return tmp_path


def run(work: Path, *, clean: bool = False) -> BuildReport:
    return build(work / "seeds", work / "site", SETTINGS, jobs=1, strict=False, progress=lambda *_: None, clean=clean)


def list_messages(report: BuildReport) -> list[str]:
    return [diagnostic.message for diagnostic in report.diagnostics if diagnostic.path.endswith(".cache")]


def test_parts_come_back_as_they_were(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    assert cache.open(b"program") == ""
    with cache.transaction():
        cache.write(b"program", [("a", (1, "x")), ("b", {"y": b"z"})])
        cache.put_readings([("a.txt", b"key", b"data", b"words"), ("b.txt", b"key", b"more", b"others")])
        cache.drop_readings(["b.txt"])
    cache.close()
    again = Cache(tmp_path / "cache")
    assert again.open(b"program") == ""
    assert (again.read("a"), again.read("b"), again.read("c")) == ((1, "x"), {"y": b"z"}, None)
    assert again.list_readings() == {"a.txt": b"key"}
    assert again.read_reading("a.txt") == b"data"
    again.close()


def test_a_large_part_is_kept_sealed_as_the_small_ones_are(tmp_path: Path) -> None:
    large = {f"stories/{number}/index.html": (number, number * 7, -number) for number in range(60_000)}
    cache = Cache(tmp_path / "cache")
    cache.open(b"program")
    for value in ({}, large, {"a": 1}, large):  # a part changes its size from build to build
        with cache.transaction():
            cache.write(b"program", [("a", value)])
        assert cache.read("a") == value
    cache.close()
    with sqlite3.connect(tmp_path / "cache") as connection:
        (size,) = connection.execute("select length(data) from part where name = 'a'").fetchone()
        assert size > 1 << 20
        (data,) = connection.execute("select data from part where name = 'a'").fetchone()
        connection.execute("update part set data = ? where name = 'a'", (data[:-9] + b"8" + data[-8:],))
    connection.close()
    cache.open(b"program")
    with pytest.raises(CacheDamagedError):
        cache.read("a")
    cache.close()


def test_another_programs_cache_is_empty(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.open(b"one")
    with cache.transaction():
        cache.write(b"one", [("a", 1)])
    cache.close()
    assert cache.open(b"other") == "version"
    assert cache.read("a") is None
    cache.close()


def test_parts_of_two_builds_are_damage(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.open(b"program")
    with cache.transaction():
        cache.write(b"program", [("a", 1), ("b", 2)])
    cache.close()
    with sqlite3.connect(tmp_path / "cache") as connection:
        connection.execute("update part set build = build - 1 where name = 'a'")
    connection.close()
    cache.open(b"program")
    assert cache.read("b") == 2
    with pytest.raises(CacheDamagedError):
        cache.read("a")
    cache.close()


def test_a_reading_survives_its_way_through_bytes(work: Path) -> None:
    stories = gather(work / "seeds", SETTINGS, jobs=1, strict=False, progress=lambda *_: None).stories
    reading = FileReading(stories=stories, left_out=(), problems=())
    assert CODEC.load(CODEC.dump(reading)) == reading


def test_numbers_without_quotes_are_kept_as_texts(work: Path) -> None:
    row = {"title": "Pasar", "text": "Warga Tegal datang.\n\nAda 100 orang.", "captions": [{"text": 5, "credit": True}]}
    row["people"] = [{"name": "Budi Santoso", "aliases": [1], "roles": [1, 2.5]}]
    (work / "seeds/more.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    run(work)
    before = read_tree(work / "site")
    run(work)
    assert read_tree(work / "site") == before
    assert b"2.5" in before["stories/pasar/index.md"]


def test_a_second_build_finds_everything_as_it_was_and_says_the_same(work: Path) -> None:
    (work / "seeds/empty.txt").write_bytes(b"")
    first = run(work)
    before = {path: path.stat().st_ino for path in (work / "site").rglob("*")}
    second = run(work)
    assert (second.written, second.unchanged, second.rendered, second.read) == (0, first.written, 0, 0)
    assert second.diagnostics == first.diagnostics != ()
    assert (second.stories, second.left_out, second.pages) == (first.stories, first.left_out, first.pages)
    assert {path: path.stat().st_ino for path in (work / "site").rglob("*")} == before


def test_only_the_changed_file_is_read_and_what_shows_it_rendered(work: Path) -> None:
    run(work)
    write_story(work / "seeds", "a.txt", "Pasar Malam Dibuka Lagi")
    report = run(work)
    assert (report.read, report.read_from_cache) == (1, 1)
    assert 0 < report.rendered < report.reused


def test_an_edited_line_of_many_articles_renders_what_shows_that_article(tmp_path: Path) -> None:
    towns = "Arosuka Balige Cepu Dompu Ende Fakfak Garut Ranai Ilaga Jepara Kepahiang Limboto".split()
    texts = (f"Pasar di {town} dibuka kembali setelah lama tutup." for town in towns)
    lines = [json.dumps({"title": text[:20], "text": text}) for text in texts]
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    whole = run(tmp_path).rendered
    lines[4] = lines[4].replace("lama tutup", "lama sekali tutup")
    (tmp_path / "seeds/a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run(tmp_path).rendered < whole / 2


def test_a_static_file_may_have_any_name(work: Path) -> None:
    (work / "static").mkdir()
    (work / "static/a#1.txt").write_text("x", encoding="utf-8")
    settings = replace(SETTINGS, static=work / "static")
    for title in ("Pasar Malam Dibuka Lagi", "Pasar Malam Dibuka Kembali"):
        write_story(work / "seeds", "a.txt", title)
        build(work / "seeds", work / "site", settings, jobs=1, strict=False, progress=lambda *_: None)
    assert (work / "site/static/a#1.txt").read_text(encoding="utf-8") == "x"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_that_look_alike_are_told_apart(work: Path) -> None:
    names = ("satu\n.txt", "satu\\x0a.txt")
    for name in names:
        write_story(work / "seeds", name, f"Pasar {len(name)} Dibuka")
    run(work)
    for name in names:
        write_story(work / "seeds", name, f"Pasar {len(name)} Dibuka Lagi")
        assert run(work).read == 1
    assert {path.name for path in (work / "site/stories").glob("*-lagi")} == {"pasar-9-dibuka-lagi", "pasar-12-dibuka-lagi"}


def test_a_file_that_was_only_touched_is_not_read_again(work: Path) -> None:
    run(work)
    (work / "seeds/a.txt").touch()
    report = run(work)
    assert (report.read, report.rendered, report.written) == (0, 0, 0)


def test_clean_renders_everything_and_changes_nothing(work: Path) -> None:
    run(work)
    before = read_tree(work / "site")
    report = run(work, clean=True)
    assert (report.reused, report.read_from_cache, report.written) == (0, 0, 0)
    assert read_tree(work / "site") == before


@pytest.mark.parametrize("damage", ["text", "cut", "flipped", "folder", "empty"])
def test_a_damaged_cache_is_not_used_and_the_site_is_right(work: Path, damage: str) -> None:
    run(work)
    cache = work / ".site.cache"
    data = cache.read_bytes()
    cache.unlink()
    if damage == "text":
        cache.write_bytes(b"this is no database")
    elif damage == "cut":
        cache.write_bytes(data[: len(data) // 2])
    elif damage == "flipped":
        cache.write_bytes(data.replace(b"stories/", b"STORIES/"))
    elif damage == "folder":
        cache.mkdir()
    else:
        cache.write_bytes(b"")
    write_story(work / "seeds", "a.txt", "Pasar Malam Dibuka Lagi")
    report = run(work)
    assert report.stories == 2
    found = read_tree(work / "site")
    run(work, clean=True)
    assert read_tree(work / "site") == found
    if damage != "empty":
        assert len(list_messages(report)) == 1


def test_any_flipped_byte_of_the_cache_leaves_the_site_right(work: Path) -> None:
    run(work)
    expected = read_tree(work / "site")
    cache = work / ".site.cache"
    data = cache.read_bytes()
    for at in range(0, len(data), len(data) // 9):
        cache.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        assert run(work).stories == 2
        assert read_tree(work / "site") == expected


@pytest.mark.parametrize("clean", [False, True])
@pytest.mark.parametrize("lock", ["exclusive", "immediate"])  # it cannot be read, or not be written
def test_a_cache_that_another_program_has_locked_is_left_to_it(
    work: Path, monkeypatch: pytest.MonkeyPatch, lock: str, clean: bool
) -> None:
    monkeypatch.setattr(caches, "_WAIT_SECONDS", 0.1)
    run(work)
    before = (work / ".site.cache").read_bytes()
    write_story(work / "seeds", "a.txt", "Pasar Malam Dibuka Lagi")
    other = sqlite3.connect(work / ".site.cache", isolation_level=None)
    other.execute(f"begin {lock}")
    report = run(work, clean=clean)
    other.execute("update part set build = 0")  # it can go on
    other.execute("rollback")
    other.close()
    assert report.written > 0
    assert ["another program has the cache locked" in message for message in list_messages(report)] == [True]
    assert (work / ".site.cache").read_bytes() == before
    write_story(work / "seeds", "b.txt", "Jembatan Gantung Dibuka")
    assert list_messages(run(work)) == []
    found = read_tree(work / "site")
    run(work, clean=True)
    assert read_tree(work / "site") == found


def test_a_cache_of_another_version_is_not_used_and_said_so(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(work)
    monkeypatch.setattr(memory, "fingerprint_program", lambda: b"another one")
    report = run(work)
    assert (report.read, report.read_from_cache, report.written) == (2, 0, 0)
    assert ["another version" in message for message in list_messages(report)] == [True]
    assert list_messages(run(work)) == []


def test_a_build_that_comes_to_nothing_leaves_no_cache(work: Path) -> None:
    (work / "seeds/a.yaml").write_text("titel: Pasar\n", encoding="utf-8")
    before = sorted(path.name for path in work.iterdir())
    with pytest.raises(Exception, match="titel"):
        run(work)
    assert sorted(path.name for path in work.iterdir()) == before


def test_a_cache_that_cannot_be_written_stops_nobody(work: Path) -> None:
    (work / ".site.cache").mkdir()
    (work / ".site.cache/mine.txt").write_text("mine")
    report = run(work)
    assert report.written > 0
    assert len(list_messages(report)) == 1
    assert (work / ".site.cache/mine.txt").read_text() == "mine"


def test_a_cache_that_a_full_disk_does_not_take_stops_nobody(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Cache, "_put", refuse)
    report = run(work)
    assert report.written > 0
    assert ["database or disk is full" in str(note) for note in report.diagnostics] == [True]
    assert not (work / ".site.cache").exists()
