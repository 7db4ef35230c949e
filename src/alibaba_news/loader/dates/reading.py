"""What a story says about its own day, weighed: expressions with their contexts, and the publication worked out of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from alibaba_news.loader.dates.calendar import add_days, find_nearest, make_day, write_iso
from alibaba_news.loader.dates.context import NO_CONTEXT, Context, ContextReader
from alibaba_news.loader.dates.found import Found
from alibaba_news.loader.dates.words import load_words, say_date, say_weekday
from alibaba_news.model import Origin, Place
from alibaba_news.world import World

TABLE = "dates"


class Publication(Struct, frozen=True, kw_only=True):
    """The day of publication as far as it is known.

    ``value`` is ISO text, ``day`` the same as a day where it is one, ``exact`` whether it is that day and no later one,
    ``latest`` the last day possible. ``candidates`` are the first days possible, one for each year that fits; while
    ``settled`` is False the archive may choose among them, and ``open_days`` says how many days each reaches on.
    ``doubtful``: the text contradicts itself (a wrong weekday).
    """

    value: str | None = None
    day: date | None = None
    origin: Origin = "unknown"
    exact: bool = False
    latest: date | None = None
    candidates: tuple[date, ...] = ()
    saved: date | None = None
    settled: bool = True
    open_days: int | None = None
    doubtful: bool = False
    evidence: tuple[str, ...] = ()


class Row(Struct, frozen=True, gc=False):
    """An expression with the way its sentence speaks of it."""

    found: Found
    context: Context

    @property
    def full_day(self) -> date | None:
        """The day where the text prints it whole."""
        f = self.found
        return make_day(f.year, f.month, f.day) if f.year and f.month and f.day else None

    @property
    def first_day(self) -> date | None:
        """The first day of a printed day, month or year."""
        f = self.found
        return make_day(f.year, f.month or 1, f.day or 1) if f.year else None

    @property
    def reported(self) -> bool:
        """A day of which the text tells as news: a weekday, brackets or a speaker stand with it, and it is not to come."""
        if self.found.kind != "day" or self.context.ahead or (self.found.beside or 0) > 0:
            return False
        if self.found.weekday is None and not self.found.bracket:
            return self.context.report and not self.context.perhaps_ahead
        return self.found.direction == "past" or self.context.report or not self.context.perhaps_ahead


def read_rows(texts: Mapping[Place, str], found: tuple[Found, ...], *, dated: bool) -> tuple[Row, ...]:
    """Each expression with its context; for a ``dated`` story only where a value depends on it, to save time.

    What somebody says counts from the day it was said, so then the whole days need theirs too.
    """
    readers: dict[Place, ContextReader] = {}

    def read(f: Found) -> Context:
        if f.place not in readers:
            readers[f.place] = ContextReader(texts[f.place])
        return readers[f.place].read(f)

    contexts = [read(f) if not dated or f.year is None else None for f in found]
    spoken = any(c and c.quoted and f.kind in ("relative", "weekday") for f, c in zip(found, contexts, strict=True))
    pairs = zip(found, contexts, strict=True)
    return tuple(Row(found=f, context=c or (read(f) if spoken and f.kind == "day" else NO_CONTEXT)) for f, c in pairs)


def resolve_day(found: Found, near: date, *, ahead: bool = False) -> date | None:
    """The day a printed day means for a story told about ``near``."""
    if not (found.month and found.day):
        return None
    if found.year:
        return make_day(found.year, found.month, found.day)
    if found.beside is not None:
        shifted = add_days(near, found.beside)
        if shifted and (shifted.month, shifted.day) == (found.month, found.day):
            return shifted
    return find_nearest(found.month, found.day, near, _side(found, ahead))


def _side(found: Found, ahead: bool) -> str | None:
    if found.direction in ("past", "future"):
        return found.direction
    return "future" if ahead else None


def own_day_words(rows: tuple[Row, ...]) -> str | None:
    """The first words outside quotations by which the text speaks of its own day ("pagi tadi"), beside no printed day."""
    pattern = load_words().own_day
    for row in rows:
        found = row.found
        if found.kind == "relative" and found.distance == 0 and not row.context.quoted:
            match = pattern.search(found.text)
            if match:
                return match.group()
    return None


def describe(world: World, day: date) -> str:
    """A day in words of the archive's language."""
    return say_date(world, day.month, day.day, day.year)


def check_weekday(world: World, found: Found, day: date) -> tuple[str, ...]:
    """A phrase where the printed weekday is not the day's own."""
    if found.weekday is None or day.weekday() == found.weekday:
        return ()
    names = {"right": say_weekday(world, day.weekday()), "printed": say_weekday(world, found.weekday)}
    return (world.say(TABLE, "weekday_wrong", day=describe(world, day), **names),)


def iso(day: date) -> str:
    """The day as ISO text."""
    return write_iso(day.year, day.month, day.day)


def days_between(first: date, last: date) -> int:
    """How many days ``last`` lies after ``first``."""
    return (last - first).days
