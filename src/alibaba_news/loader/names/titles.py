"""Tokens in, whether a title, a degree, a suspect's initials or a figure of a story stands at one of them out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from alibaba_news.loader.names.attributes import may_be_called
from alibaba_news.loader.names.headed import is_adjacent
from alibaba_news.loader.names.lexicon import listed_words, words
from alibaba_news.loader.names.tokens import Token

LONGEST_INITIALS = 3  # letters that stand for somebody who is not named
# Sarjana and Magister of something, whose field is shortened behind the capital (SFarm, MIKom, SThI).
_DEGREE = re.compile(r"[SM][A-Z][A-Za-z]{0,3}[a-z][A-Z]?")


def is_degree(tokens: Sequence[Token], i: int) -> bool:
    """ "Budi Lubis SIK", "Budi Lubis, SH, MH": what somebody has studied is no part of the name."""
    if i and tokens[i - 1].text == "," and tokens[i].low in ("jr", "sr"):  # "Budi Lubis, Jr", but not "..., SR Group"
        return not (is_adjacent(tokens, i + 1) and tokens[i + 1].cap)
    if tokens[i].text[1:].islower() or not (
        tokens[i].low.replace(".", "") in words("degrees") or _is_spelt_as_degree(tokens, i)
    ):
        return False
    before = i - 1
    while before > 0 and tokens[before].text in (",", "."):
        before -= 1
    named = tokens[before].cap and not tokens[before].upper
    if tokens[before].low in listed_words("common_words"):  # "Ivan Sini, SpOG"
        named = named and before > 0 and tokens[before - 1].cap
    return before >= 0 and (named or tokens[before].low in words("degrees"))


def _is_spelt_as_degree(tokens: Sequence[Token], i: int) -> bool:
    """ "I Wayan Adi SSKar MHum": a bachelor's or a master's degree without its stops, right behind a name of two words."""
    named = i > 1 and is_adjacent(tokens, i) and is_adjacent(tokens, i - 1) and tokens[i - 2].cap
    return named and _DEGREE.fullmatch(tokens[i].text) is not None


def names_body_behind_bracket(tokens: Sequence[Token], i: int) -> bool:
    """ "Rumah Sakit Umum Daerah (RSUD) Kariadi": behind the short form goes on the name of what is named after somebody, unless
    an office before it tells that its holder follows."""
    if i < 4 or tokens[i - 1].text != ")" or tokens[i - 3].text != "(" or not tokens[i - 2].upper:
        return False
    if tokens[i - 2].low not in words("heads_named_after_people"):
        return False
    at = i - 4
    while at > 0 and tokens[at].cap:
        if tokens[at].low in words("role_nouns"):
            return False
        at -= 1
    return tokens[at].low not in words("role_nouns")


def is_persons_initials(tokens: Sequence[Token], i: int) -> bool:
    """ "AS (34)", "berinisial MA dan TR": letters that stand for a person who is not named, whatever body or country they
    shorten."""
    if not tokens[i].upper:
        return False
    while (other := listed_before(tokens, i)) and len(tokens[i].text) <= LONGEST_INITIALS:
        i = other
    age = i + 3 < len(tokens) and tokens[i + 1].text == "(" and tokens[i + 2].text.isdigit()
    age = age and (tokens[i + 3].text == ")" or tokens[i + 3].low in ("tahun", "thn", "th"))
    if (age and len(tokens[i + 2].text) <= 2) or (i > 0 and tokens[i - 1].low in ("berinisial", "inisial")):
        return True
    return i > 0 and tokens[i - 1].low in words("unnamed_roles") and len(tokens[i].text) <= LONGEST_INITIALS


def listed_before(tokens: Sequence[Token], i: int) -> int:
    """Where the letters stand that a comma or "dan" parts from those at token ``i``, or 0."""
    if i < 2 or tokens[i - 1].low not in words("list_commas"):
        return 0
    before = i - 3 if tokens[i - 2].text == "," else i - 2
    return before if before > 0 and tokens[before].upper else 0


def opens_by_birth(tokens: Sequence[Token], i: int) -> bool:
    """ "Cut Meutia", "Lalu Gita Ariadi": a word of birth or rank that is part of the name of who bears it, though running text
    has it too, where its sentence does not give it the capital."""
    token = tokens[i]
    if not token.cap or token.upper or not is_adjacent(tokens, i + 1):
        return False
    if token.low not in words("birth_words"):
        return f"{token.low} {tokens[i + 1].low}" in words("high_births")
    return tokens[i + 1].cap and not tokens[i + 1].upper and not (token.first and token.low in words("birth_words_inside"))


def is_service(tokens: Sequence[Token], i: int) -> bool:
    """ "Letjen TNI Budi Lubis", "Marsekal TNI (Purn.) Hadi": behind a rank it tells what the rank is of, no body that acts."""
    if tokens[i].low not in words("forces") or i + 1 >= len(tokens) or not is_adjacent(tokens, i):
        return False
    return tokens[i - 1].cap and tokens[i - 1].low in words("army_ranks") and (tokens[i + 1].cap or tokens[i + 1].text == "(")


def is_two_word_title(tokens: Sequence[Token], i: int) -> bool:
    """ "Jaksa Agung", "Marsekal Madya" """
    if tokens[i].low not in _first_words("two_word_titles"):
        return False
    return (
        is_adjacent(tokens, i + 1) and tokens[i + 1].cap and f"{tokens[i].low} {tokens[i + 1].low}" in words("two_word_titles")
    )


def heads_school(tokens: Sequence[Token], i: int) -> bool:
    """ "Kepala Sekolah SMPN 2 ...": the school's own name begins with its kind."""
    if not is_adjacent(tokens, i + 2) or tokens[i + 1].low != "sekolah":
        return False
    return tokens[i + 1].cap and tokens[i + 2].upper and tokens[i + 2].low in words("organization_heads")


