"""Finds dates told by a number in words or digits: ``tiga hari lalu``, ``tanggal 10 bulan ini``, ``90-an``, ``abad ke-19``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from alibaba_news.loader.dates.found import Found
from alibaba_news.loader.dates.words import Words, compile_pattern, load_words
from alibaba_news.text import match_either
from alibaba_news.world import load_table

LOOK_BACK = 40  # characters before a word in which what belongs to it may stand
_CENTURY = re.compile(r"\s(?:ke-?\s?)?(?:\d{1,2}|[IVX]{1,5})\b(?![.,]\d)")


class Spot(Struct, frozen=True, gc=False):
    """A word or number of the text with the words around it (lower case, empty where other signs come between)."""

    text: str
    word: str
    start: int
    end: int
    before: str
    after: str


def may_tell_date(names: Sequence[str], n: int, words: Words) -> bool:
    """Whether the words beside the number, the ``n``-th of a text's words in lower case, let it tell a date; few numbers do."""
    before, after = names[n - 1] if n else "", names[n + 1] if n + 1 < len(names) else ""
    counted = after in words.units or after in ("belas", "puluh")
    return counted or before in words.sets["day_of_month"] or before in words.sets["decade_cues"]


def read_number(spot: Spot, words: Words) -> list[Found]:
    """The expression that begins with a number other than a year, if one does."""
    return _read_counted(spot, words) or _read_day_of_month(spot, words) or _read_short_decade(spot, words)


@lru_cache(maxsize=1)
def _counted() -> re.Pattern[str]:
    table = load_table("dates")
    units, ones = match_either(load_words().units), match_either(table["counts"])
    teens = rf"(?:\s+(?:(?P<teen>belas)|(?P<ten>puluh)(?:\s+(?P<one>{ones}))?))?"
    return compile_pattern(rf"\w+{teens}\s+(?P<unit>{units})\s+(?:yang\s+)?(?P<turn>lalu|silam|lagi)\b")


def _read_counted(spot: Spot, words: Words) -> list[Found]:
    """``tiga hari lalu``, ``dua tahun lagi``: as exact as its unit, open where a word like "sekitar" stands before it."""
    match = _counted().match(spot.text, spot.start)
    touching = spot.text[spot.start - 1 : spot.start]
    if match is None or len(spot.word) > 4 or (touching and touching in ".,-/") or spot.before in words.sets["day_of_month"]:
        return []
    count = int(spot.word) if spot.word.isdigit() else words.counts[spot.word]
    if match["teen"]:
        count += 10
    elif match["ten"]:
        count = count * 10 + (words.counts[match["one"].lower()] if match["one"] else 0)
    open_count = spot.before in words.sets["not_a_year_after"] or spot.before == "dari"
    distance = None if open_count else count if match["turn"].lower() == "lagi" else -count
    unit = words.units[match["unit"].lower()]
    return [Found(start=spot.start, end=match.end(), text=match.group(), kind="relative", unit=unit, distance=distance)]


@lru_cache(maxsize=1)
def _day_of_month() -> tuple[re.Pattern[str], re.Pattern[str]]:
    months = match_either(phrase for phrase, (unit, _) in load_words().relative.items() if unit == "month")
    cues = match_either(load_table("dates")["day_of_month"])
    return compile_pattern(rf"\b{cues}\s+\Z"), compile_pattern(rf"\s+(?P<month>{months})\b")


def _read_day_of_month(spot: Spot, words: Words) -> list[Found]:
    """``tanggal 10 bulan ini``."""
    if spot.before not in words.sets["day_of_month"] or not spot.word.isdigit() or not 1 <= int(spot.word[:3]) <= 31:
        return []
    left, right = _day_of_month()
    match = right.match(spot.text, spot.end)
    before = left.search(spot.text, max(0, spot.start - LOOK_BACK), spot.start)
    if match is None or before is None:
        return []
    unit, distance = words.relative[" ".join(match["month"].lower().split())]
    start, text = before.start(), spot.text[before.start() : match.end()]
    day = int(spot.word)
    return [Found(start=start, end=match.end(), text=text, kind="relative", day=day, unit=unit, distance=distance)]


def _read_short_decade(spot: Spot, words: Words) -> list[Found]:
    """``tahun 90-an``; "usia 40-an" is an age, "40-an orang" a count."""
    end = spot.end + 3
    fits = len(spot.word) == 2 and spot.word[1] == "0" and spot.before in words.sets["decade_cues"]
    if not fits or spot.text[spot.end : end].lower() != "-an" or spot.text[end : end + 1].isalnum():
        return []
    return [Found(start=spot.start, end=end, text=spot.text[spot.start : end], kind="decade")]


def read_century(spot: Spot) -> list[Found]:
    """``abad ke-19``: the expression that begins with the word for a century, if a number follows."""
    match = _CENTURY.match(spot.text, spot.end)
    text = spot.text[spot.start : match.end()] if match else ""
    return [Found(start=spot.start, end=match.end(), text=text, kind="decade")] if match else []
