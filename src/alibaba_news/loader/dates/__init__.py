"""Dates of a story: title, paragraphs, captions and the page's own dates in, the day of publication and every date out.

A value is as exact as the text: a month stays a month, a year that the text leaves open stays open with the years that
its weekday allows.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from alibaba_news.loader.layout import PageDate
from alibaba_news.model import DateExpression, Origin, Place
from alibaba_news.world import World

__all__ = ["Dating", "read_dates"]


class Dating(Struct, frozen=True, kw_only=True):
    """The record's date fields (see docs/record.md) and its date expressions.

    ``settled`` is False while the archive's other dates may still decide among ``date_candidates``; each of them then
    reaches ``open_days`` further (None: no last day is known).
    """

    date: str | None
    date_origin: Origin
    date_evidence: str
    date_latest: str | None
    date_candidates: tuple[str, ...]
    retrieved: str | None
    settled: bool
    open_days: int | None
    dates: tuple[DateExpression, ...]


def read_dates(texts: Mapping[Place, str], page_dates: tuple[PageDate, ...], world: World) -> Dating:
    """Date a story.

    ``texts`` holds the title (0), the paragraphs (1...) and the captions ("caption-1"...); ``page_dates`` what stands
    outside them. Never raises: what cannot be read is no date.
    """
    from alibaba_news.loader.dates.page import date_publication, doubt_clocks, read_stamps
    from alibaba_news.loader.dates.reading import iso, read_rows
    from alibaba_news.loader.dates.scan import scan_texts
    from alibaba_news.loader.dates.values import value_dates

    found = scan_texts(texts)
    stamps = doubt_clocks(read_stamps(page_dates), found)
    rows = read_rows(texts, found, dated=any(s.own for s in stamps))
    publication = date_publication(rows, stamps, world)
    evidence = "; ".join(publication.evidence)
    return Dating(
        date=publication.value,
        date_origin=publication.origin,
        date_evidence=evidence[:1].upper() + evidence[1:] + "." if evidence else "",
        date_latest=iso(publication.latest) if publication.latest else None,
        date_candidates=tuple(iso(day) for day in publication.candidates),
        retrieved=iso(publication.saved) if publication.saved else None,
        settled=publication.settled,
        open_days=publication.open_days,
        dates=value_dates(rows, publication),
    )
