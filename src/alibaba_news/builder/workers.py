"""Who reads and renders: a value that is handed down to wherever many inputs are worked on. Costs nothing to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from alibaba_news.builder.executors import Cluster
    from alibaba_news.builder.stopwatch import Stopwatch


class Workers(Struct, frozen=True, kw_only=True):
    """``count`` processes of this machine, or a cluster; ``stopwatch`` is told what each input took."""

    count: int = 1
    cluster: Cluster | None = None
    stopwatch: Stopwatch | None = None


# A plain number means so many processes of this machine.
Jobs = int | Workers


def as_workers(jobs: Jobs) -> Workers:
    """The workers that ``jobs`` means."""
    return Workers(count=jobs) if isinstance(jobs, int) else jobs
