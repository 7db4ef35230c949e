"""Large mappings of which a build changes a few entries: each as it was written last, and beside it what is other since."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_SHARE = 4  # where more than this part of a mapping is other, it is written again


class Layers:
    """The mappings of one state; ``read`` gives its parts by name, None where there is none."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        self._read = read
        self._bases: dict[str, Mapping[Any, Any]] = {}

    def recall(self, name: str) -> Mapping[Any, Any] | None:
        """A mapping as it was kept last; None where it is lost."""
        base, since = self._read(name), self._read(_name_since(name))
        if base is None or since is None:
            return None
        self._bases[name] = base
        return {**base, **since} if since else base

    def list_parts(self, name: str, value: Mapping[Any, Any]) -> dict[str, Any]:
        """The parts that keep a mapping as it is now, of which what stands need not be written again."""
        base = self._bases.get(name)
        if base is not None and base.keys() == value.keys():
            since = {key: item for key, item in value.items() if base[key] != item}
            if len(since) * _SHARE <= len(base):
                return {_name_since(name): since}
        return write_whole(name, value)


def write_whole(name: str, value: Mapping[Any, Any]) -> dict[str, Any]:
    """The parts of a mapping that nothing is known of."""
    return {name: value if type(value) is dict else dict(value), _name_since(name): {}}


def _name_since(name: str) -> str:
    return f"{name} since"
