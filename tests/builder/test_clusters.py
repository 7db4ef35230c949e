"""Work on executors other than the program's own: the same results, and what all inputs share sent as seldom as can be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

import pytest
from sitelib import read_tree, run, run_alone, write_stories, write_story
from toollib import leave_unrun

from alibaba_news.builder import executors
from alibaba_news.builder.executors import Cluster, Missing, open_cluster
from alibaba_news.builder.pool import SERIAL_BELOW, Workers, map_in_order
from alibaba_news.diagnostics import Diagnostic, InputError, UsageError

MANY = list(range(SERIAL_BELOW * 10))


def make_adder(summand: int) -> Callable[[int], tuple[int, int, str]]:
    return lambda number: (number + summand, os.getpid(), os.getcwd())  # noqa: PTH109 - as the system says it


def make_refuser() -> Callable[[int], int]:
    def refuse(number: int) -> int:
        raise InputError([Diagnostic(path="a.txt", line=number, message="no.")])

    return refuse


def make_dying() -> Callable[[int], int]:
    return lambda _: os._exit(9)


@pytest.fixture
def pool() -> Iterator[ProcessPoolExecutor]:
    """An executor whose workers share nothing with this process."""
    with ProcessPoolExecutor(2, get_context("spawn")) as executor:
        yield executor


class Counting(Executor):
    """Hands on to another executor and counts what is sent."""

    def __init__(self, executor: Executor) -> None:
        self.executor, self.sent, self.loaded = executor, 0, 0

    def submit(self, task: Callable[..., object], /, *arguments: object, **named: object) -> Future[object]:
        self.sent += 1
        self.loaded += arguments[1] is not None
        return self.executor.submit(task, *arguments, **named)


def test_any_executor_gives_the_same_results_in_order(
    pool: ProcessPoolExecutor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers = Workers(cluster=Cluster(executor=pool, workers=2))
    monkeypatch.chdir(tmp_path)  # after the workers' start: relative names mean the same there
    results = list(map_in_order(make_adder, (5,), MANY, workers))
    assert [number for number, _, _ in results] == [number + 5 for number in MANY]
    assert os.getpid() not in {process for _, process, _ in results}
    assert {folder for _, _, folder in results} == {str(tmp_path)}


def test_what_all_inputs_share_is_sent_to_whoever_has_not_got_it() -> None:
    # One worker, which takes what it is sent in order: whoever else started late would be sent it later, too.
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        counting = Counting(executor)
        workers = Workers(cluster=Cluster(executor=counting, workers=2))
        assert len(list(map_in_order(make_adder, (5,), MANY, workers))) == len(MANY)
    assert 0 < counting.loaded <= 6 < counting.sent - counting.loaded  # the six chunks that are on their way at a time


def make_teller(path: str) -> Callable[[int], str]:
    text = Path(path).read_text(encoding="utf-8")
    return lambda _: text


def test_what_a_task_made_of_files_is_not_used_for_the_next_build(pool: ProcessPoolExecutor, tmp_path: Path) -> None:
    workers = Workers(cluster=Cluster(executor=pool, workers=2))
    template = tmp_path / "base.html"
    for text in ("one", "two", "one"):
        template.write_text(text, encoding="utf-8")
        assert set(map_in_order(make_teller, (str(template),), MANY, workers)) == {text}


def test_a_problem_found_on_a_worker_arrives_whole(pool: ProcessPoolExecutor) -> None:
    with pytest.raises(InputError) as caught:
        list(map_in_order(make_refuser, (), MANY, Workers(cluster=Cluster(executor=pool, workers=2))))
    assert caught.value.diagnostics == (Diagnostic(path="a.txt", line=0, message="no."),)


def test_a_worker_that_dies_is_a_clear_error(pool: ProcessPoolExecutor) -> None:
    with pytest.raises(InputError, match="without --executor"):
        list(map_in_order(make_dying, (), MANY, Workers(cluster=Cluster(executor=pool, workers=2))))


class OfAnotherVersion(Executor):
    """Workers on which another version of the program is installed."""

    def submit(self, task: Callable[..., object], /, *arguments: object, **named: object) -> Future[object]:
        future: Future[object] = Future()
        future.set_result(Missing(version="0.0.0"))
        return future


def test_workers_of_another_version_are_refused() -> None:
    with pytest.raises(InputError, match=r"0\.0\.0"):
        list(map_in_order(make_adder, (5,), MANY, Workers(cluster=Cluster(executor=OfAnotherVersion(), workers=2))))


def connect_nowhere(address: str) -> Executor:
    assert address == "many://here"
    return OfAnotherVersion()


def test_a_package_can_add_a_kind_of_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint(name="many", value=f"{__name__}:connect_nowhere", group=executors.ENTRY_POINTS)
    monkeypatch.setattr(executors, "entry_points", lambda group: [point] if group == executors.ENTRY_POINTS else [])
    with open_cluster("many://here", 7) as cluster:
        assert isinstance(cluster.executor, OfAnotherVersion)
        assert cluster.workers == 7
    with pytest.raises(UsageError, match=r"few:.*Known: dask://, many://"), open_cluster("few://here", 7):
        pass


@pytest.mark.parametrize("address", ["dask", "dask://", "nonsense://x", "/etc/passwd"])
def test_an_address_that_means_nothing_is_exit_2(tmp_path: Path, address: str) -> None:
    write_story(tmp_path / "seeds", "a.txt", "Pasar Malam Dibuka Kembali")
    done = run("--executor", address, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("--executor: ")
    assert not (tmp_path / "site").exists()


CLUSTER = """
import sys
from distributed import Client, LocalCluster

