"""Markup -> the lines that a reader of the page sees, and the tags that carry data about it.

The parser hands over one tag after the other and builds no tree, so that neither depth nor size can break it; nothing in
the page is run or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from lxml import etree
from msgspec import Struct, field

from alibaba_news.characters import clean_text
from alibaba_news.loader.html.parts import SavedLine
from alibaba_news.world import load_table

_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_CELL_MARK = "\ue000"  # between two cells, until the line is whole


class _Tags(Struct, frozen=True, kw_only=True):
    """The tags of data/html.yaml by what a browser makes of them."""

    unseen: frozenset[str]
    blocks: frozenset[str]
    rows: frozenset[str]
    cells: frozenset[str]
    controls: frozenset[str]
    captions: frozenset[str]
    parted: frozenset[str]
    properties: frozenset[str]


@cache
def _load_tags() -> _Tags:
    table = load_table("html")
    sets = {key: frozenset(map(str, names)) for key, names in table["tags"].items()}
    return _Tags(properties=frozenset(table["properties"]), **sets)


class Item(Struct, kw_only=True):
    """A tag that states something: microdata or a time; ``line`` is the number of lines above it."""

    prop: str
    value: str
    line: int
    text: list[str] = field(default_factory=list)


class RawPage(Struct, kw_only=True):
    """``deep``: the most tags that stand within each other."""

    lines: list[SavedLine] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    canonical: str = ""
    window: str = ""
    deep: int = 0
    tags: int = 0


class _Open(Struct, kw_only=True):
    """A tag that is not closed yet, and what was so outside of it."""

    tag: str
    fixed: str
    unseen: bool
    box: int
    heading: int
    item: Item | None


def read_raw_page(markup: str) -> RawPage:
    """Every visible line and every stating tag of a page. Never raises for what the markup holds."""
    target = _Target()
    parser = etree.HTMLParser(target=target, huge_tree=True)
    try:
        parser.feed(markup)
        parser.close()
    except (etree.LxmlError, ValueError, AssertionError):
        pass  # what was read up to there stands
    target.flush()
    return target.page


class _Target:
    """Takes the parser's calls, one a tag or piece of text."""

    def __init__(self) -> None:
        self.page = RawPage()
        self.tags = _load_tags()
        self.open: list[_Open] = []
        self.pieces: list[str] = []
        self.letters = self.linked = 0
        self.links = 0
        self.unseen = False
        self.fixed = ""
        self.heading = self.box = self.boxes = 0
        self.line_box = self.line_heading = 0
        self.line_fixed = ""
        self.gap = True
        self.parted = False
        self.collect: list[str] | None = None
        self.item: Item | None = None

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        page = self.page
        page.tags += 1
        self.open.append(
            _Open(tag=tag, fixed=self.fixed, unseen=self.unseen, box=self.box, heading=self.heading, item=self.item)
        )
        page.deep = max(page.deep, len(self.open))
        self._read_data(tag, attrib)
        if tag in self.tags.unseen:
            self.unseen = True
        elif tag == "br":
            self.flush(gap=not self.letters)
        elif tag in self.tags.cells:
            if self.letters:
                self.pieces.append(_CELL_MARK)
        elif tag in self.tags.blocks or tag in self.tags.rows:
            self.flush(gap=tag in self.tags.blocks)
            self.boxes += 1
            self.heading = _HEADINGS.get(tag, self.heading)
            if tag not in _HEADINGS and tag not in ("p", "li"):
                self.box = self.boxes
        elif tag == "q":
            self.data("“")
        if self.parted and tag in self.tags.parted and self.pieces:
            self.pieces.append(" ")
        self.parted = False
        self.links += tag == "a"
        self._read_look(tag, attrib)

    def _read_look(self, tag: str, attrib: Mapping[str, str]) -> None:
        hidden = "hidden" in attrib or ("style" in attrib and _HIDDEN.search(attrib["style"][:500]))
        if tag in self.tags.controls or hidden:
            self.fixed = "control"
        elif tag in self.tags.captions and not self.fixed:
            self.fixed = "caption"

    def _read_data(self, tag: str, attrib: Mapping[str, str]) -> None:
        page = self.page
        if tag == "meta":
            content = attrib.get("content", "")
            for key in ("property", "name", "itemprop", "http-equiv"):
                if key in attrib and content:
                    page.metas.append((attrib[key].strip().lower(), content[:4000]))
        elif tag == "link":
            if "canonical" in attrib.get("rel", "").lower().split():
                page.canonical = page.canonical or attrib.get("href", "")
        elif tag == "script":
            self.collect = [] if "ld+json" in attrib.get("type", "").lower() else None
        elif tag == "title" and not page.window and (not self.unseen or any(o.tag == "head" for o in self.open[-4:])):
            self.collect = []
        prop = attrib.get("itemprop", "").strip().lower()
        if tag != "meta" and (prop in self.tags.properties or (tag == "time" and "datetime" in attrib)):
            value = attrib.get("content") or attrib.get("datetime") or ""
            self.item = Item(prop=prop or "time", value=value[:200], line=len(page.lines))
            page.items.append(self.item)

    def end(self, tag: str) -> None:
        if not self.open:
            return
        before = self.open.pop()
        if self.collect is not None and tag in ("script", "title"):
            text = "".join(self.collect)
            if tag == "script":
                self.page.scripts.append(text)
            else:
                self.page.window = " ".join(clean_text(text).split())[:1000]
            self.collect = None
        if tag == "q":
            self.data("”")
        if tag in self.tags.blocks or tag in self.tags.rows:
            self.flush(gap=tag in self.tags.blocks)
        self.links -= tag == "a"
        self.parted = tag in self.tags.parted
        self.fixed, self.unseen, self.box, self.heading = before.fixed, before.unseen, before.box, before.heading
        self.item = before.item

    def data(self, text: str) -> None:
        if self.collect is not None:
            self.collect.append(text)
        if self.unseen:
            return
        if "\n" in text and any(o.tag == "pre" for o in self.open[-6:]):
            for row in text.split("\n"):
                self._add(row)
                self.flush()
            return
        self._add(text)

    def _add(self, text: str) -> None:
        bare = len(text) - text.count(" ")
        if not text.isspace() and text:
            if not self.letters:
                self.line_box, self.line_heading, self.line_fixed = self.box, self.heading, self.fixed
            self.letters += bare
            self.linked += bare if self.links > 0 else 0
            self.parted = False
            if self.item is not None:
                self.item.text.append(text[:500])
        self.pieces.append(text)

    def comment(self, text: str) -> None:
        if len(self.page.comments) < 20:
            self.page.comments.append(text[:2000])

    def pi(self, target: str, data: str | None = None) -> None:
        """Instructions to other programs say nothing to a reader."""

    def close(self) -> None:
        """The page ends where its text ends."""

    def flush(self, gap: bool = False) -> None:
        """End the line here; ``gap``: space follows."""
        if self.letters:
            linked = self.linked / self.letters
            text = " ".join(clean_text("".join(self.pieces)).split()).strip(_CELL_MARK + " ")
            if _CELL_MARK in text:
                mark = " | " if linked > 0.5 else " · "  # a menu laid out as a table, or a table
                text = mark.join(cell.strip() for cell in text.split(_CELL_MARK) if cell.strip())
            if text.strip():
                self.page.lines.append(
                    SavedLine(
                        text=text,
                        gap=self.gap,
                        heading=self.line_heading,
                        box=self.line_box,
                        linked=linked,
                        fixed=self.line_fixed,
                    )
                )
                self.gap = False
        self.pieces = []
        self.letters = self.linked = 0
        self.gap = self.gap or gap
