"""Forms of one word that are still open -> those that are people's names by themselves.

In sentences of Indonesian news a word that a list of people's names holds and running text does not is, standing alone, a
person's nine times in ten; of two words that nobody lists a stroke between them makes two who play together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from alibaba_news.loader.names.attributes import may_be_called, read_tables
from alibaba_news.loader.names.beside import is_giver
from alibaba_news.loader.names.clubs import short_names
from alibaba_news.loader.names.found import Found
from alibaba_news.loader.names.lexicon import any_words, last_names, listed_words, words
from alibaba_news.loader.names.role_words import POINTING
from alibaba_news.loader.names.spelling import ends_as_name, is_spelt_alike
from alibaba_news.loader.names.tokens import Form, Token
from alibaba_news.model import Place

LEAST = -1  # votes of a listed name by itself, which without the tagger's word are two less
SHORTEST = 4  # letters: of shorter names of other countries many are words too
SHORTEST_OF_PAIR = 3  # letters
_MARKS = frozenset("\"'”’»")
_STROKES = frozenset("-–/")
_OTHERS = (
    "english_words",
    "english_names",
    "faiths",
    "countries_called_so",
    "sentence_openers",
    "unit_words",
    "organization_heads",
    "organization_tails",
    "place_heads",
    "other_heads",
    "days_and_months",
)
_NAMERS = (
    "names_of_peoples",
    "named_things",
    "small_place_heads",
    "animals",
    "works",
    "compass_words",
    "place_prepositions",
    "product_nouns",
    "not_before_people",
)


def find_alone(
    tokens: Mapping[Place, Sequence[Token]],
    rows: Sequence[Found],
    kinds: Mapping[Form, str],
    votes: Mapping[Form, Counter[str]],
) -> dict[Form, str]:
    """The open forms of one word that are people, each with that kind; ``kinds`` are the forms that are settled."""
    met: dict[Form, list[Found]] = defaultdict(list)
    for row in rows:
        if row.segment.kind == "plain" and len(row.form) == 1 and row.form not in kinds:
            met[row.form].append(row)
    if not met:
        return {}
    listed = [form for form in met if _is_open(votes[form]) and _is_listed(form[0])]
    gained = {form: "people" for form in listed if all(_is_alone(tokens[r.place], r) for r in met[form])}
    if any(t.text == "/" for row in tokens.values() for t in row):
        gained.update({form: "people" for pair in _find_pairs(tokens, rows, kinds, votes) for form in pair if form in met})
    return gained


def _is_open(ballot: Counter[str]) -> bool:
    """Nothing speaks for another kind, or against a person."""
    return ballot["people"] >= LEAST and not any(n > 0 for kind, n in ballot.items() if kind != "people")


@lru_cache(maxsize=16384)  # names are said again and again
def _is_listed(word: str) -> bool:
    if len(word) < SHORTEST and word not in listed_words("given_names"):
        return False
    named = may_be_called(word) or word in last_names() or is_spelt_alike(word) or ends_as_name(word)
    return named and _is_strange(word)


@lru_cache(maxsize=16384)
def _is_strange(word: str) -> bool:
    """Neither running text nor the lists of what else is called so have the word, and it is written as a name is."""
    running = word in read_tables().clusters or word in listed_words("common_words") or word in listed_words("root_words")
    return word.isalpha() and not (word.isupper() or running or word in any_words(*_OTHERS) or word in short_names())


def _is_alone(tokens: Sequence[Token], row: Found) -> bool:
    """Neither part of a longer expression, nor in quotation marks, nor what a people, a place or a work is called."""
    start, end = row.segment.start, row.segment.end
    before = tokens[start - 1] if start else None
    after = tokens[end] if end < len(tokens) else None
    named = before is not None and before.low in any_words(*_NAMERS) and not is_giver(tokens, start)
    if before is not None and (named or _joins(before) or (before.cap and not _is_title(before))):
        return False
    if _names_thing(tokens, start):
        return False
    return after is None or not (_joins(after) or after.cap or after.text in _MARKS)


def _names_thing(tokens: Sequence[Token], start: int) -> bool:
    """ "Aplikasi itu, Zorbano, ...": what is pointed at is a thing or a body."""
    pointed = start > 2 and tokens[start - 1].text == "," and tokens[start - 2].low in POINTING
    return pointed and tokens[start - 3].low in any_words(*_NAMERS, "organization_nouns")


def _joins(token: Token) -> bool:
    return token.low in words("foreign_joins") or token.text in _STROKES


def _is_title(token: Token) -> bool:
    """A word of address or office, or one that only its sentence gives a capital."""
    return token.low in any_words("role_nouns", "honorifics") or (token.first and token.low in listed_words("common_words"))


def _find_pairs(
    tokens: Mapping[Place, Sequence[Token]],
    rows: Sequence[Found],
    kinds: Mapping[Form, str],
    votes: Mapping[Form, Counter[str]],
) -> Iterator[tuple[Form, Form]]:
    """Two lone names that a stroke joins without a space ("Rano/Delvi"), in a text of matches or with a listed name in them."""
    for row, other in pairwise(rows):
        end, start = row.segment.end, other.segment.start
        text = tokens[row.place]
        if row.place != other.place or start != end + 1 or text[end].text != "/":
            continue
        close = text[end - 1].end == text[end].start and text[end].end == text[start].start
        pair = (row, other)
        if close and all(_may_pair(r, kinds, votes) for r in pair) and (_is_of_play(text) or _is_known(pair, kinds)):
            yield row.form, other.form


def _is_of_play(tokens: Sequence[Token]) -> bool:
    return not words("play_words").isdisjoint([t.low for t in tokens])


def _is_known(pair: Sequence[Found], kinds: Mapping[Form, str]) -> bool:
    return any(row.form in kinds or may_be_called(row.form[0]) or row.form[0] in last_names() for row in pair)


def _may_pair(row: Found, kinds: Mapping[Form, str], votes: Mapping[Form, Counter[str]]) -> bool:
    if row.form in kinds:
        return kinds[row.form] == "people"
    lone = row.segment.kind == "plain" and len(row.form) == 1 and len(row.form[0]) >= SHORTEST_OF_PAIR
    return lone and _is_open(votes[row.form]) and _is_strange(row.form[0])
