"""serve: what can be read through it, and that an open page follows what is saved."""

from __future__ import annotations

import errno
import http.client
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import sync_playwright
from sitelib import read_tree, run, start, write_story
from toollib import require_tool

from alibaba_news.builder import serve, watching
from alibaba_news.builder.memory import Memory
from alibaba_news.builder.serve import find_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "stories/a").mkdir(parents=True)
    (site / "index.html").write_text("home")
    (site / "stories/a/index.html").write_text("a")
    (site / "stories/a/b c.txt").write_text("b c")
    (site / ".nojekyll").write_text("")
    (site / ".env").write_text("secret")
    (site / ".cache").symlink_to(tmp_path / ".site.cache")
    (tmp_path / ".site.cache").write_text("secret")
    (site / ".git").mkdir()
    (site / ".git/config").write_text("secret")
    (site / "leak").symlink_to(tmp_path)
    (site / "leak.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "site-secret").mkdir()
    (tmp_path / "site-secret/index.html").write_text("secret")
    return site


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("/", "index.html"),
        ("", "index.html"),
        ("/index.html?q=x#y", "index.html"),
        ("/stories/a", "stories/a/index.html"),
        ("/stories/a/", "stories/a/index.html"),
        ("//stories//a/.//index.html", "stories/a/index.html"),
        ("/stories/a/b%20c.txt", "stories/a/b c.txt"),
        ("/.nojekyll", ".nojekyll"),
    ],
)
def test_files_of_the_site_are_found(folder: Path, target: str, found: str) -> None:
    assert find_file(folder, target) == folder / found


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/stories/../../secret.txt",
        "/..%5csecret.txt",
        "/..%5c..%5csecret.txt",
        "/%252e%252e/secret.txt",
        "/leak/secret.txt",
        "/leak.txt",
        "/../site-secret/index.html",
        "/../site-secret/",
        "/leak/site-secret/",
        "//etc/passwd",
        "/C:/Windows/win.ini",
        "/index.html%00",
        "/\udcff",
        "/stories",
        "/none",
        "/index.html/x",
        "http://[bad",
        "/" + "x" * 5000,
        "/" + "a/" * 5000,
        "/.env",
        "/.git/config",
        "/%2egit/config",
        "/.cache",
        "/.alibaba-news/events/x",
    ],
)
def test_nothing_else_is(folder: Path, target: str) -> None:
    assert find_file(folder, target) is None


class Served:
    """A running ``serve``: its port, its seeds, its output line by line."""

    def __init__(self, work: Path, process: subprocess.Popen[str]) -> None:
        self.seeds, self.site, self.process = work / "seeds", work / "site", process
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.port = int(re.search(r":(\d+)/", self.wait_for("Serving"))[1])

    def _read(self) -> None:
        for line in self.process.stderr:
            self.lines.put(line)

    def wait_for(self, words: str) -> str:
        while words not in (line := self.lines.get(timeout=60)):
            assert self.process.poll() is None, line
        return line

    def get(self, target: str, host: str | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", target, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")

    def open_events(self) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/.alibaba-news/events")
        return connection.getresponse()


@contextmanager
def serve_in(work: Path, env: Mapping[str, str] | None = None) -> Iterator[Served]:
    write_story(work / "seeds", "a.txt", "Pasar Malam Dibuka Kembali")
    with start("serve", "--port", "0", "--quiet", cwd=work, env=env) as process:
        try:
            yield Served(work, process)
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 130
        finally:
            process.kill()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serve_in(tmp_path) as served:
        yield served


@pytest.fixture
def served_without_extras(tmp_path: Path) -> Iterator[Served]:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "watchfiles.py").write_text("raise ImportError")
    path = os.pathsep.join(filter(None, (str(hidden), os.environ.get("PYTHONPATH"))))  # the program tested may come from there
    with serve_in(tmp_path, {"PYTHONPATH": path}) as served:
        yield served


def read_event(events: http.client.HTTPResponse) -> str:
    while not (line := events.readline()).startswith(b"data:"):
        assert line, "the stream ended"
    return line.decode()


