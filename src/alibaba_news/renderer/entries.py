"""Archive -> what a feed says of each story, and which pages have a feed of their own.

An entry needs a moment (RFC 4287, 4.1.1). A story without a day of publication has the day of its last notice, else the day its
page was saved, when the text stood as it stands; with none of them it is in no feed, in whatever format.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from alibaba_news.model import ENTITY_KINDS, Archive, Story
from alibaba_news.renderer.dates import parse_moment
from alibaba_news.renderer.links import keep_web
from alibaba_news.renderer.on_demand import OnDemand

# Newspapers here write no zone: western Indonesian time, where most of them are made.
HOME_ZONE = "+07:00"
NEVER = f"1970-01-01T00:00:00{HOME_ZONE}"  # an archive without a single date must still say when
FEWEST = 2  # stories of a page with a feed: who is named once has nothing to be followed by
NoticeKind = Literal["withdrawn", "correction", "reply"]


class EntryNotice(Struct, frozen=True, kw_only=True):
    """What an editor put above a story; ``date`` is an ISO day."""

    kind: NoticeKind
    date: str
    text: str


class FeedEntry(Struct, frozen=True, kw_only=True):
    """A story in a feed. ``published`` only where a page prints the day; ``updated`` moves with every notice (RFC 3339)."""

    slug: str
    title: str
    lang: str
    description: str
    authors: tuple[str, ...]
    url: str | None
    published: str | None
    updated: str
    notices: tuple[EntryNotice, ...]


class Feeding(Struct, frozen=True, kw_only=True):
    """``entries`` by story slug, only stories that have a moment; ``pages`` are the ids with a feed: of how many stories.

    ``updated`` is each entry's by slug, ``newest`` are the slugs, what changed last first. An entry is made when it is asked
    for: most are in no feed.
    """

    entries: Mapping[str, FeedEntry]
    updated: Mapping[str, str]
    newest: Sequence[str]
    pages: Mapping[str, int]


def collect_feeding(archive: Archive, stories: Mapping[str, Story]) -> Feeding:
    """What every feed of the archive needs; ``stories`` are the archive's by slug."""
    updated = {story.slug: moment for story in archive.stories if (moment := find_updated(story)) != NEVER}
    newest = tuple(pick_newest(updated, len(updated)))
    return Feeding(entries=make_entries(updated, stories), updated=updated, newest=newest, pages=_count_pages(archive, updated))


def make_entries(slugs: Collection[str], stories: Mapping[str, Story]) -> Mapping[str, FeedEntry]:
    """The entries of stories that have a moment."""

    def make(slug: str) -> FeedEntry:
        entry = make_entry(stories[slug])
        if entry is None:
            raise KeyError(slug)
        return entry

    return OnDemand(slugs, make)


def _count_pages(archive: Archive, entries: Container[str]) -> dict[str, int]:
    rows = [row for kind in (*ENTITY_KINDS, "events") for row in getattr(archive, kind)]
    counts = {row.id: sum(slug in entries for slug in row.stories) for row in rows if len(row.stories) >= FEWEST}
    return {key: count for key, count in counts.items() if count >= FEWEST}


def pick_newest(updated: Mapping[str, str], size: int) -> list[str]:
    """The slugs of what changed last, newest first: a correction brings an old story up again."""
    return sorted(updated, key=lambda slug: (datetime.fromisoformat(updated[slug]), slug), reverse=True)[:size]


def make_entry(story: Story) -> FeedEntry | None:
    """What a feed says of a story; None where nothing tells when."""
    updated = find_updated(story)
    if updated == NEVER:
        return None
    moment = parse_moment(story.date)
    printed = moment and moment.day and story.date_origin == "stated" and not story.date_latest
    return FeedEntry(
        slug=story.slug,
        title=story.title,
        lang=story.lang,
        description=story.description,
        authors=story.authors or ((story.outlet,) if story.outlet else ()),
        url=keep_web(story.url),
        published=write_timestamp(story.date) if printed else None,
        updated=updated,
        notices=tuple(_list_notices(story)),
    )


def find_updated(story: Story) -> str:
    """When a story last changed: its date, or a later correction, reply or withdrawal; else when its page was saved."""
    days = [story.date, *(notice.date for notice in _list_notices(story))]
    known = [stamp for day in days if (stamp := write_timestamp(day))]
    return max(known, key=datetime.fromisoformat) if known else write_timestamp(story.retrieved) or NEVER


@lru_cache(maxsize=65536)
def write_timestamp(value: str | None) -> str | None:
    """An RFC 3339 timestamp: the first moment a cut date allows. None where there is no date."""
    moment = parse_moment(value)
    if moment is None:
        return None
    clock = moment.time.strftime("%H:%M") if moment.time else "00:00"
    zone = moment.zone or HOME_ZONE
    zone = zone if zone == "Z" or ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return f"{moment.first_day.isoformat()}T{clock}:00{zone}"


def _list_notices(story: Story) -> list[EntryNotice]:
    found = []
    if story.withdrawn:
        found.append(EntryNotice(kind="withdrawn", date=story.withdrawn.date, text=story.withdrawn.reason))
    found += [EntryNotice(kind="correction", date=row.date, text=row.text) for row in story.corrections]
    found += [EntryNotice(kind="reply", date=row.date, text=row.text) for row in story.replies]
    return found
