"""The packaged authority tables: rows that anybody may add, so that a slip in one is found at once."""

from __future__ import annotations

import re
from collections import Counter
from importlib import resources

import pytest

from alibaba_news.text import fold
from alibaba_news.world import World, load_packaged_authorities, load_table

WORLD = World()
KINDS = ("people", "organizations", "places", "events")
KEYS = {"name", "aliases", "same_as", "coordinates", "not", "ambiguous", "start", "end", "place"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_is_text_in_known_keys(kind: str) -> None:
    for row in load_table(f"authority/{kind}"):
        assert row.keys() <= KEYS, row
        forms = [row["name"], *row.get("aliases", ())]
        assert all(isinstance(form, str) and form == " ".join(form.split()) and form for form in forms), row


@pytest.mark.parametrize("kind", KINDS)
def test_no_form_leads_to_two_rows(kind: str) -> None:
    counts = Counter(fold(form) for row in WORLD.rows(kind) for form in (row.name, *row.aliases))
    assert [form for form, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_one_line(kind: str) -> None:
    text = resources.files("alibaba_news").joinpath("data", "authority", f"{kind}.yaml").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if not line.startswith(("- {name: ", "# "))] == []


def test_coordinates_are_degrees_and_wikidata_links_are_items() -> None:
    links: Counter[str] = Counter()
    for row in load_packaged_authorities():
        if row.coordinates is not None:
            assert -90 <= row.coordinates[0] <= 90 and -180 <= row.coordinates[1] <= 180, row.name
        links.update(row.same_as)
    assert [link for link in links if not re.fullmatch(r"https://www\.wikidata\.org/entity/Q[1-9][0-9]*", link)] == []
    assert [link for link, count in links.items() if count > 1] == []


@pytest.mark.parametrize(
    ("kind", "form", "name"),
    [
        ("people", "SBY", "Susilo Bambang Yudhoyono"),
        ("people", "Gus Dur", "Abdurrahman Wahid"),
        ("organizations", "Kemenkeu", "Kementerian Keuangan"),
        ("organizations", "World Bank", "Bank Dunia"),
        ("organizations", "PDI-P", "PDI Perjuangan"),
        ("places", "Amerika", "Amerika Serikat"),
        ("places", "Perancis", "Prancis"),
        ("places", "Jateng", "Jawa Tengah"),
        ("places", "Tanah Air", "Indonesia"),
        ("events", "12.12", "Hari Belanja Online Nasional"),
    ],
)
def test_what_a_reader_of_indonesian_news_knows(kind: str, form: str, name: str) -> None:
    row = WORLD.find(kind, form)
    assert row is not None
    assert row.name == name
