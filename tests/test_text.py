"""The sentences of a paragraph, by case files."""

from __future__ import annotations

from typing import Any

import pytest
from caselib import load_cases

from alibaba_news.text import split_sentences


@pytest.mark.parametrize("case", load_cases("sentences"))
def test_sentences(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [text[start:end] for start, end in split_sentences(text)] == case["sentences"]
