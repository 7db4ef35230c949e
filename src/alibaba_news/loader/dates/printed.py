"""Finds days printed with numbers: ``Sabtu (13/10)``, ``12-14 Oktober 2018``, ``2018-10-13``. Text in, Found values out."""

from __future__ import annotations

import re
from functools import lru_cache

from alibaba_news.loader.dates.calendar import exists_in_some_year, make_day
from alibaba_news.loader.dates.found import Direction, Found
from alibaba_news.loader.dates.words import Words, compile_pattern, load_words
from alibaba_news.text import match_either
from alibaba_news.world import load_table

_D = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_Y = r"(?:1[5-9]|20)\d\d(?!\d)"
_DIGIT = re.compile(r"\d")
_CLOSING = re.compile(r"\s{0,4}\)")
_VERSION = re.compile(r"\b(?:versi|version|ver|v)\.?\s?\Z", re.IGNORECASE)
_VERSION_REACH = 10
_REACH = 40  # characters before the first digit in which a month's name may stand
LOOK_BACK = 80  # characters before the number in which its weekday may stand


@lru_cache(maxsize=1)
def range_pattern() -> str:
    """Words and dashes between the two ends of a range."""
    return rf"\s*(?:[-–—]|{match_either(load_table('dates')['range_words'])})\s*"


@lru_cache(maxsize=1)
def _core() -> re.Pattern[str]:
    """The numbers of a date. A letter may touch them from the left, since scrapers lose spaces around links."""
    months = match_either(load_words().months)
    days = rf"{_D}(?:(?:\s*,\s*{_D}){{0,8}}\s*,?\s*(?:dan|&)\s*{_D}|{range_pattern()}{_D})?"
    # The first test passes over nearly every sign: a date begins with a digit, a month's capital or a smudged "l".
    slashed = r"(?<=/\d-)|(?<=/\d\d-)|(?<=/\d\d\d\d-)"  # the second end of "28/12/2018-3/1/2019"
    return compile_pattern(
        rf"""(?-i:(?=[\dlADFJMNOPS]))(?<![\d/:])(?-i:(?<![A-Z]))(?:(?<!\d[.,-])|{slashed})(?:
        (?P<iso_year>{_Y})(?P<iso_sep>[-/])(?P<iso_month>\d\d)(?P=iso_sep)(?P<iso_day>\d\d)(?!\d|[-/]\d)
        |(?P<days>{days})(?:(?:st|nd|rd|th)\b)?(?:\s*|-)(?P<name>{months})(?:\b|(?=\d))(?:(?:\.?,?\s*|-)(?P<year>{_Y}))?
        |(?<![a-z])(?P<first_name>{months})\.?\s+(?P<second_day>{_D})(?:st|nd|rd|th)?,?\s+(?P<last_year>{_Y})
        |(?<![a-z])l\s+(?P<smudged_name>{months})\s+(?P<smudged_year>{_Y})
        |(?P<numbers>{_D}(?:\s*[-–]\s*{_D}(?=/))?)(?P<sep>[/.-])(?P<month>0?[1-9]|1[0-2])(?:(?P=sep)(?P<number_year>{_Y}|\d\d(?!\d)))?
         (?:(?=[-–]{_D}/)|(?![/.:,-]?\d))
        )""",
        re.IGNORECASE | re.VERBOSE,
    )


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    """What may stand before the numbers: a word like "kemarin", the weekday or two, "tanggal", an opening bracket."""
    words, table = load_words(), load_table("dates")
    days, part = match_either(words.weekdays), rf"(?:\s+{match_either(table['parts_of_day'])})?"
    turn = match_either([*table["past"], *table["future"], "ini"])
    joint = rf"(?:{range_pattern()}|\s*,?\s*(?:dan|&)\s+|\s*,\s*)"
    heads = "".join(sorted({word[0] for word in (*words.beside, *words.weekdays, "hari", "tanggal")}))
    return compile_pattern(
        rf"""(?:\b(?=[{heads}])|(?=\()|\Z)  # where the first word stands, or nothing does
        (?:\b(?P<beside>{match_either(words.beside)})\s*,?\s*(?:pada\s+|yakni\s+|yaitu\s+)?)?
        (?:(?P<named>\b(?:hari\s+)?(?P<weekday>{days}))\b\.?{part}
           (?:{joint}(?:hari\s+)?(?P<last_weekday>{days})\b{part})?
           (?:\s+(?P<turn>{turn})\b)?\s*[,/]?\s*)?
        (?P<dated>\b(?:tanggal|tgl\.?)\s+)?(?P<bracket>\(\s*)?\Z""",
        re.IGNORECASE | re.VERBOSE,
    )


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    table = load_table("dates")
    part = match_either(table["parts_of_day"])
    turn = match_either([*table["past"], *table["future"], "ini"])
    return compile_pattern(rf"\s+(?:yang\s+)?(?:{part}\s+)?(?P<turn>{turn})\b")


