"""Arithmetic of days: numbers of day, month, year and weekday (Monday 0) in, ``datetime.date`` or ISO text out. No clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day (31 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_days(day: date, count: int) -> date | None:
    """The day ``count`` days later (earlier where negative), None beyond the calendar."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def exists_in_some_year(month: int, day: int) -> bool:
    """True for every day of a leap year."""
    return make_day(2000, month, day) is not None


def years_with_weekday(month: int, day: int, weekday: int | None, years: Iterable[int]) -> tuple[int, ...]:
    """Those years in which the day exists and falls on the weekday (any weekday where it is None)."""
    found = []
    for year in years:
        candidate = make_day(year, month, day)
        if candidate and (weekday is None or candidate.weekday() == weekday):
            found.append(year)
    return tuple(found)


@lru_cache(maxsize=4096)  # a story names the same days again
def find_nearest(month: int, day: int, near: date, direction: str | None = None) -> date | None:
    """The occurrence of a yearless day nearest to ``near``.

    ``direction`` "past" or "future" allows only that side (the day itself counts to both). Without one a day to come must
    be twice as near as a day gone by, since news mostly tells what has happened.
    """
    best: tuple[int, date] | None = None
    for year in range(near.year - 4, near.year + 5):  # four years reach the next 29 February
        candidate = make_day(year, month, day)
        if candidate is None:
            continue
        ahead = (candidate - near).days
        if (direction == "past" and ahead > 0) or (direction == "future" and ahead < 0):
            continue
        cost = ahead * 2 if ahead > 0 else -ahead
        if best is None or cost < best[0]:
            best = (cost, candidate)
    return best[1] if best else None


def find_weekday(weekday: int, near: date, direction: str | None = None) -> date | None:
    """The day of that name nearest to ``near``: up to six days back, or ahead for "future" (then never the day itself)."""
    if direction == "future":
        return add_days(near, (weekday - near.weekday() - 1) % 7 + 1)
    if direction == "past":
        return add_days(near, -((near.weekday() - weekday - 1) % 7 + 1))
    return add_days(near, -((near.weekday() - weekday) % 7))


def shift_month(near: date, months: int) -> tuple[int, int] | None:
    """Year and month ``months`` later, None beyond the calendar."""
    index = near.year * 12 + near.month - 1 + months
    return (index // 12, index % 12 + 1) if 12 <= index < 10000 * 12 else None


def write_iso(year: int, month: int | None = None, day: int | None = None) -> str:
    """ISO 8601 text cut to what is given: ``2018``, ``2018-10``, ``2018-10-13``."""
    text = f"{year:04d}"
    if month is not None:
        text += f"-{month:02d}"
        if day is not None:
            text += f"-{day:02d}"
    return text
