"""One occurrence of a plain run -> votes that it is a body or a place, by what the words beside it say of it.

What says that it is somebody, and the nouns and prepositions right before it, are weighed in ``beside``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from alibaba_news.loader.names.lexicon import any_words, words
from alibaba_news.loader.names.role_words import is_verb
from alibaba_news.loader.names.runs import Segment
from alibaba_news.loader.names.shapes import SETTLED, is_camel
from alibaba_news.loader.names.tokens import Token

SHORTEST_ACRONYM = 3  # letters; two may be somebody's initials


def weigh_things(tokens: Sequence[Token], segment: Segment, votes: Counter[str]) -> None:
    """Add to ``votes`` what stands before and behind; a token stands behind."""
    i, j = segment.start, segment.end
    joined = i > 0 and tokens[i - 1].low in words("connectors")
    if not joined and _is_said_to_be(tokens, j, words("organization_nouns")):
        votes["organizations"] += SETTLED
        votes["people"] -= SETTLED
    elif not joined and _is_said_to_be(tokens, j, any_words("place_labels", "natural_places")):
        votes["places"] += SETTLED
        votes["people"] -= SETTLED
    if _is_firm_behind_bracket(tokens, j):
        votes["organizations"] += SETTLED + 2
        votes["people"] -= SETTLED
    if tokens[j].low in words("firm_verbs") and not (i > 0 and tokens[i - 1].cap):
        votes["organizations"] += 2
    if _is_brief(tokens, segment):
        before = tokens[i - 1].low if i else ""
        whole = not tokens[j].upper and tokens[j].low not in words("organization_heads")  # "Ketua DPP PKS"
        if tokens[i].upper and whole and before in words("offices_of_bodies"):
            votes["organizations"] += SETTLED  # "Ketua FPP", "juru bicara FPP": nobody but a suspect is told by letters
            votes["people"] -= SETTLED
        elif _acts(tokens, segment):
            votes["organizations"] += 1
    if i and _is_called_place(tokens[i - 1], tokens[i]):
        votes["places"] += SETTLED


def _is_called_place(noun: Token, token: Token) -> bool:
    """ "sungai Tirta", "dusun Sawahan", and no number ("dusun II") or half of a name ("kota Baru")."""
    named = not token.upper and token.low not in any_words("numerals_of_kings", "compass_words") and len(token.text) > 1
    return named and not noun.cap and noun.low in words("natural_places")


def _is_brief(tokens: Sequence[Token], segment: Segment) -> bool:
    """An unknown acronym that is no number, or a brand with capitals within it."""
    text = tokens[segment.start].text
    if segment.end - segment.start > 1 or len(text) < SHORTEST_ACRONYM or not text.isalpha():
        return False
    return is_camel(text) or (tokens[segment.start].upper and tokens[segment.start].low not in words("numerals_of_kings"))


def _acts(tokens: Sequence[Token], segment: Segment) -> bool:
    """ "LMD menyasar ...", "dilakukan IAP", "SunTirta mengatakan": what does something is a body rather than a thing; the
    tagger must say so too."""
    i, j = segment.start, segment.end
    behind, before = tokens[j].low, tokens[i - 1].low if i else ""
    if is_verb(behind) and behind.startswith(("me", "ber")):
        return True
    return before in any_words("role_nouns", "acting_before") or (is_verb(before) and before.startswith("di"))


def _is_said_to_be(tokens: Sequence[Token], j: int, kinds: frozenset[str]) -> bool:
    """ "Kopi Senja adalah perusahaan ...", "Kopi Senja menjadi salah satu klub ...", "Tirtasari, sebuah desa ..." """
    apposed = tokens[j].text == "," and j + 1 < len(tokens) and tokens[j + 1].low == "sebuah"
    if not apposed and tokens[j].low not in ("adalah", "merupakan", "ialah", "menjadi"):
        return False
    at = j + 1
    while at < len(tokens) and tokens[at].low in ("sebuah", "suatu", "salah", "satu", "satu-satunya"):
        at += 1
    return at < len(tokens) and not tokens[at].cap and tokens[at].low in kinds


def _is_firm_behind_bracket(tokens: Sequence[Token], j: int) -> bool:
    """ "Kirana Energi Services (KES) Pte Ltd": the legal form stands behind the bracket."""
    if j + 3 >= len(tokens) or tokens[j].text != "(" or tokens[j + 2].text != ")":
        return False
    return tokens[j + 3].cap and tokens[j + 3].low in words("legal_forms")
