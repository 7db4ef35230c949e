"""Dates through the public door: what each expression means, when a story was published, and how that is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from caselib import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from alibaba_news.loader.dates import Dating, read_dates
from alibaba_news.loader.layout import PageDate
from alibaba_news.model import Place
from alibaba_news.world import World, load_table


def read_page_dates(rows: list[list[str]]) -> tuple[PageDate, ...]:
    return tuple(PageDate(text=text, line=n, place=place) for n, (place, text) in enumerate(rows, start=1))


def read_case(case: dict[str, Any], language: str = "id") -> Dating:
    texts: dict[Place, str] = {0: case.get("title", "Judul"), **dict(enumerate(case["body"], start=1))}
    texts |= {f"caption-{n}": text for n, text in enumerate(case.get("captions", ()), start=1)}
    return read_dates(texts, read_page_dates(case.get("page", [])), World(language=language))


@pytest.mark.parametrize("case", [c for c in load_cases("dates") if "text" in c.values[0]])
def test_expressions(case: dict[str, Any]) -> None:
    page = [["byline", case["published"]]] if case["published"] else []
    dating = read_case({"body": [case["text"]], "page": page})
    assert [[d.text, d.value] for d in dating.dates] == case["dates"]
    assert all(case["text"].startswith(d.text, d.start) for d in dating.dates)


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
    assert dating.date_evidence.startswith("“Selasa (9/5)”: 9 May is a Tuesday in 2000, 2006, 2017, 2023, 2028; ")


def test_every_phrase_is_in_both_languages() -> None:
    assert all(set(phrases) == {"id", "en"} and all(phrases.values()) for phrases in load_table("evidence/dates").values())


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
    dating = read_dates(texts, read_page_dates([list(row) for row in page]), World())
    for expression in dating.dates:
        assert texts[expression.paragraph].startswith(expression.text, expression.start)
        for value in (expression.value, *expression.candidates):
            if value is not None:
                date.fromisoformat(value + "2000-01-01"[len(value) :])
    assert (dating.date is None) == (dating.date_origin == "unknown")
    assert dating.settled or (dating.date is None and len(dating.date_candidates) > 1)
    assert dating.date_latest is None or (dating.date or "") < dating.date_latest
