"""The page of a story: its text, beside it what it says about whom, below it where it comes from."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.model import Entity, EntityKind, Event, Story
from alibaba_news.renderer.citing import CitationView, draw_citation
from alibaba_news.renderer.index import MANY
from alibaba_news.renderer.links import keep_web, page_path
from alibaba_news.renderer.views.body import CaptionView, ParagraphView, draw_body, draw_captions, find_links
from alibaba_news.renderer.views.copies import CopyView, draw_copies
from alibaba_news.renderer.views.cut import CutView, draw_cut
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.nearby import NeighbourView, RelatedView, draw_neighbours, draw_related
from alibaba_news.renderer.views.parts import DateView, Frame, Link, QuoteView
from alibaba_news.renderer.words import begin_line


class EntityNote(Struct, frozen=True, kw_only=True):
    """An entity beside the text: its page, its roles with their sentences, other forms of the name, how they were joined.

    ``said`` leads to its quotes: the number of the sentence, in the note from what it is inferred who speaks.
    """

    link: Link
    roles: tuple[Link, ...]
    said: tuple[Link, ...]
    also: tuple[str, ...]
    evidence: str


class EventNote(Struct, frozen=True, kw_only=True):
    link: Link
    date: DateView
    place: str | None
    evidence: str
    candidates: tuple[str, ...]
    sentence: Link | None
    elsewhere: str  # "also in 1 other story", "also in at least 30 other stories", empty where it is in none


class Notice(Struct, frozen=True, kw_only=True):
    """A correction or a reply: its day, its text, where a reply stands."""

    date: str
    text: str
    url: str | None


class StoryView(Struct, frozen=True, kw_only=True):
    """``lang`` only where the text is not in the page's language; ``withdrawn`` replaces the text."""

    page: Frame
    title: str
    title_inferred: bool
    lang: str | None
    outlet: Link
    dateline: str | None
    authors: str
    editors: str
    date: DateView
    date_evidence: str
    date_candidates: tuple[str, ...]
    url: str | None
    corrections: tuple[Notice, ...]
    replies: tuple[Notice, ...]
    withdrawn: Notice | None
    captions: tuple[CaptionView, ...]
    body: tuple[ParagraphView, ...]
    excerpt: bool
    people: tuple[EntityNote, ...]
    organizations: tuple[EntityNote, ...]
    places: tuple[EntityNote, ...]
    products: tuple[EntityNote, ...]
    events: tuple[EventNote, ...]
    figures: tuple[Link, ...]
    open_quotes: tuple[QuoteView, ...]
    open_dates: tuple[Link, ...]
    cut: tuple[CutView, ...]
    cut_lines: int
    file: str
    sha256: str
    retrieved: str | None
    record: str
    copies: tuple[CopyView, ...]
    cite: CitationView
    related: tuple[RelatedView, ...]
    older: NeighbourView | None
    newer: NeighbourView | None


def draw_story(desk: Desk, frame: Frame, story: Story) -> StoryView:
    """Everything the page of one story shows."""
    outlet = desk.index.outlets.get(story.slug)
    date = desk.date(story, "full")
    older, newer = draw_neighbours(desk, story)
    links = find_links(desk, story)
    return StoryView(
        page=frame,
        title=story.title,
        title_inferred=story.title_origin != "stated",
        lang=desk.lang(story),
        outlet=Link(text=desk.outlet_name(story), href=desk.link(page_path(outlet.id)) if outlet else None),
        dateline=story.dateline,
        authors=", ".join(story.authors),
        editors=", ".join(story.editors),
        date=replace(date, text=begin_line(date.text)),
        date_evidence=story.date_evidence,
        date_candidates=tuple(map(desk.plain_date, story.date_candidates)),
        url=keep_web(story.url),
        corrections=tuple(Notice(date=desk.plain_date(c.date), text=c.text, url=None) for c in story.corrections),
        replies=tuple(Notice(date=desk.plain_date(r.date), text=r.text, url=keep_web(r.url)) for r in story.replies),
        withdrawn=_draw_withdrawal(desk, story),
        captions=draw_captions(story, links),
        body=draw_body(desk, story, links),
        excerpt=not desk.settings.full_text,
        people=_draw_notes(desk, story, "people"),
        organizations=_draw_notes(desk, story, "organizations"),
        places=_draw_notes(desk, story, "places"),
        products=_draw_notes(desk, story, "products"),
        events=tuple(_draw_event(desk, story, event) for event in story.events if event.id in desk.index.events),
        figures=_draw_figures(desk, story),
        open_quotes=tuple(desk.quote(story, q, with_speaker=True) for q in story.quotes if q.speaker is None),
        open_dates=_draw_open_dates(desk, story),
        cut=draw_cut(desk.words, story.source.cut),
        cut_lines=len(story.source.cut),
        file=story.source.file,
        sha256=story.source.sha256,
        retrieved=desk.plain_date(story.retrieved) if story.retrieved else None,
        record=desk.link(f"stories/{story.slug}/index.md"),
        copies=draw_copies(desk, story),
        cite=draw_citation(desk, story),
        related=draw_related(desk, story),
        older=older,
        newer=newer,
    )


