"""Figures through the public door."""

from __future__ import annotations

from typing import Any

import pytest
from caselib import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from alibaba_news.loader.dates import read_dates
from alibaba_news.loader.figures import read_figures
from alibaba_news.model import Place
from alibaba_news.world import World, load_table

WORLD = World()


@pytest.mark.parametrize("case", load_cases("figures"))
def test_figures(case: dict[str, Any]) -> None:
    texts: dict[Place, str] = {0 if case.get("title") else 1: case["text"]}
    figures = read_figures(texts, read_dates(texts, (), WORLD).dates)
    assert [[f.text, f.value, f.unit] for f in figures] == case["figures"]
    assert all(case["text"].startswith(f.text, f.start) for f in figures)


def test_whole_numbers_are_whole() -> None:
    figures = read_figures({1: "Dari 2,5 juta bibit dan 0,5 persen."}, ())
    assert [(f.value, type(f.value)) for f in figures] == [(2500000, int), (0.5, float)]


def test_captions_and_headlines_are_read() -> None:
    texts: dict[Place, str] = {0: "3 Desa Terisolasi", 1: "Sepi.", "caption-1": "Sebanyak 40 petugas bersiaga."}
    assert [(f.paragraph, f.value) for f in read_figures(texts, ())] == [(0, 3), ("caption-1", 40)]


def test_no_word_of_a_table_is_read_as_a_truth_value() -> None:
    table = load_table("figures")
    words = [word for key in ("not_after", "not_counted", "stops", "nouns", "whole", "headline") for word in table[key]]
    assert all(isinstance(word, str) for word in words)


@settings(deadline=None)
@given(st.text(alphabet="0123456789.,-%RpUS$ aiunjtMTdmelkrbo()\n٣ſ", max_size=60))
def test_any_text_gives_figures_that_stand_in_it(text: str) -> None:
    for figure in read_figures({1: text}, ()):
        assert text.startswith(figure.text, figure.start)
        assert figure.value >= 0
        assert figure.unit
