"""Paragraphs -> the language they are written in, by the small words no text does without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from alibaba_news.world import load_table

_WORDS = 600  # enough to be sure; a longer text says nothing new
_LEAST = 4  # words of a language, of at least three kinds, before the default is left


def guess_language(paragraphs: Sequence[str]) -> str:
    """A BCP 47 code: "id" unless another language of the table ("en", "ms", "jv", "su") is clearly ahead of Indonesian."""
    counts = Counter(_first_words(paragraphs))
    scores: dict[str, tuple[int, int]] = {}
    for code, table in _tables().items():
        hits = [counts[word] for word in table if counts[word]]
        scores[code] = (sum(hits), len(hits))
    own = scores.pop("id", (0, 0))[0]
    for code, (total, kinds) in sorted(scores.items(), key=lambda row: (-row[1][0], row[0])):
        # Malay shares almost every word with Indonesian: its own spellings decide, against those of Indonesian.
        rival = sum(counts[word] for word in _tables()["id-not-ms"]) if code == "ms" else own
        if code != "id-not-ms" and total >= _LEAST and kinds >= 3 and total > 1.5 * rival:
            return code
    return "id"


def _first_words(paragraphs: Sequence[str]) -> list[str]:
    found: list[str] = []
    for paragraph in paragraphs:
        found.extend(w.strip(".,:;!?\"'“”‘’()[]").casefold() for w in paragraph[: 12 * _WORDS].split())
        if len(found) >= _WORDS:
            break
    return found[:_WORDS]


@cache
def _tables() -> dict[str, frozenset[str]]:
    return {code: frozenset(map(str, rows)) for code, rows in load_table("languages").items()}
