"""Stories whose year is open in, the same stories out with the year that only the archive's other dates can tell.

The archive's other dates are the days, of publication or told of, that the other stories print or settle by their own text; a
year follows from them only if exactly one of the days a text allows lies within their span. A month or a year alone is no end
of a span: texts look back on years far before anything else they tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec.structs import replace

from alibaba_news.model import DateExpression, Event, Story
from alibaba_news.world import World, load_table

_DAY = len("2018-10-13")


def settle_open_dates(stories: tuple[Story, ...], world: World) -> tuple[Story, ...]:
    """Every story in its place; an open one gets the only candidate within the archive's span, or stays as it is."""
    if all(story.date_settled for story in stories):
        return stories
    ends = [read_ends(story) for story in stories]
    # The first two and the last two: one of each is left when a story's own are taken away.
    firsts = sorted((first, position) for position, (first, _) in enumerate(ends) if first)[:2]
    lasts = sorted((last, position) for position, (_, last) in enumerate(ends) if last)[-2:]
    settled = []
    for position, story in enumerate(stories):
        first = next((day for day, owner in firsts if owner != position), None)
        last = next((day for day, owner in reversed(lasts) if owner != position), None)
        if story.date_settled or first is None or last is None:
            settled.append(story)
        else:
            settled.append(_settle(story, (first, last), world))
    return tuple(settled)


def read_ends(story: Story) -> tuple[str | None, str | None]:
    """The first and the last day that a story's text prints or settles, its day of publication among them."""
    days = {d.value[:_DAY] for d in story.dates if d.value and d.origin != "unknown" and len(d.value) >= _DAY}
    if story.date_settled and story.date_origin != "unknown" and story.date and len(story.date) >= _DAY:
        days.add(story.date[:_DAY])
    return (min(days), max(days)) if days else (None, None)


def _settle(story: Story, span: tuple[str, str], world: World) -> Story:
    within = [day for day in story.date_candidates if span[0] <= day <= span[1]]
    if len(within) != 1:
        return story
    day = within[0]
    first, last, only = (_write_day(d, world) for d in (*span, day))
    phrase = world.say("archive", "archive_span", first=first, last=last, day=only)
    return replace(
        story,
        date=day,
        date_origin="inferred",
        date_latest=_add_days(day, story.date_open_days),
        date_evidence=_join(story.date_evidence, phrase),
        date_settled=True,
        dates=tuple(_settle_expression(d, day) for d in story.dates),
        events=tuple(_settle_event(e, day, phrase) for e in story.events),
    )


def _settle_expression(expression: DateExpression, day: str) -> DateExpression:
    if expression.value is not None or not _are_days(expression.candidates):
        return expression
    return replace(expression, value=_find_nearest(expression.candidates, day), origin="inferred")


def _settle_event(event: Event, day: str, phrase: str) -> Event:
    """``candidates`` are days or ranges (``2016-11-26/2016-11-27``)."""
    if event.start is not None or not _are_days(event.candidates):
        return event
    start, _, end = _find_nearest(event.candidates, day).partition("/")
    return replace(event, start=start, end=end or start, origin="inferred", evidence=_join(event.evidence, phrase))


def _are_days(candidates: Iterable[str]) -> bool:
    """False where there are none, and for an editor's months or years: a day of publication tells no more about them."""
    ends = [end for candidate in candidates for end in candidate.split("/")]
    return bool(ends) and all(len(end) == _DAY for end in ends)


def _find_nearest(candidates: Iterable[str], day: str) -> str:
    """The candidate of the chosen year: the one nearest to the day, since a story's days may lie on both sides of new year."""
    near = date.fromisoformat(day)
    return min(candidates, key=lambda c: (abs(date.fromisoformat(c.partition("/")[0]) - near), c))


def _add_days(day: str, count: int | None) -> str | None:
    return (date.fromisoformat(day) + timedelta(days=count)).isoformat() if count else None


def _join(evidence: str, phrase: str) -> str:
    """The evidence with one more reason."""
    return f"{evidence.rstrip('. ')}; {phrase}." if evidence.strip() else f"{phrase[:1].upper()}{phrase[1:]}."


def _write_day(day: str, world: World) -> str:
    known = date.fromisoformat(day)
    return f"{known.day} {load_table('dates')['month_names'][world.language][known.month - 1]} {known.year}"
