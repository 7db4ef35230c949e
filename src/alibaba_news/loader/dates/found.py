"""What the scanner hands on: a date expression as printed, before anybody asks which day it means."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from alibaba_news.model import Place

Kind = Literal["day", "month", "year", "decade", "weekday", "relative"]
Direction = Literal["past", "future", "now"]


class Found(Struct, frozen=True, gc=False):
    """A date expression of a text.

    ``direction`` comes from a word that touches it ("lalu", "mendatang", "ini"). ``beside`` is how far a printed day lies
    from the day of publication where a word says so ("Kemarin, Senin (21/1)": -1). ``unit`` and ``distance`` belong to
    relative ones ("bulan lalu": month, -1; an undecided distance is None). ``bracket``: set in brackets as news does with
    the day it reports on. ``range_end``: the second end of a range. ``label``: a year that only
    names an edition ("Piala Dunia 2026").
    """

    start: int
    end: int
    text: str
    kind: Kind
    place: Place = 0
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    direction: Direction | None = None
    beside: int | None = None
    unit: str | None = None
    distance: int | None = None
    bracket: bool = False
    range_end: bool = False
    label: bool = False
