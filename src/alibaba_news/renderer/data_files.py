"""``data/*.jsonl``: one record a line, keys in their published order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from alibaba_news.model import Archive, ArchiveEntity, ArchiveEvent
from alibaba_news.record import story_to_row


def stream_table(archive: Archive, table: str) -> Iterator[bytes]:
    """``stories``, ``people``, ``organizations``, ``places``, ``products`` or ``events`` of the archive, line by line."""
    if table == "stories":
        return map(write_line, map(story_to_row, archive.stories))
    if table == "events":
        return map(write_line, map(event_to_row, archive.events))
    return map(write_line, map(entity_to_row, getattr(archive, table)))


def write_line(row: dict[str, Any]) -> bytes:
    """A line of JSON Lines in UTF-8."""
    return f"{json.dumps(row, ensure_ascii=False)}\n".encode("utf-8", "replace")


def entity_to_row(row: ArchiveEntity) -> dict[str, Any]:
    """An entity as published; coordinates, evidence and doubts stand only where there are any."""
    roles = [{"text": r.text, "story": r.story, "date": r.date, "paragraph": r.paragraph} for r in row.roles]
    found: dict[str, Any] = {
        "id": row.id,
        "name": row.name,
        "aliases": list(row.aliases),
        "roles": roles,
        "stories": list(row.stories),
        "first_seen": row.first_seen,
        "last_seen": row.last_seen,
        "same_as": list(row.same_as),
    }
    if row.coordinates:
        found["coordinates"] = list(row.coordinates)
    if row.evidence:
        found["evidence"] = list(row.evidence)
    if row.perhaps_same:
        found["perhaps_same"] = [{"id": p.id, "reason": p.reason} for p in row.perhaps_same]
    return found


def event_to_row(event: ArchiveEvent) -> dict[str, Any]:
    """An event as published."""
    return {
        "id": event.id,
        "name": event.name,
        "start": event.start,
        "end": event.end,
        "precision": event.precision,
        "place": event.place,
        "people": list(event.people),
        "organizations": list(event.organizations),
        "stories": list(event.stories),
        "perhaps_same": [{"id": p.id, "reason": p.reason} for p in event.perhaps_same],
        "evidence": list(event.evidence),
    }
