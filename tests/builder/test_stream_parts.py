"""Files of the whole archive in blocks: what is written again, what is copied, and that both together are the file."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alibaba_news.builder.stale import NOTHING_MADE, Made, MadePage
from alibaba_news.builder.stream_parts import StreamChange, StreamParts, list_lengths
from alibaba_news.renderer.pages import Page
from alibaba_news.renderer.streams import Block, cut_blocks, make_blocks

PAGE = Page(path="data/citations.json", kind="citations", key="json")
KEYS = [f"kabar-{n}" for n in range(300)]
slugs = st.lists(st.text("abc", min_size=1, max_size=6), unique=True, max_size=400)


def plan(keys: Sequence[str], made: Made = NOTHING_MADE) -> StreamParts:
    return StreamParts([PAGE], lambda page: make_blocks(page, cut_blocks(keys)), list_lengths(made))


def draw(block: Block, words: str) -> bytes:
    return "".join(f"{key} {words}\n" for key in block.keys).encode()


def write(parts: StreamParts, due: Sequence[Block], words: str, standing: bytes = b"") -> bytes:
    return b"".join(
        parts.write(PAGE.path, {b.path for b in due}, (draw(b, words) for b in due), lambda _: io.BytesIO(standing))
    )


def remember(parts: StreamParts, made: Made) -> Made:
    facts = dict.fromkeys(parts.planned, b"")
    return Made(pages=dict(parts.list_made(facts, made)))


@given(slugs, st.data())
def test_a_few_blocks_are_changed_as_a_whole_build_changes_them(keys: list[str], data: st.DataObject) -> None:
    first = plan(keys)
    blocks = first.list_due(PAGE.path, frozenset(), stands=False)
    before = write(first, blocks, "then")
    made = remember(first, NOTHING_MADE)
    due = [block for block in blocks if data.draw(st.booleans())]

    def find(page: Page, begin: str, until: str | None) -> Block:
        place = keys.index(begin)
        found = keys[place : keys.index(until) if until else None]
        return Block(page=page, keys=tuple(found), first=not place)

    change = StreamChange(PAGE, list_lengths(made).get(PAGE.path, {}), {block.path for block in due})
    assert change.find_blocks(find) == due
    parts = plan(keys, made)
    whole = write(parts, due, "now", before)
    assert b"".join(change.write((draw(block, "now") for block in due), lambda _: io.BytesIO(before))) == whole
    assert change.list_lengths() == parts.list_lengths(PAGE.path)


@given(slugs)
def test_blocks_are_all_keys_in_order(keys: list[str]) -> None:
    blocks = list(cut_blocks(keys))
    assert [key for block in blocks for key in block] == keys
    assert all(1 <= len(block) <= 128 for block in blocks)


@given(slugs, st.data())
def test_one_key_less_changes_few_blocks(keys: list[str], data: st.DataObject) -> None:
    if not keys:
        return
    gone = data.draw(st.sampled_from(keys))
    before, after = set(cut_blocks(keys)), set(cut_blocks([key for key in keys if key != gone]))
    # The one that it stood in, and the next where it ended the block; a row without an end shifts up to the next one.
    assert len(before - after) <= 2 or max(map(len, before)) == 128


def test_nothing_is_written_again_where_nothing_has_changed() -> None:
    parts = plan(KEYS)
    due = parts.list_due(PAGE.path, frozenset(), stands=False)
    write(parts, due, "alt")
    made = remember(parts, NOTHING_MADE)
    again = plan(KEYS, made)
    assert again.planned == parts.planned
    assert again.find_changed(frozenset()) == set()


def test_blocks_that_have_not_changed_are_copied() -> None:
    first = plan(KEYS)
    due = first.list_due(PAGE.path, frozenset(), stands=False)
    assert len(due) > 3
    standing = write(first, due, "alt")
    made = remember(first, NOTHING_MADE)

    keys = [*KEYS[:120], "kabar-baru", *KEYS[120:]]
    second = plan(keys, made)
    stale = frozenset(path for path, what in second.planned.items() if path not in made.pages or made.pages[path].what != what)
    assert second.find_changed(stale) == {PAGE.path}
    due = second.list_due(PAGE.path, stale, stands=True)
    assert 1 <= len(due) <= 2
    file = write(second, due, "neu", standing)
    assert file.startswith(b"[") and file.endswith(b"\n]\n")
    assert [line.split()[0].decode() for line in file[1:-3].splitlines()] == keys
    assert b"kabar-baru neu\n" in file and b"kabar-0 alt\n" in file and b"kabar-299 alt\n" in file

    # What is known of the copied blocks leads to them again.
    made = remember(second, made)
    third = plan(keys, made)
    assert write(third, [], "", file) == file


def test_a_file_that_does_not_stand_as_it_was_made_is_written_whole() -> None:
    parts = plan(KEYS, Made(pages={PAGE.path: MadePage(what="x", facts=b"", sha256="")}))
    assert parts.list_due(PAGE.path, frozenset(), stands=False) == make_blocks(PAGE, cut_blocks(KEYS))


def test_a_file_that_has_become_shorter_is_an_error() -> None:
    parts = plan(KEYS)
    due = parts.list_due(PAGE.path, frozenset(), stands=False)
    standing = write(parts, due, "alt")
    again = plan(KEYS, remember(parts, NOTHING_MADE))
    with pytest.raises(OSError, match="shorter"):
        write(again, [], "", standing[:100])
