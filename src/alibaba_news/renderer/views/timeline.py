"""The timeline by year, month and day. A small archive is one page; a large one is counts by month and a page a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct

from alibaba_news.model import Story
from alibaba_news.renderer.dates import word_day, word_month
from alibaba_news.renderer.index import Index
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.moments import Dated
from alibaba_news.renderer.views.columns import ColumnsView, Count, draw_columns, tell
from alibaba_news.renderer.views.counts import count_pages, slice_page
from alibaba_news.renderer.views.days import link_other_years
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import EventLine, Frame, Link, Pager, StoryLine
from alibaba_news.renderer.views.strip import StripView, count_kinds, draw_strip
from alibaba_news.renderer.words import begin_line

DENSE = 12  # a month with more than this is easier to read day by day
MONTHS = range(1, 13)


class Entry(Struct, frozen=True, kw_only=True):
    """A story or an event on its day; ``note`` is the outlet or the place."""

    kind: str
    name: str
    href: str
    note: str
    origin: str
    date: str
    lang: str | None


class DayGroup(Struct, frozen=True, kw_only=True):
    """A day of a dense month; ``name`` is empty where the month is one list. ``elsewhere``: the same day of other years."""

    name: str
    entries: tuple[Entry, ...]
    elsewhere: Link | None


class MonthGroup(Struct, frozen=True, kw_only=True):
    """``name`` is the month's, or the words for a month that is not known."""

    anchor: str
    name: str
    days: tuple[DayGroup, ...]


class YearGroup(Struct, frozen=True, kw_only=True):
    year: str
    months: tuple[MonthGroup, ...]


class YearCount(Struct, frozen=True, kw_only=True):
    """A year of a large archive: its page, how much it holds, its months."""

    year: Link
    count: str
    months: tuple[Link, ...]


class TimelineView(Struct, frozen=True, kw_only=True):
    """Either ``years`` (everything) or ``counts`` (large archives) is filled."""

    page: Frame
    lead: str
    strip: StripView | None
    years: tuple[YearGroup, ...]
    counts: tuple[YearCount, ...]
    undated: tuple[StoryLine, ...]
    undated_count: str
    open_events: tuple[EventLine, ...]
    open_count: str
    more: Link | None  # where the rest of the undated stand
    days: Link  # the calendar of all years


class YearView(Struct, frozen=True, kw_only=True):
    page: Frame
    kicker: Link
    year: YearGroup
    lead: str
    months: ColumnsView | None
    before: Link | None
    after: Link | None
    pager: Pager | None


def plan_years(index: Index, size: int) -> tuple[tuple[str, int], ...]:
    """The years that have a page of their own and in how many parts; none where one page holds the whole timeline."""
    if sum(map(len, index.moments.values())) <= size:
        return ()
    return tuple((str(year), count_pages(len(items), size)) for year, items in index.moments.items())


def draw_timeline(desk: Desk, frame: Frame) -> TimelineView:
    """The page of the whole timeline."""
    index, size, n = desk.index, desk.settings.page_size, desk.words.n
    split = bool(plan_years(index, size))
    undated = find_undated(desk)
    open_events = [event for event in index.events_by_date if event.start is None]
    hidden = len(undated) > size or len(open_events) > size
    return TimelineView(
        page=frame,
        lead=" · ".join((n("count.stories", len(index.stories)), n("count.events", len(index.events)))),
        strip=draw_strip(desk),
        years=() if split else tuple(draw_year_group(desk, year, items, items) for year, items in index.moments.items()),
        counts=tuple(_draw_count(desk, year, items) for year, items in index.moments.items()) if split else (),
        undated=tuple(map(desk.story_line, undated[:size])),
        undated_count=desk.share(min(size, len(undated)), n("count.stories", len(undated)), len(undated)),
        open_events=tuple(map(desk.event_line, open_events[:size])),
        open_count=desk.share(min(size, len(open_events)), n("count.events", len(open_events)), len(open_events)),
        more=Link(text=desk.words.t("timeline.more_open"), href=desk.link("unknown/index.html")) if hidden else None,
        days=Link(text=desk.words.t("timeline.days"), href=desk.link("on-this-day/index.html")),
    )


def find_undated(desk: Desk) -> list[Story]:
    """The stories that have no place on the timeline, in the order of the list of all stories."""
    stories, shelves = desk.index.archive.stories, desk.index.shelves["stories"]
    return [story for s in shelves if not s.key for story in stories[s.first : s.first + s.count]]


