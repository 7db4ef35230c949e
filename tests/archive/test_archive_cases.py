"""Cases of who is who, which event is which and where everything stands: tests/cases/archive/*.yaml."""

from __future__ import annotations

import re
from typing import Any

import pytest
from archivelib import resolve_case
from caselib import load_cases

from alibaba_news.model import Archive


def list_files(archive: Archive, slugs: tuple[str, ...]) -> list[str]:
    by_slug = {story.slug: story.source.file for story in archive.stories}
    return sorted(by_slug[slug] for slug in slugs)


def hide_hash(address: str) -> str:
    """Cases write HASH where an address has its suffix."""
    return re.sub(r"-[0-9a-f]{6}$", "-HASH", address)


def describe(archive: Archive, kind: str) -> dict[str, list[str]]:
    return {hide_hash(row.id): list_files(archive, row.stories) for row in getattr(archive, kind)}


def list_doubts(archive: Archive, kind: str) -> list[list[str]]:
    return sorted(
        {
            tuple(sorted((hide_hash(row.id), hide_hash(other.id))))
            for row in getattr(archive, kind)
            for other in row.perhaps_same
        }
    )


@pytest.mark.parametrize("case", load_cases("archive"))
def test_case(case: dict[str, Any]) -> None:
    resolution = resolve_case(case)
    archive, want = resolution.archive, case["expect"]
    for kind in ("people", "organizations", "places", "products", "events"):
        if kind in want:
            assert describe(archive, kind) == want[kind]
        if f"{kind}_doubts" in want:
            assert [list(pair) for pair in list_doubts(archive, kind)] == want[f"{kind}_doubts"]
    names = {row.id: row.name for kind in ("people", "organizations", "places", "events") for row in getattr(archive, kind)}
    assert {key: names.get(key) for key in want.get("names", {})} == want.get("names", {})
    slugs = {story.source.file: hide_hash(story.slug) for story in archive.stories}
    assert {file: slugs[file] for file in want.get("slugs", {})} == want.get("slugs", {})
    assert [str(d) for d in resolution.diagnostics] == want.get("diagnostics", [])


@pytest.mark.parametrize("case", load_cases("archive"))
def test_every_reference_leads_somewhere(case: dict[str, Any]) -> None:
    resolution = resolve_case(case)
    archive = resolution.archive
    kinds = ("people", "organizations", "places", "products", "events")
    ids = [row.id for kind in kinds for row in getattr(archive, kind)] + [outlet.id for outlet in archive.outlets]
    assert len({i.casefold() for i in ids}) == len(ids)
    slugs = [story.slug.casefold() for story in archive.stories]
    if not resolution.diagnostics:
        assert len(set(slugs)) == len(slugs)
    for story in archive.stories:
        assert {e.id for e in (*story.entities().values(), *story.events)} <= set(ids)
        assert {i for event in story.events for i in (*event.people, *event.organizations)} <= set(ids)
        assert {quote.speaker for quote in story.quotes} <= {None, *ids}
    for kind in kinds:
        for row in getattr(archive, kind):
            assert {other.id for other in row.perhaps_same} <= set(ids) - {row.id}
            assert set(row.stories) <= {story.slug for story in archive.stories}
