"""Dates, names and texts of a story in, its dated happenings out, each with place, participants and its sentence.

A date is a happening when its sentence names or tells one; the day beside a verb of saying alone is the day of the statement,
and a state or a span ("sejak April 2016", "pada 2017 mencapai ...") is none (reporting habits of Indonesian newspapers).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from alibaba_news.model import DateExpression, Entity, Event, Place, Precision, Quote
from alibaba_news.text import fold, make_slug, split_sentences
from alibaba_news.world import World, load_table

LONGEST_NAME = 14  # words: a happening's name is a headline, not a sentence
_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
_RANGE = re.compile(r"^\W*(?:hingga|sampai(?:\s+dengan)?|s/d|s\.d\.|-|–|dan)?\W*$", re.IGNORECASE)
_LINK = re.compile(r"^\s*[,(]?\s*(?:(?:di|kota|kabupaten|provinsi|distrik|kawasan|daerah|kecamatan|desa)\s+)*$", re.IGNORECASE)
_AT_PLACE = re.compile(r"\b(?:di|ke)\s+(?:[a-zA-Z]+\s+){0,3}$")
_IN_RELATIVE = re.compile(r"\byang\s+(?:\S+\s+){1,3}(?:di|ke)\s+(?:[a-zA-Z]+\s+)?$")
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month"}
_Entities = Mapping[str, Sequence[Entity]]


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(w) for w in load_table("events")[name])


@dataclass(frozen=True, slots=True)
class _Dated:
    """One happening's time in one sentence: the expressions it stands on, and the sentence's span."""

    dates: tuple[DateExpression, ...]
    place: Place
    start: int
    end: int
    text: str
    after: str = ""  # the next sentence of the paragraph

    @property
    def key(self) -> tuple[str, str]:
        first, last = self.dates[0], self.dates[-1]
        if first.value is None or last.value is None:
            return ("?", "|".join((*first.candidates, *last.candidates)))
        return (first.value[:10], last.value[:10])


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    low: str
    start: int
    end: int


def read_events(
    texts: Mapping[Place, str],
    dates: Iterable[DateExpression],
    entities: _Entities,
    quotes: Iterable[Quote],
    world: World,
) -> tuple[Event, ...]:
    """The happenings of a story, the lead's first.

    ``texts`` by place, ``dates`` as read from them, ``entities`` by kind ("people", "organizations", "places"). An event's
    name is made of words of its sentence. Never raises.
    """
    groups: dict[tuple[str, str], list[_Dated]] = {}
    for dated in _find_dated(texts, dates):
        groups.setdefault(dated.key, []).append(dated)
    said = tuple(quotes)
    found = [event for group in groups.values() if (event := _make_event(group, entities, said, world)) is not None]
    return _make_ids_unique(found)


def _find_dated(texts: Mapping[Place, str], dates: Iterable[DateExpression]) -> list[_Dated]:
    """Expressions of body and captions by sentence, a range as one."""
    rows = sorted(
        (d for d in dates if d.start is not None and d.paragraph != 0),
        key=lambda d: (str(type(d.paragraph)), d.paragraph, d.start),
    )
    found: list[_Dated] = []
    for place, text in texts.items():
        mine = [d for d in rows if d.paragraph == place and (d.value or d.candidates)]
        spans = split_sentences(text) if mine else ()
        for n, (start, end) in enumerate(spans):
            after = text[spans[n + 1][0] : spans[n + 1][1]] if n + 1 < len(spans) else ""
            inside = [d for d in mine if d.start is not None and start <= d.start < end]
            found += [_Dated(group, place, start, end, text[start:end], after) for group in _join_ranges(inside, text)]
    return found


def _join_ranges(dates: Sequence[DateExpression], text: str) -> list[tuple[DateExpression, ...]]:
    groups: list[tuple[DateExpression, ...]] = []
    for date in dates:
        before = groups[-1][-1] if groups else None
        if before is not None and len(groups[-1]) == 1 and _is_range(before, date, text):
            groups[-1] = (before, date)
        else:
            groups.append((date,))
    return groups


def _is_range(first: DateExpression, second: DateExpression, text: str) -> bool:
    between = text[(first.start or 0) + len(first.text) : second.start]
    same_length = len(first.value or "") == len(second.value or "")
    ordered = (first.value or "") < (second.value or "~")
    return bool(_RANGE.match(between)) and same_length and ordered and " dan " not in between


def _make_event(group: Sequence[_Dated], entities: _Entities, quotes: Sequence[Quote], world: World) -> Event | None:
    """One event for all sentences that share its day; None where none of them reports a happening."""
    named = [
        (rank, -n, name, dated)
        for n, dated in enumerate(group)
        for rank, name in [_name_event(dated, entities, quotes)]
        if rank and name
    ]
    if not named:
        return None
    _, _, name, report = max(named, key=lambda row: row[:2])
    name = _tidy_name(name)
    sentences = [dated for *_, dated in sorted(named, key=lambda row: -row[1])]
    # "Pertemuan pagi tadi" names it, another sentence prints its day.
    printed = next((dated for dated in group if not _is_inferred(dated)), report)
    start, end, precision = _span_of(report)
    open_days = () if start else report.dates[0].candidates
    return Event(
        id=f"events/{make_slug(name)}",
        name=name,
        start=start,
        end=end,
        precision=precision,
        origin="inferred" if start is None or _is_inferred(printed) else "stated",
        evidence=_explain(printed, world),
        place=_place_in_name(name, entities)
        or next((p for dated in [report, *sentences] if (p := _place_in(dated, entities.get("places", ())))), None),
        people=_named_in(sentences, entities.get("people", ()), quotes),
        organizations=_named_in(sentences, entities.get("organizations", ()), ()),
        paragraph=report.place,
        offset=report.start,
        candidates=_candidates(report) if open_days else (),
    )


def _is_inferred(dated: _Dated) -> bool:
    return any(d.origin == "inferred" for d in dated.dates)


def _tidy_name(name: str) -> str:
    """Without the words that lead to it, the first letter a capital."""
    words = name.split()
    while len(words) > 1 and fold(words[0]) in _words("leads"):
        words = words[1:]
    return " ".join(words)[:1].upper() + " ".join(words)[1:]


def _span_of(dated: _Dated) -> tuple[str | None, str | None, Precision]:
    first, last = dated.dates[0].value, dated.dates[-1].value
    if first is None or last is None:
        return None, None, "day"
    return first[:10], last[:10], _PRECISIONS.get(len(first[:10]), "day")


def _candidates(dated: _Dated) -> tuple[str, ...]:
    first, last = dated.dates[0].candidates, dated.dates[-1].candidates
    if len(dated.dates) == 1:
        return first
    by_year = {day[:4]: day for day in last}
    return tuple(f"{day}/{by_year[day[:4]]}" for day in first if day[:4] in by_year)


def _explain(dated: _Dated, world: World) -> str:
    text = " – ".join(dict.fromkeys(d.text for d in dated.dates))
    if any(d.value is None for d in dated.dates):
        return world.say("events", "open", text=text, days=", ".join(_candidates(dated)))
    return world.say("events", "inferred" if _is_inferred(dated) else "stated", text=text)


def _name_event(dated: _Dated, entities: _Entities, quotes: Sequence[Quote]) -> tuple[int, str]:
    """(rank, name) of the happening a sentence reports; rank 0 where it reports none.

    A noun for a happening ranks above a verb that tells one, and both above the bare clause.
    """
    row = _read_words(dated.text)
    at = [(d.start or 0) - dated.start for d in dated.dates]
    before = [w for w in row if w.end <= at[0]]
    if any(w.low in _words("spans") for w in before[-2:]):
        return 0, ""
    free = [w for w in row if not any(a <= w.start < b for a, b in _quoted_spans(dated.text))]
    verb = _verb_phrase(free, dated, entities, quotes)
    if any(len(d.value or "0000-00-00") < len("0000-00-00") for d in dated.dates):
        # A month or a year dates a happening only where somebody does something in it.
        active = verb and not any(w.low in _words("states") for w in free)
        return (1, verb) if active else (0, "")
    stated = _statement_before([w for w in free if w.end <= at[0]], dated, entities)
    if stated is not None:
        return stated
    noun = _noun_phrase(free, dated.text, dated, entities)
    if noun:
        return (4 if _holds_name(noun, entities) else 2), noun
    if verb:
        return 3, verb
    # "... pada Sabtu (26/11). Sebanyak 125 pelajar mengikuti pelatihan ...": the next sentence says what it was.
    following = _noun_phrase(_read_words(dated.after), dated.after, None, entities)
    return (2, following) if following else (1, _clip(free, dated.text, 0))


def _read_words(text: str) -> list[_Word]:
    return [_Word(m.group(), fold(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


def _statement_before(before: Sequence[_Word], dated: _Dated, entities: _Entities) -> tuple[int, str] | None:
    """What a verb of saying between a quotation or clause and the day makes of it; None where none stands there.

    "kata X, Rabu (18/6)" dates the statement; "kata X usai rapat di Y, Rabu (18/6)" and "kata X di Y" date a happening.
    """
    last = max((n for n, w in enumerate(before) if w.low in _words("statements")), default=None)
    if last is None:
        return None
    tail = before[last + 1 :]
    if any(w.low in _words("nouns") or w.low in load_table("events")["verbs"] for w in tail):
        return None
    if _place_in(dated, entities.get("places", ()), since=before[last].start) is None:
        return 0, ""
    return 1, _clip(before, dated.text, last + 1)


def _quoted_spans(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"[“\"][^“”\"]{12,}[”\"]", text)]


def _holds_name(phrase: str, entities: _Entities) -> bool:
    low = fold(phrase)
    return any(
        fold(form) in low
        for kind in ("people", "organizations", "places")
        for e in entities.get(kind, ())
        for form in (e.name, *e.aliases)
    )


def _noun_phrase(row: Sequence[_Word], text: str, dated: _Dated | None, entities: _Entities) -> str:
    """A phrase that begins with a noun for a happening and ends before a verb, a mark or the date: the first one that
    holds a name, else the longest."""
    best = ""
    for n, word in enumerate(row):
        if word.low not in _words("nouns"):
            continue
        end = n + 1
        while end < len(row) and end - n < LONGEST_NAME:
            gap = text[row[end - 1].end : row[end].start]
            if row[end].low in _words("name_stops") or gap.strip(" ()-–") or (dated and _in_date(row[end], dated)):
                break
            end += 1
        while end > n + 1 and row[end - 1].low in (
            "di",
            "ke",
            "dari",
            "dan",
            "dengan",
            "oleh",
            "kepada",
            "serta",
            "hari",
            "tanggal",
            "antara",
        ):
            end -= 1
        phrase = _close_bracket(text[word.start : row[end - 1].end])
        if end - n > 1 and _holds_name(phrase, entities):
            return phrase
        if end - n > 1 and len(phrase) > len(best):
            best = phrase
    return best


def _in_date(word: _Word, dated: _Dated) -> bool:
    return any(0 <= word.start + dated.start - (d.start or 0) < len(d.text) for d in dated.dates)


def _close_bracket(phrase: str) -> str:
    return phrase if phrase.count("(") == phrase.count(")") else phrase[: phrase.rfind("(")].strip()


def _verb_phrase(row: Sequence[_Word], dated: _Dated, entities: _Entities, quotes: Sequence[Quote]) -> str:
    """The clause around a verb that tells a happening, or the noun that names it with its subject and object."""
    verbs: Mapping[str, str] = load_table("events")["verbs"]
    for n, word in enumerate(row):
        if word.low not in verbs:
            continue
        after = _clip(row[n + 1 :], dated.text, 0)
        noun = str(verbs[word.low] or "")
        subject = _subject(row[:n], dated, entities, quotes)
        if noun == "pertemuan" and after:
            return f"{noun} {subject} dengan {after}".replace("  ", " ") if subject else f"{noun} dengan {after}"
        start = _clause_start(row, n, dated.text)
        return _clip(row, dated.text, start)
    return ""


def _subject(row: Sequence[_Word], dated: _Dated, entities: _Entities, quotes: Sequence[Quote]) -> str:
    """Who does it: the one person named before the verb outside quotations, else the one whose words the sentence
    quotes ("... ujarnya usai bertemu"); nothing where that is not one person."""
    quoted = _quoted_spans(dated.text)
    people = entities.get("people", ())
    named = {
        m.text
        for e in people
        for m in e.mentions
        if m.paragraph == dated.place
        and row
        and row[0].start <= m.start - dated.start < row[-1].end
        and not any(a <= m.start - dated.start < b for a, b in quoted)
    }
    speakers = {q.speaker for q in quotes if _overlaps(q, dated)}
    if not named:
        named = {e.name for e in people if e.id in speakers}
    return named.pop() if len(named) == 1 else ""


def _overlaps(quote: Quote, dated: _Dated) -> bool:
    start = quote.start
    return start is not None and quote.paragraph == dated.place and start < dated.end and dated.start < start + len(quote.text)


def _clause_start(row: Sequence[_Word], n: int, text: str) -> int:
    """The word after the last mark before the verb; a bare date between commas before it is passed over."""
    start = n
    while start > 0 and not set(text[row[start - 1].end : row[start].start]) & set(",;:.–"):
        start -= 1
    return start


def _clip(row: Sequence[_Word], text: str, start: int) -> str:
    """At most LONGEST_NAME words from ``start``, cut at a mark, a date or a word that goes on elsewhere."""
    end = start
    while end < len(row) and end - start < LONGEST_NAME:
        if end > start and (
            set(text[row[end - 1].end : row[end].start]) & set(',;:.()–"“”')
            or row[end].low in ("pada", "sebesar", "untuk", "agar", "yang")
        ):
            break
        end += 1
    while end > start and row[end - 1].low in (
        "di",
        "ke",
        "dari",
        "dan",
        "dengan",
        "oleh",
        "pada",
        "kepada",
        "hari",
        "tanggal",
        "untuk",
    ):
        end -= 1
    return text[row[start].start : row[end - 1].end] if end > start else ""


def _place_in(dated: _Dated, places: Sequence[Entity], since: int = 0) -> str | None:
    """The places named one after another behind "di" or "ke", as printed ("Hotel Laguna, Nusa Dua, Bali").

    A quotation's places and those of a relative clause ("yang beroperasi di Indonesia") are not the happening's.
    """
    quoted = _quoted_spans(dated.text)
    spots = sorted(
        (m.start - dated.start, m.start - dated.start + len(m.text))
        for e in places
        for m in e.mentions
        if m.paragraph == dated.place and dated.start <= m.start < dated.end
    )
    spots = [(a, b) for a, b in spots if a >= since and not any(x <= a < y for x, y in quoted)]
    for n, (start, end) in enumerate(spots):
        lead = dated.text[:start]
        if not _AT_PLACE.search(lead) or _IN_RELATIVE.search(lead):
            continue
        last = end
        for further_start, further_end in spots[n + 1 :]:
            if not _LINK.match(dated.text[last:further_start]):
                break
            last = further_end
        return dated.text[start:last]
    return None


def _place_in_name(name: str, entities: _Entities) -> str | None:
    """ "Pelatihan di markas utama Alibaba": the seat of somebody named, as the happening's name gives it."""
    head, found, seat = name.rpartition(" di ")
    fits = bool(found) and fold(seat.split()[0]) in _words("seats") and _holds_name(seat, entities)
    return seat if fits and head else None


def _named_in(sentences: Sequence[_Dated], entities: Sequence[Entity], quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Ids of those named in the sentences outside quotations, and of those who are quoted in them."""
    found: dict[str, None] = {}
    for dated in sentences:
        quoted = _quoted_spans(dated.text)
        for entity in entities:
            for m in entity.mentions:
                at = m.start - dated.start
                if m.paragraph == dated.place and 0 <= at < dated.end - dated.start and not any(a <= at < b for a, b in quoted):
                    found[entity.id] = None
        for quote in quotes:
            if quote.speaker and quote.speaker.startswith("people/") and _overlaps(quote, dated):
                found[quote.speaker] = None
    return tuple(found)


def _make_ids_unique(events: Sequence[Event]) -> tuple[Event, ...]:
    seen: dict[str, int] = {}
    kept = []
    for event in events:
        seen[event.id] = seen.get(event.id, 0) + 1
        kept.append(event if seen[event.id] == 1 else replace(event, id=f"{event.id}-{seen[event.id]}"))
    return tuple(kept)
