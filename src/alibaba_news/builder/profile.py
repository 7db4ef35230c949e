"""What stages and single inputs took in, the lines that name the slowest out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

_SLOWEST = 10


class Input(Protocol):
    """What was worked on: a file that was read, a page that was rendered."""

    @property
    def path(self) -> str:
        """Its name."""

    @property
    def kind(self) -> str:
        """What sort of file or page it is."""


def format_profile(stages: Mapping[str, float], total: float, taken: Sequence[tuple[Input, float]]) -> Iterator[str]:
    """Lines for a reader: stages by their share of ``total`` seconds, then kinds and single inputs."""
    rest = total - sum(stages.values())
    rows = [*sorted(stages.items(), key=lambda row: (-row[1], row[0])), ("anything else", rest)]
    yield "Where the time went:"
    yield from (f"  {seconds:8.2f} s  {100 * seconds / total if total else 0:3.0f} %  {stage}" for stage, seconds in rows)
    if not taken:
        return
    kinds: dict[str, list[float]] = {}
    for item, seconds in taken:
        kinds.setdefault(item.kind, []).append(seconds)
    yield "By kind, in seconds of the processes that worked on them:"
    for kind, every in sorted(kinds.items(), key=lambda row: (-sum(row[1]), row[0]))[:_SLOWEST]:
        yield f"  {sum(every):8.2f} s  {len(every)} of {kind}, {1000 * sum(every) / len(every):.1f} ms each"
    yield "The slowest:"
    for item, seconds in sorted(taken, key=lambda row: (-row[1], row[0].path))[:_SLOWEST]:
        yield f"  {seconds:8.2f} s  {item.path}"