def read_turn(word: str | None, words: Words) -> Direction | None:
    """Where a word beside a date points: "lalu" back, "mendatang" ahead, "ini" at the text's own time."""
    if not word:
        return None
    word = word.lower()
    if word == "ini":
        return "now"
    return "past" if word in words.sets["past"] else "future"


def turn_after(text: str, end: int, words: Words) -> Direction | None:
    """The direction given by the word right after an expression."""
    match = _after().match(text, end)
    return read_turn(match["turn"], words) if match else None


def find_printed(text: str) -> tuple[list[Found], list[tuple[int, int]]]:
    """Every day printed with numbers, in order, and the spans no other date may be read from.

    A day no calendar has (31/2) and a fraction are not dates; the number of "Covid-19 Maret" belongs to the word.
    """
    found: list[Found] = []
    spans: list[tuple[int, int]] = []
    digit = _DIGIT.search(text)
    if digit is None:
        return found, spans
    for match in _core().finditer(text, max(0, digit.start() - _REACH)):
        start = match.start()
        if text[start - 1 : start] == "-" and not (found and found[-1].end == start - 1):
            continue
        rows = _read_day(text, match, joined=bool(found) and found[-1].end == start - 1)
        found.extend(rows)
        if rows:
            spans.append((rows[0].start, end_of_turn(text, rows[0])))
        elif match["days"]:
            spans.append(match.span())
    return found, spans


def end_of_turn(text: str, found: Found) -> int:
    """Where the word that gives the expression its direction ends, else where the expression does."""
    match = _after().match(text, found.end) if found.direction else None
    return match.end() if match else found.end


def _read_day(text: str, match: re.Match[str], *, joined: bool) -> list[Found]:
    words = load_words()
    numbers = _read_numbers(match, words)
    left = max(0, match.start() - LOOK_BACK, text.rfind("\n", max(0, match.start() - LOOK_BACK), match.start()) + 1)
    before = _before().search(text[left : match.start()])
    if before is None:  # the pattern may match nothing at all, but it always matches
        return []
    framed = bool(joined or before["bracket"] or before["named"] or before["dated"])
    if not numbers or (match["numbers"] and not match["number_year"] and not (framed and match["sep"] == "/")):
        return []
    version = bool(_VERSION.search(text, max(0, match.start() - _VERSION_REACH), match.start()))
    if match["numbers"] and match["number_year"] and not framed and (len(match["number_year"]) == 2 or version):
        return []
    opening = next((before.start(g) for g in ("beside", "named") if before[g]), None)
    start = match.start() if opening is None else left + opening
    end = match.end()
    if opening is not None and before["bracket"]:
        closing = _CLOSING.match(text, end)
        end = closing.end() if closing else end
    turn = read_turn(before["turn"], words) or turn_after(text, end, words)
    if turn is None and before["bracket"] and opening is None:
        turn = turn_after(text, end + 1, words)
    beside = words.beside[" ".join(before["beside"].lower().split())] if before["beside"] else None
    names = [before["weekday"], before["last_weekday"]]
    weekdays = [words.weekdays[name.lower()] if name else None for name in names]
    return [
        Found(
            start=start,
            end=end,
            text=text[start:end],
            kind="day",
            year=year,
            month=month,
            day=day,
            weekday=weekdays[0] if n == 0 else weekdays[1] if n == len(numbers) - 1 else None,
            direction=turn,
            beside=beside,
            bracket=bool(before["bracket"]),
        )
        for n, (year, month, day) in enumerate(numbers)
    ]


def _read_numbers(match: re.Match[str], words: Words) -> list[tuple[int | None, int, int]]:
    if match["first_name"] or match["smudged_name"]:
        name, year_text = match["first_name"] or match["smudged_name"], match["last_year"] or match["smudged_year"]
        spelt = (int(year_text), words.months[name.lower()], int(match["second_day"] or 1))
        return [spelt] if make_day(*spelt) else []
    if match["iso_year"]:
        rows = [(int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"]))]
        return [row for row in rows if make_day(*row)]
    if match["days"]:
        year = int(match["year"]) if match["year"] else None
        month, days = words.months[match["name"].lower()], match["days"]
    else:
        year = _read_year(match["number_year"])
        month, days = int(match["month"]), match["numbers"]
    numbers = [int(n) for n in re.findall(r"\d+", days)]
    exists = [exists_in_some_year(month, day) if year is None else make_day(year, month, day) is not None for day in numbers]
    return [(year, month, day) for day in numbers] if all(exists) else []


def _read_year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)
