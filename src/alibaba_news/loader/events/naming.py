"""A dated sentence -> the name of the happening that it reports, made of its own words; or that it reports none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alibaba_news.loader.events.dated import Dated, Quoted, listed
from alibaba_news.loader.events.taking_part import Scene, place_in
from alibaba_news.text import fold
from alibaba_news.world import load_table

LONGEST_NAME = 14  # words: a happening's name is a headline, not a sentence
_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    low: str
    start: int
    end: int


def name_event(dated: Dated, scene: Scene) -> tuple[int, str]:
    """(rank, name) of the happening a sentence reports; rank 0 where it reports none.

    A noun for a happening ranks above a verb that tells one, and both above the bare clause.
    """
    row = read_words(dated.text)
    at = [(d.start or 0) - dated.start for d in dated.dates]
    before = [w for w in row if w.end <= at[0]]
    if any(w.low in listed("spans") for w in before[-2:]):
        return 0, ""
    quoted = Quoted(dated.text)
    free = [w for w in row if w.start not in quoted]
    verb = _verb_phrase(free, dated, scene)
    if any(len((d.value or "0000-00-00").partition("/")[0]) < len("0000-00-00") for d in dated.dates):
        # A month or a year dates a happening only where somebody does something in it.
        active = verb and not any(w.low in listed("states") for w in free)
        return (1, verb) if active else (0, "")
    stated = _statement_before([w for w in free if w.end <= at[0]], dated, scene)
    if stated is not None:
        return stated
    noun = _noun_phrase(free, dated.text, dated, scene)
    if noun:
        return (4 if scene.holds_name(noun) else 2), noun
    if verb:
        return 3, verb
    # "... pada Sabtu (26/11). Sebanyak 125 pelajar mengikuti pelatihan ...": the next sentence says what it was.
    following = _noun_phrase(read_words(dated.after), dated.after, None, scene)
    return (2, following) if following else (1, _clip(free, dated.text, 0))


def read_words(text: str) -> list[Word]:
    return [Word(m.group(), fold(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


def _statement_before(before: Sequence[Word], dated: Dated, scene: Scene) -> tuple[int, str] | None:
    """What a verb of saying between a quotation or clause and the day makes of it; None where none stands there.

    "kata X, Rabu (18/6)" dates the statement; "kata X usai rapat di Y, Rabu (18/6)" and "kata X di Y" date a happening.
    """
    last = max((n for n, w in enumerate(before) if w.low in listed("statements")), default=None)
    if last is None:
        return None
    tail = before[last + 1 :]
    if any(w.low in listed("nouns") or w.low in load_table("events")["verbs"] for w in tail):
        return None
    if place_in(dated, scene, since=before[last].start) is None:
        return 0, ""
    return 1, _clip(before, dated.text, last + 1)


def _noun_phrase(row: Sequence[Word], text: str, dated: Dated | None, scene: Scene) -> str:
    """A phrase that begins with a noun for a happening and ends before a verb, a mark or the date: the first one that
    holds a name, else the longest."""
    best = ""
    for n, word in enumerate(row):
        if word.low not in listed("nouns"):
            continue
        end = n + 1
        while end < len(row) and end - n < LONGEST_NAME:
            gap = text[row[end - 1].end : row[end].start]
            if row[end].low in listed("name_stops") or gap.strip(" ()-–") or (dated and _in_date(row[end], dated)):
                break
            end += 1
        while end > n + 1 and row[end - 1].low in listed("hanging"):
            end -= 1
        phrase = _close_bracket(text[word.start : row[end - 1].end])
        if end - n > 1 and scene.holds_name(phrase):
            return phrase
        if end - n > 1 and len(phrase) > len(best):
            best = phrase
    return best


def _in_date(word: Word, dated: Dated) -> bool:
    return any(0 <= word.start + dated.start - (d.start or 0) < len(d.text) for d in dated.dates)


def _close_bracket(phrase: str) -> str:
    return phrase if phrase.count("(") == phrase.count(")") else phrase[: phrase.rfind("(")].strip()


def _verb_phrase(row: Sequence[Word], dated: Dated, scene: Scene) -> str:
    """The clause around a verb that tells a happening, or the noun that names it with its subject and object."""
    verbs: Mapping[str, str] = load_table("events")["verbs"]
    for n, word in enumerate(row):
        if word.low not in verbs:
            continue
        after = _clip(row[n + 1 :], dated.text, 0)
        noun = str(verbs[word.low] or "")
        subject = _subject(row[:n], dated, scene)
        if noun == "pertemuan" and after:
            other = after if fold(after).startswith("dengan ") else f"dengan {after}"
            return " ".join(filter(None, (noun, subject, other)))
        start = _clause_start(row, n, dated.text)
        return _clip(row, dated.text, start)
    return ""


def _subject(row: Sequence[Word], dated: Dated, scene: Scene) -> str:
    """Who does it: the one person named before the verb outside quotations, else the one whose words the sentence
    quotes ("... ujarnya usai bertemu"); nothing where that is not one person."""
    people = [p for p in scene.names_in("people", dated) if row and row[0].start <= p.start < row[-1].end]
    named = {p.text for p in people}
    if not named:
        speakers = set(scene.speakers_in(dated))
        named = scene.people_named(speakers)
    return named.pop() if len(named) == 1 else ""


def _clause_start(row: Sequence[Word], n: int, text: str) -> int:
    """The word after the last mark before the verb; a bare date between commas before it is passed over."""
    start = n
    while start > 0 and not set(text[row[start - 1].end : row[start].start]) & set(",;:.–"):
        start -= 1
    return start


def _clip(row: Sequence[Word], text: str, start: int) -> str:
    """At most LONGEST_NAME words from ``start``, cut at a mark, a date or a word that goes on elsewhere."""
    end = start
    while end < len(row) and end - start < LONGEST_NAME:
        if end > start and (
            set(text[row[end - 1].end : row[end].start]) & set(',;:.()–"“”') or row[end].low in listed("clause_cuts")
        ):
            break
        end += 1
    while end > start and row[end - 1].low in listed("hanging"):
        end -= 1
    return text[row[start].start : row[end - 1].end] if end > start else ""


def tidy_name(name: str) -> str:
    """Without the words that lead to it, the first letter a capital."""
    words = name.split()
    while len(words) > 1 and fold(words[0]) in listed("leads"):
        words = words[1:]
    return " ".join(words)[:1].upper() + " ".join(words)[1:]
