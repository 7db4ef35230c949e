"""How many documents an archive has -> into how many files its index is parted, and which file holds what.

Everything here follows from the number of documents and from a document's own id, so that the files are known before any text
is read, and a changed story changes the files of its own block only. docs/search.md tells why.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from alibaba_news.renderer.dates import parse_moment
from alibaba_news.renderer.search.codes import encode
from alibaba_news.renderer.search.documents import KINDS, find_days, list_ids
from alibaba_news.world import load_table

if TYPE_CHECKING:
    from alibaba_news.model import Archive
    from alibaba_news.renderer.index import Index

FOLDER = "search/data"
PLAN_FILE = f"{FOLDER}/documents.js"  # a table of all documents, for a small archive everything else as well
_WHOLE = 96  # documents of which all fits into one file of about 100 KB: half a dozen stories and what they name
_BLOCK = 1500  # documents of a block: small enough to be made again within a moment, large enough that a query needs few files
_BLOCKS = 16  # a query asks every block
_SHARD = 30_000  # bytes of a file of words, at about 1,600 bytes of index a document
_BYTES = 1_600
_CHUNK = 10  # documents in a file of texts
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CONTROLS = 300  # people or papers in a list to choose from


class Layout(Struct, frozen=True, kw_only=True):
    """``blocks`` of documents, each with its words in ``shards`` files and its texts in ``chunks`` files; powers of two."""

    blocks: int
    shards: int
    chunks: int

    @property
    def whole(self) -> bool:
        """Whether all of it is one file."""
        return self.blocks * self.shards * self.chunks == 1


class SearchPlan(Struct, frozen=True, kw_only=True):
    """``ids`` of the documents by block and chunk, in order; what the controls offer, as (value, words).

    ``slots`` is how many numbers each chunk has for its documents, so that a new one moves those of its own chunk alone.
    ``table`` has for each block how many documents each of its chunks holds, and of each document five characters: its kind,
    and its day in base 36.
    """

    layout: Layout
    ids: tuple[tuple[tuple[str, ...], ...], ...]
    slots: int
    table: tuple[tuple[str, str], ...]
    years: tuple[str, ...]
    outlets: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    outlet_names: dict[str, str]


def choose_layout(documents: int) -> Layout:
    """The layout for so many documents."""
    if documents <= _WHOLE:
        return Layout(blocks=1, shards=1, chunks=1)
    blocks = min(_BLOCKS, _round_up(documents / _BLOCK))
    held = documents / blocks
    shards = min(len(list_bounds()), _round_up(held * _BYTES / _SHARD / 1.5))
    return Layout(blocks=blocks, shards=shards, chunks=_round_up(held / _CHUNK / 1.5))


def place_document(key: str, layout: Layout) -> tuple[int, int]:
    """The block and the chunk of a document, by its id alone."""
    number = zlib.crc32(key.encode())
    return number % layout.blocks, number // layout.blocks % layout.chunks


def list_bounds() -> tuple[str, ...]:
    """Where the shards of a block begin in the order of the words, at their finest; the first is ""."""
    return ("", *load_table("search")["bounds"].split())


def choose_bounds(layout: Layout) -> tuple[str, ...]:
    """The first word that each shard may hold."""
    bounds = list_bounds()
    return bounds[:: len(bounds) // layout.shards]


def find_shard(bounds: tuple[str, ...], word: str) -> int:
    """The shard that a stem or filter stands in."""
    return bisect_right(bounds, word) - 1


def plan_search(index: Index) -> list[tuple[str, str]]:
    """(path, key) of every file of the index; ``SearchWriter.write`` makes the file of a key."""
    layout = index.search.layout
    found = [(PLAN_FILE, "documents")]
    if layout.whole:
        return found
    for block in range(layout.blocks):
        found += [(find_words_file(block, n), f"words {block} {n}") for n in range(layout.shards)]
    for block in range(layout.blocks):
        found += [(f"{FOLDER}/{block}/texts-{n}.js", f"texts {block} {n}") for n in range(layout.chunks)]
    return found


def list_numbers(plan: SearchPlan, block: int) -> Iterator[tuple[int, str]]:
    """The documents of a block with their numbers there, ascending."""
    for nth, chunk in enumerate(plan.ids[block]):
        yield from enumerate(chunk, start=nth * plan.slots)


def find_words_file(block: int, shard: int) -> str:
    """The path of the file of a shard."""
    return f"{FOLDER}/{block}/words-{shard}.js"


def collect_search(archive: Archive) -> SearchPlan:
    """Where each document of the archive goes."""
    every = tuple(list_ids(archive))
    layout = choose_layout(len(every))
    rows: list[list[list[str]]] = [[[] for _ in range(layout.chunks)] for _ in range(layout.blocks)]
    for key in every:
        block, chunk = place_document(key, layout)
        rows[block][chunk].append(key)
    ids = tuple(tuple(tuple(sorted(chunk)) for chunk in block) for block in rows)
    days = find_days(archive)
    moments = (parse_moment(story.date) for story in archive.stories)
    years = sorted({moment.year for moment in moments if moment}, reverse=True)
    return SearchPlan(
        layout=layout,
        ids=ids,
        slots=_round_up(max(len(chunk) for block in ids for chunk in block)),
        table=tuple(_describe(block, days) for block in ids),
        years=tuple(map(str, years)),
        outlets=_choose(((row.id, row.name), len(row.stories)) for row in archive.outlets),
        people=_choose(((row.id, row.name), len(row.stories)) for row in archive.people),
        outlet_names={row.id: row.name for row in archive.outlets},
    )


def _describe(block: tuple[tuple[str, ...], ...], days: dict[str, int]) -> tuple[str, str]:
    counts = b"".join(encode(len(chunk)) for chunk in block).decode()
    kinds = {kind: str(nth) for nth, kind in enumerate(KINDS)}
    rows = (kinds[key.partition("/")[0]] + _write_day(days.get(key, 0)) for chunk in block for key in chunk)
    return counts, "".join(rows)


@lru_cache(maxsize=1 << 15)
def _write_day(day: int) -> str:
    digits = ""
    for _ in range(4):
        day, digit = divmod(day, 36)
        digits = _DIGITS[digit] + digits
    return digits


def _choose(rows: Iterable[tuple[tuple[str, str], int]]) -> tuple[tuple[str, str], ...]:
    """The (slug, name) of those with the most stories, in the order of their names."""
    counts = Counter(dict(rows))
    most = sorted(counts, key=lambda row: (-counts[row], row))[:_CONTROLS]
    by_name = sorted(most, key=lambda row: (row[1].casefold(), row[0]))
    return tuple((key.partition("/")[2], name) for key, name in by_name)


def _round_up(number: float) -> int:
    """The next power of two."""
    power = 1
    while power < number:
        power *= 2
    return power
