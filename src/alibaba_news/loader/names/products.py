"""Goods sold under a name: a maker with its model, a known model, what follows a word for goods, a list announced as goods.

A maker alone ("Honda") is an organization; "Honda Vario 125" is what it sells. What has neither a known model nor a model's
shape (letters with digits) counts only behind a word for goods.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from alibaba_news.loader.names.headed import LONGEST_NAME
from alibaba_news.loader.names.lexicon import any_words, listed_words, words
from alibaba_news.loader.names.product_words import (
    ambiguous_models,
    first_words,
    goes_on,
    goods,
    has_model_shape,
    is_known_name,
    is_model_number,
    makers,
    match_name,
    models,
)
from alibaba_news.loader.names.runs import Segment
from alibaba_news.loader.names.tokens import Token

_STOPS = frozenset(".!?")


def find_products(tokens: Sequence[Token]) -> list[Segment]:
    """Segments of kind "products" of one paragraph, in order, none overlapping."""
    if _needed_words().isdisjoint([t.low for t in tokens]):
        return []  # most paragraphs
    found = _find_listed(tokens)
    taken = {i for s in found for i in range(s.start, s.end)}
    about_goods = False
    vehicles = goods("vehicle_nouns")
    free = 0  # behind the product found last
    for i, token in enumerate(tokens):
        if i < free:
            continue
        if token.text in _STOPS:
            about_goods = False
        elif token.low in vehicles:
            about_goods = True
        if (token.cap or token.text[0].isdigit()) and i not in taken and _may_open(tokens, i):
            free = _product_at(tokens, i, about_goods=about_goods)
            if free:
                found.append(Segment(i, free, "products"))
    return sorted(found, key=lambda s: s.start)


@cache
def _needed_words() -> frozenset[str]:
    """One of these stands in every paragraph that names a product."""
    return first_words() | goods("goods_nouns") | goods("named_goods") | goods("listed_goods")


def _may_open(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if token.low in first_words():
        return token.cap
    return i > 0 and (tokens[i - 1].low in goods("goods_nouns") or tokens[i - 1].low in goods("named_goods"))


def _product_at(tokens: Sequence[Token], i: int, *, about_goods: bool) -> int:
    """Where the product that begins at token ``i`` ends, or 0."""
    at = i
    while at < len(tokens) - 1 and at - i < 2 and tokens[at].low in goods("openers") and _follows(tokens, at + 1):
        at += 1
    if not tokens[at].cap:
        return 0
    maker = match_name(tokens, at, makers())
    if maker:
        return _end_behind_maker(tokens, at + maker, at)
    size = match_name(tokens, at, models())
    if size:
        return _end_of_model(tokens, at + size)
    size = match_name(tokens, at, ambiguous_models())
    if size and _is_meant(tokens, at, at + size, about_goods=about_goods):
        return _end_of_model(tokens, at + size)
    return _end_behind_noun(tokens, at) if at == i else 0


def _end_behind_maker(tokens: Sequence[Token], at: int, start: int) -> int:
    """Behind a maker: a known model, a model's shape, or any name where a word for goods stands before the maker."""
    if not _follows(tokens, at) or (tokens[at].low in goods("company_words") and tokens[at].low not in _model_words()):
        return 0
    maker = " ".join(t.low for t in tokens[start:at])
    sure = maker not in goods("ambiguous_makers")
    size = match_name(tokens, at, models()) or (sure and match_name(tokens, at, ambiguous_models()))
    if size and tokens[at].cap:
        return _end_of_model(tokens, at + size)
    numbered = is_model_number(tokens, at) and maker in goods("numbered_makers")
    if has_model_shape(tokens[at].text) or numbered:
        return _end_of_model(tokens, at + 1)
    announced = sure and tokens[at].cap and _announced(tokens, start) and not _is_other_name(tokens, at)
    return _end_of_model(tokens, at + 1) if announced else 0


@cache
def _model_words() -> frozenset[str]:
    return goods("ambiguous_models") & goods("company_words")


