"""Archive -> the days of the year on which something happened or was printed, whatever the year."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from alibaba_news.model import Archive
from alibaba_news.renderer.moments import Dated, collect_moments

DayKey = tuple[int, int]  # month, day


class Calendar(Struct, frozen=True, kw_only=True):
    """``days`` by month and day, ``months`` by month (the same items in the order of the days), January first.

    ``places`` says for each day where it begins in its month. ``numbers`` counts all items, one by one: whether there are more
    than so many can be asked of it without depending on how many there are.
    """

    days: Mapping[DayKey, tuple[Dated, ...]]
    months: Mapping[int, tuple[Dated, ...]]
    places: Mapping[DayKey, int]
    numbers: range


def collect_days(archive: Archive) -> Calendar:
    """Stories and events by the day of the year, oldest first within a day.

    Only what is known to the day: a story that may be from any of several days belongs to none of them. An event of
    several days stands under its first.
    """
    open_stories = {story.slug for story in archive.stories if story.date_latest}
    found: dict[DayKey, list[Dated]] = {}
    for items in collect_moments(archive).values():
        for item in items:
            if item.moment.month and item.moment.day and not (item.kind == "story" and item.key in open_stories):
                found.setdefault((item.moment.month, item.moment.day), []).append(item)
    days = {day: tuple(sorted(found[day], key=lambda item: (item.moment.year, item.kind, item.key))) for day in sorted(found)}
    months: dict[int, tuple[Dated, ...]] = {}
    places: dict[DayKey, int] = {}
    for (month, day), rows in days.items():
        places[month, day] = len(months.get(month, ()))
        months[month] = (*months.get(month, ()), *rows)
    return Calendar(days=days, months=months, places=places, numbers=range(sum(map(len, days.values()))))
