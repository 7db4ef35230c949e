"""Blocks of the files of the whole archive beside those of the build before: what changed is written again, the rest copied.

Blocks are kept among the pages that were made, at addresses that no page has, in the order of their file: each has the facts
that it was made from, and in place of a file's hash the number of its bytes.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import BinaryIO

from alibaba_news.builder.stale import Made, MadePage
from alibaba_news.renderer.pages import Page
from alibaba_news.renderer.streams import IN_BLOCKS, Block, write_frame
from alibaba_news.values import digest

# What a block has of its own: its name, its items, whether it is the first one.
What = tuple[str, bytes, bool]
_NAME = "rows"
_COPIED = 1 << 20  # bytes at a time


def is_block(page: MadePage) -> bool:
    """Whether something that was made is a block."""
    return isinstance(page.what, tuple) and page.what[0] == _NAME


def list_lengths(made: Made) -> dict[str, dict[str, int]]:
    """The blocks of each file, in their order, with their bytes."""
    found: dict[str, dict[str, int]] = {}
    for path, page in made.pages.items():
        if is_block(page):
            found.setdefault(path.partition("?")[0], {})[path] = int(page.sha256)
    return found


class StreamParts:
    """The blocks of a site's files."""

    def __init__(
        self, pages: Iterable[Page], list_blocks: Callable[[Page], list[Block]], before: Mapping[str, Mapping[str, int]]
    ) -> None:
        """``before`` has for each file the blocks of the build before, in their order, with their bytes."""
        self._pages = {page.path: page for page in pages if page.kind in IN_BLOCKS}
        self._blocks = {path: list_blocks(page) for path, page in self._pages.items()}
        self._before: Mapping[str, Mapping[str, int]] = {path: before.get(path, {}) for path in self._blocks}
        self._lengths: dict[str, int] = {}

    @cached_property
    def planned(self) -> dict[str, What]:
        """What is to stand at the addresses of the blocks."""
        digests = {block.keys: b"" for blocks in self._blocks.values() for block in blocks}
        digests = {keys: digest(keys) for keys in digests}
        return {block.path: (_NAME, digests[block.keys], block.first) for blocks in self._blocks.values() for block in blocks}

    def find_changed(self, stale: frozenset[str]) -> set[str]:
        """The files of which a block is ``stale``, or whose blocks are not those of the build before."""
        found = {path.partition("?")[0] for path in stale & self.planned.keys()}
        return found | {path for path, blocks in self._blocks.items() if [b.path for b in blocks] != [*self._before[path]]}

    def list_due(self, path: str, stale: frozenset[str], *, stands: bool) -> list[Block]:
        """The blocks of a file that must be written again: all of them, unless what was made of it still ``stands``."""
        return [b for b in self._blocks[path] if not stands or b.path in stale]

    def write(
        self, path: str, due: Collection[str], drawn: Iterator[bytes], open_file: Callable[[str], BinaryIO]
    ) -> Iterator[bytes]:
        """A file part by part: the blocks of ``due`` (their paths) from ``drawn``, the others out of the file that stands."""
        head, tail = write_frame(self._pages[path])
        yield head
        blocks = self._blocks[path]
        with contextlib.ExitStack() as stack:
            standing = stack.enter_context(open_file(path)) if len(due) < len(blocks) else None
            places = self._place(path, len(head))
            for block in blocks:
                if standing is None or block.path in due:
                    data = next(drawn)
                    self._lengths[block.path] = len(data)
                    yield data
                else:
                    yield from _copy(standing, *places[block.path])
        yield tail

    def list_lengths(self, path: str) -> dict[str, int]:
        """The blocks of a file that was written, in their order, with their bytes now."""
        before = self._before[path]
        return {b.path: self._lengths[b.path] if b.path in self._lengths else before[b.path] for b in self._blocks[path]}

    def _place(self, path: str, begin: int) -> dict[str, tuple[int, int]]:
        """Where each block begins in the file of the build before, and its length."""
        found = {}
        for block, length in self._before[path].items():
            found[block] = begin, length
            begin += length
        return found

    def list_made(self, facts: Mapping[str, bytes], made: Made) -> Iterator[tuple[str, MadePage]]:
        """What the next build is to know of the blocks; ``facts`` has the numbers of those that were written."""
        for blocks in self._blocks.values():
            for block in blocks:
                own = facts[block.path] if block.path in facts else made.pages[block.path].facts
                length = self._lengths.get(block.path)
                size = made.pages[block.path].sha256 if length is None else str(length)
                yield block.path, MadePage(what=self.planned[block.path], facts=own, sha256=size)


class StreamChange:
    """A file of which a few blocks are others: ``before`` has its blocks in their order, with their bytes."""

    def __init__(self, page: Page, before: Mapping[str, int], due: Collection[str]) -> None:
        self._page, self._before = page, before
        self._due = {path: until for path, until in pairwise((*before, None)) if path in due and path is not None}
        self._lengths: dict[str, int] = {}

    def find_blocks(self, find: Callable[[Page, str, str | None], Block]) -> list[Block]:
        """The blocks that are to be others, in order; ``find`` makes one of its first key and that of the next block."""
        return [find(self._page, _key(path), until and _key(until)) for path, until in self._due.items()]

    def write(self, drawn: Iterable[bytes], open_file: Callable[[str], BinaryIO]) -> Iterator[bytes]:
        """The file part by part: those blocks out of ``drawn``, what stands between them as it stands."""
        head, tail = write_frame(self._page)
        yield head
        waiting = iter(drawn)
        with open_file(self._page.path) as standing:
            begin = end = len(head)
            for path, length in self._before.items():
                if path in self._due:
                    yield from _copy(standing, begin, end - begin)
                    data = next(waiting)
                    self._lengths[path] = len(data)
                    yield data
                    begin = end + length
                end += length
            yield from _copy(standing, begin, end - begin)
        yield tail

    def list_lengths(self) -> dict[str, int]:
        """The blocks of the file that was written, in their order, with their bytes now."""
        return {**self._before, **self._lengths}


def _key(path: str) -> str:
    return path.partition("?")[2]


def _copy(stream: BinaryIO, begin: int, length: int) -> Iterator[bytes]:
    stream.seek(begin)
    while length:
        data = stream.read(min(length, _COPIED))
        if not data:
            raise OSError(errno.EIO, "a file of the site has become shorter while it was read")
        length -= len(data)
        yield data
