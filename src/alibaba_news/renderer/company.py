"""Stories and entities -> whom stories name with an entity, under which forms they name it, its life in order of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from alibaba_news.model import ArchiveEntity, ArchiveEvent, Entity, Mention, Place, Story
from alibaba_news.renderer.on_demand import OnDemand

MOST_COMPANIONS = 12
MOST_FORMS = 12

Stories = Mapping[str, Story]  # by slug
Rows = Mapping[str, ArchiveEntity]  # by id


class Company(Struct, frozen=True, kw_only=True):
    """Ids with the number of shared stories, most first; ``ties`` are pairs of ``people`` (by place) named in one of them."""

    people: tuple[tuple[str, int], ...] = ()
    organizations: tuple[tuple[str, int], ...] = ()
    ties: tuple[tuple[int, int, int], ...] = ()  # (first, second, stories), most first


class Form(Struct, frozen=True, kw_only=True):
    """A form of a name as printed, how often, and where it was met first (oldest story first)."""

    text: str
    count: int
    story: str
    paragraph: Place
    start: int


def gather_company(stories: Stories, rows: Rows) -> Mapping[str, Company]:
    """By entity id; everybody a story names counts once for that story."""
    return OnDemand(rows, lambda key: _gather(rows, key, [stories[slug] for slug in rows[key].stories]))


def collect_forms(stories: Iterable[Story], rows: Rows) -> Mapping[str, tuple[Form, ...]]:
    """By entity id: the forms of its name in the text, most frequent first."""
    counts: dict[str, dict[str, int]] = {key: {} for key in rows}
    first: dict[tuple[str, str], tuple[str, Mention]] = {}
    for story in sorted(stories, key=lambda s: (s.date is None, s.date or "", s.slug)):
        for entity in story.entities().values():
            own = counts.get(entity.id, {})
            for mention in entity.mentions:
                if mention.text not in own:
                    first[entity.id, mention.text] = story.slug, mention
                own[mention.text] = own.get(mention.text, 0) + 1
    return {key: tuple(_make_forms(key, own, first)) for key, own in counts.items()}


def _make_forms(key: str, counts: Mapping[str, int], first: Mapping[tuple[str, str], tuple[str, Mention]]) -> Iterator[Form]:
    for text, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:MOST_FORMS]:
        slug, mention = first[key, text]
        yield Form(text=text, count=count, story=slug, paragraph=mention.paragraph, start=mention.start)


def order_lives(
    rows: Rows,
    events: Mapping[str, ArchiveEvent],
    events_of: Mapping[str, Sequence[str]],
    list_days: Callable[[ArchiveEntity], Sequence[str]],
) -> Mapping[str, tuple[str, ...]]:
    """By entity id: its events (ids) and stories (slugs) in one row, oldest first, the undated last.

    ``events_of`` is by entity id. On one day events stand before the stories that report them.
    """
    return OnDemand(rows, lambda key: _order_life(rows[key], events_of.get(key, ()), list_days(rows[key]), events))


def list_days(stories: Stories, row: ArchiveEntity) -> tuple[str, ...]:
    """The days of the stories of an entity, as its row has them; the undated after all others."""
    return tuple(_sort_day(stories[slug].date) for slug in row.stories)


def _sort_day(date: str | None) -> str:
    return (date or "9999")[:10]


def find_neighbours(stories: Sequence[Story]) -> Mapping[str, tuple[str | None, str | None]]:
    """By slug of a dated story: the next older and the next newer one; a story without a date has neither.

    ``stories`` as the archive has them, newest first.
    """
    dated = [story.slug for story in stories if story.date]
    around = zip(dated, [*dated[1:], None], [None, *dated], strict=False)
    return {slug: (older, newer) for slug, older, newer in around}


def find_own(story: Story, key: str) -> Entity | None:
    """The entity of an id in one story."""
    rows: tuple[Entity, ...] = getattr(story, key.partition("/")[0])
    return next((entity for entity in rows if entity.id == key), None)


def _gather(rows: Mapping[str, ArchiveEntity], key: str, stories: Sequence[Story]) -> Company:
    people = _rank(rows, Counter(e.id for s in stories for e in s.people if e.id != key))
    organizations = _rank(rows, Counter(e.id for s in stories for e in s.organizations if e.id != key))
    order = {name: nth for nth, (name, _) in enumerate(people)}
    pairs: Counter[tuple[int, int]] = Counter()
    for story in stories:
        present = sorted({order[e.id] for e in story.people if e.id in order})
        pairs.update(combinations(present, 2))
    ties = sorted(pairs.items(), key=lambda row: (-row[1], row[0]))
    return Company(people=people, organizations=organizations, ties=tuple((a, b, count) for (a, b), count in ties))


def _rank(rows: Mapping[str, ArchiveEntity], counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    known = [(key, count) for key, count in counts.items() if key in rows]
    return tuple(sorted(known, key=lambda row: (-row[1], rows[row[0]].name, row[0]))[:MOST_COMPANIONS])


def _order_life(
    row: ArchiveEntity, events: Sequence[str], days: Sequence[str], rows: Mapping[str, ArchiveEvent]
) -> tuple[str, ...]:
    dated = [(_sort_day(rows[key].start), 0, key) for key in events]
    dated += [(day, 1, slug) for day, slug in zip(days, row.stories, strict=True)]
    return tuple(key for *_, key in sorted(dated))
