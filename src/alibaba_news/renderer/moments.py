"""Archive -> its dated stories and events in the order of time, by year."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from alibaba_news.model import Archive
from alibaba_news.renderer.dates import Moment, parse_moment


class Dated(Struct, frozen=True, kw_only=True):
    """A story (``key`` a slug) or an event (``key`` an id) at a moment."""

    kind: str  # story, event
    key: str
    moment: Moment

    @property
    def middle(self) -> date:
        """Where it is drawn: the middle of what the date allows."""
        return date(self.moment.year, self.moment.month or 7, self.moment.day or (15 if self.moment.month else 1))


def collect_moments(archive: Archive) -> dict[int, tuple[Dated, ...]]:
    """Every dated story and event by year, oldest first; on one day events stand before the stories that report them.

    A withdrawn story has its place in the list of stories, not among what happened.
    """
    found = [("event", event.id, event.start) for event in archive.events]
    found += [("story", story.slug, story.date) for story in archive.stories if not story.withdrawn]
    dated = [Dated(kind=kind, key=key, moment=m) for kind, key, value in found if (m := parse_moment(value))]
    years: dict[int, list[Dated]] = {}
    for item in sorted(dated, key=_order):
        years.setdefault(item.moment.year, []).append(item)
    return {year: tuple(items) for year, items in years.items()}


def _order(item: Dated) -> tuple[int, int, int, str, str]:
    moment = item.moment
    return (moment.year, moment.month or 0, moment.day or 0, item.kind, item.key)
