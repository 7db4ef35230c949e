"""The dated sentences of one day -> those of one happening each; most days of a story have one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from alibaba_news.loader.events.clauses import read_words
from alibaba_news.loader.events.dated import Dated
from alibaba_news.loader.events.naming import name_event
from alibaba_news.loader.events.taking_part import Scene, people_in, place_in
from alibaba_news.text import fold

TOLD = 3  # rank of a sentence that says itself what happened
_SHORTEST = 4  # letters of a word that two names of one happening would share


class _Told(NamedTuple):
    """A sentence that tells a happening: the words of its name, where it was, who took part."""

    words: frozenset[str]
    place: str
    people: frozenset[str]


def part_day(group: Sequence[Dated], scene: Scene) -> list[list[Dated]]:
    """The sentences by happening. Two of one day are two only where nothing joins them: other people, another place, and
    names without a word in common; a sentence that tells less belongs to the one before it."""
    told = [(dated, _read(dated, scene)) for dated in group] if len(group) > 1 else []
    if sum(own is not None for _, own in told) <= 1:
        return [list(group)]
    parts: list[tuple[list[Dated], list[_Told]]] = []
    last = 0
    for dated, own in told:
        if own is not None:
            last = next((n for n, (_, known) in enumerate(parts) if not _are_apart(own, known)), len(parts))
        if last == len(parts):
            parts.append(([], []))
        parts[last][0].append(dated)
        parts[last][1].extend([own] if own is not None else [])
    return [rows for rows, _ in parts]


def _read(dated: Dated, scene: Scene) -> _Told | None:
    rank, name = name_event(dated, scene)
    if rank < TOLD or not name:
        return None
    words = frozenset(w.low for w in read_words(name) if len(w.low) >= _SHORTEST)
    return _Told(words, fold(place_in(dated, scene) or ""), frozenset(people_in([dated], scene)))


def _are_apart(own: _Told, known: Sequence[_Told]) -> bool:
    if not known or not (own.place and own.people):
        return False
    return all(
        other.place
        and other.people
        and own.people.isdisjoint(other.people)
        and own.words.isdisjoint(other.words)
        and own.place not in other.place
        and other.place not in own.place
        for other in known
    )
