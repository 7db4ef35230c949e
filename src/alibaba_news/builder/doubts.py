"""One story in, what is doubtful about it out: each finding with its evidence and the keys that would confirm it.

Given as they stand, the keys change nothing of the record but its marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from alibaba_news.builder.gather import ReadStory
from alibaba_news.builder.name_doubts import find_name_doubts
from alibaba_news.model import Event, Origin, Story
from alibaba_news.record import story_to_record


class Certainty(IntEnum):
    """How much is known, least first: the order in which an editor should look."""

    UNKNOWN = 1
    OPEN = 2
    UNDECIDED = 3
    ONE_WORD = 4
    DERIVED = 5
    INFERRED = 6
    JOINED = 7
    SAME_NAME = 8
    LISTED = 9


class Finding(Struct, frozen=True, kw_only=True):
    """``values`` are the record's keys that confirm it, ``others`` what could stand in their place, each with when."""

    certainty: Certainty
    what: str
    evidence: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    others: tuple[tuple[dict[str, Any], str], ...] = ()


_NO_DAY: tuple[tuple[dict[str, Any], str], ...] = (
    ({"date": "YYYY-MM-DD"}, "the day it was published"),
    ({"date": None}, "if nobody can tell: it is then not asked again"),
)
_A_DAY: tuple[tuple[dict[str, Any], str], ...] = (({"date": "YYYY-MM-DD"}, "instead of all these, if the day is known"),)
_DAY_LENGTH = len("2018-10-13")
# An editor who gives all of these has said what a story holds: nothing more is looked for in it.
_WHOLE = {"people", "organizations", "places", "events"}
_SOUGHT = ("products", "dates", "quotes", "figures")


def find_story_doubts(story: Story, read: ReadStory) -> tuple[Finding, ...]:
    """``story`` is as the archive has it, ``read`` as its own file gives it."""
    if story.withdrawn is not None:
        return ()
    own = replace(read.story, events=_settle_events(story, read.story), **_settle_dates(story, read.story))
    names = own if own.withhold else story  # what is withheld has no name in the archive
    found = [
        *_doubt_head(own, read.given),
        *_doubt_quotes(own, read.given),
        *_doubt_events(own, read.given),
        *_doubt_dates(own, read.given),
        *(
            Finding(certainty=Certainty.ONE_WORD if short else Certainty.JOINED, what=what, evidence=evidence, values=values)
            for short, what, evidence, values in find_name_doubts(names, own.texts(), read.given)
        ),
    ]
    return tuple(_keep_the_rest(found, own, read.given))


def _settle_dates(story: Story, own: Story) -> dict[str, Any]:
    """The dates as the archive settled them; the words as the story's own file has them."""
    keys = ("date", "date_origin", "date_evidence", "date_latest", "date_candidates")
    changes: dict[str, Any] = {key: getattr(story, key) for key in keys}
    if len(story.dates) == len(own.dates):
        changes["dates"] = tuple(
            replace(row, value=known.value, origin=known.origin, candidates=known.candidates)
            for row, known in zip(own.dates, story.dates, strict=True)
        )
    return changes


def _settle_events(story: Story, own: Story) -> tuple[Event, ...]:
    known: dict[object, Event] = {(e.paragraph, e.offset): e for e in story.events if e.offset is not None}
    found = []
    for event in own.events:
        other = known.get((event.paragraph, event.offset))
        if other is not None and event.start is None:
            event = replace(event, start=other.start, end=other.end, origin=other.origin, evidence=other.evidence)  # noqa: PLW2901
        found.append(event)
    return tuple(found)


def _doubt_head(own: Story, given: frozenset[str]) -> Iterator[Finding]:
    if own.title_origin != "stated":
        values = {"title": own.title}
        yield Finding(certainty=Certainty.DERIVED, what="the headline is derived from the lead", values=values)
    if own.date_origin == "stated" or ("date" in given and "date_origin" not in given):
        return
    evidence = [own.date_evidence] if own.date_evidence else []
    if own.date_candidates:
        evidence.append(f"the text allows: {', '.join(own.date_candidates)}")
    if own.date is None:
        yield Finding(certainty=Certainty.UNKNOWN, what="the date is not known", evidence=tuple(evidence), others=_NO_DAY)
    elif own.date_latest or len(own.date) < _DAY_LENGTH:
        until = f", or as late as {own.date_latest}" if own.date_latest else ""
        span: dict[str, Any] = {"date": own.date}
        if own.date_latest:
            span["date_latest"] = own.date_latest
        if len(own.date_candidates) > 1:
            span["date_candidates"] = list(own.date_candidates)
        what = f"the date is open: {own.date}{until}"
        yield Finding(certainty=Certainty.OPEN, what=what, evidence=tuple(evidence), values=span, others=_A_DAY)
    else:
        what = f"the date is inferred: {own.date}"
        yield Finding(certainty=Certainty.INFERRED, what=what, evidence=tuple(evidence), values={"date": own.date})


