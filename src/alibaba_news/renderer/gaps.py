"""Archive -> what it does not know: every open date, unsettled name and quote without a speaker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from alibaba_news.model import ENTITY_KINDS, Archive, ArchiveEntity, ArchiveEvent

# In the order of the page: what is open before what was inferred.
SECTIONS = (
    "undated",
    "between",
    "open_dates",
    "open_events",
    "quotes",
    "names",
    "same_events",
    "outlets",
    "inferred_dates",
    "headlines",
)


class Gap(Struct, frozen=True, kw_only=True):
    """One thing not known: its section, the story slug or page id it stands in, and which of its items it is."""

    section: str
    key: str
    nth: int = 0


def collect_gaps(archive: Archive) -> tuple[Gap, ...]:
    """Everything that is not known, section by section."""
    found = [*_story_gaps(archive), *_name_gaps(archive)]
    order = {section: nth for nth, section in enumerate(SECTIONS)}
    return tuple(sorted(found, key=lambda gap: order[gap.section]))


def count_sections(gaps: tuple[Gap, ...]) -> tuple[tuple[str, int, int], ...]:
    """Each section with the place of its first gap and how many it holds."""
    first: dict[str, int] = {}
    for nth, gap in enumerate(gaps):
        first.setdefault(gap.section, nth)
    counts = Counter(gap.section for gap in gaps)
    return tuple((section, nth, counts[section]) for section, nth in first.items())


def _story_gaps(archive: Archive) -> Iterator[Gap]:
    for story in archive.stories:
        slug = story.slug
        if story.withdrawn:
            continue
        if story.date is None:
            yield Gap(section="undated", key=slug)
        elif story.date_latest:
            yield Gap(section="between", key=slug)
        elif story.date_origin != "stated":
            yield Gap(section="inferred_dates", key=slug)
        if story.title_origin != "stated":
            yield Gap(section="headlines", key=slug)
        if not story.outlet:
            yield Gap(section="outlets", key=slug)
        yield from (Gap(section="open_dates", key=slug, nth=n) for n, d in enumerate(story.dates) if d.value is None)
        yield from (Gap(section="quotes", key=slug, nth=n) for n, q in enumerate(story.quotes) if q.speaker is None)


def _name_gaps(archive: Archive) -> Iterator[Gap]:
    for event in archive.events:
        if event.start is None:
            yield Gap(section="open_events", key=event.id)
    yield from _pair_gaps(archive.events, "same_events")
    for kind in ENTITY_KINDS:
        yield from _pair_gaps(getattr(archive, kind), "names")


def _pair_gaps(rows: tuple[ArchiveEvent, ...] | tuple[ArchiveEntity, ...], section: str) -> Iterator[Gap]:
    """Each pair once, though both pages say so."""
    seen: set[frozenset[str]] = set()
    for row in rows:
        for nth, other in enumerate(row.perhaps_same):
            pair = frozenset((row.id, other.id))
            if pair not in seen:
                seen.add(pair)
                yield Gap(section=section, key=row.id, nth=nth)
