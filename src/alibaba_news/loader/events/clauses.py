"""A dated sentence -> its words as they can stand in a name: without dates, quotations and asides in brackets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from alibaba_news.loader.events.dated import Dated, listed, read_quoted
from alibaba_news.loader.names.lexicon import listed_words, words
from alibaba_news.text import fold
from alibaba_news.world import load_table

LONGEST_NAME = 14  # words: a happening's name is a headline, not a sentence
SHORTEST_NAME = 5  # words that are left of one that is cut back
_LONGEST_RUN = 3  # words of a name of somebody or something by which it may grow
MARKS = frozenset(',;:.–—“”"()•|')
# Most words are Latin letters alone: the first alternative reads them at the least cost.
_WORD = re.compile(r"[A-Za-z]++(?![\w'’&/:.-])|\d+(?:[.,:]\d+)*%?(?![^\W_])|[^\W_]+(?:[-'’&/:][^\W_]+|\.(?=[a-z\d])[^\W_]+)*")
_APART = re.compile(r",\s{1,3}(?:me[lmnrwy]|ber|di[a-z]{3}|ter)[a-z]{2}")
_GOES_ON = re.compile(r"(?:di|ke|dari|dalam|akan|telah|sudah|juga)$|(?:me[lmnrwy]|ber|di|ter)[a-z]{3}")
_LONGEST = 40
_LONG = 6  # letters of a verb that may stick to the name before it, where a scraper lost the space around a link
_LEAD = re.compile(r"\d+(?=[a-z]{4})|[a-z]{3,}(?=[A-Z])")
_ASIDE = re.compile(r"\([^()]{1,60}\)")
_TIME = re.compile(
    r"\s{0,3}(?:(?:sekitar|sekira|kira-kira|tepat)\s{1,3})?(?:pukul|jam)\s{1,3}\d[\d.:]{0,6}(?:\s{0,3}[-–]\s{0,3}\d[\d.:]{0,6})?(?:\s{1,3}(?:WIB|WITA|WIT)\b)?",
    re.IGNORECASE,
)


class Word(Struct, frozen=True, gc=False):
    """A word as printed and folded, with its place in the text."""

    text: str
    low: str
    start: int
    end: int


@cache
def _leads() -> tuple[str, ...]:
    return tuple(sorted(listed("date_leads")))


@cache
def _lead_in() -> re.Pattern[str]:
    """What leads to a date and goes with it: "pada hari", "sekitar", a comma before it."""
    words = "|".join(sorted(listed("date_leads"), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?:\b(?:{words})\s{{1,3}}){{1,3}}\Z", re.IGNORECASE)


@cache
def _lead_out() -> re.Pattern[str]:
    """What follows a date and goes with it: "lalu", "malam"."""
    words = "|".join(sorted(listed("date_trails"), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?:\s{{0,3}}(?:{words})\b){{1,3}}", re.IGNORECASE)


def mask(dated: Dated) -> str:
    """The sentence with blanks for its dates, their prepositions and hours, and for asides: everything keeps its place."""
    text = dated.text
    spans = [m.span() for m in _ASIDE.finditer(text)]
    for date in dated.dates:
        start = (date.start or 0) - dated.start
        end = start + len(date.text)
        before = text[max(0, start - 40) : start]
        lead = _lead_in().search(before) if before.rstrip().lower().endswith(_leads()) else None
        start = start - len(before) + lead.start() if lead else start
        for pattern in (_lead_out(), _TIME, _lead_out()):
            trail = pattern.match(text, end)
            end = trail.end() if trail else end
        apart = _APART.match(text, end)
        if apart and text[:start].rstrip().endswith(","):  # "Wira, Senin (6/5), meresmikan ..." is one clause
            start, end = len(text[:start].rstrip()) - 1, end + 1
        spans.append((start, end))
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


@lru_cache(maxsize=256)  # the dates of one sentence share it and the sentence behind it; before many stand the same words
def read_words(text: str) -> tuple[Word, ...]:
    """The words of a text with their places."""
    return tuple(_find_words(text))


def _find_words(text: str) -> list[Word]:
    found: list[Word] = []
    for match in _WORD.finditer(text):
        printed = match.group()
        low = printed.lower() if printed.isascii() else fold(printed)
        word = Word(printed, low, *match.span())
        if len(printed) > _LONG and (printed[0].isdigit() or not (printed.islower() or printed.isupper())):
            found += _unstick(word)
        else:
            found.append(word)
    return found


def last_words(text: str, count: int) -> list[Word]:
    """The last words of a text, each with its place in its own piece: what stands before a date is read from its end."""
    found: list[Word] = []
    while text and len(found) < count:
        text, _, piece = text.rpartition(" ")
        found = [*read_words(piece), *found]
    return found[-count:]


def _unstick(word: Word) -> Iterator[Word]:
    """``rudalIransejak`` as the words it is: scraping drops the spaces around a page's links, which are mostly names."""
    start = 0
    for end in (*_find_cuts(word.text), len(word.text)):
        text = word.text[start:end]
        yield Word(text, fold(text), word.start + start, word.start + end)
        start = end


