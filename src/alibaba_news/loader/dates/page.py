"""Dates printed outside the story's text: which is the day of publication, which the day the page was saved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.loader.dates.calendar import find_nearest, make_day
from alibaba_news.loader.dates.found import Found
from alibaba_news.loader.dates.infer import infer_publication
from alibaba_news.loader.dates.printed import find_printed
from alibaba_news.loader.dates.reading import (
    TABLE,
    Publication,
    Row,
    check_weekday,
    days_between,
    describe,
    iso,
    own_day_words,
)
from alibaba_news.loader.dates.words import load_words
from alibaba_news.loader.layout import PageDate
from alibaba_news.text import match_either
from alibaba_news.world import World

_FEWEST_WEEKDAYS = 2  # days whose weekdays must be wrong: one may be a slip
_SAME_EDITION = 1  # newspapers print today what happened yesterday


class Stamp(Struct, frozen=True, kw_only=True):
    """A date printed on the page: ``clock`` is ``T10:46+07:00`` or empty."""

    day: date
    clock: str
    updated: bool
    place: str
    found: Found
    visit: bool = False  # the story's weekdays show that it is the day on which the page was looked at

    @property
    def own(self) -> bool:
        """Whether it is the story's own: a masthead tells the day, a story its minute."""
        return self.place != "head" or bool(self.clock)


@lru_cache(maxsize=1)
def _clock() -> re.Pattern[str]:
    zones = match_either(load_words().zones)
    return re.compile(
        rf"(?<![\d/.,-])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d(?:\.\d+)?)?(?!\d)"
        rf"\s*(?:(?P<zone>{zones})\b|(?P<offset>Z|[+-]\d\d:?\d\d)(?!\d))?",
        re.IGNORECASE,
    )


def _read_clock(text: str, start: int, end: int) -> str:
    """The time before or behind the date as ``T10:46``, with the offset where a zone is named."""
    match = _clock().search(text, end + (text[end : end + 1] in ("T", "t"))) or _clock().search(text, 0, start)
    if match is None:
        return ""
    offset = load_words().zones.get((match["zone"] or "").lower(), match["offset"] or "")
    if re.fullmatch(r"[+-]\d{4}", offset):
        offset = f"{offset[:3]}:{offset[3:]}"
    return f"T{int(match['hour']):02d}:{match['minute']}{offset.upper()}"


def read_stamps(page_dates: Sequence[PageDate]) -> list[Stamp]:
    """The whole dates among what the page prints."""
    stamps = []
    for page_date in page_dates:
        found, _ = find_printed(page_date.text)
        for f in found[:1]:
            day = make_day(f.year, f.month, f.day) if f.year and f.month and f.day else None
            if day:
                stamps.append(
                    Stamp(
                        day=day,
                        clock=_read_clock(page_date.text, f.start, f.end),
                        updated=bool(load_words().updated.search(page_date.text)),
                        place=page_date.place,
                        found=replace(f, text=" ".join(page_date.text.split())),
                    )
                )
    return stamps


def doubt_clocks(stamps: Sequence[Stamp], found: Sequence[Found]) -> list[Stamp]:
    """The clock at the head of a page may be that of the visit: where weekdays that the story prints beside two days or more
    are wrong for the year that the clock tells, and all are right in a year before, it is no clock of the story's."""
    told = {(f.month, f.day, f.weekday) for f in found if f.kind == "day" and f.year is None and f.weekday is not None}
    days = [(month, day, weekday) for month, day, weekday in told if month and day]
    if len(days) < _FEWEST_WEEKDAYS:
        return list(stamps)
    return [
        replace(s, clock="", place="head", visit=True) if s.place != "meta" and _is_other_year(s.day, days) else s
        for s in stamps
    ]


def _is_other_year(shown: date, days: Sequence[tuple[int, int, int | None]]) -> bool:
    nearest = [(find_nearest(month, day, shown, None), weekday) for month, day, weekday in days]
    if sum(near is not None and near.weekday() != weekday for near, weekday in nearest) < _FEWEST_WEEKDAYS:
        return False
    before = (y for y in load_words().years if y < shown.year)
    return any(all((d := make_day(y, month, day)) and d.weekday() == weekday for month, day, weekday in days) for y in before)


def date_publication(rows: tuple[Row, ...], stamps: Sequence[Stamp], world: World) -> Publication:
    """The day of publication: printed with the story, else at the head of the page if the text agrees, else inferred."""
    head = next((s for s in stamps if s.place == "head"), None)
    own = [s for s in stamps if s.own]
    if own:
        best = min(own, key=lambda s: (s.updated, s.place == "meta", s.place == "head"))
        return _state(best, own, head if head is not best else None, world)
    if head:
        return _weigh_head(rows, head, world)
    return infer_publication(rows, world)


def _state(best: Stamp, own: Sequence[Stamp], head: Stamp | None, world: World) -> Publication:
    """A printed day. Its minute may stand in another place; a later date at the head is the day of saving."""
    key = "updated" if best.updated else "metadata" if best.place == "meta" else "stated"
    clock = best.clock or next((s.clock for s in own if s.day == best.day and s.clock and s.updated == best.updated), "")
    return Publication(
        value=iso(best.day) + clock,
        day=best.day,
        origin="stated",
        exact=True,
        saved=head.day if head and head.day >= best.day else None,
        evidence=(world.say(TABLE, key, text=best.found.text), *check_weekday(world, best.found, best.day)),
    )


def _weigh_head(rows: tuple[Row, ...], head: Stamp, world: World) -> Publication:
    """A day alone at the head of the page: the story's own only if the text's days do not speak against it."""
    told = infer_publication(rows, world, saved=head.day)
    shown = {"text": head.found.text}
    if head.visit:
        phrase = world.say(TABLE, "head_saved", reason=world.say(TABLE, "because_weekdays"), **shown)
        return replace(told, saved=head.day, evidence=(phrase, *told.evidence))
    if told.day and told.day > head.day:
        return infer_publication(rows, world)
    reason = None if told.doubtful else _contradict(rows, told, head.day, world)
    if reason:
        return replace(told, evidence=(world.say(TABLE, "head_saved", reason=reason, **shown), *told.evidence))
    wrong = check_weekday(world, head.found, head.day)
    if told.day is None or told.doubtful:
        phrase = world.say(TABLE, "head_alone", **shown)
        return Publication(value=iso(head.day), day=head.day, origin="inferred", exact=False, evidence=(phrase, *wrong))
    if days_between(told.day, head.day) <= _SAME_EDITION:
        words = next((r.found.text for r in rows if r.reported), "")
        phrase = world.say(TABLE, "head_confirmed", words=words, **shown)
        return Publication(value=iso(head.day), day=head.day, origin="stated", exact=True, evidence=(phrase, *wrong))
    phrase = world.say(TABLE, "head_between", **shown)
    return replace(told, saved=None, evidence=(phrase, *told.evidence))


def _contradict(rows: tuple[Row, ...], told: Publication, head: date, world: World) -> str | None:
    """Why the head's day cannot be the story's, None where it can."""
    for row in rows:
        if row.context.ahead and row.full_day and row.full_day < head:
            return world.say(TABLE, "because_ahead", text=row.found.text)
    if told.day is None:
        return None
    words = own_day_words(rows)
    if told.exact and words and told.day != head:
        return world.say(TABLE, "because_own_day", words=words, day=describe(world, told.day))
    if days_between(told.day, head) > load_words().reach.week:
        return world.say(TABLE, "because_old", day=describe(world, told.day))
    return None
