"""Texts of a story and its dates in, Figures out: counted things, sums of money and shares, not times, ages or ordinals."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from msgspec import Struct

from alibaba_news.model import DateExpression, Figure, Place
from alibaba_news.text import match_either
from alibaba_news.world import World, load_table

_LONGEST = 15  # digits; what is longer is a code
_PLAIN = 8  # digits without a separator; what is longer is a telephone number, unless it is a sum
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}|\d+(?:[.,]\d+)?"
_NO_DIGIT = re.compile(r"\D")
_POINTED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3}){2,}|[1-9]\d{0,2},000")
_WORD = re.compile(r"[ \u00a0]+(?P<word>[A-Za-z][A-Za-z'’-]*)")
_BEFORE = re.compile(r"(?P<word>[A-Za-z][\w'’-]*+)[.]?\s*\Z")
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_AGAIN = re.compile(r"\d[^\s\d]{0,3}\s{0,4}\(\Z")  # "2 (dua) pemuda" is one number
_THOUSAND = 1000
_SETS = (
    "not_after",
    "not_counted",
    "stops",
    "nouns",
    "whole",
    "acronyms",
    "headline",
    "adjectives",
    "measures",
    "squares",
    "sizes",
)
_OWNED = 6  # letters; "-nya" at the end of a longer word is "their"
_SENTENCE_START = re.compile(r"(?:\A|[.!?…:;,(\"“”'‘]|\n)\s*\Z")
# Indonesian prefixes of verbs; me- only before the sounds it takes in verbs, so that "mesin" and "meja" stay nouns.
_VERB = re.compile(r"(?:me[lmnrwy]|ber|di|ter)[a-z]{3,}")


class _Tables(Struct, frozen=True, kw_only=True):
    scales: dict[str, int]
    short_scales: dict[str, int]
    currencies: dict[str, str]
    words: dict[str, int]
    tens: dict[str, int]
    whole_words: dict[str, float]
    sets: dict[str, frozenset[str]]
    start: re.Pattern[str]
    prefix: re.Pattern[str]
    number: re.Pattern[str]
    spelt: re.Pattern[str]


def _compile(pattern: str) -> re.Pattern[str]:
    """At most four spaces where the pattern has any number, so that long runs of them cost no time."""
    return re.compile(pattern.replace(r"\s*", r"\s{0,4}").replace(r"\s+", r"\s{1,4}"), re.IGNORECASE)


@lru_cache(maxsize=1)
def _load() -> _Tables:
    table: dict[str, Any] = load_table("figures")
    before = {form: code for code, forms in table["before"].items() for form in forms}
    after = {form: code for code, forms in table["after"].items() for form in forms}
    sign = rf"(?:(?<![A-Za-z$]){match_either(before)}[ \u00a0]*)"
    scale, short = match_either(table["scales"]), match_either(table["short_scales"])
    spelling = rf"(?:{match_either([*table['words'], *table['tens'], *table['scales'], *table['whole_words']])}\b)"
    joint = rf"\s*(?:[-–—]|{match_either(table['range_words'])})\s*"
    attached = match_either(table["attached"])
    spoken = rf"{spelling}(?:\s+{spelling}){{0,9}}(?:\s+{match_either(after)})?"
    unit = rf"\s*(?P<percent>%|{match_either(table['percent'])}\b)(?!\s+poin\b)|\s*(?P<currency>{match_either(after)})\b"
    number = (
        rf"(?P<first>(?>{_NUMBER}))(?:{joint}{sign}?(?P<second>(?>{_NUMBER}))(?![.,]?\d))?"
        rf"(?:\s*(?P<scale>{scale})(?:an)?\b|(?P<attached>{attached})\b|[ \u00a0]?(?P<short>{short})\b(?!\.\w))?"
        rf"(?:\s*\({spoken}\))?(?![\w]|[/:.,-]\d)(?:{unit})?"
    )
    spelt = (
        rf"\b(?P<words>{spelling}(?:\s+{spelling}){{0,9}})(?![\w-])"
        rf"(?:\s+(?P<currency>{match_either(after)})\b|\s+(?P<percent>{match_either(table['percent'])})\b(?!\s+poin\b))?"
    )
    return _Tables(
        scales=table["scales"],
        short_scales=table["short_scales"],
        currencies={**before, **after},
        words=table["words"],
        tens=table["tens"],
        whole_words=table["whole_words"],
        sets={name: frozenset(table[name]) for name in _SETS},
        # The digit stands before the tests of what is to its left, so that the engine looks at digits alone.
        start=re.compile(r"\d(?:(?<![\w/:]\d)(?<![\d/][.,-]\d)(?<!ke-\d)|(?<=[A-Za-z]\d))"),
        prefix=_compile(rf"{sign}\Z"),
        number=_compile(number),
        spelt=_compile(spelt),
    )


def read_figures(texts: Mapping[Place, str], dates: tuple[DateExpression, ...], world: World) -> tuple[Figure, ...]:  # noqa: ARG001
    """Every figure of the texts, place by place, in order; nothing that is part of one of the story's ``dates``.

    A range gives both its ends. Numbers are read as Indonesian writes them: ``1.000`` is a thousand, ``14,7`` a fraction.
    """
    spans: dict[Place, list[tuple[int, int]]] = {}
    for expression in dates:
        if expression.start is not None:
            spans.setdefault(expression.paragraph, []).append((expression.start, expression.start + len(expression.text)))
    for taken in spans.values():
        taken.sort()
    found: list[Figure] = []
    for place, text in texts.items():
        rows = [*_read_digits(text, place, spans.get(place, [])), *_read_words(text, place, spans.get(place, []))]
        found.extend(sorted(rows, key=lambda f: f.start or 0))
    return tuple(found)


def _read_digits(text: str, place: Place, taken: list[tuple[int, int]]) -> Iterator[Figure]:
    tables = _load()
    position = 0
    for start in tables.start.finditer(text):
        if start.start() < position:
            continue
        match = tables.number.match(text, start.start())
        if match is None:
            continue
        sign = tables.prefix.search(text[max(0, match.start() - 12) : match.start()])
        left = match.start() - len(sign.group()) if sign else match.start()
        if sign is None and text[left - 1 : left].isalpha():
            continue  # "B20", "Vario110"
        if _overlaps(taken, left, match.end()):
            continue
        position = match.end()
        yield from _make(text, place, left, match, sign.group().strip().lower() if sign else None)


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch of text shares a character with one of the spans (in order, none within another)."""
    n = bisect_left(taken, (end, 0))
    return n > 0 and taken[n - 1][1] > start


