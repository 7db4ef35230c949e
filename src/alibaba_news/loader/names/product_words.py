"""Tokens in, what they are to a product's name out: a maker, a model, a version, a word for goods."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from alibaba_news.loader.names.lexicon import words
from alibaba_news.loader.names.tokens import Token
from alibaba_news.text import fold
from alibaba_news.world import load_packaged_authorities, load_table

# HR-V, CX-5, F-16, GSX-R150: one to three capitals, a hyphen, a sign.
_HYPHENED = re.compile(r"[A-Z]{1,3}-[A-Z0-9][A-Za-z0-9]*$")
# J8, A5i, CB150R, NMAX155, 320i: letters and digits in one word; not 48V, 125cc, 1.5L, 5G.
_LETTERS_DIGITS = re.compile(
    r"(?=[A-Za-z]*\d)(?=\d*[A-Za-z])(?:[A-Z][A-Za-z]*\d[A-Za-z0-9]*(?:-[A-Z0-9]+)*|\d{3,4}[a-z]{1,2}|[a-z]{1,2}[A-Z]?\d+)$"
)
LONGEST_TRIM = 4  # letters of a version written in capitals: CSH, GLX
_YEAR = re.compile(r"(?:19|20)\d\d$")

Names = Mapping[str, tuple[tuple[str, ...], ...]]  # names as folded words by their first word, the longest first


@cache
def goods(name: str) -> frozenset[str]:
    """One plain list of ``data/products.yaml``, folded."""
    return frozenset(fold(str(w)) for w in load_table("products")[name])


def _by_first(names: frozenset[str]) -> Names:
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(names):
        parts = tuple(name.split())
        found.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(rows, key=len, reverse=True)) for first, rows in found.items()}


@cache
def makers() -> Names:
    """Makers of goods of every sort."""
    return _by_first(frozenset(fold(str(m)) for row in load_table("products")["makers"].values() for m in row))


@cache
def models() -> Names:
    """Models that are no other word."""
    return _by_first(goods("models"))


@cache
def ambiguous_models() -> Names:
    """Models that are common words as well."""
    return _by_first(goods("ambiguous_models"))


@cache
def first_words() -> frozenset[str]:
    """Words that a product's name may open with."""
    return goods("openers") | makers().keys() | models().keys() | ambiguous_models().keys()


@cache
def _known_names() -> frozenset[str]:
    return frozenset(fold(f) for a in load_packaged_authorities() for f in (a.name, *a.aliases))


def is_known_name(text: str) -> bool:
    """An authority knows the name as a person's, a body's or a place's."""
    return fold(text) in _known_names()


def match_name(tokens: Sequence[Token], i: int, names: Names) -> int:
    """How many tokens from ``i`` are one of the names; 0 where none begins there."""
    for parts in names.get(tokens[i].low, ()):
        if len(parts) <= len(tokens) - i and all(tokens[i + k].low == w for k, w in enumerate(parts)):
            return len(parts)
    return 0


@lru_cache(maxsize=16384)
def has_model_shape(text: str) -> bool:
    """Letters and digits, or capitals with a hyphen, as only models are written."""
    return bool(_HYPHENED.match(text) or _LETTERS_DIGITS.match(text)) and fold(text) not in goods("no_names")


def is_model_number(tokens: Sequence[Token], i: int) -> bool:
    """A plain number that may be a model's: no year, nothing counted."""
    text = tokens[i].text
    if not text.isdigit() or len(text) > 4 or _YEAR.match(text):
        return False
    return i + 1 >= len(tokens) or tokens[i + 1].low not in goods("counted")


def goes_on(tokens: Sequence[Token], i: int) -> bool:
    """Token ``i`` belongs to the model's name that stands before it."""
    token = tokens[i]
    version = token.low in goods("versions")
    if token.low in goods("company_words") or (token.low in words("other_heads") and not version):
        return False
    if version:
        return token.cap or token.text[0].isdigit() or token.low == "e:hev"
    trim = (
        token.upper and len(token.text) <= LONGEST_TRIM and token.low not in goods("no_names") and not is_known_name(token.text)
    )
    return trim or has_model_shape(token.text) or is_model_number(tokens, i)
