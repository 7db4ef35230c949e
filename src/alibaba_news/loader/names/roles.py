"""What a story says a person is: the words of an office or trade beside the name, verbatim.

Indonesian puts a role before the name ("Menteri Keuangan Sri Mulyani", "pendiri Gojek, Nadiem Makarim"), behind it as an
apposition ("Harjono, pengamat ekonomi, ..."), or after "selaku" and "yang menjabat (sebagai)" (EYD V, apposition).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from alibaba_news.loader.names.lexicon import listed_words, words
from alibaba_news.loader.names.tokens import Token

LONGEST_ROLE = 16  # words
_FIELD_NOUN = re.compile(r"^(?:ke|pe[mnr]?|peng)[a-z]{3,}an$")

Span = tuple[int, int]


def role_before(tokens: Sequence[Token], i: int, taken: frozenset[int] = frozenset()) -> Span | None:
    """The role that ends where the name at token ``i`` begins, a comma or brackets allowed between; token span or None.

    ``taken`` holds tokens that belong to other people's names, which a role never runs over.
    """
    end = i
    if i and tokens[i - 1].text == ",":
        end = i - 1
    elif i and tokens[i - 1].low in words("honorifics"):
        end = i - 1  # "Menteri Keuangan Ibu Sri": the honorific is no part of the role
    if end and tokens[end - 1].low in words("role_bridges"):
        return None  # "Presiden dan Ibu Iriana": the role before "dan" is somebody else's
    best = None
    j = end - 1
    while j >= 0 and end - j <= LONGEST_ROLE and j not in taken:
        if tokens[j].text == ")":
            opened = _bracket_open(tokens, j)
            if opened is None:
                break
            j = opened - 1
            continue
        if not _role_token(tokens[j]):
            break
        if tokens[j].low in words("role_nouns"):
            if best is not None and tokens[j].low in words("relations"):
                break
            best = j
        j -= 1
    if best is None or best == end:
        return None
    return (best, end)


def _bracket_open(tokens: Sequence[Token], j: int) -> int | None:
    for k in range(j - 1, max(-1, j - 6), -1):
        if tokens[k].text == "(":
            return k
        if not tokens[k].word:
            return None
    return None


def _role_token(token: Token) -> bool:
    low = token.low
    if low in words("role_bridges") or low in words("role_nouns") or low in words("role_words"):
        return True
    return token.word and (token.cap or bool(_FIELD_NOUN.match(low)))


def role_after(tokens: Sequence[Token], j: int, *, any_noun: bool = False) -> Span | None:
    """The role that follows a name ending at token ``j``: apposition, "selaku ...", "yang menjabat (sebagai) ...".

    With ``any_noun`` the broad nouns (warga, anak) count too: they show a person without saying who it is.
    """
    if j + 1 >= len(tokens):
        return None
    if tokens[j].low == "selaku":
        return _run_of_role(tokens, j + 1)
    if tokens[j].text == ",":
        held = _held_office(tokens, j + 1)
        if held is not None:
            return held
        first = tokens[j + 1].low
        if first in words("role_nouns") and (any_noun or first not in words("empty_roles")):
            return _apposition(tokens, j + 1)
        if not any_noun and tokens[j + 1].low in words("organization_heads"):
            return _headless_apposition(tokens, j + 1)
        return None
    return _held_office(tokens, j)


def _held_office(tokens: Sequence[Token], j: int) -> Span | None:
    """ "..., warga Indonesia yang menjabat (sebagai) Deputy Director" """
    for k in range(j, min(len(tokens) - 2, j + 6)):
        if not tokens[k].word:
            return None
        if tokens[k].low == "menjabat":
            at = k + 2 if tokens[k + 1].low in ("sebagai", "selaku") else k + 1
            return _run_of_role(tokens, at)
    return None


def _run_of_role(tokens: Sequence[Token], start: int) -> Span | None:
    if start >= len(tokens) or not (tokens[start].low in words("role_nouns") or tokens[start].cap):
        return None
    end = start + 1
    while (
        end < len(tokens)
        and end - start < LONGEST_ROLE
        and _role_token(tokens[end])
        and tokens[end].low not in words("role_stops") - words("role_bridges")
    ):
        end += 1
    while end > start + 1 and tokens[end - 1].low in words("role_bridges"):
        end -= 1
    return (start, end)


def _apposition(tokens: Sequence[Token], start: int) -> Span | None:
    end = start + 1
    while end < len(tokens) and end - start < LONGEST_ROLE:
        token = tokens[end]
        if token.low in words("role_stops") - {"dan"} or (not token.word and token.text not in ("-", "&", "/")):
            break
        end += 1
    while end > start + 1 and tokens[end - 1].low in words("role_bridges") | {"dan"}:
        end -= 1
    return (start, end) if end < len(tokens) else None


def _headless_apposition(tokens: Sequence[Token], start: int) -> Span | None:
    """A body in apposition to a person, gone on with "yang", stands for the office ("X, Konsulat Jenderal Y yang bertugas")."""
    end = start
    while end < len(tokens) and tokens[end].word and tokens[end].cap:
        end += 1
    return (start, end) if end - start > 1 and end < len(tokens) and tokens[end].low == "yang" else None


def role_as(tokens: Sequence[Token], i: int) -> Span | None:
    """ "Sebagai ROLE, NAME ...": the role before the name at token ``i`` where its sentence opens with "Sebagai"."""
    if i < 3 or tokens[i - 1].text != ",":
        return None
    for j in range(i - 2, max(-1, i - LONGEST_ROLE), -1):
        if tokens[j].low == "sebagai":
            fits = tokens[j].first and j + 1 < i - 1 and tokens[j + 1].low in words("role_nouns")
            return (j + 1, i - 1) if fits else None
        if not tokens[j].word:
            return None
    return None


def epithet(tokens: Sequence[Token], i: int) -> Span | None:
    """A sentence that opens with a role and "ini" ("Orang terkaya Tiongkok ini ..."): the role at token ``i``, or None."""
    if not tokens[i].first or tokens[i].low not in words("role_nouns") or tokens[i].low in listed_words("given_names"):
        return None
    cut = None
    for j in range(i + 1, min(len(tokens), i + 12)):
        if not tokens[j].word:
            return None
        if tokens[j].low == "yang" and cut is None:
            cut = j
        if tokens[j].low == "ini":
            end = cut or j
            return (i, end) if end - i > 1 or cut else None
    return None
