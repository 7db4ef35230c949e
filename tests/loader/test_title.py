"""Headlines and descriptions cut out of the lead."""

from __future__ import annotations

from typing import Any

import pytest
from caselib import load_cases
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alibaba_news.loader.title import derive_title, describe

CASES = [case for case in load_cases("layout") if str(case.id).startswith("titles-")]


@pytest.mark.parametrize("case", CASES)
def test_a_headline_is_the_beginning_of_the_lead(case: dict[str, Any]) -> None:
    assert derive_title([case["lead"]]) == case["title"]


def test_a_story_without_text_has_neither() -> None:
    assert (derive_title([]), describe([" "])) == ("", "")


def test_a_short_lead_is_its_own_description() -> None:
    assert describe(["Hujan turun.", "Angin bertiup."]) == "Hujan turun."


def test_a_long_lead_is_cut_at_a_word() -> None:
    lead = "Petugas memeriksa tanggul sungai " * 10
    found = describe([lead])
    assert 150 < len(found) <= 200
    assert found.endswith("…")
    assert lead.startswith(found[:-1])
    assert lead[len(found) - 1] == " "


@settings(deadline=None)
@given(st.lists(st.text(max_size=300), max_size=2))
@example(['"'])
def test_any_lead_gives_a_title_out_of_its_own_words(paragraphs: list[str]) -> None:
    title = derive_title(paragraphs)
    lead = next((" ".join(p.split()) for p in paragraphs if p.strip()), "")
    assert title in lead
    assert len(title) <= 110
    assert bool(title) == bool(lead)
    assert len(describe(paragraphs)) <= 200
