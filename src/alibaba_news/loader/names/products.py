"""Goods sold under a name: the members of a list announced as products ("lima produk ..., yakni: A; B; dan C")."""

from __future__ import annotations

from collections.abc import Sequence

from alibaba_news.loader.names.lexicon import words
from alibaba_news.loader.names.segments import LONGEST_NAME, Segment
from alibaba_news.loader.names.tokens import Token


def find_products(tokens: Sequence[Token]) -> list[Segment]:
    """Segments of kind "products": items after a word for goods and "yakni"/"yaitu"/a colon, within one sentence."""
    found: list[Segment] = []
    goods = False
    for i, token in enumerate(tokens):
        if token.text in ".!?":
            goods = False
        elif token.low in words("product_nouns"):
            goods = True
        elif goods and token.low in ("yakni", "yaitu", ":"):
            found += _read_items(tokens, i + 1)
            goods = False
    return found


def _read_items(tokens: Sequence[Token], start: int) -> list[Segment]:
    end = next((j for j in range(start, len(tokens)) if tokens[j].text in ".!?"), len(tokens))
    # Where members hold commas of their own, a semicolon parts them (EYD V).
    mark = ";" if any(t.text == ";" for t in tokens[start:end]) else ","
    items: list[Segment] = []
    at = start
    while at < end:
        stop = next((j for j in range(at, end) if tokens[j].text == mark or (mark == "," and tokens[j].low == "dan")), end)
        item = _name_in(tokens, at, stop)
        if item is not None:
            items.append(item)
        at = stop + 1
    return items if len(items) > 1 else []


def _name_in(tokens: Sequence[Token], at: int, stop: int) -> Segment | None:
    while at < stop and (not tokens[at].word or tokens[at].low == "dan"):
        at += 1
    end = at
    while end < stop and end - at < LONGEST_NAME and tokens[end].cap:
        end += 1
    whole = end == stop or (end < stop and tokens[end].text == "(")
    return Segment(at, end, "products") if end > at and whole else None
