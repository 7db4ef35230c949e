"""People of one-word names: which bearers of one name are one person, by a second clue that they share.

A clue is a role in the same words, a role in the same organization, another form of the name, or the very same text.
A role that half a town has ("warga", "saksi") is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from alibaba_news.archive.clusters import Cluster
from alibaba_news.archive.judging import Judge
from alibaba_news.archive.words import content_words, listed, name_key, split_words
from alibaba_news.model import Entity, Story
from alibaba_news.text import fold
from alibaba_news.world import World

# Beyond this many words a role is a sentence, and pairs of its words say little.
_LONGEST_ROLE = 12

# Kind of the clue (a key of the evidence phrases), what must be equal, how it is shown.
Clue = tuple[str, object, str]


def join_single_names(group: Sequence[Cluster], stories: Sequence[Story], world: World, judge: Judge) -> None:
    """Join within one name's bearers, in place: one that became part of another loses its members. Never two editor's ids."""
    if len(group) < 2:
        return
    homes: dict[tuple[str, object], Cluster] = {}
    moved: dict[int, Cluster] = {}
    for cluster in group:
        for kind, key, shown in [clue for position, e in cluster.members for clue in _find_clues(e, stories[position], world)]:
            here, home = _follow(cluster, moved), _follow(homes.setdefault((kind, key), cluster), moved)
            if here is home or _are_two(here, home, judge):
                continue
            name = home.members[0][1].name
            home.take(here, world.say("archive", kind, name=name, clue=shown))
            here.members = []
            moved[id(here)] = home


def _are_two(one: Cluster, other: Cluster, judge: Judge) -> bool:
    """An editor tells them apart: by two ids, or in a row of an authority file."""
    return bool(one.given and other.given) or one.apart or other.apart or judge.forbids_pair(one, other)


def _follow(cluster: Cluster, moved: dict[int, Cluster]) -> Cluster:
    while id(cluster) in moved:
        cluster = moved[id(cluster)]
    return cluster


def _find_clues(entity: Entity, story: Story, world: World) -> Iterator[Clue]:
    """Everything that could show a bearer of a one-word name to be the one of another story."""
    yield "clue_text", story.source.sha256, ""
    own = fold(entity.name)
    for form in dict.fromkeys((*entity.aliases, *(m.text for m in entity.mentions))):
        if fold(form) != own:
            yield "clue_form", fold(form), form
    for role in entity.roles:
        yield from _read_role(role.text, story, world)


def _read_role(text: str, story: Story, world: World) -> Iterator[Clue]:
    words = split_words(text)
    telling = sorted(content_words(text))
    if not telling or next(w for w in words if w in telling) in listed("broad_roles"):
        return
    if len(telling) > 1 and not listed("ranks").issuperset(telling):
        yield "clue_role", tuple(telling), text
    proper = [w for w in telling[:_LONGEST_ROLE] if w not in _role_words() and world.find("places", w) is None]
    for word in proper:
        yield from (("clue_role", tuple(sorted((word, other))), text) for other in telling[:_LONGEST_ROLE] if other != word)
    for organization in story.organizations:
        form = split_words(organization.name)
        if len(telling) > len(form) and _stands_in(form, words):
            yield "clue_organization", name_key("organizations", organization.name), organization.name


@cache
def _role_words() -> frozenset[str]:
    """Words of offices in general ("kepala", "dinas", "kesehatan"): two people may share many of them."""
    return listed("role_nouns", "names") | listed("role_words", "names")


def _stands_in(form: tuple[str, ...], text: tuple[str, ...]) -> bool:
    return any(text[i : i + len(form)] == form for i in range(len(text) - len(form) + 1))
