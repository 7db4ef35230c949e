"""A gathered archive in, everything in it that was inferred or stays open out: least certain first, with what would correct it.

Each doubt is printed as YAML, its prose in comments, so that a corrected copy can be pasted into the file it names.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path, PurePosixPath
from typing import Any

from alibaba_news.builder.gather import Gathered, ReadStory
from alibaba_news.loader.seeds import AUTHORITY_FOLDER
from alibaba_news.model import Archive, ArchiveEntity, ArchiveEvent, Story
from alibaba_news.record import story_to_record
from alibaba_news.text import fold
from alibaba_news.yaml_writer import write_yaml


class Certainty(IntEnum):
    """How much is known, least first: the order in which an editor should look."""

    UNKNOWN = 1
    OPEN = 2
    UNDECIDED = 3
    DERIVED = 4
    INFERRED = 5


_Finding = tuple[Certainty, str, list[str], str]
_DAY_LENGTH = len("2018-10-13")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One thing to look at: where it stands, what it is, how it is known, and the lines of YAML for the file ``into``."""

    certainty: Certainty
    path: str
    what: str
    evidence: tuple[str, ...]
    into: str
    yaml: str


def find_doubts(gathered: Gathered, seeds: Path) -> tuple[Doubt, ...]:
    """Every doubt, by certainty, then by file; ``seeds`` is the folder as the user named it."""
    files: dict[str, list[ReadStory]] = defaultdict(list)
    for read in gathered.stories:
        files[read.story.source.sha256].append(read)
    doubts: list[Doubt] = []
    for story in gathered.archive.stories:
        read = _find_read(story, files[story.source.sha256])
        doubts += _doubt_story(read.path, story, read.story)
    doubts += _doubt_archive(gathered.archive, seeds)
    return tuple(sorted(doubts, key=lambda d: (d.certainty, d.path, d.what)))


def format_doubt(number: int, doubt: Doubt) -> str:
    """The doubt as text: comments and YAML."""
    lines = [f"{number}. {doubt.path}: {doubt.what}", *doubt.evidence, f"To correct it, write in {doubt.into}:"]
    wrapped = [row for line in lines for row in _wrap(line)]
    wrapped[0] = "# " + wrapped[0].lstrip("# ")
    return "\n".join([*wrapped, doubt.yaml])


def _wrap(text: str) -> list[str]:
    """Comment lines; file names and ids stay whole."""
    lead = "#    "
    return textwrap.wrap(
        " ".join(text.split()), 116, initial_indent=lead, subsequent_indent=lead, break_long_words=False, break_on_hyphens=False
    )


def _find_read(story: Story, reads: list[ReadStory]) -> ReadStory:
    """Which of the files with the same text a story of the archive comes from; slugs and withheld names may have changed."""
    return min(reads, key=lambda read: (read.story.slug != story.slug, read.story.title != story.title))


def _doubt_story(path: str, story: Story, own: Story) -> Iterator[Doubt]:
    """``story`` is as the archive has it, ``own`` with the ids that the story's own file knows."""
    into = f"its line of {path}, as JSON" if path.endswith(".jsonl") else str(PurePosixPath(path).with_suffix(".yaml"))
    for certainty, what, evidence, yaml in (
        *_doubt_head(story),
        *_doubt_quotes(own),
        *_doubt_events(story, own),
        *_doubt_dates(story),
    ):
        yield Doubt(certainty=certainty, path=path, what=what, evidence=tuple(evidence), into=into, yaml=yaml)


def _doubt_head(story: Story) -> Iterator[_Finding]:
    if story.title_origin != "stated":
        yield Certainty.DERIVED, "the headline is derived from the lead", [], write_yaml({"title": story.title})
    if story.date_origin == "stated":
        return
    evidence = [story.date_evidence] if story.date_evidence else []
    if story.date_candidates:
        evidence.append(f"the text allows: {', '.join(story.date_candidates)}")
    yaml = write_yaml({"date": story.date})
    if story.date is None:
        comment = "  # in its place the day it was published, as 2024-12-31\n"
        yield Certainty.UNKNOWN, "the date is not known", evidence, yaml.rstrip("\n") + comment
    elif story.date_latest or len(story.date) < _DAY_LENGTH:
        until = f", or as late as {story.date_latest}" if story.date_latest else ""
        yield Certainty.OPEN, f"the date is open: {story.date}{until}", evidence, yaml
    else:
        yield Certainty.INFERRED, f"the date is inferred: {story.date}", evidence, yaml


