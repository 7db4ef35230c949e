"""A word as scraped in, where its lost space was out: scraping drops the spaces around a page's links, which are mostly names.

A cut is made only between a function word and a name that an authority knows or that the story writes by itself elsewhere, and
never inside a word that is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache, cached_property, lru_cache

from alibaba_news.loader.names.attributes import is_called, read_tables
from alibaba_news.loader.names.lexicon import Lexicon, any_words, last_names, listed_words, words
from alibaba_news.text import fold

_CAPITALISED = re.compile(r"(?<![^\W_])[A-Z][a-z]{3,}(?![^\W_])")
_SMALL = re.compile(r"(?<![^\W_])[a-z]{5,}(?![^\W_])")
_BEFORE = re.compile(r"([A-Z]?[a-z]+)([A-Z][a-z].*)")
_ACRONYM = re.compile(r"([A-Z]{2,})([a-z]{2,})")
_LETTERS = re.compile(r"[A-Z][a-z]+")
_BY_ITSELF = re.compile(r"(?<![^\W_])(?<!-)[A-Z][a-z]{2,}(?![^\W_])(?!-)")
_LAST = re.compile(r"(?<![^\W_])([A-Z][a-z]+) \Z")
# "1. Beno Rumai-", "nomor urut 3 Elia Rumai-": who stands for election under a number, a word before the hyphen's.
_NUMBERED = re.compile(r"(?<!\d)\d{1,2}\.? (?:[A-Z][\w'’.]* ){1,4}\Z")
_ELECTS = re.compile(r"\b(?:pasangan calon|paslon|capres|cagub|cabup|cawali)\b", re.IGNORECASE)
_PHRASE = re.compile(r"[^.,;:!?()]*\Z")
_LONG = 7  # letters of a verb that is no name's ending by chance ("...diperiksa")
_SHORTEST_NAME = 4  # letters
_VERBAL = ("di", "me")
_SHORT = 3  # letters of a small word that must not be mistaken for a name's own ending ("Wahyudi", "Pangke")


def _is_whole(name: str, word: str, known: str | None, story: _Words) -> bool:
    """Five letters and more that are a body's or a person's name, or a word of the story; the longer word is neither. Before
    "ini" a person's name stands by itself elsewhere too, as surnames end so ("Bastianini")."""
    if len(name) <= _SHORTEST_NAME or word in read_tables().called or word in last_names():
        return False
    person = name in read_tables().called and (not word.endswith("ini") or name in story.written)
    return known == "organizations" or name in story.told or person


@cache
def _ordinary_words() -> frozenset[str]:
    return listed_words("common_words") | any_words("role_nouns", "role_words", "administrative_labels")


def _may_end(rest: str) -> bool:
    """Whether a word ends so to which another is glued: a small word, or a long verb."""
    return rest in words("glue_words") or _is_long_verb(rest)


def _is_small_or_ordinary(word: str) -> bool:
    return word in words("glue_words") or (len(word) > _SHORT and word in _ordinary_words())


def _name_before_small(first: str, second: str) -> int:
    """How many letters of "Winata|atauAguan" are the name that a small word is glued to, with another name behind it, or 0."""
    for cut in range(_SHORTEST_NAME, len(first) - _SHORT):
        name = first[:cut].casefold()
        if first[cut:] in words("glue_words") and first[0].isupper() and second[0].isupper():
            return cut if is_called(name) or name in last_names() or name in listed_words("given_names") else 0
    return 0


def _stands_apart(first: str, second: str, lexicon: Lexicon) -> bool:
    """Whether the first of two is a word before another one's capital: "diBandung", "NegeriBima", "TempoYosea"."""
    named = second in listed_words("given_names") or lexicon.kind_of(second) in ("people", "places")
    named = named or (len(first) >= _SHORTEST_NAME and lexicon.kind_of(first) is not None and is_called(second))
    return _is_small_or_ordinary(first) or (named and len(first) >= _SHORT)


def _is_long_verb(rest: str) -> bool:
    return len(rest) >= _LONG and rest.startswith(_VERBAL) and rest in listed_words("common_words")


