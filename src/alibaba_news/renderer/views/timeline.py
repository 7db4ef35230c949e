"""The timeline by year, month and day. A small archive is one page; a large one is counts by month and a page a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from alibaba_news.renderer.dates import word_month
from alibaba_news.renderer.index import Index
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.moments import Dated
from alibaba_news.renderer.views.counts import count_pages, slice_page
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import EventLine, Frame, Link, Pager, StoryLine
from alibaba_news.renderer.views.strip import StripView, draw_strip
from alibaba_news.renderer.words import begin_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A story or an event on its day; ``note`` is the outlet or the place."""

    kind: str
    name: str
    href: str
    note: str
    origin: str
    date: str
    lang: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthGroup:
    """``name`` is the month's, or the words for a month that is not known."""

    anchor: str
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearGroup:
    year: str
    months: tuple[MonthGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """A year of a large archive: its page, how much it holds, its months."""

    year: Link
    count: str
    months: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """Either ``years`` (everything) or ``counts`` (large archives) is filled."""

    page: Frame
    lead: str
    strip: StripView | None
    years: tuple[YearGroup, ...]
    counts: tuple[YearCount, ...]
    undated: tuple[StoryLine, ...]
    open_events: tuple[EventLine, ...]
    more: Link | None  # where the rest of the undated stand


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    page: Frame
    kicker: Link
    year: YearGroup
    lead: str
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
    index, size = desk.index, desk.settings.page_size
    split = bool(plan_years(index, size))
    undated = [story for story in reversed(index.archive.stories) if story.date is None]
    open_events = [event for event in index.archive.events if event.start is None]
    hidden = len(undated) > size or len(open_events) > size
    return TimelineView(
        page=frame,
        lead=" · ".join((desk.words.n("count.stories", len(index.stories)), desk.words.n("count.events", len(index.events)))),
        strip=draw_strip(desk),
        years=() if split else tuple(draw_year_group(desk, year, items) for year, items in index.moments.items()),
        counts=tuple(_draw_count(desk, year, items) for year, items in index.moments.items()) if split else (),
        undated=tuple(map(desk.story_line, undated[:size])),
        open_events=tuple(map(desk.event_line, open_events[:size])),
        more=Link(text=desk.words.t("timeline.more_open"), href=desk.link("unknown/index.html")) if hidden else None,
    )


def draw_year(desk: Desk, frame: Frame, year: int, number: int) -> YearView:
    """One part of the page of one year."""
    items, size = desk.index.moments[year], desk.settings.page_size
    years = list(desk.index.moments)
    at = years.index(year)
    return YearView(
        page=frame,
        kicker=Link(text=desk.words.t("nav.timeline"), href=desk.link("timeline/index.html")),
        year=draw_year_group(desk, year, slice_page(items, number, size)),
        lead=_count(desk, items),
        before=_link_year(desk, years[at - 1]) if at else None,
        after=_link_year(desk, years[at + 1]) if at + 1 < len(years) else None,
        pager=desk.pager(f"timeline/{year}", number, count_pages(len(items), size)),
    )


def draw_year_group(desk: Desk, year: int, items: Iterable[Dated]) -> YearGroup:
    """The items of one year by month."""
    groups = groupby(items, key=lambda item: item.moment.month)
    return YearGroup(year=str(year), months=tuple(_draw_month(desk, year, month, tuple(rows)) for month, rows in groups))


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


def _draw_month(desk: Desk, year: int, month: int | None, items: tuple[Dated, ...]) -> MonthGroup:
    name = word_month(month, desk.words.language) if month else desk.words.t("timeline.no_month")
    entries = tuple(draw_entry(desk, item) for item in items)
    return MonthGroup(anchor=f"m{year}-{month or 0:02}", name=name, entries=entries)


def _draw_count(desk: Desk, year: int, items: tuple[Dated, ...]) -> YearCount:
    """The months of a year, each linked to the part of the year's page where it begins."""
    size, months = desk.settings.page_size, Counter(item.moment.month for item in items)
    first: dict[int | None, int] = {}
    for nth, item in enumerate(items):
        first.setdefault(item.moment.month, nth // size + 1)
    links = tuple(
        Link(
            text=word_month(month, desk.words.language) if month else desk.words.t("timeline.no_month"),
            href=desk.link(f"{page_path(f'timeline/{year}', first[month])}#m{year}-{month or 0:02}"),
            note=desk.words.number(count),
        )
        for month, count in months.items()
    )
    return YearCount(year=_link_year(desk, year), count=_count(desk, items), months=links)


def _count(desk: Desk, items: tuple[Dated, ...]) -> str:
    kinds = Counter(item.kind for item in items)
    parts = (desk.words.n("count.stories", kinds["story"]), desk.words.n("count.events", kinds["event"]))
    return " · ".join(part for part, kind in zip(parts, ("story", "event"), strict=True) if kinds[kind])


def _link_year(desk: Desk, year: int) -> Link:
    return Link(text=str(year), href=desk.link(f"timeline/{year}/index.html"))
