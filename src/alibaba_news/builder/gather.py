"""A seeds folder in, its archive and every problem found on the way out: what build, check and review all begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.archive import Fingerprint, take_fingerprint
from alibaba_news.builder.aside import ask_aside, ask_here
from alibaba_news.builder.garbage import uncollected
from alibaba_news.builder.pool import SERIAL_BELOW, Jobs, map_in_order
from alibaba_news.builder.workers import as_workers
from alibaba_news.diagnostics import Diagnostic, InputError, sort_diagnostics
from alibaba_news.loader.authority import read_authorities
from alibaba_news.loader.seeds import SeedFile, list_sources
from alibaba_news.loader.sources import read_source
from alibaba_news.loader.story import read_story
from alibaba_news.model import Archive, Story
from alibaba_news.settings import Settings
from alibaba_news.values import Record, digest
from alibaba_news.world import World, make_world

# What is being done, how many of how many are done. The command line shows it.
Progress = Callable[[str, int, int], None]


class ReadStory(Record, frozen=True, kw_only=True):
    """A story as its own text gives it, before the archive, with the file it was read from (as the user would name it).

    ``given`` holds the keys of the record that an editor gives, ``fingerprint`` tells copies of its text; two stories of one
    ``digest`` are equal.
    """

    path: str
    story: Story
    given: frozenset[str] = frozenset()
    fingerprint: Fingerprint | None = None
    digest: bytes = b""


class FileReading(Record, frozen=True, kw_only=True):
    """What one seed file gave: its stories, why articles of it were left out, and whatever else is wrong with it."""

    stories: tuple[ReadStory, ...]
    left_out: tuple[Diagnostic, ...]
    problems: tuple[Diagnostic, ...]


class Gathered(Struct, frozen=True, kw_only=True):
    """Everything that was read. ``left_out`` counts the articles that gave no story; ``diagnostics`` may hold errors."""

    archive: Archive
    stories: tuple[ReadStory, ...]
    left_out: int
    diagnostics: tuple[Diagnostic, ...]

    def raise_errors(self) -> None:
        """Raises InputError with every problem, warnings too, where one of them is an error."""
        if any(d.severity == "error" for d in self.diagnostics):
            raise InputError(self.diagnostics)


# Gives what each seed file holds, in order: by reading it, or from somewhere where that is kept.
TakeReadings = Callable[[Sequence[SeedFile], World, Jobs], Iterable[FileReading]]


def read_all(files: Sequence[SeedFile], world: World, jobs: Jobs) -> Iterable[FileReading]:
    """Every file read and understood, in order."""
    return map_in_order(_make_reader, (world,), files, jobs)


def gather(
    seeds: Path, settings: Settings, *, jobs: Jobs, strict: bool, progress: Progress, take: TakeReadings = read_all
) -> Gathered:
    """Read, understand and resolve everything in ``seeds``; with ``strict`` an article left out is an error.

    Never raises for bad input: an archive without a story is empty, and a diagnostic says so.
    """
    with uncollected():
        return _gather(seeds, settings, jobs=jobs, strict=strict, progress=progress, take=take)


def _gather(seeds: Path, settings: Settings, *, jobs: Jobs, strict: bool, progress: Progress, take: TakeReadings) -> Gathered:
    listing = list_sources(seeds)
    rows, authority_problems = read_authorities(seeds)
    world = make_world(settings.language, rows)
    readings = []
    for reading in take(listing.files, world, jobs):
        readings.append(reading)
        progress("reading", len(readings), len(listing.files))
    stories = tuple(story for reading in readings for story in reading.stories)
    left_out = [d for d in listing.diagnostics if d.severity == "warning"]
    left_out += [d for reading in readings for d in reading.left_out]
    archive, archive_problems = _resolve(seeds, stories, world, jobs, progress)
    problems = [
        *(d for d in listing.diagnostics if d.severity == "error"),
        *(replace(d, severity="error") if strict else d for d in left_out),
        *(d for reading in readings for d in reading.problems),
        *authority_problems,
        *archive_problems,
    ]
    return Gathered(
        archive=archive,
        stories=stories,
        left_out=len({(d.path, d.line) for d in left_out}),
        diagnostics=sort_diagnostics(problems),
    )


def _make_reader(world: World) -> Callable[[SeedFile], FileReading]:
    return partial(read_file, world=world)


def read_file(seed: SeedFile, world: World) -> FileReading:
    """One seed file read and understood. Never raises for what it holds."""
    reading = read_source(seed)
    stories: list[ReadStory] = []
    left_out = [d for d in reading.diagnostics if _means_left_out(d, seed, [s.line_offset + 1 for s in reading.sources])]
    problems = [d for d in reading.diagnostics if d not in left_out]
    for source in reading.sources:
        story, found = read_story(source, world)
        if story is None:
            left_out += (d for d in found if d.severity == "warning")
            problems += (d for d in found if d.severity == "error")
        else:
            own = take_fingerprint(story.body)
            read = ReadStory(path=source.path, story=story, given=source.given.keys, fingerprint=own, digest=digest(story))
            stories.append(read)
            problems += found
    return FileReading(stories=tuple(stories), left_out=tuple(left_out), problems=tuple(problems))


def _means_left_out(diagnostic: Diagnostic, seed: SeedFile, lines: Sequence[int]) -> bool:
    """A warning about an article that gave nothing; others (an odd encoding, say) are about one that was read."""
    if diagnostic.severity == "error":
        return False
    return diagnostic.line not in lines if seed.kind == "jsonl" else not lines


def _resolve(
    seeds: Path, stories: tuple[ReadStory, ...], world: World, jobs: Jobs, progress: Progress
) -> tuple[Archive, tuple[Diagnostic, ...]]:
    from alibaba_news.archive.resolve import resolve  # noqa: PLC0415 - what follows a few edits resolves nothing

    if not stories:
        hint = "Put articles there (.txt, .md or .jsonl, one article a file), or name another folder with --seeds DIR."
        return Archive(stories=()), (Diagnostic(path=str(seeds), message="there is no story in this folder.", hint=hint),)
    progress("resolving", 0, len(stories))
    aside = ask_aside if as_workers(jobs).count > 1 and len(stories) >= SERIAL_BELOW else ask_here
    prints = [read.fingerprint for read in stories]
    resolution = resolve(tuple(read.story for read in stories), world, prints, aside=aside)
    return resolution.archive, resolution.diagnostics
