"""Large mappings of which a build changes a few entries: each as it was written last, and beside it what is other since.

What was written lies in lots, of which a build that asks for a few entries reads a few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from alibaba_news.builder.cache import CacheDamagedError
from alibaba_news.builder.pairs import Amended, list_changes
from alibaba_news.lots import Lots, list_lots

_SHARE = 4  # where more than this part of a mapping is other, it is written again


class Layers:
    """The mappings of one state; ``read`` gives its parts by name, None where there is none."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        self._read = read
        self._bases: dict[str, Mapping[str, Any]] = {}

    def recall(self, name: str) -> Amended[Any] | None:
        """A mapping as it was kept last; None where it is lost. What is read of it later may raise CacheDamagedError."""
        since = self._read(_name_since(name))
        if since is None or self._read(name) is None:
            return None
        base = self._bases[name] = Lots(self._read_part, name, ordered=False)
        return Amended(base, since)

    def _read_part(self, name: str) -> Any:
        found = self._read(name)
        if found is None:
            raise CacheDamagedError(f"no {name}")
        return found

    def list_parts(self, name: str, value: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
        """The parts that keep a mapping as it is now, of which what stands need not be written again."""
        base = self._bases.get(name)
        changed = list_changes(base, value) if base is not None else None
        if base is not None and changed is not None:
            since = {key: value[key] for key in changed}
            if len(since) * _SHARE <= len(base):
                return [(_name_since(name), since)]
        return write_whole(name, value)


def write_whole(name: str, value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The parts of a mapping that nothing is known of."""
    yield from list_lots(name, value, ordered=False)
    yield _name_since(name), {}


def _name_since(name: str) -> str:
    return f"{name} since"