@pytest.mark.parametrize("how", ["served", "served_without_extras"])
def test_an_open_page_follows_what_is_saved(how: str, request: pytest.FixtureRequest) -> None:
    served: Served = request.getfixturevalue(how)
    status, page = served.get("/")
    assert status == 200
    assert "reload.js" in page
    assert all(b"reload.js" not in data for data in read_tree(served.site).values())
    events = served.open_events()
    first = read_event(events)
    write_story(served.seeds, "b.txt", "Jembatan Gantung Diresmikan", "Jembatan gantung di desa itu diresmikan.")
    assert read_event(events) != first
    assert "Jembatan Gantung Diresmikan" in served.get("/stories/")[1]
    (served.seeds / "b.yaml").write_text("titel: salah\n")
    read_event(events)
    status, page = served.get("/")
    assert status == 500
    assert "b.yaml:1" in page
    assert "title" in page
    (served.seeds / "b.yaml").write_text("title: Jembatan Itu <b>Dibuka</b>\n")
    read_event(events)
    status, page = served.get("/stories/")
    assert status == 200
    assert "Jembatan Itu &lt;b&gt;Dibuka" in page


@pytest.mark.parametrize("forking", [True, False])
def test_the_system_tells_of_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forking: bool) -> None:
    monkeypatch.setattr(watching, "can_fork", lambda: forking)
    (tmp_path / "seeds/deep").mkdir(parents=True)
    places = (tmp_path / "seeds", tmp_path / "site.yaml")  # of which the second is not there
    with watching.hear_of_changes(places) as heard:
        assert heard is not None
        for number in range(100):  # until it listens
            (tmp_path / "seeds/deep/a.txt").write_text(f"{number}")
            if heard.poll(0.3):
                break
        assert heard.recv() is None


def test_what_is_written_right_after_a_look_is_not_a_second_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, look = tmp_path / "a.txt", watching.take_snapshot
    path.touch()

    def look_too_early(places: tuple[Path, ...]) -> watching.Snapshot:
        found = look(places)
        if path.stat().st_size == 0:
            path.write_text("Pasar.", encoding="utf-8")
        return found

    monkeypatch.setattr(watching, "take_snapshot", look_too_early)
    assert watching.wait_for_change((tmp_path,), {}, time.sleep) == look((tmp_path,))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")
def test_where_no_process_can_be_started_nobody_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr("multiprocessing.context.ForkProcess.start", refuse)
    monkeypatch.setattr(watching, "can_fork", lambda: True)
    monkeypatch.setattr(watching, "find_spec", lambda _: True)
    with watching.hear_of_changes((tmp_path,)) as heard:
        assert heard is None


def test_what_cannot_be_listened_to_is_at_its_end(tmp_path: Path) -> None:
    with watching.hear_of_changes((tmp_path / "nowhere",)) as heard:
        assert heard is not None
        assert heard.poll(30)
        with pytest.raises(EOFError):
            heard.recv()


def test_only_the_site_is_served_and_only_here(served: Served) -> None:
    assert served.get("/../seeds/a.txt")[0] == 404
    assert served.get("/" + quote("../seeds/a.txt", safe=""))[0] == 404
    assert served.get("/stories")[0] == 301
    assert served.get("/index.html", host="evil.example")[0] == 403
    assert served.get("/index.html", host=f"localhost:{served.port}")[0] == 200


def test_a_port_in_use_is_exit_2(served: Served, tmp_path: Path) -> None:
    done = run("serve", "--quiet", "--port", served.port, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == f"127.0.0.1: port {served.port} cannot be served on: {in_use()}. Name another one with --port N.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no other process answers")
def test_serve_ends_where_nobody_answers_any_more(tmp_path: Path) -> None:
    write_story(tmp_path / "seeds", "a.txt", "Pasar Malam Dibuka Kembali")
    with start("serve", "--port", "0", "--quiet", cwd=tmp_path) as process:
        try:
            served = Served(tmp_path, process)
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            os.kill(int(children[0]), signal.SIGKILL)
            served.wait_for("The process that answers requests has ended. Start serve again.")
            assert process.wait(60) == 2
        finally:
            process.kill()


def test_an_interrupt_at_the_end_of_a_build_ends_serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if threading.current_thread() is not threading.main_thread():
        pytest.skip("only the main thread hears interrupts")
    write_story(tmp_path / "seeds", "a.txt", "Pasar Malam Dibuka Kembali")
    monkeypatch.setattr(Memory, "keep", lambda *_: signal.raise_signal(signal.SIGINT))
    monkeypatch.setattr(serve, "_follow", lambda *_: None)
    assert run("serve", "--port", "0", "--quiet", cwd=tmp_path).returncode == 130
    assert (tmp_path / "site/index.html").is_file()


