"""Quotation marks of a paragraph -> the stretches that stand between them, however the marks are printed or broken."""

from __future__ import annotations

import re

from msgspec import Struct

from alibaba_news.loader.quotes.words import load_lexicon

_PLAIN = re.compile(r"[\"“”„‟«»″]|''|``")
# Doubled marks (a table that was saved twice) are one mark; between two words they close one quotation and open another.
_DOUBLED = re.compile(r"(?<!\S)(?:[\"“”„«]{2,3}|,,)(?=\w)|[\"“”«»]{2,3}(?=[\s,.;)]|$)|[\"“”„‟«»″]|''|``|’’|‘‘")
_ANY_DOUBLED = re.compile(r"[\"“”„«»][\"“”„«»]")
_DOUBLED_SINGLES = (",,", "’’", "‘‘")
_OPENING = "“„«``,,‘‘"
_CLOSING = "”»‟"
_SIGN = re.compile(r"[\"“”„‟«»″'‘’`]")
_SINGLE = re.compile(r"['‘’`]")
_WORD = re.compile(r"\s*([\w'-]+)")
_WORD_AHEAD = re.compile(r"\s{0,3}\S")
_EDGE = "\"“”'`"
_PAUSES = tuple(",.?!…")
_STOP = re.compile(r"[.?!…]\s+")
_LONGEST_TERM = 60  # a term quoted within a quotation is a name or a word or two


class Quoted(Struct, frozen=True, gc=False):
    """Words between marks: ``start`` and ``end`` without the marks and the space beside them, ``left`` and ``right`` with
    them; ``closed`` whether the closing mark stands; ``single`` for ‘ ’."""

    start: int
    end: int
    left: int
    right: int
    closed: bool
    single: bool


def find_quoted(text: str) -> tuple[Quoted, ...]:
    """Every stretch between quotation marks, in order, never one within another; an open end runs to the paragraph's."""
    if _SIGN.search(text) is None and ",," not in text:
        return ()
    doubled = _ANY_DOUBLED.search(text) or any(mark in text for mark in _DOUBLED_SINGLES)
    marks = _DOUBLED if doubled else _PLAIN
    found: list[Quoted] = []
    opened: tuple[int, int] | None = None
    skip = -1
    for match in marks.finditer(text):
        left, right = match.span()
        if left <= skip:
            continue
        if opened is None:
            if _opens(text, left, right, match.group()):
                opened = (left, right)
            elif _closes_speech(text, left, right):
                found.append(_find_lost(text, found[-1].right if found else 0, left, right))
            continue
        if _starts_word(text, left, right):
            term = _term_end(text, right)
            if term >= 0:
                skip = term
                continue
            found.append(_trim(text, opened, (left, left), closed=False))
            opened = (left, right)
            continue
        found.append(_trim(text, opened, (left, right), closed=True))
        opened = None
    if opened is not None:
        found.append(_trim(text, opened, (len(text), len(text)), closed=False))
    found = [q for q in found if q.end > q.start]
    return tuple(sorted([*found, *_find_single(text, found)], key=lambda q: (q.start, q.end)))


def _opens(text: str, left: int, right: int, sign: str) -> bool:
    before, after = text[left - 1 : left], text[right : right + 1]
    if sign in _OPENING:
        return _WORD_AHEAD.match(text, right) is not None
    if sign in _CLOSING:
        # A closing sign used to open (”Kami siap,” kata Budi) stands behind a space and before a word.
        if after.isalnum() and (not before or before.isspace()):
            return True
        # Glued to the sentence before it ('warga.”Kami siap,”kata Budi'): what it opens ends in a tag.
        return before in tuple(".?!") and after.isupper() and _ends_in_tag(text, right)
    if before.isdigit() and not after.isalnum():  # inches, seconds of arc
        return False
    # What clings to the word before it and not to the next closes a quotation whose opening mark was lost.
    clings = bool(before) and not before.isspace() and before not in "([—–-:/"
    return bool(after) and not (clings and (after.isspace() or after in ",.;)"))


def _ends_in_tag(text: str, right: int) -> bool:
    closing = _PLAIN.search(text, right)
    return closing is not None and closing.group() not in _OPENING and _closes_speech(text, *closing.span())


def _starts_word(text: str, left: int, right: int) -> bool:
    """Whether a mark met within a quotation opens another one: it stands before a word and not behind one."""
    before, after = text[left - 1 : left], text[right : right + 1]
    if not after.isalnum() or text[left] in _CLOSING:
        return False
    if not (before.isspace() or (text[left] in _OPENING and not before.isalnum())):
        return False
    word = _WORD.match(text, right)
    # '"Kami siap, "ujar Budi': the space has slipped to the wrong side of the closing mark.
    return word is None or not _speaks(word.group(1))


def _closes_speech(text: str, left: int, right: int) -> bool:
    """Whether a mark that closes nothing ends a quotation whose opening mark was lost ('Kami siap," ujar Budi')."""
    word = _WORD.match(text, right)
    return text[left - 1 : left] in _PAUSES and word is not None and _speaks(word.group(1))


def _find_lost(text: str, since: int, left: int, right: int) -> Quoted:
    """Only the last sentence before the mark: how much more was spoken cannot be known."""
    start = max([since, *(m.end() for m in _STOP.finditer(text, since, left))])
    return _trim(text, (start, start), (left, right), closed=True)


def _speaks(word: str) -> bool:
    lexicon = load_lexicon()
    return lexicon.has("roots", word) or lexicon.has("root_nya", word)


def _term_end(text: str, right: int) -> int:
    """Where the term ends that is quoted within a quotation ('"Program "Maju" ini baik," kata Budi'), else -1."""
    closing = _PLAIN.search(text, right, right + _LONGEST_TERM)
    if closing is None or text[closing.start()] in "“„«" or not text[closing.start() - 1].isalnum():
        return -1
    again = _PLAIN.search(text, closing.end())
    if again is None or _starts_word(text, *again.span()):
        return -1
    return closing.start()


def _trim(text: str, opening: tuple[int, int], closing: tuple[int, int], *, closed: bool) -> Quoted:
    start, end = opening[1], closing[0]
    while start < end and (text[start].isspace() or text[start] in _EDGE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGE):
        end -= 1
    return Quoted(start, end, opening[0], closing[1], closed, False)


def _find_single(text: str, taken: list[Quoted]) -> list[Quoted]:
    """Stretches between single marks outside the double ones; an apostrophe within a word neither opens nor closes."""
    found: list[Quoted] = []
    opened = -1
    at = 0
    for match in _SINGLE.finditer(text):
        place = match.start()
        while at < len(taken) and taken[at].right <= place:
            at += 1
            opened = -1
        if at < len(taken) and taken[at].left <= place:
            continue
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if (not before or before.isspace() or before in "([,.:") and (after.isalnum() or after == "#"):
            opened = place
        elif opened >= 0 and not after.isalnum() and not before.isspace():
            if place > opened + 1:
                found.append(Quoted(opened + 1, place, opened, place + 1, True, True))
            opened = -1
    return found
