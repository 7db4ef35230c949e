"""Large mappings of which a build changes a few entries: each as it was written last, and beside it what is other since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

_SHARE = 4  # where more than this part of a mapping is other, it is written again
_PIECE = 16384  # entries that are written at a time: as one they would fill memory twice more


class Layers:
    """The mappings of one state; ``read`` gives its parts by name, None where there is none."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        self._read = read
        self._bases: dict[str, Mapping[Any, Any]] = {}

    def recall(self, name: str) -> Mapping[Any, Any] | None:
        """A mapping as it was kept last; None where it is lost."""
        count, since = self._read(name), self._read(_name_since(name))
        if count is None or since is None:
            return None
        base: dict[Any, Any] = {}
        for piece in range(count):
            rows = self._read(f"{name} {piece}")
            if rows is None:
                return None
            base |= rows
        self._bases[name] = base
        return {**base, **since} if since else base

    def list_parts(self, name: str, value: Mapping[Any, Any]) -> Iterable[tuple[str, Any]]:
        """The parts that keep a mapping as it is now, of which what stands need not be written again."""
        base = self._bases.get(name)
        if base is not None and base.keys() == value.keys():
            since = {key: item for key, item in value.items() if base[key] != item}
            if len(since) * _SHARE <= len(base):
                return [(_name_since(name), since)]
        return write_whole(name, value)


def write_whole(name: str, value: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    """The parts of a mapping that nothing is known of."""
    rows = iter(value.items())
    pieces = iter(lambda: dict(islice(rows, _PIECE)), {})
    count = 0
    for count, piece in enumerate(pieces, start=1):
        yield f"{name} {count - 1}", piece
    yield from ((name, count), (_name_since(name), {}))


def _name_since(name: str) -> str:
    return f"{name} since"
