"""Archive -> what the pages look up again and again, worked out once: who speaks where, which outlet, how often, when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from alibaba_news.model import (
    ENTITY_KINDS,
    Archive,
    ArchiveEntity,
    ArchiveEvent,
    Entity,
    Event,
    Outlet,
    Quote,
    Story,
    StoryCopy,
)
from alibaba_news.renderer.accounts import Comparison, compare_accounts
from alibaba_news.renderer.company import Company, Form, collect_forms, find_neighbours, gather_company, list_days, order_lives
from alibaba_news.renderer.dates import parse_moment, word_years
from alibaba_news.renderer.days import Calendar, collect_days
from alibaba_news.renderer.entries import Feeding, collect_feeding
from alibaba_news.renderer.gaps import Gap, collect_gaps, count_sections
from alibaba_news.renderer.moments import Dated, collect_moments
from alibaba_news.renderer.on_demand import OnDemand
from alibaba_news.renderer.outlet_facts import OutletFacts, collect_outlet_facts
from alibaba_news.renderer.rankings import Rankings, rank_archive
from alibaba_news.renderer.related import Related, relate_stories
from alibaba_news.renderer.search.layout import SearchPlan, collect_search
from alibaba_news.renderer.shelves import Shelf, collect_names, collect_shelves
from alibaba_news.renderer.tallies import Tallies, tally_archive

MANY = 20  # stories: from here on nobody asks how many exactly


class Index(Struct, frozen=True, kw_only=True):
    """Look-ups over an archive. Quotes and events are by entity id; years count an entity's mentions."""

    archive: Archive
    stories: Mapping[str, Story]
    position: Mapping[str, int]  # of a story in the archive, newest first
    entities: Mapping[str, ArchiveEntity]
    events: Mapping[str, ArchiveEvent]
    outlets: Mapping[str, Outlet]  # by story slug
    quoted: Mapping[str, Sequence[str]]  # of each quote its story's slug, newest story first
    quotes: Mapping[str, tuple[tuple[str, Quote], ...]]  # the same with the quotes
    events_of: Mapping[str, Sequence[str]]
    mentions: Mapping[str, int]
    years: Mapping[str, Mapping[int, int]]
    events_by_date: tuple[ArchiveEvent, ...]  # newest first, those without a date last
    moments: Mapping[int, tuple[Dated, ...]]  # by year, oldest first
    gaps: tuple[Gap, ...]
    gap_sections: tuple[tuple[str, int, int], ...]  # (section, place of its first gap, how many)
    year_range: tuple[int, int]  # the first and last year of the dated stories; (0, 0) without any
    copies: Mapping[str, tuple[StoryCopy, ...]]  # by story slug
    event_origin: Mapping[str, str]  # "stated" where one account prints the date, else "inferred"
    others: Mapping[str, int]  # by event id, how many more stories each of its stories finds; of many only the leading digit
    calendar: Calendar  # stories and events by the day of the year
    shelves: Mapping[str, tuple[Shelf, ...]]  # where the years and letters of each list begin
    by_name: Mapping[str, tuple[str, ...]]  # the ids of each kind and of the outlets in the order of the alphabet
    outlet_facts: Mapping[str, OutletFacts]
    rankings: Rankings
    search: SearchPlan
    tallies: Tallies
    feeding: Feeding
    neighbours: Mapping[str, tuple[str | None, str | None]]  # older and newer, by slug; undated stories have none
    related: Mapping[str, tuple[Related, ...]]  # by slug
    company: Mapping[str, Company]  # by entity id
    forms: Mapping[str, tuple[Form, ...]]  # of names, by entity id
    lives: Mapping[str, tuple[str, ...]]  # an entity's events (ids) and stories (slugs), oldest first
    comparisons: Mapping[str, Comparison]  # of accounts, by event id

    @property
    def span(self) -> str:
        """The years of the dated stories, "2016–2019"; empty without any."""
        return word_years([year for year in self.year_range if year])

    def year_path(self, year: int, size: int) -> str:
        """Where a year stands: on its own page in a large archive, else in the one page of the timeline."""
        split = sum(map(len, self.moments.values())) > size
        return f"timeline/{year}/index.html" if split else f"timeline/index.html#y{year}"

    def accounts(self, event: ArchiveEvent) -> list[tuple[Story, Event]]:
        """Each story that reports the event, with its own words about it."""
        found = []
        for slug in event.stories:
            story = self.stories[slug]
            found += [(story, own) for own in story.events if own.id == event.id][:1]
        return found

    def place_of(self, event: ArchiveEvent) -> str | None:
        """The id of the place of an event: given by id, or by a name that one of its stories has as a place."""
        if not event.place or event.place in self.entities:
            return event.place or None
        for slug in event.stories:
            for place in self.stories[slug].places:
                if event.place in (place.name, *place.aliases) and place.id in self.entities:
                    return place.id
        return None


