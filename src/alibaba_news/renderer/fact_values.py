"""Facts -> digests of what they are at present. The other half of ``tracking``, which notes which facts a page has read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from operator import attrgetter
from typing import Any

from alibaba_news.model import ENTITY_KINDS, Outlet
from alibaba_news.renderer.index import Index
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
from alibaba_news.values import digest, digest_bytes

# Look-ups that take long and say only who and what stands in which stories: where that is as it was, so are they.
STRUCTURAL = frozenset({"related", "company", "lives", "neighbours"})

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
    def structure(self) -> bytes:
        """The digest of everything that facts of the names in ``STRUCTURAL`` are worked out from."""
        archive = self._index.archive
        rows = (
            tuple((s.slug, s.date, tuple(s.entities()), tuple(event.id for event in s.events)) for s in archive.stories),
            tuple((row.id, row.name, row.stories) for kind in ENTITY_KINDS for row in getattr(archive, kind)),
            tuple((row.id, row.start, row.stories) for row in archive.events),
            tuple((row.story, tuple(copy.story for copy in row.copies)) for row in archive.copies),
            self._index.events_of,
        )
        return digest(rows)

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
