"""The address of a cluster in, work done there out, through whatever ``concurrent.futures.Executor`` the address stands for.

``dask://HOST:PORT`` is built in. A package adds another scheme with an entry point of the group ``alibaba_news.executors``:
its name is the scheme, its value a function from the address to an ``Executor``.
"""

from __future__ import annotations

import contextlib
import pickle
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from msgspec import Struct

from alibaba_news import __version__
from alibaba_news.builder.chunks import Together, run_chunks
from alibaba_news.diagnostics import Diagnostic, InputError, UsageError

ENTRY_POINTS = "alibaba_news.executors"
_INSTALL_DASK = "python -m pip install 'alibaba-news[cluster]'"
_DASK_PORT = 8786  # where a dask scheduler listens unless told otherwise
_PATIENCE = 10  # seconds in which a scheduler must answer
_WORKERS_UNKNOWN = 16
_TASKS_KEPT = 2  # a build has two: reading and rendering


class Cluster(Struct, frozen=True, kw_only=True):
    """An executor whose workers see the working folder under the same path and have this version of the program.

    ``share`` makes of bytes that many calls need what is passed instead of them; ``failures`` are what the executor raises
    where workers are lost.
    """

    executor: Executor
    workers: int
    share: Callable[[bytes], Any] = bytes
    failures: tuple[type[BaseException], ...] = (BrokenExecutor, CancelledError)

    def map_in_order(
        self,
        make_task: Callable[..., Callable[[Any], Any]],
        arguments: tuple[Any, ...],
        items: Sequence[Any],
        together: Together | None = None,
    ) -> Iterator[Any]:
        """``make_task(*arguments)`` applied to every item, in order. Raises InputError where the cluster fails."""
        shared = _Shared(self, pickle.dumps((make_task, arguments), protocol=pickle.HIGHEST_PROTOCOL))
        try:
            yield from run_chunks(shared.submit, items, self.workers, together)
        except self.failures as error:
            raise InputError([_describe_loss(error)]) from None


@contextlib.contextmanager
def open_cluster(address: str, workers: int | None) -> Iterator[Cluster]:
    """The cluster at an address such as ``dask://10.0.0.5:8786``, let go of at the end of the block.

    ``workers`` says how many work at a time where the executor cannot tell. Raises UsageError for an address that means
    nothing, a package that is not installed, and a cluster that does not answer.
    """
    scheme, mark, rest = address.partition("://")
    if not mark or not rest:
        raise UsageError(f"--executor: '{address}' is not the address of a cluster. Write it as dask://HOST:{_DASK_PORT}.")
    if scheme == "dask":
        with _open_dask(rest) as cluster:
            yield cluster
        return
    known = {point.name: point for point in entry_points(group=ENTRY_POINTS)}
    if scheme not in known:
        names = ", ".join(f"{name}://" for name in sorted({"dask", *known}))
        raise UsageError(f"--executor: nobody knows clusters of the kind {scheme}://. Known: {names}")
    connect: Callable[[str], Executor] = known[scheme].load()
    with connect(address) as executor:
        yield Cluster(executor=executor, workers=workers or _WORKERS_UNKNOWN)


@contextlib.contextmanager
def _open_dask(rest: str) -> Iterator[Cluster]:
    try:
        distributed: Any = import_module("distributed")  # an extra; most of it has no types
    except ImportError:
        raise UsageError(f"--executor: dask:// needs an extra that is not installed: {_INSTALL_DASK}") from None
    host, _, port = rest.rstrip("/").partition(":")
    try:
        client = distributed.Client(f"tcp://{host}:{port or _DASK_PORT}", timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        message = f"--executor: dask://{rest}: no scheduler answers ({reason}). Start it, or leave --executor out."
        raise UsageError(message) from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise UsageError(f"--executor: dask://{rest}: the scheduler has no workers. Start some with: dask worker {rest}")
        yield Cluster(
            executor=client.get_executor(pure=False),
            workers=threads,
            share=client.scatter,
            failures=(BrokenExecutor, CancelledError, distributed.KilledWorker),
        )


class _Shared:
    """A task and what it needs: given to a worker that has asked for it, once, and from then on meant by its name.

    Nothing is used again that an earlier task of the same bytes made: templates may have changed since, which are not in them.
    """

    def __init__(self, cluster: Cluster, payload: bytes) -> None:
        self._executor = cluster.executor
        self._token = secrets.token_hex(16)
        self._reference = cluster.share(payload)
        self._folder = str(Path.cwd())

    def submit(self, chunk: list[Any]) -> Future[list[Any]]:
        """The results of a chunk, some time."""
        result: Future[list[Any]] = Future()
        result.set_running_or_notify_cancel()
        self._send(chunk, None, result)
        return result

    def _send(self, chunk: list[Any], reference: Any, result: Future[list[Any]]) -> None:
        future = self._executor.submit(run_shared, self._token, reference, self._folder, chunk)
        future.add_done_callback(lambda done: self._take(chunk, done, result))

    def _take(self, chunk: list[Any], done: Future[Any], result: Future[list[Any]]) -> None:
        # Called by a thread of the executor: whatever is raised here must reach whoever waits for the result.
        try:
            answer = done.result()
            if isinstance(answer, Missing):
                _check_version(answer)
                self._send(chunk, self._reference, result)
            else:
                result.set_result(answer)
        except BaseException as error:
            result.set_exception(error)


class Missing(Struct, frozen=True, kw_only=True):
    """A worker's answer: it has not got the task yet, and this is its version of the program."""

    version: str = __version__


_kept: dict[str, Callable[[Any], Any]] = {}
_kept_lock = threading.Lock()


def run_shared(token: str, payload: bytes | None, folder: str, chunk: list[Any]) -> list[Any] | Missing:
    """On a worker: the task of ``token`` applied to a chunk, in the folder in which the build was started.

    One chunk at a time in a process: what tasks remember between inputs is not made for threads.
    """
    with _kept_lock:
        if token not in _kept:
            if payload is None:
                return Missing()
            make_task, arguments = pickle.loads(payload)  # noqa: S301 - whoever sends this sends the function to call as well
            with contextlib.chdir(folder):
                task = make_task(*arguments)
            while len(_kept) >= _TASKS_KEPT:
                del _kept[next(iter(_kept))]
            _kept[token] = task
        with contextlib.chdir(folder):
            return [_kept[token](item) for item in chunk]


def _check_version(answer: Missing) -> None:
    if answer.version != __version__:
        message = f"a worker of the cluster has version {answer.version} of the program, this is {__version__}."
        hint = "Install the same version on every worker."
        raise InputError([Diagnostic(path="alibaba-news", message=message, hint=hint)])


def _describe_loss(error: BaseException) -> Diagnostic:
    message = f"the cluster lost the work it was given ({str(error) or type(error).__name__})."
    return Diagnostic(path="alibaba-news", message=message, hint="Look at its workers, or build without --executor.")
