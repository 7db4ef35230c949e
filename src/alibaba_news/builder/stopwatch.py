"""What each input took, kept for whoever asks where the time goes. The clock comes from the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Clock = Callable[[], float]


class Stopwatch:
    """Collects (input, seconds). ``clock`` gives seconds from any beginning, and is a function that other processes know."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.taken: list[tuple[Any, float]] = []

    def note(self, item: Any, seconds: float) -> None:
        """``item`` took so many seconds of the process that worked on it."""
        self.taken.append((item, seconds))


class Timed:
    """A task that gives, with each result, the seconds it took."""

    def __init__(self, clock: Clock, make_task: Callable[..., Callable[[Any], Any]], arguments: tuple[Any, ...]) -> None:
        self._clock, self._task = clock, make_task(*arguments)

    def __call__(self, item: Any) -> tuple[Any, float]:
        started = self._clock()
        result = self._task(item)
        return result, self._clock() - started
