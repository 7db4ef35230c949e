"""What is out of date: a pure function of facts, which knows no disk, no template and no story.

A page is made from facts. It is out of date if a fact that it was made from is another now, or if it is another page than the
one that stood at its address.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

Fact = tuple[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePage:
    """A page as it was made: ``what`` was drawn there, from which facts (their numbers), and the SHA-256 of what came of it."""

    what: Hashable
    facts: bytes
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Everything that was made: facts by number, each with the digest it had then, and the pages by path.

    ``structure`` is the digest of what many facts are worked out from: where it is the same, they are.
    """

    facts: tuple[Fact, ...] = ()
    digests: tuple[bytes, ...] = ()
    pages: Mapping[str, MadePage]
    structure: bytes = b""


NOTHING_MADE = Made(pages={})


def find_changed_facts(made: Made, now: Iterable[bytes]) -> frozenset[int]:
    """The numbers of the facts that are no longer what they were; ``now`` has the digests of all of them, in their order."""
    pairs = enumerate(zip(made.digests, now, strict=True))
    return frozenset(number for number, (before, digest) in pairs if digest != before)


def find_stale(made: Made, changed: frozenset[int], planned: Iterable[tuple[str, Hashable]]) -> frozenset[str]:
    """The paths of the planned pages (path and what is drawn there) that must be made again or for the first time."""
    return frozenset(path for path, what in planned if _is_stale(made.pages.get(path), what, changed))


def _is_stale(page: MadePage | None, what: Hashable, changed: frozenset[int]) -> bool:
    return page is None or page.what != what or not changed.isdisjoint(read_numbers(page.facts))


class FactBook:
    """Numbers for facts while pages are made: those of the build before, and new ones."""

    def __init__(self, made: Made = NOTHING_MADE) -> None:
        self._numbers = {fact: number for number, fact in enumerate(made.facts)}
        self._digests = list(made.digests)

    def __contains__(self, fact: Fact) -> bool:
        return fact in self._numbers

    def note(self, facts: Iterable[Fact], digests: Mapping[Fact, bytes]) -> bytes:
        """The numbers of the facts of a page; ``digests`` are those of the facts that are new or have changed."""
        for fact, digest in digests.items():
            number = self._numbers.setdefault(fact, len(self._digests))
            self._digests[number : number + 1] = [digest]
        return write_numbers(self._numbers[fact] for fact in facts)

    def close(self, pages: Mapping[str, MadePage]) -> Made:
        """Everything made, without the facts that no page needs any more.

        A fact that has changed was noted again by every page that still depends on it: all digests are those of now.
        """
        used = sorted({number for page in pages.values() for number in read_numbers(page.facts)})
        facts = tuple(self._numbers)
        if len(used) == len(facts):
            return Made(facts=facts, digests=tuple(self._digests), pages=pages)
        moved = {number: nth for nth, number in enumerate(used)}
        return Made(
            facts=tuple(facts[number] for number in used),
            digests=tuple(self._digests[number] for number in used),
            pages={path: _renumber(page, moved) for path, page in pages.items()},
        )


def _renumber(page: MadePage, moved: Mapping[int, int]) -> MadePage:
    return replace(page, facts=write_numbers(moved[number] for number in read_numbers(page.facts)))


def read_numbers(data: bytes) -> array[int]:
    """Numbers of facts from their bytes."""
    found = array("I")
    found.frombytes(data)
    return found


def write_numbers(numbers: Iterable[int]) -> bytes:
    """Numbers of facts as bytes, in ascending order."""
    return array("I", sorted(numbers)).tobytes()