def _doubt_quotes(own: Story, given: frozenset[str]) -> Iterator[Finding]:
    silent = [quote for quote in own.quotes if quote.speaker is None]
    if silent and "quotes" not in given:
        evidence = [f"{q.kind}: “{q.text}”" + (f" ({q.speaker_text})" if q.speaker_text else "") for q in silent]
        if speakers := [entity.id for entity in (*own.people, *own.organizations)]:
            evidence.append(f"speaker may be: {', '.join(speakers)}")
        what = f"{len(silent)} of {len(own.quotes)} quotes without a certain speaker"
        rows = story_to_record(own)["quotes"]
        yield Finding(certainty=Certainty.UNDECIDED, what=what, evidence=tuple(evidence), values={"quotes": rows})


def _is_settled(origin: Origin, key: str, given: frozenset[str]) -> bool:
    """Stated, or left open by an editor; what a record put back calls inferred is so still."""
    return origin == "stated" or (origin == "unknown" and key in given)


def _doubt_events(own: Story, given: frozenset[str]) -> Iterator[Finding]:
    events = [event for event in own.events if not _is_settled(event.origin, "events", given)]
    if events:
        is_open = any(event.start is None for event in events)
        evidence = [f"{e.name}: {e.start or ' or '.join(e.candidates) or 'not known'}. {e.evidence}" for e in events]
        what = f"{len(events)} of {len(own.events)} events on a day that is {'open' if is_open else 'inferred'}"
        pinned = {event.id for event in own.events if event.id_given}
        rows = [_state(row, *(() if row["id"] in pinned else ("id",))) for row in story_to_record(own)["events"]]
        yield Finding(certainty=_grade(is_open), what=what, evidence=tuple(evidence), values={"events": rows})


def _doubt_dates(own: Story, given: frozenset[str]) -> Iterator[Finding]:
    dates = [date for date in own.dates if not _is_settled(date.origin, "dates", given)]
    if dates:
        is_open = any(date.value is None for date in dates)
        evidence = [f"“{d.text}”: {d.value or ' or '.join(d.candidates) or 'not known'}" for d in dates]
        what = f"{len(dates)} of {len(own.dates)} dates in the text {'open' if is_open else 'inferred'}"
        rows = [_state(row) for row in story_to_record(own)["dates"]]
        yield Finding(certainty=_grade(is_open), what=what, evidence=tuple(evidence), values={"dates": rows})


def _grade(is_open: bool) -> Certainty:
    return Certainty.OPEN if is_open else Certainty.INFERRED


def _state(row: dict[str, Any], *dropped: str) -> dict[str, Any]:
    """The row as an editor states it: without how the program came to it. What stays open keeps what the text allows."""
    known = row["value"] if "value" in row else row["start"]  # of a date, of an event; a date's start is its place
    gone = {*dropped, "origin", "evidence", *(["candidates"] if known or not row.get("candidates") else [])}
    return {key: value for key, value in row.items() if key not in gone}


def _keep_the_rest(found: list[Finding], own: Story, given: frozenset[str]) -> list[Finding]:
    """Where the keys together would say all that the story holds, what else was found in it is written with them."""
    proposed = {key for finding in found for key in finding.values}
    if given >= _WHOLE or not proposed | given >= _WHOLE:
        return found
    home = next(finding for finding in found if _WHOLE & finding.values.keys())
    joined = [f for f in found if f is home or set(_SOUGHT) & f.values.keys()]
    record = story_to_record(own)
    values = {key: value for finding in joined for key, value in finding.values.items()}
    values |= {key: record[key] for key in _SOUGHT if key not in values and key not in given}
    whole = Finding(
        certainty=min(finding.certainty for finding in joined),
        what="; ".join(finding.what for finding in joined),
        evidence=tuple(line for finding in joined for line in finding.evidence),
        values=values,
    )
    return [whole, *(finding for finding in found if finding not in joined)]
