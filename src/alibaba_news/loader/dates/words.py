"""The words of dates, out of data/dates.yaml, as look-up tables and compiled patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from msgspec import Struct

from alibaba_news.text import match_either
from alibaba_news.world import World, load_table


def compile_pattern(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Compile with at most four spaces where the pattern has any number, so that long runs of them cost no time."""
    return re.compile(pattern.replace(r"\s*", r"\s{0,4}").replace(r"\s+", r"\s{1,4}"), flags)


def match_any(words: Iterable[str]) -> re.Pattern[str]:
    """Whole words or phrases out of a list, in any case."""
    return re.compile(rf"\b{match_either(words)}\b", re.IGNORECASE)


class Reach(Struct, frozen=True, kw_only=True):
    """How many days two things that a story tells together may lie apart (see data/dates.yaml)."""

    week: int
    month: int
    half_year: int
    year: int
    look_back: int


class Words(Struct, frozen=True, kw_only=True):
    """Look-ups by folded word, and the patterns that several modules share."""

    years: range
    reach: Reach
    weekdays: dict[str, int]
    months: dict[str, int]
    counts: dict[str, int]
    units: dict[str, str]
    zones: dict[str, str]
    relative: dict[str, tuple[str, int | None]]
    beside: dict[str, int | None]
    sets: dict[str, frozenset[str]]
    cue: re.Pattern[str]
    span_word: re.Pattern[str]
    own_day: re.Pattern[str]
    updated: re.Pattern[str]


_CUES = ("future_cues", "report_words", "report_breaks")  # single words, looked for at once
_SETS = (
    "weekdays_alone",
    "not_a_day_after",
    "not_a_day_before",
    "month_cues",
    "year_cues",
    "not_a_year_after",
    "not_a_year_before",
    "past",
    "future",
    "old_year_cues",
    "decade_cues",
    "centuries",
    "day_of_month",
    "not_relative_after",
    "nights_spent",
    *_CUES,
)


def _number(rows: list[list[str]]) -> dict[str, int]:
    return {form: index for index, row in enumerate(rows) for form in row}


def _read_relative(table: dict[str, dict[int | str, list[str]]]) -> dict[str, tuple[str, int | None]]:
    return {
        phrase: (unit, None if distance == "open" else int(distance))
        for unit, rows in table.items()
        for distance, phrases in rows.items()
        for phrase in phrases
    }


@lru_cache(maxsize=1)
def load_words() -> Words:
    """The tables, compiled once."""
    table: dict[str, Any] = load_table("dates")
    return Words(
        years=range(table["years"]["first"], table["years"]["last"] + 1),
        reach=Reach(**table["reach"]),
        weekdays=_number(table["weekdays"]),
        months={form: n + 1 for form, n in _number(table["months"]).items()},
        counts=table["counts"],
        units=table["units"],
        zones=table["zones"],
        relative=_read_relative(table["relative"]),
        beside={phrase: distance for phrase, (_, distance) in _read_relative({"day": table["beside_a_day"]}).items()},
        sets={name: frozenset(table[name]) for name in _SETS},
        cue=match_any(word for name in _CUES for word in table[name]),
        span_word=re.compile(rf"\b{match_either(table['span_words'])}\s+(?:tanggal\s+)?\(?\Z", re.IGNORECASE),
        own_day=match_any(table["own_day"]),
        updated=match_any(table["updated"]),
    )


def say_date(world: World, month: int, day: int | None = None, year: int | None = None) -> str:
    """A date in words of the archive's language: ``13 Oktober 2018``."""
    name = load_table("dates")["month_names"][world.language][month - 1]
    return " ".join(str(part) for part in (day, name, year) if part is not None)


def say_weekday(world: World, weekday: int) -> str:
    """A day's name in the archive's language."""
    return str(load_table("dates")["weekday_names"][world.language][weekday])
