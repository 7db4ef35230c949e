"""Which day, month or year each expression means, once the day of publication is known as far as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from alibaba_news.date_fields import find_date_fault
from alibaba_news.loader.dates.calendar import add_days, find_nearest, find_weekday, shift_month, write_iso
from alibaba_news.loader.dates.reading import Publication, Row, iso, resolve_day
from alibaba_news.loader.dates.words import load_words
from alibaba_news.model import DateExpression, Origin

_MID_MONTH = 15


def value_dates(rows: tuple[Row, ...], publication: Publication) -> tuple[DateExpression, ...]:
    """The record's rows, in the order of the expressions."""
    named = _reported_weekdays(rows, publication)
    valued: list[DateExpression] = []
    for row in rows:
        expression = _value_row(row, publication, named)
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
    """The days the story itself prints with a weekday: a later bare "Jumat" means the same one."""
    found: dict[int, date] = {}
    near = publication.day
    for row in rows:
        day = resolve_day(row.found, near) if near and row.reported else row.full_day
        if day and row.found.weekday == day.weekday():
            found[day.weekday()] = day
    return found


def _value_row(row: Row, publication: Publication, named: Mapping[int, date]) -> DateExpression:
    found = row.found
    value, origin = _value_printed(row), "stated"
    candidates: tuple[str, ...] = ()
    if value is None:
        value, origin = _value_inferred(row, publication, named), "inferred"
        if found.kind == "day" and publication.candidates:
            days = (resolve_day(found, near, ahead=row.context.ahead) for near in publication.candidates)
            candidates = tuple(sorted({iso(day) for day in days if day}))
    settled: Origin = "unknown" if value is None else "stated" if origin == "stated" else "inferred"
    return DateExpression(
        text=found.text,
        value=value,
        origin=settled,
        candidates=candidates if len(candidates) > 1 else (),
        paragraph=found.place,
        start=found.start,
    )


def _value_printed(row: Row) -> str | None:
    found = row.found
    if found.year is None or found.kind == "decade":
        return None
    return write_iso(found.year, found.month, found.day)


def _value_inferred(row: Row, publication: Publication, named: Mapping[int, date]) -> str | None:
    found, near = row.found, publication.day
    if near is None:
        return None
    if found.kind == "day":
        day = resolve_day(found, near, ahead=row.context.ahead)
        return iso(day) if day else None
    if found.kind == "month" and found.month:
        return _value_month(row, near, found.month)
    if found.kind == "weekday" and found.weekday is not None:
        return _value_weekday(row, found.weekday, publication, near, named)
    if found.kind == "relative" and found.distance is not None:
        return _value_relative(row, found.distance, publication, near)
    return None


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


def _value_weekday(row: Row, weekday: int, publication: Publication, near: date, named: Mapping[int, date]) -> str | None:
    direction = row.found.direction
    if direction is None and weekday in named and (named[weekday] >= near or not row.context.ahead):
        return iso(named[weekday])
    if not publication.exact or row.context.quoted:
        return None
    side = direction if direction in ("past", "future") else "future" if row.context.ahead else None
    day = find_weekday(weekday, near, side)
    return iso(day) if day else None


def _value_relative(row: Row, distance: int, publication: Publication, near: date) -> str | None:
    """Counted from the day of publication, and only where every day it may be gives the same value.

    What somebody says was said some day of the week before.
    """
    last = near if publication.exact else publication.latest
    if last is None:
        return None
    first = add_days(near, -load_words().reach.week) if row.context.quoted else near
    values = {_shift(row.found.unit, day, distance) for day in (first, last) if day}
    return values.pop() if len(values) == 1 else None


def _shift(unit: str | None, day: date, distance: int) -> str | None:
    if unit == "day":
        moved = add_days(day, distance)
        return iso(moved) if moved else None
    if unit == "month":
        month = shift_month(day, distance)
        return write_iso(*month) if month else None
    return write_iso(day.year + distance) if unit == "year" else None
