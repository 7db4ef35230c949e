"""Which day, month or year each expression means, once the day of publication is known as far as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.date_fields import find_date_fault
from alibaba_news.loader.dates.calendar import add_days, find_nearest, find_weekday, make_day, shift_month, write_iso
from alibaba_news.loader.dates.reading import Publication, Row, days_between, iso, resolve_day
from alibaba_news.loader.dates.speech import SpeechDays
from alibaba_news.loader.dates.words import load_words
from alibaba_news.model import DateExpression, Origin

_MID_MONTH = 15
_WEEK = 7
_WHOLE = len("2018-10-13")
_EVENING = 18  # from this hour on "tadi malam" may be the evening of the same day


class _Scale(Struct, frozen=True, kw_only=True):
    """What the expressions of a story are measured by: its own day, the weekdays it prints, who spoke when, its years."""

    publication: Publication
    named: Mapping[int, date]
    speech: SpeechDays
    years: frozenset[int]


def value_dates(rows: tuple[Row, ...], publication: Publication) -> tuple[DateExpression, ...]:
    """The record's rows, in the order of the expressions."""
    scale = _Scale(
        publication=publication,
        named=_reported_weekdays(rows, publication),
        speech=SpeechDays(rows, publication),
        years=frozenset(r.found.year for r in rows if r.found.kind == "day" and r.found.year),
    )
    valued: list[DateExpression] = []
    for row in rows:
        expression = _value_row(row, scale)
        if row.found.range_end and valued:
            expression = _put_in_order(valued[-1], expression)
        valued.append(expression)
    return tuple(valued)


def _put_in_order(first: DateExpression, second: DateExpression) -> DateExpression:
    """A range ends after it begins: ``Februari hingga Juli`` are months of one year, ``Desember hingga Januari`` of two."""
    if not (first.value and second.value) or second.origin == "stated" or second.value >= first.value:
        return second
    year = int(first.value[:4]) + (second.value[4:] < first.value[4:])
    value = f"{year:04d}{second.value[4:]}"
    return replace(second, value=value) if find_date_fault(value) is None else second


def _reported_weekdays(rows: tuple[Row, ...], publication: Publication) -> Mapping[int, date]:
    """The days of the last weeks that the story itself prints with a weekday: a later bare "Jumat" means the same one.

    A picture may be an old one, so captions do not count.
    """
    found: dict[int, date] = {}
    near, reach = publication.day, load_words().reach.month
    for row in rows:
        day = resolve_day(row.found, near) if near and row.reported else row.full_day
        recent = day and (near is None or abs(days_between(day, near)) <= reach)
        if day and recent and row.found.weekday == day.weekday() and isinstance(row.found.place, int):
            found[day.weekday()] = day
    return found


def _value_row(row: Row, scale: _Scale) -> DateExpression:
    found = row.found
    value, origin = _value_printed(row), "stated"
    candidates: tuple[str, ...] = ()
    if value is None:
        value, origin = _value_inferred(row, scale), "inferred"
        if found.kind == "day" and scale.publication.candidates:
            days = (resolve_day(found, near, ahead=row.context.ahead) for near in scale.publication.candidates)
            candidates = tuple(sorted({iso(day) for day in days if day}))
    settled: Origin = "unknown" if value is None else "stated" if origin == "stated" else "inferred"
    return DateExpression(
        text=found.text,
        value=value,
        origin=settled,
        candidates=candidates if len(candidates) > 1 else _doubt_weekday(row, value, scale.publication),
        paragraph=found.place,
        start=found.start,
    )


def _doubt_weekday(row: Row, value: str | None, publication: Publication) -> tuple[str, ...]:
    """Where the printed weekday is not the day's own, either may be the slip: the printed day and the nearest of that name."""
    weekday = row.found.weekday
    day = date.fromisoformat(value) if weekday is not None and value and len(value) == _WHOLE else None
    if day is None or weekday is None or day.weekday() == weekday:
        return ()
    near = publication.day
    recent = near if near and publication.exact and 0 <= days_between(day, near) <= load_words().reach.month else day
    other = find_weekday(weekday, recent, "future" if row.context.ahead else None)
    return tuple(sorted({iso(day), *([iso(other)] if other else [])}))


def _value_printed(row: Row) -> str | None:
    found = row.found
    if found.year is None or found.kind == "decade":
        return None
    return write_iso(found.year, found.month, found.day)


