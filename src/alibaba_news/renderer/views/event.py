"""The page of an event: when, where, who, and what each paper says about it, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alibaba_news.model import ArchiveEvent, Event, Figure, Place, Quote, Story
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.views.copies import count_texts
from alibaba_news.renderer.views.counts import count_event_pages, slice_page
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.entity import Doubt
from alibaba_news.renderer.views.parts import DateView, Frame, Link, Pager, QuoteView, StoryLine
from alibaba_news.text import fold

COLUMNS = 3  # accounts beside each other before a new row of them begins


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A figure with its sentence; ``mark`` is ``same``, ``differs`` or empty against the other accounts."""

    text: str
    href: str | None
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """One paper's account. ``figures`` and ``quotes`` stand in the part of the story that reports the event."""

    outlet: str
    story: StoryLine
    sentence: Link | None
    date: DateView
    evidence: str
    candidates: tuple[str, ...]
    place: str | None
    who: tuple[Link, ...]
    figures: tuple[FigureView, ...]
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """``rows`` holds the accounts in rows of at most three columns."""

    page: Frame
    kind_label: Link
    name: str
    date: DateView
    place: Link | None
    people: tuple[Link, ...]
    organizations: tuple[Link, ...]
    summary: str
    evidence: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    copies: tuple[str, ...]  # of which accounts are one text, in words
    rows: tuple[tuple[AccountView, ...], ...]
    pager: Pager | None


def draw_event(desk: Desk, frame: Frame, event: ArchiveEvent, number: int) -> EventView:
    """Everything one part of an event's page shows."""
    accounts = desk.index.accounts(event)
    texts = count_texts(desk.index, [story.slug for story, _ in accounts])
    marks = compare_figures({story.slug: find_account(story, own)[0] for story, own in accounts}, texts)
    part = slice_page(accounts, number, desk.settings.page_size)
    views = [draw_account(desk, story, own, marks) for story, own in part]
    place = desk.index.place_of(event)
    own_reasons = {own.evidence for _, own in accounts}  # stand beside each date already
    return EventView(
        page=frame,
        kind_label=Link(text=desk.words.t("kind.events"), href=desk.link("events/index.html")),
        name=event.name,
        date=desk.when(event, "full"),
        place=desk.entity(place) if place else (Link(text=event.place) if event.place else None),
        people=tuple(filter(None, map(desk.entity, event.people))),
        organizations=tuple(filter(None, map(desk.entity, event.organizations))),
        summary=desk.words.n("count.stories", len(event.stories)),
        evidence=tuple(line for line in event.evidence if line not in own_reasons),
        doubts=_draw_doubts(desk, event),
        copies=tuple(_name_text(desk, text) for text in texts if len(text) > 1),
        rows=tuple(tuple(views[at : at + COLUMNS]) for at in range(0, len(views), COLUMNS)),
        pager=desk.pager(event.id, number, count_event_pages(event, desk.settings.page_size)),
    )


def find_account(story: Story, event: Event) -> tuple[tuple[Figure, ...], tuple[Quote, ...]]:
    """The figures and quotes that belong to a story's account of an event.

    The event that a story reports first is what the story is about: all of them. A later one has the paragraph it stands in.
    """
    places = [own.paragraph for own in story.events if isinstance(own.paragraph, int)]
    if not isinstance(event.paragraph, int) or event.paragraph == min(places):
        return story.figures, story.quotes

    def near(place: Place) -> bool:
        return place == event.paragraph

    return tuple(f for f in story.figures if near(f.paragraph)), tuple(q for q in story.quotes if near(q.paragraph))


def compare_figures(accounts: Mapping[str, tuple[Figure, ...]], texts: Sequence[Sequence[str]]) -> dict[tuple[str, float], str]:
    """How each (unit, value) stands to the other accounts: ``same`` in two or more texts, ``differs`` where others differ.

    ``texts`` has the stories in groups of one text: what a paper reprints it does not confirm.
    """
    own = {slug: {(fold(f.unit), float(f.value)) for f in figures} for slug, figures in accounts.items()}
    seen = Counter(key for text in texts for key in {key for slug in text for key in own[slug]})
    printed = Counter(key for keys in own.values() for key in keys)
    units = Counter(unit for keys in own.values() for unit in {unit for unit, _ in keys})
    return {key: "same" if seen[key] > 1 else "differs" if units[key[0]] > count else "" for key, count in printed.items()}


def _name_text(desk: Desk, text: Sequence[str]) -> str:
    papers = dict.fromkeys(desk.outlet_name(desk.index.stories[slug]) for slug in text)
    return desk.words.t("event.one_text", count=desk.words.number(len(text)), papers=", ".join(papers))


def draw_account(desk: Desk, story: Story, event: Event, marks: dict[tuple[str, float], str]) -> AccountView:
    """One story's account of an event, ready for its column."""
    figures, quotes = find_account(story, event)
    return AccountView(
        outlet=desk.outlet_name(story),
        story=desk.story_line(story),
        sentence=desk.sentence(story, event.paragraph, event.offset),
        date=desk.when(event, "long"),
        evidence=event.evidence,
        candidates=tuple(map(desk.plain_date, event.candidates)),
        place=desk.place_name(event.place),
        who=tuple(filter(None, map(desk.entity, dict.fromkeys((*event.people, *event.organizations))))),
        figures=tuple(_draw_figure(desk, story, figure, marks) for figure in figures),
        quotes=tuple(desk.quote(story, quote, with_speaker=True) for quote in quotes),
    )


def _draw_figure(desk: Desk, story: Story, figure: Figure, marks: dict[tuple[str, float], str]) -> FigureView:
    found = desk.sentence(story, figure.paragraph, figure.start, figure.text)
    mark = marks[fold(figure.unit), float(figure.value)]
    return FigureView(text=figure.text, href=found.href if found else None, mark=mark)


def _draw_doubts(desk: Desk, event: ArchiveEvent) -> tuple[Doubt, ...]:
    found = []
    for other in event.perhaps_same:
        row = desk.index.events.get(other.id)
        if row:
            found.append(Doubt(link=Link(text=row.name, href=desk.link(page_path(row.id))), reason=other.reason))
    return tuple(found)
