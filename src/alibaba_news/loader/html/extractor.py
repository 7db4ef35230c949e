"""Markup -> which visible lines are the article's text, as trafilatura finds it. Its dates and other metadata are not used:
it guesses the day from whatever the page prints, and a guess must not stand among what is stated."""

from __future__ import annotations

import logging
import warnings
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import trafilatura
from msgspec.structs import replace

from alibaba_news.loader.html.lines import RawPage
from alibaba_news.loader.html.parts import SavedLine, make_key

# What it cannot read is read by its lines, so its complaints would only frighten.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
# It works on a tree, with recursion: what is nested deeper or has more tags than any article's page is not given to it.
DEEPEST = 200
MOST_TAGS = 30_000
LONGEST = 4_000_000
_SURE = 30  # letters and digits of a line that is hardly on the page twice by chance
_SEARCHED = 20_000_000  # comparisons of characters spent on lines that the extractor joined or cut


def mark_kept(markup: str, page: RawPage, told: str) -> tuple[SavedLine, ...]:
    """The lines, ``kept`` where the extractor takes them for the article, or where they stand in ``told``, the whole text in
    the page's own data. Never raises; without a finding none is kept."""
    lines = page.lines
    small = page.deep <= DEEPEST and page.tags <= MOST_TAGS and len(markup) <= LONGEST
    blocks = [*(_extract(markup) if small else ()), told]
    kept = _match([make_key(line.text) for line in lines], [key for block in blocks if (key := make_key(block))])
    return tuple(replace(line, kept=True) if at in kept else line for at, line in enumerate(lines))


def _extract(markup: str) -> list[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found: Any = trafilatura.bare_extraction(
                markup, include_comments=False, include_tables=True, include_images=False, with_metadata=False
            )
    except Exception:  # a page that breaks the extractor is still read, by its lines
        return []
    if found is None:
        return []
    if found.body is None:
        return (found.text or "").splitlines()
    rows: list[str] = []
    for node in found.body.iter("p", "head", "item", "cell", "quote", "ab", "code", "list", "row", "table", "div"):
        own = [node.text or ""]
        for child in node:
            if child.tag in ("hi", "ref", "del", "code") and len(child) == 0:
                own.append((child.text or "") + (child.tail or ""))
            else:
                rows.append("".join(own))
                own = [child.tail or ""]
        rows.append("".join(own))
    return [*rows, *(found.text or "").splitlines()]


def _match(lines: Sequence[str], blocks: Sequence[str]) -> frozenset[int]:
    """The lines that the blocks hold: whole, or as a part of one. A line that stands twice counts where the others stand."""
    known = frozenset(blocks)
    places: dict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(lines):
        if key in known:
            places[key].append(at)
    joined = "\n".join(dict.fromkeys(blocks))
    room = _SEARCHED
    for at, key in enumerate(lines):
        if len(key) >= _SURE and key not in known and room > 0:
            room -= len(joined)
            if key in joined:
                places[key].append(at)
    sure = sorted(at for key, found in places.items() if len(found) == 1 and len(key) >= _SURE for at in found)
    if not sure:
        return frozenset(at for found in places.values() for at in found)
    middle = sure[len(sure) // 2]
    kept = set()
    for key, found in places.items():
        within = [at for at in found if sure[0] <= at <= sure[-1]]
        if within or len(key) >= _SURE or len(found) == 1:
            kept.update(within or [min(found, key=lambda at: abs(at - middle))])
    return frozenset(kept)
