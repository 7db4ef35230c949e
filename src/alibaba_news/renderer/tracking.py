"""An index in, the same index out, which notes every look-up that is made of it: the facts that a page depends on.

A fact is a pair: where it was looked up (``mentions``, ``archive.people``) and under which key. Nothing needs to be declared:
whatever a view reads of the archive, it reads through here. What a link or a line of a list shows of a story, an entity, an
event or an outlet (its head) is a fact of its own, so that one more story about somebody is no news to all the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, cast

from msgspec import Struct

from alibaba_news.model import ENTITY_KINDS, ArchiveEntity, ArchiveEvent, Outlet, Story
from alibaba_news.renderer.index import Index

Fact = tuple[str, Any]

# Keys of facts that are not about one row: how many, whether any, which keys, everything.
LENGTH, ANY, KEYS, WHOLE = "#length", "#any", "#keys", "#whole"
# Kinds of facts that are not fields of the index. A column is what one attribute is in all rows of a sequence.
COLUMN, SETTING = "#column", "#setting"

# Of each type of row: under which name it is known by its key, which attribute that is, and what its head shows.
ROWS: Mapping[type, tuple[str, str, tuple[str, ...]]] = {
    Story: (
        "stories",
        "slug",
        (
            *("slug", "title", "title_origin", "lang", "description", "date", "date_origin", "date_latest"),
            *("outlet", "dateline", "withdrawn"),
        ),
    ),
    ArchiveEntity: ("entities", "id", ("id", "name")),
    ArchiveEvent: ("events", "id", ("id", "name", "start", "end", "precision", "place")),
    Outlet: ("outlet", "id", ("id", "name")),
}
HEAD_SUFFIX = ".head"
# What the methods of a story read.
_METHODS = {"entities": ENTITY_KINDS, "texts": ("title", "body", "captions")}
_SCALARS = (str, int, float, bool, type(None))
_KEPT = 16384  # tracked rows of a look-up that are held


class Recorder:
    """Holds the facts of the page in hand."""

    __slots__ = ("facts", "note")

    def __init__(self) -> None:
        self.facts: set[Fact] = set()
        self.note: Callable[[Fact], None] = self.facts.add

    def take(self) -> frozenset[Fact]:
        """The facts noted since it was asked last."""
        found = frozenset(self.facts)
        self.facts.clear()
        return found


def track_index(index: Index, recorder: Recorder) -> Index:
    """The index with every field replaced by one that notes what is read of it."""
    return cast("Index", _TrackedIndex(index, recorder))


class _TrackedIndex:
    """Every field of an index, tracked once it is asked for: what no page needs need not even be there."""

    def __init__(self, raw: Index, recorder: Recorder) -> None:
        self._raw, self._recorder = raw, recorder

    def __getattr__(self, name: str) -> Any:
        value = _wrap(name, getattr(self._raw, name), self._recorder)
        setattr(self, name, value)
        return value

    # What an index works out of its own fields, here of the tracked ones.
    span = Index.span
    year_path = Index.year_path
    accounts = Index.accounts
    place_of = Index.place_of


def _wrap(name: str, value: Any, recorder: Recorder) -> Any:
    if isinstance(value, Mapping):
        return TrackedMapping(name, value, recorder)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return TrackedSequence(name, value, recorder)
    if isinstance(value, Struct):
        return TrackedRecord(name, value, recorder)
    raise TypeError(f"the index holds a {type(value).__name__} under {name}: nobody would notice what is read of it")


class TrackedRecord:
    """A record of look-ups: every field of it is tracked on its own."""

    __slots__ = ("_name", "_raw", "_recorder", "_wrapped")

    def __init__(self, name: str, raw: Any, recorder: Recorder) -> None:
        self._name, self._raw, self._recorder = name, raw, recorder
        self._wrapped: dict[str, Any] = {}

    def __getattr__(self, attribute: str) -> Any:
        if attribute in self._wrapped:
            return self._wrapped[attribute]
        value = getattr(self._raw, attribute)
        if callable(value):  # a method may read anything of it
            self._recorder.note((self._name, WHOLE))
        elif isinstance(value, _SCALARS):
            self._recorder.note((f"{self._name}.{attribute}", WHOLE))
        else:
            value = self._wrapped[attribute] = _wrap(f"{self._name}.{attribute}", value, self._recorder)
        return value


class TrackedMapping(Mapping[Any, Any]):
    """A look-up by key. What is asked of it as a whole depends on the whole."""

    __slots__ = ("_name", "_note", "_raw", "_recorder", "_rows", "_update")

    def __init__(self, name: str, raw: Mapping[Any, Any], recorder: Recorder) -> None:
        self._name, self._raw, self._recorder = name, raw, recorder
        self._note, self._update = recorder.note, recorder.facts.update
        self._rows: dict[Any, tuple[TrackedRow, tuple[Fact, ...]]] = {}  # each with what is noted where it is looked up

    def __getitem__(self, key: Any) -> Any:
        known = self._rows.get(key)
        if known is None:
            try:
                value = self._raw[key]
            except KeyError:
                self._note((self._name, key))
                raise
            if type(value) not in _ROW_TYPES:
                self._note((self._name, key))
                return value
            known = self._track(key, value)
        row, facts = known
        self._update(facts)
        return row

    def _track(self, key: Any, value: Any) -> tuple[TrackedRow, tuple[Fact, ...]]:
        row = _ROW_TYPES[type(value)](value, self._recorder)
        # A look-up that leads to a row, such as the outlet of a story, is a fact of its own.
        facts = (row._head,) if row._name == self._name else (row._head, (self._name, key))
        if len(self._rows) >= _KEPT:
            self._rows.clear()
        self._rows[key] = row, facts
        return row, facts

    def __contains__(self, key: object) -> bool:
        self._note((f"{self._name}{HEAD_SUFFIX}" if self._name in _HEADED else self._name, key))
        return key in self._raw

    def __len__(self) -> int:
        self._note((self._name, LENGTH))
        return len(self._raw)

    def __iter__(self) -> Iterator[Any]:
        self._note((self._name, KEYS))
        return iter(self._raw)

    def __getattr__(self, attribute: str) -> Any:
        self._note((self._name, WHOLE))
        return getattr(self._raw, attribute)


class TrackedSequence(Sequence[Any]):
    """Rows in an order. Of those that are gone through from end to end, the columns are noted that are read of them."""

    __slots__ = ("_name", "_note", "_raw", "_recorder")

    def __init__(self, name: str, raw: Sequence[Any], recorder: Recorder) -> None:
        self._name, self._raw, self._recorder, self._note = name, raw, recorder, recorder.note

    def __getitem__(self, at: Any) -> Any:
        count = len(self._raw)
        if isinstance(at, slice):
            ends = [end for end in (at.start or 0, count + 1 if at.stop is None else at.stop) if end < 0 or end > count]
            if ends:  # counted from the end, or cut short by it
                self._note((self._name, LENGTH))
            return tuple(map(self._take, range(*at.indices(count))))
        if not 0 <= at < count:
            self._note((self._name, LENGTH))
            if not -count <= at < count:
                raise IndexError(at)
        return self._take(at % count)

    def _take(self, at: int) -> Any:
        self._note((self._name, at))
        value = self._raw[at]
        if type(value) not in _ROW_TYPES:
            return value
        row = _ROW_TYPES[type(value)](value, self._recorder)
        self._note(row._head)
        return row

    def __len__(self) -> int:
        self._note((self._name, LENGTH))
        return len(self._raw)

    def __bool__(self) -> bool:
        self._note((self._name, ANY))
        return bool(self._raw)

    def __iter__(self) -> Iterator[Any]:
        return self._go_through(self._raw)

    def __reversed__(self) -> Iterator[Any]:
        return self._go_through(reversed(self._raw))

    def _go_through(self, rows: Any) -> Iterator[Any]:
        if self._raw and type(self._raw[0]) in ROWS:
            self._note((COLUMN, (self._name, ROWS[type(self._raw[0])][1])))
            return (ColumnRow(self._name, row, self._recorder) for row in rows)
        self._note((self._name, WHOLE))
        return iter(rows)

    def __add__(self, other: Any) -> tuple[Any, ...]:
        return (*self, *other)

    def __radd__(self, other: Any) -> tuple[Any, ...]:
        return (*other, *self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


class TrackedRow:
    """A row looked up by its key: a line about it depends on its head, everything else on all of it."""

    __slots__ = ("_facts", "_head", "_raw", "_whole")
    _name = _head_name = _key = ""

    def __init__(self, raw: Any, recorder: Recorder) -> None:
        self._raw, self._facts = raw, recorder.facts
        key = getattr(raw, self._key)
        self._head, self._whole = (self._head_name, key), (self._name, key)

    def __getattr__(self, attribute: str) -> Any:
        self._facts.add(self._whole)
        return getattr(self._raw, attribute)

    def __eq__(self, other: object) -> bool:
        return self._raw is unwrap(other) or self._raw == unwrap(other)

    def __hash__(self) -> int:
        return hash(getattr(self._raw, self._key))


def _make_row_type(kind: type, name: str, key: str, head: tuple[str, ...]) -> type[TrackedRow]:
    shown = {field: property(attrgetter(f"_raw.{field}")) for field in head}
    names = {"_name": name, "_head_name": f"{name}{HEAD_SUFFIX}", "_key": key}
    return type(f"Tracked{kind.__name__}", (TrackedRow,), {"__slots__": (), **names, **shown})


_ROW_TYPES = {kind: _make_row_type(kind, *row) for kind, row in ROWS.items()}
_HEADED = frozenset(name for name, _, _ in ROWS.values())


class ColumnRow:
    """A row met while all are gone through: what is read of it is taken to be read of all of them."""

    __slots__ = ("_name", "_note", "_raw")

    def __init__(self, name: str, raw: Any, recorder: Recorder) -> None:
        self._name, self._raw, self._note = name, raw, recorder.note

    def __getattr__(self, attribute: str) -> Any:
        for column in _METHODS.get(attribute, (attribute,)):
            self._note((COLUMN, (self._name, column)))
        return getattr(self._raw, attribute)

    def __eq__(self, other: object) -> bool:
        self._note((self._name, WHOLE))
        return self._raw is unwrap(other) or self._raw == unwrap(other)

    def __hash__(self) -> int:
        return hash(getattr(self._raw, ROWS[type(self._raw)][1]))


def read_whole(row: Any) -> Any:
    """The row itself, for whoever reads all of it."""
    if not isinstance(row, TrackedRow):
        return row
    row._facts.discard(row._head)  # the whole says that as well
    row._facts.add(row._whole)
    return row._raw


def unwrap(row: Any) -> Any:
    """The row itself, read without notice."""
    return row._raw if isinstance(row, TrackedRow | ColumnRow) else row


class TrackedSettings:
    """The settings of the site; each that is read is noted."""

    __slots__ = ("_note", "_raw")

    def __init__(self, raw: Any, recorder: Recorder) -> None:
        self._raw, self._note = raw, recorder.note

    def __getattr__(self, attribute: str) -> Any:
        self._note((SETTING, attribute))
        return getattr(self._raw, attribute)
