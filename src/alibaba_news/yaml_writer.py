"""Plain values -> YAML text that every YAML reader, old or new, reads back as the same values.

Mappings of text keys, lists, text, whole numbers, floats and None. The form is fixed (no library decides on it), so that a
record has the same bytes everywhere: short rows on one line, anything that could be read as another type in double quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

# Starts with a letter, ends with a letter, digit or closing sign, and holds nothing that means something in YAML.
_PLAIN = re.compile(r"[^\W\d_](?:[\w ./()%+'’“”–&-]*[\w.)%’”])?")
# What YAML 1.1 or 1.2 readers take for a truth value or for nothing.
_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_SCALARS = frozenset({str, int, float, type(None)})
_ESCAPED = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def write_yaml(values: dict[str, Any]) -> str:
    """The block form of a mapping, each line ended by a newline; lists of text stand on one line."""
    lines: list[str] = []
    _write_mapping(values, "", lines)
    return "".join(f"{line}\n" for line in lines)


def _write_mapping(values: dict[str, Any], indent: str, lines: list[str]) -> None:
    for key, value in values.items():
        if _is_short(value):
            lines.append(f"{indent}{key}: {_write_flow(value)}")
        elif isinstance(value, dict):
            lines.append(f"{indent}{key}:")
            _write_mapping(value, f"{indent}  ", lines)
        else:
            lines.append(f"{indent}{key}:")
            _write_list(value, indent, lines)


def _write_list(rows: Sequence[Any], indent: str, lines: list[str]) -> None:
    for row in rows:
        if not isinstance(row, dict) or _SCALARS.issuperset(map(type, row.values())) or all(map(_is_short, row.values())):
            lines.append(f"{indent}- {_write_flow(row)}")
        else:
            first = len(lines)
            _write_mapping(row, f"{indent}  ", lines)
            lines[first] = f"{indent}- {lines[first][len(indent) + 2 :]}"


def _is_short(value: Any) -> bool:
    """What stands on its key's line: a scalar, or a list without a mapping in it."""
    kind = type(value)
    if kind in _SCALARS:
        return True
    return not value if kind is dict else dict not in map(type, value)


def _write_flow(value: Any) -> str:
    kind = type(value)
    if kind is str:
        return _write_text(value)
    if kind is dict:
        parts = [f"{key}: {_write_text(part) if type(part) is str else _write_flow(part)}" for key, part in value.items()]
        return "{" + ", ".join(parts) + "}"
    if kind not in _SCALARS:
        return "[" + ", ".join(map(_write_flow, value)) + "]"
    return "null" if value is None else _write_number(value)


def _write_number(value: float) -> str:
    digits = repr(value)
    # YAML 1.1 takes 1e+22 for text: a float has a point there.
    return digits.replace("e", ".0e") if "e" in digits and "." not in digits else digits


@lru_cache(maxsize=8192)  # names, roles and ids are written again and again
def _write_text(text: str) -> str:
    return text if _is_plain(text) else _quote(text)


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and text.casefold() not in _WORDS and not _ESCAPED.search(text)


def _quote(text: str) -> str:
    return _ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04X}", json.dumps(text, ensure_ascii=False))


def write_row(values: dict[str, Any]) -> str:
    """A mapping on one line, ``{key: value, ...}``."""
    return _write_flow(values)
