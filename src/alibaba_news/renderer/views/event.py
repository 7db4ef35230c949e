"""The page of an event: when, where, who, and what each paper says about it, side by side."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from alibaba_news.model import ArchiveEvent, Figure, Story
from alibaba_news.renderer.accounts import Account, Comparison, Spot, find_account, key_days, key_figure
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.views.counts import count_event_pages, slice_page
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.entity import Doubt
from alibaba_news.renderer.views.mapping import MapView, draw_map
from alibaba_news.renderer.views.parts import DateView, Frame, Link, Pager, QuoteView, StoryLine

COLUMNS = 3  # accounts beside each other before a new row of them begins
_MOST_FIGURES = 12
_MOST_QUOTES = 6
_MOST_PAPERS = 8
_LONGEST = 320  # letters of a sentence that a column holds


class FigureView(Struct, frozen=True, kw_only=True):
    """A figure with its sentence; ``mark`` is ``same``, ``differs`` or empty against the other accounts."""

    text: str
    href: str | None
    mark: str


class AccountView(Struct, frozen=True, kw_only=True):
    """One paper's account. ``figures`` and ``quotes`` stand in the part of the story that reports the event.

    ``sentence`` is the sentence itself; ``date_mark`` and ``place_mark`` as a figure's; ``more`` counts what is left out.
    """

    outlet: str
    story: StoryLine
    sentence: Link | None
    where: Link | None
    date: DateView
    date_mark: str
    evidence: str
    candidates: tuple[str, ...]
    place: str | None
    place_mark: str
    who: tuple[Link, ...]
    figures: tuple[FigureView, ...]
    more_figures: str
    quotes: tuple[QuoteView, ...]
    more_quotes: str


class EventView(Struct, frozen=True, kw_only=True):
    """``rows`` holds the accounts in rows of at most three columns."""

    page: Frame
    kind_label: Link
    name: str
    date: DateView
    place: tuple[Link, ...]  # part by part
    map: MapView | None
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
    comparison = desk.index.comparisons[event.id]
    slugs = slice_page(event.stories, number, desk.settings.page_size)
    accounts = [a for slug in slugs if (a := find_account(desk.index.stories[slug], event.id)) is not None]
    views = [draw_account(desk, account, comparison) for account in accounts]
    own_reasons = {account.event.evidence for account in accounts}  # stand beside each date already
    return EventView(
        page=frame,
        kind_label=Link(text=desk.words.t("kind.events"), href=desk.link("events/index.html")),
        name=event.name,
        date=desk.when(event, "full"),
        place=tuple(_link_spot(desk, spot) for spot in comparison.spots),
        map=_draw_place(desk, comparison) if number == 1 else None,
        people=tuple(filter(None, map(desk.entity, event.people))),
        organizations=tuple(filter(None, map(desk.entity, event.organizations))),
        summary=_count_voices(desk, event, comparison),
        evidence=tuple(line for line in event.evidence if line not in own_reasons),
        doubts=_draw_doubts(desk, event),
        copies=tuple(_name_text(desk, text) for text in comparison.texts if len(text) > 1 and not set(text).isdisjoint(slugs)),
        rows=tuple(tuple(views[at : at + COLUMNS]) for at in range(0, len(views), COLUMNS)),
        pager=desk.pager(event.id, number, count_event_pages(event, desk.settings.page_size)),
    )


def draw_account(desk: Desk, account: Account, comparison: Comparison) -> AccountView:
    """One story's account of an event, ready for its column."""
    story, event, days = account.story, account.event, key_days(account.event)
    figures = tuple(dict.fromkeys(_draw_figure(desk, story, figure, comparison) for figure in account.figures))
    rest, unsaid = len(figures) - _MOST_FIGURES, len(account.quotes) - _MOST_QUOTES
    return AccountView(
        outlet=desk.outlet_name(story),
        story=desk.story_line(story),
        sentence=_draw_sentence(desk, account),
        where=desk.sentence(story, event.paragraph, event.offset),
        date=desk.when(event, "long"),
        date_mark=comparison.days.get(days, "") if days else "",
        evidence=event.evidence,
        candidates=tuple(map(desk.plain_date, event.candidates)),
        place=desk.place_name(event.place),
        place_mark=comparison.places.get(event.place or "", ""),
        who=tuple(filter(None, map(desk.entity, dict.fromkeys((*event.people, *event.organizations))))),
        figures=figures[:_MOST_FIGURES],
        more_figures=desk.words.n("event.more_figures", rest) if rest > 0 else "",
        quotes=tuple(desk.quote(story, quote, with_speaker=True) for quote in account.quotes[:_MOST_QUOTES]),
        more_quotes=desk.words.n("event.more_quotes", unsaid) if unsaid > 0 else "",
    )


def _draw_sentence(desk: Desk, account: Account) -> Link | None:
    """The sentence or caption that reports the event, cut at a word where it is too long; None where it is the headline."""
    story, event = account.story, account.event
    text = story.texts().get(event.paragraph, "") if event.paragraph else ""
    if not text:
        return None
    start, end = 0, len(text)
    if isinstance(event.paragraph, int):
        spans = desk.anchors.paragraphs(story)[event.paragraph - 1].spans
        start, end = next(((a, b) for a, b in spans if a <= (event.offset or 0) < b), (start, end))
        if event.offset is None and len(spans) > 1:
            return None
    shown = text[start:end] if end - start <= _LONGEST else text[start : start + _LONGEST].rsplit(" ", 1)[0] + " …"
    return Link(text=shown)


def _draw_figure(desk: Desk, story: Story, figure: Figure, comparison: Comparison) -> FigureView:
    found = desk.sentence(story, figure.paragraph, figure.start, figure.text)
    mark = comparison.figures.get(key_figure(figure), "")
    return FigureView(text=figure.text, href=found.href if found else None, mark=mark)


def _link_spot(desk: Desk, spot: Spot) -> Link:
    return Link(text=spot.text, href=desk.link(page_path(spot.id)) if spot.id else None)


def _draw_place(desk: Desk, comparison: Comparison) -> MapView | None:
    """The first part of the place that is known on the map, under its own name: a hotel's town rather than the hotel."""
    rows = (desk.index.entities[spot.id] for spot in comparison.spots if spot.id)
    return next((draw_map(desk, row.name, row.coordinates) for row in rows if row.coordinates), None)


def _count_voices(desk: Desk, event: ArchiveEvent, comparison: Comparison) -> str:
    """How many stories, and how many texts they are where some are copies."""
    stories = desk.words.n("count.stories", len(event.stories))
    texts = len(comparison.texts)
    return f"{stories}, {desk.words.n('event.voices', texts)}" if texts < len(event.stories) else stories


def _name_text(desk: Desk, text: Iterable[str]) -> str:
    slugs = tuple(text)
    papers = list(dict.fromkeys(desk.outlet_name(desk.index.stories[slug]) for slug in slugs))
    named = ", ".join(papers[:_MOST_PAPERS])
    if len(papers) > _MOST_PAPERS:
        named = desk.words.t("event.more_papers", papers=named, count=desk.words.number(len(papers) - _MOST_PAPERS))
    return desk.words.t("event.one_text", count=desk.words.number(len(slugs)), papers=named)


def _draw_doubts(desk: Desk, event: ArchiveEvent) -> tuple[Doubt, ...]:
    found = []
    for other in event.perhaps_same:
        row = desk.index.events.get(other.id)
        if row:
            found.append(Doubt(link=Link(text=row.name, href=desk.link(page_path(row.id))), reason=other.reason))
    return tuple(found)
