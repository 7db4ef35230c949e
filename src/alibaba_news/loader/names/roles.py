"""What a story says a person is: the words of an office or trade beside the name, verbatim.

Indonesian puts a role before the name ("Menteri Keuangan Sri Mulyani", "pendiri Gojek, Nadiem Makarim"), behind it as an
apposition ("Harjono, pengamat ekonomi, ..."), after "selaku" and "yang menjabat (sebagai)", or at the head of the next
sentence ("Pengusaha muda asal Malang ini ...").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alibaba_news.loader.names.lexicon import listed_words, words
from alibaba_news.loader.names.role_words import (
    LONGEST_ROLE,
    OPENING_MARKS,
    POINTING,
    PRONOUNS,
    Span,
    close_title,
    is_head,
    is_verb,
    role_list,
)
from alibaba_news.loader.names.roles_after import role_after, said_to_be
from alibaba_news.loader.names.roles_before import role_before
from alibaba_news.loader.names.tokens import Token

LONGEST_EPITHET = 11  # words from its first to the "ini" behind it

__all__ = [
    "LONGEST_EPITHET",
    "POINTING",
    "PRONOUNS",
    "epithet",
    "is_of_next",
    "may_stand_for_name",
    "role_after",
    "role_as",
    "role_before",
    "role_in_headline",
    "role_of_pronoun",
    "shared_role",
]


def role_as(tokens: Sequence[Token], i: int) -> Span | None:
    """ "Sebagai ROLE, NAME ...": the role before the name at token ``i`` where its sentence opens with "Sebagai"."""
    if i < 3 or tokens[i - 1].text != ",":
        return None
    for j in range(i - 2, max(-1, i - LONGEST_ROLE), -1):
        if tokens[j].low in ("sebagai", "selaku"):
            at = j + 2 if tokens[j + 1].low == "seorang" else j + 1
            fits = tokens[j].first and at < i - 1 and is_head(tokens[at])
            return (at, i - 1) if fits else None
        if not tokens[j].word:
            return None
    return None


def epithet(tokens: Sequence[Token], i: int) -> Span | None:
    """The role at token ``i`` that stands for a name: "Orang terkaya Tiongkok ini ...", "kata pria yang menjabat ... ini"."""
    held = _held_by_anybody(tokens, i)
    if held is not None or (i + 1 < len(tokens) and tokens[i + 1].low == "yang" and tokens[i].low in role_list("anybody")):
        return held
    opens = is_head(tokens[i]) or tokens[i].low in role_list("prefixes") or tokens[i].low in role_list("kin")
    if not opens or (tokens[i].low in listed_words("given_names") and tokens[i].cap and not tokens[i].first):
        return None
    if i + 1 < len(tokens) and tokens[i].low == "anak" and tokens[i + 1].low in ("usaha", "perusahaan"):  # a firm's firm
        return None
    cut = None
    behind = 0  # a work's title within it
    for j in range(i + 1, min(len(tokens), i + LONGEST_EPITHET + 1)):
        if j < behind:
            continue
        if tokens[j].text in OPENING_MARKS:
            behind = (close_title(tokens, j) or -1) + 1
            if behind:
                continue
        low = tokens[j].low
        if low in POINTING:
            end = cut or j
            if (low != "ini" and not _points_back(tokens, i)) or _is_named_behind(tokens, j + 1):
                return None
            return (i, end) if (end - i > 1 or cut) and tokens[j - 1].low not in role_list("times") else None
        if low == "yang" and cut is None:
            cut = j
        if not tokens[j].word or (cut is None and not tokens[j].cap and is_verb(low)):
            return None
    return None


def _held_by_anybody(tokens: Sequence[Token], i: int) -> Span | None:
    """ "Pria itu, yang menjabat Direktur Utama, ...", "Pria kelahiran Solo itu kini menjabat Ketua Umum": behind the noun for
    anybody and what points back stands what that person is."""
    if i + 2 >= len(tokens) or tokens[i].low not in role_list("anybody"):
        return None
    if tokens[i + 1].low == "yang":
        return said_to_be(tokens, i + 1)
    for j in range(i + 1, min(len(tokens) - 2, i + LONGEST_EPITHET)):
        if tokens[j].low in POINTING:
            related = tokens[j + 1].text == "," and tokens[j + 2].low == "yang"
            return said_to_be(tokens, j + 2 if related else j + 1) if related or tokens[j + 1].word else None
        if not tokens[j].word or (is_verb(tokens[j].low) and not tokens[j].cap):
            return None
    return None


def _is_named_behind(tokens: Sequence[Token], at: int) -> bool:
    """ "Penyerang asal Swedia itu, Gyorvik, ...": whose it is stands between the commas that follow, or behind "bernama"."""
    if at + 1 < len(tokens) and tokens[at].low in role_list("namings") and tokens[at + 1].cap:
        return True
    if at + 2 >= len(tokens) or tokens[at].text != "," or not tokens[at + 1].cap:
        return False
    close = next((k for k in range(at + 2, min(len(tokens), at + 6)) if not tokens[k].cap), at + 1)
    return tokens[close].text == ","


def role_of_pronoun(tokens: Sequence[Token], i: int, taken: frozenset[int]) -> Span | None:
    """The role that opens a sentence at token ``i`` beside a pronoun: "Ia juga Ketua RT", "Sebagai Ketua RT, ia ..."."""
    if i + 2 >= len(tokens):
        return None
    if tokens[i].low in PRONOUNS:
        return said_to_be(tokens, i + 1, taken)
    at = i + 2 if tokens[i + 1].low == "seorang" else i + 1
    near = range(at + 1, min(len(tokens) - 1, i + LONGEST_ROLE))
    comma = next((j for j in near if not tokens[j].word or j in taken), None)
    if comma is None or tokens[comma].text != "," or tokens[comma + 1].low not in PRONOUNS or not is_head(tokens[at]):
        return None
    return at, comma


def _points_back(tokens: Sequence[Token], i: int) -> bool:
    """ "itu" points at who was named where the noun opens the sentence or is asked; elsewhere it may be anybody's."""
    before = tokens[i - 1].low
    asked = before in ("menurut", "bagi") or before in words("quoting")
    return tokens[i].first or asked or (before.startswith("di") and before in words("person_before"))


