"""Some documents of a block change: its shards, changed, are those of a block merged afresh; others stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alibaba_news.renderer.search.analysing import analyse
from alibaba_news.renderer.search.blocks import merge_block
from alibaba_news.renderer.search.changes import change_postings, change_shard, find_changes
from alibaba_news.renderer.search.documents import SearchDocument

BOUNDS = ("", "c", "e", "p")
WORDS = ("apung", "banjir", "cara", "dua", "e-warung", "pelatihan", "latihan", "2,4", "zaitun", "wadah")


def read(text: str, year: int = 2018) -> bytes:
    return analyse(SearchDocument(path="", kind="stories", title="Judul", texts=(text,)), (f"y{year}",))


def change_block(before: dict[int, bytes], after: dict[int, bytes]) -> tuple[list[str], set[int]]:
    """The shards of the block as changed, and which of them were."""
    shards = merge(before)
    moved = {n for n in before.keys() | after.keys() if before.get(n) != after.get(n)}
    old, new = ({n: rows[n] for n in moved if n in rows} for rows in (before, after))
    changes = find_changes(old, new, BOUNDS)
    for shard, rows in changes.items():
        shards[shard] = change_shard(shards[shard], rows)
    return shards, set(changes)


def merge(documents: dict[int, bytes]) -> list[str]:
    return merge_block(sorted(documents.items()), BOUNDS)


TEXTS = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
BLOCKS = st.dictionaries(st.integers(0, 1200), st.tuples(TEXTS, st.integers(2017, 2019)), max_size=6)


@settings(max_examples=120, deadline=None)
@given(BLOCKS, BLOCKS)
def test_a_changed_block_is_the_block_merged_afresh(
    before: dict[int, tuple[str, int]], after: dict[int, tuple[str, int]]
) -> None:
    old, new = ({n: read(*row) for n, row in rows.items()} for rows in (before, after))
    assert change_block(old, new)[0] == merge(new)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(0, 40), TEXTS, min_size=20, max_size=40), st.integers(0, 40), TEXTS)
def test_one_document_among_many(before: dict[int, str], number: int, text: str) -> None:
    old = {n: read(row) for n, row in before.items()}
    new = old | {number: read(text)}
    assert change_block(old, new)[0] == merge(new)


@pytest.mark.parametrize(
    ("text", "shards"),
    [
        ("apung cara dua", set()),
        ("apung cara dua zaitun", {3}),
        ("apung cara", {1}),
        ("apung dua cara", {1}),
        ("banjir cara dua", {0}),
        ("wadah apung cara dua", {0, 1, 3}),  # what follows stands one place further
    ],
)
def test_only_the_shards_of_what_has_changed_change(text: str, shards: set[int]) -> None:
    old, new = {0: read("banjir"), 1: read("apung cara dua")}, {0: read("banjir"), 1: read(text)}
    assert change_block(old, new)[1] == shards


def test_a_filter_that_changes_leaves_the_words_alone() -> None:
    changes = find_changes({3: read("apung")}, {3: read("apung", 2019)}, BOUNDS)
    assert changes == {0: {"@y2018 ": {3: None}, "@y2019 ": {3: "AA"}}}


def test_postings_of_which_nothing_is_left_are_empty() -> None:
    assert change_postings("DABCxAABC", {3: None, 739: None}) == change_postings("", {}) == ""
