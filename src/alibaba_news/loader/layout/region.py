"""Kinds of lines -> where the story stands on the page.

The story is the densest run of running text (the maximum-sum run of line scores, one pass). Around it, what a newsroom
prints at a story's beginning and end corrects the edges.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from alibaba_news.loader.layout.dateline import read_dateline
from alibaba_news.loader.layout.kinds import Kind
from alibaba_news.loader.layout.lines import RawLine, starts_lower
from alibaba_news.loader.layout.tables import words
from alibaba_news.text import fold
from alibaba_news.world import World

# In words of running text. Furniture weighs as much as the teasers that usually stand behind it; an advert or "Baca juga"
# within a story weighs next to nothing; what closes a story weighs like several paragraphs.
_WEIGHTS = {
    "fragment": -3,
    "item": 1,
    "caption": -1,
    "read_also": -1,
    "chrome": -2,
    "label": -3,
    "divider": -3,
    "date": -8,
    "heading": -12,
    "staff": -15,
    "end": -60,
    "close": -80,
}
_CLOSED = -40  # initials behind a sentence close a story like those on a line of their own, but may be an abbreviation
# No abbreviation, but initials and the page of a printed paper: behind "(Ant/H-3)" or "(OL-4)" only teasers follow.
_CODE_CLOSES = -200
_CODED = re.compile(r"\((?:[A-Za-z]{2,8}/)?[A-Z]{1,3}-\d{1,2}\)$")
_PROSE_LIMIT = 60
_GAP = 12  # lines of unclear kind that a story may hold in a row, such as a list or a table
_HEAD_LINES = 6
_PICTURE_GAP = 3


def find_story(lines: Sequence[RawLine], kinds: Sequence[Kind], world: World) -> tuple[int, int]:
    """The first line of the story and the line behind its last; (0, 0) where there is no story."""
    start, end = _densest(lines, kinds)
    pictures = _picture_story(lines, kinds, start, end)
    if pictures is not None:
        return pictures
    if end == 0:
        return _only_lines(lines, kinds)
    start = _skip_head(lines, kinds, (start, end), world)
    return start, _extend(lines, kinds, (start, end))


def _densest(lines: Sequence[RawLine], kinds: Sequence[Kind]) -> tuple[int, int]:
    best, span, total, begin = 0, (0, 0), 0, 0
    for at, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if total <= 0:
            total, begin = 0, at
        total += min(line.count, _PROSE_LIMIT) if kind.name == "prose" else _WEIGHTS[kind.name]
        if total > best and kind.name == "prose":
            best, span = total, (begin, at + 1)
        if line.closed and kind.name == "prose":
            total += _CODE_CLOSES if _CODED.search(line.text[-30:]) else _CLOSED
    return span  # a run begins with a line of its own weight: with text, or an entry of a list


def _only_lines(lines: Sequence[RawLine], kinds: Sequence[Kind]) -> tuple[int, int]:
    """A file of a sentence or two without a full stop is still a story; a list of menu words is not."""
    rest = [at for at, kind in enumerate(kinds) if kind.name in ("fragment", "item")]
    if not rest or len(rest) > 3 or len(lines) > 2 * len(rest) + 2:
        return (0, 0)
    last = rest[-1]
    return (last, last + 1) if lines[last].count >= 3 else (0, 0)


def _picture_story(lines: Sequence[RawLine], kinds: Sequence[Kind], start: int, end: int) -> tuple[int, int] | None:
    """A page of pictures: where captions in a row say far more than all running text, they are the story."""
    best, span, told = 0, (0, 0), 0
    first = last = -_GAP
    for at, kind in enumerate(kinds):
        if kind.name == "heading":
            last = -_GAP
        if kind.name != "caption":
            continue
        if at - last > _PICTURE_GAP:
            first, told = at, 0
        last, told = at, told + lines[at].count
        if told > best:
            best, span = told, (first, at + 1)
    prose = sum(lines[at].count for at in range(start, end) if kinds[at].name == "prose")
    several = span[1] - span[0] > 1 and best > 1.5 * prose
    return span if best and (end == 0 or several) else None


def _skip_head(lines: Sequence[RawLine], kinds: Sequence[Kind], span: tuple[int, int], world: World) -> int:
    """Past a headline that reads like a sentence, and past what stands above the story's own date or dateline."""
    start, end = span
    start = _reach_back(lines, kinds, start, world)
    while start + 2 < end and lines[start].text == lines[start + 1].text:  # a picture's text for the blind, and its caption
        start = _next_prose(kinds, start + 2, end)
    if _is_pictured(lines, kinds, start) and end - start > _HEAD_LINES:
        start = _next_prose(kinds, start + 2, end)
    for at in range(start + 1, min(start + _HEAD_LINES, end)):
        if _is_head_date(kinds, at, (start, end)) and all(lines[i].count <= 40 for i in range(start, at)):
            return _next_prose(kinds, at, end)
        found = read_dateline(lines[at].text, world)
        above = lines[start:at]
        # What stands above a sure dateline is a summary or a caption, however it ends.
        sure = found is not None and (found.outlet is not None or lines[at].text[:4].isupper())
        if found and (all(map(_is_apart, above)) or (sure and all(line.count <= 40 for line in above))):
            return at
    while _is_headline(lines, kinds, start, end) and read_dateline(lines[start].text, world) is None:
        start = _next_prose(kinds, start + 1, end)
    return start