def _draw_withdrawal(desk: Desk, story: Story) -> Notice | None:
    if story.withdrawn is None:
        return None
    return Notice(date=desk.plain_date(story.withdrawn.date), text=story.withdrawn.reason, url=None)


def _draw_notes(desk: Desk, story: Story, kind: EntityKind) -> tuple[EntityNote, ...]:
    return tuple(_draw_note(desk, story, entity) for entity in getattr(story, kind))


def _draw_note(desk: Desk, story: Story, entity: Entity) -> EntityNote:
    link = desk.entity(entity.id) or Link(text=entity.name)
    roles = []
    for role in entity.roles:
        found = desk.sentence(story, role.paragraph, role.start, role.text)
        roles.append(Link(text=role.text, href=found.href if found else None))
    also = tuple(form for form in dict.fromkeys((entity.name, *entity.aliases)) if form != link.text)
    return EntityNote(
        link=link, roles=tuple(roles), said=_draw_said(desk, story, entity.id), also=also, evidence=entity.evidence
    )


def _draw_said(desk: Desk, story: Story, key: str) -> tuple[Link, ...]:
    """A sentence with a printed and an inferred speaker counts as printed."""
    found: dict[str, Link] = {}
    for quote in story.quotes:
        place = desk.sentence(story, quote.paragraph, quote.start, quote.text) if quote.speaker == key else None
        if place is None or place.href is None:
            continue
        number = place.href.rpartition("#s")[2]
        inferred = desk.word_inference(story, quote)
        if place.href not in found or not inferred:
            text = number if number.isdecimal() else place.text
            found[place.href] = Link(text=text, href=place.href, note=inferred)
    return tuple(found.values())


def _draw_event(desk: Desk, story: Story, event: Event) -> EventNote:
    settled = desk.index.events[event.id]
    others = desk.index.others[event.id]
    elsewhere = "story.elsewhere" if others < MANY else "story.elsewhere_many"
    return EventNote(
        link=Link(text=settled.name, href=desk.link(page_path(event.id))),
        date=desk.when(event),
        place=desk.place_name(event.place),
        evidence=event.evidence,
        candidates=tuple(map(desk.plain_date, event.candidates)),
        sentence=desk.sentence(story, event.paragraph, event.offset),
        elsewhere=desk.words.n(elsewhere, others) if others else "",
    )


def _draw_figures(desk: Desk, story: Story) -> tuple[Link, ...]:
    found = []
    for figure in story.figures:
        place = desk.sentence(story, figure.paragraph, figure.start, figure.text)
        found.append(Link(text=figure.text, href=place.href if place else None))
    return tuple(dict.fromkeys(found))


def _draw_open_dates(desk: Desk, story: Story) -> tuple[Link, ...]:
    found = []
    for date in story.dates:
        if date.value is None:
            place = desk.sentence(story, date.paragraph, date.start, date.text)
            note = ", ".join(map(desk.plain_date, date.candidates))
            found.append(Link(text=date.text, href=place.href if place else None, note=note))
    return tuple(dict.fromkeys(found))
