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
from alibaba_news.world import load_table

_SPEED = 12  # characters behind a length in which the time stands that makes it a speed
_ROUND = (10, 100)
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
FRACTION = 4  # decimals of a third
_MANY = 100  # "more than" such a number counts something, behind a smaller one it compares ("5 lebih murah")
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
    "counting",
    "more",
    "rest",
    "harmed",
    "no_share",
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
    harmed_unit: str
    speeds: tuple[str, ...]
    start: re.Pattern[str]
    prefix: re.Pattern[str]
    number: re.Pattern[str]
    spelt: re.Pattern[str]
    whole: re.Pattern[str]
    fractions: dict[str, int]
    fraction_hints: tuple[str, ...]  # the end of every word for a fraction, which a text with one holds in small letters
    fraction: re.Pattern[str]


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
        rf"(?P<first>(?>{_NUMBER}))(?:(?:\s*(?P<own>{scale})\b{joint}|{joint}{sign}?)(?P<second>(?>{_NUMBER}))(?![.,]?\d)(?(own)(?=\s*{scale}\b)))?"
        rf"(?:\s*(?P<scale>{scale})(?:an)?\b|(?P<attached>{attached})\b|[ \u00a0]?(?P<short>{short})\b(?!\.\w))?"
        rf"(?:-an\b)?(?:\s*\({spoken}\))?(?![\w]|[/:.,-]\d)(?:{unit})?"
    )
    spelt = (
        rf"\b(?P<words>{spelling}(?:\s+{spelling}){{0,9}})(?![\w-])"
        rf"(?:\s+(?P<currency>{match_either(after)})\b|\s+(?P<percent>{match_either(table['percent'])})\b(?!\s+poin\b))?"
    )
    fraction = (
        rf"\b(?:(?:se|(?P<count>{match_either(table['words'])})\s+)(?P<part>{match_either(table['fractions'])})"
        rf"|{match_either(table['halves'])})\b(?:\s+dari\b)?"
    )
    return _Tables(
        scales=table["scales"],
        short_scales=table["short_scales"],
        currencies={**before, **after},
        words=table["words"],
        tens=table["tens"],
        whole_words=table["whole_words"],
        sets={name: frozenset(table[name]) for name in _SETS},
        harmed_unit=table["harmed_unit"],
        speeds=tuple(table["speeds"]),
        # The digit stands before the tests of what is to its left, so that the engine looks at digits alone.
        start=re.compile(r"\d(?:(?<![\w/:]\d)(?<![\d/][.,-]\d)(?<!ke-\d)|(?<=[A-Za-z]\d))"),
        prefix=_compile(rf"{sign}\Z"),
        number=_compile(number),
        spelt=_compile(spelt),
        whole=_compile(
            rf"\s+{match_either(table['part_of'])}\s+(?:(?P<digits>\d{{1,3}}(?:\.\d{{3}})*)|(?P<words>{spelling}(?:\s+{spelling}){{0,5}}))(?=\s)"
        ),
        fractions=table["fractions"],
        fraction_hints=tuple(hint[1:] for hint in (*table["fractions"], *table["halves"])),
        fraction=_compile(fraction),
    )


def read_figures(texts: Mapping[Place, str], dates: tuple[DateExpression, ...]) -> tuple[Figure, ...]:
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
        taken = spans.get(place, [])
        rows = [*_read_digits(text, place, taken), *_read_words(text, place, taken), *_read_fractions(text, place, taken)]
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
    values = _read_values(match, money=money is not None, short=written if sign else "")
    if not values:
        return
    measure = match["attached"] or (None if sign else match["short"])
    unit, end = ("persen" if match["percent"] else money or measure), match.end()
    if unit is None:
        plain = match["scale"] is None and values[-1] < _THOUSAND
        scaled = match["scale"] is not None or values[-1] >= _THOUSAND
        unit, end = _read_counted(text, (left, end), place, values[-1], plain=plain, scaled=scaled)
    if unit:
        for value in values:
            yield Figure(text=text[left:end], value=value, unit=unit, paragraph=place, start=left)


def _read_values(match: re.Match[str], *, money: bool, short: str) -> list[int | float]:
    """The number, or both ends of a range; none where it is a code or falls ("10-5", a score)."""
    tables = _load()
    scale = tables.scales.get((match["scale"] or "").lower()) or tables.short_scales.get(short.lower(), 1)
    last = _read_number(match["second"] or match["first"], scale, money)
    if match["second"] is None or last is None:
        return [] if last is None else [last]
    own = tables.scales[match["own"].lower()] if match["own"] else scale
    first = _read_number(match["first"], own, money)
    if money and first is not None and first >= last:
        first = _read_number(match["first"], 1, money)  # "Rp15.000 - Rp8,5 juta"
    sure = first is not None and (first < last or match["own"] is not None)
    return [first, last] if first is not None and sure else []


