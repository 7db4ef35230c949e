"""Words of a text: each case of cases/search/words.yaml; numbers as letters; the files that an archive's size asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from searchlib import read_numbers

from alibaba_news.renderer.search.codes import decode, encode, encode_places
from alibaba_news.renderer.search.layout import choose_bounds, choose_layout, find_shard, place_document
from alibaba_news.renderer.search.words import WORD_LIMIT, find_words

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "search" / "words.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_words_of_a_text(case) -> None:
    words, joined = find_words(case["text"])
    assert words == case["words"]
    assert [word for _, word in joined] == case.get("joined", [])


def test_a_joined_word_stands_where_its_first_part_stands() -> None:
    assert find_words("situs e-commerce dan non-tunai")[1] == [(1, "ecommerce"), (4, "nontunai")]


@given(st.text())
def test_words_are_short_folded_and_hold_no_sign_of_the_files(text: str) -> None:
    words, joined = find_words(text)
    for word in (*words, *(bridge for _, bridge in joined)):
        assert 0 < len(word) <= WORD_LIMIT
        assert not set(word) & set("; -@_\"'\\<\n")
    assert find_words(" ".join(words))[0] == words


@given(st.lists(st.integers(min_value=0, max_value=2**40)))
def test_numbers_come_back(numbers: list[int]) -> None:
    letters = b"".join(map(encode, numbers)).decode()
    assert decode(letters) == read_numbers(letters) == numbers


@given(st.lists(st.integers(min_value=0, max_value=20_000), min_size=1, unique=True).map(sorted))
def test_places_come_back(places: list[int]) -> None:
    length, *steps = decode(encode_places(places).decode())
    assert length == len(encode_places(places)) - len(encode(length))
    assert [sum(steps[: n + 1]) for n in range(len(steps))] == places


def test_a_small_archive_is_one_file_and_a_large_one_many() -> None:
    assert choose_layout(20).whole
    assert choose_layout(70).whole  # five stories, and the people, places and events in them
    ten, hundred = choose_layout(11_000), choose_layout(110_000)
    assert not ten.whole
    # What a query loads of each word: one file of every block.
    assert (ten.blocks, hundred.blocks) == (8, 16)
    # A block stays small enough to be made again for one story, and its files small enough to be sent.
    assert hundred.shards * hundred.blocks < 10_000
    assert 110_000 / hundred.blocks / hundred.chunks < 20


@pytest.mark.parametrize("documents", [1, 49, 1000, 11_000, 110_000, 5_000_000])
def test_every_word_has_a_shard_and_every_document_a_place(documents: int) -> None:
    layout = choose_layout(documents)
    bounds = choose_bounds(layout)
    assert len(bounds) == layout.shards
    assert list(bounds) == sorted(set(bounds))
    words = ["0", "11.11", "@pjack-ma", "@y2018", "a", "yang", "zzz", "阿里"]
    assert [find_shard(bounds, word) for word in words] == sorted(find_shard(bounds, word) for word in words)
    for number in range(50):
        block, chunk = place_document(f"stories/berita-{number}", layout)
        assert 0 <= block < layout.blocks
        assert 0 <= chunk < layout.chunks
