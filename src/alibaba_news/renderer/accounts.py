"""Stories and events -> what the accounts of one event say alike and what they say differently.

A copy confirms nothing: stories of one text count as one voice (what a copy changed it changed, though). What is only told in
other words is not called different: two figures differ where they count the same thing otherwise, two dates where no day fits
both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeVar

from msgspec import Struct, field

from alibaba_news.model import ArchiveEntity, ArchiveEvent, Event, Figure, Quote, Story, StoryCopy
from alibaba_news.renderer.on_demand import OnDemand
from alibaba_news.text import fold

Mark = Literal["same", "differs", ""]
Count = tuple[str, float]  # the unit, folded, and the value
Days = tuple[str, str]  # first and last
T = TypeVar("T")

# Of these a story measures several things: two numbers differ only where each story has no other.
_MEASURES = re.compile(r"persen|[a-z]{3}")
_MOST_DAYS = 50


class Account(Struct, frozen=True, kw_only=True):
    """A story and its own words about an event, with the figures and quotes that belong to them."""

    story: Story
    event: Event
    figures: tuple[Figure, ...]
    quotes: tuple[Quote, ...]


class Spot(Struct, frozen=True, kw_only=True):
    """A part of a place's name, "Nusa Dua" of "Hotel Laguna, Nusa Dua, Bali"; ``id`` where the archive has a page of it."""

    text: str
    id: str | None


class Comparison(Struct, frozen=True, kw_only=True):
    """All accounts of an event against each other. ``texts`` has their stories (slugs) in groups of one text."""

    texts: tuple[tuple[str, ...], ...] = ()
    figures: Mapping[Count, Mark] = field(default_factory=dict)
    days: Mapping[Days, Mark] = field(default_factory=dict)
    places: Mapping[str, Mark] = field(default_factory=dict)  # by the place as its account gives it
    spots: tuple[Spot, ...] = ()  # the event's place, part by part


def compare_accounts(
    stories: Mapping[str, Story],
    events: Mapping[str, ArchiveEvent],
    entities: Mapping[str, ArchiveEntity],
    copies: Mapping[str, tuple[StoryCopy, ...]],
) -> Mapping[str, Comparison]:
    """By event id; stories and copies by slug."""
    return OnDemand(events, lambda key: _compare(stories, events[key], entities, copies))


def find_account(story: Story, key: str) -> Account | None:
    """What a story reports of an event: None where it does not report it.

    The event that a story reports first is what the story is about: all its figures and quotes. A later one has those of
    the paragraph it stands in.
    """
    event = next((own for own in story.events if own.id == key), None)
    if event is None:
        return None
    places = [own.paragraph for own in story.events if isinstance(own.paragraph, int)]
    if not isinstance(event.paragraph, int) or event.paragraph == min(places):
        return Account(story=story, event=event, figures=story.figures, quotes=story.quotes)
    return Account(
        story=story,
        event=event,
        figures=tuple(f for f in story.figures if f.paragraph == event.paragraph),
        quotes=tuple(q for q in story.quotes if q.paragraph == event.paragraph),
    )


