"""Review taken at its word: what it prints, pasted where it says, and what became of the record."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alibaba_news.builder.gather import Gathered, gather
from alibaba_news.builder.review import Doubt, find_doubts
from alibaba_news.record import story_to_row
from alibaba_news.settings import Settings

# What says how a value is known, and what the text alone would allow: confirming a value is meant to change these.
MARKS = {"title_origin", "date_origin", "date_evidence", "date_candidates", "origin", "evidence", "candidates"}


def read(seeds: Path) -> Gathered:
    gathered = gather(seeds, Settings(), jobs=1, strict=False, progress=lambda *_: None)
    assert [str(d) for d in gathered.diagnostics if d.severity == "error"] == []
    return gathered


def list_doubts(seeds: Path) -> tuple[Doubt, ...]:
    return find_doubts(read(seeds), seeds)


def is_template(doubt: Doubt) -> bool:
    """Nothing to confirm: the lines are comments that an editor fills in."""
    return all(line.startswith("#") for line in doubt.yaml.splitlines())


def paste(seeds: Path, doubt: Doubt) -> None:
    """The printed lines put where the review says, as they are."""
    target = Path(doubt.into)
    assert target.is_relative_to(seeds)
    if doubt.line is None:
        target.parent.mkdir(exist_ok=True)
        with target.open("a", encoding="utf-8") as file:
            file.write(doubt.yaml)
        return
    lines = target.read_text(encoding="utf-8").split("\n")
    for keys in (json.loads(line) for line in doubt.yaml.splitlines() if not line.startswith("#")):
        lines[doubt.line - 1] = json.dumps(json.loads(lines[doubt.line - 1]) | keys, ensure_ascii=False)
    target.write_text("\n".join(lines), encoding="utf-8")


def describe(gathered: Gathered) -> dict[str, Any]:
    """The record without its marks, and without the hash of a file that was written in."""
    rows = []
    for story in gathered.archive.stories:
        row = _strip(story_to_row(story))
        del row["source"]["sha256"]
        rows.append(row)
    kinds = ("people", "organizations", "places", "products", "events")
    return {"stories": rows, **{kind: [(r.id, r.name, r.stories) for r in getattr(gathered.archive, kind)] for kind in kinds}}


def _strip(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _strip(part) for key, part in value.items() if key not in MARKS}
    return [_strip(part) for part in value] if isinstance(value, list | tuple) else value


def check_each(seeds: Path, work: Path) -> Iterator[tuple[Doubt, dict[str, Any], bool]]:
    """Every doubt pasted alone: the doubt, the record after it, and whether the doubt is still there."""
    count = len(list_doubts(seeds))
    for number in range(count):
        copy = work / str(number)
        shutil.copytree(seeds, copy)
        doubt = list_doubts(copy)[number]
        paste(copy, doubt)
        after = read(copy)
        left = {(d.path, d.line, d.what) for d in find_doubts(after, copy)}
        yield doubt, describe(after), (doubt.path, doubt.line, doubt.what) in left


def check_all(seeds: Path) -> tuple[dict[str, Any], dict[str, Any], tuple[Doubt, ...]]:
    """Every doubt of a folder pasted at once (the folder is changed): the record before and after, and the doubts left."""
    before = read(seeds)
    for doubt in find_doubts(before, seeds):
        paste(seeds, doubt)
    after = read(seeds)
    return describe(before), describe(after), find_doubts(after, seeds)