def is_ship(tokens: Sequence[Token], i: int) -> bool:
    """ "KRI John Lie": whoever a ship is named after is not aboard."""
    if not tokens[i].upper or tokens[i].low not in words("vessels") or not is_adjacent(tokens, i + 1):
        return False
    return tokens[i + 1].cap and not tokens[i + 1].upper


def is_occasion(span: Sequence[Token]) -> bool:
    """ "Martin Luther King Day" """
    return len(span) > 1 and span[-1].low in words("occasion_tails")


def opens_behind(tokens: Sequence[Token], at: int) -> bool:
    """A capital follows the rank at token ``at``, the stop of its abbreviation between ("Drs. Budi")."""
    behind = at + 2 if at + 1 < len(tokens) and tokens[at + 1].text == "." else at + 1
    return behind < len(tokens) and tokens[behind].cap and tokens[behind].start - tokens[behind - 1].end <= 1


def opens_full_name(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Two words or more, the first of them a first name: "Kota Bekasi Zeno Bachtiar"."""
    return end - at > 1 and may_be_called(tokens[at].low) and not tokens[at].upper


def opens_name_by_rank(tokens: Sequence[Token], i: int) -> bool:
    """ "Anak Agung ...", and "Ketua Kadin Jawa Barat Cucu Lestari": a noun of rank or kin with a capital on either side opens a
    name."""
    if f"{tokens[i].low} {tokens[i + 1].low}" in words("high_births"):
        return True
    return tokens[i].low in words("called_by_rank") and not tokens[i].first and is_adjacent(tokens, i) and tokens[i - 1].cap


def character_at(tokens: Sequence[Token], i: int, run_end: int) -> int:
    """How many words of a whole run name a figure of a story ("film James Bond"), or 0; "James Bond Kusuma" is somebody."""
    if tokens[i].low not in _first_words("characters"):
        return 0
    return run_end - i if " ".join(t.low for t in tokens[i:run_end]) in words("characters") else 0


@cache
def _first_words(name: str) -> frozenset[str]:
    return frozenset(entry.split(" ", maxsplit=1)[0] for entry in words(name))