def count_tasks():
    from alibaba_news.builder import executors
    return len(executors._kept)

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        print(cluster.scheduler_address.removeprefix("tcp://"), flush=True)
        sys.stdin.readline()
        print(sorted(client.run(count_tasks).values()), flush=True)
"""


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A scheduler and two workers on this machine; it writes its address."""
    if find_spec("distributed") is None:
        leave_unrun("dask is not installed (pip install 'alibaba-news[cluster]')")
    (tmp_path / "elsewhere").mkdir()
    script = tmp_path / "elsewhere/cluster.py"
    script.write_text(CLUSTER)
    command = [sys.executable, str(script)]
    with subprocess.Popen(
        command, cwd=script.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        yield process
        process.stdin.close()
        process.wait(60)


def test_a_dask_cluster_makes_the_same_site_to_the_byte(tmp_path: Path, dask: subprocess.Popen[str]) -> None:
    write_stories(tmp_path / "seeds", 70)
    (tmp_path / "site.yaml").write_text("title: Arsip Contoh\nbase_url: https://berita.example/\ntemplates: own\n")
    (tmp_path / "own").mkdir()
    (tmp_path / "own/about.id.md").write_text("Tentang *arsip* ini.\n")
    assert run("--jobs", 1, "--output", "here", cwd=tmp_path).returncode == 0
    address = dask.stdout.readline().strip()
    done = run_alone("--executor", f"dask://{address}", "--output", "there", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("error")) == (0, 0), done.stderr
    assert read_tree(tmp_path / "there") == read_tree(tmp_path / "here")
    dask.stdin.write("\n")
    dask.stdin.flush()
    assert dask.stdout.readline() == "[2, 2]\n"  # both workers have both read and rendered


def test_a_scheduler_that_is_not_there_is_exit_2(tmp_path: Path) -> None:
    if find_spec("distributed") is None:
        leave_unrun("dask is not installed (pip install 'alibaba-news[cluster]')")
    write_story(tmp_path / "seeds", "a.txt", "Pasar Malam Dibuka Kembali")
    # A process of its own: who has asked for a scheduler has threads of dask's, beside which nothing is forked any more.
    program = """import sys; from alibaba_news import cli; from alibaba_news.builder import executors
executors._PATIENCE = 0.5; sys.exit(cli.main(["--executor", "dask://127.0.0.1:1"]))"""
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no scheduler answers" in done.stderr
