"""Frozen values in, what can be kept on a disk or compared by hash out: plain tuples, their bytes, their digest.

A record becomes a list (its type's number, then its fields), so that nothing but the known types is ever made of bytes again.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, time
from hashlib import blake2b
from operator import attrgetter
from pathlib import PurePath
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

DIGEST_SIZE = 16  # bytes
# The last one that writes equal values as equal bytes: later ones write a second reference to an object as such.
CANONICAL = 2
_SCALARS = frozenset({str, int, float, bool, bytes, type(None)})


def flatten(value: Any) -> Any:
    """``value`` as tuples and scalars; equal values give equal results. Raises TypeError for what has no value of its own."""
    kind = type(value)
    if kind in _SCALARS:
        return value
    if kind is tuple or kind is list:
        return tuple(map(flatten, value))
    read = _find_reader(kind)
    if read is not None:
        return read(value)
    if isinstance(value, Mapping):
        return "mapping", *((flatten(key), flatten(item)) for key, item in value.items())
    if isinstance(value, frozenset | set):
        return "set", *sorted(marshal.dumps(flatten(item), CANONICAL) for item in value)
    if isinstance(value, str | int | float):
        return kind.__name__, kind.__mro__[1](value)
    if isinstance(value, date | time):
        return kind.__name__, value.isoformat()
    if isinstance(value, PurePath):
        return "path", str(value)
    if isinstance(value, Iterable) and not hasattr(value, "__next__"):
        return tuple(map(flatten, value))
    raise TypeError(f"a {kind.__name__} has no value that could be compared")


_Reader = Callable[[Any], tuple[Any, ...]]
_readers: dict[type, _Reader | None] = {}


def _find_reader(kind: type) -> _Reader | None:
    """A record as a flat tuple; None for what is no record."""
    if kind not in _readers:
        _readers[kind] = _make_reader(kind) if issubclass(kind, Struct) else None
    return _readers[kind]


def _make_reader(kind: Any) -> _Reader:
    plain, nested = _sort_fields(kind)
    read_plain, read_nested, name = _get_all(plain), _get_all(nested), kind.__name__
    if not nested:
        return lambda value: (name, *read_plain(value))
    return lambda value: (name, *read_plain(value), *map(flatten, read_nested(value)))


def _get_all(names: Sequence[str]) -> _Reader:
    """Some attributes at once, always as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return (lambda value: (getattr(value, names[0]),)) if names else (lambda _: ())


def _sort_fields(kind: Any) -> tuple[list[str], list[str]]:
    """The fields of a record that hold scalars, or tuples of nothing else, and those that may hold more."""
    hints = get_type_hints(kind)
    names = kind.__struct_fields__
    return [n for n in names if _is_plain(hints[n])], [n for n in names if not _is_plain(hints[n])]


def _is_plain(hint: Any) -> bool:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return True
    if origin in (tuple, Union, UnionType):
        return all(part is ... or _is_plain(part) for part in inner)
    return hint in _SCALARS


def digest(value: Any) -> bytes:
    """Sixteen bytes that two values share only where they are equal."""
    return digest_bytes(marshal.dumps(flatten(value), CANONICAL))


def digest_bytes(data: bytes) -> bytes:
    """The digest of bytes as they are."""
    return blake2b(data, digest_size=DIGEST_SIZE).digest()


_TIME = -1  # in the place of a record's number: a time of day


class Codec:
    """Records of the given types to bytes and back. The same types in the same order read what they have written.

    What the fields of ``repeating`` types say stands in many records: equal texts of theirs are loaded as one object.
    """

    def __init__(self, *types: type, repeating: Collection[type] = ()) -> None:
        self._numbers = {kind: number for number, kind in enumerate(types)}
        self._writers = [_Writer(kind, number, self._fold, kind in repeating) for number, kind in enumerate(types)]
        self._makers = [_Maker(kind, self._unfold) for kind in types]

    def dump(self, value: Any) -> bytes:
        """The bytes of tuples, lists (as tuples), scalars, times of day, mappings, sets and known records."""
        return marshal.dumps(self._fold(value))

    def load(self, data: bytes) -> Any:
        """What ``dump`` was given. The bytes must be known to be whole: raises anything for others."""
        return self._unfold(marshal.loads(data))  # noqa: S302 - checked against its digest by whoever kept it

    def _fold(self, value: Any) -> Any:
        kind = type(value)
        if kind in _SCALARS:
            return value
        if kind is tuple:
            return tuple(map(self._fold, value))
        if kind in self._numbers:
            return self._writers[self._numbers[kind]].fold(value)
        if kind is time:
            return [_TIME, value.isoformat()]
        if isinstance(value, Sequence):
            return tuple(map(self._fold, value))
        if isinstance(value, frozenset):
            return frozenset(map(self._fold, value))
        if isinstance(value, Mapping):
            return {self._fold(key): self._fold(item) for key, item in value.items()}
        raise TypeError(f"a {kind.__name__} cannot be kept")

    def _unfold(self, value: Any) -> Any:
        kind = type(value)
        if kind is tuple:
            return tuple(map(self._unfold, value))
        if kind is list:
            return time.fromisoformat(value[1]) if value[0] == _TIME else self._makers[value[0]].unfold(value)
        if kind is dict:
            return {key: self._unfold(item) for key, item in value.items()}
        return value


class _Writer:
    """One type of record as a list: its number, its plain fields, those that may hold records."""

    def __init__(self, kind: type, number: int, fold: Callable[[Any], Any], repeats: bool) -> None:
        plain, nested = _sort_fields(kind)
        self._number, self._write, self._repeats = number, fold, repeats
        self._plain, self._nested = _get_all(plain), _get_all(nested)

    def fold(self, value: Any) -> list[Any]:
        """The record as a list."""
        plain = self._plain(value)
        return [self._number, *(_share(plain) if self._repeats else plain), *map(self._write, self._nested(value))]


def _share(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same values; marshal writes down which texts are interned, and interns them when it reads them."""
    return tuple(sys.intern(v) if type(v) is str else _share(v) if type(v) is tuple else v for v in values)


class _Maker:
    """One type of record out of such a list."""

    def __init__(self, kind: Any, unfold: Callable[[Any], Any]) -> None:
        plain, nested = _sort_fields(kind)
        self._kind, self._count, self._read = kind, len(plain) + 1, unfold
        self._names = (*plain, *nested)

    def unfold(self, value: list[Any]) -> Any:
        """The record."""
        items = value[1 : self._count]
        if len(value) > self._count:
            items += map(self._read, value[self._count :])
        return self._kind(**dict(zip(self._names, items, strict=True)))
