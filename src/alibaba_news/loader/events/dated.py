"""Date expressions of a story -> Dated: each with its sentence, a range as one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from alibaba_news.model import DateExpression, Place, Precision, Quote
from alibaba_news.text import fold, split_sentences
from alibaba_news.world import load_table

_RANGE = re.compile(r"^\W*(?:hingga|sampai(?:\s+dengan)?|s/d|s\.d\.|-|–)?\W*$", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"][^“”\"]{12,}[”\"]")
# The stop stands before the test of what is to its left, so that the engine looks at stops alone.
_GLUED = re.compile(r"[.!?](?<=[a-z\d)”\"].)[”\"]?(?=[“\"]?[A-Z][a-z]+\s)")
_UNTIL = re.compile(r"\b(?:hingga|sampai(?:\s+dengan)?)\s+(?:pada\s+)?(?:hari\s+)?\Z", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_CAPITALISED = re.compile(r"\b([A-Z][\w.-]*)\s\Z")
_NEAR = 40  # characters
_MOST_DATES = 24  # in one sentence; where there are more, it is a calendar or a table whose lines were run together
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month"}


@cache
def listed(name: str) -> frozenset[str]:
    """A list of ``data/events.yaml``."""
    return frozenset(str(w) for w in load_table("events")[name])


class Dated(Struct, frozen=True, gc=False):
    """One happening's time in one sentence: the expressions it stands on, and the sentence's span."""

    dates: tuple[DateExpression, ...]
    place: Place
    start: int
    end: int
    text: str
    after: str = ""  # the next sentence of the paragraph
    since: int = 0  # where the sentence's date before this one ends, counted from the sentence's start

    @property
    def key(self) -> tuple[str, str]:
        """What is equal for all that is of one time: the first and the last day, or the days it may be."""
        first, last = self.dates[0], self.dates[-1]
        if first.value is None or last.value is None:
            return ("?", "|".join((*first.candidates, *last.candidates)))
        return (_start_of(first.value), _end_of(last.value))


def find_dated(texts: Mapping[Place, str], dates: Iterable[DateExpression]) -> list[Dated]:
    """Expressions of body and captions by sentence, a range as one."""
    rows: dict[Place, list[tuple[int, DateExpression]]] = defaultdict(list)
    for date in dates:
        if date.start is not None and date.paragraph != 0 and (date.value or date.candidates):
            rows[date.paragraph].append((date.start, date))
    found: list[Dated] = []
    for place, text in texts.items():
        mine = deque(sorted(rows[place], key=lambda row: row[0]))
        spans = _split(text) if mine else []
        for n, (start, end) in enumerate(spans):
            after = text[spans[n + 1][0] : spans[n + 1][1]] if n + 1 < len(spans) else ""
            inside = []
            while mine and mine[0][0] < end:
                at, date = mine.popleft()
                inside += [date] if at >= start else []
            groups = _join_ranges(inside, text) if len(inside) <= _MOST_DATES else []
            ends = [0]
            for group in groups:
                ends.append(ends[-1] if _is_in_name(group, text) else _end_in_text(group) - start)
            found += [
                Dated(group, place, start, end, text[start:end], after, own) for group, own in zip(groups, ends, strict=False)
            ]
    return found


def _is_in_name(group: Sequence[DateExpression], text: str) -> bool:
    """ "Piala Dunia 2026": a year behind a capitalised word says which one it is, and dates nothing else of the sentence."""
    at = group[0].start or 0
    before = _CAPITALISED.search(text[max(0, at - _NEAR) : at]) if _YEAR.fullmatch(group[0].text) else None
    return before is not None and not any(fold(before[1]) in listed(cues) for cues in ("date_leads", "period_cues", "spans"))


def _end_in_text(group: Sequence[DateExpression]) -> int:
    return (group[-1].start or 0) + len(group[-1].text)


def _split(text: str) -> list[tuple[int, int]]:
    """Sentences, also where a scraper lost the space between two of them ("tutup.Warga")."""
    spans: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        at = start
        for match in _GLUED.finditer(text, start, end):
            spans.append((at, match.end()))
            at = match.end()
        spans.append((at, end))
    return spans


def continues(first: Dated, second: Dated) -> bool:
    """Whether the second sentence only says until when that of the first one goes on ("... hingga Kamis (19/6)")."""
    lead = second.text[: (second.dates[0].start or 0) - second.start]
    start, end = first.dates[0].value, second.dates[0].value
    days = (start, end) if start and end and len(start) == len(end) == len("2018-10-13") and start < end else None
    return bool(days and len(first.dates) == len(second.dates) == 1 and first.after == second.text and _UNTIL.search(lead))


def _join_ranges(dates: Sequence[DateExpression], text: str) -> list[tuple[DateExpression, ...]]:
    groups: list[tuple[DateExpression, ...]] = []
    for date in dates:
        before = groups[-1][-1] if groups else None
        if before is not None and _restates(before, date, text):
            groups[-1] = (date,)
        elif before is not None and len(groups[-1]) == 1 and _is_range(before, date, text):
            groups[-1] = (before, date)
        else:
            groups.append((date,))
    return groups


def _restates(first: DateExpression, second: DateExpression, text: str) -> bool:
    """ "Rabu hari ini (7 Maret 2021)": words alone and the printed day right behind them are one day, no span."""
    printed = any(sign.isdigit() for sign in second.text) and not any(sign.isdigit() for sign in first.text)
    return printed and text[(first.start or 0) + len(first.text) : second.start].strip() in ("", "(")


def _is_range(first: DateExpression, second: DateExpression, text: str) -> bool:
    between = text[(first.start or 0) + len(first.text) : second.start]
    if first.value is None or second.value is None:
        fits = first.value is second.value and bool(_pair_days(first.candidates, second.candidates))
    else:
        fits = len(first.value) == len(second.value) and first.value < second.value
    return fits and bool(_RANGE.match(between)) and " dan " not in between


def is_inferred(dated: Dated) -> bool:
    """Whether any of its days was worked out rather than printed."""
    return any(d.origin == "inferred" for d in dated.dates)


def span_of(dated: Dated) -> tuple[str | None, str | None, Precision]:
    """Start and end, cut to what is known of both, and how exact they are; (None, None, "day") while the days are open."""
    first, last = dated.dates[0].value, dated.dates[-1].value
    if first is None or last is None:
        return None, None, "day"
    start, end = _start_of(first), _end_of(last)
    known = min(len(start), len(end))
    return start[:known], end[:known], _PRECISIONS.get(known, "day")


def _start_of(value: str) -> str:
    """The first day of a value; an editor may have written a range as one (``2016-11-26/2016-11-27``)."""
    return value.partition("/")[0][:10]


def _end_of(value: str) -> str:
    return value.rpartition("/")[2][:10]


def join_candidates(dated: Dated) -> tuple[str, ...]:
    """The days that it may be while they are open, of a range as ``2016-11-26/2016-11-27``."""
    first, last = dated.dates[0].candidates, dated.dates[-1].candidates
    return first if len(dated.dates) == 1 else _pair_days(first, last)


def _pair_days(first: Iterable[str], last: Iterable[str]) -> tuple[str, ...]:
    """Ranges out of the days that either end may be: within one year, or over new year ("29 Desember hingga 2 Januari")."""
    by_year = {day[:4]: day for day in last}
    found = []
    for day in first:
        end = by_year.get(day[:4], "")
        if end < day:
            end = by_year.get(f"{int(day[:4]) + 1:04d}", "")
            end = end if end[5:7] < day[5:7] else ""
        found += [f"{day}/{end}"] if end else []
    return tuple(found)


class Quoted:
    """What stands in quotation marks in a sentence."""

    def __init__(self, text: str) -> None:
        self._spans = [m.span() for m in _QUOTED.finditer(text)]
        self._starts = [start for start, _ in self._spans]

    def __bool__(self) -> bool:
        """Whether anything is quoted at all."""
        return bool(self._spans)

    def stretches_outside(self, end: int) -> Iterator[tuple[int, int]]:
        """What the quotations leave of a sentence with that many signs."""
        begin = 0
        for left, right in self._spans:
            yield begin, left
            begin = right
        yield begin, end

    def __contains__(self, at: object) -> bool:
        """Whether the sign at that place of the sentence is quoted."""
        if not isinstance(at, int):
            return False
        n = bisect_right(self._starts, at)
        return n > 0 and at < self._spans[n - 1][1]


@lru_cache(maxsize=64)  # the dates of one sentence share it
def read_quoted(text: str) -> Quoted:
    """What stands in quotation marks in a sentence."""
    return Quoted(text)


def overlaps(quote: Quote, dated: Dated) -> bool:
    """Whether words of the quotation stand in the sentence."""
    start = quote.start
    return start is not None and quote.paragraph == dated.place and start < dated.end and dated.start < start + len(quote.text)
