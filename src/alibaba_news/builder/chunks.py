"""Inputs in, results in the same order out: handed to an executor in chunks, never more than a few of them on their way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import Future
from typing import Any

# Enough inputs that handing them over is nothing beside working on them, few enough that no worker idles at the end.
_LARGEST_CHUNK = 32
_CHUNKS_AHEAD = 3  # a worker


# What of the work on an input serves the next ones too, if they have the same; None: nothing does.
Together = Callable[[Any], Hashable]


def run_chunks(
    submit: Callable[[list[Any]], Future[list[Any]]],
    items: Sequence[Any],
    workers: int,
    together: Together | None = None,
) -> Iterator[Any]:
    """What ``submit`` gives for the chunks of ``items``, one by one, in order; ``workers`` work on them at a time.

    Neighbours of which ``together`` says the same stay in one chunk.
    """
    size = max(1, min(_LARGEST_CHUNK, len(items) // (workers * 4)))
    waiting: deque[tuple[Future[list[Any]], int]] = deque()
    held = 0  # inputs whose results are waited for, or wait
    try:
        for chunk in _cut(items, size, together):
            # Neighbours that stay together may be many: of such chunks each worker has one, and there is one more.
            while len(waiting) > workers and held >= _CHUNKS_AHEAD * workers * size:
                future, count = waiting.popleft()
                held -= count
                yield from future.result()
            waiting.append((submit(chunk), len(chunk)))
            held += len(chunk)
        while waiting:
            yield from waiting.popleft()[0].result()
    finally:
        for future, _ in waiting:
            future.cancel()


def _cut(items: Sequence[Any], size: int, together: Together | None) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    last: Hashable = None
    for item in items:
        shared = together(item) if together is not None else None
        if len(chunk) >= size and (shared is None or shared != last):
            yield chunk
            chunk = []
        chunk.append(item)
        last = shared
    if chunk:
        yield chunk
