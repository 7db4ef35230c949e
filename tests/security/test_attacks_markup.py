"""Article text is shown and never becomes markup, script, a link or a formula, in any file of the site."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import markdown
import pytest
import yaml
from attacklib import (
    HARMLESS,
    MARK,
    PAYLOADS,
    find_live_parts,
    find_xml_faults,
    list_shapes,
    list_template_shapes,
    write_archive,
)
from playwright.sync_api import sync_playwright
from sitelib import run
from toollib import require_tool

TEMPLATES = Path(__file__).parents[2] / "templates"
BASE = ("--quiet", "--sqlite", "--base-url", "https://berita.example/arsip/")


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive in which every word is an attack, and in harmless/ one in which none is."""
    folder = tmp_path_factory.mktemp("attacks")
    write_archive(folder / "seeds", PAYLOADS)
    done = run(*BASE, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "0 inputs left out" in done.stdout
    write_archive(folder / "harmless/seeds", [f"{HARMLESS} {number}" for number in range(len(PAYLOADS))])
    assert run(*BASE, cwd=folder / "harmless").returncode == 0
    return folder


@pytest.fixture(scope="module")
def site(work: Path) -> Path:
    return work / "site"


def read_all(site: Path, suffix: str) -> Iterator[tuple[str, str]]:
    """Every file of a kind: its path and text; there is one at least."""
    found = sorted(site.rglob(f"*{suffix}"))
    assert found, suffix
    for path in found:
        yield path.relative_to(site).as_posix(), path.read_bytes().decode("utf-8")


def test_every_attack_is_shown_as_text(site: Path) -> None:
    """Else the other tests here would look for nothing."""
    titles = [json.loads(line)["title"] for line in (site / "data/stories.jsonl").read_text(encoding="utf-8").splitlines()]
    for payload in PAYLOADS:
        start = re.split(r"[\x00-\x1f\ufeff\ufffe\ufffd\u2028]", payload.lstrip("\u2028"))[0].strip()[:12]
        assert [title for title in titles if start in " ".join(title.split())], payload
    assert sum(MARK in page for _, page in read_all(site, ".html")) > len(PAYLOADS) * 3


def test_pages_hold_no_element_that_harmless_words_would_not_give(site: Path, work: Path) -> None:
    known = set().union(*(list_shapes(page) for _, page in read_all(work / "harmless/site", ".html")))
    known |= list_template_shapes(TEMPLATES)
    strange = {path: list_shapes(page) - known for path, page in read_all(site, ".html")}
    assert {path: shapes for path, shapes in strange.items() if shapes} == {}


def test_nothing_on_a_page_can_run_load_or_lead_astray(site: Path) -> None:
    faults = {path: list(find_live_parts(page)) for path, page in read_all(site, ".html")}
    assert {path: found for path, found in faults.items() if found} == {}


def test_every_page_has_its_policy(site: Path) -> None:
    for path, page in read_all(site, ".html"):
        if 'http-equiv="refresh"' not in page:
            policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
            assert policy, path
            assert "default-src &#39;none&#39;" in policy[1], path
            assert "unsafe" not in policy[1], path


@pytest.mark.parametrize("suffix", [".xml", ".svg"])
def test_feeds_sitemaps_and_pictures_are_well_formed_and_still(site: Path, suffix: str) -> None:
    faults = {path: list(find_xml_faults(text.encode())) for path, text in read_all(site, suffix)}
    assert {path: found for path, found in faults.items() if found} == {}


def test_data_are_data(site: Path) -> None:
    for _, text in read_all(site, ".json"):
        json.loads(text)
    for path, text in read_all(site, ".jsonl"):
        lines = text.split("\n")
        assert lines.pop() == "", path
        assert all(isinstance(json.loads(line), dict) for line in lines), path


def test_the_search_index_holds_calls_with_plain_values_and_nothing_else(site: Path) -> None:
    for path, text in read_all(site, ".js"):
        if path.startswith("search/"):
            call = re.fullmatch(r"[\w.]+\((.*)\);?\s*", text, re.DOTALL)
            assert call, path
            json.loads(f"[{call[1]}]")


def test_no_cell_of_a_table_is_a_formula(site: Path) -> None:
    for path, text in read_all(site, ".csv"):
        rows = list(csv.reader(text.lstrip("\ufeff").splitlines(keepends=True)))
        assert len({len(row) for row in rows}) <= 1, path
        cells = [cell for row in rows for cell in row if cell]
        risky = [c for c in cells if c[0] in "=+-@\t\r\n＝＋－＠" and not re.fullmatch(r"[-+]?\d+(\.\d+)?", c)]
        assert risky == [], path


def test_citations_keep_to_their_fields(site: Path, work: Path) -> None:
    for name, start in (("data/citations.ris", r"(?m)^TY  - "), ("data/citations.bib", r"(?m)^@")):
        ours, harmless = ((folder / name).read_text(encoding="utf-8") for folder in (site, work / "harmless/site"))
        assert len(re.findall(start, ours)) == len(re.findall(start, harmless)), name
        fields = r"(?m)^(?:[A-Z][A-Z0-9]  - |  [a-z]+ = )"
        assert set(re.findall(fields, ours)) <= set(re.findall(fields, harmless)) | {"DA  - ", "  note = "}, name


def test_records_are_plain_values_and_their_text_is_no_markup(site: Path) -> None:
    for path, text in read_all(site, ".md"):
        front, body = text.removeprefix("---\n").split("\n---\n", 1)
        assert isinstance(yaml.safe_load(front), dict), path
        page = markdown.markdown(body)
        assert list(find_live_parts(page)) == [], path
        assert list_shapes(page) <= {(tag, "") for tag in ("html", "head", "body", "p", "blockquote", "br")}, path


def test_the_database_holds_what_the_tables_hold(site: Path) -> None:
    with closing(sqlite3.connect(f"file:{site}/data/archive.sqlite?mode=ro", uri=True)) as database:
        tables = {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")}
        assert not [name for name in tables if MARK in name]
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)


def test_robots_and_the_list_of_files_have_no_line_of_a_text(site: Path) -> None:
    robots = (site / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"|#.*|(User-agent|Allow|Disallow|Sitemap): ?\S*", line) for line in robots)
    assert all(re.fullmatch(r"[0-9a-f]{64}  [ -~]+", line) for line in (site / "manifest-sha256.txt").read_text().splitlines())


def test_a_browser_runs_nothing_of_it(site: Path) -> None:
    chromium = require_tool("chromium", "chromium-browser", "google-chrome")
    pages = [path for path, page in read_all(site, ".html") if MARK in page]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        ran: list[str] = []
        page.expose_function(MARK, lambda *_: ran.append(page.url))
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: None if request.url.startswith("file:") else ran.append(request.url))
        for path in [*pages[:: max(1, len(pages) // 40)], "index.html"]:
            page.goto((site / path).as_uri())
        for query in (MARK, f"<img src=x onerror={MARK}(1)>", f'"><script>{MARK}(1)</script>'):
            page.goto((site / "search/index.html").as_uri() + f"?q={query}")
            page.locator("#count").filter(has_text=re.compile(r"\S")).wait_for()
            assert page.locator("#results :is(script, img, svg, iframe)").count() == 0
        browser.close()
    assert ran == []
