"""Entities that may be one but are not joined: clusters of one kind -> pairs with a reason, for a person to settle.

The same one-word name, the same name kept apart by an editor, one name as another's other form, an initial, one letter's
difference. Names are compared within small blocks only, so that a hundred thousand names take seconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from alibaba_news.archive.clusters import Cluster
from alibaba_news.archive.judging import Judge
from alibaba_news.archive.words import is_single, name_key, split_words
from alibaba_news.model import PerhapsSame
from alibaba_news.world import World

# A page that lists more doubts than this helps nobody; a form that more entities share says nothing.
MOST_DOUBTS = 8
_SHORTEST_NAME = 9
_SHORTEST_WORD = 5
_WIDEST_BLOCK = 400

Pair = tuple[Cluster, Cluster, str]


def find_doubts(clusters: Sequence[Cluster], world: World, judge: Judge) -> dict[str, tuple[PerhapsSame, ...]]:
    """By id: what it may be the same as, at most eight of them, both ways round. The clusters have their ids and names.

    Whom an editor tells apart is no doubt.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for find in (_find_same_names, _find_shared_forms, _find_initials, _find_near_names):
        for one, other, reason in find(clusters, world):
            if one.id == other.id or judge.forbids_pair(one, other):
                continue
            if max(len(found[one.id]), len(found[other.id])) < MOST_DOUBTS:
                found[one.id].setdefault(other.id, reason)
                found[other.id].setdefault(one.id, reason)
    return {key: tuple(PerhapsSame(id=i, reason=rows[i]) for i in sorted(rows)) for key, rows in found.items() if rows}


def _find_same_names(clusters: Sequence[Cluster], world: World) -> Iterator[Pair]:
    by_name: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        by_name[name_key(cluster.kind, cluster.name)].append(cluster)
    for group in by_name.values():
        key = "perhaps_one_word" if group[0].kind == "people" and is_single(group[0].name) else "perhaps_kept_apart"
        told = sum(cluster.apart for cluster in group)
        for i, one in enumerate(group):
            for other in group[i + 1 : i + 1 + MOST_DOUBTS // 2]:
                # One told from the rest leaves no question; where two were, the rest may be either.
                if not (one.apart and other.apart) and not (told == 1 and (one.apart or other.apart)):
                    yield one, other, world.say("archive", key, name=one.name)


def _find_shared_forms(clusters: Sequence[Cluster], world: World) -> Iterator[Pair]:
    """ "Wiwin" of one story is another form of a full name in another. Two full names that share a short form say nothing."""
    if not clusters or clusters[0].kind != "people":
        return
    by_form: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        if cluster.row is None:
            for form in cluster.forms():
                by_form[form].append(cluster)
    for cluster in clusters:
        if cluster.row is not None or not is_single(cluster.name):
            continue
        others = [c for c in by_form.get(name_key("people", cluster.name), ()) if not is_single(c.name)]
        if len(others) <= MOST_DOUBTS // 2:
            yield from ((cluster, other, world.say("archive", "perhaps_form", form=cluster.name)) for other in others)


def _find_initials(clusters: Sequence[Cluster], world: World) -> Iterator[Pair]:
    """ "J. Kertapati" may be Johan Kertapati, where only one of the archive's people fits."""
    if not clusters or clusters[0].kind != "people":
        return
    full: dict[tuple[str, ...], list[Cluster]] = defaultdict(list)
    short: list[tuple[tuple[str, ...], Cluster]] = []
    for cluster in clusters:
        words = split_words(cluster.name)
        if len(words) < 2:
            continue
        key = (words[0][0], *words[1:])
        if len(words[0].strip(".")) == 1:
            short.append((key, cluster))
        else:
            full[key].append(cluster)
    for key, cluster in short:
        others = full.get(key, [])
        if len(others) == 1:
            yield cluster, others[0], world.say("archive", "perhaps_initial", one=cluster.name, other=others[0].name)


def _find_near_names(clusters: Sequence[Cluster], world: World) -> Iterator[Pair]:
    """Full names of people and organizations that one letter tells apart: "Muhamad" and "Muhammad"."""
    if not clusters or clusters[0].kind not in ("people", "organizations"):
        return
    blocks: dict[tuple[str, ...], list[tuple[str, Cluster]]] = defaultdict(list)
    for cluster in clusters:
        words = split_words(cluster.name)
        if len(words) < 2 or len(cluster.name) < _SHORTEST_NAME:
            continue
        # One letter spoils one word, so that all others stand: a block holds the names that differ in the word at one place.
        for i, word in enumerate(words):
            if len(word) >= _SHORTEST_WORD and word.isalpha():
                blocks[(*words[:i], "", *words[i + 1 :])].append((word, cluster))
    for block in blocks.values():
        for i, (word, one) in enumerate(block[:_WIDEST_BLOCK]):
            for near, other in block[i + 1 : _WIDEST_BLOCK]:
                if (one.row is None or other.row is None) and _differ_by_one(word, near):
                    yield one, other, world.say("archive", "perhaps_spelling", one=one.name, other=other.name)


def _differ_by_one(one: str, other: str) -> bool:
    """Whether one letter put in, left out or exchanged, or two neighbours swapped, makes one word of the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = long[start + 1 : start + 2] + long[start : start + 1] + long[start + 2 :]
    return short[start + 1 :] == long[start + 1 :] or short[start:] == swapped
