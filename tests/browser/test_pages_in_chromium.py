"""The sample site in a real Chromium, from disk and over http: nothing complains, nothing sticks out, arrivals light up."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axelib import find_faults
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, Request
from renderlib import SETTINGS, render_site, write_site
from samplelib import build_crowd, build_sample

PAGES = (
    "index.html",
    "stories/index.html",
    "stories/wali-kota-resmikan-pasar-apung/index.html",
    "stories/kabar-yang-ditarik/index.html",
    "people/index.html",
    "people/ratna-wulandari/index.html",
    "events/index.html",
    "events/2018-03-peresmian-pasar-apung/index.html",
    "events/pelayaran-perdana/index.html",
    "organizations/dinas-pariwisata/index.html",
    "places/muara-jati/index.html",
    "products/kopi-rakit/index.html",
    "outlets/index.html",
    "outlets/harian-contoh/index.html",
    "timeline/index.html",
    "on-this-day/index.html",
    "search/index.html",
    "unknown/index.html",
    "about/index.html",
    "404.html",
)
# What only a large archive has: counts instead of names, a page a year and a month, lists in parts.
LARGE_PAGES = (
    "index.html",
    "timeline/index.html",
    "timeline/2001/index.html",
    "on-this-day/index.html",
    "on-this-day/01/index.html",
    "stories/index.html",
    "people/index.html",
    "outlets/harian-contoh/index.html",
    "unknown/index.html",
)
STORY = "stories/wali-kota-resmikan-pasar-apung/index.html"


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Requests are no news."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(render_site(build_sample()), tmp_path_factory.mktemp("web") / "under" / "a path")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = render_site(build_crowd(), replace(SETTINGS, page_size=20))
    return write_site(site, tmp_path_factory.mktemp("large"))


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


def test_pages_open_without_complaint_and_fit(browser: Browser, root: str) -> None:
    complaints: list[str] = []
    tab = open_tab(browser, complaints)
    for path in PAGES:
        tab.goto(root + path)
        for width in (1280, 360, 320):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
        if path != "404.html":
            assert tab.evaluate("getComputedStyle(document.querySelector('.masthead')).display") == "flex", path
    tab.close()
    assert complaints == []


def test_a_large_archive_fits_a_phone(browser: Browser, large: Path) -> None:
    complaints: list[str] = []
    tab = open_tab(browser, complaints, 320)
    for path in LARGE_PAGES:
        tab.goto((large / path).as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, path
    tab.close()
    assert complaints == []


def test_the_form_on_the_front_page_opens_the_search_page(browser: Browser, root: str) -> None:
    tab = open_tab(browser, [])
    tab.goto(root + "index.html")
    tab.fill("#q", "pasar & apung")
    tab.press("#q", "Enter")
    tab.wait_for_url("**/search/index.html?q=pasar+%26+apung")
    tab.close()


def test_nothing_moves_when_the_fonts_arrive(browser: Browser, address: str) -> None:
    """Text in the stand-ins fills the same lines as in the site's own fonts."""
    heights = []
    for blocked in (True, False):
        tab = open_tab(browser, [], 900)
        if blocked:
            tab.route("**/*.woff2", lambda route: route.abort())
        tab.goto(address + STORY)
        tab.evaluate("document.fonts.ready")
        heights.append(tab.evaluate("['h1', '.text', '.masthead'].map(n => document.querySelector(n).offsetHeight)"))
        tab.close()
    for before, after in zip(*heights, strict=True):
        assert abs(before - after) <= max(3, 0.02 * after), heights


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


def test_the_marks_of_a_paragraph_show_when_they_are_reached(browser: Browser, root: str) -> None:
    """By the keyboard, and where the address names one of its sentences."""
    tab = open_tab(browser, [])
    tab.goto(root + STORY)
    shown = "document.querySelectorAll('.marks').forEach(m => m.style.transition = 'none') || "
    shown += "[...document.querySelectorAll('.marks')].map(m => getComputedStyle(m).opacity)"
    assert set(tab.evaluate(shown)) == {"0"}
    tab.locator(".marks a[href='#s3']").focus()
    assert tab.evaluate(shown)[:2] == ["0", "1"]
    tab.keyboard.press("Enter")
    tab.wait_for_url("**#s3")
    tab.locator("h1").click()
    assert tab.evaluate(shown)[:2] == ["0", "1"]
    tab.close()


