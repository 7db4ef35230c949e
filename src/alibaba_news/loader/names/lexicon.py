"""Words and known names for the name reader: the tables as sets, and the authorities' forms by their first word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from msgspec import Struct

from alibaba_news.loader.names.tokens import LONGEST_ACRONYM, Token, tokenize
from alibaba_news.model import ENTITY_KINDS, EntityKind
from alibaba_news.text import fold
from alibaba_news.world import Authority, World, load_table

_PLAIN = re.compile(r"[^\W_]+(?: [^\W_]+)*")


@cache
def words(name: str) -> frozenset[str]:
    """One list of ``data/names.yaml``, folded."""
    return frozenset(fold(str(w)) for w in load_table("names")[name])


@cache
def any_words(*names: str) -> frozenset[str]:
    """Several lists of ``data/names.yaml`` as one."""
    return frozenset().union(*(words(name) for name in names))


@cache
def listed_words(table: str) -> frozenset[str]:
    """A table that is a plain list of lines of words (given names, common words), folded."""
    return frozenset(word for line in load_table(table) for word in str(line).split())


@cache
def last_names() -> frozenset[str]:
    """Names of families, of Indonesia and of other countries."""
    return listed_words("family_names") | listed_words("surnames") | listed_words("names_abroad")


class Known(Struct, frozen=True):
    """A form of a name that an authority row vouches for; ``size`` in tokens."""

    kind: EntityKind
    authority: Authority
    size: int
    acronym: bool = False  # written in capitals throughout: "MA" is the court, "Ma" is not


class _Entry(Struct, frozen=True):
    """The known forms that begin with one word, and their sizes in tokens, longest first."""

    sizes: tuple[int, ...]
    forms: Mapping[tuple[str, ...], Known]


class Lexicon(Struct, frozen=True):
    """Known forms by first folded word."""

    by_first: Mapping[str, _Entry]

    def match(self, tokens: Sequence[Token], i: int) -> Known | None:
        """The longest known name that begins at token ``i`` (written with a capital, or in capitals throughout)."""
        low = tokens[i].low
        entry = self.by_first.get(low)
        if entry is not None:
            for size in entry.sizes:
                # Most sizes are 1, which needs no slice.
                known = entry.forms.get((low,) if size == 1 else tuple([t.low for t in tokens[i : i + size]]))
                if known is not None and (not known.acronym or tokens[i].upper):
                    return known
        return None

    def longest(self, lows: Sequence[str], i: int) -> Known | None:
        """The longest known name among folded words from ``i`` on, however it is written."""
        entry = self.by_first.get(lows[i])
        if entry is not None:
            for size in entry.sizes:
                known = entry.forms.get(tuple(lows[i : i + size]))
                if known is not None:
                    return known
        return None

    def has(self, word: str) -> bool:
        """Whether a word is a whole known name."""
        low = fold(word)
        entry = self.by_first.get(low)
        return entry is not None and (low,) in entry.forms

    def kind_of(self, word: str) -> EntityKind | None:
        """The kind of a folded word that is a whole known name, spelt in small letters after its first."""
        entry = self.by_first.get(word)
        known = entry.forms.get((word,)) if entry is not None else None
        return known.kind if known is not None and not known.acronym else None


# One lexicon a world, of the last few: a program that builds again and again has a new world whenever an editor adds a row.
_CACHE: dict[int, tuple[World, Lexicon]] = {}
_KEPT = 3


def lexicon_of(world: World) -> Lexicon:
    """The lexicon of a world's authorities, made once."""
    held = _CACHE.get(id(world))
    if held is None or held[0] is not world:
        while len(_CACHE) >= _KEPT:
            del _CACHE[next(iter(_CACHE))]
        held = _CACHE[id(world)] = (world, _make_lexicon(world))
    return held[1]


def _is_labelled(parts: tuple[str, ...], row: Authority) -> bool:
    """ "Provinsi Zhejiang" where "Zhejiang" is a form too: the label is no part of the name."""
    bare = " ".join(parts[1:])
    return row.kind == "places" and parts[0] in words("place_labels") and bare in {fold(f) for f in (row.name, *row.aliases)}


def _make_lexicon(world: World) -> Lexicon:
    found: dict[str, dict[tuple[str, ...], Known]] = {}
    for kind in reversed(ENTITY_KINDS):  # a person's form wins over a place's of the same spelling: sorted in last
        for row in world.rows(kind):
            for form in (row.name, *row.aliases):
                # The plain words that most names are need no tokenizer, which would cost a quarter of a second.
                plain = _PLAIN.fullmatch(form)
                parts = tuple(fold(form).split()) if plain else tuple(t.low for t in tokenize(form, lambda _: True))
                if parts and not _is_labelled(parts, row):
                    acronym = len(parts) == 1 and form.isupper() and len(form) <= LONGEST_ACRONYM
                    found.setdefault(parts[0], {})[parts] = Known(kind, row, len(parts), acronym)
    return Lexicon(
        {first: _Entry(tuple(sorted({len(f) for f in forms}, reverse=True)), forms) for first, forms in found.items()}
    )
