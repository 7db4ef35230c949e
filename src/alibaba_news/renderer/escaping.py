"""Text -> the same text as it stands in a page, in exactly the characters that ``markupsafe.escape`` writes.

Pages are put together from hundreds of small pieces. Made a Markup object each, only to be joined, they would cost more than
all the rest of a page; so those that write markup themselves escape with this.
"""

from __future__ import annotations


def escape_text(text: str) -> str:
    """Escaped for an element's text or a quoted attribute."""
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
