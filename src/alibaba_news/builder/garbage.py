"""When Python looks for circles of objects that nobody needs: never among the values of an archive, now and then among pages.

The stages make millions of values that lead nowhere but down. Looking for circles among them again and again finds none, and
takes a third of the time; only templates leave some behind.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_LOT = 32  # inputs whose circles are few megabytes


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for circles in the block, but for what ``work_through`` asks for."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def collect_young() -> None:
    """Free what was made since this was asked last and hangs together in circles, where Python does not look by itself."""
    if not gc.isenabled():
        gc.collect(0)


def work_through(task: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """``task`` of every item, one by one."""
    for number, item in enumerate(items, start=1):
        yield task(item)
        if not number % _LOT:
            collect_young()
