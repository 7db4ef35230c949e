"""One paragraph -> tokens: words with their place, and whether they are capitalised or open a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from alibaba_news.model import Place
from alibaba_news.text import fold, split_sentences

# A word keeps what news writes inside names: J&T, Sina.com, Ma'ruf, e-commerce, JT-610.
# A stop between a small and a capital letter is the end of a sentence whose space was lost in scraping.
# "H.Sutomo": a pilgrim's title that lost its space is no part of the name; other letters may open a degree ("M.Hum").
# Most words are Latin letters alone: the first alternative reads them at the least cost, and as the second one would.
_TOKEN = re.compile(
    r"[A-Za-z]++(?![\w&'’.-])"
    r"|[^\W_]+(?:(?:[&'’-]|(?<![a-z])(?<![A-Z]{2})\.(?!(?<=(?<!\w)(?<![A-Z]\.)H\.)[A-Z][a-z]{2})|\.(?![A-Z])|(?<=\d),(?=\d))[^\W_]+)*|[^\w\s]|_"
)
_MONEY = re.compile(r"(?:Rp|IDR|USD)\d")  # "merugikan negara Rp15 miliar": a sum, and no name behind "negara"
_ARTICLED = re.compile(r"(?:al|el|as|an|ar|at|az|ad|ash)-[A-Z]")  # "Abdulaziz al-Saud"
# EYD V sets a hyphen between a prefix and a capital: "se-Jawa Tengah" holds the whole name.
SPLIT_PREFIXES = frozenset(("se", "non", "anti", "pro", "eks", "pra", "pasca", "antar", "intra", "trans"))
_SHORTEST_GLUED = 4  # letters of a word that may be two
LONGEST_ACRONYM = 5  # letters; longer ones are also written as words (Kominfo, Unesco)
FARTHEST_CUE = 80  # letters between a word for two who belong together and the hyphen between their names
_OPENING = frozenset("\"“‘'«„([:;•")


# Of such values many are made for every article, and their fields are what rules ask for all the time: a Struct is made in half
# a NamedTuple's time and read in a quarter of it. None can hold itself, so that the collector need not look at them.
class Token(Struct, frozen=True, gc=False):
    """A word or a mark: text as printed, folded text, start and end in code points, and how it is written."""

    text: str
    low: str
    start: int
    end: int
    word: bool
    cap: bool  # an upper-case letter at its head, or second as in eBay
    upper: bool  # nothing but upper-case letters, two at least
    first: bool  # opens a sentence, a quotation or a list item: its capital proves nothing
    opens: bool = False  # the first of its sentence


Form = tuple[str, ...]  # what tells one spelling of a name from another
Tokens = Mapping[Place, Sequence[Token]]


def tokenize(
    text: str,
    is_known: Callable[[str], bool],
    unglue: Callable[[str], int] = lambda _: 0,
    is_pair: Callable[[str, str, str], bool] = lambda _left, _right, _before: False,
) -> list[Token]:
    """Tokens in order; a hyphen parts two names where ``is_known`` knows either ("Indonesia-Malaysia") or ``is_pair`` takes the
    words on both sides of it, behind the text given last, for two people.

    ``unglue`` tells after how many letters a word ends whose space was lost ("Medandi" is "Medan" and "di"), or 0.
    """
    starts = {a for a, _ in split_sentences(text)}
    tokens: list[Token] = []
    first = True
    for match in _TOKEN.finditer(text):
        piece = match.group()
        start, end = match.span()
        opens = start in starts
        first = first or opens
        low, word, cap, upper, whole = _look_at(piece)
        if whole or ("-" not in piece and not unglue(piece)):
            tokens.append(Token(piece, low, start, end, word, cap, upper, first, opens))
            first = not word and (first or piece in _OPENING)
            continue
        for part_start, part_end in _split(match, is_known, unglue, is_pair):
            piece = text[part_start:part_end]
            low, word, cap, upper, _ = _look_at(piece)
            tokens.append(Token(piece, low, part_start, part_end, word, cap, upper, first, opens))
            first, opens = piece in _OPENING or (first and not word), False
    return tokens


def form_of(span: Sequence[Token]) -> tuple[str, ...]:
    """What tells one spelling of a name from another: folded words; a short word in capitals stays ("MA" is not "Ma")."""
    if len(span) == 1 and span[0].upper and len(span[0].text) <= LONGEST_ACRONYM:
        return (span[0].text,)
    return tuple(t.low for t in span)


def _split(
    match: re.Match[str],
    is_known: Callable[[str], bool],
    unglue: Callable[[str], int],
    is_pair: Callable[[str, str, str], bool],
) -> list[tuple[int, int]]:
    whole = match.group()
    cut = unglue(whole) if len(whole) > _SHORTEST_GLUED and not (whole.islower() or whole.isupper()) else 0
    if cut:  # "tulisSamudradalam" lost two
        middle = match.start() + cut
        last = middle + unglue(whole[cut:])
        return [(match.start(), middle), *([(middle, last)] if last > middle else []), (last, match.end())]
    left, hyphen, right = whole.partition("-")
    if left in SPLIT_PREFIXES and right[:1].isupper():
        middle = match.start() + len(left)
        return [(match.start(), middle), (middle, middle + 1), (middle + 1, match.end())]
    if not hyphen or not whole[0].isupper() or is_known(whole):
        return [match.span()]
    before = match.string[max(0, match.start() - FARTHEST_CUE) : match.start()]
    if right[:1].isupper() and (is_known(left) or is_known(right) or is_pair(left, right, before)):
        middle = match.start() + len(left)
        return [(match.start(), middle), (middle, middle + 1), (middle + 1, match.end())]
    return [match.span()]


@lru_cache(maxsize=100_000)
def _look_at(piece: str) -> tuple[str, bool, bool, bool, bool]:
    """Folded, a word, with a capital, in capitals, nothing to part: what a piece shows wherever it stands."""
    word = piece[0].isalnum()
    cap = word and (piece[0].isupper() or (piece[0].isalpha() and piece[1:2].isupper()) or bool(_ARTICLED.match(piece)))
    cap = cap and not _MONEY.match(piece)
    letters = [c for c in piece if c.isalpha()]
    # Most words: what has two parts holds a hyphen, or is longer and of small letters and capitals.
    whole = len(piece) == 1 or ("-" not in piece and (piece.islower() or piece.isupper() or len(piece) <= _SHORTEST_GLUED))
    return fold(piece), word, cap, len(letters) > 1 and all(c.isupper() for c in letters), whole
