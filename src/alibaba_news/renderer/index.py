"""Archive -> what the pages look up again and again, worked out once: who speaks where, which outlet, how often, when."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from alibaba_news.model import ENTITY_KINDS, Archive, ArchiveEntity, ArchiveEvent, Event, Outlet, Quote, Story, StoryCopy
from alibaba_news.renderer.dates import parse_moment
from alibaba_news.renderer.gaps import Gap, collect_gaps, count_sections
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.moments import Dated, collect_moments


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Look-ups over an archive. Quotes and events are by entity id; years count an entity's mentions."""

    archive: Archive
    stories: dict[str, Story]
    position: dict[str, int]  # of a story in the archive, newest first
    entities: dict[str, ArchiveEntity]
    events: dict[str, ArchiveEvent]
    outlets: dict[str, Outlet]  # by story slug
    quotes: dict[str, list[tuple[str, Quote]]]  # (story slug, quote), newest story first
    events_of: dict[str, list[str]]
    mentions: Counter[str]
    years: dict[str, Counter[int]]
    events_by_date: tuple[ArchiveEvent, ...]  # newest first, those without a date last
    moments: dict[int, tuple[Dated, ...]]  # by year, oldest first
    gaps: tuple[Gap, ...]
    gap_sections: tuple[tuple[str, int, int], ...]  # (section, place of its first gap, how many)
    year_range: tuple[int, int]  # the first and last year of the dated stories; (0, 0) without any
    copies: dict[str, tuple[StoryCopy, ...]]  # by story slug
    event_origin: dict[str, str]  # "stated" where one account prints the date, else "inferred"

    def count_everything(self) -> int:
        """How many stories, entities and events there are."""
        return len(self.stories) + len(self.entities) + len(self.events)

    def list_everything(self) -> list[tuple[str, str, str]]:
        """(kind, name, path) of every story, entity and event, in that order."""
        found = [("stories", story.title, page_path(f"stories/{story.slug}")) for story in self.archive.stories]
        found += [(row.id.partition("/")[0], row.name, page_path(row.id)) for row in self.entities.values()]
        found += [("events", event.name, page_path(event.id)) for event in self.archive.events]
        return found

    @property
    def span(self) -> str:
        """The years of the dated stories, "2016–2019"; empty without any."""
        first, last = self.year_range
        return f"{first}–{last}" if first != last else str(first or "")

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
    gaps = collect_gaps(archive)
    index = Index(
        archive=archive,
        stories={story.slug: story for story in archive.stories},
        position={story.slug: nth for nth, story in enumerate(archive.stories)},
        entities={row.id: row for kind in ENTITY_KINDS for row in getattr(archive, kind)},
        events={event.id: event for event in archive.events},
        outlets={slug: outlet for outlet in archive.outlets for slug in outlet.stories},
        quotes={},
        events_of={},
        mentions=Counter(),
        years={},
        events_by_date=_sort_events(archive.events),
        moments=collect_moments(archive),
        gaps=gaps,
        gap_sections=count_sections(gaps),
        year_range=_find_years(archive),
        copies={row.story: row.copies for row in archive.copies},
        event_origin={},
    )
    for story in archive.stories:
        _add_story(index, story)
    for event in sorted(archive.events, key=lambda e: (e.start or "9999", e.id)):
        for key in dict.fromkeys((*event.people, *event.organizations, index.place_of(event))):
            if key:
                index.events_of.setdefault(key, []).append(event.id)
    return index


def _find_years(archive: Archive) -> tuple[int, int]:
    years = [moment.year for moment in (parse_moment(story.date) for story in archive.stories) if moment]
    return (min(years), max(years)) if years else (0, 0)


def _sort_events(events: tuple[ArchiveEvent, ...]) -> tuple[ArchiveEvent, ...]:
    by_id = sorted(events, key=lambda e: e.id)
    return tuple(sorted(by_id, key=lambda e: e.start or "", reverse=True))


def _add_story(index: Index, story: Story) -> None:
    moment = parse_moment(story.date)
    for entity in story.entities().values():
        # An editor may name somebody whom the text does not: one mention, by the editor.
        count = max(len(entity.mentions), 1)
        index.mentions[entity.id] += count
        if moment:
            index.years.setdefault(entity.id, Counter())[moment.year] += count
    for quote in story.quotes:
        if quote.speaker:
            index.quotes.setdefault(quote.speaker, []).append((story.slug, quote))
    for event in story.events:
        if event.origin == "stated" or event.id not in index.event_origin:
            index.event_origin[event.id] = event.origin
