"""A story as the archive has it and the same story read again, its outline unchanged -> the story as the archive has it now.

Who is who and which event is which follow from outlines alone, so that the ids and names that were found stand as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from alibaba_news.archive.outline import digest_outline
from alibaba_news.model import ENTITY_KINDS, Story
from alibaba_news.text import short_hash

# What the archive finds out about the rows of a story.
_FOUND: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(ENTITY_KINDS, ("id", "name", "aliases", "evidence")),
    "quotes": ("speaker",),
    "events": ("id", "people", "organizations"),
}
_SUFFIX = re.compile(r"-[0-9a-f]{6}$")
_TURNS = ("", "\n1", "\n2", "\n3")  # as ``addresses.claim`` numbers what it hashes


def graft_story(final: Story, before: Story, after: Story) -> Story | None:
    """The archive's story where ``before`` (as its file gave it) has become ``after``; None where more may have changed.

    ``final`` is what the archive made of ``before``.
    """
    special = (after.withdrawn, after.withhold, before.withdrawn, before.withhold, not after.date_settled)
    if any(special) or digest_outline(before) != digest_outline(after) or _graft(final, before) != final:
        return None
    return None if _is_hashed(final) else _graft(final, after)


def _is_hashed(story: Story) -> bool:
    """Whether the address of something bears a hash of this story's text: another text, another address."""
    rows = story.entities()
    seeds = {key: (row.name, *row.aliases) for key, row in rows.items()}
    seeds |= {event.id: (f"{event.name}\n{event.start}",) for event in story.events}
    sha256 = story.source.sha256
    # What an editor calls it here need not be what it is called elsewhere, and the hash is of that.
    return any(row.name_given and _SUFFIX.search(key) for key, row in rows.items()) or any(
        address.endswith("-" + short_hash(f"{name}\n{sha256}{turn}"))
        for address, names in seeds.items()
        if _SUFFIX.search(address)
        for name in names
        for turn in _TURNS
    )


def _graft(final: Story, read: Story) -> Story | None:
    """The ids and names of one, everything else of the other; None where their rows are not the same ones."""
    rows: dict[str, Any] = {}
    for kind, names in _FOUND.items():
        ours, theirs = getattr(final, kind), getattr(read, kind)
        if len(ours) != len(theirs):
            return None
        rows[kind] = tuple(
            replace(new, **{name: getattr(old, name) for name in names}) for old, new in zip(ours, theirs, strict=True)
        )
    return replace(read, **rows)
