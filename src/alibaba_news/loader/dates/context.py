"""How a sentence speaks of the date in it: as reported, as to come, in somebody's mouth. Text and Found in, Context out."""

from __future__ import annotations

import re
from bisect import bisect_right

from msgspec import Struct

from alibaba_news.loader.dates.found import Found
from alibaba_news.loader.dates.words import load_words
from alibaba_news.text import split_sentences

_CLOSING = re.compile(r"[”\"’](?=[\s,.]|$)")
_CLAUSE_END = re.compile(r"\s{0,3}\)?\s{0,3}(?:[.,;:)\"”]|$)")
_MARK = re.compile(r"[“”\"]")
_BEHIND = 30  # characters in which "sejak tanggal" and the like may stand before a date


class Context(Struct, frozen=True, gc=False):
    """``report``: the day the report was made ("kata dia, Kamis."). ``ahead``: its own clause speaks of what is to come;
    ``perhaps_ahead``: some other word of its sentence does. ``quoted``: within somebody's words. ``span``: the end of a
    stretch of time ("sejak", "hingga", "per")."""

    report: bool
    ahead: bool
    perhaps_ahead: bool
    quoted: bool
    span: bool


NO_CONTEXT = Context(report=False, ahead=False, perhaps_ahead=False, quoted=False, span=False)


class ContextReader:
    """Reads the contexts of one text; its sentences, quotation marks and cue words are looked up once for all its dates."""

    def __init__(self, text: str) -> None:
        sets = load_words().sets
        cues = [(m.group().lower(), m) for m in load_words().cue.finditer(text)]
        self._text = text
        self._sentences = split_sentences(text)
        self._starts = [start for start, _ in self._sentences]
        self._future = [m.start() for word, m in cues if word in sets["future_cues"]]
        self._reports = [m.end() for word, m in cues if word in sets["report_words"]]
        self._breaks = [m.start() for word, m in cues if word in sets["report_breaks"]]
        self._closings = [m.end() for m in _CLOSING.finditer(text)]
        self._marks = [m.start() for m in _MARK.finditer(text)]
        self._open: list[bool] = [False]
        curly, straight = 0, False
        for mark in self._marks:
            curly += {"“": 1, "”": -1}.get(text[mark], 0)
            straight ^= text[mark] == '"'
            self._open.append(curly > 0 or straight)

    def is_quoted(self, position: int) -> bool:
        """True within a direct quotation: after an opening mark of the paragraph that has not been closed before it."""
        return self._open[bisect_right(self._marks, position)]

    def read(self, found: Found) -> Context:
        """How the sentence around the expression speaks of it."""
        n = bisect_right(self._starts, found.start) - 1
        start, end = self._sentences[n] if n >= 0 else (0, len(self._text))
        report = _last_in(self._reports, start, found.start)
        cut = max(report or start, _last_in(self._closings, start, found.start) or start)
        touched = found.direction is not None
        ahead = found.direction == "future" or (not touched and _last_in(self._future, cut, found.start) is not None)
        handed_on = report is not None and _last_in(self._breaks, report, found.start) is None
        return Context(
            report=handed_on and bool(_CLAUSE_END.match(self._text, found.end)),
            ahead=ahead,
            perhaps_ahead=ahead or (not touched and _last_in(self._future, start, end) is not None),
            quoted=self.is_quoted(found.start),
            span=bool(load_words().span_word.search(self._text[max(start, found.start - _BEHIND) : found.start])),
        )


def _last_in(positions: list[int], start: int, end: int) -> int | None:
    """The last of the ordered positions from ``start`` to ``end``, None where there is none."""
    n = bisect_right(positions, end)
    return positions[n - 1] if n and positions[n - 1] >= start else None
