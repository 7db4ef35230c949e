"""Front matter -> the same tree that ``yaml_reader`` makes of it, several times faster where it is written as nearly all is.

A key whose value stands on its line, plain or quoted words or a list of such in brackets, is read here, and a list of mappings
that stand on a line each; whatever else a key holds goes to ``yaml_reader`` alone. Where anything is wrong, or may concern two
keys, nothing is read: the words for faults and the finer points of YAML are known there.
"""

from __future__ import annotations

import re

from alibaba_news.yaml_reader import NULLS, Node, YamlList, YamlMap, YamlRow, YamlText, find_unprintable, parse_mapping

_WITHIN = r"""[^"\\\n\x85\u2028\u2029]*+"""  # in one piece: sign by sign took most of the time
_QUOTED = rf"""\"{_WITHIN}(?:\\["\\]{_WITHIN})*\"|'[^'\n\x85\u2028\u2029]*'"""
# Begins with a letter or digit, ends with one or with a sign that means nothing there; in a list no comma stands in it.
_PLAIN = r"[^\W_](?:[\w ./()+%;’“”–-]*[\w./()+%;’“”–])?"
_SCALAR = rf"(?:{_QUOTED}|{_PLAIN})"
_ITEM = re.compile(_SCALAR)
_NAME = r"[A-Za-z][A-Za-z0-9_-]{0,60}"
_ROW = re.compile(rf"({_NAME}):(?: +({_SCALAR}) *| +(\[ *(?:{_SCALAR} *(?:, *{_SCALAR} *)*)?\]) *)\n+")
_PAIR = re.compile(rf"({_NAME}): +({_SCALAR}) *")
_MAPPING = rf"- +\{{ *{_NAME}: +{_SCALAR} *(?:, *{_NAME}: +{_SCALAR} *)*\}} *\n"
_MAPPINGS = re.compile(rf"({_NAME}): *\n( *){_MAPPING}(?:\2{_MAPPING})*\n*")
_KEY = re.compile(rf"(?m)^(?={_NAME}:[ \n])")
_DOCUMENT = re.compile(r"(?m)^(?:---|\.\.\.|%)")
_ESCAPED = re.compile(r"\\(.)")


def read_lines(text: str, line_offset: int = 0) -> YamlMap | None:
    """The mapping, or None where ``yaml_reader`` has to read it; ``line_offset`` as there."""
    above, *parts = _KEY.split(text)
    if above or find_unprintable(text) or _DOCUMENT.search(text):
        return None
    rows: dict[str, YamlRow] = {}
    line = line_offset + 1
    for part in parts:
        found = _ROW.fullmatch(part)
        row = _read_rows(part, line) if found is None else YamlRow(found[1], _read_value(found[2], found[3], line), line)
        if row is None or row.key in rows or row.key in NULLS:
            return None
        rows[row.key] = row
        line += part.count("\n")
    return YamlMap(tuple(rows.values()), line_offset + 1) if rows else None


def _read_rows(part: str, line: int) -> YamlRow | None:
    """A key with mappings that stand on a line each, or with a value of another form."""
    found = _MAPPINGS.fullmatch(part)
    written = part.rstrip("\n").split("\n")[1:] if found else []
    maps = [row for number, text in enumerate(written, start=line + 1) if (row := _read_mapping(text, number))]
    if found is None or len(maps) < len(written):
        return _read_part(part, line)
    return YamlRow(found[1], YamlList(tuple(maps), line + 1), line)


def _read_mapping(text: str, line: int) -> YamlMap | None:
    """The mapping of a line; None where a key is none, or stands there twice."""
    pairs = _PAIR.findall(text)
    rows = {key: YamlRow(key, _read_scalar(value, line), line) for key, value in pairs}
    return None if len(rows) < len(pairs) or NULLS & rows.keys() else YamlMap(tuple(rows.values()), line)


def _read_part(part: str, line: int) -> YamlRow | None:
    """A key with a value of another form; None where that is not all, or nothing that can stand by itself."""
    tree, faults = parse_mapping(part, "", line - 1)
    return tree.rows[0] if tree is not None and not faults and len(tree.rows) == 1 else None


def _read_value(scalar: str | None, items: str, line: int) -> Node:
    if scalar is not None:
        return _read_scalar(scalar, line)
    return YamlList(tuple([_read_scalar(item, line) for item in _ITEM.findall(items)]), line)


def _read_scalar(written: str, line: int) -> YamlText:
    if written[0] == '"':
        text = written[1:-1]
        return YamlText(_ESCAPED.sub(r"\1", text) if "\\" in text else text, line)
    if written[0] == "'":
        return YamlText(written[1:-1], line)
    return YamlText(None if written in NULLS else written, line)