def _is_pictured(lines: Sequence[RawLine], kinds: Sequence[Kind], at: int) -> bool:
    """A caption that closes like a sentence, above an empty "Sumber :"."""
    if at + 1 >= len(lines) or lines[at].count > 40:
        return False
    return kinds[at + 1].name == "label" and lines[at + 1].text[-1] == ":"


def _is_head_date(kinds: Sequence[Kind], at: int, span: tuple[int, int]) -> bool:
    """A date of the story, not one that heads a part of it: with a time or a name, or the only one."""
    byline = kinds[at].byline
    if byline is None:
        return False
    return (
        byline.clock
        or bool(byline.authors or byline.outlet)
        or sum(kind.byline is not None for kind in kinds[slice(*span)]) == 1
    )


def _reach_back(lines: Sequence[RawLine], kinds: Sequence[Kind], start: int, world: World) -> int:
    """Up to a dateline that stands on a line too short to look like running text, such as a lead broken at its links."""
    for at in range(start - 1, max(-1, start - _HEAD_LINES), -1):
        if kinds[at].name not in ("fragment", "prose"):
            break
        if read_dateline(lines[at].text, world):
            return at
    return start


def _is_apart(line: RawLine) -> bool:
    """A quotation set above the story begins in mid-sentence; what is unclosed is a headline or a caption."""
    return line.text.startswith(("...", "…")) or not line.ends


def _is_headline(lines: Sequence[RawLine], kinds: Sequence[Kind], start: int, end: int) -> bool:
    """An unclosed line of up to 25 words before a blank line or a byline; a line carried on below it is none."""
    line = lines[start]
    if kinds[start].name != "prose" or line.count > 25 or line.text[0] in '"“' or line.text[-1] == ":" or start + 1 >= end:
        return False
    if line.ends:
        # A question at the very beginning, apart from the rest, is a headline too.
        asks = line.text[-1] in "?!" and line.count <= 14 and sum(line.text.count(c) for c in ".?!") == 1
        return asks and start == 0 and lines[1].gap and end - start > 2
    carried = not lines[start + 1].gap and starts_lower(lines[start + 1].text)
    return not carried and (lines[start + 1].gap or start == 0 or kinds[start + 1].name in ("staff", "date"))


def _next_prose(kinds: Sequence[Kind], at: int, end: int) -> int:
    return next((i for i in range(at, end) if kinds[i].name in ("prose", "item")), end - 1)


def _extend(lines: Sequence[RawLine], kinds: Sequence[Kind], span: tuple[int, int]) -> int:
    """Over lists and short lines to further running text, and over a short rest of the file with no furniture in it."""
    if lines[span[1] - 1].closed:
        return span[1]
    start, end = span[0], _reach_closing(lines, kinds, span[1])
    at = end
    while at < len(kinds) and at - end <= _GAP:
        name = kinds[at].name
        if name == "prose":
            end = at + 1
        elif name in ("end", "close", "heading", "staff", "date"):
            return end
        at += 1
    rest = range(end, at)
    clean = at == len(kinds) and all(kinds[i].name in ("fragment", "item") and lines[i].count >= 3 for i in rest)
    return at if clean and len(rest) <= max(4, (end - start) // 3) else end


def _reach_closing(lines: Sequence[RawLine], kinds: Sequence[Kind], end: int) -> int:
    """What stands above the story's initials or its editor's name is still the story, though "Baca juga" interrupts it."""
    last = end
    for at in range(end, min(len(kinds), end + 2 * _GAP)):
        kind = kinds[at]
        if kind.name == "end" or any(credit.kind == "editor" for credit in kind.credits):
            return last
        foreign = kind.rule == "heading" and fold(lines[at].text).strip(" :") not in words("story_headings")
        if kind.name in ("close", "date") or foreign:
            return end
        if kind.name == "prose":
            last = at + 1
            if lines[at].closed:
                return last
    return end