def _doubt_quotes(own: Story) -> Iterator[_Finding]:
    silent = [quote for quote in own.quotes if quote.speaker is None]
    if silent:
        evidence = [f"{q.kind}: “{q.text}”" + (f" ({q.speaker_text})" if q.speaker_text else "") for q in silent]
        if speakers := [entity.id for entity in (*own.people, *own.organizations)]:
            evidence.append(f"speaker may be: {', '.join(speakers)}")
        what = f"{len(silent)} of {len(own.quotes)} quotes without a certain speaker"
        yield Certainty.UNDECIDED, what, evidence, write_yaml({"quotes": story_to_record(own)["quotes"]})


def _doubt_events(story: Story, own: Story) -> Iterator[_Finding]:
    events = [event for event in story.events if event.origin != "stated"]
    if events:
        is_open = any(event.start is None for event in events)
        evidence = [f"{e.name}: {e.start or ' or '.join(e.candidates) or 'not known'}. {e.evidence}" for e in events]
        what = f"{len(events)} of {len(story.events)} events on a day that is {'open' if is_open else 'inferred'}"
        rows = [
            replace(e, people=o.people, organizations=o.organizations) for e, o in zip(story.events, own.events, strict=True)
        ]
        written = story_to_record(replace(own, events=tuple(rows)))["events"]
        yield _grade(is_open), what, evidence, write_yaml({"events": [_settle(row, "id") for row in written]})


def _doubt_dates(story: Story) -> Iterator[_Finding]:
    dates = [date for date in story.dates if date.origin != "stated"]
    if dates:
        is_open = any(date.value is None for date in dates)
        evidence = [f"“{d.text}”: {d.value or ' or '.join(d.candidates) or 'not known'}" for d in dates]
        what = f"{len(dates)} of {len(story.dates)} dates in the text {'open' if is_open else 'inferred'}"
        written = story_to_record(story)["dates"]
        yield _grade(is_open), what, evidence, write_yaml({"dates": [_settle(row) for row in written]})


def _grade(is_open: bool) -> Certainty:
    return Certainty.OPEN if is_open else Certainty.INFERRED


def _settle(row: dict[str, Any], *keys: str) -> dict[str, Any]:
    """The row as an editor states it: without how the program came to it, so that it is no doubt any more."""
    known = row.get("value") or row.get("start")
    dropped = {*keys, "origin", "evidence", "candidates"} if known else set(keys)
    return {key: value for key, value in row.items() if key not in dropped}


def _doubt_archive(archive: Archive, seeds: Path) -> Iterator[Doubt]:
    """Pairs that may be one person, organization, place or event."""
    for kind in ("people", "organizations", "places", "events"):
        rows: tuple[ArchiveEntity | ArchiveEvent, ...] = getattr(archive, kind)
        into = (seeds / AUTHORITY_FOLDER / f"{kind}.yaml").as_posix()
        names = {row.id: row.name for row in rows}
        told: set[tuple[str, str]] = set()
        for row in rows:
            others = [other for other in row.perhaps_same if other.id in names and (other.id, row.id) not in told]
            told.update((row.id, other.id) for other in others)
            if others:
                forms = [names[other.id] for other in others]
                evidence = tuple(f"{names[other.id]} ({other.id}): {other.reason}" for other in others)
                yield _describe_likeness(row, forms, evidence, into)


def _describe_likeness(row: ArchiveEntity | ArchiveEvent, forms: list[str], evidence: tuple[str, ...], into: str) -> Doubt:
    forms = [form for form in dict.fromkeys(forms) if fold(form) != fold(row.name)]
    one = write_yaml({"name": row.name, "aliases": forms}).splitlines()
    two = write_yaml({"name": row.name, "not": forms}).splitlines()
    lines = [f"- {one[0]}", f"  {one[1]}", "# or, if they are not the same:", f"# - {two[0]}", f"#   {two[1]}"]
    if not forms:  # one name, so no list of names can tell them apart
        lines = [f"# write the same id for both in the files of their stories: {row.id}"]
    return Doubt(
        certainty=Certainty.UNDECIDED,
        path=row.id,
        what=f"{row.name} may be the same as another",
        evidence=evidence,
        into=into,
        yaml="".join(f"{line}\n" for line in lines),
    )
