"""Facts -> digests of what they are at present. The other half of ``tracking``, which notes which facts a page has read."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from functools import cached_property
from operator import attrgetter
from typing import Any

from alibaba_news.model import Outlet, Story
from alibaba_news.renderer.index import Index
from alibaba_news.renderer.related import RARE, round_count
from alibaba_news.renderer.tracking import (
    ANY,
    COLUMN,
    HEAD_SUFFIX,
    KEYS,
    LENGTH,
    ROWS,
    SETTING,
    WHOLE,
    Fact,
)
from alibaba_news.values import CANONICAL, digest, digest_bytes

# Look-ups that take long and say only who and what stands in which stories: where that is as it was, so are they.
STRUCTURAL = frozenset({"related", "company", "lives", "neighbours"})
_ORDER, _SIZE = "#order", "#size"  # what of the structure is the whole archive's

_MISSING = digest(("missing",))
_HEADS: Mapping[str, Callable[[Any], tuple[Any, ...]]] = {name: attrgetter(*head) for name, _, head in ROWS.values()}
# What a row says of others by their addresses, kept apart: a look-up that leads to the row says only which one it is.
_ROW_KEYS = {kind: key for kind, (_, key, _) in ROWS.items()}


class FactValues:
    """Digests of facts, each worked out once. ``files`` gives the bytes of a template or static file, None where it is gone.

    ``stories`` has digests by slug of stories that are as they were read: the bytes they were read from need no second one.
    """

    def __init__(
        self,
        index: Index,
        settings: Any,
        files: Callable[[str, str], bytes | None],
        stories: Mapping[str, bytes] | None = None,
    ) -> None:
        self._index, self._settings, self._files = index, settings, files
        self._outlets: dict[str, Outlet] = {row.id: row for row in index.archive.outlets}
        self._known: dict[Fact, bytes] = {("stories", slug): known for slug, known in (stories or {}).items()}

    @cached_property
    def structure(self) -> Mapping[str, bytes]:
        """Digests of everything that facts of the names in ``STRUCTURAL`` are worked out from.

        By slug or id: of a story whom it names and what it tells of; of an entity or event that of all its stories.
        """
        index, archive = self._index, self._index.archive
        told = {story.slug: self._digest_told(story) for story in archive.stories}
        found = {_ORDER: digest(tuple(index.neighbours)), _SIZE: digest(round_count(len(told))), **told}
        for key, row in index.entities.items():
            life = tuple((event, index.events[event].start) for event in index.events_of.get(key, ()))
            found[key] = _digest_plain((row.name, life, b"".join(map(told.__getitem__, row.stories))))
            if len(row.stories) > RARE:  # it leads from no story to another
                found[_name_rarity(key)] = digest(round_count(len(row.stories)))
        for event in archive.events:
            found[event.id] = digest_bytes(b"".join(map(told.__getitem__, event.stories)))
        return found

    def _digest_told(self, story: Story) -> bytes:
        rows, slug = self._index.entities, story.slug
        names = tuple((key, rows[key].name if key in rows else None) for key in story.entities())
        copies = tuple(copy.story for copy in self._index.copies.get(slug, ()))
        return _digest_plain((slug, story.date, names, tuple(event.id for event in story.events), copies))

    def compare_structure(self, before: Mapping[str, bytes]) -> Callable[[Fact], bool]:
        """A function that says whether a fact is what it was, by the structure ``before``; False where that does not tell."""
        now, stories = self.structure, self._index.stories
        moved = {key for key, own in now.items() if before.get(key) != own} | (before.keys() - now.keys())

        def is_same(fact: Fact) -> bool:
            name, key = fact
            if name not in STRUCTURAL:
                return False
            if name == "neighbours":
                return _ORDER not in moved
            if key not in now or key in moved:
                return False
            if name != "related":
                return True
            story = stories[key]
            names = (rarity if (rarity := _name_rarity(name)) in now else name for name in story.entities())
            return _SIZE not in moved and moved.isdisjoint((*names, *(event.id for event in story.events)))

        return is_same

    def digest(self, fact: Fact) -> bytes:
        """The digest of a fact's present value; that of nothing where it does not exist any more."""
        found = self._known.get(fact)
        if found is None:
            found = self._known[fact] = self._work_out(*fact)
        return found

    def digest_once(self, fact: Fact) -> bytes:
        """As ``digest``, for who will not ask again: an archive has a million facts."""
        return self._known.get(fact) or self._work_out(*fact)

    def _work_out(self, name: str, key: Any) -> bytes:
        if name == SETTING:
            return digest(getattr(self._settings, key))
        if name == COLUMN:
            rows = self._find(key[0])
            return digest(tuple(getattr(row, key[1]) for row in rows))
        if name in ("template", "static"):
            data = self._files(name, key)
            return _MISSING if data is None else digest_bytes(data)
        if name.endswith(HEAD_SUFFIX):
            name = name.removesuffix(HEAD_SUFFIX)
            row = self._find(name).get(key)
            return _MISSING if row is None else digest(_HEADS[name](row))
        return self._look_up(name, key)

    def _find(self, name: str) -> Any:
        return self._outlets if name == "outlet" else attrgetter(name)(self._index)

    def _look_up(self, name: str, key: Any) -> bytes:
        try:
            value = self._find(name)
        except AttributeError:
            return _MISSING
        if key == LENGTH:
            return digest(len(value))
        if key == ANY:
            return digest(bool(value))
        if key == WHOLE:
            return digest(value)
        if key == KEYS:
            return digest(tuple(value))
        try:
            return self._digest_row(name, value[key])
        except (KeyError, IndexError):
            return _MISSING

    def _digest_row(self, name: str, row: Any) -> bytes:
        row_key = _ROW_KEYS.get(type(row))
        if row_key is None or name in _HEADS:
            return digest(row)
        return digest(getattr(row, row_key))


def _name_rarity(key: str) -> str:
    return f"{key} rarity"


def _digest_plain(value: Any) -> bytes:
    """The digest of a tuple of plain values."""
    return digest_bytes(marshal.dumps(value, CANONICAL))
