"""The day of publication where no page prints it: the last day the story reports on, and how it speaks of its own day."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.loader.dates.calendar import add_days, write_iso
from alibaba_news.loader.dates.reading import (
    TABLE,
    Publication,
    Row,
    check_weekday,
    days_between,
    describe,
    iso,
    own_day_words,
    resolve_day,
)
from alibaba_news.loader.dates.words import load_words
from alibaba_news.loader.dates.years import YearChoice, choose_year
from alibaba_news.world import World


class _Anchor(Struct, frozen=True, kw_only=True):
    """The last day reported on, and the expression that names it."""

    day: date
    row: Row


class _Story(Struct, frozen=True, kw_only=True):
    rows: tuple[Row, ...]
    world: World
    saved: date | None

    def say(self, key: str, **values: object) -> str:
        return self.world.say(TABLE, key, **values)


def infer_publication(rows: tuple[Row, ...], world: World, saved: date | None = None) -> Publication:
    """What the text alone says; ``saved`` is a day after which it cannot have been published."""
    story = _Story(rows=rows, world=world, saved=saved)
    reported = [r for r in rows if r.reported]
    whole = [r for r in reported if r.full_day]
    if whole and (anchor := _last_whole(reported, whole, rows)):
        said = story.say("last_day", text=anchor.row.found.text, day=describe(world, anchor.day))
        wrong = check_weekday(world, anchor.row.found, anchor.day)
        return replace(_finish(story, anchor, (said, *wrong)), doubtful=bool(wrong))
    if reported and not whole:
        return _choose(story, choose_year(reported, rows, world, saved))
    return _read_lead(story) or _read_period(story) or Publication(saved=saved, evidence=(story.say("nothing"),))


def _last_whole(reported: list[Row], whole: list[Row], rows: tuple[Row, ...]) -> _Anchor | None:
    """The last reported day, unless the text looks back on a later time: then it is history, not news."""
    anchors = [_Anchor(day=r.full_day, row=r) for r in whole if r.full_day]
    last = max(anchors, key=lambda a: (a.row.found.weekday in (None, a.day.weekday()), a.day))
    for row in rows:
        if row.found.kind in ("month", "year") and not row.found.label and not row.context.perhaps_ahead:
            first = row.first_day
            if first and first > last.day:
                return None
    for row in reported:
        day = resolve_day(row.found, last.day) if row.full_day is None else None
        if day and row.found.weekday in (None, day.weekday()) and 0 < days_between(last.day, day) <= load_words().reach.month:
            last = _Anchor(day=day, row=row)
    return last


def _choose(story: _Story, choice: YearChoice) -> Publication:
    """A publication for each year that fits; decided where a clue decides."""
    finished = [_finish(story, _Anchor(day=s.day, row=s.row), choice.evidence) for s in choice.scenarios]
    candidates = tuple(p.day for p in finished if p.day)
    if choice.chosen:
        chosen = _finish(story, _Anchor(day=choice.chosen.day, row=choice.chosen.row), choice.evidence)
        return replace(chosen, candidates=candidates if len(candidates) > 1 else ())
    evidence = (*choice.evidence, story.say("open_year"))
    if len(candidates) < 2:
        return Publication(saved=story.saved, evidence=evidence)
    first = finished[0]
    reach = days_between(first.day, first.latest) if first.day and first.latest else None
    evidence = (*choice.evidence, *first.evidence[len(choice.evidence) :][: 0 if reach is None else 1], evidence[-1])
    return Publication(saved=story.saved, candidates=candidates, settled=False, open_days=reach, evidence=evidence)


def _finish(story: _Story, anchor: _Anchor, evidence: tuple[str, ...]) -> Publication:
    """From the last day reported on to the day of publication and its bounds."""
    day, exact, phrase = _move(story, anchor)
    latest, bound = (None, None) if exact else _bound(story, anchor, day)
    return Publication(
        value=iso(day),
        day=day,
        origin="inferred",
        exact=exact or latest == day,
        latest=latest if latest and latest > day else None,
        saved=story.saved,
        evidence=tuple(p for p in (*evidence, phrase, bound) if p),
    )


def _move(story: _Story, anchor: _Anchor) -> tuple[date, bool, str | None]:
    """The day itself where a word says so: "besok (22/1)", "pagi tadi", "kata dia, Kamis."; else the anchor, open."""
    for row in story.rows:
        if row.found.beside is not None and not row.context.quoted:
            printed = resolve_day(row.found, anchor.day)
            day = add_days(printed, -row.found.beside) if printed else None
            # What no report ties to its day may be still to come ("kemarin (22/2)", then "digelar Rabu (27/2)").
            near = day is not None and days_between(day, anchor.day) <= load_words().reach.month
            if day and (day >= anchor.day or (near and not anchor.row.context.report)):
                return day, True, story.say("beside", text=row.found.text, day=describe(story.world, day))
    if words := own_day_words(story.rows):
        return anchor.day, True, story.say("own_day", words=words)
    if not anchor.row.context.report:
        for row in story.rows:
            found = row.found
            if found.kind == "weekday" and found.direction is None and row.context.report and not row.context.quoted:
                day = add_days(anchor.day, ((found.weekday or 0) - anchor.day.weekday()) % 7)
                if day:
                    return day, True, story.say("next_weekday", text=found.text, day=describe(story.world, day))
    return anchor.day, False, None


def _bound(story: _Story, anchor: _Anchor, day: date) -> tuple[date | None, str | None]:
    """The last day possible: a week after "lalu", the day before what is to come, the day the page was saved."""
    bounds: list[tuple[date | None, str]] = []
    if anchor.row.found.direction == "past":
        bounds.append((add_days(day, load_words().reach.week), story.say("within_week", text=anchor.row.found.text)))
    for row in story.rows:
        if row.context.ahead and row.found.kind in ("day", "month"):
            coming = resolve_day(row.found, day, ahead=True) if row.found.day else row.first_day
            if coming and coming > day:
                # What "akan" announces may be of the same day, what is "mendatang" is not.
                eve = -1 if row.found.direction == "future" else 0
                bounds.append((add_days(coming, eve), story.say("not_after_ahead", text=row.found.text)))
    if story.saved:
        bounds.append((story.saved, story.say("not_after_saved", day=describe(story.world, story.saved))))
    known = [(last, phrase) for last, phrase in bounds if last and last >= day]
    return min(known, key=lambda b: b[0], default=(None, None))


def _read_lead(story: _Story) -> Publication | None:
    """A whole date in the first paragraph, if it is the last the text looks back on."""
    dated = [(r.first_day, r) for r in story.rows if r.first_day and not r.context.perhaps_ahead and not r.found.label]
    if not dated:
        return None
    day, row = max(dated, key=lambda d: (d[0], d[1].found.kind == "day"))
    others = sum(r.found.start == row.found.start and r.found.place == row.found.place for r in story.rows)
    if row.found.kind != "day" or row.found.place != 1 or others > 1 or row.found.range_end:
        return None
    if day.year not in load_words().years or row.context.span:
        return None
    return _finish(story, _Anchor(day=day, row=row), (story.say("lead_day", text=row.found.text),))


def _read_period(story: _Story) -> Publication | None:
    """``Juni 2025 ini``: only the month or year of publication is known."""
    for row in story.rows:
        found = row.found
        if found.direction == "now" and found.year and not found.day and not row.context.quoted:
            return Publication(
                value=write_iso(found.year, found.month),
                origin="inferred",
                saved=story.saved,
                evidence=(story.say("this_period", text=found.text),),
            )
    return None
