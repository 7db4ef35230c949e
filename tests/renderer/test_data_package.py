"""The archive as tables: CSV, its description, SQLite, the research object; read as their readers read them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from renderlib import BASE, SETTINGS, render_site
from samplelib import HOSTILE, build_hostile, build_many, build_sample, gather, make_story

from alibaba_news.model import Archive, Figure
from alibaba_news.renderer import Page, Renderer, plan_pages
from alibaba_news.renderer.csv_files import guard
from alibaba_news.renderer.tables import TABLES
from alibaba_news.settings import Settings

NAMES = [table.name for table in TABLES]
ARCHIVES = pytest.mark.parametrize(
    "build",
    [build_sample, build_hostile, lambda: build_many(30), lambda: gather([])],
    ids=["sample", "hostile", "many", "empty"],
)
FORMULA = '=HYPERLINK("https://jahat.example","klik")'


def render_data(archive: Archive, settings: Settings = SETTINGS) -> dict[str, bytes]:
    """The files of data/ by their name, and what describes the site."""
    renderer = Renderer(archive, replace(settings, sqlite=True))
    kinds = {"csv", "data", "datapackage", "citations", "sqlite", "crate"}
    pages = [page for page in plan_pages(archive, replace(settings, sqlite=True)) if page.kind in kinds]
    return {page.path.removeprefix("data/"): renderer.render(page) for page in pages}


def read_table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def open_database(content: bytes, folder: Path) -> sqlite3.Connection:
    path = folder / "archive.sqlite"
    path.write_bytes(content)
    return sqlite3.connect(path)


@ARCHIVES
def test_the_tables_are_as_the_package_describes_them(build: Any) -> None:
    files = render_data(build())
    package = json.loads(files["datapackage.json"])
    assert package["profile"] == "data-package"
    assert "licenses" not in package
    resources = {row["name"]: row for row in package["resources"]}
    assert list(resources) == NAMES
    tables = {name: read_table(files[row["path"]]) for name, row in resources.items()}
    for name, resource in resources.items():
        schema = resource["schema"]
        header = next(csv.reader(io.StringIO(files[resource["path"]].decode(), newline="")))
        assert header == [field["name"] for field in schema["fields"]]
        keys = [tuple(row[key] for key in schema["primaryKey"]) for row in tables[name]]
        assert len(keys) == len(set(keys))
        for field in schema["fields"]:
            for row in tables[name]:
                check_cell(row[field["name"]], field)
        for link in schema.get("foreignKeys", ()):
            held = {row[link["reference"]["fields"][0]] for row in tables[link["reference"]["resource"]]} | {""}
            assert {row[link["fields"][0]] for row in tables[name]} <= held, (name, link)


def check_cell(cell: str, field: dict[str, Any]) -> None:
    if field.get("constraints", {}).get("required"):
        assert cell
    if cell and field["type"] in {"integer", "number"}:
        assert float(cell) == (int(cell) if field["type"] == "integer" else float(cell))


def test_the_tables_tell_what_the_records_tell() -> None:
    files = render_data(build_sample())
    stories = [json.loads(line) for line in files["stories.jsonl"].decode().splitlines()]
    for name in ("quotes", "figures", "dates"):
        told = [[row["text"] for row in story[name]] for story in stories]
        assert [row["text"] for row in read_table(files[f"{name}.csv"])] == [text for texts in told for text in texts]
    kinds = ("people", "organizations", "places", "products")
    mentions = [m["text"] for story in stories for kind in kinds for entity in story[kind] for m in entity["mentions"]]
    assert [row["text"] for row in read_table(files["mentions.csv"])] == mentions
    money = next(row for row in read_table(files["figures.csv"]) if row["unit"] == "IDR")
    assert (money["value"], money["paragraph"]) == ("2400000000", "3")
    quotes = read_table(files["quotes.csv"])
    assert [row["person"] for row in quotes if row["text"].startswith("Pasar ini")] == ["people/ratna-wulandari"]


def test_every_entity_and_event_is_a_row() -> None:
    archive, files = build_sample(), render_data(build_sample())
    for name in ("people", "organizations", "places", "products", "events", "outlets"):
        assert [row["id"] for row in read_table(files[f"{name}.csv"])] == [row.id for row in getattr(archive, name)]


@pytest.mark.parametrize("text", [FORMULA, "+62 811", "-5 derajat", "@akun", "\tmasuk", "\rbaris", "'kutip", "＝1+1", "\n=1"])
def test_no_cell_begins_like_a_formula(text: str) -> None:
    story = make_story(slug="satu", title=text, body=(text,), outlet=text, authors=(text,), description=text)
    content = render_data(gather([story]))["stories.csv"]
    row = read_table(content)[0]
    for key in ("title", "outlet", "authors", "description"):
        assert row[key] == f"'{text}"


@given(st.text())
def test_what_is_guarded_comes_back(text: str) -> None:
    assert guard(text).removeprefix("'") == text
    assert not guard(text).startswith(tuple("=+-@\t\r\n＝＋－＠"))


def test_numbers_are_numbers() -> None:
    figure = Figure(text="minus lima", value=-5, unit="persen", paragraph=1)
    story = make_story(slug="satu", title="Satu", body=("minus lima",), figures=(figure,))
    assert read_table(render_data(gather([story]))["figures.csv"])[0]["value"] == "-5"


@ARCHIVES
def test_the_database_holds_the_tables_with_their_keys(build: Any, tmp_path: Path) -> None:
    files = render_data(build())
    with open_database(files["archive.sqlite"], tmp_path) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for name in NAMES:
            rows = read_table(files[f"{name}.csv"])
            held = database.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()
            assert [[cell.removeprefix("'") for cell in row.values()] for row in rows] == [
                ["" if cell is None else str(cell) for cell in row] for row in held
            ]
            assert [row[3] for row in database.execute(f"PRAGMA foreign_key_list({name})")] == [
                column.name for table in TABLES if table.name == name for column in reversed(table.columns) if column.table
            ]
    database.close()


def test_the_texts_can_be_searched_in_the_database(tmp_path: Path) -> None:
    database = open_database(render_data(build_sample())["archive.sqlite"], tmp_path)
    query = "SELECT story FROM texts JOIN texts_fts ON texts.rowid = texts_fts.rowid WHERE texts_fts MATCH 'penyeberangan'"
    assert database.execute(query).fetchall() == [("kapal-penyeberangan-berlayar-perdana",)]
    assert database.execute("SELECT count(*) FROM texts WHERE body LIKE '%Rahasia Besar%'").fetchone() == (0,)  # withdrawn
    database.close()


def test_the_database_is_the_same_bytes_every_time() -> None:
    assert render_data(build_sample())["archive.sqlite"] == render_data(build_sample())["archive.sqlite"]


def test_a_number_that_no_database_holds_is_rounded(tmp_path: Path) -> None:
    figure = Figure(text="banyak", value=10**30, unit="IDR", paragraph=1)
    story = make_story(slug="satu", title="Satu", body=("banyak",), figures=(figure,))
    files = render_data(gather([story]))
    assert read_table(files["figures.csv"])[0]["value"] == str(10**30)
    database = open_database(files["archive.sqlite"], tmp_path)
    assert database.execute("SELECT value FROM figures").fetchone() == (1e30,)
    database.close()


def test_the_database_is_made_only_where_it_is_asked_for() -> None:
    assert "data/archive.sqlite" not in {page.path for page in plan_pages(build_sample(), SETTINGS)}
    assert "data/archive.sqlite" in {page.path for page in plan_pages(build_sample(), replace(SETTINGS, sqlite=True))}


def test_an_excerpt_has_no_text_in_the_database(tmp_path: Path) -> None:
    files = render_data(build_sample(), replace(SETTINGS, full_text=False))
    database = open_database(files["archive.sqlite"], tmp_path)
    bodies = "".join(row[0] or "" for row in database.execute("SELECT body FROM texts"))
    assert "Semoga ramai terus" not in bodies
    database.close()


def test_the_research_object_names_every_data_file() -> None:
    settings = replace(SETTINGS, sqlite=True)
    site = render_site(build_sample(), settings)
    crate = json.loads(site["ro-crate-metadata.json"])
    assert crate["@context"] == "https://w3id.org/ro/crate/1.1/context"
    nodes = {node["@id"]: node for node in crate["@graph"]}
    assert nodes["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert nodes["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    root = nodes["./"]
    assert (root["name"], root["url"]) == ("Arsip Muara", BASE)
    assert root["datePublished"] == "2019-02-01"  # of the newest story: no clock is asked
    assert "license" not in root
    parts = [part["@id"] for part in root["hasPart"]]
    assert {path for path in site if path.startswith("data/")} == {path for path in parts if path.startswith("data/")}
    assert len(nodes) == len(crate["@graph"])
    for part in parts:
        assert nodes[part]["@type"] == ("Dataset" if part.endswith("/") else "File")
        assert part.endswith("/") or nodes[part]["encodingFormat"] != "text/plain"


def test_an_empty_archive_is_described_without_a_day() -> None:
    nodes = {node["@id"]: node for node in json.loads(render_data(gather([]))["ro-crate-metadata.json"])["@graph"]}
    assert "datePublished" not in nodes["./"]


def test_parts_of_a_file_are_whole_rows() -> None:
    archive = build_sample()
    renderer = Renderer(archive, SETTINGS)
    for kind, key in (("csv", "mentions"), ("data", "stories"), ("citations", "ris")):
        page = Page(path=f"data/{key}", kind=kind, key=key)
        parts = list(renderer.stream(page))
        assert all(part.endswith(b"\n") for part in parts if part)
        assert b"".join(parts) == renderer.render(page)


def test_hostile_names_are_data() -> None:
    assert read_table(render_data(build_hostile())["people.csv"])[0]["name"] == HOSTILE
