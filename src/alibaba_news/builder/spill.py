"""The bulk of what was read, put aside on the disk until the page that shows it is made: memory holds what joins stories.

A story's paragraphs, its source's lines and the runs of words of its text are most of what it weighs. Here they lie in a file
without a name, which the system takes away with the process, and are read where they are asked for.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from sys import intern
from threading import Lock
from typing import IO, Any, Self, SupportsBytes, TypeVar, cast, overload

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from alibaba_news.builder.gather import FileReading, ReadStory
from alibaba_news.model import CutLine, Story
from alibaba_news.values import Codec

_TEXTS: Codec[tuple[str, ...]] = Codec(tuple[str, ...])
_LINES: Codec[tuple[CutLine, ...]] = Codec(tuple[CutLine, ...])
_KEPT = 32  # values that are held at a time: those of a page and of its neighbours
_LEAST = 256  # bytes: what stands for less weighs as much
Values = TypeVar("Values", tuple[str, ...], tuple[CutLine, ...])


class Spill:
    """A file of values, gone when it is left. Where the disk takes no more, values stay in memory; nothing is lost."""

    def __init__(self, folder: Path) -> None:
        self._end, self._lock = 0, Lock()
        try:
            self._file: IO[bytes] | None = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - closed on leaving
        except OSError:
            self._file = None
        self.load = lru_cache(maxsize=_KEPT)(self._load)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def put(self, reading: FileReading) -> FileReading:
        """The same, lighter."""
        return replace(reading, stories=tuple(map(self._put_story, reading.stories)))

    def _put_story(self, read: ReadStory) -> ReadStory:
        source, found = read.story.source, read.fingerprint
        source = replace(source, lines=self._put_values(source.lines, _TEXTS), cut=self._put_values(source.cut, _LINES))
        return replace(
            read,
            story=_share_names(replace(read.story, body=self._put_values(read.story.body, _TEXTS), source=source)),
            fingerprint=replace(found, runs=self._put_bytes(found.runs)) if found else None,
        )

    def _put_values(self, values: Values, codec: Codec[Values]) -> Values:
        """The values, or what acts as them."""
        place = self._write(codec.dump(values))
        return cast("Values", _Values(self, codec, *place, len(values))) if place else values

    def _put_bytes(self, data: SupportsBytes) -> SupportsBytes:
        place = self._write(bytes(data))
        return _Bytes(self, *place) if place else data

    def _write(self, data: bytes) -> tuple[int, int] | None:
        """Where the bytes lie and how many they are; None where they had better stay in memory."""
        if self._file is None or len(data) < _LEAST:
            return None
        try:
            self._file.seek(self._end)
            if self._file.write(data) != len(data):
                return None  # the disk is full; what is written later takes the same place
        except OSError:
            return None
        at, self._end = self._end, self._end + len(data)
        return at, len(data)

    def read(self, at: int, size: int) -> bytes:
        """The bytes that lie there."""
        assert self._file is not None  # noqa: S101 - who asks has the place of something that was written
        if hasattr(os, "pread"):  # forked workers share the file with this process, and where it was read last
            return os.pread(self._file.fileno(), size, at)
        with self._lock:
            self._file.seek(at)
            return self._file.read(size)

    def _load(self, codec: Codec[tuple[Any, ...]], at: int, size: int) -> tuple[Any, ...]:
        return codec.load(self.read(at, size))


class _Values(Sequence[Any]):
    """Some values that lie in a spill; what crosses to a process that does not share it takes them along."""

    __slots__ = ("_at", "_codec", "_count", "_size", "_spill")

    def __init__(self, spill: Spill, codec: Codec[tuple[Any, ...]], at: int, size: int, count: int) -> None:
        self._spill, self._codec, self._at, self._size, self._count = spill, codec, at, size, count

    def _load(self) -> tuple[Any, ...]:
        return self._spill.load(self._codec, self._at, self._size)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Any]: ...
    def __getitem__(self, place: int | slice) -> Any:
        return self._load()[place]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._load())

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Sequence) and self._load() == tuple(other))

    def __hash__(self) -> int:
        return hash(self._load())

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (list(self._load()),)


class _Bytes:
    """Bytes that lie in a spill."""

    __slots__ = ("_at", "_size", "_spill")

    def __init__(self, spill: Spill, at: int, size: int) -> None:
        self._spill, self._at, self._size = spill, at, size

    def __bytes__(self) -> bytes:
        return self._spill.read(self._at, self._size)

    def __reduce__(self) -> tuple[Any, ...]:
        return bytes, (bytes(self),)


def _share_names(story: Story) -> Story:
    """The same story; equal texts of many stories are from here on one object."""
    for event in story.events:
        for field in ("id", "name", "start", "place", "evidence"):
            _share(event, field)
        force_setattr(event, "people", tuple(map(intern, event.people)))
        force_setattr(event, "organizations", tuple(map(intern, event.organizations)))
    for row in story.entities().values():
        for field in ("id", "name", "evidence"):
            _share(row, field)
        force_setattr(row, "aliases", tuple(map(intern, row.aliases)))
        for mention in row.mentions:
            force_setattr(mention, "text", intern(mention.text))
        for role in row.roles:
            force_setattr(role, "text", intern(role.text))
    return story


def _share(record: Struct, field: str) -> None:
    text = getattr(record, field)
    if text is not None:
        force_setattr(record, field, intern(text))