def draw_year(desk: Desk, frame: Frame, year: int, number: int) -> YearView:
    """One part of the page of one year; the drawing of its months stands on the first."""
    items, size = desk.index.moments[year], desk.settings.page_size
    years = list(desk.index.moments)
    at = years.index(year)
    return YearView(
        page=frame,
        kicker=Link(text=desk.words.t("nav.timeline"), href=desk.link("timeline/index.html")),
        year=draw_year_group(desk, year, slice_page(items, number, size), items),
        lead=tell(desk.words, *count_kinds(items)),
        months=_draw_months(desk, year, items) if number == 1 else None,
        before=_link_year(desk, years[at - 1]) if at else None,
        after=_link_year(desk, years[at + 1]) if at + 1 < len(years) else None,
        pager=desk.pager(f"timeline/{year}", number, count_pages(len(items), size)),
    )


def draw_year_group(desk: Desk, year: int, items: Sequence[Dated], whole: Sequence[Dated]) -> YearGroup:
    """Some items of one year by month; ``whole`` are all of that year, which decide what is dense."""
    dense = {month for month, count in Counter(item.moment.month for item in whole).items() if count > DENSE}
    groups = groupby(items, key=lambda item: item.moment.month)
    months = (_draw_month(desk, year, month, tuple(rows), dense=month in dense) for month, rows in groups)
    return YearGroup(year=str(year), months=tuple(months))


def draw_entry(desk: Desk, item: Dated) -> Entry:
    """A story or an event as a line of the timeline."""
    if item.kind == "story":
        story = desk.index.stories[item.key]
        line, date = desk.story_line(story), desk.date(story)
        name, href, note, lang = line.title, line.href, line.outlet, line.lang
    else:
        event = desk.event_line(desk.index.events[item.key])
        name, href, note, lang, date = event.name, event.href, event.place or "", None, event.date
    return Entry(kind=item.kind, name=name, href=href, note=note, origin=date.origin, date=begin_line(date.text), lang=lang)


def _draw_month(desk: Desk, year: int, month: int | None, items: Sequence[Dated], *, dense: bool) -> MonthGroup:
    name = word_month(month, desk.words.language) if month else desk.words.t("timeline.no_month")
    days = groupby(items, key=lambda item: item.moment.day) if dense and month else [(None, items)]
    groups = (_draw_day(desk, month or 0, day, tuple(rows), dense=dense) for day, rows in days)
    return MonthGroup(anchor=f"m{year}-{month or 0:02}", name=name, days=tuple(groups))


def _draw_day(desk: Desk, month: int, day: int | None, items: Sequence[Dated], *, dense: bool) -> DayGroup:
    name = word_day(month, day, desk.words.language) if day else ""
    if dense and month and not day:
        name = desk.words.t("timeline.no_day")
    elsewhere = link_other_years(desk, month, day, items[0].moment.year) if day else None
    return DayGroup(name=name, entries=tuple(draw_entry(desk, item) for item in items), elsewhere=elsewhere)


def _locate_months(items: Sequence[Dated], year: int, size: int) -> dict[int | None, str]:
    """Where each month begins: the part of the year's page, and the place in it."""
    found: dict[int | None, str] = {}
    for nth, item in enumerate(items):
        month = item.moment.month
        found.setdefault(month, f"{page_path(f'timeline/{year}', nth // size + 1)}#m{year}-{month or 0:02}")
    return found


def _draw_months(desk: Desk, year: int, items: Sequence[Dated]) -> ColumnsView | None:
    """The year at a glance; nothing to see where one month holds it all."""
    paths = _locate_months(items, year, desk.settings.page_size)
    if len(paths) < 2:
        return None
    words, counts = desk.words, []
    for month in MONTHS:
        name = word_month(month, words.language)
        stories, events = count_kinds(item for item in items if item.moment.month == month)
        href = desk.link(paths[month]) if month in paths else None
        counts.append(Count(label=name, short=name[:3], href=href, stories=stories, events=events))
    return draw_columns(words, counts, "month")


def _draw_count(desk: Desk, year: int, items: Sequence[Dated]) -> YearCount:
    """The months of a year, each linked to the part of the year's page where it begins."""
    counts = Counter(item.moment.month for item in items)
    links = tuple(
        Link(
            text=word_month(month, desk.words.language) if month else desk.words.t("timeline.no_month"),
            href=desk.link(path),
            note=desk.words.number(counts[month]),
        )
        for month, path in _locate_months(items, year, desk.settings.page_size).items()
    )
    return YearCount(year=_link_year(desk, year), count=tell(desk.words, *count_kinds(items)), months=links)


def _link_year(desk: Desk, year: int) -> Link:
    return Link(text=str(year), href=desk.link(f"timeline/{year}/index.html"))
