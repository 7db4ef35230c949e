"""A site in, a web server on this machine out, which rebuilds on every save and reloads the open page.

Only files in the site folder can be read. What makes the page reload is added to what is sent, never to a file.
"""

from __future__ import annotations

import gc
import html
import mimetypes
import multiprocessing
import os
import re
import shutil
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection, wait
from pathlib import Path
from urllib.parse import quote, unquote

from msgspec import Struct, field

from alibaba_news.builder.aside import begin_aside, can_fork, unheard
from alibaba_news.builder.manifest import MANIFEST_NAME
from alibaba_news.builder.watching import Places, Snapshot, hear_of_changes, take_snapshot, wait_for_change
from alibaba_news.diagnostics import InputError, UsageError

_HOST = "127.0.0.1"
_KEEPALIVE_SECONDS = 15.0
_EVENTS = "/.alibaba-news/events"
_SCRIPT = "/.alibaba-news/reload.js"
_SCRIPT_TEXT = f"""const shown = document.currentScript.dataset.version;
new EventSource("{_EVENTS}").onmessage = (event) => {{ if (event.data !== shown) location.reload(); }};
"""
Ended = int | None  # what can be waited for: the end of the process that answers requests
_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)')
# Hidden files that a published site is meant to show; any other may be a repository's, or somebody's secret.
_SHOWN_DOTS = {".nojekyll", ".well-known"}
# What Windows' registry or an odd /etc/mime.types would answer must not matter.
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


