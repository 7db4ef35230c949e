"""Catalogues, dates and numbers in both languages."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from caselib import load_cases
from renderlib import SETTINGS

from alibaba_news.model import LINE_ROLES
from alibaba_news.packaged import find_packaged
from alibaba_news.renderer.dates import word_date, word_interval
from alibaba_news.renderer.gaps import SECTIONS
from alibaba_news.renderer.words import Words, load_catalogue, make_sentence


def read_fields(value: object) -> set[str | None]:
    forms = value.values() if isinstance(value, dict) else [value]
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name is not None}


def test_both_catalogues_have_the_same_keys_and_fields() -> None:
    indonesian, english = load_catalogue("id"), load_catalogue("en")
    assert list(indonesian) == list(english)
    for key in indonesian:
        assert read_fields(indonesian[key]) - {"count"} == read_fields(english[key]) - {"count"}, key
    assert all(isinstance(value, str | dict) for value in (*indonesian.values(), *english.values()))


def test_every_string_is_used_and_every_used_one_exists() -> None:
    catalogue = set(load_catalogue("id"))
    code = Path(find_packaged("templates")).parent / "src/alibaba_news/renderer"
    files = [*find_packaged("templates").glob("*.html"), *code.rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    named = set(re.findall(r"""\b(?:t|n)\(f?["']([a-z_]+\.[a-z_]+|skip)["']""", text))
    assert named <= catalogue
    prefixes = set(re.findall(r"""["']([a-z_]+\.)(?:["'] ~|\{)""", text))
    quoted = set(re.findall(r"""["']([a-z_]+\.[a-z_]+)["']""", text)) | {"skip"}
    assert {key for key in catalogue if key not in quoted and not any(key.startswith(p) for p in prefixes)} == set()


def test_the_sections_of_what_is_not_known_have_their_strings_and_no_other() -> None:
    """Keys that are put together from a list are not found by their spelling."""
    headings = {f"unknown.{section}{part}" for section in SECTIONS for part in ("", "_note")}
    others = {"lead", "none", "how", "contents", "write", "into", "or", "said_by", "pair"}
    held = {key for key in load_catalogue("id") if key.startswith("unknown.")}
    assert held == headings | {f"unknown.{name}" for name in others}


def test_every_line_role_has_a_name() -> None:
    assert {f"line.{role}" for role in LINE_ROLES} <= set(load_catalogue("id"))


@pytest.mark.parametrize("case", load_cases("page_dates"))
def test_dates_in_words(case: dict[str, str]) -> None:
    if "end" in case:
        assert word_interval(case["start"], case["end"], case["language"], case.get("style", "long")) == case["text"]
    else:
        assert word_date(case["start"], case["language"], case.get("style", "long")) == case["text"]


def test_plural_forms() -> None:
    assert Words("en").n("count.stories", 1) == "1 story"
    assert Words("en").n("count.stories", 1200) == "1,200 stories"
    assert Words("id").n("count.stories", 1200) == "1.200 berita"


def test_an_unknown_key_is_a_fault() -> None:
    with pytest.raises(KeyError):
        Words(SETTINGS.language).t("no.such.key")


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("tanggal tercetak: “5 Maret”", "Tanggal tercetak: “5 Maret”."),
        ("“pagi tadi” menunjukkan hari itu", "“pagi tadi” menunjukkan hari itu."),
        ("Sudah selesai.", "Sudah selesai."),
        ("", ""),
    ],
)
def test_a_reason_is_shown_as_a_sentence(reason: str, shown: str) -> None:
    assert make_sentence(reason) == shown
