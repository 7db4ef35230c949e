"""The site on an ordinary web server, below a path of its own: every link, fragment and address that it names is there."""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace
from renderlib import SETTINGS, find_links, parse_page, render_site, write_site
from samplelib import build_sample
from toollib import require_tool

UNDER = "/arsip/berita pagi/"
CONFIGURATION = """daemon off; master_process off; pid nginx.pid; error_log stderr crit;
events {{}}
http {{
  access_log off;
  client_body_temp_path temporary; proxy_temp_path temporary; fastcgi_temp_path temporary; uwsgi_temp_path temporary;
  scgi_temp_path temporary;
  types {{ text/html html; text/css css; text/javascript js; image/svg+xml svg; font/woff2 woff2; application/json json;
    application/xml xml; text/plain txt; text/markdown md; text/csv csv; }}
  server {{
    listen 127.0.0.1:{port};
    location "{under}" {{ alias "{folder}/"; error_page 404 "{under}404.html"; }}
  }}
}}
"""


class Served:
    """What a server answers, asked once for each address."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}{UNDER.replace(' ', '%20')}"
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.answers: dict[str, tuple[int, str, bytes]] = {}

    def get(self, address: str) -> tuple[int, str, bytes]:
        """(status, type, content)."""
        if address not in self.answers:
            self.connection.request("GET", urlsplit(address)._replace(scheme="", netloc="").geturl())
            answer = self.connection.getresponse()
            self.answers[address] = answer.status, answer.getheader("Content-Type", ""), answer.read()
        return self.answers[address]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample site behind nginx; the site knows where it is published."""
    program = require_tool("nginx")
    work = tmp_path_factory.mktemp("server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = Served(port)
    write_site(render_site(build_sample(), replace(SETTINGS, base_url=found.root)), work / "site")
    text = CONFIGURATION.format(port=port, under=UNDER, folder=work / "site")
    (work / "nginx.conf").write_text(text, encoding="utf-8")
    command = [program, "-p", str(work), "-c", str(work / "nginx.conf")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait_for(port, process)
            yield found
        finally:
            found.connection.close()
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx does not answer")


def test_every_link_and_fragment_leads_somewhere(served: Served) -> None:
    """From the front page on, as a reader could go; each page is taken apart as it was served."""
    waiting, links = [served.root + "index.html"], dict[str, set[str]]()
    ids: dict[str, set[str]] = {}
    while waiting:
        page = waiting.pop()
        if page in ids:
            continue
        status, kind, content = served.get(page)
        assert (status, kind) == (200, "text/html"), page
        tree = parse_page(content)
        ids[page] = {name for element in tree.iter() for name in (element.get("id"),) if name}
        links[page] = {urljoin(page, href) for _, href in find_links(tree) if not href.startswith("data:")}
        inside = [urldefrag(link).url for link in links[page] if link.startswith(served.root)]
        waiting += [link for link in inside if link.endswith((".html", "/"))]
    assert len(ids) > 30
    kinds = set()
    for page, found in links.items():
        assert not [
            link for link in found if urlsplit(link).netloc == urlsplit(served.root).netloc and served.root not in link
        ], page
        for link in found:
            if link.startswith(served.root):
                address, fragment = urldefrag(link)
                status, kind, _ = served.get(address)
                assert status == 200, f"{page}: {link}"
                assert not fragment or fragment in ids[address], f"{page}: {link}"
                kinds.add(kind)
    assert {"text/html", "text/css", "text/javascript", "text/markdown", "application/json"} <= kinds


def test_what_styles_load_is_there(served: Served) -> None:
    style = served.root + "static/site.css"
    loaded = [urljoin(style, name) for name in re.findall(r"url\([\"']?([^\"')]+)", served.get(style)[2].decode())]
    assert {served.get(address)[:2] for address in loaded if not address.startswith("data:")} == {(200, "font/woff2")}


def test_every_address_that_machines_are_told_is_there(served: Served) -> None:
    sitemap = ET.fromstring(served.get(served.root + "sitemap.xml")[2])
    feed = ET.fromstring(served.get(served.root + "feed.xml")[2])
    told = [element.text or "" for element in sitemap.iter() if element.tag.endswith("}loc")]
    told += [element.get("href", "") for element in feed.iter() if element.tag.endswith("}link")]
    told += [item["url"] for item in json.loads(served.get(served.root + "feed.json")[2])["items"]]
    told += re.findall(r"(?m)^Sitemap: (\S+)", served.get(served.root + "robots.txt")[2].decode())
    ours = [address for address in told if address.startswith(served.root)]
    assert len(ours) > 20
    assert [address for address in ours if served.get(urldefrag(address).url)[0] != 200] == []


def test_what_is_not_there_is_answered_with_the_sites_own_page(served: Served) -> None:
    for missing in ("none.html", "stories/none/deeper/index.html"):
        status, _, content = served.get(served.root + missing)
        assert status == 404
        links = [urljoin(served.root + missing, href) for e, href in find_links(parse_page(content)) if e.tag == "a"]
        assert links
        assert {served.get(link)[0] for link in links} == {200}
