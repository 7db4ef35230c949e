"""Stretches between quotation marks -> those that somebody spoke or wrote; terms, titles and mockery stay the reporter's."""

from __future__ import annotations

import re

from alibaba_news.loader.quotes.marks import Quoted
from alibaba_news.loader.quotes.words import Lexicon

_WORD = re.compile(r"[\w'’-]+")
_AHEAD = 160  # characters looked at on either side: an attribution stands close to its quotation
_PAUSE = ",.?!…"
_SENTENCE_END = re.compile(r"[.!?…:]\s|[”\"]\s*")


def is_spoken(text: str, quoted: Quoted, lexicon: Lexicon) -> bool:
    """Whether the words between the marks are a quotation: by a speech verb beside them, their length, how they end and
    whether they are a sentence of their own. In doubt they are a term."""
    inner = text[quoted.start : quoted.end]
    words = _WORD.findall(inner)
    if not words:
        return False
    ends = inner[-1] in _PAUSE or text[quoted.right : quoted.right + 1] == ","
    before = text[max(0, quoted.left - _AHEAD) : quoted.left].rstrip()
    alone = not before or before[-1] in '.!?…”"'
    titled = _word_before(before).removesuffix("nya") in lexicon.sets["titled"]
    if titled and inner[-1] not in _PAUSE:
        return False
    if _is_followed(text, quoted, lexicon, ends) and (ends or alone or len(words) >= 3):
        return True
    if _is_introduced(before, lexicon):
        return len(words) >= 5 or ends or before.endswith(":")
    if titled:
        return False
    if quoted.single:
        return alone and ends and len(words) >= 6
    if alone and inner[-1] not in _PAUSE and _is_written_as_title(words):
        return False
    if alone:
        return (ends and len(words) >= 3) or len(words) >= 8 or (not quoted.closed and len(words) >= 4)
    # 'Budi berkata "kami pulang besok pagi".': right behind such a verb stand somebody's very words.
    closes = ends or text[quoted.right : quoted.right + 1] in (".", "")
    if closes and len(words) >= 4 and _word_before(before) in lexicon.sets["says"] and before[-1].isalpha():
        return True
    return _is_own_sentence(inner, words, ends) or (_word_before(before) in lexicon.sets["active"] and len(words) >= 5 and ends)


def _is_own_sentence(inner: str, words: list[str], ends: bool) -> bool:
    """In the midst of a sentence: begins with a capital, ends as a sentence does, and is not written like a title."""
    return inner[0].isupper() and ends and len(words) >= 5 and not _is_written_as_title(words)


def _is_written_as_title(words: list[str]) -> bool:
    return sum(w[0].isupper() for w in words) * 2 >= len(words)


def _is_followed(text: str, quoted: Quoted, lexicon: Lexicon, ends: bool) -> bool:
    after = text[quoted.right : quoted.right + _AHEAD]
    stop = re.search(r"[“„«\"]", after)
    words = [m.group() for m in _WORD.finditer(after, 0, stop.start() if stop else len(after))]
    lower = [w.lower() for w in words]
    at = 0
    while at < len(words) and at < 3 and lexicon.has("leads", lower[at]):
        at += 1
    if at >= len(words):
        return False
    word = lower[at]
    if any(lexicon.has(name, word) for name in ("root_nya", "passive_nya")):
        return True
    if lexicon.has("roots", word):
        return ends or words[at + 1 : at + 2] == [] or words[at + 1][0].isupper() or lexicon.has("pronouns", lower[at + 1])
    return ends and (lexicon.has("passive", word) or word == "menurut" or _names_speaker(words[at:], lower[at:], lexicon))


def _names_speaker(words: list[str], lower: list[str], lexicon: Lexicon) -> bool:
    """A subject and its verb behind the quotation ('"...," Budi menambahkan')."""
    if not words or not (words[0][0].isupper() or lexicon.has("pronouns", lower[0])):
        return False
    return any(lexicon.has("active", w) for w in lower[1:9])


def _is_introduced(before: str, lexicon: Lexicon) -> bool:
    """A speech verb before the opening mark, with the comma, colon or "bahwa" that opens a quotation behind it."""
    if not before.endswith((",", ":", "bahwa")):
        return False
    sentence = _SENTENCE_END.split(before[:-1])[-1]
    words = [w.lower() for w in _WORD.findall(sentence)]
    names = ("active", "roots", "root_nya", "passive", "passive_nya", "answers")
    if any(lexicon.has(name, w) for w in words for name in names) or {"menurut", "menurutnya"} & set(words):
        return True
    return before.endswith(":") and _announces(sentence, words, lexicon)


def _announces(sentence: str, words: list[str], lexicon: Lexicon) -> bool:
    """ "Budi:", "Berikut pernyataan Budi:", "Budi menyindir:" before a quotation."""
    if any(lexicon.has("announcements", w) or lexicon.has("stance", w) for w in words):
        return True
    named = _WORD.findall(sentence)
    if "bahasa" in words:  # what something is called in another tongue
        return False
    return 0 < len(named) <= 6 and named[-1][0].isupper()


def _word_before(before: str) -> str:
    words = _WORD.findall(before[-40:])
    return words[-1].lower() if words else ""
