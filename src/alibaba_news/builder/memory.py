"""The state that one build leaves to the next, between the cache's plain values and the values that the builder works with."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, field

from alibaba_news.builder.cache import Cache, CacheDamagedError, CacheInUseError, find_cache
from alibaba_news.builder.inputs import KnownInputs, fingerprint_program
from alibaba_news.builder.layers import Layers, write_whole
from alibaba_news.builder.made_parts import load_made
from alibaba_news.builder.pairs import Pairs, load_whole
from alibaba_news.builder.scan import InputStamp, Stamp, Times, find_unsure
from alibaba_news.builder.staging import Spare
from alibaba_news.builder.stale import Made
from alibaba_news.diagnostics import Diagnostic

Answer = TypeVar("Answer")
# Gives the parts that are to be kept of a large mapping, by its name.
ListParts = Callable[[str, Mapping[Any, Any]], Iterable[tuple[str, Any]]]
# Gives the parts of an index of so many files, of each of which what tells its texts from others.
ListTextParts = Callable[[int, Iterable[tuple[str, bytes]]], Iterable[tuple[str, Any]]]
FILES_OF_STORIES = "files"  # without this part nothing can be revised


class Before(Struct, frozen=True, kw_only=True):
    """What the build before saw: options and inputs, the site's files with stamps and hashes, its folders' times, its report.

    Stamps are kept apart from hashes: a build that finds them all as they were needs no hash.
    """

    options: bytes = b""
    input_stamps: Mapping[str, InputStamp | None] = field(default_factory=dict)
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    report: dict[str, Any] | None = None
    folders: Mapping[str, int] = field(default_factory=dict)
    recall_input_hashes: Callable[[], Mapping[str, bytes]] = dict
    recall_hashes: Callable[[], Mapping[str, str]] = dict

    @property
    def inputs(self) -> KnownInputs:
        """The inputs with stamps and hashes."""
        return Pairs(self.input_stamps, self.recall_input_hashes(), b"")

    def load_inputs(self) -> KnownInputs:
        """The same, for whoever asks for all of them."""
        return Pairs(load_whole(self.input_stamps), load_whole(self.recall_input_hashes()), b"")

    @property
    def files(self) -> Mapping[str, tuple[Stamp, str]]:
        """The files of the site with stamps and hashes."""
        hashes = load_whole(self.recall_hashes())
        return {path: (stamp, hashes[path]) for path, stamp in load_whole(self.stamps).items() if path in hashes}


class Seen(Struct, frozen=True, kw_only=True):
    """What a build leaves of what it saw to the next: options, inputs and files with their stamps and hashes, its report.

    ``folders`` are the times of the site's folders (none where they were not looked at), ``spare`` gives what was put aside.
    """

    options: bytes
    inputs: KnownInputs
    files: Pairs[Stamp, str]
    report: dict[str, Any]
    folders: Mapping[str, int]
    spare: Callable[[], Spare | None]


class KeptStories(Struct, frozen=True):
    """Stories that are others than their files gave: the digest of each by slug, and what makes bytes of one."""

    digests: Mapping[str, bytes]
    dump: Callable[[str], bytes]


class Memory:
    """The cache of a site while a build uses it; without one, or with a damaged one, everything is new.

    ``notes`` are what its user should know.
    """

    def __init__(self, output: Path, *, use: bool) -> None:
        self._path, self._process = find_cache(output), os.getpid()
        self._is_new = not self._path.exists()
        self._program = fingerprint_program()
        self._cache: Cache | None = Cache(self._path)
        self._layers = Layers(self._read)
        self.notes: list[Diagnostic] = []
        try:
            problem = self._cache.open(self._program)
        except CacheDamagedError as error:
            self._give_up(error, f"the cache cannot be used: {error}.")
        else:
            if problem == "damaged":
                self._note("the cache was damaged and is not used; everything is made afresh.")
            elif problem == "version":
                self._note("the cache is of another version of the program and is not used; everything is made afresh.")
        self._fresh = not use

    def _note(self, message: str, next_time: str = "and a new one takes its place") -> None:
        hint = f"Nothing is lost: the cache only saves time, {next_time}."
        self.notes.append(Diagnostic(path=str(self._path), message=message, hint=hint, severity="warning"))

    def _give_up(self, error: Exception, message: str) -> None:
        in_use = isinstance(error, CacheInUseError)
        if self._cache is not None and self._process == os.getpid():  # another process only asks a question
            (self._cache.close if in_use else self._cache.remove)()
        self._cache = None
        if in_use:
            self._note("another program has the cache locked; this build goes on without it.", "and the next build may use it")
        else:
            self._note(message)

    def drop(self, error: CacheDamagedError) -> None:
        """Go on without what the build before left, whether or not that has been found out already."""
        if self._cache is not None:
            self._give_up(error, f"the cache cannot be used any more: {error}.")

    def _ask(self, question: Callable[[Cache], Answer]) -> Answer | None:
        """The cache's answer; None where there is no cache, or none any more."""
        if self._cache is None:
            return None
        try:
            return question(self._cache)
        except CacheDamagedError as error:
            self._give_up(error, "the cache was damaged and is not used; everything is made afresh.")
            return None

    def _read(self, name: str) -> Any:
        return None if self._fresh else self._ask(lambda cache: cache.read(name))

    def recall(self) -> Before:
        """What the build before saw."""
        inputs, files = map(self._layers.recall, ("input stamps", "stamps"))
        options, report, sides = map(self._read, ("options", "report", "sides"))
        folders = self._recall_side(sides[0]) if sides else None
        if options is None or report is None or inputs is None or files is None or folders is None:
            return Before(stamps=files or {}, recall_hashes=lambda: self._layers.recall("hashes") or {})
        return Before(
            options=options,
            input_stamps=inputs,
            stamps=files,
            report=report,
            folders=folders,
            recall_input_hashes=cache(lambda: self._layers.recall("input hashes") or {}),
            recall_hashes=cache(lambda: self._layers.recall("hashes") or {}),
        )

    def _recall_side(self, side: int) -> Times | None:
        name = _name_side(side)
        times, unsure = self._layers.recall(name), self._read(_name_unsure(name))
        return None if times is None or unsure is None else Times(times, {}, unsure)

    def recall_spare(self) -> Spare | None:
        """What was put aside when the site that stands was published."""
        live, number, differing = self._read("sides") or (0, None, ())
        folders = self._recall_side(1 - live)
        return None if number is None or folders is None else Spare(number, folders, differing)

    def recall_made(self, withheld: bytes) -> Made:
        """The pages that the build before made; none where it searched them for other names that are withheld."""
        return load_made(self._read, withheld)

    def list_readings(self) -> dict[str, bytes]:
        """The key with which each seed file was read last, b"" where that is not to be used."""
        known = self._ask(Cache.list_readings) or {}
        # Whose file is gone must be forgotten all the same: the index of texts would take it for one that stands.
        return dict.fromkeys(known, b"") if self._fresh else known

    def read_reading(self, file: str) -> bytes | None:
        """What a seed file gave; None where that is lost."""
        return self._ask(lambda cache: cache.read_reading(file))

    def keep_readings(self, rows: list[tuple[str, bytes, bytes, bytes]], gone: list[str]) -> None:
        """Keep what was read, and forget files that are gone.

        Until the rest of the state is kept too, it is of other readings than these: a build that came to nothing must not leave
        the next one readings that pass for those of the site that stands.
        """
        with self._changing() as cache:
            if cache is not None and (rows or gone):
                with cache.transaction():
                    cache.drop_part(FILES_OF_STORIES)
                    cache.put_readings(rows)
                    cache.drop_readings(gone)

    def read_terms(self, key: str) -> bytes | None:
        """What a document of the search index said of itself; None where that is lost."""
        return None if self._fresh else self._ask(lambda cache: cache.read_terms(key))

    def keep_terms(self, rows: list[tuple[str, bytes]]) -> None:
        """Keep what documents of the search index say of themselves."""
        with self._changing() as cache:
            if cache is not None:
                with cache.transaction():
                    cache.put_terms(rows)

    def forget_terms(self, list_gone: Callable[[Iterable[str]], list[str]]) -> None:
        """Forget documents that are gone, whether or not this build knew of them: not all use what the one before left."""
        with self._changing() as cache:
            if cache is not None and (gone := list_gone(cache.list_terms())):
                with cache.transaction():
                    cache.drop_terms(gone)

    def keep_inputs(self, inputs: KnownInputs) -> None:
        """Nothing has changed but stamps."""
        with self._changing() as cache:
            if cache is not None:
                with cache.transaction():
                    cache.update(self._layers.list_parts("input stamps", inputs.ones))

    def keep_folders(self, folders: Mapping[str, int]) -> None:
        """The folders of the site stand as they were published, and by now their times tell."""
        live = (self._read("sides") or (0,))[0]
        with self._changing() as cache:
            if cache is not None:
                with cache.transaction():
                    cache.update(_list_side(live, folders, self._layers.list_parts))

    def keep(self, seen: Seen, state: Iterable[tuple[str, Any]], stories: KeptStories, list_text_parts: ListTextParts) -> None:
        """Leave what was seen, the parts of the ``state`` by name, the stories and an index of all texts to the next build.

        Never raises: a cache that cannot be written is given up.
        """
        with self._changing() as cache:
            if cache is not None:
                with cache.transaction():
                    cache.write(self._program, _list_seen(seen, write_whole))
                    cache.update(state)
                    cache.update(list_text_parts(cache.count_texts(), cache.list_texts()))
                    known = cache.list_stories()
                    rows = ((slug, own, stories.dump(slug)) for slug, own in stories.digests.items() if known.get(slug) != own)
                    cache.put_stories(rows, known.keys() - stories.digests.keys())
                    cache.update(_list_sides(seen, 0, write_whole))

    def keep_changes(
        self,
        seen: Seen,
        state: Mapping[str, Any],
        readings: list[tuple[str, bytes, bytes, bytes]],
        stories: list[tuple[str, bytes, bytes]],
        terms: list[tuple[str, bytes]],
    ) -> None:
        """Leave what has changed since the build before, whose other parts stay. Never raises."""
        live = (self._read("sides") or (0,))[0]
        with self._changing() as cache:
            if cache is not None:
                with cache.transaction():
                    # The site put aside before is the one that stands now, with few other files.
                    cache.update(_list_seen(seen, self._layers.list_parts))
                    cache.update(_list_sides(seen, 1 - live, self._layers.list_parts))
                    cache.update(state.items())
                    cache.put_readings(readings)
                    cache.put_stories(stories, ())
                    cache.put_terms(terms)

    def read_part(self, name: str) -> Any:
        """A part of the state that the build before left. Raises CacheDamagedError where there is none."""
        found = self._cache.read(name) if self._cache is not None and not self._fresh else None
        if found is None:
            raise CacheDamagedError(f"no {name}")
        return found

    def read_story(self, slug: str) -> bytes | None:
        """A story that the build before left. Raises CacheDamagedError."""
        return self._cache.read_story(slug) if self._cache is not None else None

    def read_texts(self, file: str) -> bytes:
        """What tells the texts of a seed file from others. Raises CacheDamagedError."""
        if self._cache is None:
            raise CacheDamagedError(f"no texts of {file}")
        return self._cache.read_texts(file)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[Cache | None]:
        try:
            yield self._cache
        except (CacheDamagedError, OSError) as error:
            self._give_up(error, f"the cache cannot be written: {error}.")

    def close(self, *, built: bool) -> None:
        """Let go of the cache; one that was begun for a build that came to nothing goes with it."""
        if self._cache is not None and self._is_new and not built:
            self._cache.remove()
        elif self._cache is not None:
            self._cache.close()


