"""Dates through the public door: what each expression means, when a story was published, and how that is known."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from caselib import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from alibaba_news.loader.dates import Dating, read_dates
from alibaba_news.loader.layout import PageDate
from alibaba_news.model import Place
from alibaba_news.world import World, load_table

WORLDS = {language: World(language=language) for language in ("id", "en")}  # made once: its tables are large


def read_page_dates(rows: list[list[str]]) -> tuple[PageDate, ...]:
    return tuple(PageDate(text=text, line=n, place=place) for n, (place, text) in enumerate(rows, start=1))


def read_case(case: dict[str, Any], language: str = "id") -> Dating:
    texts: dict[Place, str] = {0: case.get("title", "Judul"), **dict(enumerate(case["body"], start=1))}
    texts |= {f"caption-{n}": text for n, text in enumerate(case.get("captions", ()), start=1)}
    return read_dates(texts, read_page_dates(case.get("page", [])), WORLDS[language])


@pytest.mark.parametrize("case", [c for c in load_cases("dates") if "text" in c.values[0]])
def test_expressions(case: dict[str, Any]) -> None:
    page = [["byline", case["published"]]] if case["published"] else []
    dating = read_case({"body": [case["text"]], "page": page})
    assert [[d.text, d.value] for d in dating.dates] == case["dates"]
    assert all(case["text"].startswith(d.text, d.start) for d in dating.dates)


MARKED = re.compile(r"\{([^{}=]*)=([^{}|]*)(?:\|([^{}]*))?\}")


def read_marked(sentence: str) -> tuple[str, list[tuple[str, int, str | None, tuple[str, ...]]]]:
    """The plain sentence and its dates out of ``{words=value|candidates}``."""
    plain, position, wanted = "", 0, []
    for match in MARKED.finditer(sentence):
        plain += sentence[position : match.start()]
        candidates = tuple(match[3].split(",")) if match[3] else ()
        wanted += [(match[1], len(plain), value or None, candidates) for value in match[2].split(",")]
        plain, position = plain + match[1], match.end()
    return plain + sentence[position:], wanted


FORMS = [
    pytest.param(case["published"], row, id=f"{case['name']}-{row}")
    for param in load_cases("dates")
    for case in param.values
    if "rows" in case
    for row in case["rows"]
]


@pytest.mark.parametrize(("published", "sentence"), FORMS)
def test_forms(published: str, sentence: str) -> None:
    text, wanted = read_marked(sentence)
    dating = read_case({"body": [text], "page": [["byline", published]]})
    assert [(d.text, d.start, d.value, d.candidates) for d in dating.dates] == wanted


@pytest.mark.parametrize("case", [c for c in load_cases("dates") if "body" in c.values[0]])
def test_publication(case: dict[str, Any]) -> None:
    dating = read_case(case)
    assert (dating.date, dating.date_origin, dating.date_latest, dating.retrieved) == (
        case.get("date"),
        case.get("origin", "unknown"),
        case.get("latest"),
        case.get("retrieved"),
    )
    assert list(dating.date_candidates) == case.get("candidates", [])
    assert (dating.settled, dating.open_days) == (case.get("settled", True), case.get("open_days"))
    assert case.get("says", "") in dating.date_evidence


def test_open_expressions_keep_their_candidates() -> None:
    dating = read_case({"body": ["Mereka berangkat Senin (8/5) dan tiba Selasa (9/5)."]})
    years = ["2000", "2006", "2017", "2023", "2028"]
    assert [d.candidates for d in dating.dates] == [tuple(f"{y}-05-0{day}" for y in years) for day in (8, 9)]
    assert {(d.value, d.origin) for d in dating.dates} == {(None, "unknown")}


def test_origin_says_whether_the_text_prints_it() -> None:
    dating = read_case({"page": [["byline", "3 Mei 2017"]], "body": ["Pada 2 Mei 2017, April 2016, 2015, (1/5) dan kemarin."]})
    assert [d.origin for d in dating.dates] == ["stated", "stated", "stated", "inferred", "inferred"]


def test_every_place_is_read() -> None:
    case = {"title": "Catatan Akhir 2016", "body": ["Sepi.", "Ramai pada 2015."], "captions": ["Foto: 4 Mei 2014."]}
    assert [(d.paragraph, d.text) for d in read_case(case).dates] == [
        (0, "Akhir 2016"),
        (2, "2015"),
        ("caption-1", "4 Mei 2014"),
    ]


def test_evidence_in_english() -> None:
    dating = read_case({"body": ['"Selesai," kata Wira di Ende, Selasa (9/5).']}, "en")
    assert dating.date_evidence.startswith("“Selasa (9/5)”: 9 May falls on a Tuesday in 2000, 2006, 2017, 2023, 2028; ")


def test_every_phrase_is_in_both_languages() -> None:
    assert all(set(phrases) == {"id", "en"} and all(phrases.values()) for phrases in load_table("evidence/dates").values())


NEWS_DAYS = st.dates(date(2001, 1, 1), date(2029, 12, 31))
TABLE = load_table("dates")
WEEKDAYS = [[w for w in TABLE["weekdays_alone"] if w in row] for row in TABLE["weekdays"]]


def value_of(text: str, published: date) -> list[tuple[str | None, tuple[str, ...]]]:
    dating = read_case({"body": [text], "page": [["meta", published.isoformat()]]})
    return [(d.value, d.candidates) for d in dating.dates]


@settings(deadline=None, max_examples=25)
@given(published=NEWS_DAYS, days=st.integers(0, 180), draw=st.data())
def test_a_day_gone_by_is_found_in_the_calendar(published: date, days: int, draw: st.DataObject) -> None:
    day = published - timedelta(days=days)
    weekday = draw.draw(st.sampled_from(WEEKDAYS[day.weekday()])).capitalize()
    month = draw.draw(st.sampled_from(TABLE["months"][day.month - 1])).capitalize()
    short, spelt = f"({day.day}/{day.month})", f"{day.day} {month}"
    for text in (f"{weekday} {short}", f"{weekday}, {spelt}", f"{weekday} {spelt} {day.year}", f"{spelt} {day.year}"):
        assert value_of(f"Kapal itu karam {text} di Ende.", published) == [(day.isoformat(), ())], text


@settings(deadline=None, max_examples=25)
@given(published=NEWS_DAYS, day=NEWS_DAYS, shift=st.integers(1, 6))
def test_a_weekday_that_is_not_the_days_own_keeps_both(published: date, day: date, shift: int) -> None:
    weekday = TABLE["weekday_names"]["id"][(day.weekday() + shift) % 7]
    ((value, candidates),) = value_of(f"Kapal itu karam {weekday} ({day:%d/%m/%Y}) di Ende.", published)
    assert value == day.isoformat()
    assert len(candidates) == 2 and value in candidates
    assert {date.fromisoformat(c).weekday() for c in candidates} == {day.weekday(), (day.weekday() + shift) % 7}


@settings(deadline=None, max_examples=25)
@given(published=NEWS_DAYS, weekday=st.integers(0, 6))
def test_bare_weekdays_lie_within_a_week(published: date, weekday: int) -> None:
    name = TABLE["weekday_names"]["id"][weekday]
    past, coming, last_week = (
        value_of(f"Kapal {text} di Ende.", published)[0][0]
        for text in (f"karam {name} malam", f"akan tiba {name} depan", f"karam {name} pekan lalu")
    )
    days = [(date.fromisoformat(str(v)), date.fromisoformat(str(v)).weekday()) for v in (past, coming, last_week)]
    assert [w for _, w in days] == [weekday] * 3
    assert 0 <= (published - days[0][0]).days < 7
    assert 0 < (days[1][0] - published).days <= 7
    assert days[2][0].isocalendar()[:2] == (published - timedelta(days=7)).isocalendar()[:2]


DAYS = ["Sabtu", "Minggu lalu", "(13/10)", "31/2", "13 Oktober 2018", "12-14 Mei", "Februari", "2018", "1990-an", "Kamis."]
WORDS = [
    "kemarin",
    "akan",
    "pagi tadi",
    "tiga hari lalu",
    "besok (22/1)",
    "mendatang",
    "hingga",
    "dan",
    "kata dia",
    "Rp 5 juta",
]
MARKS = ["“", "”", '"', "ſ", "٣", "\n", "-", "(", ")", ",", "1.1"]
PIECES = st.sampled_from([*DAYS, *WORDS, *MARKS])
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=14).map("".join))


@settings(deadline=None)
@given(
    title=TEXTS,
    body=st.lists(TEXTS, max_size=4),
    page=st.lists(st.tuples(st.sampled_from(["head", "byline", "meta"]), TEXTS), max_size=2),
)
def test_any_text_gives_dates_that_exist(title: str, body: list[str], page: list[tuple[str, str]]) -> None:
    texts: dict[Place, str] = {0: title, **dict(enumerate(body, start=1))}
    dating = read_dates(texts, read_page_dates([list(row) for row in page]), WORLDS["id"])
    for expression in dating.dates:
        assert texts[expression.paragraph].startswith(expression.text, expression.start)
        for value in (expression.value, *expression.candidates):
            if value is not None:
                date.fromisoformat(value + "2000-01-01"[len(value) :])
    assert (dating.date is None) == (dating.date_origin == "unknown")
    assert dating.settled or (dating.date is None and len(dating.date_candidates) > 1)
    assert dating.date_latest is None or (dating.date or "") < dating.date_latest
