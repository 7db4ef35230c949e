"""Stories as their own texts give them -> Resolution: the archive with final ids, and what is wrong or worth knowing.

The steps in order: settle open years, hide withheld names, empty withdrawn stories, give addresses, find who is who, which
stories are copies of one text and which event is which, point every reference at what was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.archive.addresses import address_clusters, address_stories, locate, name_place
from alibaba_news.archive.backlinks import (
    address_events,
    find_same_text,
    gather_event_doubts,
    make_entity,
    make_event,
    make_outlets,
    newest_first,
    oldest_first,
)
from alibaba_news.archive.clusters import Cluster
from alibaba_news.archive.copies import TextPair, find_copies, number_texts
from alibaba_news.archive.differences import describe_copies
from alibaba_news.archive.events import EventCluster, join_events
from alibaba_news.archive.identity import join_entities
from alibaba_news.archive.joins import list_event_joins, list_joins
from alibaba_news.archive.judging import Judge, check_stories
from alibaba_news.archive.likeness import find_doubts
from alibaba_news.archive.rewrite import rewrite_stories
from alibaba_news.archive.settle import settle_open_dates
from alibaba_news.archive.shingles import Fingerprint, take_fingerprint
from alibaba_news.archive.withdraw import strip_withdrawn
from alibaba_news.archive.withhold import share_withheld, withhold_names
from alibaba_news.diagnostics import Diagnostic, sort_diagnostics
from alibaba_news.model import ENTITY_KINDS, Archive, ArchiveEntity, ArchiveEvent, Event, Story
from alibaba_news.text import fold
from alibaba_news.world import World

Clusters = Mapping[str, Sequence[Cluster]]
Copies = dict[int, list[TextPair]]
# Who finds the copies while this process goes on: given the question, a function that gives the answer.
Aside = Callable[[Callable[[], Copies]], Callable[[], Copies]]


class Resolution(Struct, frozen=True, kw_only=True):
    """The archive; ``diagnostics`` name an editor's slug given twice (errors) and files of the same text (warnings)."""

    archive: Archive
    diagnostics: tuple[Diagnostic, ...] = ()


def resolve(
    stories: tuple[Story, ...],
    world: World,
    prints: Sequence[Fingerprint | None] | None = None,
    *,
    aside: Aside = lambda question: question,
) -> Resolution:
    """Who is who and which event is which in all stories. Never raises; the order of the stories given does not matter.

    ``prints`` are the stories' fingerprints, where whoever read them has taken them already. ``aside`` may have another
    process find the copies, which takes a third of the time and needs nothing but the prints.
    """
    taken = [take_fingerprint(story.body) for story in stories] if prints is None else prints
    # Only what stands in a file may decide: the same files in another order give the same archive.
    settled = share_withheld(settle_open_dates(stories, world))
    rows = sorted(zip(settled, taken, strict=True), key=lambda row: _order(row[0]))
    # A link to a copy would tell the name that an editor withholds: such a story is compared with none.
    compared = [None if story.withhold or story.withdrawn else found for story, found in rows]
    take_copies = aside(partial(find_copies, compared))
    ordered = tuple(story for story, _ in rows)
    shown = [strip_withdrawn(withhold_names(story, world)) for story in ordered]
    addressed, problems = address_stories(shown)
    judges = {kind: Judge(kind, addressed, world) for kind in (*ENTITY_KINDS, "events")}
    clusters = _join_all(addressed, world, judges)
    named = rewrite_stories(addressed, clusters, world)
    names = {c.id: c.name for kind in ENTITY_KINDS for c in clusters[kind]}
    ranks = {position: rank for rank, position in enumerate(oldest_first(named))}
    kinds = _make_entities(named, clusters, ranks, world, judges)
    joins = list_joins(clusters["people"], named)
    copies = take_copies()  # whatever needs none of them stands above: it is done while another process finds them
    events = join_events(named, names, world, number_texts(len(named), copies), judges["events"])
    address_events(events, named)
    final = _point_events(named, events)
    event_doubts = gather_event_doubts(events)
    happenings = [make_event(c, final, ranks, event_doubts.get(c.id, ()), world) for c in events]
    same_text = find_same_text(final)
    archive = Archive(
        stories=newest_first(final),
        events=tuple(sorted(happenings, key=_by_name)),
        outlets=make_outlets(final, ranks),
        copies=describe_copies(final, copies),
        joins=(*joins, *list_event_joins(events, final)),
        same_text=tuple(sorted(tuple(sorted(s.slug for s in group)) for group in same_text)),
        **kinds,
    )
    notes = (*problems, *check_stories(final, world), *_note_same_text(same_text))
    return Resolution(archive=archive, diagnostics=sort_diagnostics(notes))


def _order(story: Story) -> tuple[str, str, str]:
    return story.source.file, story.source.sha256, story.slug


def _join_all(stories: Sequence[Story], world: World, judges: Mapping[str, Judge]) -> Clusters:
    clusters: dict[str, list[Cluster]] = {kind: join_entities(kind, stories, world, judges[kind]) for kind in ENTITY_KINDS}
    for rows in clusters.values():
        address_clusters(rows, stories)
    return clusters


def _point_events(stories: Sequence[Story], clusters: Sequence[EventCluster]) -> tuple[Story, ...]:
    """Stories whose events bear the final ids, in their order."""
    found: list[list[Event]] = [[] for _ in stories]
    ids = {(a.position, id(a.event)): cluster.id for cluster in clusters for a in cluster.accounts}
    for position, story in enumerate(stories):
        kept: dict[str, Event] = {}
        for event in story.events:
            final = ids[position, id(event)]
            kept.setdefault(final, event if event.id == final else replace(event, id=final))
        found[position] = list(kept.values())
    return tuple(replace(s, events=tuple(e)) if tuple(e) != s.events else s for s, e in zip(stories, found, strict=True))


def _make_entities(
    stories: Sequence[Story], clusters: Clusters, ranks: Mapping[int, int], world: World, judges: Mapping[str, Judge]
) -> dict[str, tuple[ArchiveEntity, ...]]:
    kinds: dict[str, tuple[ArchiveEntity, ...]] = {}
    for kind, rows in clusters.items():
        doubts = find_doubts(rows, world, judges[kind])
        kinds[kind] = tuple(sorted((make_entity(c, stories, ranks, doubts.get(c.id, ())) for c in rows), key=_by_name))
    return kinds


def _by_name(row: ArchiveEntity | ArchiveEvent) -> tuple[str, str]:
    return fold(row.name), row.id


def _note_same_text(groups: Iterable[Sequence[Story]]) -> list[Diagnostic]:
    notes = []
    for group in groups:
        path, line = locate(group[0])
        others = ", ".join(dict.fromkeys(name_place(locate(story)) for story in group[1:]))
        notes.append(
            Diagnostic(
                path=path,
                line=line,
                message=f"holds the same text as {others}; they stay separate stories.",
                hint="Remove all but one of them if they are one article.",
                severity="warning",
            )
        )
    return notes
