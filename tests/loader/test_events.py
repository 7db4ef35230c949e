"""Happenings read from dated sentences, by case files."""

from __future__ import annotations

import pytest
from caselib import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from alibaba_news.loader.dates import read_dates
from alibaba_news.loader.events import read_events
from alibaba_news.loader.names import read_names
from alibaba_news.model import ENTITY_KINDS, DateExpression
from alibaba_news.world import World

WORLD = World()


def _dates(case: dict) -> list[DateExpression]:
    found, place, at = [], 1, 0
    for text, value, *rest in case["dates"]:
        while (start := case["texts"][place - 1].find(text, at)) < 0:
            place, at = place + 1, 0
        at = start + len(text)
        found.append(
            DateExpression(
                text=text, value=value, origin="stated", paragraph=place, start=start, candidates=tuple(rest[0] if rest else ())
            )
        )
    return found


@pytest.mark.parametrize("case", load_cases("events"))
def test_case(case: dict) -> None:
    texts = {0: "", **dict(enumerate(case["texts"], start=1))}
    names = read_names(texts, None, WORLD)
    got = read_events(texts, _dates(case), {k: getattr(names, k) for k in ENTITY_KINDS}, (), WORLD)
    assert len(got) == len(case["events"]), [e.name for e in got]
    for event, wanted in zip(got, case["events"], strict=True):
        for key, value in wanted.items():
            assert getattr(event, key) == (tuple(value) if isinstance(value, list) else value), (event.name, key)
        assert event.evidence
        assert texts[event.paragraph][event.offset :]
        assert event.name.split()[0].casefold() in " ".join(texts.values()).casefold()


PIECES = [
    "Senin (6/5/2019)",
    "12-14 Mei 2019",
    "2017",
    "hingga",
    "pada",
    "Wira Abadi",
    "rapat",
    "digelar",
    "menjadi juara",
    "dan",
    "di Ende",
]
PIECES += [
    "kata",
    "ujarnya,",
    '"',
    "“",
    "”",
    "(",
    ")",
    ",",
    ".",
    "bertajuk 'Uji",
    "melaporkan ke",
    "yang",
    "usai",
    "Jika",
    "tersebut",
    "Abadidiperiksa",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map(" ".join))
def test_any_words_give_named_events_that_stand_in_their_text(text: str) -> None:
    texts = {0: "", 1: text}
    for event in read_events(texts, read_dates(texts, (), WORLD).dates, {}, (), WORLD):
        assert event.name == " ".join(event.name.split())
        assert event.name
        assert event.start is None or event.end is None or event.start <= event.end
        assert event.paragraph == 1