def build_index(archive: Archive) -> Index:
    """Work out the look-ups in one pass over the stories and one over the events."""
    gaps, by_date = collect_gaps(archive), _sort_events(archive.events)
    origins = _find_event_origins(archive)
    mentions, years = _count_mentions(archive)
    stories = {story.slug: story for story in archive.stories}
    entities = {row.id: row for kind in ENTITY_KINDS for row in getattr(archive, kind)}
    events = {event.id: event for event in archive.events}
    copies = {row.story: row.copies for row in archive.copies}
    position = {slug: nth for nth, slug in enumerate(stories)}
    events_of: dict[str, list[str]] = {}
    quoted = _find_quoted(archive)
    index = Index(
        archive=archive,
        stories=stories,
        position=position,
        entities=entities,
        events=events,
        outlets={slug: outlet for outlet in archive.outlets for slug in outlet.stories},
        quoted=quoted,
        quotes=collect_quotes(stories, quoted),
        events_of=events_of,
        mentions=mentions,
        years=years,
        events_by_date=by_date,
        moments=collect_moments(archive),
        gaps=gaps,
        gap_sections=count_sections(gaps),
        year_range=_find_years(archive),
        copies=copies,
        event_origin=origins,
        others=count_others(events),
        calendar=collect_days(archive),
        shelves=collect_shelves(archive, by_date),
        by_name=collect_names(archive),
        outlet_facts=collect_outlet_facts(archive),
        rankings=rank_archive(archive, mentions),
        search=collect_search(archive),
        tallies=tally_archive(archive, origins),
        feeding=collect_feeding(archive, stories),
        neighbours=find_neighbours(archive.stories),
        related=relate_stories(stories, entities, events, copies),
        company=gather_company(stories, entities),
        forms=collect_forms(archive.stories, entities),
        lives=order_lives(entities, events, events_of, lambda row: list_days(stories, row)),
        comparisons=compare_accounts(stories, events, entities, copies),
    )
    for event in sorted(archive.events, key=lambda e: (e.start or "9999", e.id)):
        for key in dict.fromkeys((*event.people, *event.organizations, index.place_of(event))):
            if key:
                events_of.setdefault(key, []).append(event.id)
    return index


def collect_quotes(
    stories: Mapping[str, Story], quoted: Mapping[str, Sequence[str]]
) -> Mapping[str, tuple[tuple[str, Quote], ...]]:
    """By entity id: its quotes, each with the slug of its story; ``quoted`` as the index has it."""

    def collect(key: str) -> tuple[tuple[str, Quote], ...]:
        slugs = dict.fromkeys(quoted[key])
        return tuple((slug, quote) for slug in slugs for quote in stories[slug].quotes if quote.speaker == key)

    return OnDemand(quoted, collect)


def count_others(events: Mapping[str, ArchiveEvent]) -> Mapping[str, int]:
    """By event id: the number of its stories but one, from ``MANY`` on with zeros behind the leading digit.

    One more story about a well-reported event would otherwise change the pages of all others.
    """
    return OnDemand(events, lambda key: _round_down(len(events[key].stories) - 1))


def _round_down(count: int) -> int:
    scale = 10 ** (len(str(count)) - 1) if count >= MANY else 1
    return count // scale * scale


def _find_years(archive: Archive) -> tuple[int, int]:
    years = [moment.year for moment in (parse_moment(story.date) for story in archive.stories) if moment]
    return (min(years), max(years)) if years else (0, 0)


def _sort_events(events: tuple[ArchiveEvent, ...]) -> tuple[ArchiveEvent, ...]:
    by_id = sorted(events, key=lambda e: e.id)
    return tuple(sorted(by_id, key=lambda e: e.start or "", reverse=True))


def _count_mentions(archive: Archive) -> tuple[Counter[str], Mapping[str, Mapping[int, int]]]:
    """How often each entity is mentioned, in all and by year: going through the stories twice would take as long again."""
    mentions: Counter[str] = Counter()
    years: dict[str, dict[int, int]] = {}
    for story in archive.stories:
        moment = parse_moment(story.date)
        for key, entity in story.entities().items():
            own = count_own(entity)
            mentions[key] = mentions.get(key, 0) + own
            if moment:
                counts = years.setdefault(key, {})
                counts[moment.year] = counts.get(moment.year, 0) + own
    return mentions, years


def count_own(entity: Entity) -> int:
    """An editor may name somebody whom the text does not: one mention, by the editor."""
    return max(len(entity.mentions), 1)


def _find_event_origins(archive: Archive) -> dict[str, str]:
    found: dict[str, str] = {}
    for story in archive.stories:
        for event in story.events:
            if event.origin == "stated" or event.id not in found:
                found[event.id] = event.origin
    return found


def _find_quoted(archive: Archive) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for story in archive.stories:
        for quote in story.quotes:
            if quote.speaker:
                found.setdefault(quote.speaker, []).append(story.slug)
    return found