def may_stand_for_name(tokens: Sequence[Token], i: int) -> bool:
    """Token ``i`` opens a sentence or is what a verb of saying has for its subject."""
    if tokens[i].first:
        return True
    before = tokens[i - 1].low if i else ""
    return before in ("menurut", "bagi") or (before in words("person_before") and (not tokens[i].cap or is_head(tokens[i])))


def is_of_next(tokens: Sequence[Token], span: Span, end: int, starts: Mapping[int, int]) -> bool:
    """In "pengacara Hasto, Maqdir Ismail" the role before Hasto (name ending at ``end``) is the next one's, not his.

    ``starts`` holds where the paragraph's names of people begin and end.
    """
    head = tokens[span[0]].low
    if tokens[span[1] - 1].low.endswith("nya"):  # "juru bicaranya, Budi, ...": whose he is stands there already
        return False
    if end >= len(tokens) or tokens[end].text != "," or not (head in role_list("owned") or head in words("relations")):
        return False
    after = starts.get(end + 1)
    if after is None:
        return False
    return after >= len(tokens) or not (tokens[after].low in ("dan", "serta") or _goes_on_listing(tokens, after, starts))


def _goes_on_listing(tokens: Sequence[Token], at: int, starts: Mapping[int, int]) -> bool:
    follows = at + 1 in starts or (at + 1 < len(tokens) and tokens[at + 1].low in ("dan", "serta"))
    return tokens[at].text == "," and follows


def shared_role(tokens: Sequence[Token], span: Span) -> bool:
    """The role is said of several: "dua tersangka, A dan B", "para pembicara yakni A, B, dan C"."""
    before = span[0] - 2 if span[0] > 1 and tokens[span[0] - 1].low == "orang" else span[0] - 1  # "tiga orang tersangka"
    return before >= 0 and tokens[before].low in role_list("plurals")


def role_in_headline(tokens: Sequence[Token], i: int) -> Span | None:
    """The role directly before a name in a headline, where every word may be capitalised: only words that lists know."""
    start = None
    j = i - 1
    while j >= 0 and i - j <= 5 and tokens[j].word:
        if is_head(tokens[j]):
            start = j
        elif not _says_what(tokens[j], near=start is None and i - j <= 2):
            break
        j -= 1
    if start is None or tokens[start].low in role_list("servants") or any(t.low in role_list("kin") for t in tokens[start:i]):
        return None
    while start > 0 and tokens[start - 1].low in role_list("prefixes"):
        start -= 1
    return (start, i)


def _says_what(token: Token, *, near: bool) -> bool:
    """A capital of a headline belongs to a role: a word that roles go on with, or any ``near`` the name but a stop."""
    return token.cap and token.low not in role_list("headline_stops") and (near or token.low in words("role_words"))