def _make(text: str, place: Place, left: int, match: re.Match[str], sign: str | None) -> Iterator[Figure]:
    tables = _load()
    money = tables.currencies.get(" ".join(sign.split())) if sign else None
    if money is None and match["currency"]:
        money = tables.currencies[" ".join(match["currency"].lower().split())]
    written = match["short"] or ""
    if written and not sign and (written != "m" or text[match.start("short") - 1] == " "):
        return
    scale = tables.scales.get((match["scale"] or "").lower()) or (tables.short_scales.get(written.lower(), 1) if sign else 1)
    numbers = [n for n in (match["first"], match["second"]) if n]
    values = [v for v in (_read_number(n, scale, money is not None) for n in numbers) if v is not None]
    if len(values) != len(numbers) or (len(values) == 2 and values[0] >= values[1]):
        return
    measure = match["attached"] or (None if sign else match["short"])
    unit, end = ("persen" if match["percent"] else money or measure), match.end()
    if unit is None:
        plain = scale == 1 and values[-1] < 1000
        scaled = scale > 1 or values[-1] >= _THOUSAND
        unit, end = _read_noun(text, match.end(), place, counted=_is_count(text, left, place, plain=plain), scaled=scaled)
    if unit:
        for value in values:
            yield Figure(text=text[left:end], value=value, unit=unit, paragraph=place, start=left)


def _read_number(text: str, scale: int, money: bool) -> int | float | None:
    """The number, or None for a code: telephone numbers, leading zeros."""
    digits = _NO_DIGIT.sub("", text)
    if len(digits) > _LONGEST or (digits == text and (len(digits) > (_LONGEST if money else _PLAIN))):
        return None
    if len(digits) > 1 and digits[0] == "0" and text[1:2] not in (",", "."):
        return None
    if _POINTED.fullmatch(text):
        plain = text.replace(".", "").replace(",", ".")
    elif scale == 1 and _ENGLISH.fullmatch(text):
        plain = text.replace(",", "")  # as English writes it; no fraction ends in three noughts
    else:
        plain = text.replace(",", ".") if text.count(",") <= 1 else text.replace(",", "")
    return _to_number(Decimal(plain) * scale)


