"""Names, their owners and roles, by case files and properties."""

from __future__ import annotations

import pytest
from caselib import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from alibaba_news.loader.names import read_names
from alibaba_news.loader.names.given import locate_names
from alibaba_news.model import ENTITY_KINDS, Entity
from alibaba_news.world import World, load_table

WORLD = World()


def _texts(case: dict) -> dict:
    paragraphs = case.get("texts") or [case["text"]]
    return {0: case.get("title", ""), **dict(enumerate(paragraphs, start=1))}


@pytest.mark.parametrize("case", load_cases("names"))
def test_case(case: dict) -> None:
    names = read_names(_texts(case), case.get("dateline"), WORLD)
    for kind in ENTITY_KINDS:
        wanted = {n: v if isinstance(v, dict) else {"aliases": v} for n, v in (case.get(kind) or {}).items()}
        got = {e.name: e for e in getattr(names, kind)}
        assert set(got) == set(wanted), kind
        for name, row in wanted.items():
            if "aliases" in row:
                assert set(got[name].aliases) == set(row["aliases"]), name
            if "roles" in row:
                assert [r.text for r in got[name].roles] == row["roles"], name


SENTENCE = """Presiden Joko Widodo Jack Ma kata, di Bali. (IMF) E-commerce Universitas dan Kepala Dinas
yang akrab disapa Nining ini PT : ; yakni produk"""
WORDS = st.sampled_from(SENTENCE.split())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=12)), max_size=60).map(" ".join))
def test_mentions_are_what_is_printed(text: str) -> None:
    texts = {0: "", 1: text}
    names = read_names(texts, None, WORLD)
    ids = [e.id for kind in ENTITY_KINDS for e in getattr(names, kind)]
    assert len(ids) == len(set(ids))
    for kind in ENTITY_KINDS:
        for entity in getattr(names, kind):
            assert entity.mentions
            for m in entity.mentions:
                assert texts[m.paragraph][m.start : m.start + len(m.text)] == m.text
            for role in entity.roles:
                assert role.text in texts[role.paragraph]


def test_every_short_name_of_a_club_is_that_of_a_known_one() -> None:
    clubs = load_table("clubs")["short_names"]
    assert {name for name in clubs.values() if (row := WORLD.find("organizations", name)) is None or row.name != name} == set()


def test_no_list_of_words_holds_a_truth_value() -> None:
    """YAML reads an unquoted "no" or "on" as one."""
    lists = {name: rows for name, rows in load_table("names").items() if isinstance(rows, list)}
    assert {name: w for name, rows in lists.items() for w in rows if isinstance(w, bool)} == {}


def test_a_dateline_is_a_place_of_the_story() -> None:
    names = read_names({0: "", 1: "Hujan turun."}, "Beijing", WORLD)
    assert [(p.name, p.mentions) for p in names.places] == [("Beijing", ())]


def test_given_names_are_found_as_printed_and_whole() -> None:
    person = Entity(id="people/budi-santoso", name="Budi Santoso", aliases=("Budi",))
    firm = Entity(id="organizations/budi-jaya", name="Budi Jaya")
    ((found,), (body,)) = locate_names(
        [(person,), (firm,)], {1: "Budi Santoso, pemilik Budi Jaya, dan Budiman. Kata Budi, ya."}
    )
    assert [(m.text, m.start) for m in found.mentions] == [("Budi Santoso", 0), ("Budi", 51)]
    assert [(m.text, m.start) for m in body.mentions] == [("Budi Jaya", 22)]
