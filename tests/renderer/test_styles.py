"""The style sheet as it is published: smaller than it is written, and the same to a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from renderlib import render_site
from samplelib import build_sample
from toollib import require_tool

from alibaba_news.packaged import find_packaged
from alibaba_news.renderer.assets import read_static, shrink_style


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("a { color: red; }\n", "a{color:red}\n"),
        ("/* why */\na:hover b > i,\n.c { margin: 0 auto }", "a:hover b>i,.c{margin:0 auto}\n"),
        ('a::before { content: "x ; {y}, z: "; }', 'a::before{content:"x ; {y}, z: "}\n'),
        ("@media (min-width: 44rem) { a { top: calc(1px + 2px); } }", "@media (min-width:44rem){a{top:calc(1px + 2px)}}\n"),
        ("", "\n"),
    ],
)
def test_what_a_browser_does_not_need_is_left_out(written: str, published: str) -> None:
    assert shrink_style(written) == published


def test_the_users_own_style_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "site.css").write_text("/* mine */ a { color: red }", encoding="utf-8")
    assert read_static("site.css", tmp_path) == b"/* mine */ a { color: red }"


def test_the_style_is_small() -> None:
    assert len(render_site(build_sample())["static/site.css"]) <= 30 * 1024


def test_the_browser_reads_the_same_rules() -> None:
    """Chromium serializes both to the same text, but for the spaces that it keeps within variables."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this test needs a browser

    path = require_tool("chromium", "chromium-browser", "google-chrome")
    written = (find_packaged("static") / "site.css").read_text(encoding="utf-8")
    script = """text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text.replace(/@font-face *{[^}]*}/g, ''));
      return [...sheet.cssRules].map(rule => rule.cssText.replaceAll(', ', ',')) }"""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        tab = browser.new_page()
        rules = [tab.evaluate(script, text) for text in (written, shrink_style(written))]
        browser.close()
    assert len(rules[0]) > 100
    assert rules[0] == rules[1]
