"""Archive -> the order of each long list and where its years or letters begin, so that a reader can go straight there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from itertools import groupby

from msgspec import Struct

from alibaba_news.model import ENTITY_KINDS, Archive, ArchiveEntity, ArchiveEvent, Outlet
from alibaba_news.renderer.dates import parse_moment
from alibaba_news.text import fold

NO_YEAR = ""
NO_LETTER = "#"  # digits, signs, and scripts other than Latin


class Shelf(Struct, frozen=True, kw_only=True):
    """A run of a list: its year or letter (empty: no year is known), the place of its first item, how many there are."""

    key: str
    first: int
    count: int


def collect_shelves(archive: Archive, events: Iterable[ArchiveEvent]) -> Mapping[str, tuple[Shelf, ...]]:
    """The runs of every list by the list's folder: years of ``stories`` and ``events``, letters of the others."""
    found = {
        "stories": find_runs(name_year(story.date) for story in archive.stories),
        "events": find_runs(name_year(event.start) for event in events),
        "outlets": find_runs(name_letter(row.name) for row in sort_by_name(archive.outlets)),
    }
    for kind in ENTITY_KINDS:
        found[kind] = find_runs(name_letter(row.name) for row in sort_by_name(getattr(archive, kind)))
    return found


def collect_names(archive: Archive) -> Mapping[str, tuple[str, ...]]:
    """The ids of each kind in the order of the alphabet, capitals or not."""
    kinds: dict[str, tuple[ArchiveEntity, ...] | tuple[Outlet, ...]] = {k: getattr(archive, k) for k in ENTITY_KINDS}
    kinds["outlets"] = archive.outlets
    return {kind: tuple(row.id for row in sort_by_name(rows)) for kind, rows in kinds.items()}


def find_runs(keys: Iterable[str]) -> tuple[Shelf, ...]:
    """Equal keys that stand together, as shelves."""
    shelves, place = [], 0
    for key, group in groupby(keys):
        count = sum(1 for _ in group)
        shelves.append(Shelf(key=key, first=place, count=count))
        place += count
    return tuple(shelves)


def name_year(value: str | None) -> str:
    """The year of an ISO date as the heading of a run."""
    moment = parse_moment(value)
    return str(moment.year) if moment else NO_YEAR


def name_letter(name: str) -> str:
    """The letter a name stands under: without its accent, and one sign for all that is no Latin letter."""
    letter = unicodedata.normalize("NFKD", fold(name).lstrip("\"'([ "))[:1].upper()
    return letter if "A" <= letter <= "Z" else NO_LETTER


def sort_by_name(rows: Iterable[ArchiveEntity] | Iterable[Outlet]) -> list[ArchiveEntity | Outlet]:
    """By letter, then by name without regard to capitals; what stands under no letter comes first."""
    return sorted(rows, key=lambda row: (name_letter(row.name), fold(row.name), row.id))
