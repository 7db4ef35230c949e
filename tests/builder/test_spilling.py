"""What is put aside on the disk while a site is built reads as if it were in memory; a full disk costs only memory."""

from __future__ import annotations

import errno
import pickle
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alibaba_news.archive import take_fingerprint
from alibaba_news.builder.gather import FileReading, ReadStory
from alibaba_news.builder.spill import Spill
from alibaba_news.model import CutLine, SourceFile, Story

BODY = tuple(f"Paragraf ke-{n} menceritakan pasar malam di alun-alun kota." for n in range(1, 9))
CUT = tuple(CutLine(line=n, role="chrome", rule="menu", text=f"Menu {n}: beranda, olahraga, ekonomi") for n in range(1, 9))


@pytest.fixture
def spill(tmp_path: Path) -> Iterator[Spill]:
    with Spill(tmp_path) as made:
        yield made


@pytest.fixture
def reading() -> FileReading:
    source = SourceFile(file="a.txt", sha256="0" * 64, lines=("title", *["body"] * 60), cut=CUT)
    story = Story(
        title="Pasar malam dibuka",
        title_origin="stated",
        slug="pasar-malam",
        lang="id",
        description="",
        date=None,
        date_origin="unknown",
        date_evidence="",
        source=source,
        body=BODY,
    )
    return FileReading(
        stories=(ReadStory(path="a.txt", story=story, fingerprint=take_fingerprint(BODY)),), left_out=(), problems=()
    )


def test_what_was_put_aside_is_what_it_was(spill: Spill, reading: FileReading) -> None:
    put = spill.put(reading).stories[0].story
    assert type(put.body) is not tuple
    assert put == reading.stories[0].story
    assert (len(put.body), put.body[2], tuple(put.body[-2:]), list(put.source.cut)) == (8, BODY[2], BODY[-2:], list(CUT))
    assert hash(put) == hash(reading.stories[0].story)


def test_a_fingerprint_put_aside_tells_the_same(spill: Spill, reading: FileReading) -> None:
    put, kept = spill.put(reading).stories[0].fingerprint, reading.stories[0].fingerprint
    assert put is not None and kept is not None
    assert (list(put.numbers()), put.sample(), put.words) == (list(kept.numbers()), kept.sample(), kept.words)


def test_other_processes_get_the_values_themselves(spill: Spill, reading: FileReading) -> None:
    sent = pickle.loads(pickle.dumps(spill.put(reading)))
    assert sent == reading
    assert type(sent.stories[0].story.body) is tuple


def test_many_readings_do_not_mix(spill: Spill, reading: FileReading) -> None:
    first = spill.put(reading).stories[0].story
    for _ in range(100):
        assert spill.put(reading).stories[0].story == first
    assert first == reading.stories[0].story


def test_a_platform_without_reads_by_place_reads_the_same(
    spill: Spill, reading: FileReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("os.pread")
    first, second = spill.put(reading).stories[0].story, spill.put(reading).stories[0].story
    assert (tuple(second.body), tuple(first.body)) == (BODY, BODY)


@pytest.mark.parametrize("room", [0, 100, 1000])
def test_a_full_disk_leaves_the_rest_in_memory(
    tmp_path: Path, reading: FileReading, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = tempfile.TemporaryFile
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **k: _Narrow(make(**k), room))
    with Spill(tmp_path) as spill:
        assert spill.put(reading) == reading
        assert spill.put(reading) == reading


def test_a_folder_that_takes_no_file_leaves_all_in_memory(tmp_path: Path, reading: FileReading) -> None:
    with Spill(tmp_path / "missing") as spill:
        put = spill.put(reading)
    assert put == reading
    assert type(put.stories[0].story.body) is tuple


def test_nothing_is_left_in_the_folder(tmp_path: Path, spill: Spill, reading: FileReading) -> None:
    spill.put(reading)
    assert not list(tmp_path.iterdir())


class _Narrow:
    """A file on a disk that has room for so many bytes."""

    def __init__(self, stream: Any, room: int) -> None:
        self._stream, self._room = stream, room

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, data: bytes) -> int:
        left = self._room - self._stream.tell()
        if left <= 0:
            raise OSError(errno.ENOSPC, "no space left on device")
        return int(self._stream.write(data[:left]))
