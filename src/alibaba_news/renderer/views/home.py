"""The front page: the whole archive before anything is asked for. Small whether it holds five stories or a hundred thousand."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass

from alibaba_news.model import ArchiveEntity, Story
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import DateView, EntityLine, EventLine, Frame, Link, StoryLine
from alibaba_news.renderer.views.strip import StripView, draw_strip
from alibaba_news.renderer.views.unknown import draw_contents

INDEXED = ("organizations", "places", "products", "outlets")
NEWEST, MOST_NAMES, MOST_PLACES, CANDIDATES = 6, 7, 24, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedEvent:
    """One event in several papers, each with its story."""

    name: str
    href: str
    date: DateView
    place: str | None
    label: str
    papers: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    page: Frame
    lead: StoryLine | None
    shared: SharedEvent | None
    strip: StripView | None
    stories: tuple[StoryLine, ...]
    people: tuple[EntityLine, ...]
    events: tuple[EventLine, ...]
    organizations: tuple[Link, ...]
    places: tuple[Link, ...]
    products: tuple[Link, ...]
    outlets: tuple[Link, ...]
    lists: tuple[Link, ...]  # the whole list of each of the four above
    unknown: tuple[Link, ...]
    all_stories: Link
    all_people: Link
    all_events: Link


def draw_home(desk: Desk, frame: Frame) -> HomeView:
    """Everything the front page shows."""
    index, words = desk.index, desk.words
    lead = find_lead(desk)
    others = (s for s in index.archive.stories if s is not lead and not s.withdrawn)
    people = _rank(desk, index.archive.people, MOST_NAMES)
    events = heapq.nsmallest(MOST_NAMES, index.events_by_date, key=lambda e: -len(e.stories))
    return HomeView(
        page=frame,
        lead=desk.story_line(lead) if lead else None,
        shared=_draw_shared(desk),
        strip=draw_strip(desk),
        stories=tuple(desk.story_line(story) for story, _ in zip(others, range(NEWEST), strict=False)),
        people=tuple(map(desk.entity_line, people)),
        events=tuple(map(desk.event_line, events)),
        organizations=_link_names(desk, index.archive.organizations),
        places=_link_names(desk, index.archive.places),
        products=_link_names(desk, index.archive.products),
        outlets=_link_outlets(desk),
        lists=tuple(Link(text=words.t(f"nav.{kind}"), href=desk.link(f"{kind}/index.html")) for kind in INDEXED),
        unknown=draw_contents(desk),
        all_stories=Link(text=words.n("home.all_stories", len(index.stories)), href=desk.link("stories/index.html")),
        all_people=Link(text=words.n("home.all_people", len(index.archive.people)), href=desk.link("people/index.html")),
        all_events=Link(text=words.n("home.all_events", len(index.events)), href=desk.link("events/index.html")),
    )


def find_lead(desk: Desk) -> Story | None:
    """The most connected of the newest stories, one with a printed headline where there is any."""
    newest = [story for story in desk.index.archive.stories if not story.withdrawn][:CANDIDATES]
    return max(newest, key=lambda story: (story.title_origin == "stated", _count_ties(desk, story)), default=None)


def _count_ties(desk: Desk, story: Story) -> int:
    """What it shares with other stories: a name counts once, an event five times."""
    index = desk.index
    names = sum(1 for key in story.entities() if key in index.entities and len(index.entities[key].stories) > 1)
    shared = sum(1 for event in story.events if event.id in index.events and len(index.events[event.id].stories) > 1)
    return names + 5 * shared


def _draw_shared(desk: Desk) -> SharedEvent | None:
    """The event that most papers report; of several the one with most names, then the newest."""
    rows = [event for event in desk.index.events_by_date if len(event.stories) > 1]
    if not rows:
        return None
    event = max(rows, key=lambda e: (len(e.stories), len(e.people) + len(e.organizations)))
    line = desk.event_line(event)
    accounts = desk.index.accounts(event)
    papers = [Link(text=desk.outlet_name(story), href=desk.story_path(story), note=story.title) for story, _ in accounts[:4]]
    return SharedEvent(
        name=event.name,
        href=line.href,
        date=line.date,
        place=line.place,
        label=desk.words.n("home.shared", len(event.stories)),
        papers=tuple(papers),
    )


def _rank(desk: Desk, rows: Iterable[ArchiveEntity], most: int) -> list[ArchiveEntity]:
    """The names with the most stories, then mentions."""
    return heapq.nsmallest(most, rows, key=lambda row: (-len(row.stories), -desk.index.mentions[row.id], row.name, row.id))


def _link_names(desk: Desk, rows: Iterable[ArchiveEntity]) -> tuple[Link, ...]:
    return tuple(
        Link(text=row.name, href=desk.link(page_path(row.id)), note=desk.words.number(len(row.stories)))
        for row in _rank(desk, rows, MOST_PLACES)
    )


def _link_outlets(desk: Desk) -> tuple[Link, ...]:
    rows = heapq.nsmallest(MOST_PLACES, desk.index.archive.outlets, key=lambda o: (-len(o.stories), o.name, o.id))
    return tuple(
        Link(text=row.name, href=desk.link(page_path(row.id)), note=desk.words.number(len(row.stories))) for row in rows
    )