def _value_inferred(row: Row, scale: _Scale) -> str | None:
    found, near = row.found, scale.publication.day
    if near is None:
        return None
    if found.kind == "day":
        day = _fit_weekday(row, resolve_day(found, near, ahead=row.context.ahead), scale.years)
        return iso(day) if day else None
    if found.kind == "month" and found.month:
        return _value_month(row, near, found.month)
    if row.context.quoted and (said := scale.speech.find(row)):
        scale = replace(scale, publication=Publication(value=iso(said), day=said, exact=True))
        row = replace(row, context=replace(row.context, quoted=False))
    if found.kind == "weekday" and found.weekday is not None:
        return _value_weekday(row, found.weekday, scale.publication, scale.named)
    if found.kind == "relative" and found.distance is not None:
        return _value_relative(row, found.distance, scale.publication)
    return None


def _fit_weekday(row: Row, day: date | None, years: frozenset[int]) -> date | None:
    """The nearest day, unless its weekday is another than printed and it is the printed one in one other year of the text."""
    found = row.found
    if day is None or found.weekday in (None, day.weekday()):
        return day
    others = (make_day(year, found.month or 0, found.day or 0) for year in sorted(years))
    fitting = [other for other in others if other and other.weekday() == found.weekday]
    return fitting[0] if len(fitting) == 1 else day


def _value_month(row: Row, near: date, month: int) -> str | None:
    """A month without a year: "ini" is the year's own, "lalu" the last one, else the nearest."""
    direction = row.found.direction
    if row.found.distance is not None:
        return write_iso(near.year + row.found.distance, month)
    if direction == "now":
        return write_iso(near.year, month)
    if month == near.month and direction is None:
        return write_iso(near.year, month)
    middle = find_nearest(month, _MID_MONTH, near, direction or ("future" if row.context.ahead else None))
    if middle and direction == "past" and month == near.month and middle.year == near.year:
        return write_iso(near.year - 1, month)
    return write_iso(middle.year, month) if middle else None


def _value_weekday(row: Row, weekday: int, publication: Publication, named: Mapping[int, date]) -> str | None:
    direction, near = row.found.direction, publication.day
    if near is None:
        return None
    same = named.get(weekday) if direction is None and row.found.distance is None else None
    fits = same and (same >= near or not row.context.ahead)
    if same and fits and not (row.context.report and days_between(same, near) > load_words().reach.week):
        return iso(same)
    if not publication.exact or row.context.quoted:
        return None
    if row.found.distance is not None:
        day = add_days(near, row.found.distance * _WEEK - near.weekday() + weekday)
        return iso(day) if day else None
    # News names its own day by the weekday too: "akan tiba Rabu" in a story of a Wednesday is that day, "Rabu depan" is not.
    ahead = row.context.ahead and weekday != near.weekday()
    side = direction if direction in ("past", "future") else "future" if ahead else None
    day = find_weekday(weekday, near, side)
    return iso(day) if day else None


def _value_relative(row: Row, distance: int, publication: Publication) -> str | None:
    """Counted from the day of publication, and only where every day it may be gives the same value.

    What somebody says was said some day of the week before.
    """
    near = publication.day
    last = near if publication.exact else publication.latest
    if near is None or last is None:
        return None
    if row.found.unit == "night" and (publication.value or "")[11:13] >= str(_EVENING):
        return None
    first = add_days(near, -load_words().reach.week) if row.context.quoted else near
    values = {_shift(row.found.unit, day, distance) for day in (first, last) if day}
    value = values.pop() if len(values) == 1 else None
    if value and row.found.day:
        value = f"{value}-{row.found.day:02d}"
        return None if find_date_fault(value) else value
    return value


def _shift(unit: str | None, day: date, distance: int) -> str | None:
    if unit == "week":
        return _shift_week(day, distance)
    if unit in ("day", "night"):
        moved = add_days(day, distance)
        return iso(moved) if moved else None
    if unit == "month":
        month = shift_month(day, distance)
        return write_iso(*month) if month else None
    year = day.year + distance
    return write_iso(year) if unit == "year" and 0 < year < 10000 else None


def _shift_week(day: date, distance: int) -> str | None:
    """The month in which that week lies, Monday to Sunday; its year where it lies in two months."""
    monday = add_days(day, distance * _WEEK - day.weekday())
    sunday = add_days(monday, _WEEK - 1) if monday else None
    if monday is None or sunday is None or monday.year != sunday.year:
        return None
    return write_iso(monday.year, monday.month if monday.month == sunday.month else None)
