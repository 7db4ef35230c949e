"""Tokens where a name begins -> its segment, if an authority knows it or its last word tells what it is ("... University")."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from alibaba_news.loader.names.attributes import is_called, is_running
from alibaba_news.loader.names.headed import is_adjacent, match_known, starts_person
from alibaba_news.loader.names.lexicon import Known, Lexicon, any_words, last_names, listed_words, words
from alibaba_news.loader.names.role_words import is_head, is_verb
from alibaba_news.loader.names.runs import Segment, find_run_end, is_place_before
from alibaba_news.loader.names.tokens import Token


def read_known_or_tailed(
    tokens: Sequence[Token], i: int, run_end: int, known: Known | None, lexicon: Lexicon
) -> Segment | None:
    """What begins at token ``i`` of a run that ends before ``run_end``; ``known`` is what an authority has there."""
    start = i + (known.size if known else 1)
    if known is not None and known.kind == "people":
        named = _end_of_bearer(tokens, start)
        if named:
            return Segment(i, named, "organizations")
        return None if _is_anothers(tokens, start, known) else Segment(i, start, known.kind, known)
    if known is None and tokens[i].low in words("heads_with_of") and run_end == i + 1:
        named = _end_of_english(tokens, run_end)
        if named > run_end:
            return Segment(i, named, "organizations")
    if known is None and run_end < len(tokens) and tokens[run_end].low == "and":
        joined = _joined_end(tokens, i, run_end)
        if joined and _may_open_tailed(tokens[i]):
            return Segment(i, _end_of_english(tokens, joined), "organizations")
    if start < run_end and (_may_open_tailed(tokens[i]) or tokens[run_end - 1].low in words("legal_forms")):
        tail = _find_tail(tokens, i, start, run_end, lexicon)
        if tail is not None:
            return tail
    if (
        known is None
        or (known.authority.ambiguous and not is_place_before(tokens, i))
        or _is_namesake(tokens, i, known, lexicon)
    ):
        return None
    return Segment(i, start, known.kind, known)


def _joined_end(tokens: Sequence[Token], i: int, run_end: int) -> int:
    """ "Air Products and Chemicals Inc": where the firm ends that English joins two runs to one with, or 0."""
    if run_end + 1 >= len(tokens) or not tokens[run_end + 1].cap or not is_adjacent(tokens, run_end):
        return 0
    end = find_run_end(tokens, run_end + 1)
    others = any_words("role_nouns", "role_words", "legal_forms")  # "Sales and Marketing Director PT ..."
    firm = tokens[end - 1].low in any_words("legal_forms", "organization_tails")
    return end if firm and all(t.low not in others for t in tokens[i : end - 1]) else 0


def _is_namesake(tokens: Sequence[Token], i: int, known: Known, lexicon: Lexicon) -> bool:
    """ "Adelaide Chintara", "Halim menjelaskan", "kata Halim": a town's or a firm's name that is a first name
    too, where a person's is more likely."""
    if not is_first_name(tokens[i], known) or is_place_before(tokens, i):
        return False
    at = i + 1
    if is_adjacent(tokens, at) and tokens[at].cap:
        named = any_words(
            "organization_heads", "organization_tails", "place_tails", "legal_forms", "place_labels", "compass_words"
        )
        unknown = tokens[at].low not in named and match_known(tokens, at, lexicon) is None and tokens[at].word
        return unknown and not tokens[at].upper and not tokens[at].text[0].isdigit()
    if tokens[i].low in words("countries_called_so"):
        return False  # "Israel mengatakan": states speak
    asked = i > 0 and not tokens[i - 1].cap and tokens[i - 1].low in words("quoting")
    asked = asked or (i > 0 and tokens[i - 1].low == "menurut" and tokens[i].low in listed_words("given_names"))
    return asked or (is_adjacent(tokens, at) and tokens[at].low in words("sayings"))


def is_first_name(token: Token, known: Known) -> bool:
    """One word that an authority knows as no person's, and that people are called by."""
    single = known.size == 1 and known.kind != "people" and not token.upper
    return single and (token.low in listed_words("given_names") or is_called(token.low))


