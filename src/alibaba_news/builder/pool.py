"""A function and its inputs in, results in the same order out, worked out on several processes where that pays."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, TypeVar

from alibaba_news.diagnostics import Diagnostic, InputError

Item = TypeVar("Item")
Result = TypeVar("Result")

# Below this many inputs starting the workers takes longer than the work.
SERIAL_BELOW = 64
_CHUNK = 16
_task: Callable[[Any], Any]


def map_in_order(
    make_task: Callable[..., Callable[[Item], Result]], arguments: tuple[Any, ...], items: Sequence[Item], jobs: int
) -> Iterator[Result]:
    """``make_task(*arguments)`` applied to every item, in order, on ``jobs`` processes.

    ``make_task`` is called once in every process, so that what all items share crosses to it once. Never more than a few
    chunks of results wait in memory. What the task raises is raised here; InputError where a process died.
    """
    if jobs <= 1 or len(items) < SERIAL_BELOW:
        yield from map(make_task(*arguments), items)
        return
    executor = ProcessPoolExecutor(
        max_workers=jobs, mp_context=_choose_context(), initializer=_start_worker, initargs=(os.getpid(), make_task, arguments)
    )
    try:
        yield from _run_chunks(executor, items, jobs)
    except BrokenProcessPool:
        hint = "Most likely the memory is full: build again with --jobs 1."
        message = "a process that reads or renders was ended by the system."
        raise InputError([Diagnostic(path="alibaba-news", message=message, hint=hint)]) from None
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _run_chunks(executor: Executor, items: Iterable[Any], jobs: int) -> Iterator[Any]:
    rest = iter(items)
    waiting: deque[Future[list[Any]]] = deque()
    while True:
        while len(waiting) < 3 * jobs and (chunk := list(islice(rest, _CHUNK))):
            waiting.append(executor.submit(_run_chunk, chunk))
        if not waiting:
            return
        yield from waiting.popleft().result()


def _run_chunk(chunk: list[Any]) -> list[Any]:
    return [_task(item) for item in chunk]


def _choose_context() -> multiprocessing.context.BaseContext:
    """Forked workers share what was read at no cost, but a fork is only safe on Linux and with no other thread running."""
    safe = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if safe else "spawn")


def _start_worker(parent: int, make_task: Callable[..., Callable[[Any], Any]], arguments: tuple[Any, ...]) -> None:
    global _task  # noqa: PLW0603 - a process pool has no other place for what its tasks share
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends the workers
    threading.Thread(target=_end_with_parent, args=(parent,), daemon=True).start()
    _task = make_task(*arguments)


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