def _list_seen(seen: Seen, list_parts: ListParts) -> Iterator[tuple[str, Any]]:
    """The parts of what was seen, each made when it is asked for: together they would fill memory once more."""
    yield from (("options", seen.options), ("report", seen.report))
    yield from list_parts("input stamps", seen.inputs.ones)
    yield from list_parts("input hashes", seen.inputs.others)
    yield from list_parts("stamps", seen.files.ones)
    yield from list_parts("hashes", seen.files.others)


def _list_sides(seen: Seen, live: int, list_parts: ListParts) -> Iterator[tuple[str, Any]]:
    """The folders of the site that stands, on the side ``live`` (0 or 1), and those of the spare on the other."""
    spare = seen.spare()
    yield "sides", (live, spare.number, spare.differing) if spare else (live, None, ())
    yield from _list_side(live, seen.folders, list_parts)
    yield from _list_side(1 - live, spare.folders if spare else {}, list_parts)


def _list_side(side: int, folders: Mapping[str, int], list_parts: ListParts) -> Iterator[tuple[str, Any]]:
    name = _name_side(side)
    yield from list_parts(name, folders)
    yield _name_unsure(name), tuple(sorted(find_unsure(folders)))


def _name_unsure(name: str) -> str:
    return f"{name} unsure"


def _name_side(side: int) -> str:
    return f"folders {side}"