def _is_anothers(tokens: Sequence[Token], end: int, known: Known) -> bool:
    """ "Beckham Putra" is not whom "Beckham" alone would mean: a further name follows what the list knows him by."""
    if known.size > 1 or not is_adjacent(tokens, end) or tokens[end].upper:
        return False
    if not tokens[end].cap:  # "Rodrigo da Costa Lima"
        joined = tokens[end].low in any_words("name_particles", "name_bridges")
        return joined and is_adjacent(tokens, end + 1) and tokens[end + 1].cap
    low = tokens[end].low
    called = low in listed_words("given_names") and low not in any_words("role_nouns", "honorifics")
    return called or low in last_names() or low in ("putra", "putri")


def _may_open_tailed(token: Token) -> bool:
    """A role, a label, a happening or a sentence's common first word opens no "... University"."""
    low = token.low
    ordinary = token.first and (low in listed_words("common_words") or (is_verb(low) and is_running(low)))
    return not ordinary and low not in any_words("role_nouns", "place_labels", "other_heads")


def _find_tail(tokens: Sequence[Token], i: int, start: int, run_end: int, lexicon: Lexicon) -> Segment | None:
    """The run up to the last tail word before another name begins ("Zhejiang University", "Alibaba Group Campus")."""
    best: Segment | None = None
    if i and not tokens[i - 1].cap and tokens[i - 1].low in any_words("titled_nouns", "honours"):
        return None  # "penghargaan Most Livable City"
    for at in range(start, run_end):
        if at > i and tokens[at].low in words("organization_heads") and tokens[at].low in words("legal_forms"):
            break  # "Saham PT ... Tbk": a legal form opens the company's name
        if at > i and tokens[at].low == "bank" and at + 1 < run_end:
            break  # "CASA Bank Sumut": a bank's own name follows
        if at > i and (
            starts_person(tokens[at]) or tokens[at].low in words("role_nouns") or _match_known_beyond(tokens, at, lexicon)
        ):
            break
        if tokens[at].low in words("organization_tails"):
            best = Segment(i, at + 1, "organizations")
        elif best is not None and best.end == at and at + 1 == run_end and tokens[at].low in words("tail_endings"):
            best = Segment(i, run_end, best.kind)
        elif tokens[at].low in words("place_tails"):
            best = Segment(i, at + 1, "places")
    if best is not None and best.kind == "organizations":
        best = replace(best, end=_end_of_english(tokens, best.end))
    return None if best is not None and _names_field(tokens, best) else best


def _end_of_bearer(tokens: Sequence[Token], at: int) -> int:
    """ "Hadi Kusumo Foundation", "Hadi Kusumo College of Art": where a body that bears a well-known name ends, or 0."""
    if not is_adjacent(tokens, at) or not tokens[at].cap or tokens[at].low not in words("organization_tails"):
        return 0
    return _end_of_english(tokens, at + 1) if tokens[at].low in any_words("heads_with_of", "person_never") else 0


def _end_of_english(tokens: Sequence[Token], end: int) -> int:
    """ "Tirta College | of Art", "Tirta Institute | for the Study of Rice": English joins what a body is of or for to its name
    with words that Indonesian has not."""
    while is_adjacent(tokens, end) and tokens[end].low in ("of", "for", "on") and is_adjacent(tokens, end + 1):
        at = end + 2 if tokens[end + 1].low == "the" and is_adjacent(tokens, end + 2) else end + 1
        if not tokens[at].cap:
            break
        end = find_run_end(tokens, at)
    return end


def _names_field(tokens: Sequence[Token], segment: Segment) -> bool:
    """ "Head of Equity Research Samudra Sekuritas": English words behind an English title are its field."""
    start = segment.start
    titled = start > 1 and tokens[start - 1].low == "of" and is_head(tokens[start - 2])
    return titled and all(t.low in words("english_words") for t in tokens[start : segment.end])


def _match_known_beyond(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    known = match_known(tokens, at, lexicon)
    ours = any_words("organization_tails", "place_tails")
    return known is not None and tokens[at].low != "indonesia" and tokens[at].low not in ours