def test_a_map_is_drawn_where_its_picture_lies(browser: Browser, root: str) -> None:
    complaints: list[str] = []
    tab = open_tab(browser, complaints)
    tab.goto(root + "places/muara-jati/index.html")
    box = tab.locator(".map image").bounding_box()
    assert box is not None
    assert box["width"] > 250
    assert complaints == []
    tab.goto(root + "static/map-indonesia.svg")  # by itself a browser looks for an icon as well
    tab.close()
    assert [text for text in complaints if "404" not in text] == []


def test_the_drawing_turns_into_a_list_on_a_phone(browser: Browser, root: str) -> None:
    shown = {}
    for width in (360, 1280):
        tab = open_tab(browser, [], width)
        tab.goto(root + "index.html")
        shown[width] = [tab.locator(name).first.is_visible() for name in (".strip-drawing", ".strip-list")]
        tab.close()
    assert shown == {360: [False, True], 1280: [True, False]}


def test_a_sheet_of_paper_says_where_a_story_is_from_and_compares_side_by_side(browser: Browser, folder: Path) -> None:
    tab = open_tab(browser, [], 658)  # A4 less its margins
    tab.emulate_media(media="print")
    tab.goto((folder / STORY).as_uri())
    shown = {name: tab.locator(name).first.is_visible() for name in (".origin dd code", ".cite .reference", ".sections")}
    assert shown == {".origin dd code": True, ".cite .reference": True, ".sections": False}
    tab.goto((folder / "events/2018-03-peresmian-pasar-apung/index.html").as_uri())
    boxes = [cell.bounding_box() for cell in tab.locator(".sides thead th").all()]
    assert len({box["y"] for box in boxes if box}) == 1
    assert not any(row.is_visible() for row in tab.locator(".sides .why").all())
    tab.close()


def test_a_timeline_prints_as_a_list_of_days(browser: Browser, folder: Path) -> None:
    tab = open_tab(browser, [], 658)
    tab.emulate_media(media="print")
    tab.goto((folder / "timeline/index.html").as_uri())
    rows = tab.locator(".thread-list > li").all()
    assert len(rows) > 3
    assert all(row.is_visible() for row in rows)
    assert not tab.locator(".sections").first.is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 658
    tab.close()


def test_the_skip_link_is_the_first_stop_and_leads_to_the_text(browser: Browser, root: str) -> None:
    tab = open_tab(browser, [])
    tab.goto(root + STORY)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.close()


def test_text_stands_out_from_its_ground_and_no_letter_is_tiny(browser: Browser, folder: Path) -> None:
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
    sizes = """() => Math.min(...[...document.querySelectorAll('main *')].filter(e => e.checkVisibility())
      .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
    tab = open_tab(browser, [], 360)
    for path in PAGES:
        tab.goto((folder / path).as_uri())
        assert tab.evaluate(sizes) >= 13, path
        for theme in ("light", "dark"):
            tab.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            assert tab.evaluate(script) == [], (path, theme)
    tab.close()


@pytest.mark.parametrize("pages", [PAGES, LARGE_PAGES], ids=["sample", "large"])
def test_axe_finds_no_fault_and_leaves_nothing_undecided(
    browser: Browser, folder: Path, large: Path, pages: tuple[str, ...]
) -> None:
    """WCAG and good practice as axe-core knows them."""
    tab, faults = browser.new_page(), list[str]()
    for path in pages:
        tab.goto(((folder if pages is PAGES else large) / path).as_uri())
        faults += [f"{path}: {fault}" for fault in find_faults(tab, (320, 768, 1280))]
    tab.close()
    assert faults == []
