"""A question answered by another process has the answer that it would have had here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from alibaba_news.builder.aside import ask_aside, end_all, mix_aside, share, unheard
from alibaba_news.builder.lock import hold_lock

# Newer Pythons warn of a fork beside other threads, such as the tests' runner may have. The program does not fork beside any.
beside_threads = pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")


@pytest.fixture
def forking(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no other thread were running: the tests' own may be."""
    if not hasattr(os, "fork"):
        pytest.skip("this system knows no fork")
    monkeypatch.setattr("alibaba_news.builder.aside.can_fork", lambda: True)


def test_the_answer_is_the_questions() -> None:
    answer = ask_aside(lambda: {"b": (1, 2)})
    assert answer() == {"b": (1, 2)}
    assert answer() == {"b": (1, 2)}


@beside_threads
def test_another_process_answers_where_one_can_be_forked(forking: None) -> None:
    assert ask_aside(os.getpid)() != os.getpid()


def test_beside_other_threads_it_is_answered_here() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert ask_aside(os.getpid)() == os.getpid()
    finally:
        done.set()
        thread.join()


@beside_threads
def test_what_the_question_raises_is_raised_here(forking: None) -> None:
    asked = ask_aside(lambda: (_ for _ in ()).throw(PermissionError("no")))
    with pytest.raises(PermissionError, match="no"):
        asked()


@beside_threads
def test_whoever_answers_hears_no_interrupt(forking: None) -> None:
    def question() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGINT)
        return os.getpid()

    here = os.getpid()
    assert ask_aside(question)() != here


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="this system cannot have signals wait")
def test_an_interrupt_while_a_process_is_started_is_heard_after_it() -> None:
    if threading.current_thread() is not threading.main_thread():
        pytest.skip("only the main thread hears interrupts")
    done = False
    with pytest.raises(KeyboardInterrupt), unheard():
        signal.raise_signal(signal.SIGINT)  # to this thread: the tests' runner has others
        done = True
    assert done


@beside_threads
def test_a_process_that_is_killed_costs_only_time(forking: None) -> None:
    here = os.getpid()

    def question() -> str:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return "answered here"

    assert ask_aside(question)() == "answered here"


@beside_threads
def test_an_answer_that_was_lost_when_something_else_went_wrong_is_given_again(
    forking: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive, received = Connection.recv, list[object]()

    def receive_once(self: Connection) -> object:
        if len(received) == 1:
            received.append(None)
            raise MemoryError
        received.append(receive(self))
        return received[-1]

    monkeypatch.setattr(Connection, "recv", receive_once)
    answer = ask_aside(lambda: "an answer")
    with pytest.raises(MemoryError):
        answer()
    assert answer() == "an answer"


def wait_for(path: Path) -> None:
    for _ in range(3000):
        if path.exists():
            return
        time.sleep(0.01)
    raise AssertionError(path)


def count(task: int, size: int = 500) -> Iterator[tuple[int, int]]:
    """More than fits into a pipe, of several."""
    return ((task, number) for number in range(size))


@beside_threads
def test_what_two_processes_make_comes_together(forking: None) -> None:
    mixed = list(mix_aside([partial(count, task) for task in range(20)]))
    assert sorted(mixed) == [(task, number) for task in range(20) for number in range(500)]


@beside_threads
def test_another_process_begins_before_anything_is_asked_for(forking: None, tmp_path: Path) -> None:
    begun = tmp_path / "begun"

    def task() -> list[int]:
        begun.touch()
        return [os.getpid()]

    mixed = mix_aside([task, list])
    wait_for(begun)
    assert [process for process in mixed if process != os.getpid()]


@beside_threads
def test_of_two_processes_one_that_is_killed_costs_only_time(forking: None, tmp_path: Path) -> None:
    here = os.getpid()

    begun = tmp_path / "begun"

    def question(task: int) -> Iterator[int]:
        yield task
        if os.getpid() != here:
            begun.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        yield -task

    mixed = mix_aside([partial(question, task) for task in range(1, 4)])
    wait_for(begun)
    assert set(mixed) == {1, -1, 2, -2, 3, -3}


def test_where_nothing_can_be_forked_one_process_makes_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alibaba_news.builder.aside.can_fork", lambda: False)
    assert list(mix_aside([lambda: [1, os.getpid()], lambda: [2]])) == [1, os.getpid(), 2]


def test_shared_work_is_done_once_and_given_in_order(tmp_path: Path) -> None:
    def note(item: int) -> int:
        with (tmp_path / str(item)).open("x"):  # a second time there is such a file
            return item * item

    work = share(note, range(100))
    assert work() == [item * item for item in range(100)]
    assert work() == [item * item for item in range(100)]


@beside_threads
def test_more_work_than_there_are_tickets_is_done_all_the_same(forking: None) -> None:
    assert share(str, range(5000))() == list(map(str, range(5000)))


@beside_threads
def test_whose_answer_nobody_waits_for_is_ended(forking: None) -> None:
    began = time.monotonic()
    ask_aside(lambda: time.sleep(60))
    end_all()
    assert time.monotonic() - began < 30


@beside_threads
def test_shared_work_is_done_by_two_processes(forking: None) -> None:
    def tell(_: int) -> int:
        time.sleep(0.01)
        return os.getpid()

    workers = set(share(tell, range(20))())
    assert len(workers) == 2
    assert os.getpid() in workers


@beside_threads
def test_what_a_killed_process_had_begun_is_done_here(forking: None) -> None:
    here = os.getpid()

    def work(item: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.01)
        return item

    assert share(work, range(20))() == list(range(20))


@beside_threads
def test_what_shared_work_raises_is_raised_here(forking: None) -> None:
    with pytest.raises(ZeroDivisionError):
        share(lambda item: 1 / item, [1, 0, 2])()


@beside_threads
def test_an_interrupt_waits_for_nobody_who_shares_the_work(forking: None) -> None:
    here, began = os.getpid(), time.monotonic()

    def work(_: int) -> None:
        if os.getpid() == here:
            raise KeyboardInterrupt
        time.sleep(60)

    with pytest.raises(KeyboardInterrupt):
        share(work, range(5))()
    end_all()  # as every build does at its end
    assert time.monotonic() - began < 30


KILLED = """
import sys, time
from pathlib import Path
from alibaba_news.builder.aside import ask_aside
from alibaba_news.builder.lock import hold_lock

def question():
    time.sleep({seconds})
    return b"x" * 1_000_000

with hold_lock(Path(sys.argv[1]), lambda: None):
    answer = ask_aside(question)
    print("asked", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere nothing is forked")
@pytest.mark.parametrize("seconds", [0, 60])  # it waits with an answer that no pipe holds, or is still at work
def test_it_ends_with_the_process_that_asked(tmp_path: Path, seconds: int) -> None:
    command = [sys.executable, "-c", KILLED.format(seconds=seconds), str(tmp_path / "lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "asked\n"
        process.kill()
    taken = threading.Event()

    def take() -> None:
        with hold_lock(tmp_path / "lock", lambda: None):
            taken.set()

    thread = threading.Thread(target=take, daemon=True)
    thread.start()
    assert taken.wait(20)
    thread.join()  # beside it the next test could fork nothing
