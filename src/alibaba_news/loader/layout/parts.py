"""What the reading of a page gives: its lines with their roles, and the parts of the story among them."""

from __future__ import annotations

from msgspec import Struct

from alibaba_news.model import Caption


class Line(Struct, frozen=True, kw_only=True):
    """A non-blank line of the input: 1-based number (blank lines counted), its text, its role and the rule that gave it."""

    number: int
    text: str
    role: str
    rule: str


class PageDate(Struct, frozen=True, kw_only=True):
    """A date printed outside the story's text. ``place`` says where: "byline" (with the story's own head: beside the
    authors, or between headline and lead), "head" (alone above the headline: may be the day of saving), "meta" (given
    by an HTML page's metadata)."""

    text: str
    line: int
    place: str


class Layout(Struct, frozen=True, kw_only=True):
    """A page taken apart. ``paragraphs`` are clean: no dateline, endmark, initials or "Baca juga" in them."""

    lines: tuple[Line, ...]
    title: str | None
    paragraphs: tuple[str, ...]
    captions: tuple[Caption, ...]
    page_dates: tuple[PageDate, ...]
    outlet: str | None
    dateline: str | None
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    url: str | None = None
