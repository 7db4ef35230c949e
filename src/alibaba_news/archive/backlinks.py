"""Clusters and rewritten stories -> the archive's rows: entities, events and outlets, each with the stories that lead to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from alibaba_news.archive.addresses import claim
from alibaba_news.archive.clusters import MOST_REASONS, Cluster
from alibaba_news.archive.events import EventCluster
from alibaba_news.archive.likeness import MOST_DOUBTS
from alibaba_news.archive.rewrite import place_order
from alibaba_news.archive.spots import read_spot
from alibaba_news.model import ArchiveEntity, ArchiveEvent, Event, Outlet, PerhapsSame, ReportedRole, Story
from alibaba_news.text import fold, make_slug
from alibaba_news.world import World, settle_outlet


def oldest_first(stories: Sequence[Story]) -> list[int]:
    """Positions of stories by date, undated ones last, then by slug."""
    return sorted(range(len(stories)), key=lambda i: (stories[i].date is None, stories[i].date or "", stories[i].slug))


def newest_first(stories: Sequence[Story]) -> tuple[Story, ...]:
    """The archive's order: by date, newest first, undated ones last, then by slug."""
    by_slug = sorted(stories, key=lambda s: s.slug)
    return tuple(sorted(by_slug, key=lambda s: (s.date is not None, s.date or ""), reverse=True))


def make_entity(
    cluster: Cluster, stories: Sequence[Story], ranks: Mapping[int, int], doubts: tuple[PerhapsSame, ...]
) -> ArchiveEntity:
    """A cluster's row. ``ranks`` orders the positions of stories, oldest first."""
    positions = sorted({position for position, _ in cluster.members}, key=ranks.__getitem__)
    days = sorted(date[:10] for date in (stories[p].date for p in positions) if date)
    evidence = dict.fromkeys(reason for _, e in cluster.members if e.evidence for reason in e.evidence.split("; "))
    row = cluster.row
    return ArchiveEntity(
        id=cluster.id,
        name=cluster.name,
        aliases=tuple(sorted((f for f in cluster.forms().values() if f != cluster.name), key=lambda f: (fold(f), f))),
        roles=_gather_roles(cluster, stories, ranks),
        stories=tuple(stories[p].slug for p in positions),
        first_seen=days[0] if days else None,
        last_seen=days[-1] if days else None,
        same_as=row.same_as if row else (),
        coordinates=row.coordinates if row else None,
        evidence=tuple(dict.fromkeys((*list(evidence)[:MOST_REASONS], *cluster.reasons))),
        perhaps_same=doubts,
    )


def _gather_roles(cluster: Cluster, stories: Sequence[Story], ranks: Mapping[int, int]) -> tuple[ReportedRole, ...]:
    """Every role with where it was reported, oldest first; the same words once a story."""
    found: dict[tuple[int, str], ReportedRole] = {}
    for position, entity in sorted(cluster.members, key=lambda m: ranks[m[0]]):
        story = stories[position]
        for role in sorted(entity.roles, key=lambda r: (place_order(r.paragraph), r.start or 0)):
            reported = ReportedRole(text=role.text, story=story.slug, date=story.date, paragraph=role.paragraph)
            found.setdefault((position, fold(role.text)), reported)
    return tuple(found.values())


def address_events(clusters: Sequence[EventCluster], stories: Sequence[Story]) -> None:
    """Give every event its id: an editor's, else from the name in the first story, which later stories do not change."""
    taken: set[str] = set()
    for cluster in sorted(clusters, key=lambda c: c.given is None):
        if (given := cluster.given) is not None:
            cluster.id = given
            taken.add(given.partition("/")[2].casefold())
            continue
        first, row = cluster.accounts[0], cluster.row
        name = first.event.name
        if row is not None:
            # What comes back every year is told apart by its year.
            name = row.name if row.start or not first.event.start else f"{row.name} {first.event.start[:4]}"
        seed = f"{first.event.name}\n{first.event.start}\n{stories[first.position].source.sha256}"
        cluster.id = f"events/{claim(make_slug(name), seed, taken)}"


