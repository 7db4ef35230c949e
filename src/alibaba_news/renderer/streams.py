"""The files of the whole archive (``data/*.jsonl``, ``*.csv``, references): rows in blocks, each drawn on its own.

A file is its head, its rows and its tail. Rows are those of a story, entity, event or outlet (an item), in the order of the
archive. Where a block ends depends on the item it ends with and on nothing before it, so that one item more or less
changes one block: the others are taken as they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

from msgspec import Struct

from alibaba_news.model import Outlet, Story
from alibaba_news.renderer.citing import cite_story
from alibaba_news.renderer.csv_files import write_head, write_lines
from alibaba_news.renderer.data_files import write_item
from alibaba_news.renderer.index import Index
from alibaba_news.renderer.pages import Page
from alibaba_news.renderer.tables import BY_NAME
from alibaba_news.renderer.views.desk import Desk

# Kinds of pages that are made of blocks.
IN_BLOCKS = frozenset({"data", "csv", "citations"})
# An item whose hash is a multiple of this ends its block; so does a row of four times as many items without one.
BLOCK_SIZE = 32
_MOST = 4

_CITATIONS_BETWEEN: Mapping[str, bytes] = {"json": b",\n", "ris": b"\r\n", "bib": b"\n"}


class Block(Struct, frozen=True, kw_only=True):
    """Some neighbouring items of a file by their keys (slugs, ids); ``first`` where nothing stands before them."""

    page: Page
    keys: tuple[str, ...]
    first: bool

    @property
    def path(self) -> str:
        """Its name among the files of the site, which no file has."""
        return f"{self.page.path}?{self.keys[0]}"

    @property
    def kind(self) -> str:
        """That of its file."""
        return self.page.kind


def find_source(page: Page) -> str:
    """The field of the archive whose rows a file is made of."""
    if page.kind == "csv":
        return BY_NAME[page.key].source
    return "stories" if page.kind == "citations" else page.key


def list_keys(index: Index, source: str) -> tuple[str, ...]:
    """The keys of the rows of a field of the archive, in order."""
    return tuple(index.position) if source == "stories" else tuple(row.id for row in getattr(index.archive, source))


def list_run(index: Index, source: str, first: str, until: str | None) -> tuple[int, tuple[str, ...]]:
    """The keys from ``first`` on and before ``until``, to the end without one, after the place of the first."""
    if source == "stories":
        begin = index.position[first]
        rows = index.archive.stories[begin : None if until is None else index.position[until]]
        return begin, tuple(story.slug for story in rows)
    keys = list_keys(index, source)
    begin = keys.index(first)
    return begin, keys[begin : None if until is None else keys.index(until)]


def cut_blocks(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Keys in blocks of ``BLOCK_SIZE`` on average."""
    start = 0
    for end, key in enumerate(keys, start=1):
        if not crc32(key.encode("utf-8", "surrogatepass")) % BLOCK_SIZE or end - start >= _MOST * BLOCK_SIZE:
            yield tuple(keys[start:end])
            start = end
    if start < len(keys):
        yield tuple(keys[start:])


def make_blocks(page: Page, groups: Iterable[tuple[str, ...]]) -> list[Block]:
    """The blocks of a file, in order, from those of its keys."""
    return [Block(page=page, keys=keys, first=not number) for number, keys in enumerate(groups)]


def write_frame(page: Page) -> tuple[bytes, bytes]:
    """What stands before and after the rows of a file."""
    if page.kind == "csv":
        return write_head(BY_NAME[page.key]), b""
    return (b"[", b"\n]\n") if page.kind == "citations" and page.key == "json" else (b"", b"")


def write_rows(desk: Desk, block: Block, find: Callable[[str, str], Any]) -> bytes:
    """The rows of a block. ``find`` gives an item by its source and key."""
    page, source = block.page, find_source(block.page)
    items = (find(source, key) for key in block.keys)
    if page.kind == "csv":
        table = BY_NAME[page.key]
        return write_lines(row for item in items for row in table.write(item))
    if page.kind == "citations":
        return _write_citations(desk, page.key, items, first=block.first)
    return b"".join(write_item(page.key, item) for item in items)


def _write_citations(desk: Desk, ending: str, stories: Iterable[Story], *, first: bool) -> bytes:
    between = _CITATIONS_BETWEEN[ending]
    text = between.join(cite_story(desk, story, ending) for story in stories)
    # In JSON the first row too stands on a line of its own.
    return (b"\n" if ending == "json" else b"") + text if first else between + text


def find_item(index: Any, source: str, key: str) -> Any:
    """An item of the archive by its source and key; whoever asks depends on all of it."""
    if source == "stories":
        return index.stories[key]
    if source == "events":
        return index.events[key]
    if source == "outlets":
        outlet: Outlet = index.outlet_facts[key].outlet
        return outlet
    return index.entities[key]
