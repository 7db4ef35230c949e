"""A folded word in, whether it spells a listed first name in another way out ("Adjie" and "Aji", "Soetrisno" and "Sutrisno").

Names keep the spellings of before 1972 and take letters of Arabic and English at will, so that no list holds them all.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from alibaba_news.loader.names.lexicon import listed_words, words
from alibaba_news.world import load_table

SHORTEST = 4  # letters: of shorter ones too many become alike
SHORTEST_STEM = 2  # letters before an ending
SHORTEST_BUILT = 6  # letters of a word that is told by its ending
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=16384)
def is_spelt_alike(low: str) -> bool:
    """Whether a listed first name is the same word once both are spelt in one way."""
    return len(low) >= SHORTEST and low.isalpha() and _spell_plainly(low) in _plain_names()


@lru_cache(maxsize=16384)
def ends_as_name(low: str) -> bool:
    """Whether the word ends as families are called ("...shvili", "...enko") or as people of Java ("...yanto", "...ningsih"),
    with enough letters before that."""
    if len(low) < SHORTEST_BUILT:
        return False
    return any(low.endswith(e) and len(low) - len(e) >= SHORTEST_STEM for e in words("name_endings"))


@cache
def _plain_names() -> frozenset[str]:
    return frozenset(_spell_plainly(name) for name in listed_words("given_names") if len(name) >= SHORTEST)


def _spell_plainly(low: str) -> str:
    for written, plain in _spellings():
        low = low.replace(written, plain)
    for ending, plain in _endings():
        if low.endswith(ending):
            low = low.removesuffix(ending) + plain
    return _DOUBLED.sub(r"\1", low)


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    return tuple((str(a), str(b)) for a, b in load_table("spellings")["letters"].items())


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    return tuple((str(a), str(b)) for a, b in load_table("spellings")["endings"].items())
