"""Two mappings with the same keys as one of pairs, put together when it is asked for: each may have hundred thousands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

One = TypeVar("One")
Other = TypeVar("Other")


class Pairs(Mapping[str, tuple[One, Other]], Generic[One, Other]):
    """The keys are those of ``ones``; of a key that ``others`` does not have the pair ends in ``missing``."""

    def __init__(self, ones: Mapping[str, One], others: Mapping[str, Other], missing: Other) -> None:
        self.ones, self.others, self._missing = ones, others, missing

    def __getitem__(self, key: str) -> tuple[One, Other]:
        return self.ones[key], self.others.get(key, self._missing)

    def __iter__(self) -> Iterator[str]:
        return iter(self.ones)

    def __len__(self) -> int:
        return len(self.ones)
