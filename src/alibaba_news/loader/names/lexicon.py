"""Words and known names for the name reader: the tables as sets, and the authorities' forms by their first word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from alibaba_news.loader.names.tokens import LONGEST_ACRONYM, Token, tokenize
from alibaba_news.model import ENTITY_KINDS, EntityKind
from alibaba_news.text import fold
from alibaba_news.world import Authority, World, load_table


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


@dataclass(frozen=True, slots=True)
class Known:
    """A form of a name that an authority row vouches for; ``size`` in tokens."""

    kind: EntityKind
    authority: Authority
    size: int
    acronym: bool = False  # written in capitals throughout: "MA" is the court, "Ma" is not


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known forms by first folded word, longest first."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], Known], ...]] = field(repr=False)

    def match(self, tokens: Sequence[Token], i: int) -> Known | None:
        """The longest known name that begins at token ``i`` (written with a capital, or in capitals throughout)."""
        for form, known in self.by_first.get(tokens[i].low, ()):
            if known.acronym and not tokens[i].upper:
                continue
            if len(form) <= len(tokens) - i and all(tokens[i + k].low == w for k, w in enumerate(form)):
                return known
        return None

    def has(self, word: str) -> bool:
        return fold(word) in self.by_first

    def kind_of(self, word: str) -> EntityKind | None:
        """The kind of a folded word that is a whole known name, spelt in small letters after its first."""
        return next((known.kind for form, known in self.by_first.get(word, ()) if form == (word,) and not known.acronym), None)


# One lexicon a world; worlds are few and live as long as the program.
_CACHE: dict[int, tuple[World, Lexicon]] = {}


def lexicon_of(world: World) -> Lexicon:
    """The lexicon of a world's authorities, made once."""
    held = _CACHE.get(id(world))
    if held is None or held[0] is not world:
        held = (world, _make_lexicon(world))
        _CACHE[id(world)] = held
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
                parts = tuple(t.low for t in tokenize(form, lambda _: True))
                if parts and not _is_labelled(parts, row):
                    acronym = len(parts) == 1 and form.isupper() and len(form) <= LONGEST_ACRONYM
                    found.setdefault(parts[0], {})[parts] = Known(kind, row, len(parts), acronym)
    return Lexicon({first: tuple(sorted(forms.items(), key=lambda f: -len(f[0]))) for first, forms in found.items()})
