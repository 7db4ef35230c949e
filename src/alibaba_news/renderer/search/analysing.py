"""One document -> its words with how much each weighs and where it stands. Knows nothing of any other document.

What comes out is bytes, so that it can be made in any process and kept by the content it was made of:
keys, a blank line, and one posting a key. A key is ``STEM WORD`` (``WORD`` empty where it is the stem itself), so that sorted
keys bring the forms of a stem together, or ``@...`` for a filter. A posting is a letter for the weight, the length of its
places, and the places.

A word of a text in another language is ``STEM WORD~``: the stem, by Indonesian rules, says where it is looked for, but no
other form of that stem finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

import Stemmer

from alibaba_news.renderer.search.codes import encode_one, encode_place, encode_places
from alibaba_news.renderer.search.documents import SearchDocument
from alibaba_news.renderer.search.words import find_words

# BM25 with a fixed usual length in place of the archive's mean, so that no document's weights hang on another's words.
_SATURATION, _LENGTH_SHARE, _USUAL_LENGTH = 1.2, 0.3, 300
_HEAD = 32  # places or a multiple: in most documents a headline can be edited without moving any word of the text
_HEAD_WEIGHT = 4  # a word of the headline counts as this many more in the text
_LENGTH_STEP = 75
_LENGTHS, _COUNTS = 17, 40
_HIGHEST = 29  # of a word of a story; the names of entities stand above
_NAME, _ALIAS = encode_one(31), encode_one(30)
_NOTHING = encode_one(0)
_FOREIGN = "~"

# Where the words of a document stand: one place as it is, since most words stand in a story once.
Places = dict[str, int | list[int]]


_find_stem: Callable[[str], str] = Stemmer.Stemmer("indonesian", 0).stemWord  # words are kept by their keys


def _weigh(count: int, length: int) -> bytes:
    spread = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length * _LENGTH_STEP / _USUAL_LENGTH)
    weight = count * (_SATURATION + 1) / (count + spread)
    return encode_one(max(0, min(_HIGHEST, round((weight - 0.6) * 20))))


_WEIGHTS = tuple(tuple(_weigh(count, length) for count in range(_COUNTS)) for length in range(_LENGTHS))


@lru_cache(maxsize=1 << 17)
def make_key(word: str) -> bytes:
    """``STEM WORD``. Only words of plain letters are stemmed: the rules are of Indonesian spelling."""
    stem = _stem(word)
    return f"{stem} {'' if stem == word else word}".encode("utf-8", "replace")


@lru_cache(maxsize=1 << 15)
def make_foreign_key(word: str) -> bytes:
    """``STEM WORD~``, of a word in another language."""
    return f"{_stem(word)} {word}{_FOREIGN}".encode("utf-8", "replace")


def _stem(word: str) -> str:
    return _find_stem(word) if word.isascii() and word.isalpha() else word


def analyse(document: SearchDocument, filters: Iterable[str] = ()) -> bytes:
    """The keys and postings of a document with its filters; the same bytes for the same ones."""
    places: Places = {}
    head = _place_words(places, (document.title, *document.names), 0)
    heads = {word: _count(found) for word, found in places.items()}
    first = -(-head // _HEAD) * _HEAD
    length = head + _place_words(places, document.texts, first) - first
    weights = _WEIGHTS[min(length // _LENGTH_STEP, _LENGTHS - 1)]
    once = weights[1]
    named = set(find_words(document.title)[0]) if document.kind != "stories" else ()
    keys = list(map(make_foreign_key if document.foreign else make_key, places))
    postings = []
    for word, found in places.items():
        if word in heads:
            weight = weights[min(_count(found) + _HEAD_WEIGHT * heads[word], _COUNTS - 1)]
            weight = weight if not named else _NAME if word in named else _ALIAS
        elif isinstance(found, int):
            weight = once
        else:
            weight = weights[min(len(found), _COUNTS - 1)]
        postings.append(weight + (encode_place(found) if isinstance(found, int) else encode_places(found)))
    for name in filters:
        keys.append(f"@{name} ".encode())
        postings.append(_NOTHING + _NOTHING)
    return b"\n".join(keys) + b"\n\n" + b"\n".join(postings)


def _count(found: int | list[int]) -> int:
    return 1 if isinstance(found, int) else len(found)


def _place_words(places: Places, texts: tuple[str, ...], at: int) -> int:
    """Note where each word stands. Between two texts one place stays free: no phrase reaches from one into the next."""
    for text in texts:
        words, joined = find_words(text)
        for place, word in enumerate(words, start=at):
            if word not in places:
                places[word] = place
            elif isinstance(found := places[word], int):
                places[word] = [found, place]
            else:
                found.append(place)
        for nth, word in joined:
            found = places.get(word, [])
            places[word] = sorted([*([found] if isinstance(found, int) else found), at + nth])
        at += len(words) + 1
    return at
