"""A function and its inputs in, results in the same order out, worked out on several processes where that pays."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from alibaba_news.builder.aside import can_fork, end_with, unheard
from alibaba_news.builder.chunks import Together, run_chunks
from alibaba_news.builder.garbage import collect_young, work_through
from alibaba_news.builder.stopwatch import Timed
from alibaba_news.builder.workers import Jobs, Workers, as_workers
from alibaba_news.diagnostics import Diagnostic, InputError

__all__ = ["SERIAL_BELOW", "SERIAL_BELOW_SPAWNED", "Jobs", "Workers", "map_in_order"]

Item = TypeVar("Item")
Result = TypeVar("Result")
MakeTask = Callable[..., Callable[[Any], Any]]

# Below this many inputs starting the workers takes longer than the work. One that is not forked loads everything afresh.
SERIAL_BELOW = 64
SERIAL_BELOW_SPAWNED = 512
_WARM_UP = 2
_task: Callable[[Any], Any]


def map_in_order(
    make_task: Callable[..., Callable[[Item], Result]],
    arguments: tuple[Any, ...],
    items: Sequence[Item],
    jobs: Jobs,
    together: Together | None = None,
) -> Iterator[Result]:
    """``make_task(*arguments)`` applied to every item, in order, by ``jobs``.

    What all items share crosses to a process once, and not at all where it is forked from this one; ``make_task``, its
    arguments, items and results can be pickled. Never more than a few chunks of results wait in memory. What the task raises
    is raised here; InputError where a process died. Neighbours of which ``together`` says the same stay in one process.
    """
    workers = as_workers(jobs)
    watch = workers.stopwatch
    if watch is None:
        yield from _map(make_task, arguments, items, workers, together)
        return
    timed = _map(Timed, (watch.clock, make_task, arguments), items, workers, together)
    for item, (result, seconds) in zip(items, timed, strict=True):
        watch.note(item, seconds)
        yield result


def _map(
    make_task: MakeTask, arguments: tuple[Any, ...], items: Sequence[Any], workers: Workers, together: Together | None
) -> Iterator[Any]:
    if workers.cluster is not None and len(items) >= SERIAL_BELOW:
        yield from workers.cluster.map_in_order(make_task, arguments, items, together)
        return
    forks = can_fork()
    if workers.count <= 1 or len(items) < (SERIAL_BELOW if forks else SERIAL_BELOW_SPAWNED):
        yield from work_through(make_task(*arguments), items)
    elif forks:
        yield from _map_forked(make_task(*arguments), items, workers.count, together)
    else:
        context = multiprocessing.get_context("spawn")
        executor = ProcessPoolExecutor(workers.count, context, _start_spawned, (os.getpid(), make_task, arguments))
        yield from _run(executor, items, workers.count, together)


def _map_forked(task: Callable[[Any], Any], items: Sequence[Any], count: int, together: Together | None) -> Iterator[Any]:
    # What the first inputs make the task load (templates, tables) is then there before the fork, once for all.
    yield from map(task, islice(items, _WARM_UP))
    with _frozen():
        context = multiprocessing.get_context("fork")
        executor = ProcessPoolExecutor(count, context, _start_forked, (os.getpid(), task))
        yield from _run(executor, items[_WARM_UP:], count, together)


@contextmanager
def _frozen() -> Iterator[None]:
    """What stands in memory is left alone by the garbage collector: touching it in a worker would copy it."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _run(executor: ProcessPoolExecutor, items: Sequence[Any], count: int, together: Together | None) -> Iterator[Any]:
    def submit(chunk: list[Any]) -> Future[list[Any]]:
        with unheard():  # the first one starts the workers
            return executor.submit(_run_chunk, chunk)

    wanted = True
    try:
        yield from run_chunks(submit, items, count, together)
    except (KeyboardInterrupt, GeneratorExit):
        wanted = False  # an input may take minutes: whoever is at work on one ends with this process, as ``end_with`` says
        raise
    except BrokenProcessPool:
        hint = "Most likely the memory is full: build again with --jobs 1."
        message = "a process that reads or renders was ended by the system."
        raise InputError([Diagnostic(path="alibaba-news", message=message, hint=hint)]) from None
    finally:
        executor.shutdown(wait=wanted, cancel_futures=True)


def _run_chunk(chunk: list[Any]) -> list[Any]:
    results = [_task(item) for item in chunk]
    collect_young()
    return results


def _start_forked(parent: int, task: Callable[[Any], Any]) -> None:
    global _task  # noqa: PLW0603 - a process pool has no other place for what its tasks share
    _task = task
    _settle(parent)


def _start_spawned(parent: int, make_task: MakeTask, arguments: tuple[Any, ...]) -> None:
    _start_forked(parent, make_task(*arguments))


def _settle(parent: int) -> None:
    gc.disable()  # after each chunk is soon enough
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends the workers
    end_with(parent)
