"""Dates, names and texts of a story in, its dated happenings out, each with place, participants and its sentence.

A date is a happening when its sentence names or tells one; the day beside a verb of saying alone is the day of the statement,
and a state or a span ("sejak April 2016", "pada 2017 mencapai ...") is none (reporting habits of Indonesian newspapers).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from alibaba_news.loader.events.dated import Dated, continues, find_dated, is_inferred, join_candidates, span_of
from alibaba_news.loader.events.naming import name_event, tidy_name
from alibaba_news.loader.events.same_day import Told, part_day
from alibaba_news.loader.events.taking_part import Scene, organizations_in, people_in, place_in, place_in_name
from alibaba_news.model import DateExpression, Entity, Event, Place, Quote
from alibaba_news.text import make_slug, number_ids
from alibaba_news.world import World

__all__ = ["read_events"]


def read_events(
    texts: Mapping[Place, str],
    dates: Iterable[DateExpression],
    entities: Mapping[str, Sequence[Entity]],
    quotes: Iterable[Quote],
    world: World,
) -> tuple[Event, ...]:
    """The happenings of a story, the lead's first.

    ``texts`` by place, ``dates`` as read from them, ``entities`` by kind ("people", "organizations", "places"). An event's
    name is made of words of its sentence. Never raises.
    """
    scene = Scene(entities, quotes)
    groups: dict[tuple[str, str], list[Told]] = {}
    for dated in _join_ends(find_dated(texts, dates)):
        groups.setdefault(dated.key, []).append(Told(dated, *name_event(dated, scene)))
    parts = [part for group in groups.values() for part in part_day(group, scene)]
    found = [event for part in parts if (event := _make_event(part, scene, world)) is not None]
    ids = number_ids(event.id for event in found)
    return tuple(event if event.id == own else replace(event, id=own) for event, own in zip(found, ids, strict=True))


def _join_ends(found: Sequence[Dated]) -> list[Dated]:
    """A happening whose last day stands in the next sentence lasts until then."""
    joined: list[Dated] = []
    for dated in found:
        if joined and continues(joined[-1], dated):
            joined[-1] = replace(joined[-1], dates=(*joined[-1].dates, *dated.dates))
        else:
            joined.append(dated)
    return joined


def _make_event(group: Sequence[Told], scene: Scene, world: World) -> Event | None:
    """One event for all sentences that share its day; None where none of them reports a happening."""
    named = [told for told in group if told.rank and told.name]
    if not named:
        return None
    best = max(named, key=lambda told: told.rank)  # the first of those
    name, report = tidy_name(best.name), best.dated
    sentences = [told.dated for told in named]
    # "Pertemuan pagi tadi" names it, another sentence prints its day.
    printed = next((told.dated for told in group if not is_inferred(told.dated)), report)
    start, end, precision = span_of(report)
    open_days = () if start else report.dates[0].candidates
    return Event(
        id=f"events/{make_slug(name)}",
        name=name,
        start=start,
        end=end,
        precision=precision,
        origin="inferred" if start is None or is_inferred(printed) else "stated",
        evidence=_explain(printed, world),
        place=place_in_name(name, scene) or next((p for dated in [report, *sentences] if (p := place_in(dated, scene))), None),
        people=people_in(sentences, scene),
        organizations=organizations_in(sentences, scene),
        paragraph=report.place,
        offset=report.start,
        candidates=join_candidates(report) if open_days else (),
    )


def _explain(dated: Dated, world: World) -> str:
    text = " – ".join(dict.fromkeys(d.text for d in dated.dates))
    if any(d.value is None for d in dated.dates):
        return world.say("events", "open", text=text, days=", ".join(join_candidates(dated)))
    return world.say("events", "inferred" if is_inferred(dated) else "stated", text=text)