def test_a_killed_serve_leaves_the_port_to_the_next(tmp_path: Path) -> None:
    write_story(tmp_path / "seeds", "a.txt", "Pasar Malam Dibuka Kembali")
    with start("serve", "--port", "0", "--quiet", cwd=tmp_path) as process:
        port = Served(tmp_path, process).port
        process.kill()
    with start("serve", "--port", port, "--quiet", cwd=tmp_path) as process:
        try:
            assert Served(tmp_path, process).port == port
        finally:
            process.kill()


def test_an_interrupt_says_that_serving_has_ended(served: Served) -> None:
    served.process.send_signal(signal.SIGINT)
    assert served.wait_for("Interrupted") == "Interrupted. Serving has ended; the site stands as it was built last.\n"


def test_a_place_that_cannot_be_looked_at_is_one_that_is_not_there(tmp_path: Path) -> None:
    odd = tmp_path / ("x" * 300)  # no file system has such names: asking for it is an error, as for what nobody may look at
    before = watching.take_snapshot((odd, tmp_path / "nowhere"))
    assert list(before) == [str(odd)]
    assert watching.take_snapshot((odd,)) == before


def in_use() -> str:
    return os.strerror(errno.EADDRINUSE).lower()


def test_settings_are_read_again_and_their_folders_followed(served: Served, tmp_path: Path) -> None:
    events = served.open_events()
    read_event(events)
    (tmp_path / "own").mkdir()
    (tmp_path / "own/about.id.md").write_text("Tentang kami.\n")
    (tmp_path / "site.yaml").write_text("title: Arsip Lain\ntemplates: own\n")
    read_event(events)
    assert "Arsip Lain" in served.get("/")[1]
    assert "Tentang kami." in served.get("/about/")[1]
    (tmp_path / "own/about.id.md").write_text("Tentang kita.\n")
    read_event(events)
    assert "Tentang kita." in served.get("/about/")[1]
    (tmp_path / "own/about.html").write_text("{% if %}\n")
    read_event(events)
    status, page = served.get("/about/")
    assert status == 500
    assert "about.html:1" in page


@pytest.mark.parametrize("how", ["served", "served_without_extras"])
def test_what_was_not_there_when_it_began_is_noticed(how: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    served: Served = request.getfixturevalue(how)
    events = served.open_events()
    read_event(events)
    (served.seeds / "a.yaml").write_text("title: Jembatan Gantung Diresmikan\n")
    read_event(events)
    assert "Jembatan Gantung Diresmikan" in served.get("/stories/")[1]
    (tmp_path / "site.yaml").write_text("templates: own\nstatic: more\n")
    read_event(events)
    assert "there is no folder own" in served.get("/")[1]
    (tmp_path / "more").mkdir()
    read_event(events)
    assert "there is no folder own" in served.get("/")[1]
    (tmp_path / "own").mkdir()
    read_event(events)
    assert served.get("/about/")[0] == 200
    (tmp_path / "own/about.id.md").write_text("Tentang kami.\n")
    read_event(events)
    assert "Tentang kami." in served.get("/about/")[1]


def test_the_data_of_the_archive_are_served_whole(served: Served) -> None:
    for name in ("data/stories.jsonl", "static/site.css"):
        assert served.get(f"/{name}") == (200, (served.site / name).read_text(encoding="utf-8"))


def test_a_folder_of_others_is_not_served(tmp_path: Path) -> None:
    write_story(tmp_path / "seeds", "a.txt", "Pasar Malam Dibuka Kembali")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/thesis.doc").write_text("years of work")
    with start("serve", "--port", "0", "--quiet", cwd=tmp_path) as process:
        try:
            served = Served(tmp_path, process)
            for target in ("/", "/thesis.doc"):
                status, page = served.get(target)
                assert status == 500
                assert "holds files that this program has not written" in page
        finally:
            process.kill()


def test_a_browser_shows_what_was_saved_without_being_asked(served: Served) -> None:
    chromium = require_tool("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))
        page.goto(f"http://127.0.0.1:{served.port}/stories/")
        (served.seeds / "a.yaml").write_text("titel: salah\n")
        page.get_by_text("a.yaml:1").wait_for(timeout=60_000)
        (served.seeds / "a.yaml").write_text("title: Jembatan Gantung Diresmikan\n")
        page.get_by_role("heading", name="Jembatan Gantung Diresmikan").first.wait_for(timeout=60_000)
        browser.close()
    # A failed build is answered with 500, which is all the browser may complain about.
    assert [fault for fault in faults if "500" not in fault] == []
