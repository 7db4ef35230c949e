"""Text -> the same text as it stands in a page, in exactly the characters that ``markupsafe.escape`` writes.

Pages are put together from hundreds of small pieces. Made a Markup object each, only to be joined, they would cost more than
all the rest of a page; so those that write markup themselves escape with this.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import cast

from markupsafe import Markup, escape

# Takes markup that is written already, as ``Markup`` does, which first asks every text whether it is markup.
mark = cast("Callable[[str], Markup]", partial(str.__new__, Markup))

# A word like "e-commerce", from its hyphen on: a pattern that begins with a sign is looked for many times faster.
_LETTER_WORD = re.compile(r"-(?<=[A-Za-z]-)(?<![\w-][A-Za-z]-)[A-Za-z]{1,20}(?![\w-])")


def escape_text(text: object) -> str:
    """Escaped for an element's text or a quoted attribute; markup as it is."""
    if type(text) is not str:
        return text if type(text) is Markup else escape(text)
    # Most texts hold none of these, and looking is cheaper than replacing.
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&#34;")
    if "'" in text:
        text = text.replace("'", "&#39;")
    return text


def escape_words(text: str) -> str:
    """Escaped, with words like "e-commerce" kept on one line: a lone letter at a line's end reads as a mistake."""
    escaped = escape_text(text)
    if "-" not in escaped:  # no entity holds one
        return escaped
    pieces, at = [], 0
    for match in _LETTER_WORD.finditer(escaped):
        start, end = match.start() - 1, match.end()
        pieces.append(f'{escaped[at:start]}<span class="keep">{escaped[start:end]}</span>')
        at = end
    return "".join((*pieces, escaped[at:]))
