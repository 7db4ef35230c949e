"""A file's keys (a YAML tree) -> what only the story can confirm: whom its rows name, and where in the text they stand.

Values that are no text, number or place are passed over: the readers of the rows have named them.
"""

from __future__ import annotations

from collections.abc import Iterator

from alibaba_news.characters import clean_text
from alibaba_news.fields import Faults, read_count, read_paragraph
from alibaba_news.loader.given import Placed, Reference
from alibaba_news.model import ENTITY_KINDS
from alibaba_news.yaml_reader import Node, YamlList, YamlMap, YamlText


def list_references(tree: YamlMap, path: str) -> Iterator[Reference]:
    """Every id or name by which a quote or an event means somebody."""
    for key, names in (("quotes", ("speaker",)), ("events", ("people", "organizations"))):
        for _, row in _list_rows(tree.get(key), key):
            for name in names:
                value = row.get(name)
                for item in value.items if isinstance(value, YamlList) else (value,):
                    if isinstance(item, YamlText) and item.text:
                        yield Reference(key=f"{key}.{name}", text=item.text, path=path, line=item.line)


def list_placed(tree: YamlMap, path: str) -> Iterator[Placed]:
    """Every row with a paragraph: mentions, quotes, dates, figures and events."""
    for kind in ENTITY_KINDS:
        for label, row in _list_rows(tree.get(kind), kind):
            for sub_label, mention in _list_rows(row.get("mentions"), f"{label}.mentions"):
                yield from _place(mention, sub_label, path, "start")
    for key in ("quotes", "dates", "figures"):
        for label, row in _list_rows(tree.get(key), key):
            yield from _place(row, label, path, "start")
    for label, row in _list_rows(tree.get("events"), "events"):
        yield from _place(row, label, path, "offset")


def _list_rows(node: Node | None, label: str) -> Iterator[tuple[str, YamlMap]]:
    for number, row in enumerate(node.items if isinstance(node, YamlList) else (), start=1):
        if isinstance(row, YamlMap):
            yield f"{label}[{number}]", row


def _place(row: YamlMap, label: str, path: str, start_key: str) -> Iterator[Placed]:
    passed_over = Faults(path)
    place, start, text = row.get("paragraph"), row.get(start_key), row.get("text")
    paragraph = read_paragraph(place, label, passed_over) if place is not None else None
    if place is None or paragraph is None:
        return
    yield Placed(
        label=label,
        text=clean_text(text.text) if isinstance(text, YamlText) and text.text else None,
        paragraph=paragraph,
        start=read_count(start, label, passed_over) if start is not None else None,
        path=path,
        line=start.line if start is not None else place.line,
    )
