"""Text -> the words it is found by. ``static/search/words.js`` does the same in the browser, to the letter.

Case, accents and apostrophes do not count (Jum'at is jumat), hyphens part words and are also bridged (e-commerce is e,
commerce and ecommerce), numbers keep their points (11.11), letters with stops are one word (U.S. is us).
"""

from __future__ import annotations

import re
import unicodedata

WORD_LIMIT = 40  # characters of a word that count: no language needs more, and junk can be endless
_JOINED_LIMIT = 24

# Accents as NFD parts them, vowel signs of quoted Arabic, and what no reader sees.
_UNSEEN = re.compile(
    "[\u0300-\u036f\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u00ad\u200b-\u200d\u2060\ufeff]+"
)
# Signs that stand for another; the apostrophes among them are letters to Unicode.
_ALIKE = str.maketrans({"\u2010": "-", "\u2011": "-", "ʼ": "'", "ʻ": "'", "ς": "σ"})
_APOSTROPHES = "'’‘`´"
_OWNER = re.compile(rf"(?<=[^\W_])[{_APOSTROPHES}]s(?![^\W_])")
_APOSTROPHE = re.compile(rf"(?<=[^\W_])[{_APOSTROPHES}](?=[^\W_])")
_RUPIAH = re.compile(r"(?<![^\W_])rp(?=\d)")  # Rp2,4 is asked for as 2,4 as well
# What most texts hold beside ASCII: nothing to take apart, nothing to leave out.
_TYPOGRAPHY = "“”‘’–—…•·"
_RARE = re.compile(f"[^\\x00-\\x7f{_TYPOGRAPHY}]")
_WITHIN = "-.,"  # may stand within a word
_BLANKS = bytes(code if chr(code).isalnum() or chr(code) in _WITHIN else 0x20 for code in range(256))
_RUN = re.compile(r"[^\W_]+(?:[-.,][^\W_]+)*")
_PART = re.compile(r"[^\W\d_](?:\.[^\W\d_])+(?![^\W_])|\d+(?:[.,]\d+)+(?![^\W_])|[^\W_]+(?:-[^\W_]+)*")


def fold_text(text: str) -> str:
    """Lower case without accents and apostrophes: Jum’at -> jumat, Café -> cafe, Ma's -> ma."""
    if text.isascii() or not _RARE.search(text):
        text = text.lower()
    else:
        text = _UNSEEN.sub("", unicodedata.normalize("NFD", text)).lower()
        # Lower case can part a letter from its dot (İ), or end a word with another sigma.
        text = _UNSEEN.sub("", text).translate(_ALIKE)
    if "'" in text or "’" in text or "‘" in text or "`" in text or "´" in text:
        text = _APOSTROPHE.sub("", _OWNER.sub("", text))
    return _RUPIAH.sub("rp ", text) if "rp" in text else text


def find_words(text: str) -> tuple[list[str], list[tuple[int, str]]]:
    """The words of a text in order, and (place of the first part, word) of what hyphens join."""
    words: list[str] = []
    joined: list[tuple[int, str]] = []
    for piece in _split_text(fold_text(text)):
        if piece.isalnum():
            words.append(piece[:WORD_LIMIT])
        elif (bare := piece.strip(_WITHIN)).isalnum():
            words.append(bare[:WORD_LIMIT])
        else:
            for run in _RUN.findall(bare):
                for part in _PART.findall(run):
                    _add_part(part, words, joined)
    return words, joined


def _split_text(text: str) -> list[str]:
    """Pieces of a folded text that no word reaches across; nearly all are a word."""
    if not text.isascii():
        for sign in _TYPOGRAPHY:
            text = text.replace(sign, " ")
    return text.encode().translate(_BLANKS).decode().split() if text.isascii() else _RUN.findall(text)


def _add_part(word: str, words: list[str], joined: list[tuple[int, str]]) -> None:
    if "-" in word:
        parts = word.split("-")
        bridge = join_parts(parts)
        if bridge:
            joined.append((len(words), bridge))
        words.extend(part[:WORD_LIMIT] for part in parts)
    elif "." in word and not word[0].isdecimal():
        words.append(word.replace(".", "")[:WORD_LIMIT])
    else:
        words.append(word[:WORD_LIMIT])


def join_parts(parts: list[str]) -> str:
    """The parts of a hyphened word written as one (ecommerce); "" where nobody writes it so: anak-anak, 2018-10-13."""
    whole = "".join(parts)
    twice = len(set(parts)) < len(parts)
    return "" if twice or len(parts) > 3 or len(whole) > _JOINED_LIMIT or whole.isdecimal() else whole
