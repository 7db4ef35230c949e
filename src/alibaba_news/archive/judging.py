"""What an editor's authority rows say of single stories and of pairs: whom a name means there, and who is never the same.

A row with ``stories`` speaks of these stories only (named by seed file, in ``.jsonl`` ``FILE:LINE``, or by slug). What
stands under ``not`` is another's name or id, or a story that tells of another one by the same name.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from alibaba_news.archive.clusters import Cluster, printed_forms
from alibaba_news.archive.words import fold_name, split_words
from alibaba_news.diagnostics import Diagnostic
from alibaba_news.model import Entity, Event, Story
from alibaba_news.text import make_slug
from alibaba_news.world import Authority, World

_HASH = re.compile(r"[0-9a-f]{6}")  # as ``text.add_suffix`` writes it


class Side(Struct, frozen=True):
    """One of two that are compared: its names folded, its id, and the stories that tell of it."""

    forms: frozenset[str]
    stories: frozenset[str]
    id: str = ""


def name_story(story: Story) -> frozenset[str]:
    """What an editor may call a story: its seed file (of several in one file, with the line), and its slug."""
    file = story.file or story.source.file
    line = story.read_from[1] if story.read_from else None
    return frozenset((file if line is None else f"{file}:{line}", story.slug))


class Judge:
    """The judgements about one kind. Asking is cheap where an editor has written none."""

    def __init__(self, kind: str, stories: Sequence[Story], world: World) -> None:
        rows = tuple(world.judgements(kind))
        self._stories = stories
        self._known = frozenset(name for story in stories for name in name_story(story)) if rows else frozenset()
        self._never: dict[str, list[Authority]] = {}
        self._scoped: dict[tuple[str, str], list[Authority]] = {}
        for row in rows:
            forms = {fold_name(form) for form in (row.name, *row.aliases)}
            for form in sorted(forms):
                if row.never:
                    self._never.setdefault(form, []).append(row)
                for story in row.stories:
                    self._scoped.setdefault((story, form), []).append(row)

    def find_said(self, story: Story, forms: Iterable[str], day: str | None = None) -> Authority | None:
        """The row that says whom one of these names means in this story, or None. ``day``: an event's, which must agree."""
        if not self._scoped:
            return None
        keys = [(name, fold_name(form)) for form in forms for name in sorted(name_story(story))]
        rows = [row for key in keys for row in self._scoped.get(key, ()) if _agree(row.start, day)]
        return next((row for row in rows if not row.is_judgement or self.is_apart(row)), None)

    def find_entity(self, story: Story, entity: Entity) -> Authority | None:
        """As ``find_said``, by the name, else by another form; a part of the full name may be somebody else's whole name."""
        if not self._scoped:
            return None
        own = set(split_words(entity.name))
        others = (form for form in printed_forms(entity) if not set(split_words(form)) <= own)
        return self.find_said(story, (entity.name, *others))

    def is_apart(self, row: Authority) -> bool:
        """The row tells its stories' bearer of a name from that of another story."""
        return not self._known.isdisjoint(row.never)

    def forbids(self, one: Side, other: Side) -> bool:
        """An editor says that the two are never the same."""
        return bool(self._never) and (self._says(one, other) or self._says(other, one))

    def _says(self, one: Side, other: Side) -> bool:
        for row in (row for form in one.forms for row in self._never.get(form, ())):
            never = {fold_name(name) for name in row.never}
            if row.stories and one.stories.isdisjoint(row.stories):
                continue
            if other.id in row.never or not never.isdisjoint(other.forms) or not other.stories.isdisjoint(row.never):
                return True
        return False

    def side(self, cluster: Cluster) -> Side:
        """A cluster as one side of a comparison."""
        if not self._never:
            return Side(frozenset(), frozenset())
        stories = frozenset(name for position, _ in cluster.members for name in name_story(self._stories[position]))
        return Side(frozenset((*cluster.forms(), fold_name(cluster.name))), stories, cluster.id)

    def forbids_pair(self, one: Cluster, other: Cluster) -> bool:
        """``forbids`` of two clusters."""
        return bool(self._never) and self.forbids(self.side(one), self.side(other))

    def event_side(self, accounts: Iterable[tuple[Event, int]], own_id: str = "") -> Side:
        """Accounts of one event, each with the position of its story, as one side of a comparison."""
        if not self._never:
            return Side(frozenset(), frozenset())
        told = list(accounts)
        stories = frozenset(name for _, position in told for name in name_story(self._stories[position]))
        return Side(frozenset(fold_name(event.name) for event, _ in told), stories, own_id)


def _agree(start: str | None, day: str | None) -> bool:
    return start is None or day is None or day.startswith(start) or start.startswith(day)


def tells_apart(given: str, name: str) -> bool:
    """Whether an editor's id is that of another bearer of the name: the name's own address with something behind it.

    ``people/budi-santoso-2`` and ``people/budi-santoso-lurah`` tell a Budi Santoso from the others; the program's own
    suffix, a hash, does not.
    """
    own, slug = make_slug(name), given.partition("/")[2]
    return slug.startswith(f"{own}-") and not _HASH.fullmatch(slug[len(own) + 1 :])


def check_stories(stories: Sequence[Story], world: World) -> Iterable[Diagnostic]:
    """An error for each story that a row speaks of and the archive does not have."""
    known: dict[str, None] | None = None
    for row in (r for r in world.authorities if r.stories and r.read_from):
        known = known if known is not None else dict.fromkeys(name for story in stories for name in sorted(name_story(story)))
        for name in row.stories:
            if name not in known:
                near = difflib.get_close_matches(name, list(known)[:5000], n=1)
                hint = "Write the file of a story as it stands in the seeds folder, in .jsonl FILE:LINE, or its slug."
                path, line = row.read_from or ("", None)
                yield Diagnostic(
                    path=path,
                    line=line,
                    message=f"stories: '{name}' is not a story of this archive.",
                    hint=f"Did you mean '{near[0]}'?" if near else hint,
                )
