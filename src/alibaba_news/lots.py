"""A mapping or list of very many entries -> parts of some hundred each, and back: only what is asked for is read again.

An entry of a mapping lies where the hash of its key says, one of a list where its number says.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, overload
from zlib import crc32

from alibaba_news.values import CANONICAL

V = TypeVar("V")
T = TypeVar("T")

# Gives a part by its name.
ReadPart = Callable[[str], Any]

_ENTRIES = 64  # of a mapping's lot: a page asks for some hundred entries, each of which may lie in a lot of its own
_MANY = 256  # where the mapping is read as a whole as often as not
_ITEMS = 512  # of a list's


def find_lot(key: Any, count: int) -> int:
    """The lot of a key, out of so many: the same in every process."""
    return crc32(key.encode("utf-8", "surrogatepass") if type(key) is str else marshal.dumps(key, CANONICAL)) % count


def list_lots(
    name: str, rows: Mapping[str, V], dump: Callable[[V], Any] = lambda value: value, *, ordered: bool = True
) -> Iterator[tuple[str, Any]]:
    """The parts of a mapping by name; ``dump`` makes what is kept of a value. What is not ``ordered`` has any order later."""
    count = -(-len(rows) // (_ENTRIES if ordered else _MANY)) or 1
    keys: list[list[str]] = [[] for _ in range(count)]
    for key in rows:
        keys[find_lot(key, count)].append(key)
    yield name, count
    yield from list_items(_name_keys(name), tuple(rows)) if ordered else ((_name_keys(name), len(rows)),)
    for lot, own in enumerate(keys):
        yield f"{name} {lot}", {key: dump(rows[key]) for key in own}


class Lots(Mapping[str, V]):
    """A mapping that ``list_lots`` made parts of; ``load`` makes a value of what was kept of it, when it is asked for first."""

    def __init__(
        self, read: ReadPart, name: str, load: Callable[[Any], V] = lambda value: value, *, ordered: bool = True
    ) -> None:
        self._read, self._name, self._load, self._ordered = read, name, load, ordered
        self._count: int = read(name)
        self.ordered_keys: Sequence[str] = Items(read, _name_keys(name))
        self._lots: dict[int, dict[str, Any]] = {}
        self._values: dict[str, V] = {}

    def _open(self, key: object) -> tuple[int, dict[str, Any]]:
        lot = find_lot(key, self._count)
        if lot not in self._lots:
            self._lots[lot] = self._read(f"{self._name} {lot}")
        return lot, self._lots[lot]

    def __getitem__(self, key: str) -> V:
        if key not in self._values:
            self._values[key] = self._load(self._open(key)[1][key])
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key in self._open(key)[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self.ordered_keys if self._ordered else self.load_all())

    def __len__(self) -> int:
        return len(self.ordered_keys)

    def load_all(self) -> dict[str, V]:
        """Every entry, in no order. Nothing of it is held here."""
        found: dict[str, V] = {}
        for lot in range(self._count):
            rows = self._lots.get(lot) or self._read(f"{self._name} {lot}")
            found |= {key: self._load(value) for key, value in rows.items()}
        return found

    def change(self, rows: Mapping[str, V], dump: Callable[[V], Any] = lambda value: value) -> dict[str, Any]:
        """The parts that are others where these entries are others; it has them so from here on.

        Raises KeyError for an entry that it does not have yet.
        """
        changed: dict[str, Any] = {}
        for key, value in rows.items():
            lot, own = self._open(key)
            if key not in own:
                raise KeyError(key)
            self._lots[lot] = changed[f"{self._name} {lot}"] = {**own, key: dump(value)}
            self._values[key] = value
        return changed


def list_items(name: str, items: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """The parts of a list by name."""
    yield name, len(items)
    for first in range(0, len(items), _ITEMS):
        yield f"{name} {first // _ITEMS}", tuple(items[first : first + _ITEMS])


class Items(Sequence[T], Generic[T]):
    """A list that ``list_items`` made parts of."""

    def __init__(self, read: ReadPart, name: str) -> None:
        self._read, self._name = read, name
        self._count: int | None = None
        self._lots: dict[int, tuple[T, ...]] = {}

    def __len__(self) -> int:
        if self._count is None:
            self._count = self._read(self._name)
        return self._count

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            return tuple(self[nth] for nth in range(*place.indices(len(self))))
        lot, nth = divmod(range(len(self))[place], _ITEMS)
        return self._open(lot)[nth]

    def __iter__(self) -> Iterator[T]:
        for lot in range(-(-len(self) // _ITEMS)):
            yield from self._open(lot)

    def _open(self, lot: int) -> tuple[T, ...]:
        if lot not in self._lots:
            self._lots[lot] = self._read(f"{self._name} {lot}")
        return self._lots[lot]


def _name_keys(name: str) -> str:
    return f"{name} keys"
