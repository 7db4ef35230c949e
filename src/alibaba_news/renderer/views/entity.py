"""The page of a person, organization, place or product: every line leads to the sentence it was read in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from msgspec import Struct

from alibaba_news.model import ArchiveEntity, ArchiveEvent, Quote, ReportedRole, Story
from alibaba_news.renderer.accounts import find_account
from alibaba_news.renderer.company import find_own
from alibaba_news.renderer.dates import word_years
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.tracking import read_whole
from alibaba_news.renderer.views.circle import CircleView, draw_circle
from alibaba_news.renderer.views.counts import count_entity_pages, slice_page
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.mapping import MapView, draw_map, word_coordinates
from alibaba_news.renderer.views.parts import (
    Bar,
    DateView,
    EventLine,
    Frame,
    Link,
    Pager,
    QuoteView,
    RankedName,
    SourceLine,
    StoryLine,
)

MOST_ROLES = 40
_MOST_SENTENCES = 3
_MOST_ALSO = 6
_SCHEME = re.compile(r"https?://(?:www\.)?")


class FormView(Struct, frozen=True, kw_only=True):
    """A form of the name as printed, how often, and the sentence where it was met first."""

    text: str
    count: str
    sentence: Link | None


class RoleView(Struct, frozen=True, kw_only=True):
    """A role as reported, where it was reported last; ``times`` says how often where more than once."""

    text: str
    source: SourceLine
    times: str


class MentionLine(Struct, frozen=True, kw_only=True):
    """A story that names the entity, with the first sentences that do."""

    story: StoryLine
    count: str
    sentences: tuple[Link, ...]


class SpokenIn(Struct, frozen=True, kw_only=True):
    """What one story quotes of the entity."""

    story: StoryLine
    quotes: tuple[QuoteView, ...]


class LifeLine(Struct, frozen=True, kw_only=True):
    """One line of a life: an event with a sentence that reports it, or a story that names the entity."""

    date: DateView
    event: EventLine | None = None
    told: Link | None = None
    mention: MentionLine | None = None


class Doubt(Struct, frozen=True, kw_only=True):
    """Another page that may mean the same, and why it may."""

    link: Link
    reason: str


class Portrait(Struct, frozen=True, kw_only=True):
    """What is said of an entity as a whole, once: on the first part of its page."""

    forms: tuple[FormView, ...]
    roles: tuple[RoleView, ...]
    people: tuple[RankedName, ...]  # named in the same stories
    organizations: tuple[RankedName, ...]
    circle: CircleView | None
    bars: tuple[Bar, ...]
    bars_width: int
    bars_label: str
    evidence: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    same_as: tuple[Link, ...]
    coordinates: str
    map: MapView | None


class EntityView(Struct, frozen=True, kw_only=True):
    """``kind`` is the list it stands in; quotes and life are this part's slice. ``portrait`` is None from the second part on,
    where ``first`` leads back to it."""

    page: Frame
    kind: str
    kind_label: Link
    name: str
    also: tuple[str, ...]
    summary: str
    portrait: Portrait | None
    first: Link | None
    quotes: tuple[SpokenIn, ...]
    life: tuple[LifeLine, ...]
    pager: Pager | None


def draw_entity(desk: Desk, frame: Frame, row: ArchiveEntity, number: int) -> EntityView:
    """Everything one part of an entity's page shows; its cost is that of a part, however many there are."""
    size, kind = desk.settings.page_size, row.id.partition("/")[0]
    quotes = slice_page(desk.index.quotes.get(row.id, []), number, size)
    life = slice_page(desk.index.lives[row.id], number, size)
    counts = desk.words.n("count.stories", len(row.stories)), desk.words.n("count.mentions", desk.index.mentions[row.id])
    return EntityView(
        page=frame,
        kind=kind,
        kind_label=Link(text=desk.words.t(f"kind.{kind}"), href=desk.link(f"{kind}/index.html")),
        name=row.name,
        also=tuple(form for form in row.aliases if form != row.name)[:_MOST_ALSO],
        summary=" · ".join(filter(None, (", ".join(counts), word_years(desk.index.years.get(row.id, ()))))),
        portrait=_draw_portrait(desk, row) if number == 1 else None,
        first=Link(text=row.name, href=desk.link(page_path(row.id))) if number > 1 else None,
        quotes=_draw_quotes(desk, quotes),
        life=tuple(_draw_life(desk, key, row.id) for key in life),
        pager=desk.pager(row.id, number, count_entity_pages(desk.index, row, size)),
    )


