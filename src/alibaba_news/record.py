"""Story -> the published record: a mapping ready for JSON, ``index.md`` (front matter and Markdown body), and its schema.

What goes out can come in again: ``index.md`` put into a seeds folder reads back to the same values.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources
from typing import Any

from alibaba_news.markdown_writer import escape_paragraph
from alibaba_news.model import DateExpression, Entity, Event, Figure, Mention, Quote, SourceFile, Story
from alibaba_news.yaml_writer import write_yaml

SCHEMA_VERSION = 1


def story_to_record(story: Story) -> dict[str, Any]:
    """The record's keys in their published order, as plain lists, mappings, text and numbers (without ``body``)."""
    return {
        "schema": SCHEMA_VERSION,
        "title": story.title,
        "title_origin": story.title_origin,
        "slug": story.slug,
        "lang": story.lang,
        "description": story.description,
        "date": story.date,
        "date_origin": story.date_origin,
        "date_evidence": story.date_evidence,
        "date_latest": story.date_latest,
        "date_candidates": list(story.date_candidates),
        "retrieved": story.retrieved,
        "url": story.url,
        "outlet": story.outlet,
        "dateline": story.dateline,
        "authors": list(story.authors),
        "editors": list(story.editors),
        "people": [_entity_row(entity, roles=True) for entity in story.people],
        "organizations": [_entity_row(entity) for entity in story.organizations],
        "places": [_entity_row(entity) for entity in story.places],
        "products": [_entity_row(entity) for entity in story.products],
        "events": [_event_row(event) for event in story.events],
        "dates": [_date_row(date) for date in story.dates],
        "quotes": [_quote_row(quote) for quote in story.quotes],
        "figures": [_figure_row(figure) for figure in story.figures],
        "captions": [{"text": caption.text, "credit": caption.credit} for caption in story.captions],
        "source": _source_row(story.source),
        "corrections": [{"date": c.date, "text": c.text} for c in story.corrections],
        "replies": [{"date": r.date, "text": r.text, "url": r.url} for r in story.replies],
        "withdrawn": {"date": story.withdrawn.date, "reason": story.withdrawn.reason} if story.withdrawn else None,
        "withhold": list(story.withhold),
        "redirect_from": list(story.redirect_from),
    }


def story_to_row(story: Story) -> dict[str, Any]:
    """A line of ``data/stories.jsonl`` before it is JSON: the record, and the paragraphs as plain text in ``body``."""
    return {**story_to_record(story), "body": list(story.body)}


def record_to_markdown(story: Story) -> str:
    """``index.md``: the record as YAML front matter, below it the body, one paragraph a block, markup escaped."""
    blocks = "".join(f"\n{escape_paragraph(paragraph)}\n" for paragraph in story.body)
    return f"---\n{write_yaml(story_to_record(story))}---\n{blocks}"


@lru_cache(maxsize=1)
def _schema_text() -> str:
    return resources.files("alibaba_news").joinpath("data", "record.schema.json").read_text(encoding="utf-8")


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a line of ``data/stories.jsonl``."""
    loaded: dict[str, Any] = json.loads(_schema_text())
    return loaded


def _with_extras(row: dict[str, Any], **extras: Any) -> dict[str, Any]:
    """Keys beyond the published ones stand only where they say something."""
    return row | {key: value for key, value in extras.items() if value is not None and value not in ("", [])}


def _entity_row(entity: Entity, roles: bool = False) -> dict[str, Any]:
    said = [role.text for role in entity.roles]
    row: dict[str, Any] = {"id": entity.id, "name": entity.name, "aliases": list(entity.aliases)}
    if roles or said:
        row["roles"] = said
    row["mentions"] = [_mention_row(mention) for mention in entity.mentions]
    return _with_extras(row, evidence=entity.evidence)


def _mention_row(mention: Mention) -> dict[str, Any]:
    return {"text": mention.text, "paragraph": mention.paragraph, "start": mention.start}


def _event_row(event: Event) -> dict[str, Any]:
    row = {
        "id": event.id,
        "name": event.name,
        "start": event.start,
        "end": event.end,
        "precision": event.precision,
        "origin": event.origin,
        "evidence": event.evidence,
        "place": event.place,
        "people": list(event.people),
    }
    return _with_extras(
        row,
        organizations=list(event.organizations),
        candidates=list(event.candidates),
        paragraph=event.paragraph,
        offset=event.offset,
    )


def _date_row(date: DateExpression) -> dict[str, Any]:
    row = {
        "text": date.text,
        "value": date.value,
        "origin": date.origin,
        "candidates": list(date.candidates),
        "paragraph": date.paragraph,
    }
    return _with_extras(row, start=date.start)


def _quote_row(quote: Quote) -> dict[str, Any]:
    row = {
        "text": quote.text,
        "speaker": quote.speaker,
        "speaker_text": quote.speaker_text,
        "kind": quote.kind,
        "paragraph": quote.paragraph,
    }
    return _with_extras(row, start=quote.start)


def _figure_row(figure: Figure) -> dict[str, Any]:
    row = {"text": figure.text, "value": figure.value, "unit": figure.unit, "paragraph": figure.paragraph}
    return _with_extras(row, start=figure.start)


def _source_row(source: SourceFile) -> dict[str, Any]:
    cut = [{"line": c.line, "role": c.role, "rule": c.rule, "text": c.text} for c in source.cut]
    return {"file": source.file, "sha256": source.sha256, "lines": list(source.lines), "cut": cut}
