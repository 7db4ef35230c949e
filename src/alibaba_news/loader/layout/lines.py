"""Text -> numbered lines and small questions about one line: does it end a sentence, does it read like running text."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from alibaba_news.loader.layout.tables import words

# A scraper's list marks: glyphs only, for "-" and "1." belong to what a list says.
_BULLETS = "•▪■●◦‣►▶»*"
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_BULLET = re.compile(rf"^[{re.escape(_BULLETS)}]\s+")
_END = re.compile(r"(?:[.!?…。！？])[\"'”’»)\]]*$|[.!?,][\"”]$|[.!?]\s?[\"“”]$")
# What a newsroom sets behind the last sentence: "... desa itu. (abc/def)", "... desa itu.***".
_CLOSING = re.compile(r"[.!?…][\"'”’»]*\s*(?:[(\[](?!\d)[^()\[\]\s]{2,30}[)\]]\.?|[(\[]\*{1,3}[)\]]|\*{2,3})$")
_LOOK = 2000  # characters of a line that are looked at to judge it; keeps one endless line cheap


class RawLine(Struct, frozen=True, kw_only=True):
    """A non-blank line. ``raw`` as it stands (stripped), ``text`` clean, ``gap`` whether a blank line stands before it."""

    number: int
    raw: str
    text: str
    gap: bool
    count: int  # words
    lower: float  # share of words that begin in lower case
    small: int  # small words of running text
    ends: bool  # a sentence ends with it
    closed: bool  # behind that sentence stands what closes a story: initials, stars


def read_lines(text: str) -> tuple[RawLine, ...]:
    """The non-blank lines of a text, numbered as an editor shows them (blank lines counted)."""
    found = []
    gap = True
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        stripped = raw.strip()
        if stripped:
            found.append(_read_line(number, stripped, gap))
        gap = not stripped
    return tuple(found)


def clean(text: str) -> str:
    """Invisible characters out, every run of white space one space, composed form (NFC)."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return " ".join((text if text.isprintable() else _CONTROL.sub(" ", text)).split())


def _read_line(number: int, raw: str, gap: bool) -> RawLine:
    text = _BULLET.sub("", clean(raw)) or raw  # never empty: a line of invisible characters stands for itself
    head = text[:_LOOK].split()
    lowered = [w for w in head if w[0].islower()]
    running = words("function_words")
    # Scripts without spaces have no words to count; twelve characters stand for one.
    count = max(len(head), len(text[:_LOOK]) // 24)
    small = sum([w.casefold().strip(".,\"'“”()") in running for w in lowered])
    closed = bool(_CLOSING.search(text[-40:]))
    return RawLine(
        number=number,
        raw=raw,
        text=text,
        gap=gap,
        count=count,
        lower=len(lowered) / len(head) if head else 0.0,
        small=small,
        ends=closed or bool(_END.search(text[-12:])),
        closed=closed,
    )


def has_words(text: str) -> bool:
    """Whether there is a letter or digit in it at all."""
    return any(c.isalnum() for c in text[:_LOOK])


def starts_lower(text: str) -> bool:
    """Whether the text begins with a small letter, as what carries on a sentence does."""
    return text[:1].islower()
