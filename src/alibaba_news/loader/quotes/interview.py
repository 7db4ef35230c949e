"""An interview told as questions and answers -> whose words each of its paragraphs are, by paragraph.

Newspapers print such talks in three ways: with labels ("T:", "Jawab:", "Rina:"), with a dash before each question, or with
the question as a paragraph of its own (bold or italic, which plain text has lost). The answers are somebody's very words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.loader.quotes.marks import find_quoted
from alibaba_news.loader.quotes.words import Lexicon, Mark, load_lexicon
from alibaba_news.model import Place

_LABEL = re.compile(r"(?P<label>[^\W\d_][\w.'’()\- ]{0,40}?)[ ]?:\s+(?=\S)")
_DASH = re.compile(r"[-–—]+\s*(?=\S)")
_WORD = re.compile(r"[\w-]+")
_FEWEST = 2  # questions and answers that make an interview; one may be rhetoric
_SHORTEST = 3  # words of an answer that is worth keeping


class Answer(Struct, frozen=True, gc=False):
    """What somebody answered, ``start`` to ``end`` in its paragraph; ``speaker`` None where it is not certain who was asked."""

    start: int
    end: int
    speaker: str | None
    words: str | None = None


class _Row(Struct, frozen=True, gc=False):
    """A paragraph: ``start`` behind its label or dash; ``asks`` None where nothing shows whether it is a question."""

    place: int
    start: int
    asks: bool | None
    dashed: bool = False
    speaker: str | None = None
    label: str | None = None


def find_interview(texts: Mapping[int, str], marks: Mapping[Place, tuple[Mark, ...]]) -> dict[int, Answer | None]:
    """The paragraphs of an interview: None for a question, else the answer. Empty where the story is told otherwise."""
    places = sorted(texts)
    if not any(texts[p].rstrip().endswith("?") or _LABEL.match(texts[p]) for p in places):
        return {}
    lexicon = load_lexicon()
    rows = [_read_row(p, texts[p], marks.get(p, ()), lexicon) for p in places]
    intro = next((n for n, row in enumerate(rows) if row.asks is None and _opens(texts, rows, n, marks, lexicon)), None)
    labelled = {row.asks for row in rows if row.label is not None} == {True, False}
    if intro is None and not labelled:
        return {}
    first = intro + 1 if intro is not None else next(n for n, row in enumerate(rows) if row.label is not None)
    told = _mark_dashed(rows[first:])
    if sum(row.asks is not None for row in told) < _FEWEST:
        return {}
    asked = _find_asked(texts, marks, places[:first], None if intro is None else places[intro])
    return dict(_read_answers(texts, told, asked, lexicon))


def _opens(
    texts: Mapping[int, str], rows: list[_Row], n: int, marks: Mapping[Place, tuple[Mark, ...]], lexicon: Lexicon
) -> bool:
    """ "Berikut petikan wawancara Kabar Kota dengan Rina Wati:" with a question right behind it. Questions that are only
    "answered" (tanya jawab) may be nobody's: there a person must be named."""
    words = {w.lower().removesuffix("nya") for w in _WORD.findall(texts[rows[n].place])}
    if not words & lexicon.sets["excerpts"] or not any(row.asks is not None for row in rows[n + 1 : n + 3]):
        return False
    named = any(m.person for m in marks.get(rows[n].place, ()))
    return bool(words & lexicon.sets["interviews"]) or (named and bool(words & lexicon.sets["answering"]))


def _mark_dashed(rows: list[_Row]) -> list[_Row]:
    """Where every question opens with a dash, a paragraph that does so asks as well ("- Ceritakan masa kecil Anda.")."""
    dashed = all(row.dashed for row in rows if row.asks and row.label is None) and any(row.asks for row in rows)
    return [replace(row, asks=True) if dashed and row.dashed and row.asks is None else row for row in rows]


def _read_row(place: int, text: str, marks: tuple[Mark, ...], lexicon: Lexicon) -> _Row:
    question = text.rstrip().endswith("?") and not find_quoted(text)
    dash = _DASH.match(text)
    match = _LABEL.match(text)
    if match is None:
        return _Row(place, dash.end() if dash else 0, True if question else None, dash is not None)
    label = match["label"].rstrip(".")
    if lexicon.has("question_labels", label.lower()):
        return _Row(place, match.end(), True, label=label)
    if lexicon.has("answer_labels", label.lower()):
        return _Row(place, match.end(), False, label=label)
    named = next((m for m in marks if m.person and m.start == 0 and text[m.end : match.end()].strip() == ":"), None)
    if named is not None:
        return _Row(place, match.end(), False, speaker=named.id, label=label)
    return _Row(place, match.end() if question else 0, True if question else None)


def _find_asked(
    texts: Mapping[int, str], marks: Mapping[Place, tuple[Mark, ...]], above: list[int], intro: int | None
) -> str | None:
    """Who was asked: the only person of the paragraph that announces the talk, or the only one it was held with; where it
    names nobody, the only person of all that stands above it. None where that leaves more than one."""
    people = [m for m in marks.get(intro, ()) if m.person] if intro is not None else []
    if not people:
        people = [m for p in above for m in marks.get(p, ()) if m.person]
        return people[0].id if len({m.id for m in people}) == 1 else None
    if len({m.id for m in people}) == 1:
        return people[0].id
    held = {m.id for m in people if _is_held_with(texts[intro or 0], m.start)}
    return held.pop() if len(held) == 1 else None


def _is_held_with(text: str, at: int) -> bool:
    """A word that says with whom stands before the name, nothing between but an office ("dengan Kepala Badan Beras Rina")."""
    words = _WORD.findall(text[max(0, at - 80) : at].rpartition(",")[2])
    near = next((n for n in range(len(words) - 1, -1, -1) if words[n] in load_lexicon().sets["held_with"]), -1)
    return near >= 0 and all(w[0].isupper() or w.lower() in load_lexicon().sets["person_nouns"] for w in words[near + 1 :])


def _read_answers(
    texts: Mapping[int, str], rows: list[_Row], asked: str | None, lexicon: Lexicon
) -> list[tuple[int, Answer | None]]:
    """The rows from the first question on. Without labels the paragraph right behind a question answers it; a later one does
    so only where it speaks of itself ("saya"): the outlet may have told something in between."""
    found: list[tuple[int, Answer | None]] = []
    speaker, behind = asked, 0
    for row in rows:
        text = texts[row.place]
        if row.asks:
            found.append((row.place, None))
            speaker, behind = asked, 1
            continue
        if row.asks is False:
            speaker, behind = row.speaker or asked, 1
        words = [w.lower() for w in _WORD.findall(text[row.start :])]
        own = any(w in lexicon.sets["first_person"] for w in words) and not any(
            w in lexicon.sets["second_person"] for w in words
        )
        if behind == 0 or (behind > 1 and not own) or len(words) < _SHORTEST or find_quoted(text):
            behind += behind > 0
            continue
        end = len(text.rstrip())
        found.append((row.place, Answer(row.start, end, speaker, row.label if row.speaker else None)))
        behind += 1
    return found
