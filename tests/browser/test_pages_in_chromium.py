"""The sample site in a real Chromium, from disk and over http: nothing complains, nothing sticks out, arrivals light up."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, sync_playwright
from renderlib import render_site, write_site
from samplelib import build_sample
from toollib import require_tool

PAGES = (
    "index.html",
    "stories/index.html",
    "stories/wali-kota-resmikan-pasar-apung/index.html",
    "stories/kabar-yang-ditarik/index.html",
    "people/index.html",
    "people/ratna-wulandari/index.html",
    "events/index.html",
    "events/2018-03-peresmian-pasar-apung/index.html",
    "places/muara-jati/index.html",
    "outlets/harian-contoh/index.html",
    "timeline/index.html",
    "search/index.html",
    "unknown/index.html",
    "about/index.html",
    "404.html",
)
STORY = "stories/wali-kota-resmikan-pasar-apung/index.html"


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Requests are no news."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = require_tool("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(render_site(build_sample()), tmp_path_factory.mktemp("web") / "under" / "a path")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The site over http, below a path of its own."""
    handler = functools.partial(QuietHandler, directory=str(folder.parents[1]))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/under/a%20path/"
        server.shutdown()


@pytest.fixture(params=["file", "http"])
def root(request: pytest.FixtureRequest, folder: Path, address: str) -> str:
    return address if request.param == "http" else f"{folder.as_uri()}/"


def open_tab(browser: Browser, complaints: list[str], width: int = 1280) -> Page:
    tab = browser.new_page(viewport={"width": width, "height": 800})
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))

    def note(request: Request) -> None:
        # What the tab itself stops on its way to the next page is no fault of this one.
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"not loaded: {request.url} ({request.failure})")

    tab.on("requestfailed", note)
    return tab


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_pages_open_without_complaint_and_fit(browser: Browser, root: str, width: int) -> None:
    complaints: list[str] = []
    tab = open_tab(browser, complaints, width)
    for path in PAGES:
        tab.goto(root + path)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
        if path != "404.html":
            assert tab.evaluate("getComputedStyle(document.querySelector('.masthead')).display") == "flex", path
    tab.close()
    assert complaints == []


def test_the_sites_own_fonts_are_used(browser: Browser, root: str) -> None:
    tab = open_tab(browser, [])
    tab.goto(root + STORY)
    loaded = tab.evaluate("document.fonts.ready.then(all => [...all].filter(f => f.status == 'loaded').map(f => f.family))")
    tab.close()
    assert {"Newsreader", "Newsreader Display", "Libre Franklin"} <= {name.strip('"') for name in loaded}


def test_a_sentence_lights_up_on_arrival(browser: Browser, root: str) -> None:
    tab = open_tab(browser, [])
    tab.goto(root + "people/ratna-wulandari/index.html")
    tab.locator("blockquote + figcaption a").first.click()
    tab.wait_for_url("**#s3")
    colours = tab.evaluate("['s3', 's4'].map(id => getComputedStyle(document.getElementById(id)).backgroundColor)")
    tab.close()
    assert colours[0] != colours[1]


def test_the_drawing_turns_into_a_list_on_a_phone(browser: Browser, root: str) -> None:
    shown = {}
    for width in (360, 1280):
        tab = open_tab(browser, [], width)
        tab.goto(root + "index.html")
        shown[width] = [tab.locator(name).first.is_visible() for name in (".strip-drawing", ".strip-list")]
        tab.close()
    assert shown == {360: [False, True], 1280: [True, False]}


def test_the_skip_link_is_the_first_stop_and_leads_to_the_text(browser: Browser, root: str) -> None:
    tab = open_tab(browser, [])
    tab.goto(root + STORY)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, folder: Path, theme: str) -> None:
    """WCAG 2.2 AA: 4.5 to 1, worked out from the colours that the browser computes."""
    script = """() => {
      const shade = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => v / 255)
        .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
      const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
        if (!/, 0\\)$/.test(c)) return c } return 'rgb(255, 255, 255)' };
      return [...document.querySelectorAll('body *:not(title)')]
        .filter(e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()))
        .map(e => { const a = shade(e instanceof SVGElement ? getComputedStyle(e).fill : getComputedStyle(e).color),
          b = shade(ground(e)); return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), e.outerHTML.slice(0, 90)] })
        .filter(([ratio]) => ratio < 4.5) }"""
    context = browser.new_context(color_scheme=theme)  # type: ignore[arg-type]
    tab = context.new_page()
    for path in PAGES:
        tab.goto((folder / path).as_uri())
        assert tab.evaluate(script) == [], path
    context.close()


def test_no_letter_is_tiny(browser: Browser, folder: Path) -> None:
    tab = open_tab(browser, [], 360)
    for path in PAGES:
        tab.goto((folder / path).as_uri())
        smallest = tab.evaluate(
            "Math.min(...[...document.querySelectorAll('main *')].filter(e => e.checkVisibility())"
            ".map(e => parseFloat(getComputedStyle(e).fontSize)))"
        )
        assert smallest >= 13, path
    tab.close()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_finds_no_fault_and_leaves_nothing_undecided(browser: Browser, folder: Path, theme: str, width: int) -> None:
    """WCAG and good practice as axe-core knows them."""
    context = browser.new_context(color_scheme=theme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
    tab, axe = context.new_page(), Axe()
    for path in PAGES:
        tab.goto((folder / path).as_uri())
        found = axe.run(tab, options={"resultTypes": ["violations", "incomplete"]}).response
        for kind in ("violations", "incomplete"):
            faults = [(rule["id"], node["html"]) for rule in found[kind] for node in rule["nodes"]]
            assert faults == [], (path, kind)
    context.close()