def _read_counted(
    text: str, span: tuple[int, int], place: Place, value: float, *, plain: bool, scaled: bool
) -> tuple[str | None, int]:
    """What a number without a unit of its own counts, and where that ends: the noun behind it, or what is left out because
    the sentence names it beside ("3 dari 5 rumah", "12 tewas")."""
    left, end = span
    tables = _load()
    before = _BEFORE.search(text, max(0, left - 40), left)
    counted = before is None or _is_count(text, before, place, plain=plain)
    scaled = scaled or (before is not None and before["word"].lower() in tables.sets["counting"])
    unit, stop = _read_noun(text, end, place, counted=counted, scaled=scaled)
    if unit or not counted:
        return unit, stop
    word = _WORD.match(text, end)
    then = _WORD.match(text, word.end()) if word and word["word"] in tables.sets["rest"] else word
    if word and then and then["word"].lower() in tables.sets["harmed"] and value == int(value):
        return tables.harmed_unit, word.end()
    if word and word["word"] in tables.sets["more"] and value >= _MANY:
        unit, stop = _read_noun(text, word.end(), place, counted=True, scaled=scaled)
        return (unit, stop) if unit and unit.split()[0] not in tables.sets["adjectives"] else (None, end)
    whole = tables.whole.match(text, end)
    total = _read_total(whole) if whole else None
    if whole and total is not None and total > value:
        return _read_noun(text, whole.end(), place, counted=True, scaled=False)
    return None, end


def _read_total(whole: re.Match[str]) -> int | float | None:
    return _read_number(whole["digits"], 1, money=False) if whole["digits"] else _add_words(whole["words"].lower().split())


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


def _is_count(text: str, before: re.Match[str], place: Place, *, plain: bool) -> bool:
    """False behind a word that makes the number a name: ``Pasal 5``, ``Galaxy Note 7``."""
    word, start = before["word"], before.start()
    if word.lower() in _load().sets["not_after"]:
        return False
    if word.lower() in _load().sets["sizes"]:
        return True
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
        if not (word.islower() or (first and _is_known_capital(word, place, sets))) or not _is_noun(lower, sets):
            break
        if lower in sets["not_counted"] if first else lower in sets["adjectives"] or lower in _load().words:
            break
        words.append(lower)
        end = match.start("word") + len(word)
        square = _WORD.match(text, end) if lower in sets["measures"] else None
        if square and square["word"] in sets["squares"]:
            words, end = [lower, square["word"]], square.end()
        if first and lower in sets["measures"] and text[end : end + _SPEED].lstrip().lower().startswith(_load().speeds):
            return None, end
        if lower in sets["whole"] or lower in sets["measures"] or len(word) < len(match["word"]):
            break
    if words and len(words[-1]) > _OWNED and words[-1].endswith("nya"):
        words[-1] = words[-1][:-3]  # "lima anak usahanya"
    return (" ".join(words), end) if words and len(words[0]) > 1 else (None, end)


def _is_known_capital(word: str, place: Place, sets: Mapping[str, frozenset[str]]) -> bool:
    """A noun counted in headlines and labels, where every word has a capital, or a measure ("150.000 Barel", "200 KM")."""
    lower = word.lower()
    if lower in sets["headline"] and (place == 0 or word.istitle()):
        return True
    return len(word) > 1 and (lower in sets["measures"] or lower in sets["whole"])


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
            unit, end = _read_counted(text, (left, end), place, value, plain=False, scaled=True)
        if unit:
            yield Figure(text=text[left:end], value=value, unit=unit, paragraph=place, start=left)


def _read_fractions(text: str, place: Place, taken: list[tuple[int, int]]) -> Iterator[Figure]:
    """Shares written in words: ``sepertiga desa``, ``dua pertiga dari kebutuhan dana``. A third is 0.3333."""
    tables = _load()
    for hint in tables.fraction_hints:  # hardly any text holds one
        if hint in text:
            break
    else:
        return
    for match in tables.fraction.finditer(text):
        parts = tables.fractions[match["part"].lower()] if match["part"] else 2
        count = tables.words[match["count"].lower()] if match["count"] else 1
        unit, end = _read_noun(text, match.end(), place, counted=True, scaled=False)
        if unit and count < parts and unit.split()[0] not in tables.sets["no_share"] and not _overlaps(taken, *match.span()):
            value = _to_number(round(Decimal(count) / parts, FRACTION))
            yield Figure(text=text[match.start() : end], value=value, unit=unit, paragraph=place, start=match.start())


def _add_words(words: list[str]) -> int | float | None:
    """``dua ratus lima puluh ribu`` as 250,000; None for "satu" alone, scales alone and what is no one number."""
    tables = _load()
    total, group, ones = Decimal(0), Decimal(0), Decimal(0)
    started = False
    for word in words:
        value = Decimal(str(tables.whole_words.get(word, tables.words.get(word, 0))))
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
        elif value == _THOUSAND and not (total or group):
            total = value  # "seribu dua ratus"
        elif value in _ROUND and not group:
            group = value  # "seratus lima puluh"
        else:
            ones = value
        started = True
    value = total + group + ones
    return _to_number(value) if started and value > 1 else None
