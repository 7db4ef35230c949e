"""Lighthouse's scores of the front page, a story, a person and the search page of a built site.

``python tools/lighthouse.py [SITE] [LEAST]``: serves a site (site/) on this machine, measures the four pages, prints a line
each, and leaves with 1 where a score is below LEAST (98). Needs Node.js, Google's ``lighthouse``
(``npm install --global lighthouse``, or its program's path in LIGHTHOUSE) and a Chromium. A machine that is busy
with something else scores lower in performance: the best of three runs counts.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import io
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

LEAST = 98
RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_FLAGS = "--headless=new --no-sandbox"
_SQUEEZED = (".html", ".css", ".js", ".svg", ".json", ".xml", ".txt")


class Handler(http.server.SimpleHTTPRequestHandler):
    """A host as there are many: text is compressed on its way."""

    def log_message(self, *_: object) -> None:
        """Requests are no news."""

    def send_head(self) -> io.BytesIO | None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return None
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        if path.suffix in _SQUEEZED and "gzip" in self.headers.get("Accept-Encoding", ""):
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return io.BytesIO(data)


def choose_pages(site: Path) -> dict[str, str]:
    """The four pages by what they are called; of stories and people the one whose page says most."""
    pages = {"home": "", "search": "search/index.html"}
    for name, folder in (("story", "stories"), ("person", "people")):
        found = sorted(site.glob(f"{folder}/*/index.html"))
        if found:
            largest = max(found, key=lambda path: path.stat().st_size)
            pages[name] = largest.relative_to(site).as_posix()
    return pages


def measure(program: str, address: str) -> dict[str, int]:
    """The best score of each category of some runs, in hundredths."""
    command = [program, address, "--output=json", "--quiet", f"--chrome-flags={_FLAGS}"]
    command.append(f"--only-categories={','.join(CATEGORIES)}")
    best = dict.fromkeys(CATEGORIES, 0)
    for _ in range(RUNS):
        run = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")  # noqa: S603 - a tool for its user
        if run.returncode:
            sys.exit(run.stderr or f"{program} failed")
        found = json.loads(run.stdout)["categories"]
        best = {name: max(best[name], round(100 * (found[name]["score"] or 0))) for name in CATEGORIES}
        if min(best.values()) == 100:
            break
    return best


def main() -> None:
    """Measure and print; exit 1 where something is below what is asked, or missing."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    least = int(sys.argv[2]) if len(sys.argv) > 2 else LEAST
    program = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not (site / "index.html").is_file() or program is None or chromium is None:
        sys.exit(f"{site}/index.html, lighthouse and a Chromium are needed.")
    os.environ.setdefault("CHROME_PATH", chromium)
    lowest = 100
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name, path in choose_pages(site).items():
            scores = measure(program, f"http://127.0.0.1:{server.server_port}/{path}")
            print(f"{name:8}", "  ".join(f"{category} {score}" for category, score in scores.items()), flush=True)
            lowest = min(lowest, *scores.values())
        server.shutdown()
    sys.exit(0 if lowest >= least else 1)


if __name__ == "__main__":
    main()
