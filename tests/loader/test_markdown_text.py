"""Markdown as editors and other generators write it -> plain text, with the role of every line."""

from __future__ import annotations

import html
import re

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alibaba_news.loader.markdown_text import read_markdown


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("Satu\ndua.\n\nTiga.", ("Satu dua.", "Tiga.")),
        ("**Tebal**, _miring_ dan `kode`.", ("Tebal, miring dan kode.",)),
        ("[Tautan](https://contoh.id/a_(b) 'judul') di sini", ("Tautan di sini",)),
        ("Lihat [ini][1] dan [itu].\n\n[1]: https://contoh.id\n[itu]: https://contoh.id/b", ("Lihat ini dan itu.",)),
        ("[FOTO] Pasar [lama]", ("[FOTO] Pasar [lama]",)),
        ("> Kutipan\n> panjang", ("Kutipan panjang",)),
        ("- satu\n- dua\n\n1. tiga", ("satu", "dua", "tiga")),
        ("## Bagian\nIsi.", ("Bagian", "Isi.")),
        ("J&T &amp; &lt;b&gt; \\*bukan\\* &#42;", ("J&T & <b> *bukan* *",)),
        ("<p>Halo <b>dunia</b></p>\n<script>alert(1)</script>", ("Halo dunia",)),
        ("<!-- catatan -->\n\nIsi.\n\n---", ("Isi.",)),
        ("```\nbaris\n\n# satu\n```\nIsi.", ("baris # satu", "Isi.")),
        ("1 < 2 dan 3 > 2", ("1 < 2 dan 3 > 2",)),
        ("Rp14,7 triliun ~ banyak | cukup", ("Rp14,7 triliun ~ banyak | cukup",)),
        ("    menjorok", ("menjorok",)),
    ],
)
def test_markup_becomes_plain_text(text: str, paragraphs: tuple[str, ...]) -> None:
    assert read_markdown(f"Awal.\n\n{text}").paragraphs == ("Awal.", *paragraphs)


_PIECES = (
    "*",
    "**",
    "_",
    "__",
    "***",
    "kata",
    "Jack Ma",
    "a",
    " ",
    ". ",
    "\n",
    "\n\n",
    "(",
    ")",
    "“",
    "> ",
    ">",
    "J&T",
)


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_emphasis_and_quotations_are_read_as_the_renderer_reads_them(text: str) -> None:
    words = re.sub(r"</?(?:em|strong)>", "", markdown.markdown(text))
    rendered = html.unescape(re.sub(r"</?(?:p|blockquote|ul|li|pre|code|hr|br)(?: /)?>", " ", words))
    assert " ".join(" ".join(read_markdown(text).paragraphs).split()) == " ".join(rendered.split())


@pytest.mark.parametrize("text", ["# Pasar *Lama* #\n\nIsi.", "Pasar Lama\n===\n\nIsi.", "\n# Pasar Lama\nIsi."])
def test_a_heading_that_comes_first_is_the_headline(text: str) -> None:
    read = read_markdown(text)
    assert (read.title, read.paragraphs) == ("Pasar Lama", ("Isi.",))


def test_every_line_has_its_role() -> None:
    read = read_markdown("# Judul\n\nIsi\nsatu.\n\n![Foto pasar](a.jpg)\n\n***\n[a]: https://contoh.id\n")
    assert read.captions == ("Foto pasar",)
    assert [(line.number, line.text, line.role) for line in read.lines] == [
        (1, "# Judul", "title"),
        (3, "Isi", "body"),
        (4, "satu.", "body"),
        (6, "![Foto pasar](a.jpg)", "caption"),
        (8, "***", "chrome"),
        (9, "[a]: https://contoh.id", "chrome"),
    ]


@settings(deadline=None)
@given(st.text() | st.text(alphabet='#*_-+>`[]()<!&\\1. ~=|:"\n\ta', max_size=200))
def test_any_text_keeps_its_lines_and_raises_nothing(text: str) -> None:
    read = read_markdown(text)
    numbers = [n for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
    assert [line.number for line in read.lines] == numbers
    assert all(p.strip() for p in read.paragraphs)


@pytest.mark.parametrize(
    "piece", ["[", "[a](", "![", "<a ", "<!--", "*a ", "`a", "> ", "- ", "1. ", "&#", "\\", "<div>", "[a]: b\n"]
)
def test_broken_markup_without_end_is_read(piece: str) -> None:
    assert read_markdown(piece * 20_000).lines
