"""Goods sold under a name and the forms they are called by, by case files."""

from __future__ import annotations

import pytest
from caselib import load_cases

from alibaba_news.loader.names import read_names
from alibaba_news.world import World

WORLD = World()


@pytest.mark.parametrize("case", load_cases("products"))
def test_case(case: dict) -> None:
    texts = {0: case.get("title", ""), **dict(enumerate(case.get("texts") or [case["text"]], start=1))}
    assert {p.name: list(p.aliases) for p in read_names(texts, None, WORLD).products} == case["products"]
