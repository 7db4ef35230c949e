"""A story's texts and what its editor says of its dates in, its Dating out: the editor's word before what the text says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from alibaba_news.loader.dates import Dating, read_dates
from alibaba_news.loader.given import Given
from alibaba_news.loader.layout import PageDate
from alibaba_news.model import DateExpression, Place
from alibaba_news.world import World

Texts = Mapping[Place, str]

_DAY = len("2018-10-13")
# What an editor may say of a date that the program works out; null stands for nothing to say.
_NO_DATE: Mapping[str, object] = {"date_origin": "unknown", "date_evidence": "", "date_latest": None, "date_candidates": ()}
_UNREAD = Dating(
    date=None,
    date_origin="unknown",
    date_evidence="",
    date_latest=None,
    date_candidates=(),
    retrieved=None,
    settled=True,
    open_days=None,
    dates=(),
)


def read_given_dating(
    given: Given, texts: Texts, page_dates: tuple[PageDate, ...], world: World, *, with_dates: bool
) -> Dating:
    """The dating read from the text, with the editor's date and dates in their place.

    ``with_dates`` False: no dates are looked for but the editor's.
    """
    saved = bool(page_dates) and "retrieved" not in given.keys  # the day the page was saved is known by the page alone
    wanted = (with_dates and given.dates is None) or "date" not in given.keys or saved
    dating = _read(given, texts, page_dates, world) if wanted else _UNREAD
    if "dates" in given.keys or not with_dates:
        dating = replace(dating, dates=given.dates or ())
    if "date" not in given.keys:
        return replace(dating, **{key: getattr(given, key) or _NO_DATE[key] for key in _NO_DATE if key in given.keys})
    origin = given.date_origin or ("stated" if given.date else "unknown")
    evidence = given.date_evidence
    if evidence is None:
        evidence = world.say("story", "editor" if given.date else "editor_none")
    return replace(
        dating,
        date=given.date,
        date_origin=origin,
        date_evidence=evidence,
        date_latest=given.date_latest,
        date_candidates=given.date_candidates or (),
        settled=True,
        open_days=None,
    )


def _read(given: Given, texts: Texts, page_dates: tuple[PageDate, ...], world: World) -> Dating:
    """An editor's day anchors "kemarin" and "(26/11)" as a printed one does; one that the text tells too changes nothing."""
    own = read_dates(texts, page_dates, world)
    if given.date is None or (given.date, given.date_latest) == (own.date, own.date_latest):
        return own
    if given.date_latest is not None:
        # Several days are no anchor, but they settle the year.
        return replace(own, dates=tuple(_settle(row, given.date) for row in own.dates))
    return read_dates(texts, (PageDate(text=given.date, line=0, place="meta"), *page_dates), world)


def _settle(row: DateExpression, first: str) -> DateExpression:
    """A day of open year in the year that brings it nearest to the editor's."""
    days = [c for c in row.candidates if len(c) == _DAY]
    if row.value is not None or len(first) < _DAY or not days or len(days) != len(row.candidates):
        return row
    near = date.fromisoformat(first[:_DAY])
    value = min(days, key=lambda c: (abs(date.fromisoformat(c) - near), c))
    return replace(row, value=value, origin="inferred")
