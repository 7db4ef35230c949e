"""What is out of date: a pure function of facts, which knows no disk, no template and no story.

A page is made from facts. It is out of date if a fact that it was made from is another now, or if it is another page than the
one that stood at its address.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, overload

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.values import DIGEST_SIZE

Fact = tuple[str, Any]


class MadePage(Struct, frozen=True, kw_only=True):
    """A page as it was made: ``what`` was drawn there, from which facts (their numbers), and the SHA-256 of what came of it."""

    what: Hashable
    facts: bytes
    sha256: str


class Facts(Sequence[Fact]):
    """Facts by number. An archive has a dozen for every story: what they have in common is held once."""

    __slots__ = ("_keys", "_kinds", "_names", "_numbers")

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        self._kinds, self._keys = array("H"), list[Any]()
        for fact in facts:
            self.append(fact)

    @classmethod
    def blank(cls, count: int) -> Facts:
        """Room for so many facts, each to be set once."""
        found = cls()
        found._kinds, found._keys = array("H", bytes(2 * count)), [None] * count
        return found

    def __setitem__(self, number: int, fact: Fact) -> None:
        name, key = fact
        self._kinds[number], self._keys[number] = self._number_kind(name), _share(key)

    def append(self, fact: Fact) -> None:
        """One more."""
        name, key = fact
        self._kinds.append(self._number_kind(name))
        self._keys.append(_share(key))

    def _number_kind(self, name: str) -> int:
        kind = self._numbers.setdefault(name, len(self._names))
        if kind == len(self._names):
            self._names.append(name)
        return kind

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[Fact]:
        return zip(map(self._names.__getitem__, self._kinds), self._keys, strict=True)

    @overload
    def __getitem__(self, number: int) -> Fact: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Fact, ...]: ...
    def __getitem__(self, number: int | slice) -> Fact | tuple[Fact, ...]:
        if isinstance(number, slice):
            return tuple(zip((self._names[kind] for kind in self._kinds[number]), self._keys[number], strict=True))
        return self._names[self._kinds[number]], self._keys[number]


def _share(key: Any) -> Any:
    """Many facts have their key in common, and came from another process or lot each with one of their own."""
    return sys.intern(key) if type(key) is str else key


class Digests(Sequence[bytes]):
    """Digests by number, side by side."""

    __slots__ = ("_data",)

    def __init__(self, digests: Iterable[bytes] = ()) -> None:
        self._data = bytearray()
        for digest in digests:
            self.append(digest)

    @classmethod
    def blank(cls, count: int) -> Digests:
        """Room for so many digests, each to be set once."""
        found = cls()
        found._data = bytearray(count * DIGEST_SIZE)
        return found

    def append(self, digest: bytes) -> None:
        """One more, as ``values.digest`` gives it. Raises ValueError for another size."""
        if len(digest) != DIGEST_SIZE:
            raise ValueError(f"a digest of {len(digest)} bytes")
        self._data += digest

    def __setitem__(self, number: int, digest: bytes) -> None:
        self._data[number * DIGEST_SIZE : (number + 1) * DIGEST_SIZE] = digest

    def __len__(self) -> int:
        return len(self._data) // DIGEST_SIZE

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[bytes, ...]: ...
    def __getitem__(self, number: int | slice) -> bytes | tuple[bytes, ...]:
        if isinstance(number, slice):
            return tuple(self[n] for n in range(*number.indices(len(self))))
        digest = bytes(self._data[number * DIGEST_SIZE : (number + 1) * DIGEST_SIZE])
        if number < 0 or not digest:
            raise IndexError(number)
        return digest


class Made(Struct, frozen=True, kw_only=True):
    """Everything that was made: facts by number, each with the digest it had then, and the pages by path.

    ``structure`` has digests of what many facts are worked out from: where these are the same, they are.
    """

    facts: Sequence[Fact] = ()
    digests: Sequence[bytes] = ()
    pages: Mapping[str, MadePage]
    structure: Mapping[str, bytes] = {}


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
        self._facts, self._digests = Facts(), Digests(made.digests)
        self._numbers: dict[str, dict[Any, int]] = {}
        self._had_some = bool(made.facts)
        for fact in made.facts:
            self._add(fact)

    def _add(self, fact: Fact) -> None:
        name, key = fact
        self._numbers.setdefault(name, {})[_share(key)] = len(self._facts)
        self._facts.append(fact)

    def __contains__(self, fact: Fact) -> bool:
        name, key = fact
        return key in self._numbers.get(name, ())

    def note(
        self, facts: Iterable[Fact], digests: Mapping[Fact, bytes], find_digest: Callable[[Fact], bytes] | None = None
    ) -> bytes:
        """The numbers of the facts of a page; ``digests`` are those of the facts that are new or have changed.

        ``find_digest`` gives those of others that may be new as well.
        """
        numbers = self._numbers
        for fact, digest in digests.items():
            if fact in self:
                self._digests[numbers[fact[0]][fact[1]]] = digest
            else:
                self._add(fact)
                self._digests.append(digest)
        try:
            return write_numbers([numbers[name][key] for name, key in facts])
        except KeyError:
            if find_digest is None:
                raise
        return self.note(facts, {fact: find_digest(fact) for fact in facts if fact not in self})

    def close(self, pages: Mapping[str, MadePage]) -> Made:
        """Everything made, without the facts that no page needs any more.

        A fact that has changed was noted again by every page that still depends on it: all digests are those of now.
        """
        self._numbers.clear()
        facts, digests = self._facts, self._digests
        if not self._had_some:
            return Made(facts=facts, digests=digests, pages=pages)
        used = bytearray(len(facts))
        for page in pages.values():
            for number in read_numbers(page.facts):
                used[number] = 1
        if all(used):
            return Made(facts=facts, digests=digests, pages=pages)
        kept = array("I", (number for number, is_used in enumerate(used) if is_used))
        moved = {number: nth for nth, number in enumerate(kept)}
        return Made(
            facts=Facts(facts[number] for number in kept),
            digests=Digests(digests[number] for number in kept),
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
