"""On this day: what happened or was printed on each day of the year, whatever the year. A small archive is one page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct

from alibaba_news.model import ArchiveEvent
from alibaba_news.renderer.dates import word_day, word_month
from alibaba_news.renderer.days import Calendar, DayKey
from alibaba_news.renderer.index import Index
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.moments import Dated
from alibaba_news.renderer.views.counts import count_pages, slice_page
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import Frame, Link, Pager

FOLDER = "on-this-day"


class YearEntry(Struct, frozen=True, kw_only=True):
    """A story or an event on that day; ``note`` is the outlet, or the place and, where it took days, when it was."""

    kind: str
    year: str
    origin: str
    name: str
    href: str
    lang: str | None
    note: str


class DayList(Struct, frozen=True, kw_only=True):
    anchor: str
    name: str
    entries: tuple[YearEntry, ...]


class DayMonth(Struct, frozen=True, kw_only=True):
    """A month with its days that have something: each a link, its note how much. ``lists`` where it is shown here."""

    anchor: str
    name: str
    href: str | None
    count: str
    days: tuple[Link, ...]
    lists: tuple[DayList, ...]


class DaysView(Struct, frozen=True, kw_only=True):
    """Either the calendar (``months``, with their lists in a small archive), or one ``month`` of a large one."""

    page: Frame
    kicker: Link
    heading: str
    lead: str
    months: tuple[DayMonth, ...]
    month: DayMonth | None
    before: Link | None
    after: Link | None
    pager: Pager | None


def plan_days(index: Index, size: int) -> tuple[tuple[str, int], ...]:
    """The months ("01") that have a page of their own and in how many parts; none where one page holds everything."""
    if not _has_more(index.calendar, size):
        return ()
    return tuple((f"{month:02}", count_pages(len(items), size)) for month, items in index.calendar.months.items())


def draw_calendar(desk: Desk, frame: Frame) -> DaysView:
    """The first page: every month with its days, and in a small archive what happened on them."""
    calendar = desk.index.calendar
    split = _has_more(calendar, desk.settings.page_size)
    return DaysView(
        page=frame,
        kicker=Link(text=desk.words.t("nav.timeline"), href=desk.link("timeline/index.html")),
        heading=desk.words.t("list.on-this-day"),
        lead=desk.words.n("days.lead", len(calendar.numbers), days=desk.words.n("days.count", len(calendar.days))),
        months=tuple(
            _draw_month(desk, month, items, () if split else items, split=split) for month, items in calendar.months.items()
        ),
        month=None,
        before=None,
        after=None,
        pager=None,
    )


def draw_day_month(desk: Desk, frame: Frame, month: int, number: int) -> DaysView:
    """One part of a month of a large archive."""
    months, size = desk.index.calendar.months, desk.settings.page_size
    items, held = months[month], list(months)
    at = held.index(month)
    return DaysView(
        page=frame,
        kicker=Link(text=desk.words.t("list.on-this-day"), href=desk.link(page_path(FOLDER))),
        heading=word_month(month, desk.words.language),
        lead=desk.words.n("days.items", len(items)),
        months=(),
        month=_draw_month(desk, month, items, slice_page(items, number, size), split=True),
        before=_link_month(desk, held[at - 1]) if at else None,
        after=_link_month(desk, held[at + 1]) if at + 1 < len(held) else None,
        pager=desk.pager(f"{FOLDER}/{month:02}", number, count_pages(len(items), size)),
    )


def link_other_years(desk: Desk, month: int, day: int, year: int) -> Link | None:
    """What other years have on this day; None where none has anything."""
    others = {item.moment.year for item in desk.index.calendar.days.get((month, day), ())} - {year}
    if not others:
        return None
    text = desk.words.n("days.others", len(others))
    return Link(text=text, href=desk.link(_locate(desk.index, desk.settings.page_size, (month, day))))


def _has_more(calendar: Calendar, size: int) -> bool:
    """Whether there is more than fits on a page; where there is, one item more is no news to those who ask."""
    try:
        return calendar.numbers[size] == size
    except IndexError:
        return False


def _locate(index: Index, size: int, key: DayKey) -> str:
    """Where a day stands: on the one page, or on the part of its month's page where it begins."""
    month, day = key
    anchor = f"d{month:02}-{day:02}"
    if not _has_more(index.calendar, size):
        return f"{page_path(FOLDER)}#{anchor}"
    return f"{page_path(f'{FOLDER}/{month:02}', index.calendar.places[key] // size + 1)}#{anchor}"


def _draw_month(desk: Desk, month: int, items: Sequence[Dated], shown: Sequence[Dated], *, split: bool) -> DayMonth:
    index, words, size = desk.index, desk.words, desk.settings.page_size
    days = index.calendar.days
    counts = {day: len(days[month, day]) for day in range(1, 32) if (month, day) in days}
    groups = groupby(shown, key=lambda item: item.moment.day or 0)
    return DayMonth(
        anchor=f"m{month:02}",
        name=word_month(month, words.language),
        href=desk.link(page_path(f"{FOLDER}/{month:02}")) if split else None,
        count=words.n("days.items", len(items)),
        days=tuple(
            Link(
                text=str(day),
                href=desk.link(_locate(index, size, (month, day))),
                note=f"{word_day(month, day, words.language)}: {words.n('days.items', count)}",
            )
            for day, count in counts.items()
        ),
        lists=tuple(
            DayList(
                anchor=f"d{month:02}-{day:02}",
                name=word_day(month, day, words.language),
                entries=tuple(_draw_entry(desk, item) for item in rows),
            )
            for day, rows in groups
        ),
    )


def _draw_entry(desk: Desk, item: Dated) -> YearEntry:
    year = str(item.moment.year)
    if item.kind == "story":
        story = desk.index.stories[item.key]
        line = desk.story_line(story)
        name, href, lang, note, origin = line.title, line.href, line.lang, line.outlet, line.date.origin
    else:
        event = desk.index.events[item.key]
        view = desk.event_line(event)
        name, href, lang, origin = view.name, view.href, None, view.date.origin
        note = " · ".join(filter(None, (view.date.text if _is_long(event) else "", view.place)))
    return YearEntry(
        kind=item.kind,
        year=year,
        origin=origin,
        name=name,
        href=href,
        lang=lang,
        note=note,
    )


def _is_long(event: ArchiveEvent) -> bool:
    return event.end is not None and event.end != event.start


def _link_month(desk: Desk, month: int) -> Link:
    return Link(text=word_month(month, desk.words.language), href=desk.link(page_path(f"{FOLDER}/{month:02}")))
