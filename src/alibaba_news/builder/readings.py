"""Seed files in, what each gave out: from the cache where file, corrections and all that is known beforehand are the same."""

from __future__ import annotations

import hashlib
import marshal
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from alibaba_news.builder.gather import FileReading, ReadStory, read_file
from alibaba_news.builder.inputs import SEEDS, Inputs, KnownInputs
from alibaba_news.builder.memory import Memory
from alibaba_news.builder.pairs import Pairs
from alibaba_news.builder.pool import Jobs, map_in_order
from alibaba_news.builder.spill import Spill
from alibaba_news.loader.seeds import SIZE_LIMIT, SeedFile
from alibaba_news.model import Story
from alibaba_news.values import Codec, digest
from alibaba_news.world import World

CODEC: Codec[FileReading] = Codec(FileReading)
STORY_CODEC: Codec[Story] = Codec(Story)  # of those that are not published as they were read
_LOT = 500  # readings that are kept at a time: in memory they wait for nothing
# A reading as bytes, with the SHA-256 of the file and of its corrections (b"" where there are none) as they were read, and
# what tells the texts of its stories from others.
Kept = tuple[bytes, bytes, bytes, bytes]
# Of a story the ``words`` and the ``sample`` of its fingerprint (b"" where it is compared with none), and what its place in
# the archive's order follows from: its source's file and SHA-256, its slug.
Text = tuple[bytes, bytes, str, str, str]


class Shelf:
    """The readings of one build. ``hashes`` are those of the inputs that were read or known, by name."""

    def __init__(self, memory: Memory, inputs: Inputs, known: KnownInputs, spill: Spill) -> None:
        self._memory, self._inputs, self._known, self._spill = memory, inputs, known, spill
        self._prefix = inputs.folders[SEEDS].as_posix().rstrip("/") + "/"
        self.hashes: dict[str, bytes] = {}
        self.read = self.from_cache = 0

    def take(self, files: Sequence[SeedFile], world: World, jobs: Jobs) -> Iterator[FileReading]:
        """What each file gives, in order; what was read is kept."""
        before = self._memory.list_readings()
        beforehand = digest_world(world)
        keys = [self._find_key(seed, beforehand) if before.get(seed.file) else b"" for seed in files]
        missing = [seed for seed, key in zip(files, keys, strict=True) if not key or before[seed.file] != key]
        read = map_in_order(make_reader, (world,), missing, jobs)
        fresh: list[tuple[str, bytes, bytes, bytes]] = []
        due = {seed.file for seed in missing}
        for seed in files:
            data = None if seed.file in due else self._memory.read_reading(seed.file)
            if data is None:
                data, sha256, corrections, texts = next(read) if seed.file in due else make_reader(world)(seed)
                self._note(seed, sha256, corrections)
                fresh.append((seed.file, make_key(seed, beforehand, sha256, corrections), data, texts))
                self.read += 1
                if len(fresh) == _LOT:
                    self._memory.keep_readings(fresh, [])
                    fresh = []
            else:
                self.from_cache += 1
            yield self._spill.put(CODEC.load(data))
        next(read, None)  # let the workers go
        self._known = Pairs({}, {}, b"")  # has done its work, and would fill memory to the end
        self._memory.keep_readings(fresh, sorted(before.keys() - {seed.file for seed in files}))

    def _find_key(self, seed: SeedFile, beforehand: bytes) -> bytes:
        """The key with which the file would have been read now; b"" where it cannot be read."""
        sha256 = self._find_hash(seed.location)
        corrections = self._find_hash(seed.corrections) if seed.corrections else b""
        if not sha256 or (seed.corrections and not corrections):
            return b""
        self._note(seed, sha256, corrections)
        return make_key(seed, beforehand, sha256, corrections)

    def _find_hash(self, location: Path) -> bytes:
        name = self._name(location)
        stamp, sha256 = self._known.get(name, (None, b""))
        if sha256 and stamp is not None and stamp == self._inputs.stamps.get(name):
            return sha256
        return self._inputs.hash(name)

    def _note(self, seed: SeedFile, sha256: bytes, corrections: bytes) -> None:
        self.hashes[self._name(seed.location)] = sha256
        if seed.corrections:
            self.hashes[self._name(seed.corrections)] = corrections

    def _name(self, location: Path) -> str:
        return f"{SEEDS}/{location.as_posix().removeprefix(self._prefix)}"  # a path takes ten times as long to say so


def digest_world(world: World) -> bytes:
    """The digest of all that is known before a file is read, but for what is packaged: the program has one of its own."""
    return digest((world.language, world.editors))


def make_key(seed: SeedFile, beforehand: bytes, sha256: bytes, corrections: bytes) -> bytes:
    """What a reading follows from: a file with this key need not be read again."""
    return digest((beforehand, seed.file, seed.path, seed.kind, seed.corrections_path, sha256, corrections))


def make_reader(world: World) -> Callable[[SeedFile], Kept]:
    """A function that reads a file and gives what it found as bytes."""
    return partial(_read, world=world)


def _read(seed: SeedFile, world: World) -> Kept:
    # Hashed first: should the file change in between, the hash is of what is there no more, and the next build reads again.
    hashes = _hash(seed.location), _hash(seed.corrections)
    reading = read_file(seed, world)
    return CODEC.dump(reading), *hashes, _tell_texts(reading)


def _tell_texts(reading: FileReading) -> bytes:
    return marshal.dumps(tuple(_tell_text(read) for read in reading.stories))


def _tell_text(read: ReadStory) -> Text:
    story = read.story
    own = None if story.withdrawn or story.withhold else read.fingerprint
    words, sample = (own.words, own.sample().tobytes()) if own else (b"", b"")
    return words, sample, story.source.file, story.source.sha256, story.slug


def load_texts(data: bytes) -> tuple[Text, ...]:
    """What tells the texts of a file from others, as it was kept."""
    found: tuple[Text, ...] = marshal.loads(data)  # noqa: S302 - checked against its digest by whoever kept it
    return found


def _hash(path: Path | None) -> bytes:
    if path is None:
        return b""
    try:
        with path.open("rb", buffering=0) as file:  # read at once
            if os.fstat(file.fileno()).st_size > SIZE_LIMIT:  # left out whatever it holds, which may be more than any memory
                return b"too large"
            return hashlib.sha256(file.read()).digest()
    except OSError:
        return b""
