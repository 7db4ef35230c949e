"""Paragraphs -> the language they are written in, by the small words no text does without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import repeat

from alibaba_news.world import load_table

_WORDS = 600  # enough to be sure; a longer text says nothing new
_SIGNS = ".,:;!?\"'“”‘’()[]"  # around a word
_LEAST = 4  # words of a language, of at least three kinds, before the default is left


def guess_language(paragraphs: Sequence[str]) -> str:
    """A BCP 47 code: "id" unless another language of the table ("en", "ms", "jv", "su") is clearly ahead of Indonesian."""
    codes = _codes()
    counts = _count_small_words(paragraphs, codes)
    totals: Counter[str] = Counter()
    for word, count in counts.items():
        for code in codes[word]:
            totals[code] += count
    for code in sorted(totals.keys() - {"id", "id-not-ms"}, key=lambda code: (-totals[code], code)):
        # Malay shares almost every word with Indonesian: its own spellings decide, against those of Indonesian.
        rival = totals["id-not-ms" if code == "ms" else "id"]
        if totals[code] >= _LEAST and totals[code] > 1.5 * rival and sum(code in codes[word] for word in counts) >= 3:
            return code
    return "id"


def _count_small_words(paragraphs: Sequence[str], known: Mapping[str, object]) -> Counter[str]:
    """The known ones among the first words, without the signs around them."""
    return Counter(filter(known.__contains__, map(str.strip, _first_words(paragraphs), repeat(_SIGNS))))


def _first_words(paragraphs: Sequence[str]) -> list[str]:
    found: list[str] = []
    for paragraph in paragraphs:
        found.extend(paragraph[: 12 * _WORDS].casefold().split())
        if len(found) >= _WORDS:
            break
    return found[:_WORDS]


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """Every small word with the languages that it speaks for."""
    found: dict[str, tuple[str, ...]] = {}
    for code, rows in load_table("languages").items():
        for word in {str(row).strip(_SIGNS) for row in rows}:
            found[word] = (*found.get(word, ()), code)
    return found
