"""Small questions about text that every stage asks: folding, slugs, sentences. Text in, values out; no disk."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources

from slugify import slugify

SLUG_LIMIT = 80
_SHORT = 200  # characters of a text whose folded form is worth keeping

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TYPOGRAPHY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-"})
# Windows refuses these as file names in any folder, whatever stands behind a dot (Microsoft, "Naming Files, Paths").
_RESERVED = {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))}


def fold(text: str) -> str:
    """Text for comparing: casefolded, typographic quotes and dashes made plain, spaces run together, NFC."""
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY)
    return " ".join(text.casefold().split())


_fold_short = lru_cache(maxsize=16384)(_fold)  # the same words, names and lines of furniture are asked for again and again


def match_either(words: Iterable[str]) -> str:
    """A pattern of alternatives, the longest first, any run of spaces where a phrase has one.

    ASCII rules of case, so that whatever matches is found again by its lower-case form (``ſ`` is no ``s``). Words stand
    together by their first letter in either case: the regex engine passes over a whole group at the cost of one look.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        first = word[0] if not word[0].isascii() else word[0].lower()
        groups.setdefault(first, []).append(re.escape(word[1:]).replace(r"\ ", r"[\s\u00a0]{1,4}"))
    parts = (
        f"(?-i:[{re.escape(first + first.upper() if first.isascii() else first)}])(?:{'|'.join(rests)})"
        for first, rests in groups.items()
    )
    return f"(?a:{'|'.join(parts)})"


def short_hash(text: str) -> str:
    """The first six hexadecimal digits of the text's SHA-256: the same on every machine and in every build."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


@lru_cache(maxsize=65536)
def make_slug(text: str, fallback: str = "tanpa-nama") -> str:
    """At most 80 ASCII characters, cut at a word, safe as a file name everywhere; a hash where nothing can be spelt."""
    plain = text.replace("&", " ").replace("'", "").replace("’", "")
    slug = slugify(plain, max_length=SLUG_LIMIT, word_boundary=True, save_order=True)
    if not slug:
        return f"{fallback}-{short_hash(text)}"
    return f"{slug}-{short_hash(text)}" if slug in _RESERVED else slug


def is_slug(text: str) -> bool:
    """Lower-case ASCII letters and digits joined by single hyphens, of any length, and no reserved file name."""
    return bool(_SLUG.fullmatch(text)) and text not in _RESERVED


def add_suffix(slug: str, text: str) -> str:
    """The slug with a suffix from the hash of ``text``, still within the limit."""
    suffix = short_hash(text)
    return f"{slug[: SLUG_LIMIT - len(suffix) - 1].rstrip('-')}-{suffix}"


def number_ids(ids: Iterable[str]) -> list[str]:
    """Ids (``KIND/SLUG``) in their order, every one that is taken already with a number behind it, still within the limit."""
    taken: set[str] = set()
    numbers: Counter[str] = Counter()
    found = []
    for wanted in ids:
        kind, _, slug = wanted.partition("/")
        own = wanted
        while own in taken:
            numbers[wanted] += 1
            suffix = f"-{numbers[wanted] + 1}"
            own = f"{kind}/{slug[: SLUG_LIMIT - len(suffix)].rstrip('-')}{suffix}"
        taken.add(own)
        found.append(own)
    return found


_END = re.compile(r"[.!?…](?:[.!?…]*[\"'”’)\]]*(?=\s+|$)|(?<!…)[.!?]*[\"”’]*(?=[“\"‘][A-Z]))")
_NEXT = re.compile(r"\s*(\S)")
_NEXT_WORD = re.compile(r"\s*[\"'“‘(]?([^\W\d_]+)(?![\w.])")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[.,)]{0,2}\s+\S+\Z")
_LOOK_BACK = 60  # characters in which the word before a letter is looked for


@cache
def _load_abbreviations() -> frozenset[str]:
    """Packaged words whose stop ends no sentence; a text file, because this module stands below the one that reads tables."""
    return frozenset(word for line in _read_lines("abbreviations.txt") for word in line.split())


def _read_lines(name: str) -> list[str]:
    text = resources.files("alibaba_news").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


@cache
def _load_sentence_words() -> dict[str, frozenset[str]]:
    """The lists of ``data/sentence_words.txt``: ``openers``, ``labels``, ``closing``."""
    found: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in _read_lines("sentence_words.txt"):
        if line.endswith(":"):
            words = found.setdefault(line[:-1], set())
        else:
            words.update(line.split())
    return {name: frozenset(listed) for name, listed in found.items()}


def _ends_sentence(text: str, match: re.Match[str], start: int) -> bool:
    if text[match.start()] in "!?…" or match.end() == len(text):
        return True
    following = _NEXT.match(text, match.end())
    if following is None or following[1].islower():
        return False
    if match.end() - match.start() > 1:
        return True
    word = text[start : match.start()].rsplit(maxsplit=1)[-1:] or [""]
    bare = word[0].strip("(\"'“‘[").casefold()
    if len(bare) == 1 and bare.isalpha():
        return _ends_at_letter(text, match, start)
    if bare not in _load_abbreviations():
        return True
    # "beras, gula, dll. Selain itu ...", "Budi Santoso, S.Pd. Ia ..."; titles stand before a name and end nothing.
    behind = bare in _load_sentence_words()["closing"] or "." in bare
    return behind and _opens_sentence(text, match.end())


def _ends_at_letter(text: str, match: re.Match[str], start: int) -> bool:
    """Whether the stop behind a single letter ends the sentence: the letter is a label ("huruf T. Dari ..."), or what
    follows is no name ("korban bernama Budi S. Ia ..."). An initial at the head of a sentence belongs to the name behind it."""
    before = _WORD_BEFORE.search(text, max(start, match.start() - _LOOK_BACK), match.start())
    if before is None:
        return False
    labelled = before[1] in _load_sentence_words()["labels"] and _NEXT_WORD.match(text, match.end()) is not None
    return labelled or _opens_sentence(text, match.end())


def _opens_sentence(text: str, at: int) -> bool:
    following = _NEXT_WORD.match(text, at)
    return following is not None and following[1].casefold() in _load_sentence_words()["openers"]


@lru_cache(maxsize=128)  # the readers of dates, events and quotations ask for the same paragraphs
def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans (start, end) of the sentences of one paragraph, in code points, without the white space around them.

    A quotation stays with the words that introduce or follow it ('"...," kata dia.'): closing marks belong to the
    sentence they close, and a sentence never starts in lower case (EYD V, III.A).
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _ends_sentence(text, match, start):
            _append_span(spans, text, start, match.end())
            start = match.end()
    _append_span(spans, text, start, len(text))
    return tuple(spans)


def _append_span(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end].rstrip()
    bare = piece.lstrip()
    if bare:
        spans.append((start + len(piece) - len(bare), start + len(piece)))
