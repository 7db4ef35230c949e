"""What a site is made of, looked at again and again -> whether something of it has changed.

Looking decides: it works on every file system. Where watchfiles is installed (the extra ``watch``), the system tells when to
look, so that nothing waits for the next round.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path

from alibaba_news.builder.aside import begin_aside, can_fork, unheard
from alibaba_news.builder.scan import scan_inputs, stamp_file

_POLL_SECONDS = 0.25
_SHARE_OF_LOOKING = 5  # looking at the files of a large archive takes time: at most a sixth of a processor's
_SETTLE_SECONDS = 0.05  # an editor saves a file in more than one step
_SETTLE_LOOKS = 20
_TOGETHER_MS, _STEP_MS = 50, 10  # changes that come so close together are told at once

Snapshot = dict[str, object]  # by path
Places = tuple[Path, ...]
# Waits so many seconds, or until it may be time to look, whichever is first.
Pause = Callable[[float], None]


def take_snapshot(places: Places) -> Snapshot:
    """What tells that nothing has changed: sizes and times of every file."""
    found: Snapshot = {}
    for place in places:
        path = str(place)
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for what nobody may look at, which may come back
            found |= {path: "folder", **scan_inputs(place, f"{path}/")}  # an empty one may be all that was missing
        elif (stamp := _stamp(path)) is not None:
            found[path] = stamp
    return found


def wait_for_change(places: Places, seen: Snapshot, pause: Pause) -> Snapshot:
    """What there is once it is something else than was ``seen``, and stays so for a moment."""
    while True:
        started = time.monotonic()
        now = take_snapshot(places)
        if now != seen:
            return _wait_until_settled(places, seen, now)
        pause(max(_POLL_SECONDS, _SHARE_OF_LOOKING * (time.monotonic() - started)))


def _wait_until_settled(places: Places, seen: Snapshot, now: Snapshot) -> Snapshot:
    """The snapshot once what has changed since ``seen`` stays as it is; only that is looked at again."""
    changed = [path for path in now.keys() | seen.keys() if now.get(path) != seen.get(path)]
    looks = [now.get(path) for path in changed]
    for tries in range(_SETTLE_LOOKS):
        time.sleep(_SETTLE_SECONDS)
        again = [_stamp(path) for path in changed]
        if again == looks:
            return take_snapshot(places) if tries else now
        looks = again
    return take_snapshot(places)


def _stamp(path: str) -> object:
    try:
        return stamp_file(Path(path))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        return str(error)


@contextmanager
def hear_of_changes(places: Places) -> Iterator[Connection | None]:
    """In the block something can be read from the connection, or it has come to its end, once one of the ``places`` may have
    changed. None where the system cannot be asked.

    Another process listens where one can be forked: a thread in this one would keep builds from using two.
    """
    if find_spec("watchfiles") is None:  # an extra, which only whoever listens loads
        yield None
        return
    try:
        ours, end = _start_listening(places)
    except OSError:  # the system has no more processes or open files: then it is looked at all the same
        yield None
        return
    try:
        yield ours
    finally:
        end()
        ours.close()


def _start_listening(places: Places) -> tuple[Connection, Callable[[], None]]:
    """What is told is read here; the function ends it. Raises OSError."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    if not can_fork():
        stop = threading.Event()
        threading.Thread(target=_listen, args=(places, theirs, stop), daemon=True).start()
        return ours, stop.set
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_listen_aside, args=(places, ours, theirs, os.getpid()), daemon=True)
    try:
        with unheard():
            process.start()
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()

    def end() -> None:
        process.kill()
        process.join()

    return ours, end


def _listen_aside(places: Places, ours: Connection, out: Connection, parent: int) -> None:
    begin_aside(ours, parent)
    _listen(places, out, threading.Event())


def _listen(places: Places, out: Connection, stop: threading.Event) -> None:
    with suppress(Exception), out:  # what cannot be listened to is looked at all the same
        from watchfiles import watch  # noqa: PLC0415 - an extra

        known = [place for place in places if place.exists()]
        changes = watch(*known, watch_filter=None, debounce=_TOGETHER_MS, step=_STEP_MS, stop_event=stop, raise_interrupt=False)
        for _ in changes if known else ():  # of nothing it would wait for ever
            out.send(None)
