"""The front page: the whole archive before anything is asked for. Small whether it holds five stories or a hundred thousand."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from alibaba_news.model import Story
from alibaba_news.renderer.rankings import Ties
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.lists import link_top
from alibaba_news.renderer.views.parts import DateView, EntityLine, EventLine, Frame, Link, StoryLine
from alibaba_news.renderer.views.strip import StripView, draw_strip, link_undated
from alibaba_news.renderer.views.unknown import draw_contents

INDEXED = ("organizations", "places", "products", "outlets")
NEWEST, MOST_NAMES, MOST_TIED, CANDIDATES, PAPERS = 6, 7, 4, 40, 4


class SharedEvent(Struct, frozen=True, kw_only=True):
    """One event in several papers, each with its story; ``more`` where there are more than shown."""

    name: str
    href: str
    date: DateView
    place: str | None
    label: str
    papers: tuple[Link, ...]
    more: str


class TiedStory(Struct, frozen=True, kw_only=True):
    """A story with what it has in common with others, in words."""

    story: StoryLine
    ties: str


class IndexRow(Struct, frozen=True, kw_only=True):
    """The names of one kind with how many stories each is in; ``note`` says how much of the whole this is."""

    list: Link
    note: str
    names: tuple[Link, ...]


class HomeView(Struct, frozen=True, kw_only=True):
    """Notes say by what a list is chosen and how much of the whole it is."""

    page: Frame
    search: Link
    lead: StoryLine | None
    lead_ties: str
    shared: SharedEvent | None
    strip: StripView | None
    days: Link
    tied: tuple[TiedStory, ...]
    stories: tuple[StoryLine, ...]
    stories_note: str
    undated: Link | None
    people: tuple[EntityLine, ...]
    people_note: str
    events: tuple[EventLine, ...]
    events_note: str
    index: tuple[IndexRow, ...]
    unknown: tuple[Link, ...]
    unknown_note: str
    all_stories: Link
    all_people: Link
    all_events: Link


def draw_home(desk: Desk, frame: Frame) -> HomeView:
    """Everything the front page shows."""
    index, words = desk.index, desk.words
    lead = find_lead(desk)
    newest = _find_newest(desk, lead)
    people = [index.entities[key] for key in index.rankings.names["people"][:MOST_NAMES]]
    events = [index.events[key] for key in index.rankings.names["events"][:MOST_NAMES]]
    dated = sum(shelf.count for shelf in index.shelves["stories"] if shelf.key)
    return HomeView(
        page=frame,
        search=Link(text=words.t("home.search"), href=desk.link("search/index.html")),
        lead=desk.story_line(lead) if lead else None,
        lead_ties=word_ties(desk, index.rankings.ties[lead.slug]) if lead else "",
        shared=_draw_shared(desk),
        strip=draw_strip(desk),
        days=Link(text=words.t("timeline.days"), href=desk.link("on-this-day/index.html")),
        tied=_draw_tied(desk, {story.slug for story in (lead, *newest) if story}),
        stories=tuple(map(desk.story_line, newest)),
        stories_note=words.t("home.newest") if dated else words.t("date.unknown"),
        undated=link_undated(desk),
        people=tuple(map(desk.entity_line, people)),
        people_note=_note(desk, len(people), "people", len(index.archive.people)),
        events=tuple(map(desk.event_line, events)),
        events_note=_note(desk, len(events), "events", len(index.events)),
        index=tuple(_draw_index_row(desk, kind) for kind in INDEXED if index.by_name[kind]),
        unknown=draw_contents(desk),
        unknown_note=words.n("home.unknown_count", len(index.gaps)),
        all_stories=Link(text=words.n("home.all_stories", len(index.stories)), href=desk.link("stories/index.html")),
        all_people=Link(text=words.n("home.all_people", len(index.archive.people)), href=desk.link("people/index.html")),
        all_events=Link(text=words.n("home.all_events", len(index.events)), href=desk.link("events/index.html")),
    )


def find_lead(desk: Desk) -> Story | None:
    """The most connected of the newest stories, one with a printed headline where there is any, and with a date."""
    ties = desk.index.rankings.ties
    newest = [story for story, _ in zip(_go_through(desk), range(CANDIDATES), strict=False)]
    return max(newest, key=lambda s: (s.title_origin == "stated", s.date is not None, ties[s.slug].weight), default=None)


def _go_through(desk: Desk) -> Iterator[Story]:
    """The stories one by one, newest first, without those that are withdrawn: whoever stops depends on no later one."""
    stories, ties = desk.index.archive.stories, desk.index.rankings.ties
    for place in range(len(stories)):
        if stories[place].slug in ties:
            yield stories[place]


def word_ties(desk: Desk, ties: Ties) -> str:
    """What a story shares with others: "2 peristiwa dan 5 nama yang juga ada di berita lain"; empty where nothing."""
    n, parts = desk.words.n, []
    if ties.events:
        parts.append(n("count.events", ties.events))
    if ties.names:
        parts.append(n("count.names", ties.names))
    return desk.words.t("home.ties", what=desk.words.join(parts)) if parts else ""


def _find_newest(desk: Desk, lead: Story | None) -> list[Story]:
    """The newest by their dates; what has no date is neither new nor old, and stands here only where nothing has one."""
    shown = (s for s in _go_through(desk) if lead is None or s.slug != lead.slug)
    others = [story for story, _ in zip(shown, range(NEWEST), strict=False)]
    dated = [story for story in others if story.date]
    return dated or ([] if lead and lead.date else others)


def _draw_tied(desk: Desk, shown: set[str]) -> tuple[TiedStory, ...]:
    """The stories that share most with others, over all years, but those that stand on the page already."""
    index = desk.index
    slugs = [slug for slug in index.rankings.stories if slug not in shown][:MOST_TIED]
    return tuple(
        TiedStory(story=desk.story_line(index.stories[slug]), ties=word_ties(desk, index.rankings.ties[slug])) for slug in slugs
    )


def _draw_shared(desk: Desk) -> SharedEvent | None:
    """The event that most stories report; of several the one with most people."""
    event = next((desk.index.events[key] for key in desk.index.rankings.names["events"]), None)
    if event is None or len(event.stories) < 2:
        return None
    line = desk.event_line(event)
    stories = [desk.index.stories[slug] for slug in event.stories[:PAPERS]]
    papers = [Link(text=desk.outlet_name(story), href=desk.story_path(story), note=story.title) for story in stories]
    counted = desk.words.n("count.stories", len(event.stories))
    return SharedEvent(
        name=event.name,
        href=line.href,
        date=line.date,
        place=line.place,
        label=desk.words.n("home.shared", len(event.stories)),
        papers=tuple(papers),
        more=desk.share(len(papers), counted, len(event.stories)) if len(papers) < len(event.stories) else "",
    )


def _note(desk: Desk, shown: int, kind: str, count: int) -> str:
    """How much of a whole, and by what it was chosen where it was."""
    counted = desk.words.n(f"count.{kind}", count)
    return f"{desk.share(shown, counted, count)}, {desk.words.t('home.by_stories')}" if shown < count else ""


def _draw_index_row(desk: Desk, kind: str) -> IndexRow:
    names, count = link_top(desk, kind), len(desk.index.by_name[kind])
    return IndexRow(
        list=Link(text=desk.words.t(f"nav.{kind}"), href=desk.link(f"{kind}/index.html")),
        note=desk.share(len(names), desk.words.n(f"count.{kind}", count), count),
        names=names,
    )
