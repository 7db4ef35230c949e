"""What the archive took as one by inference alone: clusters -> Joins, for whoever is to confirm them or take them apart.

What an editor's id or row says is no inference; nor is one that an editor's row about every story of it confirms. What the
program's own lists of names join is one, though the surest.
"""

from __future__ import annotations

from collections.abc import Sequence

from alibaba_news.archive.clusters import Cluster
from alibaba_news.archive.events import EventCluster
from alibaba_news.model import Join, Story


def list_joins(clusters: Sequence[Cluster], stories: Sequence[Story]) -> tuple[Join, ...]:
    """People of several stories, by id."""
    found = []
    for cluster in clusters:
        positions = dict.fromkeys(position for position, _ in cluster.members)
        settled = (
            cluster.given is not None
            or (cluster.row is not None and cluster.row.editors)
            or positions.keys() <= cluster.said.keys()
        )
        if len(positions) > 1 and not settled:
            found.append(
                Join(
                    id=cluster.id,
                    name=cluster.name,
                    names=tuple(dict.fromkeys(entity.name for _, entity in cluster.members)),
                    stories=tuple(stories[position].slug for position in positions),
                    reasons=tuple(cluster.reasons),
                    listed=cluster.row is not None,
                )
            )
    return tuple(sorted(found, key=lambda join: join.id))


def list_event_joins(clusters: Sequence[EventCluster], stories: Sequence[Story]) -> tuple[Join, ...]:
    """Events that several stories tell of, by id."""
    found = []
    for cluster in clusters:
        positions = dict.fromkeys(account.position for account in cluster.accounts)
        # An authority's row names an event; only the accounts that it does not name were joined by what they say.
        settled = cluster.given is not None or all(a.row or a.said for a in cluster.accounts)
        if len(positions) > 1 and not settled:
            found.append(
                Join(
                    id=cluster.id,
                    name=cluster.name,
                    names=tuple(dict.fromkeys(account.event.name for account in cluster.accounts)),
                    stories=tuple(stories[position].slug for position in positions),
                    reasons=tuple(cluster.reasons),
                )
            )
    return tuple(sorted(found, key=lambda join: join.id))
