"""One paragraph in, the names that it gives with their short form out: "Badan Keuangan dan Aset Daerah (BKAD)"; and the
acronyms that it gives another meaning than the authorities.

The span is found as Schwartz and Hearst (2003) do: read backwards from the bracket, the short form's letters must stand in the
words before it in the same order, its first letter at the head of a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from alibaba_news.loader.names.lexicon import Lexicon, words
from alibaba_news.loader.names.tokens import Token
from alibaba_news.text import fold

_SHORTEST = 2  # letters; one letter in brackets is a mark of a list


def find_definitions(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Start and end (exclusive) of every long form of two words or more whose short form follows in brackets."""
    for i in _openings(tokens):
        if i and tokens[i + 1].cap and tokens[i + 2].text == ")":
            short = [c for c in tokens[i + 1].low if c.isalpha()]
            start = _long_form(tokens, i, short) if len(short) >= _SHORTEST else None
            if start is not None and i - start > 1:
                yield start, i


def find_redefined(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[str]:
    """Acronyms that authorities know for another body than the words before their bracket or within the one behind them spell:
    "pajak kendaraan bermotor (PKB)" is no party, "CDC (Continuous Damping Control)" no agency. Every word gives one letter. So
    do those of taxes that somebody pays ("membayar PBB")."""
    for i in _openings(tokens):
        if i > 1 and tokens[i + 2].text == ")" and tokens[i + 1].upper:
            spelt = _spelt_out(tokens, i, tokens[i + 1].low)
            if _is_anothers(tokens, i + 1, spelt, lexicon):
                yield tokens[i + 1].text
        elif i and tokens[i - 1].upper and _is_anothers(tokens, i - 1, _spelt_within(tokens, i), lexicon):
            yield tokens[i - 1].text
    for i, token in enumerate(tokens):
        if token.upper and token.low in words("taxes") and i and tokens[i - 1].low in words("paying"):
            yield token.text


def _is_anothers(tokens: Sequence[Token], i: int, spelt: list[str] | None, lexicon: Lexicon) -> bool:
    """Whether the words spell something else than the body that authorities know by the acronym at token ``i``."""
    known = lexicon.match(tokens, i) if spelt is not None else None
    if spelt is None or known is None or not known.acronym:
        return False
    return _bare(spelt) not in {_bare(fold(form).split()) for form in (known.authority.name, *known.authority.aliases)}


def _spelt_within(tokens: Sequence[Token], opened: int) -> list[str] | None:
    """The words in the bracket that opens at a token, where their first letters are those before it."""
    letters = tokens[opened - 1].low
    inner = tokens[opened + 1 : opened + 2 + 2 * len(letters)]
    close = next((n for n, t in enumerate(inner) if not t.word), len(inner))
    spelt = [t.low for t in inner[:close] if t.low not in words("connectors")]
    closed = close < len(inner) and inner[close].text == ")"
    return spelt if closed and [word[0] for word in spelt] == list(letters) else None


def _openings(tokens: Sequence[Token]) -> list[int]:
    """Where a bracket opens that may hold a word."""
    return [i for i, token in enumerate(tokens[:-2]) if token.text == "("]


def _spelt_out(tokens: Sequence[Token], end: int, letters: str) -> list[str] | None:
    """The words right before token ``end`` whose first letters are these, small words between them left out."""
    spelt: list[str] = []
    at = end - 1
    while at >= 0 and len(spelt) < len(letters) and tokens[at].word:
        if tokens[at].low not in words("connectors"):
            spelt.insert(0, tokens[at].low)
        at -= 1
    return spelt if [word[0] for word in spelt] == list(letters) else None


def _bare(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(part for part in parts if part not in words("connectors"))


def _long_form(tokens: Sequence[Token], end: int, short: Sequence[str]) -> int | None:
    """Where the long form before token ``end`` begins, or None; it is a run of capitals joined by small words."""
    first = end
    most = min(len(short) + 5, 2 * len(short))  # the bound that Schwartz and Hearst give, in words
    while first > 0 and end - first < most and _may_belong(tokens, first - 1, last=first == end):
        first -= 1
    for start in range(end - 2, first - 1, -1):
        if tokens[start].cap and tokens[start].low[0] == short[0] and _spells(tokens[start:end], short):
            return start
    return None


def _may_belong(tokens: Sequence[Token], i: int, *, last: bool) -> bool:
    joins = tokens[i].low in words("connectors") or tokens[i].low == "di"  # "Dewan Gereja di Indonesia (DGI)"
    return tokens[i].word and (tokens[i].cap or (not last and joins))


def _spells(span: Sequence[Token], short: Sequence[str]) -> bool:
    """Every capitalised word gives its first letter or further ones in order, as "Kementerian Keuangan" does for Kemenkeu."""
    letters = iter("".join(t.low for t in span))
    if not all(c in letters for c in short):
        return False
    heads = [t.low[0] for t in span if t.cap]
    rest = iter(short)
    return sum(head in rest for head in heads[:1]) == 1 and sum(c in heads for c in short) * 2 >= min(len(short), len(heads))
