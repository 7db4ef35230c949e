"""ISO dates cut to what is known -> words in the page's language, no more precise than they are.

``2018-10-13T10:46+07:00`` -> "Sabtu, 13 Oktober 2018, 10.46 WIB"; ``2017-08`` -> "Agustus 2017"; ``1998`` -> "1998".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, time
from functools import cache, lru_cache
from typing import Literal

from babel import Locale
from msgspec import Struct

Style = Literal["full", "long", "short"]
# British order: the day stands before the month, as in Indonesian, so that a column of dates reads the same in both.
BABEL_LOCALES = {"id": "id", "en": "en_GB"}
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?")
_ZONES = {"+07:00": "WIB", "+08:00": "WITA", "+09:00": "WIT", "Z": "UTC", "+00:00": "UTC"}


class Moment(Struct, frozen=True, kw_only=True):
    """A date taken apart; what is not known is None."""

    year: int
    month: int | None = None
    day: int | None = None
    time: time | None = None
    zone: str | None = None  # as ISO 8601 writes it, +07:00

    @property
    def first_day(self) -> date:
        """The first day the date allows."""
        return date(self.year, self.month or 1, self.day or 1)


@lru_cache(maxsize=65536)
def parse_moment(value: str | None) -> Moment | None:
    """The parts of an ISO date, or None where it is none or names a day that does not exist."""
    match = _ISO.fullmatch(value or "")
    if not match or match[1] == "9999":  # the year after must exist for drawing
        return None
    year, month, day, hour, minute, zone = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
        clock = time(int(hour), int(minute)) if hour else None
    except ValueError:
        return None
    numbers = {"month": int(month) if month else None, "day": int(day) if day else None}
    return Moment(year=int(year), **numbers, time=clock, zone=zone)


@lru_cache(maxsize=65536)
def word_date(value: str, language: str, style: Style = "long") -> str:
    """A date in words; what is no ISO date comes back as it is."""
    moment = parse_moment(value)
    if moment is None:
        return value
    text = _word_day(moment, language, style)
    if style == "full" and moment.time:
        clock = moment.time.strftime("%H.%M" if language == "id" else "%H:%M")
        text += ", " + " ".join(filter(None, (clock, _ZONES.get(moment.zone or "", moment.zone))))
    return text


@lru_cache(maxsize=65536)
def word_interval(start: str, end: str | None, language: str, style: Style = "long", joint: str = "") -> str:
    """Two dates as one span: "28–29 Januari 2019", "28 Januari – 3 Februari 2019", "2017–2018".

    ``joint`` such as " dan " stands between them instead of a dash.
    """
    first, last = parse_moment(start), parse_moment(end)
    if first is None or last is None or (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return word_date(start, language, style)
    style = "long" if style == "full" else style
    whole = word_date(end or "", language, style)
    if not (first.month and last.month) and first.month == last.month:
        return f"{first.year}{joint or '–'}{last.year}"
    if not (first.day and last.day) or first.year != last.year:
        return f"{word_date(start, language, style)}{joint or ' – '}{whole}"
    if first.month == last.month:
        return f"{first.day}{joint or '–'}{whole}"
    month = _name_all("months", "format", "wide" if style == "long" else "abbreviated", language)[first.month or 1]
    return f"{first.day} {month}{joint or ' – '}{whole}"


def word_years(years: Collection[int]) -> str:
    """The years from the first to the last: "2016–2019", "2016"; empty without any."""
    return "–".join(map(str, sorted({min(years), max(years)}))) if years else ""


def word_month(month: int, language: str) -> str:
    """The name of a month as a heading."""
    return _name_all("months", "stand-alone", "wide", language)[month]


def word_day(month: int, day: int, language: str) -> str:
    """A day of any year: "29 Februari"."""
    return f"{day} {_name_all('months', 'format', 'wide', language)[month]}"


def _word_day(moment: Moment, language: str, style: Style) -> str:
    """A date as far as it is known: "Sabtu, 13 Oktober 2018", "Agustus 2017", "1998"."""
    if moment.month is None:
        return str(moment.year)
    month = _name_all("months", "format", "abbreviated" if style == "short" else "wide", language)[moment.month]
    if moment.day is None:
        return f"{month} {moment.year}"
    weekday = f"{_name_all('days', 'format', 'wide', language)[moment.first_day.weekday()]}, " if style == "full" else ""
    return f"{weekday}{moment.day} {month} {moment.year}"


@cache
def _name_all(what: Literal["months", "days"], where: str, width: str, language: str) -> Mapping[int, str]:
    """The names of the months (from 1 on) or of the days of the week (Monday 0), as CLDR has them."""
    names: Mapping[int, str] = getattr(Locale.parse(BABEL_LOCALES[language]), what)[where][width]
    return dict(names)
