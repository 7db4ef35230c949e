"""``data/*.jsonl``: one record a line, keys in their published order."""

from __future__ import annotations

import json
from typing import Any

from alibaba_news.model import ArchiveEntity, ArchiveEvent
from alibaba_news.record import story_to_row


def write_item(table: str, item: Any) -> bytes:
    """The line of an item of ``stories``, ``events`` or a kind of entities."""
    if table == "stories":
        return write_line(story_to_row(item))
    return write_line(event_to_row(item) if table == "events" else entity_to_row(item))


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
