"""A gathered archive in, everything in it that was inferred or stays open out: least certain first, with what would settle it.

Each doubt is printed as YAML (for a line of ``.jsonl`` as JSON), its prose in comments. Pasted into the file it names, the
lines confirm what was inferred: the doubt is gone and nothing else changes. Corrected first, they correct it.
"""

from __future__ import annotations

import json
import textwrap
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from alibaba_news.builder.doubts import Certainty, Finding, find_story_doubts
from alibaba_news.builder.gather import Gathered, ReadStory
from alibaba_news.builder.likenesses import Likeness, find_likenesses
from alibaba_news.loader.seeds import AUTHORITY_FOLDER
from alibaba_news.model import Story
from alibaba_news.yaml_writer import write_yaml

__all__ = ["Certainty", "Doubt", "find_doubts", "format_doubt"]


# The marks of the value that stood there before, and what they are once an editor has confirmed it.
_MARKS: dict[str, tuple[tuple[str, Any], ...]] = {
    "title": (("title_origin", "stated"),),
    "date": (("date_origin", "stated"), ("date_evidence", None), ("date_latest", None), ("date_candidates", [])),
}


class Doubt(Struct, frozen=True, kw_only=True):
    """One thing to look at: where it stands, what it is, how it is known, and the lines for the file ``into``.

    ``line``: the line of ``.jsonl`` that the keys belong to, None where ``into`` is a file of YAML. ``yaml`` is what
    to paste, with comments; of a template there are only comments.
    """

    certainty: Certainty
    path: str
    what: str
    evidence: tuple[str, ...]
    into: str
    yaml: str
    line: int | None = None


def find_doubts(gathered: Gathered, seeds: Path) -> tuple[Doubt, ...]:
    """Every doubt, by certainty, then by file; ``seeds`` is the folder as the user named it."""
    files: dict[str, list[ReadStory]] = defaultdict(list)
    for read in gathered.stories:
        files[read.story.source.sha256].append(read)
    doubts: list[Doubt] = []
    for story in gathered.archive.stories:
        read = _find_read(story, files[story.source.sha256])
        doubts += _doubt_story(story, read)
    doubts += (_doubt_likeness(likeness, seeds) for likeness in find_likenesses(gathered.archive))
    return tuple(sorted(doubts, key=lambda d: (d.certainty, d.path, d.line or 0, d.what)))


def format_doubt(number: int, doubt: Doubt) -> str:
    """The doubt as text: comments, and what to paste."""
    where = doubt.path if doubt.line is None else f"{doubt.path}:{doubt.line}"
    todo = f"To correct it, write in {doubt.into}:"
    if doubt.line is not None:
        todo = f"To correct it, put these keys into the object on line {doubt.line} of {doubt.into}:"
    lines = [f"{number}. {where}: {doubt.what}", *doubt.evidence, todo]
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
    """Which of the files with the same text a story of the archive comes from."""
    return min(reads, key=lambda read: read.story.read_from != story.read_from)


def _doubt_story(story: Story, read: ReadStory) -> Iterator[Doubt]:
    line = story.read_from[1] if story.read_from else None
    into = read.path if line is not None else str(PurePosixPath(read.path).with_suffix(".yaml"))
    for finding in find_story_doubts(story, read):
        yield Doubt(
            certainty=finding.certainty,
            path=read.path,
            what=finding.what,
            evidence=finding.evidence,
            into=into,
            yaml=_write(finding, read.given, is_json=line is not None),
            line=line,
        )


def _write(finding: Finding, given: frozenset[str], *, is_json: bool) -> str:
    others = "".join(f"# {_write_keys(values, is_json).rstrip()}  # {when}\n" for values, when in finding.others)
    if not finding.values:
        return others
    if not is_json:
        return write_yaml(finding.values) + others
    # The line has the record's own marks where a build wrote it: they would explain the old value.
    values: dict[str, Any] = dict(finding.values)
    for mark, value in (pair for key in finding.values for pair in _MARKS.get(key, ())):
        if mark in given:
            values.setdefault(mark, value)
    return _write_keys(values, is_json) + others


def _write_keys(values: dict[str, Any], is_json: bool) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n" if is_json else write_yaml(values)


def _doubt_likeness(likeness: Likeness, seeds: Path) -> Doubt:
    if likeness.joined:
        alone = Certainty.ONE_WORD if likeness.one_word else Certainty.SAME_NAME
        certainty = Certainty.LISTED if likeness.listed else alone
        other = "or, if not all of them are:" if len(likeness.others) == 1 else "or:"
    else:
        certainty, other = Certainty.UNDECIDED, "or, if they are the same:"
    lines = (*likeness.lines, f"# {other}", *(f"# {line}" for line in likeness.others))
    return Doubt(
        certainty=certainty,
        path=likeness.id,
        what=likeness.what,
        evidence=likeness.evidence,
        into=(seeds / AUTHORITY_FOLDER / f"{likeness.kind}.yaml").as_posix(),
        yaml="".join(f"{line}\n" for line in lines),
    )
