"""A paragraph of plain text -> a block of Markdown that any Markdown reader shows as that text."""

from __future__ import annotations

import re

# Emphasis, code, links, HTML, strikethrough; an & only where what follows makes a character reference of it.
_INLINE = re.compile(r"[\\*_`\[\]<~]|&(?=#?[0-9A-Za-z]{1,40};)")
_SIGN = re.compile(r"[\\*_`\[\]<~&]")  # without any of these there is none of those, and looking takes a fraction of the time
# Headings, quotations, bullets, rules, tables and definitions; "1." and "1)" start a numbered list.
_BLOCK_START = re.compile(r"(?P<number>\d+)(?P<stop>[.)])|(?P<sign>[#>+=:|-])")
# A line end, a tab or another control character inside a paragraph would be lost or read as the end of a line.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ANY = re.compile(r"(?s).")
# Markdown readers differ on a backslash before these, but all know character references.
_REFERENCES = {"<": "&lt;", "&": "&amp;", "~": "&#126;", "=": "&#61;", ":": "&#58;", "|": "&#124;"}


def escape_paragraph(text: str) -> str:
    """One line of Markdown; ``loader.markdown_text`` reads it back to the same text, character for character."""
    stripped = text.strip()
    body = _INLINE.sub(lambda match: _escape(match[0]), stripped) if _SIGN.search(stripped) else stripped
    if start := _BLOCK_START.match(body):
        sign = start["stop"] or start["sign"]
        body = (start["number"] or "") + _escape(sign) + body[start.end() :]
    if not body.isprintable():
        body = _CONTROL.sub(_refer, body)
    if len(stripped) == len(text):
        return body
    head = text[: len(text) - len(text.lstrip())]
    tail = text[len(head) + len(stripped) :]
    return _ANY.sub(_refer, head) + body + _ANY.sub(_refer, tail)


def _escape(sign: str) -> str:
    return _REFERENCES.get(sign, f"\\{sign}")


def _refer(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
