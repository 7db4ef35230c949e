"""Archive -> how much of it is printed, inferred or open, kind by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from alibaba_news.model import Archive, Quote, Story

KINDS = ("headlines", "story_dates", "dates", "events", "quotes")


class Tally(Struct, frozen=True, kw_only=True):
    stated: int
    inferred: int
    unknown: int


class Tallies(Struct, frozen=True, kw_only=True):
    """``rows`` by the kinds of ``KINDS``; ``cut_lines`` counts the lines of the files that are not shown as text."""

    rows: Mapping[str, Tally]
    cut_lines: int


def tally_archive(archive: Archive, event_origin: Mapping[str, str]) -> Tallies:
    """Counted over everything that is published; ``event_origin`` is by event id."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for story in archive.stories:
        counts["headlines"][story.title_origin] += 1
        counts["story_dates"][story.date_origin if story.date else "unknown"] += 1
        counts["dates"].update(date.origin if date.value else "unknown" for date in story.dates)
        counts["quotes"].update(find_speaker_origin(story, quote) for quote in story.quotes)
    counts["events"].update(event_origin.get(e.id, "stated") if e.start else "unknown" for e in archive.events)
    rows = {
        kind: Tally(stated=found["stated"], inferred=found["inferred"], unknown=found["unknown"])
        for kind, found in counts.items()
    }
    return Tallies(rows=rows, cut_lines=sum(len(story.source.cut) for story in archive.stories))


def find_speaker_origin(story: Story, quote: Quote) -> str:
    """A speaker is printed where the words of attribution hold the name; "ujarnya" and "dia" are inferred."""
    if quote.speaker is None:
        return "unknown"
    speaker = next((e for e in (*story.people, *story.organizations) if e.id == quote.speaker), None)
    forms = {speaker.name, *speaker.aliases, *(m.text for m in speaker.mentions)} if speaker else set()
    return "stated" if any(form in (quote.speaker_text or "") for form in forms) else "inferred"
