"""A look-up whose values are worked out when they are asked for: what most pages never ask for costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

# The parts of one entity or event are drawn one after the other and ask for the same value.
_KEPT = 16


class OnDemand(Mapping[K, V]):
    """``make(key)`` for every key of ``keys``; ``make`` is a pure function, so that keeping a few values changes nothing."""

    def __init__(self, keys: Collection[K], make: Callable[[K], V]) -> None:
        self._keys = keys
        self._make = lru_cache(maxsize=_KEPT)(make)

    def __getitem__(self, key: K) -> V:
        if key not in self._keys:
            raise KeyError(key)
        return self._make(key)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
