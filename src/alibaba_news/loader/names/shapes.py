"""One run of capitals -> votes on its kind by how its own words are written and which lists hold them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from alibaba_news.loader.names.attributes import is_called, is_running, may_be_called
from alibaba_news.loader.names.lexicon import any_words, last_names, listed_words, words
from alibaba_news.loader.names.spelling import is_spelt_alike
from alibaba_news.loader.names.tokens import Token

SETTLED = 3
LONGEST_SYLLABLES = 7  # letters of one word of a Chinese name
LONGEST_GIVEN = 9  # letters of the two syllables of a Korean one, which no running text has ("Seunghyun")
FULL_NAME = 2  # words
LONGEST_SYLLABLE = 3  # letters
SHORTEST_SURNAME = 3  # letters
LONGEST_FAMILY_FIRST = 3  # words of a name whose family stands in front
_WITH_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}[A-Z][a-z]{3,}")
_DOMAIN = re.compile(r"\.(?:com|co|id|net|org|tv|go|ac|sch)(?:\.|$)", re.IGNORECASE)


class _Word(NamedTuple):
    """A word as printed, folded, and whether it is written in capitals throughout."""

    text: str
    low: str
    upper: bool


def weigh_shape(span: Sequence[Token], votes: Counter[str]) -> None:
    """Add to ``votes`` what a name's words show by themselves."""
    for kind, weight in _votes_of(tuple([(t.text, t.low, t.upper) for t in span]), span[0].first):
        votes[kind] += weight


@lru_cache(maxsize=16384)  # names are said again and again
def _votes_of(written: tuple[tuple[str, str, bool], ...], first: bool) -> tuple[tuple[str, int], ...]:
    votes: Counter[str] = Counter()
    span = [_Word(*word) for word in written]
    if len(span) == 1:
        _weigh_word(span[0], votes, first=first)
    _weigh_names(span, votes, first=first)
    _weigh_strangers(span, votes)
    _weigh_no_place(span, votes)
    return tuple(votes.items())


def _weigh_word(head: _Word, votes: Counter[str], *, first: bool) -> None:
    """A name of one word."""
    if _WITH_INITIALS.fullmatch(head.text):  # "H.M.Sanusi", the spaces left out
        votes["people"] += SETTLED + 2
    elif "&" in head.text or _DOMAIN.search(head.text) or is_camel(head.text):
        # A medicine, a device or an account is written so as well as a brand: of capitals within a word alone no body is made.
        brand = "&" in head.text or _DOMAIN.search(head.text)
        votes["products" if _is_service(head.text) else "organizations"] += SETTLED if brand or _is_service(head.text) else 2
        votes["people"] -= SETTLED  # no person is written so
        votes["places"] -= 2  # nor a place, but two words whose space was lost
        if _DOMAIN.search(head.text):
            votes["organizations"] += SETTLED
    if first and head.low in words("sentence_openers"):
        votes["people"] -= SETTLED
    if first and head.low.endswith("nya") and not may_be_called(head.low):
        votes["people"] -= 2 * SETTLED  # "Menurutnya, ...", "Rencananya ..."


