"""Who took part in a happening and where it was, by the names of its sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from alibaba_news.loader.events.dated import Dated, Quoted, listed, overlaps
from alibaba_news.model import Entity, Quote
from alibaba_news.text import fold

Entities = Mapping[str, Sequence[Entity]]
_LEAD = 80  # characters before a place in which its preposition stands
_LINK = re.compile(r"^\s*[,(]?\s*(?:(?:di|kota|kabupaten|provinsi|distrik|kawasan|daerah|kecamatan|desa)\s+)*$", re.IGNORECASE)
_AT_PLACE = re.compile(r"\b(?:di|ke)\s+(?:[a-zA-Z]+\s+){0,3}$")
_IN_RELATIVE = re.compile(r"\byang\s+(?:\S+\s+){1,3}(?:di|ke)\s+(?:[a-zA-Z]+\s+)?$")


def holds_name(phrase: str, entities: Entities) -> bool:
    low = fold(phrase)
    return any(
        fold(form) in low
        for kind in ("people", "organizations", "places")
        for e in entities.get(kind, ())
        for form in (e.name, *e.aliases)
    )


def place_in(dated: Dated, places: Sequence[Entity], since: int = 0) -> str | None:
    """The places named one after another behind "di" or "ke", as printed ("Hotel Melati, Sanur, Bali").

    A quotation's places and those of a relative clause ("yang beroperasi di Indonesia") are not the happening's.
    """
    quoted = Quoted(dated.text)
    spots = sorted(
        (m.start - dated.start, m.start - dated.start + len(m.text))
        for e in places
        for m in e.mentions
        if m.paragraph == dated.place and dated.start <= m.start < dated.end
    )
    spots = [(a, b) for a, b in spots if a >= since and a not in quoted]
    for n, (start, end) in enumerate(spots):
        lead = dated.text[max(0, start - _LEAD) : start]
        if not _AT_PLACE.search(lead) or _IN_RELATIVE.search(lead):
            continue
        last = end
        for further_start, further_end in spots[n + 1 :]:
            if not _LINK.match(dated.text[last:further_start]):
                break
            last = further_end
        return dated.text[start:last]
    return None


def place_in_name(name: str, entities: Entities) -> str | None:
    """ "Pelatihan di markas utama Alibaba": the seat of somebody named, as the happening's name gives it."""
    head, found, seat = name.rpartition(" di ")
    fits = bool(found) and fold(seat.split()[0]) in listed("seats") and holds_name(seat, entities)
    return seat if fits and head else None


def named_in(sentences: Sequence[Dated], entities: Sequence[Entity], quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Ids of those named in the sentences outside quotations, and of those who are quoted in them."""
    found: dict[str, None] = {}
    for dated in sentences:
        quoted = Quoted(dated.text)
        for entity in entities:
            for m in entity.mentions:
                at = m.start - dated.start
                if m.paragraph == dated.place and 0 <= at < dated.end - dated.start and at not in quoted:
                    found[entity.id] = None
        for quote in quotes:
            if quote.speaker and quote.speaker.startswith("people/") and overlaps(quote, dated):
                found[quote.speaker] = None
    return tuple(found)
