"""``authority/*.yaml`` of a seeds folder -> the editor's rows about people, organizations, places and events."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from alibaba_news.date_fields import read_date
from alibaba_news.diagnostics import Diagnostic, sort_diagnostics, suggest_key
from alibaba_news.fields import (
    Faults,
    Field,
    is_web_address,
    read_fields,
    read_line,
    read_lined_rows,
    read_lines,
    read_number,
    read_texts,
    shorten,
)
from alibaba_news.loader.given_rows import read_id
from alibaba_news.loader.seeds import AUTHORITY_FOLDER, show_name
from alibaba_news.loader.sources import read_yaml_text
from alibaba_news.text import fold
from alibaba_news.world import Authority
from alibaba_news.yaml_reader import Node, YamlList, YamlMap, parse_yaml

AUTHORITY_KINDS = ("people", "organizations", "places", "events")
_WIKIDATA_ID = re.compile(r"Q[1-9][0-9]{0,12}")


def _read_same_as(node: Node, label: str, faults: Faults) -> str | None:
    text = read_line(node, label, faults)
    if text is None:
        return None
    if _WIKIDATA_ID.fullmatch(text):
        return f"https://www.wikidata.org/entity/{text}"
    if not is_web_address(text):
        hint = "Write an item of Wikidata, such as Q3318231, or a whole address."
        faults.add(node.line, f"{label}: '{shorten(text)}' is not an http or https address.", hint)
        return None
    return text


def _read_point(node: Node, label: str, faults: Faults) -> tuple[float, float] | None:
    if not isinstance(node, YamlList) or len(node.items) != 2:
        faults.add(node.line, f"{label}: must be latitude and longitude.", "Write them in degrees, as [-8.79, 115.23].")
        return None
    latitude, longitude = (read_number(item, label, faults) for item in node.items)
    if latitude is None or longitude is None:
        return None
    if abs(latitude) > 90 or abs(longitude) > 180:
        hint = "Latitude comes first, from -90 to 90, then longitude, from -180 to 180."
        faults.add(node.line, f"{label}: {latitude}, {longitude} is no place on Earth.", hint)
        return None
    return float(latitude), float(longitude)


def _name_fields(kind: str) -> dict[str, Field]:
    fields = {
        "name": Field(read_line, required=True),
        "aliases": Field(read_lines),
        "id": Field(partial(read_id, kinds=(kind,))),
        "same_as": Field(partial(read_texts, read=_read_same_as)),
        "coordinates": Field(_read_point),
        "not": Field(read_lines),
        "stories": Field(read_lines),
    }
    if kind == "events":
        fields |= {"start": Field(read_date), "end": Field(read_date), "place": Field(read_line)}
    return fields


class _Row(Struct, frozen=True):
    line: int
    authority: Authority


def _read_row(node: Node, label: str, faults: Faults, kind: str, fields: dict[str, Field]) -> Authority | None:
    values = read_fields(node, label, faults, fields)
    if values is None:
        return None
    given: dict[str, Any] = {key: value for key, value in values.items() if value is not None}
    never = given.pop("not", ())
    name = given["name"]
    aliases = tuple(dict.fromkeys(alias for alias in given.pop("aliases", ()) if alias != name))
    own = {fold(form) for form in (name, *aliases)}
    for other in never:
        if fold(other) in own:
            faults.add(
                node.line, f"{label}.not: '{shorten(other)}' is a name of this entry itself.", "Remove it there, or here."
            )
    return Authority(kind=kind, aliases=aliases, never=never, editors=True, read_from=(faults.path, node.line), **given)


def read_authorities(folder: Path) -> tuple[tuple[Authority, ...], tuple[Diagnostic, ...]]:
    """The rows of ``folder``/authority (``folder``: the seeds) by kind and in their order, and every fault. Never raises."""
    home = folder / AUTHORITY_FOLDER
    prefix = show_name(home.as_posix())
    faults: list[Diagnostic] = list(_find_strangers(home, prefix))
    rows: list[Authority] = []
    for kind in AUTHORITY_KINDS:
        if (home / f"{kind}.yaml").is_file():
            found, more = _read_kind(home / f"{kind}.yaml", f"{prefix}/{kind}.yaml", kind)
            rows += found
            faults += more
    return tuple(rows), sort_diagnostics(faults)


def _find_strangers(home: Path, prefix: str) -> Iterable[Diagnostic]:
    known = [f"{kind}.yaml" for kind in AUTHORITY_KINDS]
    try:
        names = sorted(entry.name for entry in home.iterdir()) if home.is_dir() else []
    except OSError as error:
        hint = "Check the permissions of the folder."
        yield Diagnostic(path=prefix, message=f"cannot be read: {error.strerror}.", hint=hint)
        return
    for name in names:
        if name.lower().endswith((".yaml", ".yml")) and not name.startswith(".") and name not in known:
            hint = suggest_key(name, known).replace("Known keys", "Known files")
            yield Diagnostic(path=f"{prefix}/{show_name(name)}", message="unknown authority file.", hint=hint)


def _read_kind(location: Path, path: str, kind: str) -> tuple[list[Authority], tuple[Diagnostic, ...]]:
    text, unread = read_yaml_text(location, path)
    tree, unparsed = parse_yaml(text, path)
    faults = Faults(path)
    rows: list[_Row] = []
    if isinstance(tree, YamlMap):
        faults.add(tree.line, "must be a list.", "Start each entry on a line of its own with '- name: ...'.")
    elif tree is not None:
        read = partial(_read_row, kind=kind, fields=_name_fields(kind))
        rows = [_Row(line, row) for line, row in read_lined_rows(tree, kind, faults, read)]
    _refuse_shared(rows, faults)
    return [row.authority for row in rows], (*unread, *unparsed, *faults.found)


def _refuse_shared(rows: list[_Row], faults: Faults) -> None:
    """A form of two entries would send every mention of it to one of them, and nobody could say why.

    One id may stand in several entries that speak of different stories.
    """
    forms: dict[str, _Row] = {}
    scoped: dict[tuple[str, str], _Row] = {}
    ids: dict[str, _Row] = {}
    for row in rows:
        entry = row.authority
        if entry.is_judgement:
            continue  # claims no name
        if entry.stories:
            _refuse_twice(row, scoped, faults)
            continue
        for form in {fold(f): f for f in (entry.name, *entry.aliases)}.items():
            first = forms.setdefault(form[0], row)
            if first is not row:
                hint = "Keep it in one of the two; tell people of one name apart by `id` in the stories' own NAME.yaml."
                faults.add(row.line, f"'{shorten(form[1])}' is already a name of the entry on line {first.line}.", hint)
        if entry.id is not None and ids.setdefault(entry.id, row) is not row:
            faults.add(
                row.line, f"id: {entry.id} is already the id of the entry on line {ids[entry.id].line}.", "Give each its own."
            )


def _refuse_twice(row: _Row, scoped: dict[tuple[str, str], _Row], faults: Faults) -> None:
    entry = row.authority
    for story in entry.stories:
        for form in dict.fromkeys(map(fold, (entry.name, *entry.aliases))):
            first = scoped.setdefault((story, form), row)
            if first is not row:
                message = f"stories: the entry on line {first.line} speaks of the same name in {shorten(story)}."
                faults.add(row.line, message, "Keep one of the two.")
                return