def _is_meant(tokens: Sequence[Token], at: int, end: int, *, about_goods: bool) -> bool:
    """A model that is a common word too: a number or version follows, or a word for such goods goes before it."""
    if tokens[at].first or not tokens[at].cap:
        return False
    numbered = _follows(tokens, end) and (has_model_shape(tokens[end].text) or is_model_number(tokens, end))
    return _announced(tokens, at) or (about_goods and (numbered or _is_listed_behind_model(tokens, at)))


def _is_listed_behind_model(tokens: Sequence[Token], at: int) -> bool:
    """ "Honda Beat, Vario 110 dan Revo": the members of a list are of one kind."""
    joined = at >= 2 and (tokens[at - 1].text == "," or tokens[at - 1].low in ("dan", "atau", "hingga", "maupun"))
    if not joined:
        return False
    back = at - 2 if tokens[at - 2].text != "," else at - 3
    window = range(max(0, back - LONGEST_NAME // 2), max(0, back + 1))
    return any(match_name(tokens, k, models()) or match_name(tokens, k, ambiguous_models()) for k in window if tokens[k].cap)


def _announced(tokens: Sequence[Token], start: int) -> bool:
    """A word for goods or a launch verb stands before, one lower-case word allowed between ("mobil listrik ...")."""
    for k in range(start - 1, max(-1, start - 3), -1):
        if not tokens[k].word or (tokens[k].cap and not tokens[k].first):
            return False
        if tokens[k].low in goods("goods_nouns") or tokens[k].low in goods("launch_verbs"):
            return True
        if tokens[k].low in words("role_stops"):
            return False
    return False


def _is_other_name(tokens: Sequence[Token], at: int) -> bool:
    heads = any_words("organization_heads", "role_nouns", "place_heads", "other_heads")
    called = tokens[at].low in listed_words("given_names") and not _is_numbered(tokens, at + 1)
    return tokens[at].low in heads or is_known_name(tokens[at].text) or called


def _is_numbered(tokens: Sequence[Token], at: int) -> bool:
    """ "ponsel Kirana X5": behind nobody's first name stands a number."""
    return at < len(tokens) and any(map(str.isdigit, tokens[at].text)) and tokens[at].start - tokens[at - 1].end == 1


def _end_of_model(tokens: Sequence[Token], end: int) -> int:
    start = end
    while _follows(tokens, end) and end - start < LONGEST_NAME and goes_on(tokens, end):
        end += 1
    return end


def _follows(tokens: Sequence[Token], at: int) -> bool:
    """Token ``at`` stands directly behind the one before it, parted by one space."""
    return 0 < at < len(tokens) and tokens[at].word and tokens[at].start - tokens[at - 1].end == 1


def _end_behind_noun(tokens: Sequence[Token], i: int) -> int:
    """ "ponsel Kirana X5", "pupuk NPK Phonska": an unknown name directly behind a word for goods."""
    if i == 0 or tokens[i - 1].cap or not _follows(tokens, i):
        return 0
    noun = tokens[i - 1].low
    named = noun in goods("named_goods")
    if not named and noun not in goods("goods_nouns"):
        return 0
    end = i
    while (
        end < len(tokens) and end - i < LONGEST_NAME // 2 and (end == i or _follows(tokens, end)) and _names_goods(tokens, end)
    ):
        end += 1
    shaped = any(has_model_shape(t.text) for t in tokens[i + 1 : end])
    wordy = named and end > i and tokens[i].cap and any(not t.upper for t in tokens[i:end])
    return end if (shaped and end - i > 1) or wordy else 0


def _names_goods(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.low in goods("no_names") or not (token.cap or has_model_shape(token.text)):
        return False
    return not _is_other_name(tokens, at)


def _find_listed(tokens: Sequence[Token]) -> list[Segment]:
    """Items after a word for goods and "yakni"/"yaitu"/a colon, within one sentence ("lima produk ..., yakni: A; B; dan C")."""
    found: list[Segment] = []
    announced = False
    announcing = goods("listed_goods")
    for i, token in enumerate(tokens):
        if token.text in _STOPS:
            announced = False
        elif token.low in announcing:
            announced = True
        elif announced and token.low in ("yakni", "yaitu", ":"):
            found += _read_items(tokens, i + 1)
            announced = False
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
