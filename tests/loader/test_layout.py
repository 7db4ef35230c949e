"""Roles of lines and parts of pages, through read_layout; the pages stand in tests/cases/layout."""

from __future__ import annotations

from typing import Any

import pytest
from caselib import load_cases
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import fields

from alibaba_news.loader.layout import Layout, read_layout
from alibaba_news.model import LINE_ROLES
from alibaba_news.world import World

WORLD = World()
LEAD = "Petugas memeriksa tanggul yang retak di tepi sungai itu sejak pagi hari."


def read_case(name: str) -> list[Any]:
    return [case for case in load_cases("layout") if str(case.id).startswith(f"{name}-")]


def plain(layout: Layout) -> dict[str, Any]:
    """The layout as a case file writes it."""
    found = {field.name: getattr(layout, field.name) for field in fields(layout)}
    found["page_dates"] = [{"text": d.text, "place": d.place} for d in layout.page_dates]
    found["captions"] = [{"text": c.text, "credit": c.credit} for c in layout.captions]
    return {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()}


def read_rows(case: dict[str, Any]) -> list[tuple[str, str]]:
    rows = [row.partition(" | ") if row.strip() else ("", "", "") for row in case["page"].split("\n")]
    return [(role.strip(), line) for role, _, line in rows]


@pytest.mark.parametrize("case", [*read_case("pages"), *read_case("whole")])
def test_pages_are_taken_apart(case: dict[str, Any]) -> None:
    rows = read_rows(case)
    layout = read_layout("\n".join(line for _, line in rows), WORLD)
    assert [(line.role, line.text) for line in layout.lines] == [(role, line.strip()) for role, line in rows if line]
    found = plain(layout)
    assert {key: found[key] for key in case["want"]} == case["want"]


@pytest.mark.parametrize("case", read_case("whole"))
def test_blank_lines_between_all_lines_change_no_part_of_a_page(case: dict[str, Any]) -> None:
    layout = read_layout("\r\n\r\n".join(line for _, line in read_rows(case) if line), WORLD)
    found = plain(layout)
    assert {key: found[key] for key in case["want"]} == case["want"]


@pytest.mark.parametrize("case", read_case("datelines"))
def test_datelines_are_cut_off_the_lead(case: dict[str, Any]) -> None:
    layout = read_layout(f"{case['line']}\n\n{LEAD}\n", WORLD)
    assert (layout.dateline, layout.outlet) == (case["place"], case["outlet"])
    assert layout.paragraphs == (case["rest"], LEAD)
    cut = case["rest"] != case["line"]
    assert [line.role for line in layout.lines] == ["dateline+body" if cut else "body", "body"]


@pytest.mark.parametrize("case", read_case("ends"))
def test_what_closes_a_story_is_cut_off_its_end(case: dict[str, Any]) -> None:
    layout = read_layout(f"{LEAD}\n{case['line']}\n", WORLD)
    assert layout.paragraphs == (LEAD, case["rest"])
    assert [line.role for line in layout.lines] == ["body", case["role"]]


@pytest.mark.parametrize("case", read_case("captions"))
def test_captions_give_up_their_credit(case: dict[str, Any]) -> None:
    page = f"Tanggul Sungai Retak\n\nSenin, 4 Maret 2019 10:00 WIB\n\n{case['line']}\n\n{LEAD}\n{LEAD[:-1]} lusa.\n"
    layout = read_layout(page, WORLD)
    assert [line.role for line in layout.lines] == ["title", "date", "caption", "body", "body"]
    assert [(c.text, c.credit) for c in layout.captions] == [(case["text"], case["credit"])]


def test_a_caption_printed_twice_is_one_caption() -> None:
    caption = "Warga menyeberang sungai dengan rakit bambu. (Foto: Budi)"
    layout = read_layout(f"Tanggul Retak di Desa Sukamaju\n\n{caption}\n\n{caption}\n\n{LEAD}\n", WORLD)
    assert [line.role for line in layout.lines] == ["title", "caption", "caption", "body"]
    assert len(layout.captions) == 1


def test_a_page_of_pictures_tells_its_story_in_captions() -> None:
    captions = [f"Warga RT {n} membersihkan lumpur sisa banjir di depan rumah. (Foto: Budi)" for n in range(3)]
    layout = read_layout("\n\n".join(["Potret Warga Bersihkan Lumpur", *captions]), WORLD)
    assert layout.title == "Potret Warga Bersihkan Lumpur"
    assert layout.paragraphs == tuple(captions)


def test_two_labels_with_one_name_give_it_to_the_nearer() -> None:
    page = f"Tanggul Retak di Desa Sukamaju\n\nReporter:\nEditor:\n\nNia Kurnia\n\n{LEAD}\n"
    layout = read_layout(page, WORLD)
    assert [line.role for line in layout.lines] == ["title", "label", "label", "editor", "body"]
    assert (layout.authors, layout.editors) == ((), ("Nia Kurnia",))


def test_line_numbers_count_blank_lines() -> None:
    layout = read_layout(f"\n\r\n{LEAD}\r\n\r\n{LEAD}", WORLD)
    assert [line.number for line in layout.lines] == [3, 5]


PIECES = st.sampled_from(
    [
        LEAD,
        "Baca juga: Banjir Surut",
        "Tanggul Retak di Desa",
        "Editor: Nia",
        "(abc)",
        "***",
        "Terkait",
        "4 Maret 2019",
        "Oleh",
        "(*)",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=60)), max_size=14), st.sampled_from(["\n", "\n\n", " "]))
@example([LEAD, "Baca juga: Banjir Surut", "\na", LEAD], " ")
def test_every_line_has_a_role_and_no_word_of_the_body_is_lost(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    layout = read_layout(text, WORLD)
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [line.text for line in layout.lines] == [row.strip() for row in rows if row.strip()]
    roles = {part for line in layout.lines for part in line.role.split("+")}
    assert roles <= set(LINE_ROLES)
    assert all(line.rule for line in layout.lines)
    story = "".join("".join(layout.paragraphs).split())
    for line in layout.lines:
        if line.role == "body" and line.text.isascii() and line.text.isprintable():
            assert "".join(line.text.removeprefix("* ").split()) in story
