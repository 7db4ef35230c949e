"""Archive -> how much of it is printed, inferred or open, kind by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, repeat

from msgspec import Struct

from alibaba_news.model import Archive, Quote, Story

KINDS = ("headlines", "story_dates", "dates", "events", "quotes")


class Tally(Struct, frozen=True, kw_only=True):
    stated: int
    inferred: int
    unknown: int


# Of each kind how many are stated, inferred and unknown; of the cut lines how many there are.
Counts = Counter[tuple[str, str]]
_CUT = "cut lines", ""


class Tallies(Struct, frozen=True, kw_only=True):
    """``rows`` by the kinds of ``KINDS``; ``cut_lines`` counts the lines of the files that are not shown as text."""

    rows: Mapping[str, Tally]
    cut_lines: int

    def move(self, before: Counts, after: Counts) -> Tallies:
        """The same, where a story counted ``before`` and counts ``after``."""
        more = Counter(after)
        more.subtract(before)
        rows = {
            kind: Tally(**{name: getattr(tally, name) + more[kind, name] for name in Tally.__struct_fields__})
            for kind, tally in self.rows.items()
        }
        return Tallies(rows=rows, cut_lines=self.cut_lines + more[_CUT])


def tally_archive(archive: Archive, event_origin: Mapping[str, str]) -> Tallies:
    """Counted over everything that is published; ``event_origin`` is by event id."""
    counts = Counter(chain.from_iterable(map(_list_counted, archive.stories)))
    counts.update(("events", event_origin.get(e.id, "stated") if e.start else "unknown") for e in archive.events)
    none = Tallies(rows=dict.fromkeys(KINDS, Tally(stated=0, inferred=0, unknown=0)), cut_lines=0)
    return none.move(Counter(), counts)


def tally_story(story: Story) -> Counts:
    """What a story counts, its events left out: these are counted once for all stories."""
    return Counter(_list_counted(story))


def _list_counted(story: Story) -> Iterator[tuple[str, str]]:
    yield "headlines", story.title_origin
    yield "story_dates", story.date_origin if story.date else "unknown"
    yield from (("dates", date.origin if date.value else "unknown") for date in story.dates)
    yield from (("quotes", find_speaker_origin(story, quote)) for quote in story.quotes)
    yield from repeat(_CUT, len(story.source.cut))


def find_speaker_origin(story: Story, quote: Quote) -> str:
    """A speaker is printed where the words of attribution hold the name; "ujarnya" and "dia" are inferred."""
    if quote.speaker is None:
        return "unknown"
    speaker = next((e for e in (*story.people, *story.organizations) if e.id == quote.speaker), None)
    forms = {speaker.name, *speaker.aliases, *(m.text for m in speaker.mentions)} if speaker else set()
    return "stated" if any(form in (quote.speaker_text or "") for form in forms) else "inferred"
