"""The archive as flat tables: columns, keys and links to each other, and rows, each made of one story, page or event.

``data/*.csv``, its Data Package description and ``data/archive.sqlite`` are all written from these, and so never disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal

from msgspec import Struct

from alibaba_news.model import Archive
from alibaba_news.renderer import table_rows as rows

Cell = str | int | float | None
Kind = Literal["string", "integer", "number"]

_DAY = "ISO 8601, cut to what is known"
_PLACE = "where in the story: 0 the headline, 1 and up the paragraphs, caption-1 and up the captions"
_ORIGIN = "stated (printed, or given by the editor), inferred or unknown"


class Column(Struct, frozen=True, kw_only=True):
    """One column. ``table`` is the one whose key it holds; a ``required`` cell is never empty."""

    name: str
    note: str
    kind: Kind = "string"
    table: str = ""
    required: bool = False


class Table(Struct, frozen=True, kw_only=True):
    """``write`` makes the rows of one item of ``source`` (a field of Archive), in the order of the columns."""

    name: str
    note: str
    source: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    write: Callable[[Any], Iterable[Sequence[Cell]]]


def stream_rows(table: Table, archive: Archive) -> Iterator[list[Sequence[Cell]]]:
    """The rows of a table, a part for each story, page or event it is made of, in the order of the archive."""
    for item in getattr(archive, table.source):
        yield list(table.write(item))


def _link(name: str, table: str, note: str, *, required: bool = False) -> Column:
    return Column(name=name, note=note, table=table, required=required)


_STORY = _link("story", "stories", "the story", required=True)
_NUMBER = Column(name="number", note="counted through the story, from 1", kind="integer", required=True)
_START = Column(name="start", note="code points from the beginning of the paragraph", kind="integer")
_PARAGRAPH = Column(name="paragraph", note=_PLACE)
_ID = Column(name="id", note="the path of its page", required=True)
_NAME = Column(name="name", note="the name it is settled under", required=True)
_BEARERS = (
    _link("person", "people", "the person, where it is one"),
    _link("organization", "organizations", "the organization, where it is one"),
    _link("place", "places", "the place, where it is one"),
    _link("product", "products", "the product, where it is one"),
)
_ENTITY = (
    _ID,
    _NAME,
    Column(name="aliases", note="its other names, with '; ' between them"),
    Column(name="stories", note="how many stories name it", kind="integer", required=True),
    Column(name="first_seen", note=f"the first day of a story that names it: {_DAY}"),
    Column(name="last_seen", note=f"the last day of a story that names it: {_DAY}"),
    Column(name="same_as", note="the same elsewhere (Wikidata), with '; ' between them"),
)
_POSITION = (
    Column(name="latitude", note="degrees, WGS 84", kind="number"),
    Column(name="longitude", note="degrees, WGS 84", kind="number"),
)

TABLES: tuple[Table, ...] = (
    Table(
        name="outlets",
        note="The papers",
        source="outlets",
        columns=(_ID, _NAME, Column(name="stories", note="how many stories it has", kind="integer", required=True)),
        key=("id",),
        write=rows.write_outlet,
    ),
    Table(
        name="stories",
        note="One article a row; its text stands in stories.jsonl",
        source="stories",
        columns=(
            Column(name="slug", note="the last part of its address", required=True),
            Column(name="title", note="the headline", required=True),
            Column(name="title_origin", note="stated, or inferred where the file has no headline", required=True),
            Column(name="lang", note="the language of the text, BCP 47"),
            Column(name="description", note="the beginning of the lead"),
            Column(name="date", note=f"publication: {_DAY}; the first day that is possible"),
            Column(name="date_origin", note=_ORIGIN, required=True),
            Column(name="date_evidence", note="how the date is known"),
            Column(name="date_latest", note="the last day that is possible, where that is later"),
            Column(name="retrieved", note="the day the page was saved"),
            Column(name="url", note="the address of the original"),
            Column(name="outlet", note="the paper as the file writes it"),
            Column(name="dateline", note="the place before the lead"),
            Column(name="authors", note="with '; ' between them"),
            Column(name="editors", note="with '; ' between them"),
            Column(name="corrected", note="the day of the last correction or reply"),
            Column(name="withdrawn", note="the day an editor withdrew it"),
            Column(name="source_file", note="the seed file", required=True),
            Column(name="source_sha256", note="the SHA-256 of its bytes", required=True),
        ),
        key=("slug",),
        write=rows.write_story,
    ),
    *(
        Table(name=kind, note=note, source=kind, columns=columns, key=("id",), write=write)
        for kind, note, columns, write in (
            ("people", "People whom the stories name", _ENTITY, rows.write_entity),
            ("organizations", "Organizations that the stories name", _ENTITY, rows.write_entity),
            ("places", "Places that the stories name", (*_ENTITY, *_POSITION), rows.write_place),
            ("products", "Products that the stories name", _ENTITY, rows.write_entity),
        )
    ),
    Table(
        name="events",
        note="Happenings, one a row whoever reports them",
        source="events",
        columns=(
            _ID,
            _NAME,
            Column(name="start", note=_DAY),
            Column(name="end", note="the same as start where it is one day, month or year"),
            Column(name="precision", note="day, month or year", required=True),
            Column(name="place", note="where, in words or as the id of a place"),
            Column(name="stories", note="how many stories report it", kind="integer", required=True),
        ),
        key=("id",),
        write=rows.write_event,
    ),
    Table(
        name="participants",
        note="Who took part in an event",
        source="events",
        columns=(_link("event", "events", "the event", required=True), _NUMBER, *_BEARERS[:2]),
        key=("event", "number"),
        write=rows.write_participants,
    ),
    Table(
        name="accounts",
        note="What each story says of an event",
        source="stories",
        columns=(
            _STORY,
            _NUMBER,
            _link("event", "events", "the event"),
            Column(name="name", note="as this story calls it", required=True),
            Column(name="start", note=_DAY),
            Column(name="end", note=_DAY),
            Column(name="origin", note=_ORIGIN, required=True),
            Column(name="evidence", note="how the date is known"),
            Column(name="place_text", note="where, in words or as the id of a place"),
            _PARAGRAPH,
        ),
        key=("story", "number"),
        write=rows.write_accounts,
    ),
    Table(
        name="mentions",
        note="Every occurrence of a name",
        source="stories",
        columns=(
            _STORY,
            _NUMBER,
            *_BEARERS,
            Column(name="text", note="the name as printed", required=True),
            _PARAGRAPH,
            _START,
        ),
        key=("story", "number"),
        write=rows.write_mentions,
    ),
    Table(
        name="roles",
        note="What a story says somebody is, verbatim",
        source="stories",
        columns=(_STORY, _NUMBER, *_BEARERS, Column(name="text", note="as printed", required=True), _PARAGRAPH),
        key=("story", "number"),
        write=rows.write_roles,
    ),
    Table(
        name="quotes",
        note="Who said what",
        source="stories",
        columns=(
            _STORY,
            _NUMBER,
            Column(name="text", note="what was said", required=True),
            *_BEARERS,
            Column(name="speaker_text", note="the words that name the speaker"),
            Column(name="kind", note="direct or indirect", required=True),
            _PARAGRAPH,
        ),
        key=("story", "number"),
        write=rows.write_quotes,
    ),
    Table(
        name="figures",
        note="Counted things, sums and shares",
        source="stories",
        columns=(
            _STORY,
            _NUMBER,
            Column(name="text", note="as printed", required=True),
            Column(name="value", note="as a plain number", kind="number", required=True),
            Column(name="unit", note="ISO 4217 for money, persen, else the counted noun"),
            _PARAGRAPH,
            _START,
        ),
        key=("story", "number"),
        write=rows.write_figures,
    ),
    Table(
        name="dates",
        note="Every date in the texts",
        source="stories",
        columns=(
            _STORY,
            _NUMBER,
            Column(name="text", note="as printed", required=True),
            Column(name="value", note=f"{_DAY}; empty while it stays open"),
            Column(name="origin", note=_ORIGIN, required=True),
            Column(name="candidates", note="the days the text allows, with '; ' between them"),
            _PARAGRAPH,
            _START,
        ),
        key=("story", "number"),
        write=rows.write_dates,
    ),
)
BY_NAME = {table.name: table for table in TABLES}
