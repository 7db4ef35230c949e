"""Characters that no page, feed or record can carry: text in, text without them out."""

from __future__ import annotations

import re

# XML 1.0 and HTML refuse these; \x0b, \x0c, \x1c-\x1e, U+0085, U+2028 and U+2029 end a line, as str.splitlines has it.
_LINE_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f]")
# The same looked for in UTF-8.
_LONG = 200
_ODD_BYTES = bytes([*range(9), *range(11, 32), 127])
_ODD_PAIR = re.compile(b"\xc2[\x80-\x9f]")  # U+0080 to U+009F
_RARE = b"\xef"  # what the noncharacters begin with, but also "ﬁ" and others that may stand


def _name_replacements() -> dict[int, str]:
    table = dict.fromkeys([*range(9), *range(14, 32), *range(127, 160), *range(64976, 65008), 65534, 65535], "")
    # Windows-1252 taken for Latin-1 leaves its quotes and dashes in this range; HTML reads them back the same way.
    for code in range(0x80, 0xA0):
        table[code] = bytes([code]).decode("cp1252", "ignore")
    table |= dict.fromkeys(range(55296, 57344), "�")
    table |= {ord(end): "\n" for end in _LINE_ENDS}
    return table


_REPLACEMENTS = _name_replacements()


def clean_text(text: str) -> str:
    """The text with every line end as ``\\n`` and without control characters, noncharacters and lone surrogates."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_REPLACEMENTS) if _is_odd(text) else text


def encode_clean(text: str) -> bytes:
    """``clean_text`` in UTF-8."""
    try:
        data = text.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return clean_text(text).encode()
    return data if _is_plain(text, data) else clean_text(text).encode()


def _is_odd(text: str) -> bool:
    if len(text) > _LONG:
        try:
            if _is_plain(text, text.encode()):
                return False
        except UnicodeEncodeError:
            return True
    return not text.isprintable() and _ODD.search(text) is not None  # nothing odd is printable


def _is_plain(text: str, data: bytes) -> bool:
    """Whether nothing in a text can be odd, as a look at it in UTF-8 tells: several times faster where it is long."""
    if _RARE in data or "\u2028" in text or "\u2029" in text:
        return False
    return len(data.translate(None, _ODD_BYTES)) == len(data) and not _ODD_PAIR.search(data)


def count_controls(text: str) -> int:
    """How many control characters the text holds that no writer types: line ends, tabs and form feeds do not count."""
    return len(_CONTROL.findall(text))
