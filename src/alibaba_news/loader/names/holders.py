"""A run of capitals behind an office and its body or area, or behind a trade and its home -> what that says for a person."""

from __future__ import annotations

from collections.abc import Sequence

from alibaba_news.loader.names.attributes import is_running, read_tables
from alibaba_news.loader.names.headed import is_adjacent
from alibaba_news.loader.names.lexicon import any_words, listed_words, words
from alibaba_news.loader.names.role_words import is_head
from alibaba_news.loader.names.runs import Segment
from alibaba_news.loader.names.shapes import SETTLED
from alibaba_news.loader.names.tokens import Token

LONGEST_HOLDER = 4  # words of the name behind an office


def weigh_behind_owner(tokens: Sequence[Token], segment: Segment) -> int:
    """What it says for a person to stand behind an office and the area or the body that it is of, the more if a verb of people
    follows."""
    weight = 0
    if _is_behind_area(tokens, segment):
        weight = 2
    elif _is_behind_body(tokens, segment):
        behind = tokens[segment.end].low if segment.end < len(tokens) else ""
        full = segment.end - segment.start > 1
        weight = SETTLED + 2 if full else SETTLED if behind in words("person_after") else 2
    if _is_behind_origin(tokens, segment):
        weight = SETTLED + 2
    return weight + (2 if _is_behind_headed_body(tokens, segment) else 0)


def _is_behind_origin(tokens: Sequence[Token], segment: Segment) -> bool:
    """ "penyanyi asal Thailand Rungsan Chaiyapon": behind what somebody is and the country it is from stands who it is."""
    at = segment.start - 1
    while at > 0 and tokens[at].cap and segment.start - at < LONGEST_HOLDER:
        at -= 1
    if at < 1 or tokens[at].low != "asal" or at == segment.start - 1 or tokens[segment.start].upper:
        return False
    return any(is_head(token, loose=True) for token in tokens[max(0, at - 2) : at])


def holds_office(tokens: Sequence[Token], segment: Segment) -> bool:
    """No other name follows: "Bupati Rimba Ratna Wulandari" says who heads Rimba."""
    behind = tokens[segment.end] if segment.end < len(tokens) else None
    return segment.end - segment.start <= LONGEST_HOLDER and not (behind is not None and behind.cap)


def _is_behind_area(tokens: Sequence[Token], segment: Segment) -> bool:
    """ "Camat Ambarawa Sugito ...": behind an office and its area nobody but the holder stands."""
    i = segment.start
    for j in range(i - 1, max(-1, i - 1 - LONGEST_HOLDER), -1):
        if not tokens[j].cap:
            return False
        if tokens[j].low in words("offices_of_areas"):
            return j < i - 1 and holds_office(tokens, segment)
    return False


def _is_behind_body(tokens: Sequence[Token], segment: Segment) -> bool:
    """ "Direktur Utama BRI Sunarno ...": a lone word behind an office and the acronym of its body is who holds the office, and
    so are several of which the first is no running text's ("Jaksa KPK Wisnuwardi Pradana")."""
    i = segment.start
    if i < 2 or not tokens[i - 1].upper or not holds_office(tokens, segment):
        return False
    if not (is_lone_stranger(tokens, segment) or _is_strange_full_name(tokens, segment)):
        return False
    at = i - 2
    while at > 0 and tokens[at].cap and tokens[at].low in words("role_words"):
        at -= 1
    return tokens[at].cap and tokens[at].low in words("role_nouns")


def _is_strange_full_name(tokens: Sequence[Token], segment: Segment) -> bool:
    span = tokens[segment.start : segment.end]
    others = any_words("organization_heads", "organization_tails", "person_never", "english_words", "role_words")
    named = all(t.text.isalpha() and t.cap and not t.upper and t.low not in others for t in span)
    return len(span) > 1 and named and not is_running(span[0].low)


def _is_behind_headed_body(tokens: Sequence[Token], segment: Segment) -> bool:
    """ "Rektor Universitas Andalas Yuliandri ...": so is one behind an office and a body that is known by its whole name."""
    i = segment.start
    if not is_lone_stranger(tokens, segment) or not holds_office(tokens, segment):
        return False
    body = False
    for j in range(i - 1, max(-1, i - 1 - LONGEST_HOLDER), -1):
        if not tokens[j].cap or not is_adjacent(tokens, j + 1):
            return False
        if body and tokens[j].low in words("role_nouns"):
            return j < i - 1
        body = body or tokens[j].low in words("organization_heads")
    return False


def is_lone_stranger(tokens: Sequence[Token], segment: Segment) -> bool:
    """One word that running text does not have: where it does what people do, a foreign surname is likelier than a body."""
    token = tokens[segment.start]
    alone = segment.end - segment.start == 1 and token.text.isalpha() and not token.upper
    return alone and token.low not in read_tables().clusters and token.low not in listed_words("common_words")
