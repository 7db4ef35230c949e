"""One paragraph -> its quotes, and who holds the floor after it."""

from __future__ import annotations

import re
from bisect import bisect_left

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.loader.quotes.attribution import read_before
from alibaba_news.loader.quotes.floor import Floor
from alibaba_news.loader.quotes.marks import Quoted, find_quoted
from alibaba_news.loader.quotes.reader import Reader, Said
from alibaba_news.loader.quotes.spoken import is_spoken
from alibaba_news.loader.quotes.voices import Line, Voice
from alibaba_news.loader.quotes.words import Mark, load_lexicon, read_tokens
from alibaba_news.model import Place, Quote
from alibaba_news.text import split_sentences

# Scrapers lose the space behind a full stop where a paragraph or a link ended ("... tahun ini.Menurut Budi").
_GLUED = re.compile(
    r"(?<=[a-z0-9)%\"”][.?!])(?=[A-Z“\"][a-z]|[“\"][A-Z]|”[A-Z] )(?!(?:Com|Co|Id|Net|Org)\b)|(?<=[.?!][\"”])(?=[A-Z][a-z])"
)
_GLUE = re.compile(r"[.?!][\"”]?[A-Z“\"]")  # no glued sentences without one
_STRAY_TAG = re.compile(r",\s+([a-z]+)\b")
_DASHES = ("-", "–", "—")
_NEXT_WORD = re.compile(r"\s([\w-]+)")


class Paragraph(Struct, frozen=True, kw_only=True):
    """What one paragraph leaves for the next: its quotes, the floor, the voice that its last words announce (they end with
    a colon), whether its last quotation is still open, whether it begins with one, whether it is one and nothing else
    (``alone``), whose words a quotation right behind it can only be (``holder``), and whose its first sentence says that
    those above it were (``pointed``)."""

    quotes: tuple[Quote, ...]
    floor: Floor
    announced: Voice | None = None
    unfinished: bool = False
    continues: bool = False
    alone: bool = False
    holder: str | None = None
    pointed: Said | None = None


def read_paragraph(
    text: str,
    place: Place,
    *,
    marks: tuple[Mark, ...],
    roles: dict[str, tuple[str, ...]],
    floor: Floor,
    before: Paragraph | None,
) -> Paragraph:
    """The quotes of a paragraph in order. ``before`` is the paragraph above it, whose last words may announce a speaker."""
    lexicon = load_lexicon()
    spoken = tuple(_cut_stray(text, q) for q in find_quoted(text) if is_spoken(text, q, lexicon))
    masked = _blank(text, spoken)
    tokens = read_tokens(masked, tuple((q.left, q.right) for q in spoken), marks)
    reader = Reader(Line(text, tokens, lexicon, roles), place, spoken, floor)
    if before is not None and before.announced is not None and spoken and not text[: spoken[0].left].strip():
        reader.resolve(before.announced)
    reader.expected = before is not None and before.alone
    first = at = 0
    announced = None
    # A dash that opens the paragraph, as in lists and in dialogues, is none of the words.
    while first < len(tokens) and tokens[first].word in _DASHES:
        first += 1
    at = first
    starts = [token.start for token in tokens]
    for _, end in _find_sentences(masked):
        at = bisect_left(starts, end, at)
        # The stop of an abbreviation within a name ("M. Budi") ends no sentence.
        if at == first or (at < len(tokens) and tokens[at].entity and not tokens[at].first):
            continue
        reader.read(first, at)
        if masked[end - 1] == ":":
            announced = read_before(reader.line, first, at)
        first = at
    quotes = tuple(sorted(reader.quotes, key=lambda q: q.start or 0))
    unfinished = bool(spoken) and not spoken[-1].closed and spoken[-1].right >= len(text.rstrip())
    continues = bool(spoken) and not text[: spoken[0].left].strip()
    return Paragraph(
        quotes=quotes,
        floor=reader.floor,
        announced=announced,
        unfinished=unfinished,
        continues=continues,
        alone=continues and len(spoken) == 1 and not text[spoken[0].right :].strip(" .,"),
        holder=None if reader.blocked else reader.holder,
        pointed=reader.pointed,
    )


def _cut_stray(text: str, quoted: Quoted) -> Quoted:
    """A quotation that was never closed ends where the reporter says who spoke ('"Kami siap, kata Budi.')."""
    if quoted.closed:
        return quoted
    lexicon = load_lexicon()
    for match in _STRAY_TAG.finditer(text, quoted.start, quoted.end):
        word = match.group(1)
        then = _NEXT_WORD.match(text, match.end())
        named = then is not None and (
            then.group(1)[0].isupper() or any(lexicon.has(name, then.group(1)) for name in ("pronouns", "person_nouns"))
        )
        if lexicon.has("root_nya", word) or (lexicon.has("roots", word) and named):
            return replace(quoted, end=match.start() + 1, right=match.start() + 1, closed=True)
    return quoted


def _blank(text: str, spoken: tuple[Quoted, ...]) -> str:
    """The text with each quotation's inside blanked out; its first letter and last sign stay, they make the sentences."""
    parts = []
    at = 0
    for q in spoken:
        inside = q.end - q.start
        kept = " " * (inside - 2) + text[q.end - 1] if inside > 1 else ""
        parts += [text[at : q.start], text[q.start], kept]
        at = q.end
    return "".join([*parts, text[at:]])


def _find_sentences(masked: str) -> list[tuple[int, int]]:
    """The sentences; one that ended within a quotation goes on where small letters follow ('"Kapan?" tanya Budi.')."""
    found: list[tuple[int, int]] = []
    glued = _GLUE.search(masked) is not None
    for start, end in split_sentences(masked):
        if found and masked[start].islower():
            found[-1] = (found[-1][0], end)
            continue
        at = start
        for match in _GLUED.finditer(masked, start, end) if glued else ():
            found.append((at, match.start()))
            at = match.start()
        found.append((at, end))
    return found
