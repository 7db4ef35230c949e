"""Where something happened, as words that can be compared: "Hotel Melati, Tegal" -> a spot in a town; how two of them agree."""

from __future__ import annotations

import re

from msgspec import Struct

from alibaba_news.archive.words import listed, split_words
from alibaba_news.text import fold
from alibaba_news.world import World

_PARTS = re.compile(r"[,;/()]|\s-\s|\bdi\b", re.IGNORECASE)


class Spot(Struct, frozen=True):
    """A place as words: ``exact`` of a building or a spot, ``towns`` known places, ``wide`` countries and provinces."""

    exact: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    wide: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.exact or self.towns or self.wide)


def read_spot(place: str | None, world: World) -> Spot:
    """ "Hotel Melati, Tegal": exact "melati", town "tegal". The noun before a name ("Hotel") is shared by too many to count."""
    exact: set[str] = set()
    known: set[str] = set()
    for part in _PARTS.split(place or ""):
        if (row := world.find("places", part)) is not None:
            name = fold(row.name)
            (exact if name.split()[0] in listed("spot_heads") else known).add(name)
            known |= _find_town(name, world)
            continue
        before = ""
        for word in split_words(part):
            # "Hotel Borobudur" is not the temple.
            row = None if before in listed("place_heads", "names") else world.find("places", word)
            if row is not None and not row.ambiguous:
                known.add(fold(row.name))
            elif not any(word in words for words in _silent_words()):
                exact.add(word)
            before = word
    wide = known & listed("wide_places")
    return Spot(frozenset(exact), frozenset(known - wide), frozenset(wide))


def _find_town(name: str, world: World) -> set[str]:
    """The town that a well-known building bears in its name: "istana bogor" stands in Bogor."""
    head, *rest = name.split()
    row = world.find("places", " ".join(rest)) if head in listed("spot_heads") and rest else None
    return {fold(row.name)} if row is not None and not row.ambiguous else set()


def _silent_words() -> tuple[frozenset[str], ...]:
    return listed("place_heads", "names"), listed("place_labels", "names"), listed("small_words"), listed("place_nouns")


def share_place(one: Spot, other: Spot) -> str:
    """How two places agree: ``same``, ``town`` (one town, different spots in it), ``unknown`` (one says none) or ``other``."""
    if one.exact & other.exact:
        return "same"
    if one.towns & other.towns:
        return "town" if one.exact and other.exact else "same"
    wide = not (one.exact or one.towns) or not (other.exact or other.towns)
    if wide and (not one or not other or not (one.wide and other.wide)):
        return "unknown"
    return "town" if wide and one.wide & other.wide else "other"
