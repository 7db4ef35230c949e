"""Date expressions of a story -> Dated: each with its sentence, a range as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from alibaba_news.model import DateExpression, Place, Precision, Quote
from alibaba_news.text import split_sentences
from alibaba_news.world import load_table

_RANGE = re.compile(r"^\W*(?:hingga|sampai(?:\s+dengan)?|s/d|s\.d\.|-|–)?\W*$", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"][^“”\"]{12,}[”\"]")
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month"}


@cache
def listed(name: str) -> frozenset[str]:
    return frozenset(str(w) for w in load_table("events")[name])


@dataclass(frozen=True, slots=True)
class Dated:
    """One happening's time in one sentence: the expressions it stands on, and the sentence's span."""

    dates: tuple[DateExpression, ...]
    place: Place
    start: int
    end: int
    text: str
    after: str = ""  # the next sentence of the paragraph

    @property
    def key(self) -> tuple[str, str]:
        first, last = self.dates[0], self.dates[-1]
        if first.value is None or last.value is None:
            return ("?", "|".join((*first.candidates, *last.candidates)))
        return (first.value[:10], last.value[:10])


def find_dated(texts: Mapping[Place, str], dates: Iterable[DateExpression]) -> list[Dated]:
    """Expressions of body and captions by sentence, a range as one."""
    rows = sorted(
        (d for d in dates if d.start is not None and d.paragraph != 0),
        key=lambda d: (str(type(d.paragraph)), d.paragraph, d.start),
    )
    found: list[Dated] = []
    for place, text in texts.items():
        mine = [d for d in rows if d.paragraph == place and (d.value or d.candidates)]
        spans = split_sentences(text) if mine else ()
        for n, (start, end) in enumerate(spans):
            after = text[spans[n + 1][0] : spans[n + 1][1]] if n + 1 < len(spans) else ""
            inside = [d for d in mine if d.start is not None and start <= d.start < end]
            found += [Dated(group, place, start, end, text[start:end], after) for group in _join_ranges(inside, text)]
    return found


def _join_ranges(dates: Sequence[DateExpression], text: str) -> list[tuple[DateExpression, ...]]:
    groups: list[tuple[DateExpression, ...]] = []
    for date in dates:
        before = groups[-1][-1] if groups else None
        if before is not None and len(groups[-1]) == 1 and _is_range(before, date, text):
            groups[-1] = (before, date)
        else:
            groups.append((date,))
    return groups


def _is_range(first: DateExpression, second: DateExpression, text: str) -> bool:
    between = text[(first.start or 0) + len(first.text) : second.start]
    same_length = len(first.value or "") == len(second.value or "")
    ordered = (first.value or "") < (second.value or "~")
    return bool(_RANGE.match(between)) and same_length and ordered and " dan " not in between


def is_inferred(dated: Dated) -> bool:
    return any(d.origin == "inferred" for d in dated.dates)


def span_of(dated: Dated) -> tuple[str | None, str | None, Precision]:
    first, last = dated.dates[0].value, dated.dates[-1].value
    if first is None or last is None:
        return None, None, "day"
    return first[:10], last[:10], _PRECISIONS.get(len(first[:10]), "day")


def join_candidates(dated: Dated) -> tuple[str, ...]:
    first, last = dated.dates[0].candidates, dated.dates[-1].candidates
    if len(dated.dates) == 1:
        return first
    by_year = {day[:4]: day for day in last}
    return tuple(f"{day}/{by_year[day[:4]]}" for day in first if day[:4] in by_year)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _QUOTED.finditer(text)]


def overlaps(quote: Quote, dated: Dated) -> bool:
    start = quote.start
    return start is not None and quote.paragraph == dated.place and start < dated.end and dated.start < start + len(quote.text)
