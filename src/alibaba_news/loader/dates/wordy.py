"""Finds dates without a numbered day: ``Oktober 2018``, ``pada 2017``, ``Kamis``, ``pagi tadi``, ``tiga hari lalu``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from alibaba_news.loader.dates.counted import LOOK_BACK, Spot, may_tell_date, read_century, read_number
from alibaba_news.loader.dates.found import Direction, Found
from alibaba_news.loader.dates.printed import end_of_turn, range_pattern, turn_after
from alibaba_news.loader.dates.words import Words, compile_pattern, load_words
from alibaba_news.text import match_either
from alibaba_news.world import load_table

_TOKEN = re.compile(r"[A-Za-z]++(?:['’‘`][A-Za-z]++)?+|\d++")  # possessive: nothing to give back, and faster so
_Y = r"(?:1[5-9]|20)\d\d"
_OLD = 1900  # earlier years look like counts: only a word like "tahun" shows that they are none
_YEAR = re.compile(
    rf"(?P<first>{_Y})(?:(?P<decade>-an\b)|\s?[-–/]\s?(?P<last>{_Y}|\d\d)(?!\d))?(?![\w]|[.,:/]\d|-\w)",
)
_BEHIND = re.compile(rf"(?:\b{_Y},|\))\s\Z")  # "2015, 2016", "survei (BPS) 2011"
_LISTED = re.compile(rf"\b{_Y},\s\Z")  # "2015, 2016, dan 2017"
_LAW = compile_pattern(r"\b(?:nomor|no)\b\.?\s*[\w./-]+\s+tahun\s+\Z")
_SENTENCE_START = re.compile(r"(?:\A|[.!?…:\"“'‘(]|\n)\s*\Z")


def find_wordy(text: str, taken: Sequence[tuple[int, int]]) -> list[Found]:
    """The expressions outside the spans already taken, in order."""
    words, starters = load_words(), _starters()
    names = list(map(str.lower, _TOKEN.findall(text)))
    promising = [n for n, name in enumerate(names) if name in starters or name.isdigit()]
    found: list[Found] = []
    if not promising:
        return found
    tokens = list(islice(_TOKEN.finditer(text), promising[-1] + 2))  # the last one's neighbour with it
    position, spans = 0, iter(sorted(taken))
    span = next(spans, None)
    for n in promising:
        start = tokens[n].start()
        while span and span[1] <= start:
            position, span = max(position, span[1]), next(spans, None)
        if start < position or (span and span[0] <= start):
            continue
        end = tokens[n].end()
        counts = names[n] in words.counts or (names[n].isdigit() and len(names[n]) != len("2018"))
        glued = text[end : end + 1].isalnum() or text[end : end + 1] == "_"  # "5G bulan lalu"
        if counts and not glued and not may_tell_date(names, n, words):
            continue
        spot = Spot(
            text=text,
            word=names[n],
            start=start,
            end=end,
            before=_neighbour(text, tokens, n, -1),
            after=_neighbour(text, tokens, n, 1),
        )
        for row in _read_spot(spot, words):
            if span and span[0] < row.end:
                continue  # "Agustus 2018-11-13": the year belongs to the day
            found.append(row)
            position = max(position, row.end if row.kind == "relative" else end_of_turn(text, row))
    return found


@lru_cache(maxsize=1)
def _starters() -> frozenset[str]:
    """The words an expression may begin with: everything else is passed over at the cost of one look-up."""
    words = load_words()
    first = {phrase.split()[0] for phrase in words.relative}
    return frozenset({*words.sets["weekdays_alone"], *words.months, *words.counts, *first, *words.sets["centuries"]})


def _neighbour(text: str, tokens: list[re.Match[str]], n: int, step: int) -> str:
    if not 0 <= n + step < len(tokens):
        return ""
    first, second = (tokens[n - 1], tokens[n]) if step < 0 else (tokens[n], tokens[n + 1])
    gap = text[first.end() : second.start()]
    return tokens[n + step].group().lower() if not gap.strip(" \u00a0(\"“'‘.") else ""


def _read_spot(spot: Spot, words: Words) -> Iterator[Found]:
    if spot.word.isdigit() and len(spot.word) == 4:
        yield from _read_year(spot, words)
    elif spot.word.isdigit() or spot.word in words.counts:
        yield from read_number(spot, words)
    elif spot.word in words.sets["centuries"]:
        yield from read_century(spot)
    else:
        found = _read_weekday(spot, words) or _read_month(spot, words) or _read_relative(spot, words)
        if found:
            yield found


@lru_cache(maxsize=1)
def _habit() -> re.Pattern[str]:
    return compile_pattern(r"\b(?:setiap|tiap|saban)\s+hari\s*\Z")


@lru_cache(maxsize=1)
def _week_after() -> re.Pattern[str]:
    weeks = match_either(phrase for phrase, (unit, _) in load_words().relative.items() if unit == "week")
    return compile_pattern(rf"\s*,?\s+(?P<week>{weeks})\b")


def _read_weekday(spot: Spot, words: Words) -> Found | None:
    """A weekday alone, "Minggu" only where it is not the word for a week."""
    if spot.word not in words.sets["weekdays_alone"]:
        return None
    hari = spot.before == "hari"
    capital = spot.text[spot.start].isupper()
    if spot.before in words.sets["not_a_day_after"] or spot.after in words.sets["not_a_day_before"] or not (capital or hari):
        return None
    if spot.word == "minggu" and not hari and _SENTENCE_START.search(spot.text, max(0, spot.start - 3), spot.start):
        return None
    if spot.text[spot.end : spot.end + 1] in tuple("-–/") or spot.text[max(0, spot.start - 1) : spot.start] in tuple("-–/"):
        return None  # "Senin-Jumat" are opening hours
    if hari and _habit().search(spot.text, max(0, spot.start - LOOK_BACK), spot.start):
        return None
    week = _week_after().match(spot.text, spot.end)  # "Senin pekan lalu"
    end = week.end() if week else spot.end
    unit, distance = words.relative[" ".join(week["week"].lower().split())] if week else (None, None)
    return Found(
        start=spot.start,
        end=end,
        text=spot.text[spot.start : end],
        kind="weekday",
        weekday=words.weekdays[spot.word],
        unit=unit,
        distance=distance,
        direction=None if week else turn_after(spot.text, end, words),
    )


@lru_cache(maxsize=1)
def _month_year() -> re.Pattern[str]:
    years = match_either(phrase for phrase, (unit, _) in load_words().relative.items() if unit == "year")
    return compile_pattern(rf"\.?,?\s+(?:(?:tahun\s+)?(?P<year>{_Y})(?!\w|[.,:/]\d)|(?P<relative>{years})\b)")


@lru_cache(maxsize=1)
def _month_names() -> frozenset[str]:
    return frozenset(row[0] for row in load_table("dates")["months"])


@lru_cache(maxsize=1)
def _other_month() -> tuple[re.Pattern[str], re.Pattern[str]]:
    months = match_either(_month_names())
    joint = rf"(?:{range_pattern()}|\s*,?\s*(?:dan|atau)\s+|,\s*)"
    return compile_pattern(rf"\b{months}{joint}\Z"), compile_pattern(rf"{joint}{months}\b")


def _read_month(spot: Spot, words: Words) -> Found | None:
    """A month with its year; alone only beside a word that shows it is one, since April and Juli are people too."""
    if spot.word not in words.months:
        return None
    printed_year = _month_year().match(spot.text, spot.end)
    if not spot.text[spot.start].isupper() and not (printed_year and spot.word in _month_names()):
        return None
    end = printed_year.end() if printed_year else spot.end
    turn = turn_after(spot.text, end, words)
    if printed_year is None and not _is_month_alone(spot, words, turn):
        return None
    start = _widen(spot.text, spot.start)
    relative = printed_year["relative"] if printed_year else None
    unit, distance = words.relative[" ".join(relative.lower().split())] if relative else (None, None)
    return Found(
        start=start,
        end=end,
        text=spot.text[start:end],
        kind="month",
        year=int(printed_year["year"]) if printed_year and not relative else None,
        month=words.months[spot.word],
        unit=unit,
        distance=distance,
        direction=turn,
    )


def _is_month_alone(spot: Spot, words: Words, turn: Direction | None) -> bool:
    if spot.word not in _month_names():
        return False
    if turn or spot.before in words.sets["month_cues"]:
        return True
    left, right = _other_month()
    window = spot.text[max(0, spot.start - LOOK_BACK) : spot.start]
    return bool(left.search(window) or right.match(spot.text, spot.end))


def _read_year(spot: Spot, words: Words) -> Iterator[Found]:
    """A year, two where they are a range, or a decade; not the number of a law, a count, an address or a code."""
    match = _YEAR.match(spot.text, spot.start)
    if match is None or not _may_be_year(spot, match, words):
        return
    start = _widen(spot.text, spot.start)
    listed = start < spot.start or bool(_LISTED.search(spot.text, max(0, spot.start - 7), spot.start))
    if _LAW.search(spot.text[max(0, spot.start - LOOK_BACK) : spot.start]):
        return
    years = [int(match["first"])]
    if match["last"]:
        years.append(int(match["first"][: 4 - len(match["last"])] + match["last"]))
        if not years[0] < years[1] <= years[0] + 100:
            return
    for year in years:
        yield Found(
            start=start,
            end=match.end(),
            text=spot.text[start : match.end()],
            kind="decade" if match["decade"] else "year",
            year=year,
            direction=turn_after(spot.text, match.end(), words),
            label=not listed and spot.before not in words.sets["year_cues"],
        )


def _may_be_year(spot: Spot, match: re.Match[str], words: Words) -> bool:
    """Whether the words around a number of four digits let it be a year."""
    touching = spot.text[spot.start - 1 : spot.start]
    after = spot.after if match.end() == spot.end else ""
    if after.isdigit() or after in words.sets["not_a_year_before"]:
        return False
    if touching in tuple("/ -–") and _widen(spot.text, spot.start) < spot.start:
        return True  # "kuartal III/2018"
    known = spot.before or _BEHIND.search(spot.text, max(0, spot.start - 8), spot.start)
    if not known or touching in tuple("/.,:-–") or touching.isalnum():
        return False
    if int(match["first"]) < _OLD and spot.before not in words.sets["old_year_cues"]:
        return False
    return spot.before not in words.sets["not_a_year_after"] and not spot.before.isdigit()


@lru_cache(maxsize=1)
def _parts() -> re.Pattern[str]:
    table = load_table("dates")
    parts = match_either(table["parts_of"])
    quarter = rf"{match_either(table['parts_of_year'])}\s+{match_either(table['numerals'])}"
    return compile_pattern(rf"\b(?:(?:{parts}\s+)?{quarter}(?:\s?[/,–-]\s?|\s+)|{parts}\s+)(?:bulan\s+|tahun\s+)?\Z")


def _widen(text: str, start: int) -> int:
    """The start of the expression with its "awal", "akhir" and the like."""
    left = max(0, start - LOOK_BACK)
    match = _parts().search(text[left:start])
    return left + match.start() if match else start


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    return compile_pattern(rf"{match_either(load_words().relative)}\b")


def _is_name(spot: Spot, end: int) -> bool:
    """One word with a capital within a sentence is a name ("kantor berita Lusa"); a headline has capitals everywhere."""
    word = spot.text[spot.start : end]
    if not word.istitle() or not word.isalpha() or _SENTENCE_START.search(spot.text, max(0, spot.start - 3), spot.start):
        return False
    return spot.before.islower() and spot.text[max(0, spot.start - len(spot.before) - 1)].islower()


def _read_relative(spot: Spot, words: Words) -> Found | None:
    match = _phrases().match(spot.text, spot.start)
    if match is None:
        return None
    start = _widen(spot.text, spot.start)
    unit, distance = words.relative[" ".join(match.group().lower().split())]
    if _is_name(spot, match.end()):
        return None
    if (
        spot.before.isdigit()
        or spot.before in words.sets["not_relative_after"]
        or (unit == "night" and spot.before in words.sets["nights_spent"])
        or spot.text[max(0, spot.start - 1) : spot.start] == "-"
    ):
        return None  # "dua pekan lalu" is read as a count, "tahun-tahun mendatang" is no date
    return Found(
        start=start, end=match.end(), text=spot.text[start : match.end()], kind="relative", unit=unit, distance=distance
    )
