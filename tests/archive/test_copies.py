"""Copies of one text, through the public door: tests/cases/copies/copies.yaml, and what an archive of many does with them."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import partial
from typing import Any
from zlib import crc32

import pytest
from archivelib import make_story, make_world
from caselib import load_cases
from msgspec.structs import replace

from alibaba_news.archive.copies import find_copies, number_texts
from alibaba_news.archive.resolve import Copies, resolve
from alibaba_news.archive.shingles import make_runs, read_body, take_fingerprint
from alibaba_news.model import Archive, Figure, Story, StoryCopy, Withdrawal

PARAGRAPHS = {
    "P1": "Pasar apung Muara Tirta dibuka kembali pada Senin setelah dua tahun tutup karena tanggul sungai diperbaiki.",
    "P2": "Sukirno, pedagang sayur, mengatakan perahu yang datang pada hari pertama jauh lebih banyak daripada sebelum tutup.",
    "P3": "Ketua koperasi berharap pasar itu menarik wisatawan dari 12 kota lain pada musim libur sekolah yang akan datang.",
    "P4": "Dinas perhubungan menambah dermaga kayu di sisi timur supaya penumpang tidak berebut ketika air sedang surut.",
    "P5": "Seorang nelayan yang ditemui terpisah mengeluhkan harga solar, sebab kapal kecil miliknya tidak mendapat jatah.",
}


def write_body(rows: list[str]) -> list[str]:
    """ "P1 P2" is one paragraph of two, anything else stands as it is."""
    return [" ".join(PARAGRAPHS.get(part, part) for part in row.split(" ")) for row in rows]


def read_story(file: str, row: dict[str, Any]) -> Story:
    withdrawn, dateline, figures = row.get("withdrawn"), row.get("dateline"), row.get("figures", ())
    story = make_story(file, **{"title": "Pasar apung", **row, "body": write_body(row["body"])})
    quotes = row.get("quotes", ())
    return replace(
        story,
        dateline=dateline,
        figures=tuple(Figure(**figure) for figure in figures),
        quotes=tuple(
            replace(quote, paragraph=said.get("paragraph", 1)) for quote, said in zip(story.quotes, quotes, strict=True)
        ),
        withdrawn=Withdrawal(date=str(withdrawn["date"]), reason=withdrawn["reason"]) if withdrawn else None,
    )


def read_copies(archive: Archive) -> dict[str, StoryCopy]:
    files = {story.slug: story.source.file for story in archive.stories}
    return {f"{files[row.story]} -> {files[copy.story]}": copy for row in archive.copies for copy in row.copies}


@pytest.mark.parametrize("case", load_cases("copies"))
def test_case(case: dict[str, Any]) -> None:
    stories = tuple(read_story(file, row) for file, row in case["stories"].items())
    found, want = read_copies(resolve(stories, make_world()).archive), case["expect"]
    assert sorted(f"{pair}: {copy.kind}" for pair, copy in found.items()) == sorted(want["copies"])
    for pair, (here, there) in want.get("only", {}).items():
        assert (list(found[pair].only_here), list(found[pair].only_there)) == (here, there)
    for pair, differs in want.get("differs", {}).items():
        told = {d.what: [list(d.here), list(d.there)] for d in found[pair].differs}
        assert told == differs


def test_shares_are_seen_from_both_sides() -> None:
    long, short = write_body(["P1", "P2", "P3", "P4"]), write_body(["P1 P2"])
    found = read_copies(resolve((make_story("a", body=long), make_story("b", body=short)), make_world()).archive)
    assert (found["a -> b"].share_there, found["b -> a"].share) == (1.0, 1.0)
    assert found["a -> b"].share == found["b -> a"].share_there
    assert 0.35 < found["a -> b"].share < 0.6


def write_own(number: int) -> str:
    """A paragraph that no other number has a run of."""
    return " ".join(f"kata{number}x{nth}" for nth in range(60))


def test_a_closing_line_of_the_house_makes_no_copies() -> None:
    line = (
        "Ikuti berita pilihan setiap hari di kanal resmi kami dan jangan lupa menyalakan pemberitahuan di telepon genggam Anda."
    )
    for words in (60, 22):  # of a short report the line is nearly half
        stories = [make_story(f"{n:03}", body=[" ".join(write_own(n).split()[:words]), line]) for n in range(120)]
        assert find_copies([take_fingerprint(story.body) for story in stories]) == {}


def test_a_text_that_very_many_print_is_one_text() -> None:
    text = write_body(["P1", "P2", "P3"])
    stories = [make_story(f"{n:03}", body=[*text, f"Laporan nomor {n}."]) for n in range(60)]
    stories += [make_story(f"{n}-sama", body=text) for n in range(60)]
    stories.append(make_story("lain", body=[write_own(1)]))
    copies = find_copies([take_fingerprint(story.body) for story in stories])
    assert max(map(len, copies.values())) <= 12
    assert number_texts(len(stories), copies) == [0] * 120 + [120]


def test_the_order_of_the_files_read_does_not_matter() -> None:
    stories = tuple(make_story(f"{n}", body=[*write_body(["P1", "P2"]), write_own(n % 3)]) for n in range(7))
    there, back = (resolve(rows, make_world()).archive.copies for rows in (stories, stories[::-1]))
    assert there == back != ()


@pytest.mark.parametrize(
    "text",
    [
        "Satu dua, tiga-empat lima enam",
        "“Satu” (dua) tiga’s empat… lima—enam tujuh",
        "Ａ é e\u0301 ﬁ ß İ ſ ² ٣ \xa0 \u200b \u3000 satu_dua 3,5 x\ud800y z",
        "satu dua",
    ],
)
def test_a_fingerprint_holds_the_runs_of_the_words(text: str) -> None:
    runs = make_runs(read_body(make_story("a", body=[text, "akhir"])))
    found = take_fingerprint([text, "akhir"])
    assert found is not None
    assert sorted(found.numbers()) == sorted({crc32(run.encode("utf-8", "surrogatepass")) for run in runs})


def test_stories_may_bring_their_fingerprints() -> None:
    stories = tuple(make_story(f"{n}", body=[*write_body(["P1", "P2"]), write_own(n % 2)]) for n in range(4))
    prints = [take_fingerprint(story.body) for story in stories]
    assert resolve(stories, make_world(), prints) == resolve(stories, make_world())


def test_copies_may_be_found_by_another_process() -> None:
    stories = tuple(make_story(f"{n}", body=[*write_body(["P1", "P2"]), write_own(n % 2)]) for n in range(4))

    def find_elsewhere(question: Callable[[], Copies]) -> Callable[[], Copies]:
        return partial(pickle.loads, pickle.dumps(question()))

    found = resolve(stories, make_world(), aside=find_elsewhere)
    assert found.archive.copies
    assert found == resolve(stories, make_world())


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800 a b c d e f", "é" * 5000, "a " * 5000])
def test_any_text_is_read(text: str) -> None:
    archive = resolve((make_story("a", body=[text]), make_story("b", body=[text])), make_world()).archive
    assert len(archive.copies) in (0, 2)
