"""The days on which the people of a story spoke, so that "kemarin" in a quotation counts from them. Rows in, days out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alibaba_news.loader.dates.reading import Publication, Row, resolve_day
from alibaba_news.model import Place


class SpeechDays:
    """Looks up the day of a quotation: that of its own paragraph ("kata Wira, Selasa (2/5)"), else the story's only one."""

    def __init__(self, rows: Sequence[Row], publication: Publication) -> None:
        self._days: dict[Place, list[tuple[int, date]]] = {}
        near = publication.day
        for row in rows:
            if row.found.kind == "day" and row.context.report and not row.context.quoted:
                day = row.full_day or (resolve_day(row.found, near) if near else None)
                if day and row.found.weekday in (None, day.weekday()):
                    self._days.setdefault(row.found.place, []).append((row.found.start, day))
        self._all = {day for days in self._days.values() for _, day in days}

    def find(self, row: Row) -> date | None:
        """The day on which the words around a quoted expression were said, None where the text does not settle it."""
        mine = self._days.get(row.found.place, [])
        days = {day for start, day in mine if start > row.found.start} or {day for _, day in mine} or self._all
        return next(iter(days)) if len(days) == 1 else None
