"""A paragraph's words as tokens that know the entity they name, and the tables of speech as sets; text in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from alibaba_news.model import Entity, Place
from alibaba_news.world import load_table

# A number keeps its points (1.000), a name its hyphens, its ampersand and its domain (Kabar.com, A&W), an account its sign
# and the stars that hide it (@bu**di). Most words are Latin letters alone: the first alternative reads them at the least cost.
_TOKEN = re.compile(
    r"[A-Za-z]++(?![\w'’&/@.-])"
    r"|@[\w.*]*[\w*]|\w+(?:(?:[-'’&/@]|(?<=\d)[.,](?=\d)|\.(?=[a-z]))\w+)*|[,.:;()!?–—\[\]]|(?<=\s)-+(?=\s)"
)

# Where a link ended the space is often lost ("kepadaKabar.com"): a small word that capitals are glued to is a word.
_GLUED_WORD = re.compile(r"[a-z]{2,}(?=[A-Z]\w)")
_GLUE_LISTS = ("roots", "root_nya", "active", "passive", "stops", "soft_stops", "joiners", "pronouns", "leads", "person_nouns")

# Behind anything but a word or a comma a capital only says that a sentence starts.
_BEFORE = re.compile(r"[\w,;(/&)'’-]['\"”’]?\s*$")


class Mark(Struct, frozen=True, gc=False):
    """A mention as the quotes need it: ``start`` and ``end`` in its paragraph, the entity's id, whether a person is named."""

    start: int
    end: int
    id: str
    person: bool


class Token(Struct, frozen=True, gc=False):
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
        return self.quote < 0 and not (self.word[0].isalnum() or self.word[0] in "_@")


class Lexicon(Struct, frozen=True):
    """``data/speech.yaml`` as sets of lower-case words, read once; ``connectives`` by their first word, longest first;
    ``offices`` in full by their short form."""

    sets: Mapping[str, frozenset[str]]
    connectives: Mapping[str, tuple[tuple[str, ...], ...]]
    offices: Mapping[str, str]

    def has(self, name: str, word: str) -> bool:
        """Whether the list ``name`` holds the word."""
        return word in self.sets[name]


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The tables, with the forms that follow from them (``ujarnya``, ``dijelaskannya``, every verb with a clause)."""
    table = load_table("speech")
    sets = {name: frozenset(words.split()) for name, words in table.items() if isinstance(words, str)}
    sets["roots"] |= sets["english_roots"]
    sets["active_joined"] |= sets["english_verbs"]
    sets["root_nya"] = frozenset(f"{r}{s}" for r in sets["roots"] for s in ("nya", "-nya")) | {"bebernya", "menurutnya"}
    sets["unpaused_nya"] = frozenset(f"{r}nya" for r in sets["unpaused"])
    sets["passive_nya"] = frozenset(f"{p}nya" for p in sets["passive"])
    sets["active"] = sets["active_clause"] | sets["active_either"] | sets["active_joined"]
    sets["stance"] |= sets["active"]
    sets["reporting"] = sets["active"] | sets["asking"] | sets["conceding"] | sets["viewing"] | sets["with_that"]
    offices = {str(short): str(full) for short, full in table["offices"].items()}
    sets["person_nouns"] |= frozenset(offices)
    sets["glue"] = frozenset().union(*(sets[name] for name in _GLUE_LISTS))
    sets["days"] = frozenset(["senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu", "ahad"])
    sets["full_ranks"] = frozenset(str(r) for r in load_table("roles")["full_ranks"])
    sets["degrees"] = frozenset(str(d) for d in load_table("names")["degrees"])
    phrases: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in sorted((tuple(c.split()) for c in table["connectives"]), key=lambda c: (-len(c), c)):
        phrases[phrase[0]] = (*phrases.get(phrase[0], ()), phrase)
    return Lexicon(sets=sets, connectives=phrases, offices=offices)


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
    tokens: list[Token] = []
    begin = at = 0
    for number, (left, right) in enumerate(spoken):
        at = _add_words(tokens, masked, (begin, left), marks, at)
        tokens.append(Token(left, right, '"', quote=number))
        begin = right
    _add_words(tokens, masked, (begin, len(masked)), marks, at)
    return tuple(tokens)


def _add_words(tokens: list[Token], masked: str, span: tuple[int, int], marks: tuple[Mark, ...], at: int) -> int:
    """The tokens of a stretch without quotations; gives the number of the mark that comes next."""
    last = -1
    glue = load_lexicon().sets["glue"]
    ahead = marks[at].start if at < len(marks) else len(masked)
    for match in _TOKEN.finditer(masked, *span):
        start, end = match.span()
        word = match.group()
        low = word.lower()
        if low == word and end <= ahead:
            tokens.append(Token(start, end, low))
            continue
        if low != word and word[0].islower():
            # A small word that a name is glued to is parted from it.
            glued = _GLUED_WORD.match(word)
            if glued is not None and glued.group() in glue:
                tokens.append(Token(start, start + glued.end(), glued.group()))
                start += glued.end()
                word, low = word[glued.end() :], low[glued.end() :]
        if end > ahead:
            while at < len(marks) and marks[at].end <= start:
                at += 1
            ahead = marks[at].start if at < len(marks) else len(masked)
        if end > ahead:
            mark, first, last = marks[at], at != last, at
            # What is glued to the name ("Budimengatakan") is a word of its own.
            cut = mark.end - start if mark.end < end and masked[mark.end].islower() else len(word)
            tokens.append(Token(start, start + cut, low[:cut], word[0].isupper(), -1, mark.id, mark.person, first))
            if cut < len(word):
                tokens.append(Token(start + cut, end, word[cut:]))
        else:
            cap = low != word and _is_capital(masked, start)
            tokens.append(Token(start, end, low, cap))
    return at


def _is_capital(masked: str, start: int) -> bool:
    return masked[start].isupper() and _BEFORE.search(masked, max(0, start - 4), start) is not None
