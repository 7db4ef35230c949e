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
ARCHIVES = st.dictionaries(st.sampled_from([f"{name}.txt" for name in "abcdefgh"]), RUNS, min_size=1)


def keep(file: str, runs: frozenset[int], words: bytes) -> bytes:
    return marshal.dumps(((words, array("I", sorted(runs)).tobytes(), file, f"sha of {file}", file),))


class Kept:
    """What a cache would keep of an archive's texts."""

    def __init__(self, archive: dict[str, frozenset[int]]) -> None:
        self.texts = {file: keep(file, runs, file.encode()) for file, runs in sorted(archive.items())}
        self.parts: dict[str, Any] = dict(list_text_parts(len(archive), self.texts.items()))

    def open(self) -> TextIndex:
        return TextIndex(cast("Memory", SimpleNamespace(read_part=self.parts.__getitem__, read_texts=self.texts.__getitem__)))


@given(ARCHIVES, st.lists(st.tuples(st.integers(0, 7), RUNS), max_size=4), st.integers(0, 7))
def test_every_run_leads_to_the_texts_that_hold_it_now(
    archive: dict[str, frozenset[int]], edits: list[tuple[int, frozenset[int]]], own: int
) -> None:
    kept, now = Kept(archive), dict(archive)
    for nth, runs in edits:
        file = sorted(now)[nth % len(now)]
        kept.parts |= kept.open().note([file])
        kept.texts[file], now[file] = keep(file, runs, b"edited " + file.encode()), runs
    file = sorted(now)[own % len(now)]
    others = kept.open().leave_out(file)
    assert others.ordered
    for run in (*range(41), *range(2**30 - 4, 2**30)):
        found = others.find_holders(run)
        assert [others.find_name(number)[0] for number in found] == sorted(n for n in now if n != file and run in now[n])
        assert [others.count_runs(number) for number in found] == [len(now[others.find_name(n)[0]]) for n in found]
    assert others.number == others.find_number(file) == sorted(now).index(file)


def test_the_same_words_and_the_same_bytes_are_found() -> None:
    kept = Kept({"a.txt": frozenset({1}), "b.txt": frozenset()})
    others = kept.open().leave_out("a.txt")
    assert others.has_twin(b"b.txt")
    assert others.has_twin(b"sha of b.txt")
    assert not others.has_twin(b"a.txt")
    assert not others.has_twin(b"sha of a.txt")


def test_of_texts_of_the_same_words_the_first_stands_for_all() -> None:
    texts = {name: keep(name, frozenset({7}), b"same") for name in ("a.txt", "b.txt", "c.txt")}
    kept = Kept({"a.txt": frozenset()})
    kept.texts, kept.parts = texts, dict(list_text_parts(3, texts.items()))
    assert kept.open().leave_out("c.txt").find_holders(7) == [0]


def test_files_in_another_order_than_their_sources_are_told() -> None:
    rows = [("a.txt", keep("z.txt", frozenset(), b"1")), ("b.txt", keep("b.txt", frozenset(), b"2"))]
    parts: dict[str, Any] = dict(list_text_parts(2, rows))
    index = TextIndex(cast("Memory", SimpleNamespace(read_part=parts.__getitem__, read_texts=dict(rows).__getitem__)))
    assert not index.leave_out("a.txt").ordered


def test_a_file_of_several_texts_keeps_their_numbers_together() -> None:
    several = marshal.dumps(tuple((name.encode(), b"", "b.jsonl", name, name) for name in ("3", "1", "2")))
    rows = [("a.txt", keep("a.txt", frozenset(), b"a")), ("b.jsonl", several), ("c.txt", keep("c.txt", frozenset(), b"c"))]
    parts: dict[str, Any] = dict(list_text_parts(3, rows))
    index = TextIndex(cast("Memory", SimpleNamespace(read_part=parts.__getitem__, read_texts=dict(rows).__getitem__)))
    assert index.note(["b.jsonl", "c.txt"]) == {"texts since": {"b.jsonl": (1, 2, 3), "c.txt": (4,)}}
    assert [index.find_name(number) for number in (1, 2, 3)] == [("b.jsonl", 1), ("b.jsonl", 2), ("b.jsonl", 0)]
