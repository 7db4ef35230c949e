"""What the page's data says of the day, beside what the page prints -> the dates that the story is dated by."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from alibaba_news.loader.dates.page import Stamp, read_stamps
from alibaba_news.loader.html.parts import Stated, StatedDate
from alibaba_news.loader.layout import PageDate
from alibaba_news.world import World

_WIB = timedelta(hours=7)  # Western Indonesian Time, in which most newsrooms print


def choose_dates(stated: Stated, printed: tuple[PageDate, ...], world: World) -> tuple[PageDate, ...]:
    """The stated day before the printed ones, except where the page's own print shows that it means another.

    - A day printed with the story that agrees stays beside it: it may tell the minute.
    - Page systems give the moment in UTC; then the printed day, where it fits, is the newsroom's.
    - A stated day that is also the day of the last change, or the one at the head of the page, is not believed against an
      earlier day beside the headline, nor without a time of day: it may be the day of saving.
    """
    if stated.published is None:
        return printed if stated.modified is None else (*printed, _make(stated.modified, world))
    heads = tuple(d for d in printed if d.place == "head")
    own = {d: stamp for d in printed if d.place != "head" and (stamp := _stamp(d)) and not stamp.updated}
    moment = stated.published.moment
    day = date.fromisoformat(moment[:10])
    fresh = day in {stamp.day for d in heads if (stamp := _stamp(d))}
    if same := tuple(d for d, stamp in own.items() if stamp.day == day):
        return (_make(stated.published, world), *same, *heads)
    if local := tuple(d for d, stamp in own.items() if stamp.day == _shift_to_wib(moment)):
        return (*local, *heads)
    changed = stated.modified is not None and stated.modified.moment[:10] == moment[:10]
    if own and (fresh or changed) and all(stamp.day < day for stamp in own.values()):
        return (*own, *heads) if fresh else (*own, *heads, PageDate(text=moment[:10], line=0, place="head"))
    if not own and fresh and "T" not in moment:
        return heads
    return (_make(stated.published, world), *heads)


def _make(stated: StatedDate, world: World) -> PageDate:
    """The date with the words that say where it stands; they become its evidence."""
    text = world.say("html", stated.key, moment=stated.moment, name=stated.name)
    return PageDate(text=text, line=0, place="meta")


def _stamp(printed: PageDate) -> Stamp | None:
    return next(iter(read_stamps((printed,))), None)


def _shift_to_wib(moment: str) -> date | None:
    if not moment.endswith(("Z", "+00:00")):
        return None
    try:
        return (datetime.fromisoformat(moment) + _WIB).date()
    except (ValueError, OverflowError):
        return None
