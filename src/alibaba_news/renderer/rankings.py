"""Archive -> what stands out in it: the names most written about, the stories that share most with others."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from alibaba_news.model import ENTITY_KINDS, Archive, ArchiveEntity

MOST_NAMES = 24  # of a kind: more do not fit on one screen
MOST_STORIES = 12
EVENT_WEIGHT = 5  # a story that tells of the same happening is nearer than one that drops the same name


class Ties(Struct, frozen=True, kw_only=True):
    """What a story has in common with others: events that others report too, names that others bear too."""

    events: int = 0
    names: int = 0

    @property
    def weight(self) -> int:
        """How strongly it is tied, for ranking."""
        return self.names + EVENT_WEIGHT * self.events


class Rankings(Struct, frozen=True, kw_only=True):
    """``names``: ids by kind (outlets and events too), most stories first; ``stories``: slugs, most tied first; both capped."""

    names: Mapping[str, tuple[str, ...]]
    stories: tuple[str, ...]
    ties: Mapping[str, Ties]


def rank_archive(archive: Archive, mentions: Counter[str]) -> Rankings:
    """The rankings; of two alike the one with more mentions, then the one that stands first in the alphabet."""
    names: dict[str, tuple[str, ...]] = {}
    for kind in ENTITY_KINDS:
        rows = getattr(archive, kind)
        best = heapq.nsmallest(MOST_NAMES, rows, key=lambda r: _rank(r, mentions[r.id]))
        names[kind] = tuple(row.id for row in best)
    outlets = heapq.nsmallest(MOST_NAMES, archive.outlets, key=lambda o: (-len(o.stories), o.name, o.id))
    events = heapq.nsmallest(MOST_NAMES, archive.events, key=lambda e: (-len(e.stories), -len(e.people), e.start or "", e.id))
    names |= {"outlets": tuple(row.id for row in outlets), "events": tuple(row.id for row in events)}
    ties = collect_ties(archive)
    tied = (slug for slug, found in ties.items() if found.weight)
    best = heapq.nsmallest(MOST_STORIES, tied, key=lambda slug: (-ties[slug].weight, slug))
    return Rankings(names=names, stories=tuple(best), ties=ties)


def _rank(row: ArchiveEntity, mentions: int) -> tuple[int, int, str, str]:
    return -len(row.stories), -mentions, row.name, row.id


def rerank_names(
    ids: Sequence[str], rows: Mapping[str, ArchiveEntity], before: Mapping[str, int], after: Mapping[str, int]
) -> tuple[str, ...] | None:
    """The ranked ``ids`` of a kind, where some of it have ``after`` other numbers of mentions than ``before``.

    None where one may have come in of which nothing has changed.
    """
    ranks = {key: _rank(rows[key], after.get(key, before[key])) for key in {*ids, *after}}
    ranked = sorted(ranks, key=ranks.__getitem__)[:MOST_NAMES]
    if len(ids) == MOST_NAMES and ranks[ranked[-1]] > _rank(rows[ids[-1]], before[ids[-1]]):
        return None
    return tuple(ranked)


def collect_ties(archive: Archive) -> Mapping[str, Ties]:
    """By slug; what is withdrawn has none."""
    shared = {row.id for kind in ENTITY_KINDS for row in getattr(archive, kind) if len(row.stories) > 1}
    reported = {event.id for event in archive.events if len(event.stories) > 1}
    return {
        story.slug: Ties(
            events=len(reported.intersection(event.id for event in story.events)),
            names=len(shared.intersection(e.id for kind in ENTITY_KINDS for e in getattr(story, kind))),
        )
        for story in archive.stories
        if not story.withdrawn
    }
