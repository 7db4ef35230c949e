"""The lists: stories, entities of one kind, events, outlets, one outlet's stories, and everything at once (search)."""

from __future__ import annotations

from dataclasses import dataclass

from alibaba_news.model import ArchiveEntity, Outlet
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.views.counts import count_pages, slice_page
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.entity import Companion, draw_companions
from alibaba_news.renderer.views.parts import EntityLine, EventLine, Frame, Link, Pager, StoryLine


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryListView:
    """``kicker`` and ``companions`` are an outlet's; a plain list has none."""

    page: Frame
    heading: str
    kicker: Link | None
    lead: str
    stories: tuple[StoryLine, ...]
    companions: tuple[Companion, ...]
    pager: Pager | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityListView:
    page: Frame
    heading: str
    lead: str
    rows: tuple[EntityLine, ...]
    pager: Pager | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventListView:
    page: Frame
    heading: str
    lead: str
    rows: tuple[EventLine, ...]
    pager: Pager | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundGroup:
    heading: str
    rows: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """Everything the archive holds, grouped by kind; ``count`` counts all parts."""

    page: Frame
    count: str
    groups: tuple[FoundGroup, ...]
    pager: Pager | None


def draw_stories(desk: Desk, frame: Frame, number: int) -> StoryListView:
    """One part of the list of all stories, newest first, undated ones last."""
    stories, size = desk.index.archive.stories, desk.settings.page_size
    return StoryListView(
        page=frame,
        heading=desk.words.t("list.stories"),
        kicker=None,
        lead=desk.words.n("count.stories", len(stories)),
        stories=tuple(map(desk.story_line, slice_page(stories, number, size))),
        companions=(),
        pager=desk.pager("stories", number, count_pages(len(stories), size)),
    )


def draw_outlet(desk: Desk, frame: Frame, outlet: Outlet, number: int) -> StoryListView:
    """One part of an outlet's stories, newest first, and whom they name most."""
    size = desk.settings.page_size
    stories = sorted((desk.index.stories[slug] for slug in outlet.stories), key=lambda s: desk.index.position[s.slug])
    return StoryListView(
        page=frame,
        heading=outlet.name,
        kicker=Link(text=desk.words.t("kind.outlets"), href=desk.link("outlets/index.html")),
        lead=desk.words.n("count.stories", len(stories)),
        stories=tuple(map(desk.story_line, slice_page(stories, number, size))),
        companions=draw_companions(desk, stories, "people"),
        pager=desk.pager(outlet.id, number, count_pages(len(stories), size)),
    )


def draw_entities(desk: Desk, frame: Frame, kind: str, number: int) -> EntityListView:
    """One part of the list of one kind, by name."""
    rows: tuple[ArchiveEntity, ...] = getattr(desk.index.archive, kind)
    size = desk.settings.page_size
    return EntityListView(
        page=frame,
        heading=desk.words.t(f"list.{kind}"),
        lead=desk.words.n(f"count.{kind}", len(rows)),
        rows=tuple(map(desk.entity_line, slice_page(rows, number, size))),
        pager=desk.pager(kind, number, count_pages(len(rows), size)),
    )


def draw_outlets(desk: Desk, frame: Frame, number: int) -> EntityListView:
    """One part of the list of outlets, by name."""
    rows, size = desk.index.archive.outlets, desk.settings.page_size
    return EntityListView(
        page=frame,
        heading=desk.words.t("list.outlets"),
        lead=desk.words.n("count.outlets", len(rows)),
        rows=tuple(_draw_outlet_line(desk, outlet) for outlet in slice_page(rows, number, size)),
        pager=desk.pager("outlets", number, count_pages(len(rows), size)),
    )


def draw_events(desk: Desk, frame: Frame, number: int) -> EventListView:
    """One part of the list of events, newest first, those without a settled date last."""
    rows, size = desk.index.events_by_date, desk.settings.page_size
    return EventListView(
        page=frame,
        heading=desk.words.t("list.events"),
        lead=desk.words.n("count.events", len(rows)),
        rows=tuple(map(desk.event_line, slice_page(rows, number, size))),
        pager=desk.pager("events", number, count_pages(len(rows), size)),
    )


def draw_search(desk: Desk, frame: Frame, number: int, size: int) -> SearchView:
    """One part of everything: stories, then entities of each kind, then events."""
    every = desk.index.list_everything()
    groups: dict[str, list[Link]] = {}
    for kind, text, path in slice_page(every, number, size):
        groups.setdefault(kind, []).append(Link(text=text, href=desk.link(path)))
    return SearchView(
        page=frame,
        count=desk.words.n("search.count", len(every)),
        groups=tuple(FoundGroup(heading=desk.words.t(f"list.{kind}"), rows=tuple(rows)) for kind, rows in groups.items()),
        pager=desk.pager("search", number, count_pages(len(every), size)),
    )


def _draw_outlet_line(desk: Desk, outlet: Outlet) -> EntityLine:
    counts = desk.words.n("count.stories", len(outlet.stories))
    return EntityLine(
        name=outlet.name,
        href=desk.link(page_path(outlet.id)),
        role="",
        count=counts,
        counts=counts,
        bars=(),
        bars_width=0,
        bars_label="",
    )
