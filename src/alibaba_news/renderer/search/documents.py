"""What of the archive can be found: stories, entities, events and outlets as documents of one shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from alibaba_news.model import ENTITY_KINDS, Archive, ArchiveEntity, ArchiveEvent, Story
from alibaba_news.renderer.dates import parse_moment
from alibaba_news.renderer.links import page_path

if TYPE_CHECKING:
    from alibaba_news.renderer.views.desk import Desk

KINDS = ("stories", *ENTITY_KINDS, "events", "outlets")
_ROLES = 12  # ways a person is described that are worth finding him by
_STEMMED = ("id", "ms", "")  # languages whose words are built as the stemmer takes them apart; "" is not said
_YEARS = 3  # a story of which no more is known than a longer span belongs to no year


class SearchDocument(Struct, frozen=True, kw_only=True):
    """A page that can be found, its file the ``path``. ``title``, ``names`` and ``texts`` are searched.

    ``foreign`` is a text that is not in Indonesian.
    """

    path: str
    kind: str
    title: str
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    lang: str = ""
    foreign: bool = False


def list_ids(archive: Archive) -> Iterator[str]:
    """The ids (``KIND/SLUG``) of everything that can be found."""
    yield from (f"stories/{story.slug}" for story in archive.stories)
    for kind in (*ENTITY_KINDS, "events", "outlets"):
        yield from (row.id for row in getattr(archive, kind))


def find_days(archive: Archive) -> dict[str, int]:
    """The day of each story and event by id, counted from the year 1; what has none is left out."""
    stories = ((f"stories/{story.slug}", parse_moment(story.date)) for story in archive.stories)
    events = ((event.id, parse_moment(event.start)) for event in archive.events)
    return {key: moment.first_day.toordinal() for key, moment in (*stories, *events) if moment}


def make_document(desk: Desk, key: str) -> SearchDocument:
    """The document of an id. Nothing in it counts other documents: it changes only with what it shows itself."""
    kind, _, slug = key.partition("/")
    if kind == "stories":
        return _make_story(desk, desk.index.stories[slug])
    if kind == "events":
        return _make_event(desk, desk.index.events[key])
    if kind == "outlets":
        return _make_outlet(desk, key)
    return _make_entity(desk.index.entities[key])


def word_note(desk: Desk, key: str) -> str:
    """What is shown beside the title of a document, and not searched: paper and day."""
    kind, _, slug = key.partition("/")
    if kind == "stories":
        story = desk.index.stories[slug]
        return f"{desk.outlet_name(story)} · {desk.date(story).text}"
    return desk.when(desk.index.events[key]).text if kind == "events" else ""


def list_filters(desk: Desk, key: str) -> tuple[str, ...]:
    """The filters that let a document through, names such as ``y2018``."""
    kind, _, slug = key.partition("/")
    if kind == "stories":
        return tuple(dict.fromkeys(_filter_story(desk, desk.index.stories[slug])))
    if kind == "events":
        event = desk.index.events[key]
        years = [f"y{year}" for year in _find_years(event.start, event.end)]
        return tuple(dict.fromkeys([*years, *map(_name_filter, event.people)]))
    return (_name_filter(key),) if kind in ("people", "outlets") else ()


def _filter_story(desk: Desk, story: Story) -> Iterator[str]:
    yield from (f"y{year}" for year in _find_years(story.date, story.date_latest))
    if outlet := desk.index.outlets.get(story.slug):
        yield _name_filter(outlet.id)
    yield from (_name_filter(person.id) for person in story.people if person.id in desk.index.entities)


def _make_story(desk: Desk, story: Story) -> SearchDocument:
    captions = (f"{c.text} {c.credit}" if c.credit else c.text for c in story.captions)
    return SearchDocument(
        path=page_path(f"stories/{story.slug}"),
        kind="stories",
        title=story.title,
        texts=(*story.body, *captions),
        lang=desk.lang(story) or "",
        foreign=story.lang.partition("-")[0] not in _STEMMED,
    )


def _make_entity(row: ArchiveEntity) -> SearchDocument:
    kind = row.id.partition("/")[0]
    roles = tuple(dict.fromkeys(role.text for role in row.roles))[:_ROLES]
    return SearchDocument(path=page_path(row.id), kind=kind, title=row.name, names=row.aliases, texts=roles)


def _make_event(desk: Desk, event: ArchiveEvent) -> SearchDocument:
    place = desk.place_name(event.place)
    return SearchDocument(path=page_path(event.id), kind="events", title=event.name, texts=(place,) if place else ())


def _make_outlet(desk: Desk, key: str) -> SearchDocument:
    name = desk.index.search.outlet_names[key]
    return SearchDocument(path=page_path(key), kind="outlets", title=name)


def _name_filter(key: str) -> str:
    """``people/jack-ma`` -> ``pjack-ma``."""
    kind, _, slug = key.partition("/")
    return kind[0] + slug


def _find_years(start: str | None, end: str | None) -> range:
    first = parse_moment(start)
    if first is None:
        return range(0)
    last = parse_moment(end) or first
    years = range(first.year, last.year + 1)
    return years if len(years) <= _YEARS else range(0)
