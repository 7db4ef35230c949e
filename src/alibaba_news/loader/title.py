"""Paragraphs of a story -> a headline where the page had none, and the short description of every story.

Both are cut out of the lead as it stands: no word is added, changed or left out in between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from alibaba_news.text import fold, split_sentences
from alibaba_news.world import load_table

DESCRIPTION_LIMIT = 200
_SHORT, _LONG = 60, 90  # characters of a comfortable headline
_LEAST, _MOST = 38, 110  # and what is still bearable where the sentence offers no better seam
_LOOK = 400
_WORD = re.compile(r"\S+")
_VERB = re.compile(r"(?:me[lmnrwy]|mem|men|ber|ter|di[a-z]{4}|akan$|bakal$|telah$|jadi$|is$|are$|was$|were$|has$|said$)[a-z]*")
_OPEN, _CLOSE = "([{“‘", ")]}”’"


def derive_title(paragraphs: Sequence[str]) -> str:
    """A headline for a story without one: the beginning of its lead sentence's main clause, cut where a clause ends, 60
    to 90 characters where the sentence allows it. Empty where there is no text."""
    lead = next((" ".join(p.split()) for p in paragraphs if p.strip()), "")
    if not lead:
        return ""
    spans = split_sentences(lead[:_LOOK])
    sentence = lead[spans[0][0] : spans[0][1]] if spans else lead[:_LOOK]
    bare = sentence if sentence.endswith(("...", "Tbk.")) else sentence.rstrip(".").strip() or sentence
    if len(bare) <= _LONG:
        return _close_quote(bare) or bare
    main = _main_clause(bare)
    return _close_quote(main if len(main) <= _LONG else _best_beginning(main)) or bare[:_LONG].strip()


def describe(paragraphs: Sequence[str]) -> str:
    """The lead, at most 200 characters; where it is longer, cut at a word and closed with "…" (within the limit)."""
    lead = next((" ".join(p.split()) for p in paragraphs if p.strip()), "")
    if len(lead) <= DESCRIPTION_LIMIT:
        return lead
    piece = lead[:DESCRIPTION_LIMIT]  # room for the sign: at least one character falls away below
    cut = piece.rfind(" ")
    kept = piece[:cut] if cut > DESCRIPTION_LIMIT // 2 else piece[:-1]
    return kept.rstrip(" ,;:–—-(“\"'") + "…"


def _main_clause(text: str) -> str:
    """The sentence without the circumstance it opens with ("Di sela kunjungannya ke Solo, ..."): a headline says who did
    what, and the circumstance can be read below it."""
    if fold(text.split(maxsplit=1)[0]) not in load_table("title")["openers"]:
        return text
    depth = 0
    for at, char in enumerate(text):
        depth += (char in _OPEN) - (char in _CLOSE)
        main = text[at + 1 :].strip()
        # Behind a comma a name may still be in apposition, and a list may go on: a clause has a verb near its beginning.
        if char == "," and not depth and len(main) >= _LEAST and any(map(_VERB.match, main.split()[1:8])):
            return main[:1].upper() + main[1:]
    return text


def _best_beginning(text: str) -> str:
    """The beginning whose cut costs least. Costs are characters off the comfortable length, plus the seam's own, plus
    what makes a headline hang: an open bracket or quotation, no verb yet, a verb without its object."""
    table = load_table("title")
    joints = {fold(w): int(cost) for cost, rows in table["clause_starts"].items() for w in rows}
    hanging = frozenset(fold(w) for w in table["hanging"])
    depth, quoted = 0, False
    best, best_cost = "", 10_000
    tokens = list(_WORD.finditer(text[: _MOST + 40]))
    for token, following in pairwise(tokens):
        word = token.group()
        depth += sum(c in _OPEN for c in word) - sum(c in _CLOSE for c in word)
        quoted ^= word.count('"') % 2 == 1
        piece = _trim(text[: token.end()], hanging)
        if not _LEAST <= len(piece) <= _MOST:
            continue
        cost = _seam_cost(word, following.group(), joints) + 20 * max(0, depth) + (25 if quoted else 0)
        cost += max(0, _SHORT - len(piece), len(piece) - _LONG) + _hang_cost(piece) + (token.end() - len(piece))
        if cost < best_cost:
            best, best_cost = piece, cost
    return best


def _hang_cost(piece: str) -> int:
    """Indonesian verbs show by their prefix; one in me- at the end still waits for its object."""
    words = piece.split()
    verbs = [w for w in words if _VERB.match(w)]
    return (35 if not verbs else 0) + (30 if re.match(r"me(?:m|n|ny|ng)[a-z]{3,}$", words[-1]) else 0)


def _seam_cost(word: str, following: str, joints: dict[str, int]) -> int:
    """A mark ends a clause, a conjunction begins one; between two capitals a name would be torn."""
    next_word = fold(following.strip("\"'“”‘’(),.;:"))
    if word[-1] in ";:–—":
        return 0
    if word[-1] == ",":
        # A list or an apposition may go on in capitals behind a comma.
        return 18 if following[0].isupper() else 4
    if following in ("-", "–", "—"):
        return 2
    if following[0] in "([":
        return 6
    if next_word in joints:
        return joints[next_word]
    return 60 if word[0].isupper() and following[0].isupper() else 40


def _trim(text: str, hanging: frozenset[str]) -> str:
    """Without marks and without small words that would leave the headline hanging."""
    words = text.split()
    while len(words) > 3 and fold(words[-1].strip(",;:-–—(\"'“‘")) in hanging | {""}:
        words.pop()
    return " ".join(words).rstrip(" ,;:–—-(“‘")


def _close_quote(text: str) -> str:
    """A quotation mark whose partner was cut off goes, at the edge; within the text it stays."""
    if text[:1] == "“" and "”" not in text:
        return text[1:].lstrip() or text
    if text.count('"') % 2 and text[:1] == '"':
        return text[1:].lstrip() or text
    return text