def _draw_quotes(desk: Desk, quotes: Sequence[tuple[str, Quote]]) -> tuple[SpokenIn, ...]:
    found = []
    for slug, own in groupby(quotes, key=itemgetter(0)):
        story = desk.index.stories[slug]
        spoken = tuple(desk.quote(story, quote, with_speaker=False) for _, quote in own)
        found.append(SpokenIn(story=desk.story_line(story), quotes=spoken))
    return tuple(found)


def _draw_portrait(desk: Desk, row: ArchiveEntity) -> Portrait:
    line, company = desk.entity_line(row), desk.index.company[row.id]
    return Portrait(
        forms=_draw_forms(desk, row.id),
        roles=_draw_roles(desk, row),
        people=desk.rank(company.people),
        organizations=desk.rank(company.organizations),
        circle=draw_circle(desk, row.name, company),
        bars=line.bars,
        bars_width=line.bars_width,
        bars_label=line.bars_label,
        evidence=row.evidence,
        doubts=draw_doubts(desk, row),
        same_as=tuple(Link(text=_SCHEME.sub("", url), href=url) for url in row.same_as if _SCHEME.match(url)),
        coordinates=word_coordinates(desk, row.coordinates),
        map=draw_map(desk, row.name, row.coordinates),
    )


def draw_doubts(desk: Desk, row: ArchiveEntity) -> tuple[Doubt, ...]:
    """Other entities that may be the same one."""
    found = []
    for other in row.perhaps_same:
        link = desk.entity(other.id)
        if link:
            found.append(Doubt(link=link, reason=other.reason))
    return tuple(found)


def _draw_forms(desk: Desk, key: str) -> tuple[FormView, ...]:
    found = []
    for form in desk.index.forms[key]:
        sentence = desk.sentence(desk.index.stories[form.story], form.paragraph, form.start)
        found.append(FormView(text=form.text, count=desk.words.n("count.times", form.count), sentence=sentence))
    return tuple(found)


def _draw_life(desk: Desk, key: str, own: str) -> LifeLine:
    if "/" in key:  # an event's id; a story stands here by its slug
        event = desk.index.events[key]
        line = desk.event_line(event)
        return LifeLine(date=line.date, event=line, told=_find_report(desk, event))
    mention = _draw_mention(desk, desk.index.stories[key], own)
    return LifeLine(date=mention.story.date, mention=mention)


def _find_report(desk: Desk, event: ArchiveEvent) -> Link | None:
    """The sentence of the first story that reports an event, with the story's outlet as the note."""
    account = find_account(desk.index.stories[event.stories[0]], event.id) if event.stories else None
    if account is None:
        return None
    found = desk.sentence(account.story, account.event.paragraph, account.event.offset)
    return Link(text=found.text, href=found.href, note=desk.outlet_name(account.story)) if found else None


def _draw_roles(desk: Desk, row: ArchiveEntity) -> tuple[RoleView, ...]:
    """Each wording once, with its newest report; newest wording first."""
    by_text: dict[str, list[ReportedRole]] = {}
    for role in row.roles:
        by_text.setdefault(role.text, []).append(role)
    newest = sorted(by_text.values(), key=lambda roles: max((r.date or "", r.story) for r in roles), reverse=True)
    return tuple(_draw_role(desk, row.id, roles) for roles in newest[:MOST_ROLES])


def _draw_role(desk: Desk, key: str, roles: list[ReportedRole]) -> RoleView:
    role = max(roles, key=lambda r: (r.date or "", r.story))
    story = desk.index.stories[role.story]
    own = find_own(story, key)
    start = next((r.start for r in own.roles if r.text == role.text), None) if own else None
    times = desk.words.n("count.times", len(roles)) if len(roles) > 1 else ""
    return RoleView(text=role.text, source=desk.source(story, role.paragraph, start, role.text), times=times)


def _draw_mention(desk: Desk, story: Story, key: str) -> MentionLine:
    story = read_whole(story)
    own = find_own(story, key)
    mentions = own.mentions if own else ()
    anchors: dict[str, None] = {}
    for mention in mentions:
        # The headline above the line leads to the story already.
        anchor = desk.anchors.find(story, mention.paragraph, mention.start) if mention.paragraph != 0 else None
        if anchor is not None:
            anchors[anchor] = None
        if len(anchors) == _MOST_SENTENCES:
            break
    line, count = desk.story_line(story), desk.words.n("count.mentions", max(len(mentions), 1))
    sentences = tuple(Link(text=desk.name_anchor(anchor), href=f"{line.href}#{anchor}") for anchor in anchors)
    return MentionLine(story=line, count=count, sentences=sentences)
