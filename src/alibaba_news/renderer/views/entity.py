"""The page of a person, organization, place or product: every line leads to the sentence it was read in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from alibaba_news.model import ArchiveEntity, Entity, EntityKind, ReportedRole, Story
from alibaba_news.renderer.views.counts import count_entity_pages, slice_page
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import Bar, EventLine, Frame, Link, Pager, QuoteView, SourceLine, StoryLine

MOST_COMPANIONS = 12
_SCHEME = re.compile(r"https?://(?:www\.)?")
MOST_ROLES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleView:
    """A role as reported, where it was reported last; ``times`` says how often where more than once."""

    text: str
    source: SourceLine
    times: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionLine:
    """A story that names the entity, with the first sentences that do."""

    story: StoryLine
    count: str
    sentences: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """Somebody named in the same stories; ``width`` is the bar's share of 100."""

    link: Link
    count: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Another page that may mean the same, and why it may."""

    link: Link
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityView:
    """``kind`` is the list it stands in; stories, quotes and events are this part's slice of each."""

    page: Frame
    kind: str
    kind_label: Link
    name: str
    also: tuple[str, ...]
    summary: str
    bars: tuple[Bar, ...]
    bars_width: int
    bars_label: str
    evidence: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    same_as: tuple[Link, ...]
    coordinates: str
    roles: tuple[RoleView, ...]
    quotes: tuple[QuoteView, ...]
    events: tuple[EventLine, ...]
    stories: tuple[MentionLine, ...]
    people: tuple[Companion, ...]
    organizations: tuple[Companion, ...]
    pager: Pager | None


def draw_entity(desk: Desk, frame: Frame, row: ArchiveEntity, number: int) -> EntityView:
    """Everything one part of an entity's page shows."""
    size, kind = desk.settings.page_size, row.id.partition("/")[0]
    line = desk.entity_line(row)
    stories = [desk.index.stories[slug] for slug in reversed(row.stories)]
    company = stories if number == 1 else []  # said once; counting again for every part would be slow in large archives
    quotes = slice_page(desk.index.quotes.get(row.id, []), number, size)
    events = slice_page(desk.index.events_of.get(row.id, []), number, size)
    return EntityView(
        page=frame,
        kind=kind,
        kind_label=Link(text=desk.words.t(f"kind.{kind}"), href=desk.link(f"{kind}/index.html")),
        name=row.name,
        also=tuple(form for form in row.aliases if form != row.name),
        summary=" · ".join(filter(None, (line.counts, _word_span(desk, row)))),
        bars=line.bars,
        bars_width=line.bars_width,
        bars_label=line.bars_label,
        evidence=row.evidence,
        doubts=draw_doubts(desk, row),
        same_as=tuple(Link(text=_SCHEME.sub("", url), href=url) for url in row.same_as if _SCHEME.match(url)),
        coordinates=_word_coordinates(desk, row),
        roles=_draw_roles(desk, row),
        quotes=tuple(desk.quote(desk.index.stories[slug], quote, with_speaker=False) for slug, quote in quotes),
        events=tuple(desk.event_line(desk.index.events[key]) for key in events),
        stories=tuple(_draw_mention(desk, story, row.id) for story in slice_page(stories, number, size)),
        people=draw_companions(desk, company, "people", row.id),
        organizations=draw_companions(desk, company, "organizations", row.id),
        pager=desk.pager(row.id, number, count_entity_pages(desk.index, row, size)),
    )


def draw_doubts(desk: Desk, row: ArchiveEntity) -> tuple[Doubt, ...]:
    """Other entities that may be the same one."""
    found = []
    for other in row.perhaps_same:
        link = desk.entity(other.id)
        if link:
            found.append(Doubt(link=link, reason=other.reason))
    return tuple(found)


def draw_companions(desk: Desk, stories: list[Story], kind: EntityKind, own: str = "") -> tuple[Companion, ...]:
    """Who else the stories name, most stories first, at most twelve."""
    shared = Counter(e.id for story in stories for e in getattr(story, kind) if e.id != own and e.id in desk.index.entities)
    ranked = sorted(shared.items(), key=lambda pair: (-pair[1], desk.index.entities[pair[0]].name, pair[0]))[:MOST_COMPANIONS]
    most = ranked[0][1] if ranked else 1
    found = []
    for key, count in ranked:
        link = desk.entity(key)
        if link:
            width = max(4, round(100 * count / most))
            found.append(Companion(link=link, count=desk.words.n("count.stories", count), width=width))
    return tuple(found)


def _word_span(desk: Desk, row: ArchiveEntity) -> str:
    years = sorted(desk.index.years.get(row.id, ()))
    if not years:
        return ""
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def _word_coordinates(desk: Desk, row: ArchiveEntity) -> str:
    """Degrees to two places: a city, not a doorstep."""
    if row.coordinates is None:
        return ""
    latitude, longitude = row.coordinates
    north = desk.words.t("place.north" if latitude >= 0 else "place.south")
    east = desk.words.t("place.east" if longitude >= 0 else "place.west")
    numbers = (desk.words.number(round(abs(value), 2)) for value in (latitude, longitude))
    return "{}° {}, {}° {}".format(*(part for pair in zip(numbers, (north, east), strict=True) for part in pair))


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
    own = story.entities().get(key)
    start = next((r.start for r in own.roles if r.text == role.text), None) if own else None
    times = desk.words.n("count.times", len(roles)) if len(roles) > 1 else ""
    return RoleView(text=role.text, source=desk.source(story, role.paragraph, start, role.text), times=times)


def _draw_mention(desk: Desk, story: Story, key: str) -> MentionLine:
    own = story.entities().get(key) or Entity(id=key, name="")
    found = [desk.sentence(story, m.paragraph, m.start) for m in own.mentions if m.paragraph != 0]
    # The headline above the line leads to the story already.
    sentences = dict.fromkeys(filter(None, found))
    count = desk.words.n("count.mentions", max(len(own.mentions), 1))
    return MentionLine(story=desk.story_line(story), count=count, sentences=tuple(sentences)[:3])
