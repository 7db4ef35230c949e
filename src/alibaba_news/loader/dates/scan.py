"""Finds every date expression of a text, in order: days, months, years, decades, weekdays and relative ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec.structs import replace

from alibaba_news.loader.dates.calendar import make_day
from alibaba_news.loader.dates.found import Found
from alibaba_news.loader.dates.printed import find_printed, range_pattern
from alibaba_news.loader.dates.words import compile_pattern
from alibaba_news.loader.dates.wordy import find_wordy
from alibaba_news.model import Place


@lru_cache(maxsize=1)
def _between() -> re.Pattern[str]:
    return compile_pattern(rf"(?:{range_pattern()}|\s*,?\s*dan\s+)(?:hari\s+|tanggal\s+|bulan\s+)?")


def scan_texts(texts: Mapping[Place, str]) -> tuple[Found, ...]:
    """Every date expression of the texts: place by place as given, then in order of appearance."""
    found: list[Found] = []
    for place, text in texts.items():
        found.extend(replace(f, place=place) if place != 0 else f for f in scan_text(text))
    return tuple(found)


def scan_text(text: str) -> list[Found]:
    """Every date expression of one text. A year printed once for a range or a pair counts for both ends."""
    printed, spans = find_printed(text)
    found = sorted([*printed, *find_wordy(text, spans)], key=lambda f: (f.start, f.end))
    for n in range(len(found) - 2, -1, -1):
        first, second = found[n], found[n + 1]
        if first.kind == second.kind and _between().fullmatch(text, first.end, second.start):
            found[n] = _lend_year(first, second)
            found[n + 1] = replace(second, range_end=True)
    return found


def _lend_year(first: Found, second: Found) -> Found:
    """``28 Januari-3 Februari 2019``: the first end lies in the same year, or in the year before across new year."""
    if first.year is not None or second.year is None or first.month is None or second.month is None:
        return first
    year = second.year - (first.month > second.month)
    missing = first.day is not None and make_day(year, first.month, first.day) is None  # 29 February
    return first if missing else replace(first, year=year)
