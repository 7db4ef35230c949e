"""Chance -> inputs for ``fuzz.py``: files of at most 200 characters out of a grammar, and out of those made before.

The pieces stand in ``fuzz_pieces.yaml``; the package's own word lists and the texts of the test cases are drawn from too.
"""

from __future__ import annotations

import functools
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
LONGEST = 200
KINDS = {"txt": 10, "md": 6, "jsonl": 4, "html": 1}
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-be", "cp1252", "latin-1", "utf-32", "shift_jis", "utf-7")


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file's text as it is written there, and what stands beside it in NAME.yaml."""

    kind: Any
    text: str
    corrections: str = ""
    encoding: str = "utf-8"

    def size(self) -> int:
        return len(self.text) + len(self.corrections)


@functools.cache
def load_pieces() -> dict[str, list[str]]:
    """Lists of pieces by name; "tables" and "cases" are the strings of the word lists and the test cases."""
    pieces: dict[str, list[str]] = yaml.safe_load((ROOT / "tools" / "fuzz_pieces.yaml").read_text("utf-8"))
    for name, folder, pattern in (("tables", "src/alibaba_news/data", "*.yaml"), ("cases", "tests/cases", "*/*.yaml")):
        files = sorted((ROOT / folder).glob(pattern))
        pieces[name] = [s for f in files for s in list_strings(yaml.load(f.read_text("utf-8"), yaml.CSafeLoader))]
    pieces["tables"] = [part for s in pieces["tables"] for part in (s.split() if len(s) > 60 else [s])]
    return pieces


def list_strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from (*list_strings(key), *list_strings(value))
    elif isinstance(node, list):
        for value in node:
            yield from list_strings(value)


class Maker:
    """Inputs of one block, each out of chance and of those before it."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.pieces = load_pieces()
        self.earlier: list[str] = ["Jakarta"]

    def draw(self, name: str) -> str:
        return self.random.choice(self.pieces[name])

    def make(self) -> Input:
        (kind,) = self.random.choices(list(KINDS), list(KINDS.values()))
        text = self.make_text(kind)[:LONGEST]
        self.earlier.append(text)
        corrections = self.fill("snippet")[:LONGEST] if self.random.random() < 0.1 else ""
        encoding = self.random.choice(ENCODINGS) if self.random.random() < 0.04 else "utf-8"
        return Input(kind=kind, text=text, corrections=corrections, encoding=encoding)

    def make_text(self, kind: str) -> str:
        chance = self.random.random()
        if chance < 0.25:
            text = self.mutate(self.random.choice(self.earlier))
        elif chance < 0.4:
            text = self.cut(self.draw("cases"))
        else:
            text = self.write(self.random.choice((3, 6, 12, 25)))
        text = self.mutate(text) if self.random.random() < 0.3 else text
        if kind == "md" and self.random.random() < 0.5:
            return f"---\n{self.fill('snippet')}---\n{text}"
        if kind == "jsonl" and self.random.random() < 0.95:
            return self.wrap_line(text)
        return self.tag(text) if kind == "html" and self.random.random() < 0.8 else text

    def write(self, length: int) -> str:
        """Pieces in a row: sentences of the grammar, words of the lists, and now and then anything at all."""
        sorts = self.random.choices(("sentence", "tables", "word", "mark", "odd", "markup"), (8, 5, 8, 6, 1, 1), k=length)
        parts = [self.fill(sort) + self.random.choice(("", " ", " ", " ", "\n", "\n\n")) for sort in sorts]
        return "".join(parts)

    def fill(self, name: str, depth: int = 0) -> str:
        """A piece with its $slots filled by pieces of other lists."""
        piece = self.draw(name)
        if depth > 4 or "$" not in piece or name in ("tables", "cases"):
            return piece
        return re.sub(r"\$(\w+)", lambda m: self.fill(m[1], depth + 1) if m[1] in self.pieces else m[0], piece)

    def cut(self, text: str) -> str:
        start = self.random.randrange(max(1, len(text) - LONGEST // 2))
        return text[start : start + self.random.randint(1, LONGEST)]

    def mutate(self, text: str) -> str:
        for _ in range(self.random.randint(1, 3)):
            text = self.change(text)[:LONGEST]
        return text

    def change(self, text: str) -> str:
        start, end = sorted(self.random.randint(0, len(text)) for _ in range(2))
        head, part, tail = text[:start], text[start:end], text[end:]
        match self.random.randrange(6):
            case 0:
                return head + tail
            case 1:
                return head + part * self.random.choice((2, 2, 10)) + tail
            case 2:
                other = self.random.choice(self.earlier)
                return head + other[self.random.randint(0, len(other)) :]
            case 3:
                return head + self.fill(self.random.choice(("odd", "mark", "markup", "number"))) + part + tail
            case 4:
                return head + part.swapcase() + tail
            case _:
                return text.replace("\n", self.random.choice(("\r\n", "\r", "\n\n", " ", "\u2028")))

    def wrap_line(self, text: str) -> str:
        line = json.dumps({"text": text[:120]} | ({"title": self.fill("word")} if self.random.random() < 0.3 else {}))
        line = line if self.random.random() < 0.8 else self.mutate(line)
        return line if self.random.random() < 0.8 else f"{line}\n{self.fill('jsonl')}"

    def tag(self, text: str) -> str:
        parts = re.split(r"(?<=[\n.])", text[:140])
        return "".join(f"{self.draw('tag')}{part}{self.draw('tag') if self.random.random() < 0.3 else ''}" for part in parts)
