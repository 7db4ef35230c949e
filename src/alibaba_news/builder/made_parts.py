"""What was made -> parts of the cache, and back: all of it at once, or only the pages and facts that somebody asks for.

Pages and facts are kept in small lots, each where the hash of its name says; a fact is kept with the pages made from it, unless
these are too many.
"""

from __future__ import annotations

import marshal
import sys
from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any

from alibaba_news.builder.stale import NOTHING_MADE, Digests, Fact, Facts, Made, MadePage, read_numbers, write_numbers
from alibaba_news.lots import Items, ReadPart, find_lot, list_items
from alibaba_news.values import CANONICAL, digest_bytes

_PAGES, _FACTS = 64, 128  # of a lot
_STRUCTURE = "structure"
_MOST = 1000  # pages that are kept with a fact: one that more are made from (a template, say) changes the whole site

# A page in its lot: its number, what is drawn there, numbers of facts, the hash, a digest of the facts where it was made again
# since; a fact: its number, its digest, numbers of pages.
_KeptPage = tuple[int, Any, bytes, str, bytes]
_KeptFact = tuple[int, bytes, bytes | None]


def list_parts(made: Made, withheld: bytes) -> Iterator[tuple[str, Any]]:
    """The parts, by name, as plain values, but for those of the facts; ``withheld`` is the digest of the names searched for."""
    pages, paths = -(-len(made.pages) // _PAGES) or 1, tuple(made.pages)
    yield "made", (withheld, len(made.facts), pages, _count_fact_lots(made))
    yield _STRUCTURE, dict(made.structure)
    yield from list_items("paths", paths)
    for lot, numbers in _part(paths, pages):
        rows = ((number, made.pages[paths[number]]) for number in numbers)
        yield f"pages {lot}", {paths[number]: (number, page.what, page.facts, page.sha256, b"") for number, page in rows}


def list_fact_parts(made: Made) -> Iterator[tuple[str, Any]]:
    """The facts by lots. They take nearly as long as everything else that is kept."""
    find_uses = _list_uses(made)
    for lot, numbers in _part(made.facts, _count_fact_lots(made)):
        yield f"facts {lot}", {made.facts[number]: (number, made.digests[number], find_uses(number)) for number in numbers}


def _count_fact_lots(made: Made) -> int:
    return -(-len(made.facts) // _FACTS) or 1


def _part(names: Sequence[Any], lots: int) -> Iterator[tuple[int, array[int]]]:
    parted = [array("I") for _ in range(lots)]
    for number, name in enumerate(names):
        parted[find_lot(name, lots)].append(number)
    return enumerate(parted)


def _list_uses(made: Made) -> Callable[[int], bytes | None]:
    """A function that gives the numbers of the pages made from a fact. Flat arrays: an archive may have ten million uses."""
    counts = array("I", bytes(4 * len(made.facts)))
    numbers = [page.facts for page in made.pages.values()]  # pages are put together each time they are asked for
    for number in chain.from_iterable(map(read_numbers, numbers)):
        counts[number] += 1
    starts = array("I", [0])
    starts.extend(accumulate(count if count <= _MOST else 0 for count in counts))
    places, uses = starts[:-1], array("I", [0]) * starts[-1]
    for at, own in enumerate(numbers):
        for number in read_numbers(own):
            if counts[number] <= _MOST:
                uses[places[number]] = at
                places[number] += 1
    return lambda number: uses[starts[number] : starts[number + 1]].tobytes() if counts[number] <= _MOST else None


def load_made(read: ReadPart, withheld: bytes) -> Made:
    """Everything made; nothing where other names were searched for, or where a part is lost. ``read`` gives None for such."""
    head = read("made")
    if head is None or head[0] != withheld:
        return NOTHING_MADE
    _, count, page_lots, fact_lots = head
    pages: dict[str, MadePage] = {}
    facts, digests = Facts.blank(count), Digests.blank(count)
    try:
        for lot in range(page_lots):
            rows: dict[str, _KeptPage] = read(f"pages {lot}")
            pages |= {path: MadePage(what=_share(what), facts=own, sha256=sha) for path, (_, what, own, sha, _) in rows.items()}
        for lot in range(fact_lots):
            known: dict[Fact, _KeptFact] = read(f"facts {lot}")
            for fact, (number, digest, _) in known.items():
                facts[number], digests[number] = fact, digest
        ordered = {path: pages[path] for path in Items[str](read, "paths")}
    except (AttributeError, TypeError, KeyError):  # a part is lost
        return NOTHING_MADE
    return Made(facts=facts, digests=digests, pages=ordered, structure=read(_STRUCTURE) or {})


def _share(what: Any) -> Any:
    """What is drawn somewhere, with words that many pages and facts have in common held once."""
    return tuple(sys.intern(part) if type(part) is str else part for part in what)


class KeptMade:
    """What was made, as far as it is asked for, and what of it is made again. ``withheld`` as in ``list_parts``."""

    def __init__(self, read: ReadPart) -> None:
        self._read = read
        self.withheld, self._count, self._page_lots, self._fact_lots = read("made")
        self._lots: dict[str, dict[Any, Any]] = {}
        self._changed: set[str] = {"made"}
        self._paths = Items[str](read, "paths")

    def _open(self, name: str) -> dict[Any, Any]:
        if name not in self._lots:
            self._lots[name] = self._read(name)
        return self._lots[name]

    def _open_pages(self, path: str) -> tuple[str, dict[str, _KeptPage]]:
        name = f"pages {find_lot(path, self._page_lots)}"
        return name, self._open(name)

    def _open_facts(self, fact: Fact) -> tuple[str, dict[Fact, _KeptFact]]:
        name = f"facts {find_lot(fact, self._fact_lots)}"
        return name, self._open(name)

    def forget_structure(self) -> None:
        """Who goes with whom is no longer what the structure was taken of."""
        self._lots[_STRUCTURE] = {}
        self._changed.add(_STRUCTURE)

    def find_page(self, path: str) -> MadePage | None:
        """A page as it was made."""
        row = self._open_pages(path)[1].get(path)
        return None if row is None else MadePage(what=row[1], facts=row[2], sha256=row[3])

    def find_digest(self, fact: Fact) -> bytes | None:
        """The digest that a fact had; None where nothing was made from it."""
        row = self._open_facts(fact)[1].get(fact)
        return None if row is None else row[1]

    def find_uses(self, fact: Fact) -> list[str] | None:
        """The paths of the pages made from a fact; None where they are too many to be known."""
        uses = self._open_facts(fact)[1][fact][2]
        return None if uses is None else [self._paths[number] for number in read_numbers(uses)]

    def set_digest(self, fact: Fact, digest: bytes) -> None:
        """A fact that something was made from is another now."""
        name, facts = self._open_facts(fact)
        number, _, uses = facts[fact]
        facts[fact] = number, digest, uses
        self._changed.add(name)

    def note(self, path: str, facts: Collection[Fact], sha256: str, find_digest: Callable[[Fact], bytes]) -> None:
        """A page that was made again: from which facts, and the hash of what came of it."""
        name, pages = self._open_pages(path)
        page, what, before, _, known = pages[path]
        self._changed.add(name)
        rows = sorted(marshal.dumps(fact, CANONICAL) for fact in facts)
        own = digest_bytes(b"".join(rows))
        if own == known:
            pages[path] = page, what, before, sha256, own
            return
        numbers = {self._note_fact(fact, find_digest): fact for fact in facts}
        data = write_numbers(numbers)
        for number in numbers.keys() - set(read_numbers(before)):
            self._add_use(numbers[number], page)
        # A page that a fact is no longer needed for may stay with it: at worst it is made again for nothing.
        pages[path] = page, what, data, sha256, own

    def _note_fact(self, fact: Fact, find_digest: Callable[[Fact], bytes]) -> int:
        name, facts = self._open_facts(fact)
        if fact not in facts:
            facts[fact] = self._count, find_digest(fact), b""
            self._count += 1
            self._changed.add(name)
        return facts[fact][0]

    def _add_use(self, fact: Fact, page: int) -> None:
        name, facts = self._open_facts(fact)
        number, digest, uses = facts[fact]
        if uses is not None and page not in (known := read_numbers(uses)):
            facts[fact] = number, digest, write_numbers([*known, page]) if len(known) < _MOST else None
            self._changed.add(name)

    def list_changed(self) -> Mapping[str, Any]:
        """The parts that are others now."""
        head = self.withheld, self._count, self._page_lots, self._fact_lots
        return {name: self._lots[name] for name in self._changed if name != "made"} | {"made": head}
