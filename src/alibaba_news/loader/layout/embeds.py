"""What another service or a skip link sets into a page: posts with their signature, blocks that a reader may pass over.

Both show by a line at their end, so they are looked for once all lines have a kind of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from alibaba_news.loader.layout.kinds import Kind
from alibaba_news.loader.layout.lines import RawLine
from alibaba_news.loader.layout.tables import starts
from alibaba_news.text import fold

_SIGNATURE = re.compile(r"[—–-]{1,2}\s?[^()@]{1,60}\(@\w{1,30}\)")
_BLOCK = 25  # lines that a skipped block may hold


def mark_embeds(lines: Sequence[RawLine], kinds: Sequence[Kind]) -> tuple[Kind, ...]:
    """The kinds with posts (text above "— Name (@name) date") and blocks to skip ("Lewati ..." to "Akhir dari ...") marked."""
    found = list(kinds)
    opened = -1
    for at, line in enumerate(lines):
        if line.text[0] in "—–-" and _SIGNATURE.match(line.text[:120]):
            found[at] = Kind(name="chrome", rule="post_signature")
            if at and kinds[at - 1].name in ("prose", "fragment", "chrome") and lines[at - 1].count >= 3:
                found[at - 1] = Kind(name="fragment", rule="post")
        if line.count > 12:
            continue
        short = fold(line.text)
        if short.startswith(starts("skip_starts")):
            opened = at
        elif opened >= 0 and at - opened <= _BLOCK and short.startswith(starts("skip_ends")):
            for i in range(opened, at + 1):
                pointer = opened < i < at and lines[i].count >= 4
                found[i] = Kind(name="read_also" if pointer else "chrome", rule="skipped_block")
            opened = -1
    return tuple(found)
