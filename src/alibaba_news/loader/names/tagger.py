"""The words of one sentence in, the names that a conditional random field sees in them out, each with how sure it is.

The model (data/tagger/, described in its CARD.md) was trained on sentences in which people marked persons, organizations and
places. It is one witness: the reader weighs it beside the signs that can be given a reason.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import pycrfsuite
from msgspec import Struct

from alibaba_news.loader.names.attributes import attributes_of, find_stretches, heeded_attributes
from alibaba_news.loader.names.lexicon import Lexicon

_EITHER = {"I": "L", "L": "I"}  # within a name, wherever it ends
_CQDB_HEAD = 24 + 256 * 8  # bytes
KINDS = {"PER": "people", "ORG": "organizations", "LOC": "places"}


class Tagged(Struct, frozen=True, gc=False):
    """Words ``start`` to ``end`` (exclusive) are a name of ``kind``; ``sure`` is the least probability of a word's label."""

    start: int
    end: int
    kind: str
    sure: float


@cache
def _model_bytes() -> bytes:
    """The model as it lies on disk; crfsuite reads out of these bytes as long as the tagger lives, so they are kept."""
    return (files("alibaba_news") / "data" / "tagger" / "names.crfsuite").read_bytes()


@cache
def _model() -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(_model_bytes())
    return tagger


@cache
def read_heeded() -> frozenset[str]:
    """The attributes that the model has a weight for, out of its own list of them: all others would be looked up for nothing.

    The list is a constant database (CQDB) at the place that byte 36 of the file tells: behind a head of 24 bytes and 256
    tables of 8 stand the entries, each a number, the length of its text and the text with a zero behind it.
    """
    data = _model_bytes()
    (start,) = struct.unpack_from("<I", data, 36)
    magic, _, _, _, count, _, _ = struct.unpack_from("<4s6I", data, start)
    if magic != b"CQDB":
        raise ValueError("The tagger's model is of another format than this program reads.")
    at = start + _CQDB_HEAD
    found = []
    for _ in range(count):
        end = at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
        found.append(data[at + 8 : end - 1])
        at = end
    return frozenset(b"\0".join(found).decode("utf-8").split("\0"))


def tag_labels(sentence: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The label of each word in the scheme of CoNLL-2003: B-PER, I-PER, B-ORG ... or O."""
    return read_labels(_model().tag(attributes_of(sentence, lexicon)))


def tag_names(sentence: Sequence[str], lexicon: Lexicon, open_at: Sequence[int] | None = None) -> list[Tagged]:
    """The names of one sentence, in order. The same words give the same names; nothing is raised for any text.

    Only the stretches around capitals are read, which takes half the time and loses names without any; of these only the ones
    that hold a word of ``open_at``, where it is given (in rising order).
    """
    stretches = find_stretches(sentence)
    if open_at is not None:
        stretches = [(a, b) for a, b in stretches if (at := bisect_left(open_at, a)) < len(open_at) and open_at[at] < b]
    if not stretches:
        return []
    rows = heeded_attributes(sentence, lexicon, stretches, read_heeded())
    model = _model()
    found: list[Tagged] = []
    for first, last in stretches:
        labels = model.tag(rows[first:last])
        found += [
            Tagged(first + start, first + end, KINDS[kind], min(_sureness(labels[i], i) for i in range(start, end)))
            for start, end, kind in spans_of(read_labels(labels))
        ]
    return found


def _sureness(label: str, i: int) -> float:
    """How probable it is that word ``i`` of what was tagged last opens such a name, or goes on with it, wherever it ends."""
    model, other = _model(), _EITHER.get(label[0], "") + label[1:]
    return float(model.marginal(label, i)) + (float(model.marginal(other, i)) if other in _known_labels() else 0.0)


@cache
def _known_labels() -> frozenset[str]:
    return frozenset(_model().labels())


def read_labels(labels: Sequence[str]) -> list[str]:
    """The model's own labels, which also tell the last word of a name of several (L-), as B-, I- and O."""
    return [f"I{label[1:]}" if label[0] == "L" else label for label in labels]


def write_labels(labels: Sequence[str]) -> list[str]:
    """B-, I- and O as the model is taught them, with L- for a name's last word: where names end is better learned so (Ratinov
    and Roth 2009). A name of one word keeps its B-, so that it is known by what names of several begin with."""
    taught = list(labels)
    for _, end, kind in (span for span in spans_of(labels) if span[1] - span[0] > 1):
        taught[end - 1] = f"L-{kind}"
    return taught


def spans_of(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """(start, end, kind) of every name that labels mark; an I- without its B- opens one, as conlleval counts."""
    spans: list[tuple[int, int, str]] = []
    start = None
    for i, label in enumerate([*labels, "O"]):
        goes_on = start is not None and label == "I-" + labels[start][2:]
        if start is not None and not goes_on:
            spans.append((start, i, labels[start][2:]))
            start = None
        if label != "O" and start is None:
            start = i
    return spans