def _weigh_names(span: Sequence[_Word], votes: Counter[str], *, first: bool) -> None:
    """Words that people are called by, and common words, which stand in few names."""
    head = span[0]
    called = listed_words("given_names")
    if _has_initial(span):
        votes["people"] += SETTLED
    if head.low in called and not head.upper:
        votes["people"] += 2 if len(span) > 1 else 1
    elif not head.upper and (is_called(head.low) or is_spelt_alike(head.low) or (len(span) == 1 and head.low in last_names())):
        votes["people"] += 1
    if head.low in words("surnames_in_front") and 1 < len(span) <= LONGEST_FAMILY_FIRST and _is_of_short_words(span):
        votes["people"] += len(span) - 1
    if len(span) > 2 and f"{head.low} {span[1].low}" in words("high_births"):
        votes["people"] += SETTLED
    if len(span) > 1 and head.low in words("name_particles") and _is_surname(span[-1]):
        votes["people"] += 1
    if any(t.low in words("name_bridges") and t.text.islower() for t in span[1:-1]):
        votes["people"] += 2  # "Ermawati br Karo", "Ruud van der Meer"
    # "Abu Bakar": both words stand in running text too, but the first one opens names of Arabic kind.
    kunya = len(span) > 1 and not first and head.low in words("name_openers") and not head.upper
    if kunya:
        votes["people"] += 2
    family = len(span) > 1 and span[-1].low in last_names()
    if family and not span[-1].upper:
        votes["people"] += 2
    # Within a sentence a lone common word has its capital for a reason ("kata Vena").
    opener = span[2] if len(span) > FULL_NAME and span[1].text == "." else head  # behind an initial
    full = family or (len(span) > FULL_NAME and may_be_called(opener.low))  # "Zakir Abdul Karim Naik"
    if (
        (len(span) > 1 or first)
        and not kunya
        and any(t.low in listed_words("common_words") and t.low not in called for t in (span[:-1] if full else span))
    ):
        votes["people"] -= 2
    if len(span) > 1 and not full and not kunya and head.low in listed_words("root_words"):
        votes["people"] -= 2  # "Razia Miras", "Musang King"


def _has_initial(span: Sequence[_Word]) -> bool:
    """ "M. Sanusi", "Hadi B. Santoso": a letter with a stop before a word of no running text, first or behind a first name."""
    first = 0  # of the words behind the initials that open the name ("W. S. Rusdian")
    while first + 2 < len(span) and span[first + 1].text == "." and _is_letters(span[first]):
        first += 2
    for i, word in enumerate(span[1:-1], start=1):
        if word.text == "." and _is_letters(span[i - 1]) and _is_surname(span[i + 1]):
            return i < first or may_be_called(span[0].low)
    return False


def _is_letters(word: _Word) -> bool:
    """ "S", "A.A" or "Abd" """
    return len(word.text) == 1 or (word.upper and word.text[1] == ".") or (word.low in words("short_names") and not word.upper)


def _is_surname(word: _Word) -> bool:
    """Long enough to be no half of a degree ("S. Pd"), and no word of running text."""
    return len(word.text) >= SHORTEST_SURNAME and not word.upper and not is_running(word.low)


def _is_english(lows: Sequence[str]) -> bool:
    """Every word is English, one at least of those that nobody is called by."""
    english = words("english_words")
    return any_words("english_words", "english_names").issuperset(lows) and any(low in english for low in lows)


def _may_be_last_name(low: str) -> bool:
    """Also a word that people are called by."""
    return low in last_names() or may_be_called(low) or len(low) <= LONGEST_SYLLABLE  # "Koo Hye Sun"


