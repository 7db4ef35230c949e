"""Who is who: the entities of one kind in many stories -> clusters of those that are one, with reasons in words.

Nothing is joined for being alike. Names agree under folding, an authority row vouches for a form, an editor gave the id;
a one-word name of a person needs a second clue, because many people bear it.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from alibaba_news.archive.clues import join_single_names
from alibaba_news.archive.clusters import Cluster, count_stories, drop_empty
from alibaba_news.archive.judging import Judge, tells_apart
from alibaba_news.archive.vouching import Vouching
from alibaba_news.archive.words import fold_name, is_single, name_key
from alibaba_news.model import Entity, EntityKind, Story
from alibaba_news.world import World

Key = tuple[object, ...]


def join_entities(kind: EntityKind, stories: Sequence[Story], world: World, judge: Judge) -> list[Cluster]:
    """Clusters of one kind, in the order of the stories that first name them. Linear in the number of mentions."""
    joiner = _Joiner(kind, world, judge)
    for position, story in enumerate(stories):
        for entity in getattr(story, kind):
            joiner.add(position, story, entity)
    for group in joiner.single.values():
        join_single_names(group, stories, world, judge)
    for group in joiner.by_name.values():
        _join_editors(group, joiner.vouching)
    found = drop_empty(joiner.clusters.values())
    for cluster in found:
        cluster.settle_name()
        _explain(cluster, world)
    return found


class _Joiner:
    """Clusters while the stories are gone through: by key, by name, and the bearers of each one-word name."""

    def __init__(self, kind: EntityKind, world: World, judge: Judge) -> None:
        self.kind: EntityKind = kind
        self.judge = judge
        self.vouching = Vouching(kind, world)
        self.clusters: dict[Key, Cluster] = {}
        self.by_name: dict[Key, list[Cluster]] = {}
        self.single: dict[str, list[Cluster]] = {}

    def add(self, position: int, story: Story, entity: Entity) -> None:
        said = self.judge.find_entity(story, entity)
        # A row that only tells the story's bearer of a name from another's leaves it the name that the story prints.
        meant = entity.name if said is None or said.is_judgement else said.name
        row = self.vouching.find_row(entity) if meant == entity.name else self.vouching.find_form(meant)
        given = said.id if said is not None and said.id else entity.id if entity.id_given else row.id if row else None
        name: Key = ("row", fold_name(row.name)) if row is not None else ("name", name_key(self.kind, meant))
        called = entity if meant == entity.name else replace(entity, name=meant)
        alone: Key = (position,) if self.vouching.needs_clue(called, row) else ()
        if said is not None:
            alone = ("apart", said.stories) if self.judge.is_apart(said) else ("said", said.stories) if alone else ()
        key: Key = ("id", given.casefold()) if given is not None else (*name, *alone)
        cluster = self.clusters.get(key)
        if cluster is None:
            cluster = self.clusters[key] = Cluster(kind=self.kind, given=given, row=row)
            self.by_name.setdefault(name, []).append(cluster)
            if self.kind == "people" and row is None and is_single(meant):
                self.single.setdefault(fold_name(meant), []).append(cluster)
        cluster.members.append((position, entity))
        if said is not None:
            cluster.said[position] = said
            cluster.apart |= bool(said.id) or self.judge.is_apart(said)
        elif entity.id_given and not is_single(entity.name):
            cluster.apart |= tells_apart(entity.id, entity.name)


def _join_editors(group: Sequence[Cluster], vouching: Vouching) -> None:
    """Entities without an id are the one that an editor gave an id to, where only one of their name has one.

    An id that tells a bearer of the name from the others is only its own.
    """
    ids = {c.given.casefold() for c in group if c.given and c.members and not c.apart}
    if len(ids) != 1:
        return
    home = next(c for c in group if c.given and c.members and not c.apart)
    for cluster in group:
        free = cluster is not home and cluster.members and not cluster.apart
        if free and not vouching.needs_clue(cluster.members[0][1], cluster.row):
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
