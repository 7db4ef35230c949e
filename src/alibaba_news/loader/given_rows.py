"""Entries of the lists in a record, as an editor or an earlier build wrote them -> model values.

People, organizations, places and products may be plain names, captions plain text; an event needs only name and start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from msgspec.structs import replace

from alibaba_news.date_fields import read_date, read_moment, read_span, read_spans
from alibaba_news.diagnostics import suggest_key
from alibaba_news.fields import (
    Faults,
    Field,
    Reader,
    choose,
    read_count,
    read_fields,
    read_line,
    read_lined_rows,
    read_lines,
    read_number,
    read_paragraph,
    read_rows,
    read_text,
    read_texts,
    read_url,
    shorten,
)
from alibaba_news.model import (
    ENTITY_KINDS,
    LINE_ROLES,
    Caption,
    Correction,
    CutLine,
    DateExpression,
    Entity,
    Event,
    Figure,
    Mention,
    Origin,
    Quote,
    Reply,
    Role,
    SourceFile,
    Withdrawal,
)
from alibaba_news.text import add_suffix, make_slug
from alibaba_news.yaml_reader import Node, YamlText

_SHA256 = re.compile(r"[0-9a-f]{64}")
_PRECISIONS = {4: "year", 7: "month", 10: "day"}
read_origin = choose("stated", "inferred", "unknown")


def read_id(node: Node, label: str, faults: Faults, kinds: tuple[str, ...]) -> str | None:
    """An id of one of the kinds, ``people/jack-ma``."""
    text = read_line(node, label, faults)
    if text is None:
        return None
    kind, _, slug = text.partition("/")
    if kind not in kinds or not slug or make_slug(slug) != slug:
        wanted = f"{kinds[0] if len(kinds) != len(ENTITY_KINDS) else 'people'}/{make_slug(slug or kind)}"
        faults.add(node.line, f"{label}: '{shorten(text)}' is not an id of {' or '.join(kinds)}.", f"Write it as {wanted}.")
        return None
    return text


def _reader(fields: Mapping[str, Field], make: Callable[..., Any]) -> Reader:
    """A reader of mappings with these fields; ``make`` gets those that are not null."""

    def read(node: Node, label: str, faults: Faults) -> Any:
        values = read_fields(node, label, faults, fields)
        if values is None:
            return None
        return make(**{key: value for key, value in values.items() if value is not None})

    return read


def _rows(read: Reader) -> Reader:
    return partial(read_rows, read=read)


_PLACED = {"paragraph": Field(read_paragraph, required=True), "start": Field(read_count)}
_read_mention = _reader(
    {"text": Field(read_text, required=True), **_PLACED, "start": Field(read_count, required=True)},
    Mention,
)


def _entity_reader(kind: str) -> Reader:
    fields = {
        "id": Field(partial(read_id, kinds=(kind,))),
        "name": Field(read_line, required=True),
        "aliases": Field(read_texts),
        "roles": Field(read_texts),
        "mentions": Field(_rows(_read_mention)),
        "evidence": Field(read_text),
    }

    def make(name: str, id: str | None = None, roles: tuple[str, ...] = (), **values: Any) -> Entity:  # noqa: A002
        return Entity(
            id=id or f"{kind}/{make_slug(name)}",
            id_given=id is not None,
            name=name,
            name_given=True,
            roles=tuple(Role(text=text) for text in roles),
            **values,
        )

    read_mapping = _reader(fields, make)

    def read(node: Node, label: str, faults: Faults) -> Entity | None:
        if isinstance(node, YamlText):
            name = read_line(node, label, faults)
            if node.text is None:
                faults.add(node.line, f"{label}: is empty.", "Write a name, or remove the entry.")
            return make(name) if name else None
        found: Entity | None = read_mapping(node, label, faults)
        return found

    return read


_ENTITY_READERS: dict[str, Reader] = {kind: _entity_reader(kind) for kind in ENTITY_KINDS}


def read_entities(node: Node, label: str, faults: Faults) -> tuple[Entity, ...]:
    """People, organizations, places or products (``label`` says which); two with one id are a fault."""
    entities: dict[str, Entity] = {}
    for line, entity in read_lined_rows(node, label, faults, _ENTITY_READERS[label]):
        if entity.id in entities:
            hint = "Remove one, or tell two of one name apart: give each an id of its own."
            faults.add(line, f"{label}: {entity.id} ('{shorten(entity.name)}') stands here twice.", hint)
        entities.setdefault(entity.id, entity)
    return tuple(entities.values())


def _default_origin(known: str | None) -> Origin:
    """What an editor writes is stated; what an editor leaves open is not known."""
    return "unknown" if known is None else "stated"


def _make_event(name: str, id: str | None = None, **values: Any) -> Event:  # noqa: A002
    start = values.get("start")
    values.setdefault("origin", _default_origin(start))
    if start is not None:
        values.setdefault("end", start)
        values.setdefault("precision", _PRECISIONS[len(start)])
    return Event(id=id or f"events/{make_slug(name)}", id_given=id is not None, name=name, **values)


_read_event = _reader(
    {
        "id": Field(partial(read_id, kinds=("events",))),
        "name": Field(read_line, required=True),
        "start": Field(read_date),
        "end": Field(read_date),
        "precision": Field(choose("day", "month", "year")),
        "origin": Field(read_origin),
        "evidence": Field(read_text),
        "place": Field(read_text),
        "people": Field(read_lines),
        "organizations": Field(read_lines),
        "paragraph": Field(read_paragraph),
        "offset": Field(read_count),
        "candidates": Field(read_spans),
    },
    _make_event,
)


def read_event(node: Node, label: str, faults: Faults) -> Event | None:
    """An event; its people and organizations are ids or names."""
    event: Event | None = _read_event(node, label, faults)
    fault = _find_span_fault(event) if event is not None else None
    if fault:
        faults.add(node.line, f"{label}.{fault[0]}", fault[1])
    return event


def _find_span_fault(event: Event) -> tuple[str, str] | None:
    """What is wrong with start, end and precision taken together, and what to do."""
    start, end, precision = event.start, event.end, event.precision
    if start is None:
        return ("end: stands without a start.", "Add start:, or remove end.") if end else None
    if end is None:
        return None
    if end < start[: len(end)]:
        return f"end: {end} is before its start, {start}.", "Put the two in order."
    if len(end) != len(start):
        return f"end: {end} is not of one precision with its start, {start}.", "Cut both to what is known of the two."
    if precision != _PRECISIONS[len(start)]:
        return f"precision: {precision} contradicts {start}.", f"Write {_PRECISIONS[len(start)]}, or remove the key."
    return None


def read_events(node: Node, label: str, faults: Faults) -> tuple[Event, ...]:
    """Events; those of one name are told apart by their start."""
    events: dict[str, Event] = {}
    for line, event in read_lined_rows(node, label, faults, read_event):
        kept = event
        if event.id in events and not event.id_given:
            slug = event.id.partition("/")[2]
            kept = replace(event, id=f"events/{add_suffix(slug, f'{event.name} {event.start}')}")
        if kept.id in events:
            faults.add(line, f"{label}: {kept.id} stands here twice.", "Remove one, or give each an id of its own.")
        events.setdefault(kept.id, kept)
    return tuple(events.values())


def _read_value(node: Node, label: str, faults: Faults) -> str | None:
    """A date, a range, or a date with a time."""
    has_time = isinstance(node, YamlText) and ":" in (node.text or "")
    return read_moment(node, label, faults) if has_time else read_span(node, label, faults)


read_dates = _rows(
    _reader(
        {
            "text": Field(read_text, required=True),
            "value": Field(_read_value),
            "origin": Field(read_origin),
            "candidates": Field(read_spans),
            **_PLACED,
        },
        lambda value=None, origin=None, **v: DateExpression(value=value, origin=origin or _default_origin(value), **v),
    )
)
read_quotes = _rows(
    _reader(
        {
            "text": Field(read_text, required=True),
            "speaker": Field(partial(read_id, kinds=ENTITY_KINDS)),
            "speaker_text": Field(read_text),
            "kind": Field(choose("direct", "indirect")),
            **_PLACED,
        },
        lambda speaker=None, speaker_text=None, kind="direct", **v: Quote(
            speaker=speaker, speaker_text=speaker_text, kind=kind, **v
        ),
    )
)
read_figures = _rows(
    _reader(
        {
            "text": Field(read_text, required=True),
            "value": Field(read_number, required=True),
            "unit": Field(read_text, required=True),
            **_PLACED,
        },
        Figure,
    )
)
_read_caption = _reader({"text": Field(read_text, required=True), "credit": Field(read_text)}, Caption)


def _caption(node: Node, label: str, faults: Faults) -> Caption | None:
    if isinstance(node, YamlText) and (text := read_line(node, label, faults)):
        return Caption(text=text)
    found: Caption | None = _read_caption(node, label, faults)
    return found


read_captions = _rows(_caption)
_NOTE = {"date": Field(read_date, required=True), "text": Field(read_line, required=True)}
read_corrections = _rows(_reader(_NOTE, Correction))
read_replies = _rows(_reader({**_NOTE, "url": Field(read_url)}, Reply))
_read_withdrawal = _reader({"date": Field(read_date, required=True), "reason": Field(read_line, required=True)}, Withdrawal)


def read_withdrawal(node: Node, label: str, faults: Faults) -> Withdrawal | None:
    """``{date, reason}``; None where it is null."""
    if isinstance(node, YamlText) and node.text is None:
        return None
    found: Withdrawal | None = _read_withdrawal(node, label, faults)
    return found


def _read_role(node: Node, label: str, faults: Faults) -> str | None:
    text = read_line(node, label, faults)
    unknown = [part for part in text.split("+") if part not in LINE_ROLES] if text else []
    for part in unknown:
        faults.add(node.line, f"{label}: '{shorten(part)}' is not the role of a line.", suggest_key(part[:80], LINE_ROLES))
    return None if unknown else text


def _read_sha256(node: Node, label: str, faults: Faults) -> str | None:
    text = read_line(node, label, faults)
    if text is not None and not _SHA256.fullmatch(text):
        faults.add(node.line, f"{label}: is not a SHA-256.", "Keep the 64 hexadecimal digits as the program wrote them.")
        return None
    return text


_read_cut = _reader(
    {
        "line": Field(read_count, required=True),
        "role": Field(_read_role, required=True),
        "rule": Field(read_text, required=True),
        "text": Field(read_text, required=True),
    },
    CutLine,
)
read_source_file = _reader(
    {
        "file": Field(read_text, required=True),
        "sha256": Field(_read_sha256, required=True),
        "lines": Field(partial(read_texts, read=_read_role)),
        "cut": Field(_rows(_read_cut)),
    },
    SourceFile,
)
