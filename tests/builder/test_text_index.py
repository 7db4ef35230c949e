"""The index of texts finds for each run the texts that hold it, whatever was edited since it was made."""

from __future__ import annotations

import marshal
from array import array
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from alibaba_news.builder.memory import Memory
from alibaba_news.builder.text_index import TextIndex, list_text_parts

RUNS = st.frozensets(st.integers(0, 40) | st.integers(2**30 - 4, 2**30 - 1), max_size=6)
TEXTS = st.lists(RUNS, max_size=3)
ARCHIVES = st.dictionaries(st.sampled_from([f"{name}.txt" for name in "abcdefgh"]), TEXTS, min_size=1)


def keep(file: str, texts: list[frozenset[int]]) -> bytes:
    rows = (
        (f"{file}{number}".encode(), array("I", sorted(runs)).tobytes(), f"{file} {number}")
        for number, runs in enumerate(texts)
    )
    return marshal.dumps(tuple(rows))


class Kept:
    """What a cache would keep of an archive's texts."""

    def __init__(self, archive: dict[str, list[frozenset[int]]]) -> None:
        self.texts = {file: keep(file, texts) for file, texts in sorted(archive.items())}
        self.parts: dict[str, Any] = dict(list_text_parts(len(archive), self.texts.items()))

    def open(self) -> TextIndex:
        return TextIndex(cast("Memory", SimpleNamespace(read_part=self.parts.__getitem__, read_texts=self.texts.__getitem__)))


@given(ARCHIVES, st.lists(st.tuples(st.integers(0, 7), TEXTS), max_size=4), st.integers(0, 7))
def test_every_run_leads_to_the_texts_that_hold_it_now(
    archive: dict[str, list[frozenset[int]]], edits: list[tuple[int, list[frozenset[int]]]], own: int
) -> None:
    kept, now = Kept(archive), dict(archive)
    for nth, texts in edits:
        file = sorted(now)[nth % len(now)]
        kept.parts |= kept.open().note([file])
        kept.texts[file], now[file] = keep(file, texts), texts
    file = sorted(now)[own % len(now)]
    others = kept.open().leave_out(file)
    for run in range(41):
        held = {
            (other, number)
            for other, texts in now.items()
            for number, runs in enumerate(texts)
            if other != file and run in runs
        }
        found = others.find_holders(run)
        assert {others.find_name(number) for number in found} == held
        assert len(found) == len(held)
        for number in found:
            name, place = others.find_name(number)
            assert others.count_runs(number) == len(now[name][place])
    for other, texts in now.items():
        if other != file and texts:
            assert others.find_name(others.find_number(other)) == (other, 0)


def test_the_same_words_and_the_same_bytes_are_found() -> None:
    kept = Kept({"a.txt": [frozenset({1})], "b.txt": [frozenset()]})
    others = kept.open().leave_out("a.txt")
    assert others.has_twin((b"b.txt0", b"", ""))
    assert others.has_twin((b"", b"", "b.txt 0"))
    assert not others.has_twin((b"a.txt0", b"", "a.txt 0"))
