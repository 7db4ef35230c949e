"""Values an editor wrote (a YAML tree) -> checked values: text, dates, addresses, numbers, rows of named fields.

Every reader takes (node, label, faults), adds what is wrong to ``faults`` with its line, and gives None where nothing can be
used, so that all faults of a file are found in one go.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from alibaba_news.characters import clean_text
from alibaba_news.diagnostics import Diagnostic, suggest_key
from alibaba_news.yaml_reader import Node, YamlList, YamlMap, YamlText

_PARAGRAPH = re.compile(r"caption-[1-9][0-9]{0,5}|[0-9]{1,7}")


class Faults:
    """What is wrong in one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Diagnostic] = []

    def add(self, line: int | None, message: str, hint: str = "") -> None:
        """Note an error; ``hint`` says what to do."""
        self.found.append(Diagnostic(path=self.path, line=line, message=message, hint=hint))

    def warn(self, line: int | None, message: str, hint: str = "") -> None:
        """Note what was mended and should be looked at."""
        self.found.append(Diagnostic(path=self.path, line=line, message=message, hint=hint, severity="warning"))


Reader = Callable[[Node, str, Faults], Any]


class Field(Struct, frozen=True):
    """How a key's value is read, and whether the key must stand there."""

    read: Reader
    required: bool = False


def describe(node: Node) -> str:
    """The kind of a value in words, for messages."""
    if isinstance(node, YamlText):
        return "empty" if node.text is None else f"'{shorten(node.text)}'"
    return "a list" if isinstance(node, YamlList) else "a mapping"


def shorten(text: str, limit: int = 60) -> str:
    """A value as a message shows it: one line, cut."""
    plain = " ".join(text.split())
    return plain if len(plain) <= limit else f"{plain[: limit - 1]}…"


def read_text(node: Node, label: str, faults: Faults) -> str | None:
    """Text as written, without control characters; None where it is null."""
    if not isinstance(node, YamlText):
        faults.add(
            node.line, f"{label}: must be text, not {describe(node)}.", "Write plain text, in quotes where it holds signs."
        )
        return None
    return None if node.text is None else clean_text(node.text)


def read_line(node: Node, label: str, faults: Faults) -> str | None:
    """Text on one line; None where it is null, a fault where it is blank."""
    text = read_text(node, label, faults)
    if text is not None and not text.strip():
        faults.add(node.line, f"{label}: is blank.", "Write some text, or remove the key.")
        return None
    if text is None:
        return None
    # Spaces within a line stay as they are: a name may be printed with a no-break space in it.
    line = text.strip()
    return line if "\n" not in line else " ".join(part.strip() for part in line.split("\n"))


def read_texts(node: Node, label: str, faults: Faults, read: Reader = read_text) -> tuple[str, ...]:
    """A list of text; one text alone is a list of one, null an empty one."""
    if isinstance(node, YamlMap):
        faults.add(node.line, f"{label}: must be a list of texts, not a mapping.", f"Write {label}: [one, two].")
        return ()
    nodes = node.items if isinstance(node, YamlList) else () if node.text is None else (node,)
    values = []
    for number, item in enumerate(nodes, start=1):
        if isinstance(item, YamlText) and item.text is None:
            faults.add(item.line, f"{label}: entry {number} is empty.", "Write its text, or remove the entry.")
        elif (value := read(item, f"{label}: entry {number}", faults)) is not None:
            values.append(value)
    return tuple(values)


def read_lines(node: Node, label: str, faults: Faults) -> tuple[str, ...]:
    """A list of names, each on one line."""
    return read_texts(node, label, faults, read_line)


def choose(*options: str) -> Reader:
    """A reader of one of a few words."""

    def read(node: Node, label: str, faults: Faults) -> str | None:
        if isinstance(node, YamlText) and node.text in options:
            return node.text
        words = f"{', '.join(options[:-1])} or {options[-1]}" if len(options) > 1 else options[0]
        faults.add(node.line, f"{label}: must be {words}, not {describe(node)}.", suggest_option(node, options))
        return None

    return read


def suggest_option(node: Node, options: Iterable[str]) -> str:
    """A hint where the word is near one of the options."""
    hint = suggest_key(node.text or "", options) if isinstance(node, YamlText) else ""
    return hint if hint.startswith("Did") else "Write one of them."


