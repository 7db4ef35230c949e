"""An archive in, what it took as one and what it only calls alike out: each with lines for an authority file.

The lines as they stand say what the archive says already; the other answer stands beside them in a comment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from alibaba_news.model import Archive, ArchiveEntity, ArchiveEvent, Join, Story
from alibaba_news.text import fold
from alibaba_news.yaml_writer import write_row

Row = ArchiveEntity | ArchiveEvent
_MOST_FILES = 3


class Likeness(Struct, frozen=True, kw_only=True):
    """``lines`` are for ``authority/KIND.yaml``, ``others`` what to write there instead where the archive is wrong."""

    kind: str
    id: str
    joined: bool
    one_word: bool
    what: str
    evidence: tuple[str, ...]
    lines: tuple[str, ...]
    others: tuple[str, ...]
    listed: bool = False


class _Archive:
    """What the lines need to know: what an editor calls a story, and what each story calls an event."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.files = {story.slug: _name_file(story) for story in archive.stories}
        self.called: dict[str, list[str]] = defaultdict(list)
        for story in archive.stories:
            for event in story.events:
                if event.name not in self.called[event.id]:
                    self.called[event.id].append(event.name)

    def names(self, kind: str, row: Row) -> list[str]:
        """What stories call it, the archive's own name first."""
        return [row.name, *(n for n in self.called.get(row.id, ()) if n != row.name)] if kind == "events" else [row.name]

    def list_files(self, *slugs: str) -> list[str]:
        return [self.files[slug] for slug in dict.fromkeys(slugs)]


def _name_file(story: Story) -> str:
    line = story.read_from[1] if story.read_from else None
    return (story.file or story.source.file) if line is None else story.slug


def find_likenesses(archive: Archive) -> Iterator[Likeness]:
    """Everything about several stories that an editor may confirm or correct."""
    known = _Archive(archive)
    for join in archive.joins:
        yield _describe_join(join, known)
    for kind in ("people", "organizations", "places", "events"):
        rows: tuple[Row, ...] = getattr(archive, kind)
        by_id = {row.id: row for row in rows}
        told: set[tuple[str, str]] = set()
        for row in rows:
            pairs = [(by_id[o.id], o.reason) for o in row.perhaps_same if o.id in by_id and (o.id, row.id) not in told]
            told.update((row.id, other.id) for other, _ in pairs)
            if pairs:
                yield _describe_pairs(kind, row, pairs, known)


def _describe_join(join: Join, known: _Archive) -> Likeness:
    kind, files = join.id.partition("/")[0], known.list_files(*join.stories)
    aliases = [name for name in join.names if fold(name) != fold(join.name)]
    return Likeness(
        kind=kind,
        id=join.id,
        joined=True,
        one_word=kind == "people" and len(join.name.split()) < 2,
        what=f"{join.name}, in {len(files)} stories, is taken as one"
        + (", who is in the program's list" if join.listed else ""),
        evidence=join.reasons,
        # A well-known name is that one's in later stories too.
        lines=(_write(join.name, aliases, [] if join.listed else files),),
        listed=join.listed,
        others=(_write(join.name, aliases, files[-1:], never=files[:1]),),
    )


def _describe_pairs(kind: str, row: Row, pairs: list[tuple[Row, str]], known: _Archive) -> Likeness:
    lines, others = [], []
    plain = [other for other, _ in pairs if not _must_name_stories(kind, row, other)]
    if plain:
        lines.append(_write(row.name, [], [], never=[other.name for other in plain]))
    for other, _ in pairs:
        if other in plain:
            others.append(_write(row.name, [other.name], []))
            continue
        subject, rest = (row, other) if fold(row.name) != fold(other.name) and len(row.name.split()) < 2 else (other, row)
        names, rest_names = known.names(kind, subject), known.names(kind, rest)
        same = {fold(n) for n in names} & {fold(n) for n in rest_names}
        never = known.list_files(*rest.stories)[:1] if same else rest_names
        lines.append(_write(names[0], names[1:], known.list_files(*subject.stories), never=never))
        every = list(dict.fromkeys([*rest_names, *names]))
        others.append(
            _write(
                every[0], [n for n in every[1:] if fold(n) != fold(every[0])], known.list_files(*rest.stories, *subject.stories)
            )
        )
    return Likeness(
        kind=kind,
        id=row.id,
        joined=False,
        one_word=False,
        what=f"{row.name} may be the same as another",
        evidence=(*_tell_stories(row, pairs, known), *(f"{other.name} ({other.id}): {reason}" for other, reason in pairs)),
        lines=tuple(lines),
        others=tuple(others),
    )


def _tell_stories(row: Row, pairs: list[tuple[Row, str]], known: _Archive) -> Iterator[str]:
    """Which stories each is in, where the names alone would not tell them apart."""
    same = [other for other, _ in pairs if fold(other.name) == fold(row.name)]
    for one in (row, *same) if same else ():
        files = known.list_files(*one.stories)
        more = f" and {len(files) - _MOST_FILES} more" if len(files) > _MOST_FILES else ""
        yield f"{one.id} is in {', '.join(files[:_MOST_FILES])}{more}"


def _must_name_stories(kind: str, row: Row, other: Row) -> bool:
    """A name that many bear, or that both bear, tells nothing without the stories that are meant; nor does an event's."""
    short = kind == "people" and min(len(row.name.split()), len(other.name.split())) < 2
    return kind == "events" or short or fold(row.name) == fold(other.name)


def _write(name: str, aliases: list[str], stories: list[str], never: list[str] | None = None) -> str:
    row: Mapping[str, Any] = {"name": name, "aliases": aliases, "stories": stories, "not": never or []}
    return "- " + write_row({key: value for key, value in row.items() if value})
