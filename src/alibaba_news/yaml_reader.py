"""YAML text -> a tree in which every value is text and knows its line, or clear errors; nothing is guessed.

Plain YAML turns ``no`` into False, ``10:14`` into 614 and lets the second of two equal keys win. Here a scalar is text (None
where it is empty, ``~`` or ``null``), whoever reads a key says what type it has, and a repeated key is an error. The tree is
built from parser events without recursion, so that neither deep nesting nor aliases of aliases can exhaust the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct, field

from alibaba_news.diagnostics import Diagnostic

_MAX_DEPTH = 32  # the record itself is four deep
_MAX_ALIASED = 10_000  # values that aliases may repeat, all in all
_KEY_HINT = "Write key: value, and text that starts with [, { or ? in quotes."
NULLS = {"", "~", "null", "Null", "NULL"}
# What YAML 1.2 does not count among its printable characters (5.1), and the byte order mark.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlText(Struct, frozen=True):
    """A scalar: its text, None for null. ``bare`` is a number, true or false of JSON, which stood there without quotes."""

    text: str | None
    line: int
    bare: bool = False


class YamlList(Struct, frozen=True):
    items: tuple[Node, ...]
    line: int


class YamlRow(Struct, frozen=True):
    """One ``key: value`` of a mapping; ``line`` is the key's."""

    key: str
    value: Node
    line: int


class YamlMap(Struct, frozen=True):
    rows: tuple[YamlRow, ...]
    line: int

    def get(self, key: str) -> Node | None:
        """The value of a key, None where the key does not stand there."""
        for row in self.rows:
            if row.key == key:
                return row.value
        return None


Node = YamlText | YamlList | YamlMap


class _Frame(Struct):
    """A collection that is still open."""

    line: int
    anchor: str | None
    is_map: bool
    children: list[Node] = field(default_factory=list)
    size: int = 1


class _Refused(Exception):  # noqa: N818 - a control flow of this module, turned into a Diagnostic before it leaves
    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.message, self.hint = line, message, hint


class _Builder:
    def __init__(self, path: str, line_offset: int) -> None:
        self.path, self.offset = path, line_offset
        self.faults: list[Diagnostic] = []
        self.open: list[_Frame] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.aliased = 0
        self.documents = 0
        self.root: Node | None = None

    def take(self, event: Any) -> None:
        line = int(event.start_mark.line) + 1 + self.offset
        if getattr(event, "tag", None) is not None:
            raise _Refused(line, f"a YAML tag ({event.tag}) is not read.", "Write the plain value; put text in quotes.")
        if isinstance(event, yaml.ScalarEvent):
            null = event.implicit[0] and event.value in NULLS
            self.add(YamlText(None if null else event.value, line), event.anchor, 1)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if len(self.open) >= _MAX_DEPTH:
                raise _Refused(line, f"lists within lists, more than {_MAX_DEPTH} deep.", "Nest the values less deeply.")
            self.open.append(_Frame(line, event.anchor, isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            frame = self.open.pop()
            node = self.close_map(frame) if frame.is_map else YamlList(tuple(frame.children), frame.line)
            self.add(node, frame.anchor, frame.size)
        elif isinstance(event, yaml.AliasEvent):
            self.add_alias(event.anchor or "", line)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _Refused(line, "a second YAML document starts here.", "Keep one document: remove the line ---.")

    def add_alias(self, anchor: str, line: int) -> None:
        if anchor not in self.anchors:
            raise _Refused(line, f"*{anchor} names nothing written above it.", "Put text that starts with * in quotes.")
        node, size = self.anchors[anchor]
        self.aliased += size
        if self.aliased > _MAX_ALIASED:
            raise _Refused(line, "aliases (*name) repeat too many values.", "Write the values out instead of repeating them.")
        self.add(node, None, size)

    def add(self, node: Node, anchor: str | None, size: int) -> None:
        if anchor:
            self.anchors[anchor] = (node, size)
        if self.open:
            self.open[-1].children.append(node)
            self.open[-1].size += size
        else:
            self.root = node

    def close_map(self, frame: _Frame) -> YamlMap:
        rows: dict[str, YamlRow] = {}
        for key, value in zip(frame.children[::2], frame.children[1::2], strict=True):
            if not isinstance(key, YamlText) or key.text is None:
                raise _Refused(key.line, "a key that is not text.", _KEY_HINT)
            if key.text in rows:
                first = rows[key.text].line
                self.faults.append(
                    Diagnostic(
                        path=self.path,
                        line=key.line,
                        message=f"{key.text}: this key already stands on line {first}.",
                        hint="Keep one of the two.",
                    )
                )
            else:
                rows[key.text] = YamlRow(key.text, value, key.line)
        return YamlMap(tuple(rows.values()), frame.line)


def parse_yaml(text: str, path: str, line_offset: int = 0) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of one YAML document (None: empty, or refused) and its faults, by ``path`` and 1-based line.

    ``line_offset`` is the number of lines of the file above the text. Never raises, whatever the text.
    """
    builder = _Builder(path, line_offset)
    try:
        _refuse_unprintable(text, line_offset)
        for event in _events(text, line_offset):
            builder.take(event)
    except _Refused as fault:
        found = Diagnostic(path=path, line=fault.line, message=fault.message, hint=fault.hint)
        return None, (*builder.faults, found)
    root = builder.root
    return (None if isinstance(root, YamlText) and root.text is None else root), tuple(builder.faults)


def parse_mapping(text: str, path: str, line_offset: int = 0) -> tuple[YamlMap | None, tuple[Diagnostic, ...]]:
    """YAML that must be a mapping of keys (or empty)."""
    tree, faults = parse_yaml(text, path, line_offset)
    if tree is None or isinstance(tree, YamlMap):
        return tree, faults
    fault = Diagnostic(path=path, line=tree.line, message="must be keys and values.", hint="Write one key: value a line.")
    return None, (*faults, fault)


def find_unprintable(text: str) -> re.Match[str] | None:
    """The first character that cannot stand in YAML."""
    return _UNPRINTABLE.search(text)


def _refuse_unprintable(text: str, offset: int) -> None:
    if odd := find_unprintable(text):
        line = text.count("\n", 0, odd.start()) + 1 + offset
        raise _Refused(line, f"the character U+{ord(odd[0]):04X} cannot stand in YAML.", "Remove it.")


def _events(text: str, offset: int) -> Iterator[Any]:
    try:
        loader = _LOADER(text)
        while (event := loader.get_event()) is not None:
            yield event
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        line = (mark.line if mark else 0) + 1 + offset
        hint = "Put text that holds ': ' or ' #', or starts with one of [ { & * ! | > % @ ` \", in single quotes."
        raise _Refused(line, f"this is not valid YAML: {problem}.", hint) from None