def is_web_address(text: str) -> bool:
    """Whether the text is an absolute http or https address with a host and no blank or control character in it."""
    if not text.isprintable() or any(c.isspace() or c in '<>"\\' for c in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def read_url(node: Node, label: str, faults: Faults) -> str | None:
    """An http or https address."""
    text = read_line(node, label, faults)
    if text is not None and not is_web_address(text):
        hint = "Write it whole, as https://example.org/page."
        faults.add(node.line, f"{label}: '{shorten(text)}' is not an http or https address.", hint)
        return None
    return text


def read_count(node: Node, label: str, faults: Faults) -> int | None:
    """A whole number, 0 or more; None where it is null."""
    text = node.text if isinstance(node, YamlText) else ""
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", text):
        faults.add(node.line, f"{label}: must be a whole number, not {describe(node)}.", "Write digits only, such as 12.")
        return None
    return int(text)


def read_number(node: Node, label: str, faults: Faults) -> int | float | None:
    """A plain number: digits, with a point before decimals."""
    text = (node.text or "") if isinstance(node, YamlText) else ""
    if re.fullmatch(r"-?[0-9]{1,300}", text):
        return int(text)
    if re.fullmatch(r"-?[0-9]{1,300}(\.[0-9]{1,300})?([eE][+-]?[0-9]{1,3})?", text) and math.isfinite(float(text)):
        return float(text)
    faults.add(node.line, f"{label}: must be a plain number, not {describe(node)}.", "Write 14700000 or 0.5, without units.")
    return None


def read_flag(node: Node, label: str, faults: Faults) -> bool | None:
    """true or false."""
    word = choose("true", "false")(node, label, faults)
    return None if word is None else word == "true"


def read_paragraph(node: Node, label: str, faults: Faults) -> int | str | None:
    """Where something stands: 0 the title, 1... a paragraph, caption-1... a caption; None where it is null."""
    text = node.text if isinstance(node, YamlText) else ""
    if text is None:
        return None
    if not _PARAGRAPH.fullmatch(text):
        hint = "Write 0 for the title, 1 for the first paragraph, caption-1 for the first caption."
        faults.add(node.line, f"{label}: must be the number of a paragraph, not {describe(node)}.", hint)
        return None
    return text if text.startswith("caption") else int(text)


def read_fields(node: Node, label: str, faults: Faults, fields: Mapping[str, Field]) -> dict[str, Any] | None:
    """The values of a mapping by key, those that stand there; None (and faults) where it is no mapping or lacks a key."""
    if not isinstance(node, YamlMap):
        keys = ", ".join(f"{key}: …" for key, field in fields.items() if field.required)
        faults.add(node.line, f"{label}: must be a mapping, not {describe(node)}.", f"Write {{{keys}}}.")
        return None
    prefix = f"{label}." if label else ""
    values: dict[str, Any] = {}
    for row in node.rows:
        if row.key in fields:
            values[row.key] = fields[row.key].read(row.value, prefix + row.key, faults)
        else:
            faults.add(row.line, f"{prefix}{shorten(row.key)}: unknown key.", suggest_key(row.key[:80], fields))
    missing = [key for key, field in fields.items() if field.required and node.get(key) is None]
    for key in missing:
        faults.add(node.line, f"{prefix}{key}: is missing.", f"Add {key}: to this entry.")
    empty = [key for key in values if fields[key].required and values[key] is None]
    for key in empty:
        value = node.get(key)
        if isinstance(value, YamlText) and value.text is None:
            faults.add(value.line, f"{prefix}{key}: is empty.", "Write its value.")
    return None if missing or empty else values


def read_rows(node: Node, label: str, faults: Faults, read: Reader) -> tuple[Any, ...]:
    """A list of entries, each read by ``read``; null is an empty list."""
    return tuple(value for _, value in read_lined_rows(node, label, faults, read))


def read_lined_rows(node: Node, label: str, faults: Faults, read: Reader) -> tuple[tuple[int, Any], ...]:
    """As ``read_rows``, each value with its line."""
    if isinstance(node, YamlText) and node.text is None:
        return ()
    if not isinstance(node, YamlList):
        faults.add(
            node.line, f"{label}: must be a list, not {describe(node)}.", "Start each entry on a line of its own with '- '."
        )
        return ()
    values = [(item.line, read(item, f"{label}[{number}]", faults)) for number, item in enumerate(node.items, start=1)]
    return tuple((line, value) for line, value in values if value is not None)
