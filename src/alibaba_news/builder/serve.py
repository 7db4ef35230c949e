"""A site in, a web server on this machine out, which rebuilds on every save and reloads the open page.

Only files in the site folder can be read. What makes the page reload is added to what is sent, never to a file.
"""

from __future__ import annotations

import html
import mimetypes
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

from alibaba_news.builder.manifest import MANIFEST_NAME
from alibaba_news.diagnostics import Diagnostic, InputError, UsageError

_HOST = "127.0.0.1"
_POLL_SECONDS = 0.4
_KEEPALIVE_SECONDS = 15.0
_EVENTS = "/.alibaba-news/events"
_SCRIPT = "/.alibaba-news/reload.js"
_SCRIPT_TEXT = f"""const shown = document.currentScript.dataset.version;
new EventSource("{_EVENTS}").onmessage = (event) => {{ if (event.data !== shown) location.reload(); }};
"""
_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)')
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


@dataclass(slots=True)
class Site:
    """A served site: its folder, what rebuilds it (raising InputError or UsageError), the files and folders it is made of."""

    folder: Path
    rebuild: Callable[[], None]
    watched: tuple[Path, ...]
    problem: str = ""  # why the last build failed
    version: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    def build(self, say: Callable[[str], None]) -> None:
        """Rebuild, keep what went wrong for the page that says so, and wake the open pages."""
        try:
            self.rebuild()
            problem = ""
        except InputError as error:
            problem = str(error) or "The input is wrong."
        except (UsageError, OSError, MemoryError) as error:
            problem = str(error) or type(error).__name__
        if problem:
            say(f"{problem}\nStill serving; save a correction to build again.")
        with self.changed:
            self.problem = problem
            self.version += 1
            self.changed.notify_all()

    def wait_for_change(self, version: int) -> None:
        """Come back once the site is no longer ``version``, or after a while."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != version, timeout=_KEEPALIVE_SECONDS)


def serve(site: Site, port: int, say: Callable[[str], None]) -> int:
    """Build and serve until interrupted (KeyboardInterrupt goes on to the caller). Raises InputError for a port in use."""
    seen = _take_snapshot(site.watched)
    site.build(say)
    try:
        server = _Server((_HOST, port), _Handler)
        server.site = site
    except OSError as error:
        message = f"port {port} cannot be served on: {error.strerror or error}."
        raise InputError([Diagnostic(path=_HOST, message=message, hint="Name another one with --port N.")]) from None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"Serving http://{_HOST}:{server.server_address[1]}/ (Ctrl-C ends it)")
    try:
        while True:
            time.sleep(_POLL_SECONDS)
            now = _take_snapshot(site.watched)
            if now != seen:
                seen = now
                site.build(say)
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site
    block_on_close = False  # an open page's event stream never ends by itself


def _take_snapshot(watched: tuple[Path, ...]) -> dict[str, tuple[int, int]]:
    """Time stamp and size of every file, links followed as the loader follows them."""
    found: dict[str, tuple[int, int]] = {}
    for place in watched:
        for path in _list_files(str(place)):
            try:
                status = os.stat(path)  # noqa: PTH116 - many thousand times a second
            except OSError:
                continue
            found[path] = (status.st_mtime_ns, status.st_size)
    return found


def _list_files(place: str) -> Iterator[str]:
    if not os.path.isdir(place):  # noqa: PTH112
        yield place
        return
    for folder, _, names in os.walk(place):
        yield from (os.path.join(folder, name) for name in names)  # noqa: PTH118


def find_file(folder: Path, target: str) -> Path | None:
    """The file that a request's target means, None where there is none in ``folder``; a folder means its index.html.

    The target is decoded once; whatever it says, and wherever links lead, the file lies in ``folder``.
    """
    parts = [part for part in _decode_path(target).split("/") if part not in {"", "."}]
    if ".." in parts or any(c in part for part in parts for c in "\0\\:"):
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
            kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            self._send(HTTPStatus.OK, kind, path.read_bytes())

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
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _send_events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        while self.command != "HEAD":
            version = self.server.site.version
            self.wfile.write(f"data: {version}\n\n".encode())
            self.wfile.flush()
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
