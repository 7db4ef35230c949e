"""Which texts hold which runs of words, so that an edited text is compared with those alone that it shares some with.

Texts are numbered in the order of their files. A run lies in the lot that its number says, with the numbers of the texts that
hold it in their samples. The texts of files that were edited since are looked at one by one.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any
from zlib import crc32

from alibaba_news.archive import SAMPLE_END
from alibaba_news.builder.cache import CacheDamagedError
from alibaba_news.builder.memory import Memory
from alibaba_news.builder.readings import Text, load_texts
from alibaba_news.lots import Items, list_items

_FILES = 32  # to a lot: an edit asks for some hundred runs, each of which may lie in a lot of its own
# Bytes of a row (the number of a text, and of a run that it holds), and where in it the run's begin.
_WIDTH, _PLACE = 8, 0 if sys.byteorder == "little" else 4
_SINCE = "texts since"


def list_text_parts(count: int, rows: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, Any]]:
    """The parts of an index of ``count`` files; ``rows`` are these, in order, each with what tells its texts from others."""
    lots = [array("Q") for _ in range(count // _FILES + 1)]
    add, among = [lot.append for lot in lots], len(lots)
    names: list[tuple[str, int]] = []
    sizes = array("I")
    seen: set[bytes] = set()
    ordered, last = True, ("", "", "")
    for file, data in rows:
        for place, text in _sort(load_texts(data)):
            ordered, last = ordered and last <= text[2:], text[2:]
            holder, runs = len(names) << 32, _list_runs(text)
            # Of several texts of the same words the first stands for all.
            for run in (*(runs if text[0] not in seen else ()), *_list_marks(text)):
                add[run % among](holder | run)
            seen.add(text[0])
            names.append((file, place))
            sizes.append(len(runs))
    yield from list_items("texts", names)
    yield "text sizes", sizes.tobytes()
    yield "runs", (among, ordered)
    for nth, lot in enumerate(lots):
        yield f"runs {nth}", lot.tobytes()
    yield _SINCE, {}


def _sort(texts: Sequence[Text]) -> list[tuple[int, Text]]:
    """The texts of a file in the order of the archive, with their places in the file."""
    return sorted(enumerate(texts), key=lambda row: row[1][2:])


def _list_runs(text: Text) -> memoryview[int]:
    return memoryview(text[1]).cast("I")


def _list_marks(text: Text) -> Iterator[int]:
    """What two texts of the same words, or two sources of the same bytes, have in common as if it were a run."""
    words, _, _, sha256, _ = text
    return (_mark(told) for told in (words, sha256.encode()) if told)


def _mark(told: bytes) -> int:
    return SAMPLE_END + crc32(told) % (2**32 - SAMPLE_END)


class TextIndex:
    """The index that the build before left. Everything may raise CacheDamagedError."""

    def __init__(self, memory: Memory) -> None:
        self._read, self._read_texts = memory.read_part, memory.read_texts
        self._since: Mapping[str, tuple[int, ...]] = self._read(_SINCE)
        self._names: Items[tuple[str, int]] = Items(self._read, "texts")
        self._sizes = memoryview(self._read("text sizes")).cast("I")
        self._count, self.ordered = self._read("runs")
        self._lots: dict[int, bytes] = {}
        self._held: dict[int, list[int]] = {}

    def leave_out(self, file: str) -> OtherTexts:
        """All texts but that of a file that has one. Raises CacheDamagedError where it had none."""
        gone = {number for numbers in self._since.values() for number in numbers}
        fresh = [
            (number, text)
            for other, numbers in self._since.items()
            if other != file
            for number, (_, text) in zip(numbers, _sort(load_texts(self._read_texts(other))), strict=True)
        ]
        return OtherTexts(self, self.find_number(file), gone.union(self._find_numbers(file)), fresh)

    def note(self, files: Iterable[str]) -> dict[str, Any]:
        """The parts that are others once these files have been edited."""
        return {_SINCE: {**self._since, **{file: self._find_numbers(file) for file in files}}}

    def _find_numbers(self, file: str) -> tuple[int, ...]:
        """The numbers of a file's texts, as they were when the index was made."""
        if file in self._since:
            return self._since[file]
        first, end = (find(self._names, file, key=itemgetter(0)) for find in (bisect_left, bisect_right))
        return tuple(range(first, end))

    def find_number(self, file: str) -> int:
        """The number of the text of a file that had one. Raises CacheDamagedError where there was none."""
        numbers = self._find_numbers(file)
        if not numbers:
            raise CacheDamagedError(f"no text of {file}")
        return numbers[0]

    def find_holders(self, run: int) -> list[int]:
        """The numbers of the texts that held a run."""
        if run not in self._held:
            self._held[run] = self._find_holders(run)
        return self._held[run]

    def _find_holders(self, run: int) -> list[int]:
        lot = run % self._count
        if lot not in self._lots:
            self._lots[lot] = self._read(f"runs {lot}")
        data = self._lots[lot]
        rows, wanted = memoryview(data).cast("Q"), run.to_bytes(4, sys.byteorder)
        found: list[int] = []
        at = data.find(wanted)  # bytes are searched many times faster than numbers
        while at >= 0:
            if at % _WIDTH == _PLACE:
                found.append(rows[at // _WIDTH] >> 32)
            at = data.find(wanted, at + 1)
        return found

    def find_name(self, number: int) -> tuple[str, int]:
        """The file of a text and its number there."""
        return self._names[number]

    def count_runs(self, number: int) -> int:
        """How many runs the sample of a text had."""
        return self._sizes[number]


class OtherTexts:
    """Texts by number, as ``follow_copies`` asks for them: those of the index but the ones ``gone``, and ``fresh`` ones, which
    have taken the numbers of what they were."""

    def __init__(self, index: TextIndex, number: int, gone: set[int], fresh: Iterable[tuple[int, Text]]) -> None:
        self.number, self.ordered = number, index.ordered
        self._index, self._gone = index, gone
        self._sizes: dict[int, int] = {}
        self._held: dict[int, list[int]] = {}
        for nth, text in fresh:
            self._sizes[nth] = len(_list_runs(text))
            for run in (*_list_runs(text), *_list_marks(text)):
                self._held.setdefault(run, []).append(nth)

    def find_holders(self, run: int) -> list[int]:
        """The numbers of the texts that have a run in their samples, in ascending order."""
        found = self._index.find_holders(run)
        if not self._gone.isdisjoint(found):
            found = [number for number in found if number not in self._gone]
        return sorted(found + self._held[run]) if run in self._held else found

    def count_runs(self, number: int) -> int:
        """How many runs the sample of a text has."""
        return self._sizes[number] if number in self._sizes else self._index.count_runs(number)

    def find_name(self, number: int) -> tuple[str, int]:
        """The file of a text and its place there."""
        return self._index.find_name(number)

    def find_number(self, file: str) -> int:
        """The number of the text of a file that has one."""
        return self._index.find_number(file)

    def has_twin(self, told: bytes) -> bool:
        """Whether another text may have these words (by their digest), or come from the same bytes (by their SHA-256)."""
        return bool(self.find_holders(_mark(told)))
