"""The year of a story whose days have none: the weekday leaves a few years, a second clue of the text decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from alibaba_news.loader.dates.calendar import make_day, years_with_weekday
from alibaba_news.loader.dates.reading import TABLE, Row, days_between, describe, resolve_day
from alibaba_news.loader.dates.words import load_words, say_date, say_weekday
from alibaba_news.world import World


class Scenario(Struct, frozen=True, kw_only=True):
    """One year that fits: the last day the story then reports on, and the expression that names it."""

    day: date
    row: Row


class YearChoice(Struct, frozen=True, kw_only=True):
    """``scenarios`` are what the weekdays leave, ``chosen`` the one a second clue decides for (None: still open)."""

    scenarios: tuple[Scenario, ...]
    chosen: Scenario | None
    evidence: tuple[str, ...]


def choose_year(reported: Sequence[Row], rows: Sequence[Row], world: World, saved: date | None) -> YearChoice:
    """The years that fit the reported yearless days (at least one), and the one the text's other dates point to."""
    base = next((r for r in reported if r.found.weekday is not None), reported[0])
    scenarios = _list_scenarios(base, reported, saved)
    phrases = [_say_years(base, scenarios, world)]
    dated = base.found.weekday is not None
    clues = [r for r in rows if r.first_day and not r.found.label]
    back = [r for r in clues if not r.context.perhaps_ahead]
    left = [s for s in scenarios if all(s.day.year >= _year(r) for r in back)] or list(scenarios)
    chosen, phrase = _decide(left, clues, world, saved, dated=dated)
    if phrase:
        phrases.append(phrase)
    return YearChoice(scenarios=tuple(scenarios) if dated or chosen else (), chosen=chosen, evidence=tuple(phrases))


def _year(row: Row) -> int:
    return row.found.year or 0


def _list_scenarios(base: Row, reported: Sequence[Row], saved: date | None) -> list[Scenario]:
    """A scenario for each year of the base's weekday in which the other weekdays fit too."""
    found = base.found
    strict: list[Scenario] = []
    loose: list[Scenario] = []
    for year in years_with_weekday(found.month or 0, found.day or 0, found.weekday, load_words().years):
        start = make_day(year, found.month or 0, found.day or 0)
        if start is None or (saved and start > saved):
            continue
        days = [(resolve_day(r.found, start), r) for r in reported]
        dated = [Scenario(day=day, row=r) for day, r in days if day and not (saved and day > saved)]
        last = max(dated, key=lambda s: s.day, default=Scenario(day=start, row=base))
        loose.append(Scenario(day=start, row=base))
        if all(s.row.found.weekday in (None, s.day.weekday()) for s in dated):
            strict.append(last)
    return strict or loose


def _say_years(base: Row, scenarios: Sequence[Scenario], world: World) -> str:
    found = base.found
    if found.weekday is None:
        return world.say(TABLE, "no_weekday", text=found.text)
    return world.say(
        TABLE,
        "weekday_years",
        text=found.text,
        date=say_date(world, found.month or 1, found.day),
        weekday=say_weekday(world, found.weekday),
        years=", ".join(str(s.day.year) for s in scenarios) or "-",
    )


def _decide(
    left: Sequence[Scenario], clues: Sequence[Row], world: World, saved: date | None, *, dated: bool
) -> tuple[Scenario | None, str | None]:
    """The first rule that decides, the strongest first."""
    if len(left) == 1 and dated:
        return left[0], world.say(TABLE, "clue_only", year=left[0].day.year)
    rules = (
        ("clue_ahead", _before_what_comes(left, clues)),
        ("clue_near", _near_a_date(left, clues, dated=dated)),
        ("clue_back", _after_what_was(left, clues) if dated else None),
    )
    for key, found in rules:
        if found:
            scenario, row = found
            return scenario, world.say(TABLE, key, text=row.found.text, year=scenario.day.year)
    if saved and (last := _last_before(left, saved)):
        return last, world.say(TABLE, "clue_saved", day=describe(world, saved), year=last.day.year)
    return None, None


def _last_before(left: Sequence[Scenario], limit: date) -> Scenario | None:
    """The last scenario before a day, if no more than a year lies between."""
    last = max((s for s in left if s.day <= limit), key=lambda s: s.day, default=None)
    return last if last and days_between(last.day, limit) <= load_words().reach.year else None


def _before_what_comes(left: Sequence[Scenario], clues: Sequence[Row]) -> tuple[Scenario, Row] | None:
    """``11 November 2018 mendatang``: the story is of the year before that day."""
    coming = [(r.first_day, r) for r in clues if r.context.ahead and r.found.kind in ("day", "month") and r.first_day]
    if not coming:
        return None
    day, row = min(coming, key=lambda c: c[0])
    last = _last_before(left, day)
    return (last, row) if last else None


def _near_a_date(left: Sequence[Scenario], clues: Sequence[Row], *, dated: bool) -> tuple[Scenario, Row] | None:
    """A whole date elsewhere in the text: what a story tells together lies within half a year, if only one year does.

    Without a weekday every year would fit somewhere, so the date must be within the same month's time.
    """
    limit = load_words().reach.half_year if dated else load_words().reach.month
    for row in sorted((r for r in clues if r.found.kind == "day"), key=lambda r: r.first_day or date.min, reverse=True):
        near = [s for s in left if row.first_day and abs(days_between(row.first_day, s.day)) <= limit]
        if len(near) == 1:
            return near[0], row
    return None


def _after_what_was(left: Sequence[Scenario], clues: Sequence[Row]) -> tuple[Scenario, Row] | None:
    """``Hingga November 2017``: a report looks back on the last years, so its own is the first that fits after them.

    A year alone decides nothing: history is told in years.
    """
    past = [(r.first_day, r) for r in clues if r.first_day and r.found.kind != "year" and not r.context.perhaps_ahead]
    if not past:
        return None
    day, row = max(past, key=lambda c: (c[0], c[1].found.month or 0))
    after = min((s for s in left if s.day >= day), key=lambda s: s.day, default=None)
    return (after, row) if after and days_between(day, after.day) <= load_words().reach.look_back else None