def make_event(
    cluster: EventCluster, stories: Sequence[Story], ranks: Mapping[int, int], doubts: tuple[PerhapsSame, ...], world: World
) -> ArchiveEvent:
    """A cluster's row: the fullest name and most exact place of its accounts, and everybody that any of them names."""
    events = [account.event for account in cluster.accounts]
    row = cluster.row if cluster.row is not None and cluster.row.editors else None
    dated = _find_dating(events)
    ends = [e.end for e in events if e.end and e.start == dated.start]
    positions = sorted({account.position for account in cluster.accounts}, key=ranks.__getitem__)
    evidence = list(dict.fromkeys(e.evidence for e in events if e.evidence))
    start, end = dated.start, max(ends, default=dated.end)
    if row is not None and row.start and (start is None or row.start.startswith(start)):
        start, end = row.start, row.end or row.start
    return ArchiveEvent(
        id=cluster.id,
        name=cluster.name,
        start=start,
        end=end,
        precision={4: "year", 7: "month"}.get(len(start), "day") if start else dated.precision,  # type: ignore[arg-type]
        place=(row.place if row else None) or _most_exact([e.place for e in events if e.place], world),
        people=tuple(dict.fromkeys(i for e in events for i in e.people)),
        organizations=tuple(dict.fromkeys(i for e in events for i in e.organizations)),
        stories=tuple(stories[p].slug for p in positions),
        evidence=tuple(dict.fromkeys((*evidence[:MOST_REASONS], *cluster.reasons))),
        perhaps_same=doubts,
    )


def _find_dating(events: Sequence[Event]) -> Event:
    """The account that dates the event: the first with a day, or one whose several days hold that day."""
    dated = next((e for e in events if e.start is not None), events[0])
    for event in events:
        if dated.start is None or event.start is None or event.precision != dated.precision:
            continue
        if event.start < dated.start <= (event.end or event.start):
            dated = event
    return dated


def _most_exact(places: Sequence[str], world: World) -> str | None:
    def exactness(place: str) -> tuple[int, int, int, str]:
        spot = read_spot(place, world)
        return -len(spot.exact), -len(spot.towns), -len(place), place

    return min(places, key=exactness, default=None)


def gather_event_doubts(clusters: Sequence[EventCluster]) -> dict[str, tuple[PerhapsSame, ...]]:
    """By id, both ways round: what each event may be the same as."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for cluster in clusters:
        for other, reason in cluster.doubts:
            if cluster is not other and max(len(found[cluster.id]), len(found[other.id])) < MOST_DOUBTS:
                found[cluster.id].setdefault(other.id, reason)
                found[other.id].setdefault(cluster.id, reason)
    return {key: tuple(PerhapsSame(id=i, reason=rows[i]) for i in sorted(rows)) for key, rows in found.items() if rows}


def make_outlets(stories: Sequence[Story], ranks: Mapping[int, int]) -> tuple[Outlet, ...]:
    """One row an outlet, its stories oldest first; all forms of a known outlet are one, and names that differ only in case."""
    groups: dict[str, list[int]] = defaultdict(list)
    for position, story in enumerate(stories):
        if story.outlet:
            groups[fold(settle_outlet(story.outlet) or story.outlet)].append(position)
    taken: set[str] = set()
    rows = []
    for positions in groups.values():
        printed = stories[positions[0]].outlet or ""
        name = settle_outlet(printed) or printed
        slugs = tuple(stories[p].slug for p in sorted(positions, key=ranks.__getitem__))
        rows.append(Outlet(id=f"outlets/{claim(make_slug(name), name, taken)}", name=name, stories=slugs))
    return tuple(sorted(rows, key=lambda r: (fold(r.name), r.id)))


def find_same_text(stories: Sequence[Story]) -> tuple[tuple[Story, ...], ...]:
    """Groups of stories whose files hold the same text."""
    groups: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        groups[story.source.sha256].append(story)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)