def count_texts(copies: Mapping[str, Sequence[StoryCopy]], stories: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Stories (slugs) in groups of one text, in their order; one that is no copy of another of them stands alone."""
    groups: dict[str, list[str]] = {}
    for slug in stories:
        group = groups[slug] = [slug]
        for copy in copies.get(slug, ()):
            known = groups.get(copy.story, group)
            if known is not group:
                known += group
                groups.update((member, known) for member in group)
                group = known
    order = {slug: nth for nth, slug in enumerate(stories)}
    found = {id(group): tuple(sorted(group, key=order.__getitem__)) for group in groups.values()}
    return tuple(sorted(found.values(), key=lambda group: order[group[0]]))


def key_figure(figure: Figure) -> Count:
    """What makes two figures one: what is counted, and how much."""
    return fold(figure.unit), float(figure.value)


def key_days(event: Event) -> Days | None:
    """The days of an account, None while they are open."""
    return (event.start, event.end or event.start) if event.start else None


def _compare(
    stories: Mapping[str, Story],
    event: ArchiveEvent,
    entities: Mapping[str, ArchiveEntity],
    copies: Mapping[str, tuple[StoryCopy, ...]],
) -> Comparison:
    accounts = [a for slug in event.stories if (a := find_account(stories[slug], event.id)) is not None]
    texts = count_texts(copies, [a.story.slug for a in accounts])
    voice = {slug: nth for nth, text in enumerate(texts) for slug in text}
    days = _gather((voice[a.story.slug], d) for a in accounts if (d := key_days(a.event)))
    places = _gather((voice[a.story.slug], a.event.place) for a in accounts if a.event.place)
    return Comparison(
        texts=texts,
        figures=_mark_figures(accounts, voice),
        days=_mark_days(days),
        places=_mark_places(places, entities),
        spots=_find_spots(event.place, accounts, entities),
    )


def _find_spots(place: str | None, accounts: Sequence[Account], entities: Mapping[str, ArchiveEntity]) -> tuple[Spot, ...]:
    """Each part of the place with its page: an id, or a name that one of the stories has as a place."""
    if not place:
        return ()
    if place in entities:
        return (Spot(text=entities[place].name, id=place),)
    known = {
        form: row.id for a in accounts for row in a.story.places if row.id in entities for form in (row.name, *row.aliases)
    }
    if place in known:
        return (Spot(text=place, id=known[place]),)
    return tuple(Spot(text=part, id=known.get(part)) for part in map(str.strip, place.split(",")) if part)


def _gather(rows: Iterable[tuple[int, T]]) -> dict[T, set[int]]:
    """Each thing said with the voices that say it."""
    found: dict[T, set[int]] = defaultdict(set)
    for voice, said in rows:
        found[said].add(voice)
    return dict(found)


def _mark(voices: set[int]) -> Mark:
    return "same" if len(voices) > 1 else ""


def _mark_figures(accounts: Sequence[Account], voice: Mapping[str, int]) -> dict[Count, Mark]:
    """``differs`` where another story counts the same thing and has none of this story's numbers for it."""
    own: dict[str, dict[str, set[float]]] = defaultdict(lambda: defaultdict(set))
    tellers: dict[Count, list[str]] = defaultdict(list)
    for account in accounts:
        for figure in account.figures:
            unit, value = key_figure(figure)
            own[unit][account.story.slug].add(value)
            tellers[unit, value].append(account.story.slug)
    return {
        key: _mark({voice[slug] for slug in slugs}) or _oppose(key[0], own[key[0]], slugs[0]) for key, slugs in tellers.items()
    }


def _oppose(unit: str, own: Mapping[str, set[float]], slug: str) -> Mark:
    others = [values for other, values in own.items() if other != slug and not values & own[slug]]
    if _MEASURES.fullmatch(unit):
        others = [values for values in others if len(values) == len(own[slug]) == 1]
    return "differs" if others else ""


def _mark_days(said: Mapping[Days, set[int]]) -> dict[Days, Mark]:
    """``differs`` where no day fits both; "2018" and "2018-10-13" only differ in how much they say."""
    common = sorted(said, key=lambda days: (-len(said[days]), days))[:_MOST_DAYS]
    return {
        days: "differs" if any(_exclude(days, other) for other in common) else _mark(voices) for days, voices in said.items()
    }


def _exclude(one: Days, other: Days) -> bool:
    """Dates cut to what is known are compared as far as both are known."""

    def before(day: str, than: str) -> bool:
        length = min(len(day), len(than), 10)
        return day[:length] < than[:length]

    return before(one[1], other[0]) or before(other[1], one[0])


def _mark_places(said: Mapping[str, set[int]], entities: Mapping[str, ArchiveEntity]) -> dict[str, Mark]:
    """``same`` where another text names this place or this part of it, ``differs`` where none has a word of it."""
    parts = {place: _split_place(entities[place].name if place in entities else place) for place in said}
    common = sorted(said, key=lambda place: (-len(said[place]), place))[:_MOST_DAYS]
    return {place: _mark_place(place, said, parts, common) for place in said}


def _mark_place(place: str, said: Mapping[str, set[int]], parts: Mapping[str, set[str]], common: Sequence[str]) -> Mark:
    own = parts[place]
    others = [parts[other] for other in common if other != place and said[other] - said[place]]
    if len(said[place]) > 1 or any(own <= other or other <= own for other in others):
        return "same"
    return "differs" if others and all(own.isdisjoint(other) for other in others) else ""


def _split_place(place: str) -> set[str]:
    return {part for part in map(str.strip, fold(place).split(",")) if part}