@lru_cache(maxsize=16384)
def _find_cuts(text: str) -> tuple[int, ...]:
    """Where in a printed word a space was lost: before a capital behind a word in small letters, behind a number, and between a
    name and a known verb or small word."""
    if len(text) > _LONGEST:
        return ()
    small = words("glue_words")
    lead = _LEAD.match(text)
    parted = lead is not None and (len(lead[0]) >= _LONG - 1 or lead[0].isdecimal() or lead[0] in small)
    cut = lead.end() if lead is not None and parted else 0
    name = text[cut:]
    if not (name.isalpha() and name[0].isupper()):
        return (cut,) if cut else ()
    verbs = load_table("events")["verbs"]
    small = small if fold(name) not in listed_words("common_words") else frozenset()
    stuck = next((n for n in range(3, len(name) - _LONG + 1) if name[n:] in verbs), 0)
    stuck = stuck or next((n for n in range(4, len(name) - _LONG + 2) if name[n:] in small), 0)
    return tuple(at for at in (cut, stuck and cut + stuck) if at)


def free_words(text: str) -> list[Word]:
    """The words outside quotations."""
    words = read_words(text)
    quoted = read_quoted(text)
    if not quoted:
        return list(words)
    starts = [w.start for w in words]
    return [w for a, b in quoted.stretches_outside(len(text)) for w in words[bisect_left(starts, a) : bisect_left(starts, b)]]


def cut_between(first: Word, second: Word, text: str) -> bool:
    """Whether a mark that ends a clause stands between two neighbours."""
    return bool(set(text[first.end : second.start]) & MARKS)


@lru_cache(maxsize=64)
def tells_anew(dated: Dated) -> bool:
    """Whether a verb stands between another date of the sentence and this one: it tells what happened on this one ("dilantik
    pada 3 Maret menggantikan Budi yang wafat pada 1 Maret")."""
    at = (dated.dates[0].start or 0) - dated.start
    verbs = load_table("events")["verbs"]
    return 0 < dated.since < at and any(w.low in verbs for w in read_words(dated.text[dated.since : at]))


def clause_start(row: Sequence[Word], n: int, text: str) -> int:
    """The first word of the clause around word ``n``: after a mark, or a word that begins a clause of its own."""
    start = n
    while start > 0 and not cut_between(row[start - 1], row[start], text) and row[start - 1].low not in listed("clause_starts"):
        start -= 1
    return start


def goes_on(row: Sequence[Word], n: int) -> bool:
    """Whether an "dan" joins another doing, not another name."""
    return row[n].low == "dan" and n + 1 < len(row) and bool(_GOES_ON.match(row[n + 1].low))


def clip(row: Sequence[Word], text: str, start: int) -> str:
    """At most LONGEST_NAME words from ``start``, cut at a mark or a word that goes on elsewhere."""
    end = start
    while end < len(row) and end - start < LONGEST_NAME:
        if end > start and (cut_between(row[end - 1], row[end], text) or row[end].low in listed("clause_cuts")):
            break
        if goes_on(row, end):
            break
        end += 1
    whole = end == len(row) or end - start < LONGEST_NAME
    return slice_words(row, text, start, end if whole else _end_of_phrase(row, text, start, end))


def _end_of_phrase(row: Sequence[Word], text: str, start: int, end: int) -> int:
    """Where a name that grew too long ends: behind the capitals it would be cut in, if a phrase ends there, else before its
    last phrase and the verb that governs it ("... menggelar aksi | dengan membagikan tali kasih berupa barang ...")."""
    stop = end
    while stop < len(row) and stop - end < _LONGEST_RUN and _is_in_run(row, stop, text):
        stop += 1
    if stop == len(row) or cut_between(row[stop - 1], row[stop], text) or _opens_phrase(row[stop]):
        return stop
    last = next((n for n in range(end - 1, start + SHORTEST_NAME - 1, -1) if _opens_phrase(row[n])), end)
    while last < end and last > start + SHORTEST_NAME and _GOES_ON.match(row[last - 1].low) and row[last - 1].text.islower():
        last -= 1
    return last


def _is_in_run(row: Sequence[Word], n: int, text: str) -> bool:
    return row[n].text[0].isupper() and row[n - 1].text[0].isupper() and not cut_between(row[n - 1], row[n], text)


def _opens_phrase(word: Word) -> bool:
    return word.low in listed("phrase_starts") or word.low in listed("clause_cuts")


def slice_words(row: Sequence[Word], text: str, start: int, end: int) -> str:
    """The text of some words with single spaces, without what cannot end a name."""
    while end > start and row[end - 1].low in listed("hanging"):
        end -= 1
    pieces = []
    for n in range(start, end):
        gap = text[row[n].end : row[n + 1].start] or " " if n + 1 < end else ""
        pieces.append(text[row[n].start : row[n].end] + gap)
    return " ".join("".join(pieces).split())