def _weigh_strangers(span: Sequence[_Word], votes: Counter[str]) -> None:
    """Words that stand in no person's name."""
    lows = [t.low for t in span]
    king = lows[-1] in words("numerals_of_kings") and len(span) == FULL_NAME and may_be_called(lows[0])
    whole = span[:-1] if king else span
    if len(span) > 1 and any(t.upper and (i or len(t.text) > 2) and not _is_letters(t) for i, t in enumerate(whole)):
        votes["people"] -= 2  # acts and bodies are written so; of people at most their first initials ("TB Hasanuddin")
    if len(span) > 1 and span[-1].upper and len(span[-1].text) > 2 and not king:
        votes["people"] -= 2 * SETTLED  # "Kompi BKR"
    if lows[-1] == "indonesia":  # "Timnas Voli Putri Indonesia"
        votes["people"] -= 2 * SETTLED
    english = words("english_words")
    if len(span) == 1 and lows[0] in english and not span[0].upper:
        votes["organizations"] -= 2  # "lembaga yakni Loan to ...", "grup New ...": the head of something longer
    if (english.issuperset(lows) and lows[0] not in words("surnames_in_front")) or (len(span) > 1 and _is_english(lows)):
        votes["people"] -= SETTLED if len(span) > 1 else 2
    elif len(span) > 1 and not english.isdisjoint((lows[-1], lows[-1].removesuffix("s"))) and not _may_be_last_name(lows[-1]):
        votes["people"] -= 2  # "Jade Academy", "Bona Records": the name of something ends so, nobody's
    named = len(span) > 1 and (lows[-2] in words("name_bridges") or _may_be_last_name(lows[-1]))  # "Ermawati br Karo"
    if len(span) > 1 and not named and lows[-1] in any_words("role_nouns", "clergy"):
        votes["people"] -= 2 * SETTLED  # "Rapat Pendeta": no name ends with what somebody is
    if len(span) > 1 and lows[0] in words("animals"):
        votes["people"] -= 2 * SETTLED  # "Gajah Domang"
    if not words("faiths").isdisjoint(lows):
        votes["people"] -= SETTLED
        if len(span) == 1:  # "kelompok Islam", "negara Yahudi"
            votes["organizations"] -= 2 * SETTLED
            votes["places"] -= SETTLED
    if not words("unit_words").isdisjoint(lows) or any(not t.text.isalpha() and any(map(str.isdigit, t.text)) for t in span):
        votes["people"] -= 2 * SETTLED


def _weigh_no_place(span: Sequence[_Word], votes: Counter[str]) -> None:
    """What "di" and the like make no place: "di SPIEF" is at a meeting or a body, "ke Propam" at an office, "di Tengah Krisis"
    a headline, "dari Kilang" and "di New" open something longer."""
    head = span[0]
    if len(span) > 1 and head.low in words("sides"):
        votes["places"] -= SETTLED
    if len(span) > 1:
        return
    if head.upper and len(head.text) > 2:
        votes["places"] -= 2
    elif head.low in any_words("compass_words", "unit_words", "english_words", "organization_heads"):
        votes["places"] -= SETTLED


def _is_of_short_words(span: Sequence[_Word]) -> bool:
    """As Chinese, Korean and Vietnamese names are spelt: words of one or two syllables, none in capitals throughout."""
    if not all(t.text.isalpha() and not t.upper for t in span):
        return False
    given = len(span) == FULL_NAME and len(span[1].text) <= LONGEST_GIVEN and not is_running(span[1].low)
    return all(len(t.text) <= LONGEST_SYLLABLES for t in (span[:1] if given else span))


def _is_service(text: str) -> bool:
    """ "GrabBike", "ShopeeFood": a platform's name run into what it brings."""
    last = re.search(r"(?<=[a-z])[A-Z][a-z]+$", text)
    return last is not None and last.group().casefold() in words("services")


def is_camel(text: str) -> bool:
    """ "NightPod": capitals within a word, as brands are written."""
    inner = [c for c in text[1:] if c.isalpha()]
    if any(c.isdigit() for c in text):
        return False
    if not (any(c.isupper() for c in inner) and any(c.islower() for c in text)) or "'" in text or "-" in text:
        return False
    first = re.match(r"[A-Z]?[a-z]+", text)  # "PeraturanWali": two common words whose space was lost are no brand
    head = first.group().casefold() if first else ""
    return head not in listed_words("common_words") and head not in any_words("other_heads", "role_nouns")


@cache
def _first_words() -> frozenset[str]:
    return listed_words("given_names") | words("called_by_rank")


def is_name_like(form: tuple[str, ...]) -> bool:
    """No word of it is common, or one of those that offices and bodies are called by."""
    other, common = any_words("role_words", "organization_heads", "place_heads"), listed_words("common_words")
    called = _first_words()
    named = len(form) > 1 and (form[-1] in words("numerals_of_kings") or form[-1] in last_names())
    rest = form[:-1] if named else form
    return all((w.isalpha() and ((w not in other and w not in common) or w in called)) or "." in w for w in rest)
