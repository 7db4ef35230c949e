"""Work that takes a while, done by another process while this one goes on, or by both."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import chain
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

Answer = TypeVar("Answer")
Item = TypeVar("Item")

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of linux/prctl.h
_TICKET = 4  # bytes
_MOST_TICKETS = 1024  # of items: so many fit into the smallest pipe before anybody reads
_running: dict[int, BaseProcess] = {}  # by their numbers, the processes that nobody has had the answer of


def can_fork() -> bool:
    """Forked processes share what was read at no cost, but a fork is only safe on Linux and with no other thread running."""
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def unheard() -> Iterator[None]:
    """Interrupts wait for the end of the block, in which a process is started; that one never hears any.

    Ctrl-C reaches the whole group, and whoever asked ends this process. Amid what Python does after a fork it would be lost.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ask_aside(question: Callable[[], Answer]) -> Callable[[], Answer]:
    """A function that gives the answer to ``question`` once it is there.

    The answer has to be one that can be pickled; what the question itself holds need not be. Where no process can be
    forked, or one came to nothing, the question is answered here when the answer is asked for.
    """
    begun = _begin(lambda: (question(),))
    if begun is None:
        return ask_here(question)

    def take() -> Answer:
        answers = list(begun)  # none where an exception came between what was received and its end
        return answers[0] if answers and begun.is_whole else question()

    return cache(take)


def mix_aside(tasks: Sequence[Callable[[], Iterable[Answer]]]) -> Iterator[Answer]:
    """What all ``tasks`` give, in no order: another process begins now, this one takes part once the first answer is asked for.

    Each takes the next task as soon as it has done one. Where that process comes to nothing, some answers come twice.
    Otherwise as with ``ask_aside``.
    """
    tickets = _Tickets.issue(len(tasks))
    if tickets is None:
        return chain.from_iterable(task() for task in tasks)
    begun = _begin(lambda: chain.from_iterable(tasks[nth]() for nth in tickets.draw()))

    def mix() -> Iterator[Answer]:
        done = set[int]()
        for nth in tickets.draw():
            done.add(nth)
            for answer in tasks[nth]():
                yield answer
                if begun is not None:
                    yield from begun.list_ready()
        if begun is not None:
            yield from begun
        if begun is None or not begun.is_whole:
            yield from chain.from_iterable(task() for nth, task in enumerate(tasks) if nth not in done)

    return mix()


class _Tickets:
    """Numbers from 0 on, each for the process that draws it first. Taken away with the last one that has them."""

    def __init__(self, numbers: int) -> None:
        self._numbers = numbers

    @classmethod
    def issue(cls, count: int) -> _Tickets | None:
        """So many; None where there is nobody to share them with, or no room for them."""
        if not can_fork() or not 1 < count <= _MOST_TICKETS:
            return None
        try:
            numbers, box = os.pipe()
        except OSError:
            return None
        os.write(box, b"".join(nth.to_bytes(_TICKET) for nth in range(count)))
        os.close(box)
        return cls(numbers)

    def draw(self) -> Iterator[int]:
        """One after the other, until there is none left."""
        return map(int.from_bytes, iter(lambda: os.read(self._numbers, _TICKET), b""))

    def __del__(self) -> None:
        os.close(self._numbers)


class _Begun(Generic[Answer]):
    """A process at work: what it gives, as it comes. ``is_whole`` says in the end whether all of it came."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self._process, self._pipe, self.is_whole = process, pipe, False

    def __iter__(self) -> Iterator[Answer]:
        while not self._pipe.closed:
            yield from self._receive()

    def list_ready(self) -> Iterator[Answer]:
        """What can be had without waiting."""
        while not self._pipe.closed and self._pipe.poll():
            yield from self._receive()

    def _receive(self) -> tuple[Answer, ...]:
        try:
            answers: tuple[Answer, ...] = self._pipe.recv()
        except (EOFError, OSError):
            answers = ()
        else:
            self.is_whole = not answers
        if not answers:
            self._pipe.close()
            self._process.join()
            _running.pop(id(self._process), None)
        return answers


def _begin(question: Callable[[], Iterable[Answer]]) -> _Begun[Answer] | None:
    """Another process that answers; None where there can be none."""
    if not can_fork():
        return None
    context = multiprocessing.get_context("fork")
    try:
        ours, theirs = context.Pipe(duplex=False)
    except OSError:
        return None
    process = context.Process(target=_answer, args=(question, ours, theirs, os.getpid()), daemon=True)
    try:
        with unheard():
            process.start()
            _running[id(process)] = process
    except OSError:
        ours.close()
        return None
    finally:
        theirs.close()
    return _Begun(process, ours)


def end_all() -> None:
    """End the processes whose answers nobody waits for any more: they may read what is about to be written."""
    while _running:
        _, process = _running.popitem()
        process.kill()
        process.join()


def ask_here(question: Callable[[], Answer]) -> Callable[[], Answer]:
    """As ``ask_aside``, answered by this process, when the answer is asked for."""
    return cache(question)


def share(task: Callable[[Item], Answer], items: Sequence[Item]) -> Callable[[], list[Answer]]:
    """A function that gives ``task`` of each item, in their order: another process begins with them now, this one takes part
    once the answers are asked for. Both take the next item as soon as they have done one. As with ``ask_aside``.
    """
    tickets = _Tickets.issue(len(items))
    if tickets is None:
        return cache(lambda: [task(item) for item in items])

    def work() -> dict[int, Answer]:
        return {nth: task(items[nth]) for nth in tickets.draw()}

    ask = ask_aside(work)

    def take() -> list[Answer]:
        done = work() | ask()
        # What a process had begun that came to nothing is left to do.
        return [done[nth] if nth in done else task(item) for nth, item in enumerate(items)]

    return cache(take)


def _answer(question: Callable[[], Iterable[object]], theirs: Connection, out: Connection, parent: int) -> None:
    begin_aside(theirs, parent)
    with suppress(Exception), out:  # whoever asked finds out what is wrong by asking again
        for answer in question():
            out.send((answer,))
        out.send(())


def begin_aside(theirs: Connection, parent: int) -> None:
    """What a forked process does first; ``theirs`` is the end of its pipe that ``parent`` has."""
    theirs.close()  # held here too, it would keep the pipe open when nobody is left at that end
    end_with(parent)


def end_with(parent: int) -> None:
    """Have this process end when ``parent`` has, however that came: it holds a build's lock as long as it lives."""
    if sys.platform == "linux":  # at once
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
