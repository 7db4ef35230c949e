"""What one build knows and the next one need not find out again: one SQLite file beside the output folder, safe to delete.

Every entry carries the digest of its bytes, and all parts of one state the number of the build that wrote them: what is
damaged, of another program or of two builds is as if it were not there. The site never depends on it, only the time that a
build takes.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast
from zlib import crc32

from msgspec import Struct

# Raised whenever what is kept, or how, changes.
FORMAT = 8
_SCHEMA = """
create table if not exists part (name text primary key, build integer not null, data blob not null);
create table if not exists reading (file text primary key, key blob not null, data blob not null);
create table if not exists texts (file text primary key, data blob not null);
create table if not exists story (slug text primary key, digest blob not null, data blob not null);
create table if not exists terms (key text primary key, data blob not null);
"""
# No waiting for the disk: what it costs is at worst the cache, and the digests tell.
_SETUP = "pragma page_size=16384; pragma synchronous=off; pragma temp_store=memory; pragma cache_size=-16000;"
# Until something is written the lock for reading is held: taking it for each of some thousand questions takes as long as they.
_HOLD, _RELEASE = "pragma locking_mode=exclusive", "pragma locking_mode=normal"
_DIGEST = 4
_WAIT_SECONDS = 5.0  # for another program to let go of it
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_PRIMARY = 0xFF  # of an error's code
_LARGE = 1 << 20  # bytes of a part that is written where it will lie: sqlite would copy it twice more


class CacheDamagedError(Exception):
    """The cache holds something else than what was written."""


class CacheInUseError(CacheDamagedError):
    """Another program has the cache locked: what it holds is not known, and nobody may touch it."""


class Dumped(Struct, frozen=True):
    """A part's value as bytes, made elsewhere by ``dump``."""

    data: bytes


def dump(value: Any) -> Dumped:
    """A plain value as it is kept."""
    return Dumped(marshal.dumps(value))


def find_cache(output: Path) -> Path:
    """Where the cache of a site stands."""
    return output.with_name(f".{output.name}.cache")


