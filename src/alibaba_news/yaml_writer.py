"""Plain values -> YAML text that every YAML reader, old or new, reads back as the same values.

Mappings of text keys, lists, text, whole numbers, floats and None. The form is fixed (no library decides on it), so that a
record has the same bytes everywhere: short rows on one line, anything that could be read as another type in double quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

# Starts with a letter, ends with a letter, digit or closing sign, and holds nothing that means something in YAML.
_PLAIN = re.compile(r"[^\W\d_](?:[\w ./()%+'’“”–&-]*[\w.)%’”])?")
# What YAML 1.1 or 1.2 readers take for a truth value or for nothing.
_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_ESCAPED = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def write_yaml(values: Mapping[str, Any]) -> str:
    """The block form of a mapping, each line ended by a newline; lists of text stand on one line."""
    return "".join(f"{line}\n" for line in _mapping_lines(values))


def _mapping_lines(values: Mapping[str, Any]) -> list[str]:
    lines: list[str] = []
    for key, value in values.items():
        if _is_short(value):
            lines.append(f"{key}: {_write_flow(value)}")
        elif isinstance(value, Mapping):
            lines.append(f"{key}:")
            lines += [f"  {line}" for line in _mapping_lines(value)]
        else:
            lines.append(f"{key}:")
            lines += _list_lines(value)
    return lines


def _list_lines(rows: Sequence[Any]) -> list[str]:
    lines: list[str] = []
    for row in rows:
        if not isinstance(row, Mapping) or all(_is_short(value) for value in row.values()):
            lines.append(f"- {_write_flow(row)}")
        else:
            first, *rest = _mapping_lines(row)
            lines += [f"- {first}", *(f"  {line}" for line in rest)]
    return lines


def _is_short(value: Any) -> bool:
    """What stands on its key's line: a scalar, or a list without a mapping in it."""
    if isinstance(value, Mapping):
        return not value
    return not isinstance(value, list | tuple) or not any(isinstance(row, Mapping) for row in value)


def _write_flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_write_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_write_flow, value)) + "]"
    return _write_scalar(value)


def _write_scalar(value: str | float | None) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return value if _is_plain(value) else _quote(value)
    digits = repr(value)
    # YAML 1.1 takes 1e+22 for text: a float has a point there.
    return digits.replace("e", ".0e") if "e" in digits and "." not in digits else digits


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and text.casefold() not in _WORDS and not _ESCAPED.search(text)


def _quote(text: str) -> str:
    return _ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04X}", json.dumps(text, ensure_ascii=False))


def write_row(values: Mapping[str, Any]) -> str:
    """A mapping on one line, ``{key: value, ...}``."""
    return _write_flow(values)