class Site(Struct):
    """A served site: its folder, what rebuilds it (raising InputError or UsageError), and what gives the files and folders
    that it is made of, there or not."""

    folder: Path
    rebuild: Callable[[], None]
    list_watched: Callable[[], Places]
    problem: str = ""  # why the last build failed
    version: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)
    answerer: Connection | None = None  # leads to the process that answers requests, where it is another

    def build(self, say: Callable[[str], None]) -> None:
        """Rebuild, keep what went wrong for the page that says so, and wake the open pages."""
        try:
            self.rebuild()
            problem = ""
        except InputError as error:
            problem = str(error) or "The input is wrong."
        except (UsageError, OSError, MemoryError) as error:
            problem = str(error) or type(error).__name__
        except Exception as error:  # a fault of the program's own must not end an afternoon's work
            place = traceback.extract_tb(error.__traceback__)[-1]
            problem = (
                f"{place.filename}:{place.lineno}: {type(error).__name__}: {error}. This is a fault of the program itself."
            )
        if problem:
            say(f"{problem}\nStill serving; save a correction to build again.")
        self.show(problem)
        with suppress(OSError):  # it has ended: that is found out before the next build
            if self.answerer is not None:
                self.answerer.send(problem)
        gc.collect()  # the archive of this build is not to stand in memory beside that of the next

    def show(self, problem: str) -> None:
        """Take what the last build came to, and wake the open pages."""
        with self.changed:
            self.problem = problem
            self.version += 1
            self.changed.notify_all()

    def wait_for_change(self, version: int) -> None:
        """Come back once the site is no longer ``version``, or after a while."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != version, timeout=_KEEPALIVE_SECONDS)


def serve(site: Site, port: int, say: Callable[[str], None]) -> int:
    """Build and serve until interrupted (KeyboardInterrupt goes on to the caller). Raises UsageError for a port in use."""
    try:
        server = _Server((_HOST, port), _Handler)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{_HOST}: port {port} cannot be served on: {reason}. Name another one with --port N.") from None
    with server:
        server.site = site
        seen = take_snapshot(site.list_watched())
        site.build(say)  # who asks meanwhile waits
        with _answering(server) as ended:
            _follow(site, seen, say, ended, f"Serving http://{_HOST}:{server.server_address[1]}/ (Ctrl-C ends it)")
    return 0


@contextmanager
def _answering(server: _Server) -> Iterator[Ended]:
    """Requests are answered in the block; what it gives can be waited for, and is ready once they no longer are.

    Where a process can be forked it answers them: with a thread in this one, building could not use two processes.
    """
    if not can_fork():
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield None
        finally:
            server.shutdown()
        return
    context = multiprocessing.get_context("fork")
    states, out = context.Pipe(duplex=False)
    process = context.Process(target=_answer_aside, args=(server, states, out, os.getpid()), daemon=True)
    with unheard():
        process.start()
    states.close()
    server.server_close()
    server.site.answerer = out
    try:
        yield process.sentinel
    finally:
        process.kill()
        process.join()


def _answer_aside(server: _Server, states: Connection, out: Connection, parent: int) -> None:
    begin_aside(out, parent)
    threading.Thread(target=_take_states, args=(server.site, states), daemon=True).start()
    server.serve_forever()


def _take_states(site: Site, states: Connection) -> None:
    with suppress(EOFError, OSError):
        while True:
            site.show(states.recv())


def _follow(site: Site, seen: Snapshot, say: Callable[[str], None], ended: Ended, greeting: str) -> None:
    """Build whenever something that the site is made of has changed. The greeting is said once changes are heard of."""
    while True:
        places = site.list_watched()
        with hear_of_changes(places) as heard:
            if greeting:
                say(greeting)
                greeting = ""
            while site.list_watched() == places:
                seen = wait_for_change(places, seen, partial(_pause, heard, ended))
                site.build(say)


def _pause(heard: Connection | None, ended: Ended, seconds: float) -> None:
    """Wait so long, or until something may have changed. Raises UsageError where requests are no longer answered."""
    sources = [source for source in (heard, ended) if source is not None]
    if not sources:
        time.sleep(seconds)
        return
    ready = wait(sources, seconds)
    if ended is not None and ended in ready:
        raise UsageError("The process that answers requests has ended. Start serve again.")
    if heard is not None and heard in ready:
        try:
            heard.recv()
        except (EOFError, OSError):  # nobody listens any more
            _pause(None, ended, seconds)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site
    block_on_close = False  # an open page's event stream never ends by itself


def find_file(folder: Path, target: str) -> Path | None:
    """The file that a request's target means, None where there is none in ``folder``; a folder means its index.html.

    The target is decoded once; whatever it says, and wherever links lead, the file lies in ``folder``.
    """
    parts = [part for part in _decode_path(target).split("/") if part not in {"", "."}]
    if any(part.startswith(".") and part not in _SHOWN_DOTS for part in parts):
        return None
    if any(c in part for part in parts for c in "\0\\:"):
        return None
    try:
        root = folder.resolve(strict=True)
        found = root.joinpath(*parts).resolve(strict=True)
        found = (found / "index.html").resolve(strict=True) if found.is_dir() else found
    except (OSError, RuntimeError, ValueError):
        return None
    return found if found.is_file() and found.is_relative_to(root) else None


def _decode_path(target: str) -> str:
    # Not urlsplit: //a/b is a path here, and [ is a letter like any other.
    return unquote(target.partition("#")[0].partition("?")[0], errors="surrogateescape")


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    version = 0  # of the site, when the request came
    server_version = "alibaba-news"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        if host not in {_HOST, "localhost"}:  # a page elsewhere whose name was made to lead here (DNS rebinding)
            self._send(HTTPStatus.FORBIDDEN, "text/plain", b"Only 127.0.0.1 and localhost are served.\n")
        elif self.path == _EVENTS:
            self._send_events()
        elif self.path == _SCRIPT:
            self._send(HTTPStatus.OK, _TYPES[".js"], _SCRIPT_TEXT.encode())
        else:
            self._send_file()

    do_HEAD = do_GET  # noqa: N815 - the name the base class calls

    def _send_file(self) -> None:
        site = self.server.site
        self.version = site.version  # before reading, so that a page that is replaced meanwhile reloads
        # Before the first build has succeeded, the folder may be somebody else's.
        path = find_file(site.folder, self.path) if (site.folder / MANIFEST_NAME).is_file() else None
        if site.problem and (path is None or path.suffix == ".html"):
            self._send_page(HTTPStatus.INTERNAL_SERVER_ERROR, _make_error_page(site.problem))
        elif path is None:
            missing = find_file(site.folder, "/404.html")
            self._send_page(HTTPStatus.NOT_FOUND, missing.read_bytes() if missing else b"<!doctype html><p>404</p>")
        elif path.name == "index.html" and not _decode_path(self.path).endswith(("/", "/index.html")):
            self._redirect_to_folder()
        elif path.suffix == ".html":
            self._send_page(HTTPStatus.OK, path.read_bytes())
        else:
            self._send_stream(path)

    def _redirect_to_folder(self) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", "/" + quote(_decode_path(self.path).strip("/"), errors="surrogateescape") + "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_page(self, status: HTTPStatus, page: bytes) -> None:
        script = f'<script src="{_SCRIPT}" data-version="{self.version}"></script>\n'
        page = _POLICY.sub(lambda m: m[1] + _let_reload(m[2]), page, count=1)
        self._send(status, _TYPES[".html"], page + script.encode())

    def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self._send_head(status, kind, len(data))
        if self.command != "HEAD":
            self.wfile.write(data)

    def _send_head(self, status: HTTPStatus, kind: str, size: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()

    def _send_stream(self, path: Path) -> None:
        """A file of any size: the data of a large archive is never held whole."""
        kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        with path.open("rb") as stream:
            self._send_head(HTTPStatus.OK, kind, os.fstat(stream.fileno()).st_size)
            if self.command != "HEAD":
                shutil.copyfileobj(stream, self.wfile)

    def _send_events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        told = -1
        while self.command != "HEAD":
            version = self.server.site.version
            # A comment where nothing has changed: it only finds out whether the page is still open.
            self.wfile.write((f"data: {version}\n\n" if version != told else ": as before\n\n").encode())
            self.wfile.flush()
            told = version
            self.server.site.wait_for_change(version)

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:  # the browser went elsewhere, or the site was replaced under the request
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Requests are not worth a line each."""


def _let_reload(policy: bytes) -> bytes:
    """A page's Content Security Policy that lets in what reloads it, and nothing else that it did not."""
    directives = {name: rest for name, _, rest in (d.strip().partition(" ") for d in html.unescape(policy.decode()).split(";"))}
    for name in ("script-src", "connect-src"):
        sources = [source for source in directives.get(name, "").split() if source != "'none'"]
        directives[name] = " ".join([*sources, "'self'"])
    return html.escape("; ".join(f"{name} {rest}" for name, rest in directives.items() if name)).encode()


def _make_error_page(problem: str) -> bytes:
    rows = "".join(f"<li><pre>{html.escape(line)}</pre></li>" for line in problem.splitlines())
    style = "body{font:1rem/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}pre{white-space:pre-wrap;margin:0}"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Build failed</title><style>{style}</style>'
        f"<h1>The site could not be built</h1><ul>{rows}</ul><p>The page comes back as soon as this is mended.</p></html>"
    ).encode("utf-8", "backslashreplace")
