"""Bytes of a saved page -> its markup as text, in the encoding that the page itself names where its bytes bear it out."""

from __future__ import annotations

import codecs
import re

from alibaba_news.characters import clean_text
from alibaba_news.loader.decoding import Decoded, decode
from alibaba_news.world import load_table

_HEAD = 4096  # bytes in which a page says its encoding; the standard asks for 1024
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,4}=\s{0,4}[\"']?\s{0,4}([\w.:-]{2,30})", re.IGNORECASE
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Pictures packed into the page are most of its size and none of its text.
_PICTURE = re.compile(r"data:[a-z]{1,20}/[\w.+-]{1,40};base64,[A-Za-z0-9+/=\s]{200,}")


def decode_page(data: bytes) -> Decoded:
    """Read a page's bytes: byte order mark, UTF-8, the encoding it names, then a guess. Raises NotTextError as ``decode`` does.

    UTF-8 goes before the page's word: its letters are hardly ever spelt by chance, and pages are often saved anew in UTF-8
    with the old word still in them.
    """
    decoded = None
    if not data.startswith(_MARKS) and b"\0" not in data and not _is_utf8(data):
        decoded = _decode_as_named(data)
    decoded = decoded or decode(data)
    return Decoded(text=_PICTURE.sub("", decoded.text), encoding=decoded.encoding, broken=decoded.broken)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_as_named(data: bytes) -> Decoded | None:
    match = _CHARSET.search(data[:_HEAD])
    encoding = load_table("html")["charsets"].get(match[1].decode("ascii", "ignore").lower()) if match else None
    if encoding is None:
        return None
    try:
        return Decoded(text=clean_text(data.decode(encoding)), encoding="utf-8")  # named by the page: nothing to warn of
    except UnicodeDecodeError:
        return None
