"""Work on several processes or on a cluster: the same results in the same order as in one process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from alibaba_news.builder.pool import SERIAL_BELOW, SERIAL_BELOW_SPAWNED, Workers, map_in_order
from alibaba_news.builder.stopwatch import Stopwatch
from alibaba_news.diagnostics import Diagnostic, InputError

MANY = list(range(SERIAL_BELOW * 3))


def make_adder(summand: int) -> Callable[[int], tuple[int, int]]:
    return lambda number: (number + summand, os.getpid())


def make_refuser(refused: int) -> Callable[[int], int]:
    def refuse(number: int) -> int:
        if number >= refused:
            raise InputError([Diagnostic(path="a.txt", line=number, message="no.")])
        return number

    return refuse


def make_dying(parent: int) -> Callable[[int], int]:
    return lambda number: number if os.getpid() == parent else os._exit(9)


@contextmanager
def another_thread() -> Iterator[None]:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_order(jobs: int) -> None:
    results = list(map_in_order(make_adder, (5,), MANY, jobs))
    assert [number for number, _ in results] == [number + 5 for number in MANY]
    processes = {process for _, process in results}
    assert len(processes) == 1 if jobs == 1 else len(processes) > 1


def test_beside_another_thread_no_process_is_forked_and_the_results_are_the_same() -> None:
    numbers = list(range(SERIAL_BELOW_SPAWNED))
    with another_thread():
        results = list(map_in_order(make_adder, (5,), numbers, 2))
    assert [number for number, _ in results] == [number + 5 for number in numbers]
    assert os.getpid() not in {process for _, process in results}


def test_little_work_stays_in_one_process() -> None:
    results = list(map_in_order(make_adder, (5,), MANY[: SERIAL_BELOW - 1], 4))
    with another_thread():  # a worker that is not forked has to load everything, which more work than this would pay for
        results += map_in_order(make_adder, (5,), MANY, 4)
    assert {process for _, process in results} == {os.getpid()}


@pytest.mark.parametrize("refused", [0, 100])
def test_a_problem_found_in_another_process_arrives_whole(refused: int) -> None:
    with pytest.raises(InputError) as caught:
        list(map_in_order(make_refuser, (refused,), MANY, 2))
    assert caught.value.diagnostics == (Diagnostic(path="a.txt", line=refused, message="no."),)


def test_a_process_that_dies_is_a_clear_error() -> None:
    with pytest.raises(InputError, match="--jobs 1"):
        list(map_in_order(make_dying, (os.getpid(),), MANY, 2))


INTERRUPTED = r"""
import os, time
from alibaba_news.builder.pool import map_in_order

def make_sleeper(parent):
    return lambda number: number if os.getpid() == parent else os.write(1, b"asleep\n") and time.sleep(600)

if __name__ == "__main__":
    try:
        for number in map_in_order(make_sleeper, (os.getpid(),), range(200), 2):
            os.write(1, b"%d\n" % number)
    except KeyboardInterrupt:
        os._exit(130)  # as the program does
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere nothing is forked")
def test_an_interrupt_waits_for_nobody_and_leaves_nobody_at_work() -> None:
    with subprocess.Popen([sys.executable, "-c", INTERRUPTED], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while process.stdout.readline() != "asleep\n":
            pass
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=60)  # to the end of what all of them may write
        finally:
            process.kill()
    assert process.returncode == 130


def test_neighbours_that_belong_together_are_worked_on_by_one_process() -> None:
    numbers = list(range(2000))
    results = list(map_in_order(make_adder, (5,), numbers, 3, lambda number: number // 100 if number >= 1000 else None))
    assert [number for number, _ in results] == [number + 5 for number in numbers]
    processes = [process for _, process in results]
    for start in range(1000, 2000, 100):
        assert len(set(processes[start : start + 100])) == 1
    assert len(set(processes)) > 1


def tick() -> float:
    """A clock that says each time how often it was looked at in this process."""
    tick.count = getattr(tick, "count", 0) + 1  # type: ignore[attr-defined]
    return float(tick.count)  # type: ignore[attr-defined]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_stopwatch_is_told_what_each_input_took_and_changes_nothing(jobs: int) -> None:
    watch = Stopwatch(tick)
    results = list(map_in_order(make_adder, (5,), MANY, Workers(count=jobs, stopwatch=watch)))
    assert [number for number, _ in results] == [number + 5 for number in MANY]
    assert watch.taken == [(number, 1.0) for number in MANY]
