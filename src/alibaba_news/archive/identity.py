"""Who is who: the entities of one kind in many stories -> clusters of those that are one, with reasons in words.

Nothing is joined for being alike. Names agree under folding, an authority row vouches for a form, an editor gave the id;
a one-word name of a person needs a second clue, because many people bear it.
"""

from __future__ import annotations

from collections.abc import Sequence

from alibaba_news.archive.clues import join_single_names
from alibaba_news.archive.clusters import Cluster, count_stories, drop_empty
from alibaba_news.archive.vouching import Vouching
from alibaba_news.archive.words import fold_name, is_single, name_key
from alibaba_news.model import EntityKind, Story
from alibaba_news.world import World

Key = tuple[object, ...]


def join_entities(kind: EntityKind, stories: Sequence[Story], world: World) -> list[Cluster]:
    """Clusters of one kind, in the order of the stories that first name them. Linear in the number of mentions."""
    clusters: dict[Key, Cluster] = {}
    by_name: dict[Key, list[Cluster]] = {}
    single: dict[str, list[Cluster]] = {}
    vouching = Vouching(kind, world)
    for position, story in enumerate(stories):
        for entity in getattr(story, kind):
            row = vouching.find_row(entity)
            given = entity.id if entity.id_given else row.id if row is not None else None
            name: Key = ("row", fold_name(row.name)) if row is not None else ("name", name_key(kind, entity.name))
            key = _cluster_key(given, name, position if vouching.needs_clue(entity, row) else None)
            cluster = clusters.get(key)
            if cluster is None:
                cluster = clusters[key] = Cluster(kind=kind, given=given, row=row)
                by_name.setdefault(name, []).append(cluster)
                if kind == "people" and row is None and is_single(entity.name):
                    single.setdefault(fold_name(entity.name), []).append(cluster)
            cluster.members.append((position, entity))
    for group in single.values():
        join_single_names(group, stories, world)
    for group in by_name.values():
        _join_editors(group, vouching)
    found = drop_empty(clusters.values())
    for cluster in found:
        cluster.settle_name()
        _explain(cluster, world)
    return found


def _cluster_key(given: str | None, name: Key, position: int | None) -> Key:
    """An editor's id, else the name; where the name alone does not join, the name in this one story."""
    if given is not None:
        return ("id", given.casefold())
    return name if position is None else (*name, position)


def _join_editors(group: Sequence[Cluster], vouching: Vouching) -> None:
    """Entities without an id are the one that an editor gave an id to, where only one of their name has one."""
    ids = {c.given.casefold() for c in group if c.given and c.members}
    if len(ids) != 1:
        return
    home = next(c for c in group if c.given and c.members)
    for cluster in group:
        if cluster is not home and cluster.members and not vouching.needs_clue(cluster.members[0][1], cluster.row):
            home.take(cluster)
            cluster.members = []


def _explain(cluster: Cluster, world: World) -> None:
    reasons, count = cluster.reasons, count_stories(cluster)
    if cluster.given is not None and count > 1:
        reasons.append(world.say("archive", "editor"))
    if cluster.row is not None:
        known = fold_name(cluster.row.name)
        told = [form for folded, form in cluster.forms().items() if folded != known and world.find(cluster.kind, form)]
        reasons += [world.say("archive", "row", form=form, name=cluster.row.name) for form in told[:6]]
    if count > 1 and not reasons:
        reasons.append(world.say("archive", "same_name" if cluster.kind == "people" else "same_title", count=count))
