"""Who took part in a happening and where it was, by the names of its sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from alibaba_news.loader.events.clauses import tells_anew
from alibaba_news.loader.events.dated import Dated, listed, overlaps, read_quoted
from alibaba_news.model import Entity, Place, Quote
from alibaba_news.text import fold

_LEAD = 80  # characters before a place in which its preposition stands
_LINK = re.compile(r"^\s*[,(]?\s*(?:(?:di|kota|kabupaten|provinsi|distrik|kawasan|daerah|kecamatan|desa)\s+)*$", re.IGNORECASE)
# The word stands before the test of what is to its left, so that the engine looks at its letters alone.
_AT_PLACE = re.compile(r"(?:di|ke)(?<!\w..)\s+(?:[a-zA-Z]+\s+){0,3}$")
_ASIDE = re.compile(r"\s{0,3}\([^()]{0,40}\)?")
_SAID = re.compile(r"(?:Hal|Pernyataan)\s(?:ini|itu|tersebut|senada|serupa)\s(?:\w+\s)?di\w{4,}kan\b")
_IN_RELATIVE = re.compile(r"yang(?<!\wyang)\s+(?:\S+\s+){1,3}(?:di|ke)\s+(?:[a-zA-Z]+\s+)?$")


class Presence(Struct, frozen=True, gc=False):
    """A name in a sentence: where it starts within it, its text, and the id and name of its owner."""

    start: int
    text: str
    id: str
    name: str


class Scene:
    """The names and quotations of a story by paragraph, so that a sentence costs no more than what stands around it."""

    def __init__(self, entities: Mapping[str, Sequence[Entity]], quotes: Iterable[Quote]) -> None:
        self._names: dict[tuple[str, Place], list[Presence]] = defaultdict(list)
        self._quotes: dict[Place, list[Quote]] = defaultdict(list)
        self._forms: set[str] = set()
        self._people = {person.id: person.name for person in entities.get("people", ())}
        for kind in ("people", "organizations", "places"):
            for entity in entities.get(kind, ()):
                self._forms.update(fold(form) for form in (entity.name, *entity.aliases))
                for m in entity.mentions:
                    self._names[kind, m.paragraph].append(Presence(m.start, m.text, entity.id, entity.name))
        for names in self._names.values():
            names.sort(key=lambda p: p.start)
        for quote in quotes:
            self._quotes[quote.paragraph].append(quote)

    def holds_name(self, phrase: str) -> bool:
        """Whether the phrase holds a form of a name of the story."""
        low = fold(phrase)
        return any(form in low for form in self._forms)

    def names_in(self, kind: str, dated: Dated) -> list[Presence]:
        """Names of one kind in the sentence outside quotations, in order, their starts counted from the sentence's."""
        since, quoted = dated.start, read_quoted(dated.text)
        inside = [p for p in self._names.get((kind, dated.place), ()) if since <= p.start < dated.end]
        return [Presence(p.start - since, p.text, p.id, p.name) for p in inside if p.start - since not in quoted]

    def is_quoted(self, dated: Dated, at: int) -> bool:
        """Whether a sign of the sentence stands in somebody's own words, also where these began in an earlier sentence."""
        spot = dated.start + at
        said = (q for q in self._quotes.get(dated.place, ()) if q.kind == "direct" and q.start is not None)
        return at in read_quoted(dated.text) or any((q.start or 0) <= spot < (q.start or 0) + len(q.text) for q in said)

    def is_told(self, dated: Dated) -> bool:
        """Whether the sentence's day stands in what somebody says, in his words or not: who tells of it need not be there."""
        spot = dated.dates[0].start or 0
        said = (q for q in self._quotes.get(dated.place, ()) if q.start is not None)
        return any((q.start or 0) <= spot < (q.start or 0) + len(q.text) for q in said)

    def speakers_in(self, dated: Dated) -> list[str]:
        """Ids of the people whose words the sentence quotes."""
        said = (q for q in self._quotes.get(dated.place, ()) if overlaps(q, dated))
        return [q.speaker for q in said if q.speaker and q.speaker.startswith("people/")]

    def people_named(self, ids: Iterable[str]) -> set[str]:
        """The names behind ids of people."""
        return {self._people[i] for i in ids if i in self._people}


def place_in(dated: Dated, scene: Scene) -> str | None:
    """The places named one after another behind "di" or "ke", as printed ("Hotel Melati, Sanur, Bali").

    A quotation's places and those of a relative clause ("yang beroperasi di Indonesia") are not the happening's.
    """
    spots = [(p.start, p.start + len(p.text)) for p in scene.names_in("places", dated)]
    for n, (start, end) in enumerate(spots):
        lead = dated.text[max(0, start - _LEAD) : start]
        if not _AT_PLACE.search(lead) or _IN_RELATIVE.search(lead):
            continue
        last = end
        for further_start, further_end in spots[n + 1 :]:
            if not _LINK.match(dated.text[last:further_start]):
                break
            last = further_end
        return _without_asides(dated.text[start:last])
    return None


def _without_asides(place: str) -> str:
    """ "Pantai Indah Kapuk (PIK), Jakarta" without the short form in brackets."""
    return " ".join(_ASIDE.sub("", place).split())


def place_in_name(name: str, scene: Scene) -> str | None:
    """ "Pelatihan di markas utama Alibaba": the seat of somebody named, as the happening's name gives it."""
    head, found, seat = name.rpartition(" di ")
    fits = bool(found) and fold(seat.split()[0]) in listed("seats") and scene.holds_name(seat)
    return seat if fits and head else None


def people_in(sentences: Sequence[Dated], scene: Scene) -> tuple[str, ...]:
    """Ids of the people named in the sentences outside quotations, and of those quoted in them."""
    found: dict[str, None] = {}
    for dated in sentences:
        if len(sentences) > 1 and _SAID.match(dated.text):  # who tells of it was not there for that
            continue
        named = scene.names_in("people", dated)
        own = [p for p in named if p.start >= dated.since] if tells_anew(dated) else []
        found.update(dict.fromkeys(p.id for p in own or named))
        if len(sentences) == 1 or not scene.is_told(dated):
            found.update(dict.fromkeys(scene.speakers_in(dated)))
    return tuple(found)


def organizations_in(sentences: Sequence[Dated], scene: Scene) -> tuple[str, ...]:
    """Ids of the organizations named in the sentences outside quotations."""
    return tuple(dict.fromkeys(p.id for dated in sentences for p in scene.names_in("organizations", dated)))
