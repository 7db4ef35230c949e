"""Work on several processes: the same results in the same order as on one."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

import pytest

from alibaba_news.builder.pool import SERIAL_BELOW, map_in_order
from alibaba_news.diagnostics import Diagnostic, InputError

MANY = list(range(SERIAL_BELOW * 3))


def make_adder(summand: int) -> Callable[[int], tuple[int, int]]:
    return lambda number: (number + summand, os.getpid())


def make_refuser() -> Callable[[int], int]:
    def refuse(number: int) -> int:
        raise InputError([Diagnostic(path="a.txt", line=number, message="no.")])

    return refuse


def make_dying() -> Callable[[int], int]:
    return lambda _: os._exit(9)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_order(jobs: int) -> None:
    results = list(map_in_order(make_adder, (5,), MANY, jobs))
    assert [number for number, _ in results] == [number + 5 for number in MANY]
    assert (os.getpid() in {process for _, process in results}) == (jobs == 1)


def test_beside_another_thread_no_process_is_forked_and_the_results_are_the_same() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        results = list(map_in_order(make_adder, (5,), MANY, 2))
    finally:
        done.set()
        thread.join()
    assert [number for number, _ in results] == [number + 5 for number in MANY]
    assert os.getpid() not in {process for _, process in results}


def test_little_work_stays_in_one_process() -> None:
    results = list(map_in_order(make_adder, (5,), MANY[: SERIAL_BELOW - 1], 4))
    assert {process for _, process in results} == {os.getpid()}


def test_a_problem_found_in_another_process_arrives_whole() -> None:
    with pytest.raises(InputError) as caught:
        list(map_in_order(make_refuser, (), MANY, 2))
    assert caught.value.diagnostics == (Diagnostic(path="a.txt", line=0, message="no."),)


def test_a_process_that_dies_is_a_clear_error() -> None:
    with pytest.raises(InputError, match="--jobs 1"):
        list(map_in_order(make_dying, (), MANY, 2))
