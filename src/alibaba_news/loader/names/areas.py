"""The area that an office is of ("Camat Lembah Jumari"): tokens in, how many of them are the area's name out."""

from __future__ import annotations

from collections.abc import Sequence

from alibaba_news.loader.names.attributes import read_tables
from alibaba_news.loader.names.headed import is_adjacent, match_known
from alibaba_news.loader.names.lexicon import Lexicon, any_words, last_names, listed_words, words
from alibaba_news.loader.names.titles import opens_by_birth
from alibaba_news.loader.names.tokens import Token

LONGEST_AREA = 3  # words


def area_behind_office(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> int:
    """How many tokens from ``i`` on name the area that the office before them is of; 0 where no such office stands there, or
    nothing tells the area from the holder's name.

    An authority or the list of areas knows it, a point of the compass may follow ("Camat Medan Utara Hadi"). Of two words
    that no list of areas knows, the first is the area where nobody is called so and the second is a first name.
    """
    if not is_adjacent(tokens, i) or tokens[i - 1].low not in words("offices_of_areas") or not tokens[i].cap:
        return 0
    end = i + 1
    while is_adjacent(tokens, end) and tokens[end].cap and not tokens[end].upper:
        end += 1
    if any(t.low in words("ranks") for t in tokens[i : end + 1]):
        return 0  # "Kapolda Metro Jaya Irjen Gatot": all before the rank is the area, however long
    known = match_known(tokens, i, lexicon)
    size = known.size if known is not None and known.kind == "places" else _listed(tokens, i, end)
    if size:
        size += i + size < end and tokens[i + size].low in words("compass_words")
        # A listed word may open a longer name of an area ("Camat Bojong Soang").
        return size if known is not None or i + size == end or _is_name(tokens[i + size].low) else 0
    if opens_by_birth(tokens, i):
        return 0  # "Camat Cut Fitriani"
    called = listed_words("given_names")
    return int(end - i == 2 and tokens[i + 1].low in called and not _is_name(tokens[i].low) and not tokens[i].upper)


def is_held_area(tokens: Sequence[Token], i: int, at: int) -> bool:
    """ "Sekda Kota Semarang Iswan Rahardi": behind an office and its area stands who holds it, and no part of the area."""
    office = tokens[i - 2] if i > 1 else None
    if office is None or not office.cap or office.low not in words("role_nouns") or not is_adjacent(tokens, at):
        return False
    part = tokens[at].low in any_words("compass_words", "place_heads", "address_words") or tokens[at].text.isdigit()
    return tokens[at].cap and not part


def is_of_money(tokens: Sequence[Token], i: int) -> bool:
    """ "dolar AS": whose money it is, no country that the story is about."""
    return i > 0 and not tokens[i - 1].cap and tokens[i - 1].low in words("currencies") and is_adjacent(tokens, i)


def _listed(tokens: Sequence[Token], i: int, end: int) -> int:
    for size in range(min(LONGEST_AREA, end - i), 0, -1):
        lows = [t.low for t in tokens[i : i + size]]
        if "_".join(lows) in listed_words("areas") or "".join(lows) in listed_words("areas"):
            return size
    return 0


def _is_name(low: str) -> bool:
    listed = low in listed_words("given_names") or low in last_names() or low in read_tables().called
    return listed or low in words("honorifics")
