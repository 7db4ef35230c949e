"""A line of ``.jsonl`` -> the same tree as YAML front matter, every value on that line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from alibaba_news.diagnostics import Diagnostic
from alibaba_news.fields import shorten
from alibaba_news.yaml_reader import Node, YamlList, YamlMap, YamlRow, YamlText


class _Number(str):
    """The text of a number."""

    __slots__ = ()


def parse_json_line(text: str, path: str, line: int) -> tuple[YamlMap | None, tuple[Diagnostic, ...]]:
    """The object of one line, None where it is none; a repeated key is a fault. Never raises."""
    faults: list[Diagnostic] = []

    def add(message: str, hint: str) -> None:
        faults.append(Diagnostic(path=path, line=line, message=message, hint=hint))

    def make_map(pairs: Sequence[tuple[str, Any]]) -> YamlMap:
        rows: dict[str, YamlRow] = {}
        for key, value in pairs:
            if key in rows:
                add(f"{shorten(key)}: this key stands twice in one object.", "Keep one of the two.")
            rows.setdefault(key, YamlRow(key, _make_node(value, line), line))
        return YamlMap(tuple(rows.values()), line)

    try:
        # Numbers stay text, so that none is too long and none is rounded before its key is known.
        loaded = json.loads(text, object_pairs_hook=make_map, parse_int=_Number, parse_float=_Number, parse_constant=_Number)
        tree = _make_node(loaded, line)
    except json.JSONDecodeError as error:
        add(f"this line is not valid JSON: {error.msg}.", "Write one object a line, as json.dumps does.")
        return None, tuple(faults)
    except RecursionError:
        add("lists within lists, too many.", "Write the values less deeply nested.")
        return None, tuple(faults)
    if not isinstance(tree, YamlMap):
        add("this line is no JSON object.", 'Write {"text": "the article"}.')
        return None, tuple(faults)
    return tree, tuple(faults)


def _make_node(value: Any, line: int) -> Node:
    if isinstance(value, YamlMap):
        return value
    if isinstance(value, list):
        return YamlList(tuple(_make_node(item, line) for item in value), line)
    if isinstance(value, bool):
        return YamlText("true" if value else "false", line, bare=True)
    # What goes on into records is a text of the plain kind: nothing else can be kept.
    return YamlText(str(value), line, bare=True) if isinstance(value, _Number) else YamlText(value, line)
