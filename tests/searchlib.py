"""A reader of the search index in Python: what a site's files say a word stands in. It shares no code with their writer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import Stemmer
from msgspec import Struct

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345abcdefghijklmnopqrstuvwxyz6789-_"
_CALL = re.compile(r'archiveSearch\.take\("([\w-]+)",(.*)\);')
_stem = Stemmer.Stemmer("indonesian").stemWord


class Found(Struct, frozen=True):
    """One posting: the document's page, the weight's level, the places."""

    path: str
    level: int
    places: tuple[int, ...]


class SearchFiles:
    """The index of a site in memory."""

    def __init__(self, site: Mapping[str, bytes]) -> None:
        self.calls: dict[str, Any] = {}
        for path, content in site.items():
            if path.startswith("search/data/"):
                for line in content.decode().splitlines():
                    name, value = _CALL.fullmatch(line).groups()  # type: ignore[union-attr]
                    self.calls[name] = json.loads(value)
        page = re.search(r'id="search-plan">(.*)</script>', site["search/index.html"].decode())
        assert page is not None
        self.plan = json.loads(page[1])
        self.documents = [self._list_documents(block) for block in range(len(self.calls["documents"]))]
        counts = [read_numbers(counts) for counts, _ in self.calls["documents"]]
        slots = 1
        while slots < max(map(max, counts)):
            slots *= 2
        self.numbers = [[chunk * slots + n for chunk, held in enumerate(row) for n in range(held)] for row in counts]

    def _list_documents(self, block: int) -> list[list[str]]:
        counts, table = self.calls["documents"][block]
        chunks = [self.calls[f"texts-{block}-{chunk}"] for chunk in range(len(read_numbers(counts)))]
        assert [len(chunk) for chunk in chunks] == read_numbers(counts)
        rows = [row for chunk in chunks for row in chunk]
        assert len(table) == 5 * len(rows)
        return rows

    def find(self, word: str) -> set[str]:
        """The pages that hold exactly this word (folded already)."""
        return {found.path for found in self.look_up(word)}

    def find_phrase(self, words: list[str]) -> set[str]:
        """The pages where these words stand side by side."""
        held: set[tuple[str, int]] | None = None
        for offset, word in enumerate(words):
            starts = {(found.path, place - offset) for found in self.look_up(word) for place in found.places}
            held = starts if held is None else held & starts
        return {path for path, _ in held or ()}

    def look_up(self, word: str) -> list[Found]:
        """Every posting of a word, or of a filter (``@y2018``)."""
        stem = _stem(word) if re.fullmatch("[a-z]+", word) else word
        bounds = self.plan["bounds"]
        shard = max(n for n, bound in enumerate(bounds) if bound <= stem)
        starts = (f"{stem} {'' if stem == word else word} ", f"{stem} {word}~ ")  # of a text in another language
        found = []
        for block, (documents, numbers) in enumerate(zip(self.documents, self.numbers, strict=True)):
            for line in self.calls[f"words-{block}-{shard}"].split(";"):
                if line.startswith(starts):
                    found += _read_postings(line.rsplit(" ", 1)[1], dict(zip(numbers, documents, strict=True)))
        return found


def read_numbers(letters: str) -> list[int]:
    """Numbers of five bits a letter, the highest first; the first 32 letters end a number."""
    numbers, value = [], 0
    for letter in letters:
        code = LETTERS.index(letter)
        value = value * 32 + code % 32
        if code < 32:
            numbers.append(value)
            value = 0
    return numbers


def _read_postings(text: str, documents: dict[int, list[str]]) -> list[Found]:
    found, document, at = [], 0, 0

    def take() -> int:
        nonlocal at
        start = at
        while LETTERS.index(text[at]) >= 32:
            at += 1
        at += 1
        return read_numbers(text[start:at])[0]

    while at < len(text):
        document += take()
        level, length = take(), take()
        steps = read_numbers(text[at : at + length])
        at += length
        places = tuple(sum(steps[: n + 1]) for n in range(len(steps)))
        found.append(Found(path=documents[document][0], level=level, places=places))
    return found