def _to_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _is_count(text: str, left: int, place: Place, *, plain: bool) -> bool:
    """False behind a word that makes the number a name: ``Pasal 5``, ``Galaxy Note 7``."""
    before = _BEFORE.search(text[max(0, left - 40) : left])
    if before is None:
        return True
    word = before["word"]
    if word.lower() in _load().sets["not_after"]:
        return False
    if word.lower() in _load().sets["sizes"]:
        return True
    start = max(0, left - 40) + before.start()
    named = not word.islower() and not _SENTENCE_START.search(text[max(0, start - 3) : start]) and start > 0
    return not (plain and named and place != 0)


def _read_noun(text: str, end: int, place: Place, *, counted: bool, scaled: bool) -> tuple[str | None, int]:
    """The counted noun, at most two words, and where it ends; None where the number counts nothing."""
    sets = _load().sets
    words: list[str] = []
    while counted and len(words) < 2 and (match := _WORD.match(text, end)):
        word = match["word"].rstrip("-'’")
        lower = word.lower()
        first = not words
        if first and (word in sets["acronyms"] or (scaled and place != 0 and _ACRONYM.fullmatch(word))):
            return word, match.start("word") + len(word)
        if (not word.islower() and not (first and place == 0 and lower in sets["headline"])) or not _is_noun(lower, sets):
            break
        if lower in sets["not_counted"] if first else lower in sets["adjectives"] or lower in _load().words:
            break
        words.append(lower)
        end = match.start("word") + len(word)
        square = _WORD.match(text, end) if lower in sets["measures"] else None
        if square and square["word"] in sets["squares"]:
            words, end = [lower, square["word"]], square.end()
        if lower in sets["whole"] or lower in sets["measures"] or len(word) < len(match["word"]):
            break
    if words and len(words[-1]) > _OWNED and words[-1].endswith("nya"):
        words[-1] = words[-1][:-3]  # "lima anak usahanya"
    return (" ".join(words), end) if words and len(words[0]) > 1 else (None, end)


def _is_noun(word: str, sets: Mapping[str, frozenset[str]]) -> bool:
    return word not in sets["stops"] and (word in sets["nouns"] or not _VERB.fullmatch(word))


def _read_words(text: str, place: Place, taken: list[tuple[int, int]]) -> Iterator[Figure]:
    """Numbers written in words: ``lima produk``, ``dua puluh lima orang``, ``setengah juta rupiah``."""
    tables = _load()
    for match in tables.spelt.finditer(text):
        left, end = match.span()
        if _overlaps(taken, left, end) or text[left - 1 : left] in ("-", ".") or _AGAIN.search(text[max(0, left - 30) : left]):
            continue
        value = _add_words(match["words"].lower().split())
        if value is None:
            continue
        unit: str | None = None
        if match["currency"]:
            unit = tables.currencies[" ".join(match["currency"].lower().split())]
        elif match["percent"]:
            unit = "persen"
        else:
            scaled = value >= _THOUSAND
            unit, end = _read_noun(text, end, place, counted=_is_count(text, left, place, plain=False), scaled=scaled)
        if unit:
            yield Figure(text=text[left:end], value=value, unit=unit, paragraph=place, start=left)


def _add_words(words: list[str]) -> int | float | None:
    """``dua ratus lima puluh ribu`` as 250,000; None for "satu" alone, scales alone and what is no one number."""
    tables = _load()
    total, group, ones = Decimal(0), Decimal(0), Decimal(0)
    started = False
    for word in words:
        if word in tables.scales and word not in tables.tens:
            if not (group or ones):
                return None
            total, group, ones = total + (group + ones) * tables.scales[word], Decimal(0), Decimal(0)
        elif word in tables.tens:
            if not ones:
                return None
            group, ones = group + (ones + 10 if word == "belas" else ones * tables.tens[word]), Decimal(0)
        elif ones:
            return None  # "dua tiga orang" is a guess
        else:
            ones = Decimal(str(tables.whole_words.get(word, tables.words.get(word, 0))))
        started = True
    value = total + group + ones
    return _to_number(value) if started and value > 1 else None
