"""``data/archive.sqlite``: the flat tables with their keys, and every text, ready for Datasette or the sqlite3 shell.

The same archive gives the same bytes with the same SQLite library: one writer, one transaction, nothing that looks at a clock.
"""

from __future__ import annotations

import contextlib
import errno
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from alibaba_news.model import Archive
from alibaba_news.renderer.csv_files import find_key
from alibaba_news.renderer.tables import TABLES, Cell, Column, Table, stream_rows

BLOCK = 1 << 20  # bytes of the finished file in one part
_LARGEST = 2**63 - 1  # of a whole number in SQLite
_KINDS = {"string": "TEXT", "integer": "INTEGER", "number": "NUMERIC"}
# A file that nobody reads yet needs no journal, and nothing of the machine may decide how it is laid out.
_SETUP = "PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA encoding='UTF-8';"
_TEXTS = "CREATE TABLE texts (story TEXT PRIMARY KEY REFERENCES stories(slug), title TEXT, body TEXT)"
_SEARCH = "CREATE VIRTUAL TABLE texts_fts USING fts5(title, body, content='texts', tokenize='unicode61')"


def write_sqlite(archive: Archive) -> Iterator[bytes]:
    """The file in parts of a mebibyte. It is made in the system's folder for temporary files. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix="alibaba-news-") as folder:
        path = Path(folder) / "archive.sqlite"
        try:
            with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
                _fill(database, archive)
        except sqlite3.OperationalError as error:  # a full or broken disk, which everything else calls an OSError
            raise OSError(errno.EIO, str(error), str(path)) from error
        with path.open("rb") as stream:
            while block := stream.read(BLOCK):
                yield block


def _fill(database: sqlite3.Connection, archive: Archive) -> None:
    database.executescript(_SETUP)
    database.execute("BEGIN")
    for table in TABLES:
        database.execute(_write_definition(table))
        slots = ", ".join("?" * len(table.columns))
        for rows in stream_rows(table, archive):
            cells = ([_clean(cell, column.required) for cell, column in zip(row, table.columns, strict=True)] for row in rows)
            database.executemany(f'INSERT INTO "{table.name}" VALUES ({slots})', cells)  # noqa: S608 - names of our own
        for column in table.columns[1:]:  # the first one leads the key, which is an index already
            if column.table:
                database.execute(f'CREATE INDEX "{table.name}_{column.name}" ON "{table.name}" ("{column.name}")')
    database.execute(_TEXTS)
    texts = ((story.slug, _clean(story.title), _clean("\n\n".join(story.body))) for story in archive.stories)
    database.executemany("INSERT INTO texts VALUES (?, ?, ?)", texts)
    with contextlib.suppress(sqlite3.OperationalError):  # a library without FTS5: all but the search is there
        database.execute(_SEARCH)
        database.execute("INSERT INTO texts_fts(texts_fts) VALUES ('rebuild')")
    database.execute("COMMIT")


def _write_definition(table: Table) -> str:
    columns = ", ".join(map(_write_column, table.columns))
    key = ", ".join(f'"{name}"' for name in table.key)
    return f'CREATE TABLE "{table.name}" ({columns}, PRIMARY KEY ({key}))'


def _write_column(column: Column) -> str:
    must = " NOT NULL" if column.required else ""
    link = f' REFERENCES "{column.table}"("{find_key(column.table)}")' if column.table else ""
    return f'"{column.name}" {_KINDS[column.kind]}{must}{link}'


def _clean(cell: Cell, required: bool = False) -> Cell:
    """What SQLite can hold; an empty text is no value, as in the CSV, but where there must be one."""
    if isinstance(cell, str):
        return cell.encode("utf-8", "replace").decode() or ("" if required else None)
    return float(cell) if isinstance(cell, int) and abs(cell) > _LARGEST else cell
