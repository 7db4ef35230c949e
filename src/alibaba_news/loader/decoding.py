"""Bytes of a scraped file -> clean text, with the encoding they were read in, or the reason why they are no text."""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

from alibaba_news.characters import clean_text, count_controls

# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024  # enough to tell an encoding, and quick for any size
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER = re.compile(rb"[A-Za-z]")
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"


class Decoded(Struct, frozen=True, kw_only=True):
    """``text`` has ``\\n`` line ends, no control characters; ``encoding`` as Python names it; ``broken``: bytes were lost."""

    text: str
    encoding: str
    broken: bool = False


class NotTextError(ValueError):
    """The bytes are no text; the message says why in a few words that follow a file's name."""


def decode(data: bytes) -> Decoded:
    """Read bytes as text: byte order mark, UTF-8, UTF-16, then a guess. Raises NotTextError for empty or binary data."""
    if not data:
        raise NotTextError("is empty")
    decoded = _decode_by_mark(data) or (_decode_utf16(data) if b"\0" in data else _decode_strict(data, "utf-8") or _guess(data))
    if decoded is None or "\0" in decoded.text:
        raise NotTextError("is binary, not text (it holds NUL bytes)")
    text = decoded.text
    clean = clean_text(text)
    if clean != text and count_controls(text) * 100 > len(text):
        raise NotTextError("is binary, not text (it holds control characters)")
    if decoded.broken and text.count("\ufffd") * 10 > len(text):
        raise NotTextError("is binary, not text (its bytes spell no letters)")
    if not clean.strip().strip(_INVISIBLE).strip():
        raise NotTextError("is blank")
    return Decoded(text=clean, encoding=decoded.encoding, broken=decoded.broken)


def _decode_by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            return _decode_strict(body, encoding) or _decode_broken(body, encoding)
    return None


def _decode_strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(text=data.decode(encoding), encoding=encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _decode_broken(data: bytes, encoding: str) -> Decoded:
    return Decoded(text=data.decode(encoding, "replace"), encoding=encoding, broken=True)


def _decode_utf16(data: bytes) -> Decoded | None:
    """UTF-16 without its mark: text in Latin letters has a NUL in every other byte, always on the same side."""
    pairs = len(data) // 2
    sample = data[: _SAMPLE // 2 * 2]
    for encoding, side in (("utf-16-le", 1), ("utf-16-be", 0)):
        nuls, others = sample[side::2].count(0), sample[1 - side :: 2].count(0)
        if pairs and len(data) % 2 == 0 and others == 0 and nuls * 2 > len(sample) // 2:
            return _decode_strict(data, encoding)
    return None


def _guess(data: bytes) -> Decoded:
    sample = data[:_SAMPLE]
    high = len(_HIGH.findall(sample))
    sound = sum(len(match) for match in _UTF8_CHARACTER.findall(sample))
    if sound * 2 > high:  # UTF-8 that was cut or damaged: other encodings hardly ever spell its characters
        return _decode_broken(data, "utf-8")
    # Indonesian is written in ASCII letters: fewer high bytes are the quotes, dashes and accents of Windows.
    if high <= len(_LETTER.findall(sample)) and (decoded := _decode_strict(data, "cp1252")):
        return decoded
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few files are in an encoding that must be guessed

    best = from_bytes(sample).best()
    decoded = _decode_strict(data, best.encoding) if best else None
    return decoded or _decode_strict(data, "cp1252") or _decode_broken(data, "cp1252")
