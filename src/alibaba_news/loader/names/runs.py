"""A run of capitals in the tokens, and a segment of it: what one name may be."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from alibaba_news.loader.names.headed import LONGEST_NAME, is_adjacent
from alibaba_news.loader.names.lexicon import Known, words
from alibaba_news.loader.names.tokens import Token


class Segment(Struct, frozen=True, gc=False):
    """Tokens ``start`` to ``end`` (exclusive). ``kind``: an EntityKind, "office" (words of a role), "other" (no entity),
    "character" (nobody real), "renamed" (another name of the one before) or "plain" (open). ``known`` where an authority
    knows the form."""

    start: int
    end: int
    kind: str
    known: Known | None = None


def find_run_end(tokens: Sequence[Token], i: int) -> int:
    """Where the run of capitals ends that begins at token ``i``."""
    end = i + 1
    while is_adjacent(tokens, end) and (tokens[end].cap or tokens[end].text.isdigit()) and end - i < LONGEST_NAME:
        end += 1
    return end


def is_place_before(tokens: Sequence[Token], i: int) -> bool:
    """Whether the word before token ``i`` says that a place follows ("di", "kota")."""
    before = tokens[i - 1].low if i else ""
    return before in words("place_prepositions") or before in words("place_labels")
