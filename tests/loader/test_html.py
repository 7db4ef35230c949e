"""Saved pages, through the folder they stand in; the pages stand in tests/cases/html."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from caselib import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from alibaba_news.loader.page import read_page
from alibaba_news.loader.sources import Reading, read_sources
from alibaba_news.loader.story import read_story
from alibaba_news.model import LINE_ROLES, Story
from alibaba_news.world import World

WORLD = World()
LEAD = "Petugas memeriksa tanggul yang retak di tepi sungai itu sejak pagi hari."
MORE = "Warga diminta menjauh dari tepi sungai sampai tanggul itu selesai diperbaiki petugas."
PAGE = f"<html><body><h1>Tanggul Sungai Contoh Retak</h1><p>{LEAD}</p><p>{MORE}</p></body></html>"


def read_html(folder: Path, page: str | bytes, name: str = "a.html") -> Reading:
    (folder / name).write_bytes(page if isinstance(page, bytes) else page.encode())
    return read_sources(folder)


def tell(reading: Reading) -> Story:
    assert reading.diagnostics == ()
    story, found = read_story(reading.sources[0], WORLD)
    assert found == ()
    assert story is not None
    return story


@pytest.mark.parametrize("case", load_cases("html"))
def test_pages_are_read(case: dict[str, Any], tmp_path: Path) -> None:
    reading = read_html(tmp_path, case["page"])
    story = tell(reading)
    found = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(story).items()}
    found["captions"] = list(map(asdict, story.captions))
    want = dict(case["want"])
    assert want.pop("date_evidence", "") in story.date_evidence
    page = reading.sources[0].page
    assert page is not None
    rows = [[role, line.text] for role, line in zip(story.source.lines, page.lines, strict=True)]
    assert [row for row in want.pop("lines", ()) if row not in rows] == []
    assert {key: found[key] for key in want} == want


@pytest.mark.parametrize("name", ["a.html", "a.HTM"])
def test_both_endings_are_saved_pages(tmp_path: Path, name: str) -> None:
    assert tell(read_html(tmp_path, PAGE, name)).body == (LEAD, MORE)


def test_an_editors_corrections_win(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("title: Judul Penyunting\ndate: 2018-10-13\nauthors: [Sari Melati]\n", encoding="utf-8")
    page = PAGE.replace("<body>", '<meta name="date" content="2017-01-01"><meta name="author" content="Budi Contoh"><body>')
    story = tell(read_html(tmp_path, page))
    assert (story.title, story.date, story.authors) == ("Judul Penyunting", "2018-10-13", ("Sari Melati",))


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252"),
        ('<meta charset="windows-1252">', "cp1252"),
        ('<?xml version="1.0" encoding="Shift_JIS"?>', "cp932"),
        ('<meta charset="iso-8859-1">', "utf-8"),  # saved anew, its old word still in it
    ],
)
def test_the_encoding_a_page_names_is_read(tmp_path: Path, head: str, encoding: str) -> None:
    words = "Harga “cabai” turun di pasar" if encoding != "cp932" else "Harga 唐辛子 turun di pasar"
    page = f"{head}<h1>{words}</h1><p>{LEAD}</p><p>{MORE}</p>"
    (tmp_path / "a.html").write_bytes(page.encode(encoding))
    reading = read_sources(tmp_path)
    assert read_page(reading.sources[0], WORLD).title == words


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "rot13", "x-none", "utf-16"])
def test_an_encoding_no_page_has_is_passed_over(tmp_path: Path, charset: str) -> None:
    page = PAGE.replace("<html>", f'<meta charset="{charset}">').replace("Retak", "Ret\xe4k")
    reading = read_html(tmp_path, page.encode("cp1252"))
    assert read_page(reading.sources[0], WORLD).title == "Tanggul Sungai Contoh Retäk"


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<script>var a = 1;</script>", "<!-- ", "<title>Judul</title>"])
def test_a_page_without_text_is_left_out(tmp_path: Path, page: str) -> None:
    reading = read_html(tmp_path, page)
    assert reading.sources == ()
    assert [(d.severity, d.message) for d in reading.diagnostics] == [("warning", "is a page without any text.")]


def test_a_page_of_menus_is_no_story(tmp_path: Path) -> None:
    links = "".join(f"<li><a href='/{n}'>Kanal {n}</a></li>" for n in range(30))
    reading = read_html(tmp_path, f"<title>Indeks Berita</title><ul>{links}</ul>")
    story, found = read_story(reading.sources[0], WORLD)
    assert story is None
    assert "no story found" in str(found[0])


def test_text_of_a_page_is_never_markup_nor_is_anything_run(tmp_path: Path) -> None:
    page = f"<h1>Tanggul &lt;b&gt;Retak&lt;/b&gt;</h1><p onclick='x()'>{LEAD}</p><script>write('x')</script><p>{MORE}</p>"
    story = tell(read_html(tmp_path, page))
    assert story.title == "Tanggul <b>Retak</b>"
    assert story.body == (LEAD, MORE)


def test_what_is_not_shown_is_told_from_the_story(tmp_path: Path) -> None:
    page = PAGE.replace(
        "<p>W", "<div style='display: none'>Masuk untuk membaca semua berita kami di sini.</div><button>Salin</button><p>W"
    )
    reading = read_html(tmp_path, page)
    story = tell(reading)
    assert story.body == (LEAD, MORE)
    assert [(cut.role, cut.text) for cut in story.source.cut] == [
        ("chrome", "Masuk untuk membaca semua berita kami di sini."),
        ("chrome", "Salin"),
    ]


@pytest.mark.parametrize(
    "depth",
    ["<div>" * 30000, "<b>" * 30000, "<table><tr><td>" * 3000, "<p><i>" * 9000],
    ids=["div", "b", "table", "p"],
)
def test_a_page_of_any_depth_keeps_its_text(tmp_path: Path, depth: str) -> None:
    reading = read_html(tmp_path, f"<h1>Tanggul Sungai Contoh Retak</h1>{depth}<p>{LEAD}</p><p>{MORE}</p>")
    assert read_page(reading.sources[0], WORLD).paragraphs == (LEAD, MORE)


@pytest.mark.parametrize(
    "script",
    [
        "[" * 100_000,
        '{"@type":"NewsArticle","headline":' + "9" * 5000 + "}",
        '{"@type":"NewsArticle","headline":"\\ud800","datePublished":{"a":1},"author":[[["x"]],null,7,{"name":["y"]}]}',
        '{"@type":{"a":[]},"@id":["x"],"author":{"@id":7}}',
        '{"@type":"NewsArticle","url":"http://[x","mainEntityOfPage":"http://[::1","headline":""}',
        "null",
        '"NewsArticle"',
    ],
)
def test_odd_linked_data_says_nothing_and_harms_nothing(tmp_path: Path, script: str) -> None:
    page = f"<link rel=canonical href='http://[x'><script type='application/ld+json'>{script}</script>{PAGE}"
    story = tell(read_html(tmp_path, page))
    assert (story.title, story.body, story.date, story.url) == ("Tanggul Sungai Contoh Retak", (LEAD, MORE), None, None)


def hide_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    for name in ("reader", "extractor"):
        monkeypatch.delitem(sys.modules, f"alibaba_news.loader.html.{name}", raising=False)


def test_without_the_extra_a_page_is_an_error_that_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hide_extra(monkeypatch)
    reading = read_html(tmp_path, PAGE)
    assert reading.sources == ()
    assert [str(d) for d in reading.diagnostics] == [
        f"{tmp_path.as_posix()}/a.html: is a saved page, and what reads saved pages is not installed."
        " Install it: python -m pip install 'alibaba-news[html]'"
    ]
    assert reading.diagnostics[0].severity == "error"


def test_what_is_read_from_a_text_does_not_depend_on_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(f"Tanggul Sungai Contoh Retak\n\n{LEAD}\n\n{MORE}\n", encoding="utf-8")
    story = tell(read_sources(tmp_path))
    hide_extra(monkeypatch)
    assert tell(read_sources(tmp_path)) == story


def test_the_extra_is_not_loaded_for_texts() -> None:
    code = "import sys, alibaba_news.cli, alibaba_news.loader; print(sorted({'lxml', 'trafilatura'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


PIECES = st.sampled_from(
    [
        *(
            f"<{tag}>"
            for tag in "p div h1 h2 br ul li a b i table tr td span article figure figcaption aside pre q title".split()
        ),
        *(f"</{tag}>" for tag in "p div h1 ul li a b table td span article figure figcaption html body".split()),
        f"<p>{LEAD}</p>",
        f"<p>{MORE}</p>",
        f"<div>{LEAD}<br><br>{MORE}</div>",
        "<h1>Tanggul Sungai Contoh Retak</h1>",
        "<title>Tanggul Sungai Contoh Retak - Kabar Contoh</title>",
        "<meta property='og:title' content='Tanggul Sungai Contoh Retak'>",
        "<meta name='author' content='Sari &amp; Budi - detikNews'><meta name=date content=2018-13-40>",
        '<script type=application/ld+json>{"@type":"Article","headline":"Tanggul","datePublished":"2018-10-13T00:00"}</script>',
        "<script>",
        "<style>",
        "<!--",
        "<![CDATA[",
        "&#0;&#xd800;&#x85;&nbsp;&bogus;&lt;",
        "<p hidden>Baca juga: Banjir Surut</p>",
        "<time datetime='2018-10-13T10:00:00+07:00'>13 Oktober 2018</time>",
        "Editor: Nia",
        " (abc) ",
        "\u2028",
    ]
)


def squeeze(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, PIECES, st.text(max_size=40)), max_size=25).map("".join))
def test_any_markup_gives_lines_with_roles_and_loses_none(markup: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for source in read_html(Path(folder), markup.encode("utf-8", "replace")).sources:
            page = read_page(source, WORLD)
            assert source.page is not None
            texts = [line.text for line in source.page.lines]
            assert len(page.source.lines) == len(texts)
            assert {part for role in page.source.lines for part in role.split("+")} <= set(LINE_ROLES)
            shown = squeeze("".join([page.title or "", *page.paragraphs, *(c.text + (c.credit or "") for c in page.captions)]))
            for text, role in zip(texts, page.source.lines, strict=True):
                if role in ("body", "title") and text.isascii():
                    assert squeeze(text) in shown
            cut = {(line.line, line.role) for line in page.source.cut}
            for number, role in enumerate(page.source.lines, start=1):
                assert {"title", "body", "caption"} & set(role.split("+")) or (number, role) in cut
            read_story(source, WORLD)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"<p>", b"<meta charset=gbk><p>", b"<html><title>"]))
def test_any_bytes_give_sources_or_problems(data: bytes, before: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        reading = read_html(Path(folder), before + data)
        assert reading.sources or reading.diagnostics
        for source in reading.sources:
            read_story(source, WORLD)