class Cache:
    """The cache of one site. Everything may raise CacheDamagedError; then ``remove`` it and go on without.

    Where that is a CacheInUseError ``close`` it instead.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._inherited: list[sqlite3.Connection] = []
        self._build = -1

    def open(self, program: bytes) -> str:
        """Make it ready for ``program`` (a fingerprint); gives what was wrong with it: "version", "damaged" or ""."""
        try:
            known = self._connect()
            if known == (FORMAT, program):
                return ""
            empty = known is None
        except CacheInUseError:
            raise
        except CacheDamagedError:
            self.remove()
            self._connect()
            self._write_version(program)
            return "damaged"
        if not empty:
            self.remove()
            self._connect()
        self._write_version(program)
        return "" if empty else "version"

    def _connect(self) -> tuple[int, bytes] | None:
        with _checked():
            connection = self._connection = self._open_file()
            # A process that is killed leaves the journal, from which the next one goes back. After a power failure the file may
            # be anything: then the digests tell.
            connection.executescript(_SETUP + _SCHEMA)
            connection.execute(_HOLD)
            rows = connection.execute("select build, data from part where name = 'program'").fetchall()
            if not rows:
                return None
            self._build = rows[0][0]
            known = marshal.loads(_open_sealed(rows[0][1]))  # noqa: S302 - as written: its digest says so
            return known if isinstance(known, tuple) and len(known) == 2 else (0, b"")

    def _open_file(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)

    def _write_version(self, program: bytes) -> None:
        with _checked(), self.transaction():
            self._build = 1
            self._put("program", (FORMAT, program))

    def read(self, name: str) -> Any:
        """A part of the state; None where there is none."""
        with _checked():
            rows = self._db.execute("select build, data from part where name = ?", (name,)).fetchall()
            if not rows:
                return None
            if rows[0][0] != self._build:
                raise CacheDamagedError("parts of two builds")
            return marshal.loads(_open_sealed(rows[0][1]))  # noqa: S302

    def write(self, program: bytes, parts: Iterable[tuple[str, Any]]) -> None:
        """Replace the whole state. Needs ``transaction``."""
        with _checked():
            self._build += 1
            self._db.execute("delete from part")
            self._put("program", (FORMAT, program))
            for name, value in parts:
                self._put(name, value)

    def update(self, parts: Iterable[tuple[str, Any]]) -> None:
        """Replace some parts of the state by what says the same in other words. Needs ``transaction``."""
        with _checked():
            for name, value in parts:
                self._put(name, value)

    def _put(self, name: str, value: Any) -> None:
        data = value.data if type(value) is Dumped else marshal.dumps(value)
        if len(data) < _LARGE:
            self._db.execute("insert or replace into part values (?, ?, ?)", (name, self._build, _seal(data)))
            return
        place = (name, self._build, _DIGEST + len(data))
        row = self._db.execute("insert or replace into part values (?, ?, zeroblob(?))", place).lastrowid
        with self._db.blobopen("part", "data", cast("int", row)) as blob:
            blob.write(_sign(data))
            blob.write(data)

    def list_readings(self) -> dict[str, bytes]:
        """The key with which each seed file was read last."""
        with _checked():
            return dict(self._db.execute("select file, key from reading"))

    def read_reading(self, file: str) -> bytes:
        """What a seed file gave, as bytes."""
        return self._read_file("reading", file)

    def _read_file(self, table: str, file: str) -> bytes:
        with _checked():
            rows = self._db.execute(f"select data from {table} where file = ?", (file,)).fetchall()  # noqa: S608 - a table of ours
            if not rows:
                raise CacheDamagedError("what is kept of a file is gone")
            return bytes(_open_sealed(rows[0][0]))

    def put_readings(self, rows: Iterable[tuple[str, bytes, bytes, bytes]]) -> None:
        """Keep (file, key, bytes, what tells its texts from others). Needs ``transaction``."""
        with _checked():
            for file, key, data, texts in rows:
                self._db.execute("insert or replace into reading values (?, ?, ?)", (file, key, _seal(data)))
                self._db.execute("insert or replace into texts values (?, ?)", (file, _seal(texts)))

    def drop_part(self, name: str) -> None:
        """Forget a part of the state. Needs ``transaction``."""
        with _checked():
            self._db.execute("delete from part where name = ?", (name,))

    def drop_readings(self, files: Iterable[str]) -> None:
        """Forget files. Needs ``transaction``."""
        with _checked():
            for file in files:
                self._db.execute("delete from reading where file = ?", (file,))
                self._db.execute("delete from texts where file = ?", (file,))

    def list_texts(self) -> Iterator[tuple[str, bytes]]:
        """Of every file what tells its texts from others, in the order of the files."""
        with _checked():
            for file, data in self._db.execute("select file, data from texts order by file"):
                yield file, bytes(_open_sealed(data))

    def count_texts(self) -> int:
        """Of how many files texts are kept."""
        with _checked():
            return cast("int", self._db.execute("select count(*) from texts").fetchone()[0])

    def read_texts(self, file: str) -> bytes:
        """What tells the texts of a file from others."""
        return self._read_file("texts", file)

    def list_stories(self) -> dict[str, bytes]:
        """The digest of every story that is kept."""
        with _checked():
            return dict(self._db.execute("select slug, digest from story"))

    def read_story(self, slug: str) -> bytes | None:
        """A story as bytes; None where it is not kept."""
        with _checked():
            rows = self._db.execute("select data from story where slug = ?", (slug,)).fetchall()
            return bytes(_open_sealed(rows[0][0])) if rows else None

    def put_stories(self, rows: Iterable[tuple[str, bytes, bytes]], gone: Iterable[str]) -> None:
        """Keep (slug, digest, bytes), and forget others. Needs ``transaction``."""
        with _checked():
            sealed = ((slug, digest, _seal(data)) for slug, digest, data in rows)
            self._db.executemany("insert or replace into story values (?, ?, ?)", sealed)
            self._db.executemany("delete from story where slug = ?", ((slug,) for slug in gone))

    def read_terms(self, key: str) -> bytes | None:
        """What a document of the search index said of itself, unchecked: whoever asks knows its digest."""
        with _checked():
            rows = self._db.execute("select data from terms where key = ?", (key,)).fetchall()
            return rows[0][0] if rows and isinstance(rows[0][0], bytes) else None

    def list_terms(self) -> Iterator[str]:
        """The ids of the documents that are kept."""
        with _checked():
            for (key,) in self._db.execute("select key from terms"):
                yield key

    def put_terms(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Keep what documents say of themselves. Needs ``transaction``."""
        with _checked():
            self._db.executemany("insert or replace into terms values (?, ?)", rows)

    def drop_terms(self, gone: Iterable[str]) -> None:
        """Forget documents. Needs ``transaction``."""
        with _checked():
            self._db.executemany("delete from terms where key = ?", ((key,) for key in gone))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All of a block's changes or none."""
        with _checked():
            self._db.execute(_RELEASE)
            self._db.execute("begin immediate")
        try:
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("rollback")
            raise
        with _checked():
            self._db.execute("commit")

    @property
    def _db(self) -> sqlite3.Connection:
        if self._connection is not None and self._process != os.getpid():
            # Forked: two processes must not use one connection, nor may one close what it did not open.
            self._inherited.append(self._connection)
            self._process, self._connection = os.getpid(), self._open_file()
            self._connection.execute(_HOLD)
        if self._connection is None:
            raise CacheDamagedError("closed")
        return self._connection

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def remove(self) -> None:
        """Let go of the file and delete it."""
        self.close()
        for path in (self._path, self._path.with_name(f"{self._path.name}-journal")):
            with contextlib.suppress(OSError):
                path.unlink()


def _sign(data: bytes | memoryview) -> bytes:
    """What tells a part that was damaged, as in zip files: a digest that nobody could forge takes four times as long."""
    return crc32(data).to_bytes(_DIGEST)


def _seal(data: bytes) -> bytes:
    return _sign(data) + data


def _open_sealed(data: bytes) -> memoryview:
    view = memoryview(data) if isinstance(data, bytes) else memoryview(b"")
    if _sign(view[_DIGEST:]) != view[:_DIGEST]:
        raise CacheDamagedError("a digest does not agree")
    return view[_DIGEST:]


@contextlib.contextmanager
def _checked() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, ValueError, EOFError, TypeError) as error:
        locked = getattr(error, "sqlite_errorcode", 0) & _PRIMARY in _LOCKED
        raise (CacheInUseError if locked else CacheDamagedError)(str(error)) from error
