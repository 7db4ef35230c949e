"""Markdown -> plain text: the headline, the paragraphs, the captions of pictures, and what each line is.

A block without markup (all a record's own blocks) is read by undoing escapes, one with nothing but links and plain emphasis
by dropping those; others are rendered and their tags dropped, which takes twenty times as long.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from alibaba_news.characters import clean_text
from alibaba_news.loader.layout import Line

if TYPE_CHECKING:
    import markdown

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKUP = re.compile(r"[*_`\[\]<\\]")
_MARKED_LINE = re.compile(r"[ \t]*(?:[#>|:=+-]|\d+[.)](?:\s|$))| {4}|\t")
# Around words and with no mark of either kind inside: what every renderer takes for emphasis.
_EMPHASIS = re.compile(r"(?<![\w*_])(\*\*?|__?)(?![\s*_])([^*_]*)(?<![\s*_])\1(?![\w*_])")
_QUOTED = re.compile(r"(?m)^ {0,3}> ?")
_MARK = re.compile(r"[*_`<\\]")
_CHARACTER = re.compile(r"&#?\w+;")
_HARD_BREAK = re.compile(r"\s\n")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#[ \t]+(.*?)(?:[ \t]+#*)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*")
_DEFINITION = re.compile(r" {0,3}\[([^\[\]]{1,200})\]:[ \t]*\S.*")
_REFERENCE = re.compile(r"(?<!\\)\[([^\[\]]{1,1000})\](?:\[([^\[\]]{0,200})\])?(?![(:])")
_PICTURE = re.compile(r"[ \t]*!\[([^\[\]]*)\]\([^()]*\)[ \t]*")
_LINK = re.compile(r"(?:!\[|\[)([^\[\]]*)\]\((?:[^()]|\([^()]*\)){0,1000}\)")  # a sign it must begin with is found fast
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]*)>")
_HIDDEN_HTML = re.compile(r"(?is)<!--.*?-->|<(script|style|template)\b[^<>]*>.*?</\1\s*>")
_BLOCK_TAG = re.compile(r"(?i)</?(?:p|div|li|ul|ol|table|tr|td|th|blockquote|section|figure|figcaption|h[1-6]|br|hr)\b[^<>]*>")
_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
_LONGEST = 10_000  # characters of a block that are rendered; no renderer is linear in everything
_UNUSED_PATTERNS = (
    *("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref"),
    *("autolink", "automail", "html"),
)
_INLINE = {"em", "strong", "code"}  # all a renderer is left with inside a block


class MarkdownText(Struct, frozen=True, kw_only=True):
    """``title`` is the text of a first-level heading that comes first, None where there is none. ``lines`` has every
    non-blank line with its role, numbered from 1 within the text."""

    title: str | None
    paragraphs: tuple[str, ...]
    captions: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


class _Block(NamedTuple):
    """Lines between blank ones with their numbers, or a fenced block with its fences."""

    lines: tuple[tuple[int, str], ...]
    fenced: bool = False


def read_markdown(text: str) -> MarkdownText:
    """Read Markdown without front matter. Never raises; takes time linear in the text."""
    blocks = list(_split_blocks(text))
    names = _list_definitions(blocks) if "]:" in text else frozenset()
    title, lines, blocks = _take_title(blocks)
    paragraphs: list[str] = []
    captions: list[str] = []
    for block in blocks:
        caption = _read_picture(block)
        if caption is not None:
            captions += [caption] if caption else []
            lines += _mark(block, "caption" if caption else "chrome", "markdown-picture")
        else:
            found = _read_block(block, names)
            paragraphs += found
            lines += _mark(block, "body" if found else "chrome", "markdown-text" if found else "markdown-markup")
    return MarkdownText(title=title, paragraphs=tuple(paragraphs), captions=tuple(captions), lines=tuple(lines))


def _split_blocks(text: str) -> Iterator[_Block]:
    lines: list[tuple[int, str]] = []
    fence = ""
    has_fences = "```" in text or "~~~" in text
    for number, line in enumerate(text.split("\n"), start=1):
        mark = _FENCE.match(line) if has_fences else None
        blank = not line or line.isspace()
        if fence:
            if not blank:
                lines.append((number, line))
            if mark and mark[1].startswith(fence) and not line.strip(" \t`~"):
                yield _Block(tuple(lines), fenced=True)
                lines, fence = [], ""
        elif mark or blank:
            if lines:
                yield _Block(tuple(lines))
            lines = [(number, line)] if mark else []
            fence = mark[1] if mark else ""
        else:
            lines.append((number, line))
    if lines:
        yield _Block(tuple(lines), fenced=bool(fence))


def _list_definitions(blocks: list[_Block]) -> frozenset[str]:
    """The names of links whose addresses stand apart, ``[name]: address``."""
    return frozenset(_fold_name(m[1]) for block in blocks for _, line in block.lines if (m := _DEFINITION.fullmatch(line)))


def _read_picture(block: _Block) -> str | None:
    """The caption of a block that is a picture ("" where it has none), None where it is none."""
    if "![" not in block.lines[0][1]:
        return None
    picture = _PICTURE.fullmatch("\n".join(line for _, line in block.lines))
    return _undo_escapes(picture[1]).strip() if picture else None


def _take_title(blocks: list[_Block]) -> tuple[str | None, list[Line], list[_Block]]:
    if not blocks or blocks[0].fenced:
        return None, [], blocks
    first = blocks[0].lines
    heading = _HEADING.fullmatch(first[0][1])
    if heading:
        count, words = 1, heading[1]
    elif len(first) > 1 and _UNDERLINE.fullmatch(first[1][1]):
        count, words = 2, first[0][1].strip()
    else:
        return None, [], blocks
    title = " ".join(_read_text(words, frozenset()))
    if not title:
        return None, [], blocks
    lines = [Line(number=number, text=line, role="title", rule="markdown-heading") for number, line in first[:count]]
    rest = [_Block(first[count:])] if first[count:] else []
    return title, lines, rest + blocks[1:]


def _mark(block: _Block, role: str, rule: str) -> list[Line]:
    return [Line(number=number, text=line, role=role, rule=rule) for number, line in block.lines]


def _read_block(block: _Block, names: frozenset[str]) -> list[str]:
    if block.fenced:
        words = [line.strip() for _, line in block.lines if not _FENCE.match(line)]
        return [" ".join(words)] if words else []
    kept = [line for _, line in block.lines if "]:" not in line or not _DEFINITION.fullmatch(line)]
    return _read_text("\n".join(kept), names) if kept else []


def _read_text(text: str, names: frozenset[str]) -> list[str]:
    """The paragraphs of a block as plain text."""
    bare = _ESCAPE.sub("x", text) if "\\" in text or "&" in text else text
    if not _MARKUP.search(bare) and not _has_marked_line(bare):
        plain = _undo_escapes(" ".join([line.strip(" \t") for line in text.split("\n")]))
        return [plain] if plain.strip() else []
    if names:
        text = _REFERENCE.sub(lambda m: m[1] if _fold_name(m[2] or m[1]) in names else m[0], text)
    if len(text) <= _LONGEST and (found := _render(_drop_links_and_tags(text))) is not None:
        return found
    plain = " ".join(_undo_escapes(_TAG.sub(" ", text)).split())
    return [plain] if plain else []


def _has_marked_line(text: str) -> bool:
    """Whether a line begins as those of headings, lists, quotations, tables and code do."""
    return any(map(_MARKED_LINE.match, text.split("\n")))


def _fold_name(name: str) -> str:
    return " ".join(name.casefold().split())


def _undo_escapes(text: str) -> str:
    if "\\" not in text and "&" not in text:
        return text
    return clean_text(_ESCAPE.sub(lambda m: m[1] or _decode_reference(m[2]), text))


def _decode_reference(name: str) -> str:
    if not name.startswith("#"):
        return html.unescape(f"&{name};")
    code = int(f"0{name[1:]}", 0) if name[1] in "xX" else int(name[1:])
    return chr(code) if code < 0x110000 else "\ufffd"


@lru_cache(maxsize=1)
def _make_renderer() -> markdown.Markdown:
    import markdown  # noqa: PLC0415 - most texts are so plain that they are read without it

    renderer = markdown.Markdown()
    # Links, pictures and HTML are gone by then; their patterns would search the whole block at every open bracket.
    for name in _UNUSED_PATTERNS:
        renderer.inlinePatterns.deregister(name)
    renderer.preprocessors.deregister("html_block")
    renderer.parser.blockprocessors.deregister("reference")
    return renderer


def _read_simple(text: str) -> str | None:
    """A paragraph, or a quotation of one, in which no markup is left but plain emphasis; None where there may be more."""
    words = _QUOTED.sub("", text) if text.startswith(">") else text
    plain = _EMPHASIS.sub(lambda m: m[2], words) if "*" in words or "_" in words else words
    if _MARK.search(plain) or ("&" in plain and _CHARACTER.search(plain)) or ("\n" in plain and _HARD_BREAK.search(plain)):
        return None
    if _has_marked_line(words) or (plain is not words and _has_marked_line(plain)):
        return None
    return " ".join(clean_text(plain).split())


def _render(text: str) -> list[str] | None:
    """The paragraphs of Markdown without links and tags; None where the renderer fails."""
    simple = _read_simple(text)
    if simple is not None:
        return [simple] if simple else []
    collector = _TextCollector()
    try:
        collector.feed(_make_renderer().reset().convert(text))
        collector.close()
    except Exception:  # neither library promises which errors broken markup may end in
        return None
    collector.flush()
    return collector.found


def _drop_links_and_tags(text: str) -> str:
    """Escapes as references, links and pictures as their words, HTML as its text: what a renderer is slow on when broken."""
    plain = _ESCAPE.sub(lambda m: f"&#{ord(m[1])};" if m[1] else m[0], text) if "\\" in text else text
    if "<" in plain:
        plain = _AUTOLINK.sub(r"\1", _HIDDEN_HTML.sub(" ", plain))
        plain = _TAG.sub("", _BLOCK_TAG.sub("\n\n", plain))
    for _ in range(2):  # a link may be around a picture
        plain = _LINK.sub(lambda m: m[1], plain) if "](" in plain else plain
    return plain


class _TextCollector(HTMLParser):
    """HTML -> the text of its blocks, spaces run together."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.parts: list[str] = []

    def flush(self) -> None:
        text = " ".join(clean_text("".join(self.parts)).split())
        self.found += [text] if text else []
        self.parts = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "br":
            self.parts.append(" ")
        elif tag not in _INLINE:
            self.flush()

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.flush()

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
