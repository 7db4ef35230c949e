"""An index -> parts to be kept by name, and back: an index whose look-ups are taken up again one by one, as they are asked for.

A build that redraws a few pages needs a few rows of what was worked out before. Nothing of the texts is kept here: look-ups
that lead into them (stories, quotes, entries of feeds, comparisons) are made again from the stories themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from operator import attrgetter
from typing import Any, TypeVar, cast, get_args, get_type_hints, overload

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news import model
from alibaba_news.lots import Items, Lots, ReadPart, list_items, list_lots
from alibaba_news.model import ENTITY_KINDS, Archive, Outlet, Story
from alibaba_news.renderer.accounts import compare_accounts
from alibaba_news.renderer.company import Form, gather_company, list_days, order_lives
from alibaba_news.renderer.days import Calendar
from alibaba_news.renderer.entries import Feeding, make_entries
from alibaba_news.renderer.index import Index, collect_quotes, count_others
from alibaba_news.renderer.on_demand import OnDemand
from alibaba_news.renderer.related import relate_stories
from alibaba_news.values import Codec

T = TypeVar("T")

# Look-ups that are worked out again: from the stories, or from the outlines that are kept of them.
_REMADE = frozenset({"archive", "stories", "position", "entities", "outlets", "quotes", "feeding", "calendar"})
_REMADE |= {"others", "related", "company", "lives", "comparisons", "events_by_date", "moments", "outlet_facts"}
# Of one story: its slug, its date, its people, organizations, places and products, its events, each by its place in the ids:
# texts take several times as long to read as numbers, and a well-known person's page needs thousands of outlines.
_Outline = tuple[str, str | None, tuple[tuple[int, ...], ...], tuple[int, ...]]
# Look-ups with an entry for each entity or story: what is read of them are a few.
_IN_LOTS = frozenset({"events", "neighbours", "forms", "copies", "years"})
# Look-ups with few entries, each of which is large.
_IN_ROWS = frozenset({"moments", "days", "months", "outlet_facts"})


# Of an entity its stories (slugs), and the days of those.
_Borne = tuple[tuple[str, ...], tuple[str, ...]]


class _Named(Struct, frozen=True):
    """An entity or event of a story, of which no more is known than which one it is."""

    id: str


class _OutlinedStory(Struct, frozen=True):
    """Of a story what look-ups across stories read: a twin of ``Story`` as far as it goes."""

    slug: str
    date: str | None
    people: tuple[_Named, ...]
    organizations: tuple[_Named, ...]
    places: tuple[_Named, ...]
    products: tuple[_Named, ...]
    events: tuple[_Named, ...]

    def entities(self) -> dict[str, _Named]:
        """As ``Story.entities``."""
        return {row.id: row for kind in ENTITY_KINDS for row in getattr(self, kind)}


def _outline(story: Story, places: dict[str, int]) -> _Outline:
    def place(rows: Sequence[model.Entity] | Sequence[model.Event]) -> tuple[int, ...]:
        return tuple(places.setdefault(row.id, len(places)) for row in rows)

    return story.slug, story.date, tuple(place(getattr(story, kind)) for kind in ENTITY_KINDS), place(story.events)


def _read_outline(outline: _Outline, rows: Sequence[_Named]) -> _OutlinedStory:
    slug, date, kinds, events = outline
    people, organizations, places, products = (tuple(map(rows.__getitem__, own)) for own in kinds)
    return _OutlinedStory(slug, date, people, organizations, places, products, tuple(map(rows.__getitem__, events)))


def list_parts(index: Index) -> Iterator[tuple[str, Any]]:
    """The parts of an index as plain values, each under a name of its own."""
    for name in index.__struct_fields__:
        if name in _IN_LOTS:
            yield from list_lots(name, getattr(index, name), _CODECS[name].dump)
        elif name not in _REMADE:
            yield name, _CODECS[name].dump(getattr(index, name))
    archive = index.archive
    yield from list_lots("position", index.position)
    yield from list_lots("entities", index.entities, _dump_entity)
    yield from list_lots("stories of", OnDemand(index.entities, lambda key: _list_borne(index, key)))
    ids: dict[str, int] = {}
    yield from list_lots("outlines", index.stories, partial(_outline, places=ids))
    yield "ids", tuple(ids)
    yield "outlet rows", tuple((row.id, row.name, len(row.stories)) for row in archive.outlets)
    yield from ((f"stories of {row.id}", row.stories) for row in archive.outlets)
    yield from list_lots("outlet of", index.outlets, attrgetter("id"))
    yield "rows", {kind: tuple(row.id for row in getattr(archive, kind)) for kind in (*ENTITY_KINDS, "events")}
    yield "events by date", tuple(row.id for row in index.events_by_date)
    yield from list_lots("updated", index.feeding.updated)
    yield from list_items("newest", index.feeding.newest)
    yield "fed pages", dict(index.feeding.pages)
    calendar = index.calendar
    yield "calendar", (dict(calendar.places), len(calendar.numbers))
    rows: Mapping[str, Mapping[Any, Any]] = {
        "moments": index.moments,
        "days": calendar.days,
        "months": calendar.months,
        "outlet_facts": index.outlet_facts,
    }
    for name, found in rows.items():
        yield name, tuple(found)
        for key, value in found.items():
            yield f"{name} {key}", _CODECS[name].dump(value)


def change_rows(index: KeptIndex, name: str, rows: Mapping[str, Any]) -> dict[str, Any]:
    """The parts that are others where these rows of a look-up, which it has, are others; it has them so from here on."""
    found: Lots[Any] = getattr(index, name)
    return found.change(rows, _dump_entity if name == "entities" else _CODECS[name].dump)


def change_whole(index: KeptIndex, name: str, value: Any) -> dict[str, Any]:
    """The part that is another where a look-up is another; the index has it so from here on."""
    setattr(index, name, value)
    return {name: _CODECS[name].dump(value)}


def _dump_entity(row: model.ArchiveEntity) -> tuple[bytes, int]:
    return _ENTITY.dump(replace(row, stories=())), len(row.stories)


def _list_borne(index: Index, key: str) -> _Borne:
    row = index.entities[key]
    return row.stories, list_days(index.stories, row)


class KeptIndex:
    """The look-ups of an index that ``read`` gives the parts of; ``stories`` by slug are those of now."""

    def __init__(self, read: ReadPart, stories: Mapping[str, Story]) -> None:
        self._read, self.stories = read, stories

    forms: Mapping[str, tuple[Form, ...]]
    copies: Mapping[str, tuple[model.StoryCopy, ...]]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in _FIELDS:
            raise AttributeError(name)
        value = self._load(name)
        setattr(self, name, value)
        return value

    def _load(self, name: str) -> Any:
        load = _CODECS[name].load
        return self._open(name, load) if name in _IN_LOTS else load(self._read(name))

    def _open(self, name: str, load: Callable[[Any], Any] = lambda value: value) -> Lots[Any]:
        return Lots(self._read, name, load)

    span = Index.span
    year_path = Index.year_path
    accounts = Index.accounts
    place_of = Index.place_of

    @cached_property
    def archive(self) -> Archive:
        rows = self._read("rows")
        kinds = {kind: _Rows(rows[kind], self._find_entity) for kind in ENTITY_KINDS}
        return Archive(
            stories=cast("Any", _Rows(self.position.ordered_keys, self.stories.__getitem__)),
            events=cast("Any", _Rows(rows["events"], lambda key: self.events[key])),
            outlets=self._outlet_rows,
            **cast("Any", kinds),
        )

    def _find_entity(self, key: str) -> model.ArchiveEntity:
        found: model.ArchiveEntity = self.entities[key]
        return found

    @cached_property
    def mentions(self) -> Counter[str]:
        return Counter(self._load("mentions"))

    @cached_property
    def position(self) -> Lots[int]:
        return self._open("position")

    @cached_property
    def entities(self) -> Mapping[str, model.ArchiveEntity]:
        return self._open("entities", self._read_entity)

    def _read_entity(self, kept: tuple[bytes, int]) -> model.ArchiveEntity:
        row = _ENTITY.load(kept[0])
        return replace(row, stories=cast("Any", _Held(kept[1], lambda: self._borne[row.id][0])))

    @cached_property
    def _borne(self) -> Lots[_Borne]:
        return self._open("stories of")

    @cached_property
    def _outlined(self) -> Mapping[str, _OutlinedStory]:
        return self._open("outlines", partial(_read_outline, rows=tuple(map(_Named, self._read("ids")))))

    @cached_property
    def _outlet_rows(self) -> tuple[Outlet, ...]:
        def make(key: str, name: str, count: int) -> Outlet:
            return Outlet(id=key, name=name, stories=cast("Any", _Held(count, lambda: self._read(f"stories of {key}"))))

        return tuple(make(*row) for row in self._read("outlet rows"))

    @cached_property
    def outlets(self) -> Mapping[str, Outlet]:
        rows = {row.id: row for row in self._outlet_rows}
        return self._open("outlet of", rows.__getitem__)

    @cached_property
    def others(self) -> Mapping[str, int]:
        return count_others(self.events)

    @cached_property
    def quotes(self) -> Any:
        return collect_quotes(self.stories, self.quoted)

    @cached_property
    def events_by_date(self) -> Sequence[model.ArchiveEvent]:
        return _Rows(self._read("events by date"), lambda key: self.events[key])

    @cached_property
    def feeding(self) -> Feeding:
        updated, newest = self._open("updated"), Items[str](self._read, "newest")
        entries = make_entries(updated, self.stories)
        return Feeding(entries=entries, updated=updated, newest=newest, pages=self._read("fed pages"))

    @cached_property
    def moments(self) -> Mapping[int, Any]:
        return self._look_up("moments")

    @cached_property
    def outlet_facts(self) -> Mapping[str, Any]:
        return self._look_up("outlet_facts")

    @cached_property
    def calendar(self) -> Calendar:
        places, total = self._read("calendar")
        return Calendar(days=self._look_up("days"), months=self._look_up("months"), places=places, numbers=range(total))

    def _look_up(self, name: str) -> Mapping[Any, Any]:
        load = _CODECS[name].load
        return OnDemand(dict.fromkeys(self._read(name)), lambda key: load(self._read(f"{name} {key}")))

    @cached_property
    def related(self) -> Any:
        return relate_stories(cast("Any", self._outlined), self.entities, self.events, self.copies)

    @cached_property
    def company(self) -> Any:
        return gather_company(cast("Any", self._outlined), self.entities)

    @cached_property
    def lives(self) -> Any:
        return order_lives(self.entities, self.events, self.events_of, lambda row: self._borne[row.id][1])

    @cached_property
    def comparisons(self) -> Any:
        return compare_accounts(self.stories, self.events, self.entities, self.copies)


def _find_codecs() -> Iterator[tuple[str, Codec[Any]]]:
    """Of each look-up, by its name; where its entries are kept one by one, of an entry."""
    hints = get_type_hints(Index) | get_type_hints(Calendar)
    for name, hint in hints.items():
        alone = name in _IN_LOTS or name in _IN_ROWS
        yield name, Codec(get_args(hint)[1] if alone else hint)


_CODECS = dict(_find_codecs())
_ENTITY: Codec[model.ArchiveEntity] = Codec(model.ArchiveEntity)
_FIELDS = frozenset(Index.__struct_fields__) - _REMADE


class _Held(Sequence[str]):
    """Very many texts of which most pages only ask how many they are."""

    __slots__ = ("_count", "_load")

    def __init__(self, count: int, load: Callable[[], tuple[str, ...]]) -> None:
        self._count, self._load = count, load

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        return self._load()[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._load())

    def __contains__(self, item: object) -> bool:
        return item in self._load()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._load() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._load())


class _Rows(Sequence[T]):
    """Rows by their keys, in an order."""

    def __init__(self, keys: Sequence[str], find: Callable[[str], T]) -> None:
        self._keys, self._find = keys, find

    def __getitem__(self, at: Any) -> Any:
        return tuple(map(self._find, self._keys[at])) if isinstance(at, slice) else self._find(self._keys[at])

    def __len__(self) -> int:
        return len(self._keys)