@lru_cache(maxsize=65536)  # of most words this alone can be said, whatever the story
def _may_be_glued(word: str) -> bool:
    """Whether a word is spelt as two may be that lost the space between them."""
    if "." in word:  # an address, however it is spelt: "KabarKini.com"
        return False
    if _BEFORE.fullmatch(word) or _ACRONYM.fullmatch(word):
        return True
    low = fold(word)
    if not _LETTERS.fullmatch(word) or low in listed_words("given_names") or low in listed_words("common_words"):
        return False
    return any(_may_end(low[cut:]) for cut in range(len(low) - 2, 1, -1))


class _Words:
    """A story's words in small letters (``told``) and with a capital (``written``); few stories have a word that asks."""

    def __init__(self, texts: Collection[str]) -> None:
        self._texts = texts

    @cached_property
    def told(self) -> frozenset[str]:
        return frozenset(word for text in self._texts for word in _SMALL.findall(text))

    @cached_property
    def written(self) -> frozenset[str]:
        return frozenset(word.lower() for text in self._texts for word in _CAPITALISED.findall(text))

    @cached_property
    def elects(self) -> bool:
        return any(_ELECTS.search(text) for text in self._texts)

    @cached_property
    def unpaired(self) -> frozenset[str]:
        return frozenset(word.lower() for text in self._texts for word in _BY_ITSELF.findall(text))


def make_unglue(texts: Collection[str], lexicon: Lexicon) -> Callable[[str], int]:
    """How many letters of a word stand before the lost space, 0 where none was lost; ``texts`` are the story's."""
    small = words("glue_words")
    ordinary = _ordinary_words()
    story = _Words(texts)

    @cache
    def unglue(word: str) -> int:
        if not _may_be_glued(word):
            return 0
        before = _BEFORE.fullmatch(word)
        if before:
            first = before[1].casefold()
            if inner := _name_before_small(before[1], before[2]):
                return inner
            return len(first) if _stands_apart(first, fold(before[2]), lexicon) and not lexicon.has(word) else 0
        low = fold(word)
        acronym = _ACRONYM.fullmatch(word)
        if acronym:  # "AStersebut", "DUApemain"
            return len(acronym[1]) if _is_small_or_ordinary(acronym[2]) else 0
        if lexicon.has(word):
            return 0
        for cut in range(len(word) - 2, 1, -1):
            rest = low[cut:]
            verb = _is_long_verb(rest)
            if rest not in small and not verb:
                continue
            name = low[:cut]
            if cut < _SHORTEST_NAME and not verb:
                return 0
            known = lexicon.kind_of(name)
            if len(rest) == _SHORT and not verb and _is_whole(name, low, known, story):  # "Samsungini", "Hartonoyang"
                return cut
            named = known == "places" or (len(rest) > _SHORT and (known is not None or name in story.written))
            if named or (verb and name not in ordinary):
                return cut
        return 0

    return unglue


def make_is_pair(texts: Collection[str]) -> Callable[[str, str, str], bool]:
    """Whether the words on both sides of a hyphen, behind a text, are two people's: how Indonesian news writes who stands for
    election or plays together ("Hadi Kusumo-Rina Wulandari", "Hadi-Rina").

    The text tells it, or lists of first names, or the story, which writes both words by themselves elsewhere; a first name may
    be two words itself ("Jean-Claude").
    """
    story = _Words(texts)

    @cache
    def is_called_so(left: str, right: str) -> bool:
        called = listed_words("given_names")
        listed = right in called and (left in called or left in listed_words("family_names"))
        return listed or (left in story.unpaired and right in story.unpaired)

    def is_pair(left: str, right: str, before: str) -> bool:
        low, other = fold(left), fold(right)
        if low in words("compound_firsts") or not (left.isalpha() and right.replace("'", "").isalpha()):
            return False
        phrase = _PHRASE.search(before)
        told = phrase is not None and not words("pair_cues").isdisjoint(fold(phrase[0]).split())
        ordinary = low in _ordinary_words() or other in _ordinary_words()
        last = _LAST.search(before)
        named = last is not None and fold(last[1]) in listed_words("given_names")
        full = named and other in listed_words("given_names")  # "Hadi Kusumo-Rina Wulandari"
        numbered = not ordinary and _NUMBERED.search(before) is not None and story.elects
        return (told and not ordinary) or full or numbered or is_called_so(low, other)

    return is_pair
