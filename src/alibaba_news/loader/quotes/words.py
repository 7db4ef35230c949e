"""A paragraph's words as tokens that know the entity they name, and the tables of speech as sets; text in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from alibaba_news.model import Entity, Place
from alibaba_news.world import load_table

# A number keeps its points (1.000), a name its hyphens, its ampersand and its domain (Kabar.com, A&W).
_TOKEN = re.compile(r"\w+(?:(?:[-'’&/@]|(?<=\d)[.,](?=\d)|\.(?=[a-z]))\w+)*|[,.:;()!?–—\[\]]|(?<=\s)-+(?=\s)")

# Behind anything but a word or a comma a capital only says that a sentence starts.
_BEFORE = re.compile(r"[\w,;(/&)'’-]['\"”’]?\s*$")


class Mark(NamedTuple):
    """A mention as the quotes need it: ``start`` and ``end`` in its paragraph, the entity's id, whether a person is named."""

    start: int
    end: int
    id: str
    person: bool


class Token(NamedTuple):
    """A word or a sign. ``cap``: a capital that says more than that a sentence starts; ``quote``: the number of the spoken
    quotation it stands for, else -1; ``entity``: whom it names."""

    start: int
    end: int
    word: str
    cap: bool = False
    quote: int = -1
    entity: str = ""
    person: bool = False
    first: bool = False

    @property
    def sign(self) -> bool:
        """Whether this is punctuation."""
        return self.quote < 0 and not (self.word[0].isalnum() or self.word[0] == "_")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``data/speech.yaml`` as sets of lower-case words, read once; ``connectives`` by their first word, longest first."""

    sets: Mapping[str, frozenset[str]]
    connectives: Mapping[str, tuple[tuple[str, ...], ...]]

    def has(self, name: str, word: str) -> bool:
        """Whether the list ``name`` holds the word."""
        return word in self.sets[name]


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The tables, with the forms that follow from them (``ujarnya``, ``dijelaskannya``, every verb with a clause)."""
    table = load_table("speech")
    sets = {name: frozenset(words.split()) for name, words in table.items() if isinstance(words, str)}
    sets["root_nya"] = frozenset(f"{r}{s}" for r in sets["roots"] for s in ("nya", "-nya")) | {"bebernya", "menurutnya"}
    sets["passive_nya"] = frozenset(f"{p}nya" for p in sets["passive"])
    sets["active"] = sets["active_clause"] | sets["active_either"] | sets["active_joined"]
    sets["stance"] |= sets["active"]
    sets["days"] = frozenset(["senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu", "ahad"])
    phrases: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in sorted((tuple(c.split()) for c in table["connectives"]), key=lambda c: (-len(c), c)):
        phrases[phrase[0]] = (*phrases.get(phrase[0], ()), phrase)
    return Lexicon(sets=sets, connectives=phrases)


def place_mentions(entities: Iterable[Entity]) -> dict[Place, tuple[Mark, ...]]:
    """The mentions of people and organizations by place, in order; of two that overlap only the longer, a person before
    an organization."""
    found: dict[Place, list[Mark]] = {}
    for entity in entities:
        person = entity.id.startswith("people/")
        if person or entity.id.startswith("organizations/"):
            for m in entity.mentions:
                found.setdefault(m.paragraph, []).append(Mark(m.start, m.start + len(m.text), entity.id, person))
    return {place: _drop_nested(marks) for place, marks in found.items()}


def _drop_nested(marks: list[Mark]) -> tuple[Mark, ...]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end, not m.person, m.id)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
        elif mark.end - mark.start > kept[-1].end - kept[-1].start:
            kept[-1] = mark
    return tuple(kept)


def read_tokens(masked: str, spoken: tuple[tuple[int, int], ...], marks: tuple[Mark, ...]) -> tuple[Token, ...]:
    """The words and signs of a paragraph in order. Of each span in ``spoken`` (a quotation with its marks) one token stays.

    ``masked`` is the paragraph with what was spoken blanked out, so that no word within is taken for the reporter's.
    """
    tokens = []
    at = in_quote = 0
    last = -1
    for match in _TOKEN.finditer(masked):
        start, end = match.span()
        while in_quote < len(spoken) and spoken[in_quote][1] <= start:
            tokens.append(Token(*spoken[in_quote], '"', quote=in_quote))
            in_quote += 1
        if in_quote < len(spoken) and spoken[in_quote][0] <= start:
            continue
        while at < len(marks) and marks[at].end <= start:
            at += 1
        if at < len(marks) and marks[at].start < end:
            mark, first, last = marks[at], at != last, at
            tokens.append(Token(start, end, match.group().lower(), match.group()[0].isupper(), -1, mark.id, mark.person, first))
        else:
            tokens.append(Token(start, end, match.group().lower(), _is_capital(masked, start)))
    tokens += [Token(*spoken[n], '"', quote=n) for n in range(in_quote, len(spoken))]
    return tuple(tokens)


def _is_capital(masked: str, start: int) -> bool:
    return masked[start].isupper() and _BEFORE.search(masked, max(0, start - 4), start) is not None
