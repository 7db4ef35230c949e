"""``data/*.csv`` (RFC 4180, UTF-8, a header) and ``data/datapackage.json`` that describes them (Frictionless Data Package 1).

A spreadsheet runs a cell that begins like a formula. Such a text cell gets an apostrophe before it, and so does one that begins
with an apostrophe: whoever drops the first apostrophe of every text cell that has one there has the text as it was.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from alibaba_news.renderer.tables import TABLES, Cell, Column, Table
from alibaba_news.text import make_slug

if TYPE_CHECKING:
    from alibaba_news.settings import Settings

GUARD = "'"
# What Excel, LibreOffice and Google Sheets take for the beginning of a formula, full-width forms too (OWASP, CSV Injection).
_RISKY = frozenset("=+-@\t\r\n＝＋－＠")
_GUARDED = _RISKY | {GUARD}
GUARD_NOTE = (
    "A text cell that would begin with = + - @, a tab, a line end or an apostrophe has one more apostrophe (') before it, "
    "so that no spreadsheet takes it for a formula. Drop the first apostrophe of such a cell to have the text as it was."
)


def write_head(table: Table) -> bytes:
    """The header of a table's file."""
    return write_lines([[column.name for column in table.columns]])


def write_lines(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as lines of CSV; an unknown value is an empty cell."""
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows([guard(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return lines.getvalue().encode("utf-8", "replace")


def guard(text: str) -> str:
    """The text so that no spreadsheet runs it; without its first apostrophe, where it begins with one, it is as it was."""
    return GUARD + text if text[:1] in _GUARDED else text


def write_datapackage(settings: Settings) -> bytes:
    """The description of all the tables: columns, types, keys and how they lead to each other. No licence is claimed."""
    found: dict[str, Any] = {
        "profile": "data-package",
        "name": make_slug(settings.title, "archive"),
        "title": settings.title,
        "description": " ".join(filter(None, (settings.description, GUARD_NOTE))),
    }
    if settings.base_url:
        found["homepage"] = settings.base_url
    found["resources"] = [_describe_table(table) for table in TABLES]
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _describe_table(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": list(map(_describe_column, table.columns)), "primaryKey": list(table.key)}
    links = [column for column in table.columns if column.table]
    if links:
        schema["foreignKeys"] = [
            {"fields": [column.name], "reference": {"resource": column.table, "fields": [find_key(column.table)]}}
            for column in links
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.note,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | {"missingValues": [""]},
    }


def find_key(name: str) -> str:
    """The column that other tables point to."""
    return next(table.key[0] for table in TABLES if table.name == name)


def _describe_column(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name, "type": column.kind, "description": column.note}
    return found | ({"constraints": {"required": True}} if column.required else {})
