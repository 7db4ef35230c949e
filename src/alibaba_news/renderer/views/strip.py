"""The whole archive as one strip of time: a mark a story or event while each can have its name, else a column a year.

Everything is worked out here in the drawing's own units; the template only writes shapes. Every mark is a link, and the same
facts stand below as a list for narrow screens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from alibaba_news.renderer.moments import Dated
from alibaba_news.renderer.views.columns import ColumnsView, count_span, draw_columns, list_spans
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.lanes import Slot, place_names
from alibaba_news.renderer.views.parts import Link

WIDTH = 1120
MOST_MARKS = 22  # more names than this cannot stand beside each other
LANE, LETTER, LABEL = 24, 7.0, 34  # height of a row of names, width of a letter, letters in a name
MARK = 15  # from the middle of one mark to the next


class Tick(Struct, frozen=True, kw_only=True):
    x: int
    label: str


class Mark(Struct, frozen=True, kw_only=True):
    """A story (above the line) or an event (below it); ``label_x`` and ``anchor`` place its name, ``date`` is for the list."""

    kind: str
    origin: str
    x: int
    label_x: int
    label_y: int
    anchor: str  # start, end
    name: str
    short: str
    href: str
    date: str


class MarksView(Struct, frozen=True, kw_only=True):
    """Every story and event by name."""

    width: int
    height: int
    line_y: int
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]


class StripView(Struct, frozen=True, kw_only=True):
    """One of ``named`` and ``counted``; ``undated`` says how many stories have no place on it, and leads to them."""

    named: MarksView | None
    counted: ColumnsView | None
    undated: Link | None


def draw_strip(desk: Desk) -> StripView | None:
    """The strip of the archive; None where nothing in it has a date."""
    moments = desk.index.moments
    total = sum(map(len, moments.values()))
    if not total:
        return None
    items = [item for year in moments.values() for item in year] if total <= MOST_MARKS else []
    return StripView(
        named=_draw_marks(desk, items) if items else None,
        counted=None if items else draw_years(desk),
        undated=link_undated(desk),
    )


def link_undated(desk: Desk) -> Link | None:
    """How many stories have no date, with the place where they stand; None where all have one."""
    undated = [shelf.count for shelf in desk.index.shelves["stories"] if not shelf.key]
    if not undated:
        return None
    return Link(text=desk.words.n("timeline.undated_count", sum(undated)), href=desk.link("timeline/index.html#undated"))


def draw_years(desk: Desk) -> ColumnsView:
    """A column a year, or a few years each where the archive reaches far."""
    moments, counts = desk.index.moments, []
    for span in list_spans(moments):
        held = [year for year in span if year in moments]
        href = desk.link(desk.index.year_path(held[0], desk.settings.page_size)) if held else None
        stories, events = count_kinds(item for year in held for item in moments[year])
        counts.append(count_span(span, href, stories=stories, events=events))
    return draw_columns(desk.words, counts, "year")


def count_kinds(items: Iterable[Dated]) -> tuple[int, int]:
    """How many stories and how many events."""
    kinds = Counter(item.kind for item in items)
    return kinds["story"], kinds["event"]


def _draw_marks(desk: Desk, items: list[Dated]) -> MarksView:
    start, end = _find_domain(items)
    spots = _spread([(item, _scale(item.middle, start, end)) for item in items])
    slots: dict[Dated, Slot] = {}
    for kind in ("story", "event"):
        own = [(item, x) for item, x in spots if item.kind == kind]
        found = place_names([(x, len(shorten(_facts(desk, item)[0].text)) * LETTER + 16) for item, x in own], WIDTH)
        slots |= {item: slot for (item, _), slot in zip(own, found, strict=True)}
    above = max((slot.lane for item, slot in slots.items() if item.kind == "story"), default=0)
    below = max((slot.lane for item, slot in slots.items() if item.kind == "event"), default=0)
    line_y = 40 + LANE * (above + 1)
    years = range(start.year, end.year + 1)
    return MarksView(
        width=WIDTH,
        height=line_y + 50 + LANE * below,
        line_y=line_y,
        ticks=tuple(
            Tick(x=max(_scale(date(year, 1, 1), start, end), 0), label=str(year)) for year in years[:: max(1, len(years) // 12)]
        ),
        marks=tuple(_draw_mark(desk, item, x, slots[item], line_y) for item, x in spots),
    )


def _find_domain(items: list[Dated]) -> tuple[date, date]:
    """From shortly before the first item to shortly after the last."""
    first, last = min(item.middle for item in items), max(item.middle for item in items)
    margin = timedelta(days=max(45, (last - first).days // 25))
    start = first - margin if first.toordinal() > margin.days else date.min
    return start, last + margin


def _scale(day: date, start: date, end: date) -> int:
    return round(WIDTH * (day - start).days / (end - start).days)


def _spread(spots: list[tuple[Dated, int]]) -> list[tuple[Dated, int]]:
    """Marks of one day side by side: each stays clear of the one before it on its side of the line."""
    last: dict[str, int] = {}
    found = []
    for item, wanted in spots:
        last[item.kind] = max(wanted, last.get(item.kind, -MARK) + MARK)
        found.append((item, last[item.kind]))
    return found


def _draw_mark(desk: Desk, item: Dated, x: int, slot: Slot, line_y: int) -> Mark:
    link, origin, when = _facts(desk, item)
    anchor, climb = slot.anchor, LANE * slot.lane
    return Mark(
        kind=item.kind,
        origin=origin,
        x=x,
        label_x=x + (5 if anchor == "start" else -5),
        label_y=line_y - 22 - climb if item.kind == "story" else line_y + 36 + climb,
        anchor=anchor,
        name=link.text,
        short=shorten(link.text),
        href=link.href or "",
        date=when,
    )


def _facts(desk: Desk, item: Dated) -> tuple[Link, str, str]:
    if item.kind == "story":
        story = desk.index.stories[item.key]
        return Link(text=story.title, href=desk.story_path(story)), desk.date(story).origin, desk.date(story).text
    line = desk.event_line(desk.index.events[item.key])
    return Link(text=line.name, href=line.href), line.date.origin, line.date.text


def shorten(text: str) -> str:
    """A name cut at a word to what fits beside its mark."""
    if len(text) <= LABEL:
        return text
    return f"{text[: LABEL + 1].rsplit(' ', 1)[0][:LABEL].rstrip(' ,;:–-')}…"
