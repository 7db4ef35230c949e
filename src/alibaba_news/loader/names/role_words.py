"""Tokens in, what they are to a role out: its head, a word inside it, a verb that ends it, a rank or honorific beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from alibaba_news.loader.names.lexicon import listed_words, words
from alibaba_news.loader.names.tokens import Token
from alibaba_news.text import fold
from alibaba_news.world import load_table

LONGEST_ROLE = 22  # words
LONGEST_BRACKET = 6  # words
POINTING = ("ini", "itu", "tersebut")
PRONOUNS = ("ia", "dia", "beliau")
LONGEST_TITLE = 8  # tokens between quotation marks
OPENING_MARKS = ('"', "“", "'", "‘", "«")
CLOSING_MARKS = ('"', "”", "'", "’", "»")
SHORTEST_PASSIVE = 8  # letters
LONGEST_CLAUSE = 24  # words looked back over for the opening of a clause
# Nouns of circumstance (Pendidikan, Keuangan, Perekonomian) name fields of office: KBBI's ke-an, pe-an, per-an.
_FIELD_NOUN = re.compile(r"^(?:ke|pe[mnr]?|peng)[a-z]{3,}an$")
# me-, ber-, di-, ter- before a root are verbs, but for the nouns listed as such.
_VERB = re.compile(r"^(?:me[mnlrwy]|meng|ber|di|ter|memper|diper)[a-z]{3,}$")
# "Presiden ke-3 RI": a number that says which one.
_ORDINAL = re.compile(r"ke-?(?:\d{1,3}|[ivxl]{1,6})")
# Two words whose space was lost in scraping: "AhliHukum", "pengelolaToko".
_GLUED = re.compile(r"([A-Z]?[a-z]{3,})[A-Z][a-z]")

Span = tuple[int, int]


@cache
def role_list(name: str) -> frozenset[str]:
    """One list of ``data/roles.yaml``, folded."""
    return frozenset(fold(str(w)) for w in load_table("roles")[name])


@cache
def _heads() -> frozenset[str]:
    return words("role_nouns") | role_list("heads") | role_list("english_heads")


@lru_cache(maxsize=16384)
def _heads_role(low: str, *, loose: bool) -> bool:
    if low in _heads() or (loose and (low in role_list("open_heads") or low in role_list("kin"))):
        return True
    return any(low.startswith(p) and len(low) > len(p) + 1 for p in role_list("office_prefixes"))


def is_head(token: Token, *, loose: bool = False) -> bool:
    """The token names what a person is; ``loose`` counts words that may name a body or kin too."""
    if token.cap and not token.first and token.low in role_list("kin") and token.low in listed_words("given_names"):
        return False  # "Putri Candrasari"
    return _holds_head(token.text, token.low, loose)


@lru_cache(maxsize=16384)
def _holds_head(text: str, low: str, loose: bool) -> bool:
    """The word is a head, or ends in another that is glued to one."""
    glued = _GLUED.match(text)
    return _heads_role(low, loose=loose) or (glued is not None and _heads_role(fold(glued.group(1)), loose=loose))


@lru_cache(maxsize=16384)
def is_passive(low: str) -> bool:
    """ "disampaikan": no name begins and ends so."""
    return low.startswith("di") and low.endswith("kan") and len(low) >= SHORTEST_PASSIVE


def is_verb(low: str) -> bool:
    """A lower-case word that is most likely a verb, or another word that no role goes over."""
    if low in role_list("stops") or is_speech(low):
        return True
    return bool(_VERB.match(low)) and low not in role_list("no_verbs") and low not in words("role_words")


@lru_cache(maxsize=16384)
def _goes_on(low: str) -> bool:
    inside = low in words("role_bridges") or low in words("role_words") or low in words("role_nouns")
    return inside or bool(_FIELD_NOUN.match(low)) or bool(_ORDINAL.fullmatch(low))


def is_inside(token: Token) -> bool:
    """The token may stand inside a role: a capital, a field of office, a bridge, a number such as "3A"."""
    return _goes_on(token.low) or (token.word and (token.text[0].isdigit() or (token.cap and not is_speech(token.low))))


@lru_cache(maxsize=16384)
def is_speech(low: str) -> bool:
    """A verb of saying or doing, which a headline writes with a capital too."""
    return low != "bersama" and (low in words("person_before") or low in words("person_after"))


def is_plain_noun(token: Token) -> bool:
    """A lower-case word that is neither a verb nor a word of grammar."""
    plain = token.word and not token.cap and token.low.replace("-", "").isalpha()
    return plain and token.low not in words("role_stops") and not is_verb(token.low)


def is_title(token: Token) -> bool:
    """A rank or an honorific, which stands between a role and a name and is no part of either."""
    if token.low in role_list("ranks"):
        return token.cap
    return token.low in words("honorifics") and (token.cap or not is_head(token))


def size_of_full_rank(tokens: Sequence[Token], end: int) -> int:
    """How many words before token ``end`` are a rank written in full ("Ajun Komisaris Besar", "Inspektur Dua"), or 0."""
    for size in (4, 3, 2):
        span = tokens[max(0, end - size) : end]
        if len(span) == size and all(t.cap for t in span) and " ".join(t.low for t in span) in role_list("full_ranks"):
            return size
    return 0


def full_rank_at(tokens: Sequence[Token], i: int) -> int:
    """How many words from token ``i`` on are a rank written in full, or 0."""
    if tokens[i].low not in _first_of_ranks():
        return 0
    for size in (4, 3, 2):
        span = tokens[i : i + size]
        if len(span) == size and all(t.cap for t in span) and " ".join(t.low for t in span) in role_list("full_ranks"):
            return size
    return 0


@cache
def _first_of_ranks() -> frozenset[str]:
    return frozenset(rank.split(" ", maxsplit=1)[0] for rank in role_list("full_ranks"))


def ends_abbreviation(tokens: Sequence[Token], j: int) -> bool:
    """Token ``j`` is the stop of "Plt." or "Dr."."""
    return j > 0 and tokens[j].text == "." and tokens[j - 1].low in role_list("stopped")


def open_bracket(tokens: Sequence[Token], j: int) -> int | None:
    """The opening bracket of the short one that closes at token ``j``."""
    for k in range(j - 1, max(-1, j - LONGEST_BRACKET - 2), -1):
        if tokens[k].text == "(":
            return k
        if tokens[k].text == ")":
            return None
    return None


def close_bracket(tokens: Sequence[Token], j: int) -> int | None:
    """The closing bracket of the short one that opens at token ``j``."""
    for k in range(j + 1, min(len(tokens), j + LONGEST_BRACKET + 2)):
        if tokens[k].text == ")":
            return k
        if tokens[k].text == "(":
            return None
    return None


def open_title(tokens: Sequence[Token], j: int) -> int | None:
    """The mark that opens the title which closes at token ``j``, where it is a work's ('Pelantun lagu "Hujan"')."""
    for k in range(j - 1, max(0, j - LONGEST_TITLE - 2), -1):
        if tokens[k].text in OPENING_MARKS:
            return k if tokens[k - 1].low in role_list("titled_works") else None
    return None


def close_title(tokens: Sequence[Token], j: int) -> int | None:
    """The mark that closes the title of a work which opens at token ``j``."""
    if j == 0 or tokens[j - 1].low not in role_list("titled_works"):
        return None
    near = range(j + 2, min(len(tokens), j + LONGEST_TITLE + 2))
    return next((k for k in near if tokens[k].text in CLOSING_MARKS), None)


def in_clause(tokens: Sequence[Token], i: int) -> bool:
    """The sentence opens with a word whose clause is not closed before token ``i`` ("Setelah bertemu ...", "Menurut ...")."""
    for j in range(i - 1, max(-1, i - LONGEST_CLAUSE), -1):
        if tokens[j].text in ",.;:":
            return False
        if tokens[j].first:
            return tokens[j].low in role_list("clause_openers")
    return False
