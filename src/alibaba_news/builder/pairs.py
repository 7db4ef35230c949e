"""Large mappings put together of others without a copy: two with the same keys, or one and what is other in a few places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any, Generic, TypeVar, cast

from alibaba_news.lots import Lots

One = TypeVar("One")
Other = TypeVar("Other")
V = TypeVar("V")


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


class Amended(MutableMapping[str, V]):
    """A mapping of which some entries, those in ``since``, are others than in ``base``. Both have the same keys."""

    def __init__(self, base: Mapping[str, V], since: Mapping[str, V] | None = None) -> None:
        """What is itself amended is amended further."""
        inner: Mapping[str, V] = base.since if isinstance(base, Amended) else {}
        self.base: Mapping[str, V] = base.base if isinstance(base, Amended) else base
        self.since: dict[str, V] = {**inner, **(since or {})}

    def __getitem__(self, key: str) -> V:
        return self.since[key] if key in self.since else self.base[key]

    def __setitem__(self, key: str, value: V) -> None:
        if key not in self.base:
            raise KeyError(key)
        self.since[key] = value

    def __delitem__(self, key: str) -> None:
        raise TypeError("an amended mapping keeps its keys")

    def __contains__(self, key: object) -> bool:
        return key in self.base

    def __iter__(self) -> Iterator[str]:
        return iter(self.base)

    def __len__(self) -> int:
        return len(self.base)


def load_whole(mapping: Mapping[str, V]) -> dict[str, V]:
    """Every entry at once, which takes far less than one after the other."""
    if isinstance(mapping, Amended):
        base = load_whole(mapping.base)
        return {**base, **mapping.since} if mapping.since else base
    return mapping.load_all() if isinstance(mapping, Lots) else cast("Any", mapping)


def list_changes(before: Mapping[str, V], now: Mapping[str, V]) -> Iterable[str] | None:
    """The keys of which something else is said ``now``, or may be; None where there are others of them."""
    if isinstance(now, Amended) and now.base is (before.base if isinstance(before, Amended) else before):
        return now.since
    before = load_whole(before)
    if before.keys() != now.keys():
        return None
    return [key for key, value in now.items() if before[key] != value]
