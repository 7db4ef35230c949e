"""Roles beside names that are known beforehand, by case files; what they say is printed in the text."""

from __future__ import annotations

from functools import cache

import pytest
from caselib import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from alibaba_news.loader.names import read_names
from alibaba_news.world import Authority, World


@cache
def _make_world(people: tuple[str, ...]) -> World:
    """Made once for the same people: it takes as long as a hundred cases."""
    given_people = tuple(Authority(kind="people", name=name, editors=True) for name in people)
    return World(editors=given_people)


@pytest.mark.parametrize("case", load_cases("roles"))
def test_case(case: dict) -> None:
    texts = {0: case.get("title", ""), **dict(enumerate(case.get("texts") or [case["text"]], start=1))}
    names = read_names(texts, None, _make_world(tuple(sorted(case["roles"]))))
    got = {p.name: [r.text for r in p.roles] for p in names.people}
    for name, wanted in case["roles"].items():
        assert got[name] == wanted, name


NAMES = ["Ratna Wulandari", "Bayu Samudra"]
WORLD = _make_world(tuple(sorted(NAMES)))
WORDS = """Ketua istri pengacara Plt . , ( ) Komisi III DPR dan yang juga adalah sebagai selaku salah seorang dari di Melati 45
menjabat ini"""
PIECES = st.sampled_from(WORDS.split() + NAMES)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_a_role_is_printed_and_never_its_owners_name(text: str) -> None:
    for person in read_names({0: text, 1: text}, None, WORLD).people:
        for role in person.roles:
            assert role.start is not None
            assert text[role.start : role.start + len(role.text)] == role.text
            assert person.name not in role.text
