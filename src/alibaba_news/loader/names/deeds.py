"""A lone strange word and those beside it -> whether it does or suffers what one person alone can.

Of a word that neither running text nor any list has, its neighbours tell most: nobody but a person faints, is buried, or beats
another at tennis.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from alibaba_news.loader.names.attributes import read_tables
from alibaba_news.loader.names.lexicon import any_words, listed_words, words
from alibaba_news.loader.names.tokens import Token

_SHORTEST = 4  # letters
_FARTHEST_LOSS = 10  # tokens from "menyerah" to "dari Bona", the score between
_SCORE = re.compile(r"\d{1,2}-\d{1,2}")
_OTHERS = ("english_words", "english_names", "faiths", "organization_heads", "place_heads", "days_and_months", "honorifics")


# Whatever is called by such a word is no person.
THINGS = (
    "animals",
    "named_things",
    "product_nouns",
    "small_place_heads",
    "bearers_of_names",
    "organization_nouns",
    "not_before_people",
)


def is_deed_of_one(tokens: Sequence[Token], i: int) -> bool:
    """Whether the words beside the lone word at token ``i`` tell of one person."""
    if not _is_stranger(tokens, i):
        return False
    return _does(tokens, i + 1) or _suffers(tokens, i) or _duels(tokens, i)


def _is_stranger(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if len(token.text) < _SHORTEST or not token.text.isalpha() or not token.text[1:].islower():
        return False
    if i and tokens[i - 1].low in any_words(*THINGS):
        return False
    ordinary = token.low in read_tables().clusters or token.low in listed_words("common_words")
    return not ordinary and token.low not in any_words(*_OTHERS)


def _does(tokens: Sequence[Token], at: int) -> bool:
    """The verb stands right behind the name or behind a small word ("Bona lalu pingsan"), or behind the comma that closes an
    apposition ("Kepala desa, Bona, menangis")."""
    if at > 1 and at + 1 < len(tokens) and tokens[at].text == tokens[at - 2].text == ",":
        at += 1
    if at + 1 < len(tokens) and tokens[at].low in words("before_deeds"):
        at += 1
    if at + 1 < len(tokens) and tokens[at].low == "masuk" and tokens[at + 1].low == "menggantikan":
        return True
    return at < len(tokens) and not tokens[at].cap and tokens[at].low in words("sole_after")


def _suffers(tokens: Sequence[Token], i: int) -> bool:
    at = i - 1
    lows = [t.low for t in tokens[max(0, i - 3) : i]]
    if lows[-2:] == ["masuk", "menggantikan"] or (lows[:1] == ["kartu"] and lows[-1] in ("kepada", "untuk", "bagi")):
        return True
    if at > 0 and tokens[at].low in words("kinds_of_blow"):
        at -= 1
    return at >= 0 and (tokens[at].first or not tokens[at].cap) and tokens[at].low in words("sole_before")


def _duels(tokens: Sequence[Token], i: int) -> bool:
    """ "Bona mengalahkan Rano 6-4, 6-4" in a paragraph about a sport of one against one."""
    before = tokens[i - 1].low if i else ""
    behind = tokens[i + 1].low if i + 1 < len(tokens) else ""
    lost = before in ("dari", "atas") and any(t.low in words("duel_lost") for t in tokens[max(0, i - _FARTHEST_LOSS) : i - 1])
    if not (lost or before in words("duel_before") or behind in words("duel_after")):
        return False
    return not words("duel_words").isdisjoint([t.low for t in tokens]) or _counts_sets(tokens, i)


def _counts_sets(tokens: Sequence[Token], i: int) -> bool:
    """ "6-4, 3-6" near the name: the sets of a match of one against one."""
    near = range(max(0, i - _FARTHEST_LOSS), min(len(tokens) - 2, i + _FARTHEST_LOSS))
    return any(tokens[k + 1].text == "," and all(_SCORE.fullmatch(tokens[n].text) for n in (k, k + 2)) for k in near)
