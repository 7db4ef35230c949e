"""Frozen values in, what can be kept on a disk or compared by hash out: plain tuples, their bytes, their digest."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time
from hashlib import blake2b
from operator import attrgetter
from pathlib import PurePath
from types import UnionType
from typing import Any, Generic, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from msgspec import Struct, convert, msgpack, to_builtins

T = TypeVar("T")

DIGEST_SIZE = 16  # bytes
# The last one that writes equal values as equal bytes: later ones write a second reference to an object as such.
CANONICAL = 2
_SCALARS = frozenset({str, int, float, bool, bytes, type(None)})


class Record(Struct, frozen=True, array_like=True, gc=False):
    """A record of which a great many are kept as bytes: its fields in order, without their names."""


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

    def read(value: Any) -> tuple[Any, ...]:
        return name, *read_plain(value), *map(flatten, read_nested(value))

    def encode(value: Any) -> tuple[Any, ...]:
        try:
            return name, _encode(value)
        except (UnicodeEncodeError, OverflowError):  # a name of a file that is no text, a number of very many digits
            return read(value)

    return encode if _is_deep(kind) else read


_encode = msgpack.Encoder(enc_hook=tuple).encode  # the hook is for sequences that are read from elsewhere


def _is_deep(hint: Any) -> bool:
    """Whether what is so described holds nothing but scalars, other such records and sequences of them."""
    origin = get_origin(hint)
    if origin is Literal or hint is ... or hint in _SCALARS:
        return True
    if origin in (tuple, Union, UnionType, Sequence):
        return all(map(_is_deep, get_args(hint)))
    return isinstance(hint, type) and issubclass(hint, Struct) and all(map(_is_deep, get_type_hints(hint).values()))


def _get_all(names: Sequence[str]) -> _Reader:
    """Some attributes at once, always as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return (lambda value: (getattr(value, names[0]),)) if names else (lambda _: ())


def _sort_fields(kind: Any) -> tuple[list[str], list[str]]:
    """The fields of a record that hold scalars, or tuples of nothing else, and those that may hold more."""
    hints = get_type_hints(kind, include_extras=True)  # what is annotated may be other than its type
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


class Codec(Generic[T]):
    """Values of one type to bytes and back: records, tuples, scalars, mappings, sets, times of day.

    A type is given as it is annotated, so that nothing but what it names is ever made of bytes again.
    """

    def __init__(self, kind: Any) -> None:
        self._kind = kind

    def dump(self, value: T) -> bytes:
        """The bytes of a value, or of what acts as one of the type (other sequences, mappings, what has bytes)."""
        return marshal.dumps(to_builtins(value, builtin_types=(bytes,), str_keys=False, enc_hook=_take_plain))

    def load(self, data: bytes) -> T:
        """What ``dump`` was given. The bytes must be known to be whole: raises anything for others."""
        # marshal, since it takes texts that no encoding does: a file's name may be any bytes
        kept = marshal.loads(data)  # noqa: S302 - checked against its digest by whoever kept it
        return cast("T", convert(kept, self._kind, builtin_types=(bytes,)))


def _take_plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(value)
    if hasattr(value, "__bytes__"):
        return bytes(value)
    raise TypeError(f"a {type(value).__name__} cannot be kept")
