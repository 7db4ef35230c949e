"""One Source in, its Page out: headline, clean paragraphs, captions and credits, an editor's word before the layout's."""

from __future__ import annotations

from msgspec import Struct

from alibaba_news.loader.html import read_saved_layout
from alibaba_news.loader.layout import Layout, Line, PageDate, read_layout
from alibaba_news.loader.markdown_text import MarkdownText, read_markdown
from alibaba_news.loader.sources import Source
from alibaba_news.model import Caption, CutLine, SourceFile
from alibaba_news.world import World

# What is shown elsewhere on the story's page needs no second showing among the lines cut.
_SHOWN_ROLES = frozenset(("title", "body", "caption"))


class Page(Struct, frozen=True, kw_only=True):
    """A story's parts as they will be shown, and where they come from."""

    title: str | None
    paragraphs: tuple[str, ...]
    captions: tuple[Caption, ...]
    page_dates: tuple[PageDate, ...]
    outlet: str | None
    dateline: str | None
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    url: str | None
    source: SourceFile


def read_page(source: Source, world: World) -> Page:
    """The page of one article; one with no story in it has no paragraphs.

    A scraped text is taken apart by its layout. What an editor has written already (a body, or Markdown with front matter)
    is all story: nothing of it is cut.
    """
    given = source.given
    layout = _read_written(source) if _is_written(source) else _read_scraped(source, world)
    return Page(
        title=layout.title,
        paragraphs=layout.paragraphs,
        captions=given.captions if given.captions is not None else layout.captions,
        page_dates=layout.page_dates,
        outlet=given.outlet if "outlet" in given.keys else layout.outlet,
        dateline=given.dateline if "dateline" in given.keys else layout.dateline,
        authors=given.authors or () if "authors" in given.keys else layout.authors,
        editors=given.editors or () if "editors" in given.keys else layout.editors,
        url=layout.url,
        source=given.source or _make_source(source, layout),
    )


def _is_written(source: Source) -> bool:
    return source.kind == "md" or source.given.body is not None


def _read_scraped(source: Source, world: World) -> Layout:
    return read_layout(source.text, world) if source.page is None else read_saved_layout(source.page, world)


def _read_written(source: Source) -> Layout:
    body = source.given.body
    if body is not None:
        # With a text beside it the body is an editor's reading of that text, whose lines nobody took apart.
        bodies = enumerate(body, start=1) if source.text == "\n\n".join(body) else ()
        lines = tuple(Line(number=n, text=text, role="body", rule="body") for n, text in bodies)
        return _bare_layout(None, body, (), lines)
    read: MarkdownText = read_markdown(source.text)
    return _bare_layout(read.title, read.paragraphs, tuple(Caption(text=c) for c in read.captions), read.lines)


def _bare_layout(
    title: str | None, paragraphs: tuple[str, ...], captions: tuple[Caption, ...], lines: tuple[Line, ...]
) -> Layout:
    return Layout(
        lines=lines,
        title=title,
        paragraphs=paragraphs,
        captions=captions,
        page_dates=(),
        outlet=None,
        dateline=None,
        authors=(),
        editors=(),
    )


def _make_source(source: Source, layout: Layout) -> SourceFile:
    cut = tuple(
        CutLine(line=source.line_offset + line.number, role=line.role, rule=line.rule, text=line.text)
        for line in layout.lines
        if not _SHOWN_ROLES & set(line.role.split("+"))
    )
    return SourceFile(file=source.file, sha256=source.sha256, lines=tuple(line.role for line in layout.lines), cut=cut)
