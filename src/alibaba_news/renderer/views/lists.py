"""The lists: stories, entities of one kind, events, outlets."""

from __future__ import annotations

from msgspec import Struct

from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.views.counts import count_pages, slice_page
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import EntityLine, EventLine, Frame, Link, Pager, StoryLine
from alibaba_news.renderer.views.shelving import cut_shelves, link_shelves, name_anchor
from alibaba_news.renderer.views.spark import draw_bars

LETTERED = 60  # a list of more names than this is looked through by letter


class StoryGroup(Struct, frozen=True, kw_only=True):
    """The stories of one year, or those without a date."""

    anchor: str
    heading: str
    rows: tuple[StoryLine, ...]


class StoryListView(Struct, frozen=True, kw_only=True):
    """``shelves`` lead to the years."""

    page: Frame
    heading: str
    lead: str
    shelves: tuple[Link, ...]
    groups: tuple[StoryGroup, ...]
    pager: Pager | None


class EntityGroup(Struct, frozen=True, kw_only=True):
    """The names of one letter; the heading is empty where the list is short enough to have none."""

    anchor: str
    heading: str
    rows: tuple[EntityLine, ...]


class EntityListView(Struct, frozen=True, kw_only=True):
    """``shelves`` lead to the letters; ``top`` are the names most written about, on the first part of a long list."""

    page: Frame
    heading: str
    lead: str
    shelves: tuple[Link, ...]
    top: tuple[Link, ...]
    groups: tuple[EntityGroup, ...]
    pager: Pager | None


class EventGroup(Struct, frozen=True, kw_only=True):
    anchor: str
    heading: str
    rows: tuple[EventLine, ...]


class EventListView(Struct, frozen=True, kw_only=True):
    """``shelves`` lead to the years."""

    page: Frame
    heading: str
    lead: str
    shelves: tuple[Link, ...]
    groups: tuple[EventGroup, ...]
    pager: Pager | None


def draw_stories(desk: Desk, frame: Frame, number: int) -> StoryListView:
    """One part of the list of all stories, newest first, undated ones last."""
    stories, size, words = desk.index.archive.stories, desk.settings.page_size, desk.words
    shelves, undated = desk.index.shelves["stories"], words.t("list.undated")
    return StoryListView(
        page=frame,
        heading=words.t("list.stories"),
        lead=words.n("count.stories", len(stories)),
        shelves=link_shelves(desk, "stories", shelves, undated),
        groups=tuple(
            StoryGroup(anchor=name_anchor(shelf), heading=shelf.key or undated, rows=tuple(map(desk.story_line, rows)))
            for shelf, rows in cut_shelves(shelves, stories, number, size)
        ),
        pager=desk.pager("stories", number, count_pages(len(stories), size)),
    )


def draw_entities(desk: Desk, frame: Frame, kind: str, number: int) -> EntityListView:
    """One part of the list of one kind, or of the outlets, in the order of the alphabet."""
    index, words, size = desk.index, desk.words, desk.settings.page_size
    ids, shelves = index.by_name[kind], index.shelves[kind]
    lettered = len(ids) > LETTERED
    parts = cut_shelves(shelves, ids, number, size) if lettered else []
    groups = [
        EntityGroup(anchor=name_anchor(shelf), heading=shelf.key, rows=tuple(_draw_name(desk, key) for key in rows))
        for shelf, rows in parts
    ]
    if ids and not lettered:
        rows = tuple(_draw_name(desk, key) for key in slice_page(ids, number, size))
        groups = [EntityGroup(anchor="all", heading="", rows=rows)]
    return EntityListView(
        page=frame,
        heading=words.t(f"list.{kind}"),
        lead=words.n(f"count.{kind}", len(ids)),
        shelves=link_shelves(desk, kind, shelves, "") if lettered else (),
        top=link_top(desk, kind, least=2) if lettered and number == 1 else (),
        groups=tuple(groups),
        pager=desk.pager(kind, number, count_pages(len(ids), size)),
    )


def link_top(desk: Desk, kind: str, least: int = 0) -> tuple[Link, ...]:
    """The names of a kind that most stories are about, each with how many; those in fewer than ``least`` do not stand out."""
    found = []
    for key in desk.index.rankings.names[kind]:
        facts = desk.index.outlet_facts.get(key)
        row = facts.outlet if facts else desk.index.entities[key]
        if len(row.stories) >= least:
            found.append(Link(text=row.name, href=desk.link(page_path(key)), note=desk.words.number(len(row.stories))))
    return tuple(found)


def draw_events(desk: Desk, frame: Frame, number: int) -> EventListView:
    """One part of the list of events, newest first, those without a settled date last."""
    events, size, words = desk.index.events_by_date, desk.settings.page_size, desk.words
    shelves, undated = desk.index.shelves["events"], words.t("list.no_year")
    return EventListView(
        page=frame,
        heading=words.t("list.events"),
        lead=words.n("count.events", len(events)),
        shelves=link_shelves(desk, "events", shelves, undated),
        groups=tuple(
            EventGroup(anchor=name_anchor(shelf), heading=shelf.key or undated, rows=tuple(map(desk.event_line, rows)))
            for shelf, rows in cut_shelves(shelves, events, number, size)
        ),
        pager=desk.pager("events", number, count_pages(len(events), size)),
    )


def _draw_name(desk: Desk, key: str) -> EntityLine:
    """An entity or an outlet; an outlet's bars are its stories by year."""
    facts = desk.index.outlet_facts.get(key)
    if facts is None:
        return desk.entity_line(desk.index.entities[key])
    years = {int(shelf.key): shelf.count for shelf in facts.years if shelf.key}
    bars = draw_bars(years, desk.index.year_range, desk.words)
    return EntityLine(
        name=facts.outlet.name,
        href=desk.link(page_path(key)),
        role="",
        count=desk.words.number(len(facts.stories)),
        counts=desk.words.n("count.stories", len(facts.stories)),
        bars=bars.bars,
        bars_width=bars.width,
        bars_label=bars.label,
    )
