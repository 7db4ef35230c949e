"""Frozen values in, what can be kept on a disk or compared by hash out: plain tuples, their bytes, their digest.

A record becomes a list (its type's number, then its fields), so that nothing but the known types is ever made of bytes again.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from hashlib import blake2b
from operator import attrgetter
from pathlib import PurePath
from typing import Any

# The last one that writes equal values as equal bytes: later ones write a second reference to an object as such.
_CANONICAL = 2
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
        return kind.__name__, *map(flatten, read(value))
    if isinstance(value, Mapping):
        return "mapping", *((flatten(key), flatten(item)) for key, item in value.items())
    if isinstance(value, frozenset | set):
        return "set", *sorted(marshal.dumps(flatten(item), _CANONICAL) for item in value)
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
    """All fields of a record at once; None for what is no record."""
    if kind not in _readers:
        _readers[kind] = _make_reader(kind) if is_dataclass(kind) else None
    return _readers[kind]


def _make_reader(kind: Any) -> _Reader:
    names = [field.name for field in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return (lambda value: (getattr(value, names[0]),)) if names else (lambda _: ())


def digest(value: Any) -> bytes:
    """Sixteen bytes that two values share only where they are equal."""
    return digest_bytes(marshal.dumps(flatten(value), _CANONICAL))


def digest_bytes(data: bytes) -> bytes:
    """The digest of bytes as they are."""
    return blake2b(data, digest_size=16).digest()


class Codec:
    """Records of the given types to bytes and back. The same types in the same order read what they have written."""

    def __init__(self, *types: type) -> None:
        self._numbers = {kind: number for number, kind in enumerate(types)}
        self._makers = [(kind, tuple(field.name for field in fields(kind) if field.init)) for kind in types]

    def dump(self, value: Any) -> bytes:
        """The bytes of tuples, scalars, mappings, sets and known records."""
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
            number = self._numbers[kind]
            return [number, *(self._fold(getattr(value, name)) for name in self._makers[number][1])]
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
            maker, names = self._makers[value[0]]
            return maker(**dict(zip(names, map(self._unfold, value[1:]), strict=True)))
        if kind is dict:
            return {key: self._unfold(item) for key, item in value.items()}
        return value
