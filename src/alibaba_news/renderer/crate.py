"""``ro-crate-metadata.json``: the site as a research object (RO-Crate 1.1), its data files named with what they hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from alibaba_news.renderer.citing import EXPORTS
from alibaba_news.renderer.tables import BY_NAME
from alibaba_news.renderer.views.desk import Desk

CRATE_NAME = "ro-crate-metadata.json"
_CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_PROFILE = "https://w3id.org/ro/crate/1.1"
# The registered media type of each kind of data file, by the end of its name (IANA; those with x- are in common use).
MEDIA = {
    ".jsonl": "application/x-ndjson",
    ".csv": "text/csv",
    "schema.json": "application/schema+json",
    "citations.json": "application/vnd.citationstyles.csl+json",
    ".json": "application/json",
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
    ".sqlite": "application/vnd.sqlite3",
}

_NOTES = {
    "schema.json": "JSON Schema of a line of stories.jsonl",
    "datapackage.json": "Frictionless Data Package: columns, keys and links of the CSV tables",
    "archive.sqlite": "All tables and texts in one SQLite database",
    **{f"citations.{ending}": f"References to every story, {name}" for ending, name in EXPORTS.items()},
}


def write_crate(desk: Desk, paths: Iterable[str]) -> bytes:
    """The description of the whole site; ``paths`` are its data files.

    No clock is asked: the crate is from the day of what changed last in it, as its feed is. No licence is claimed.
    """
    files = [_describe_file(path) for path in paths if path != CRATE_NAME]
    graph = [
        {
            "@id": CRATE_NAME,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": _PROFILE},
        },
        _describe_root(desk, [*(file["@id"] for file in files), "stories/"]),
        {"@id": "stories/", "@type": "Dataset", "name": desk.words.t("list.stories"), "description": "SLUG/index.md"},
        *files,
    ]
    text = json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode("utf-8", "replace")


def _describe_root(desk: Desk, parts: list[str]) -> dict[str, Any]:
    settings = desk.settings
    feeding = desk.index.feeding
    newest = [feeding.entries[slug].updated for slug in feeding.newest[:1]]
    found = {
        "@id": "./",
        "@type": "Dataset",
        "name": settings.title,
        "description": settings.description or settings.title,
        "datePublished": newest[0][:10] if newest else None,
        "inLanguage": settings.language,
        "url": settings.base_url,
        "hasPart": [{"@id": part} for part in parts],
    }
    return {key: value for key, value in found.items() if value}


def _describe_file(path: str) -> dict[str, Any]:
    name = path.rpartition("/")[2]
    ending = next((end for end in MEDIA if path.endswith(end)), "")
    found = {
        "@id": path,
        "@type": "File",
        "name": name,
        "description": _NOTES.get(name) or _name_table(name),
        "encodingFormat": MEDIA.get(ending, "text/plain"),
    }
    return {key: value for key, value in found.items() if value}


def _name_table(name: str) -> str | None:
    stem, _, ending = name.partition(".")
    note = BY_NAME[stem].note if stem in BY_NAME else None
    return f"{note}, one record a line" if note and ending == "jsonl" else note
