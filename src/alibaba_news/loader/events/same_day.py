"""The dated sentences of one day -> those of one happening each; most days of a story have one."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from alibaba_news.loader.events.clauses import read_words
from alibaba_news.loader.events.dated import Dated
from alibaba_news.loader.events.taking_part import Scene, people_in, place_in
from alibaba_news.text import fold

TOLD = 3  # rank of a sentence that says itself what happened
_SHORTEST = 4  # letters of a word that two names of one happening would share


class Told(Struct, frozen=True, gc=False):
    """A dated sentence with the name of the happening it reports, and how surely it does (see ``name_event``)."""

    dated: Dated
    rank: int
    name: str


class _Facts(Struct, frozen=True, gc=False):
    """What a sentence tells of a happening: the words of its name, where it was, who took part."""

    words: frozenset[str]
    place: str
    people: frozenset[str]


def part_day(group: Sequence[Told], scene: Scene) -> list[list[Told]]:
    """The sentences by happening. Two of one day are two only where nothing joins them: other people, another place, and
    names without a word in common; a sentence that tells less belongs to the one before it."""
    facts = [(told, _read(told, scene)) for told in group] if len(group) > 1 else []
    if sum(own is not None for _, own in facts) <= 1:
        return [list(group)]
    parts: list[tuple[list[Told], list[_Facts]]] = []
    last = 0
    for told, own in facts:
        if own is not None:
            last = next((n for n, (_, known) in enumerate(parts) if not _are_apart(own, known)), len(parts))
        if last == len(parts):
            parts.append(([], []))
        parts[last][0].append(told)
        parts[last][1].extend([own] if own is not None else [])
    return [rows for rows, _ in parts]


def _read(told: Told, scene: Scene) -> _Facts | None:
    if told.rank < TOLD or not told.name:
        return None
    words = frozenset(w.low for w in read_words(told.name) if len(w.low) >= _SHORTEST)
    return _Facts(words, fold(place_in(told.dated, scene) or ""), frozenset(people_in([told.dated], scene)))


def _are_apart(own: _Facts, known: Sequence[_Facts]) -> bool:
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
