"""What an editor gives and the story as it was read -> errors where the one does not fit the other.

A row that points beside its words would be published as a claim about words the story does not have there.
"""

from __future__ import annotations

from collections.abc import Mapping

from alibaba_news.diagnostics import Diagnostic
from alibaba_news.fields import shorten
from alibaba_news.loader.given import Forms, Given, Placed, check_reference, index_forms
from alibaba_news.loader.names import Names
from alibaba_news.model import ENTITY_KINDS, Place
from alibaba_news.text import fold


def index_read(names: Names) -> Forms:
    """Ids by name, alias and id, of every kind."""
    return {kind: index_forms(getattr(names, kind)) for kind in ENTITY_KINDS}


def check_given(given: Given, texts: Mapping[Place, str], names: Names) -> tuple[Diagnostic, ...]:
    """Errors, each with its file and line: rows that do not stand where they say, ids and names of nobody in the story."""
    if given.withdrawn is not None:
        return ()  # nothing but the title is published of it, and its text may be gone already
    # Of the kinds that are given each file's references were checked when the files were joined.
    known = index_read(names) if given.references else {}
    read = {kind: forms for kind, forms in known.items() if kind not in given.keys}
    misplaced = [fault for placed in given.placed if (fault := _check_place(placed, texts))]
    unknown = [fault for reference in given.references if (fault := check_reference(reference, read, "the story's"))]
    return (*misplaced, *unknown)


def _check_place(placed: Placed, texts: Mapping[Place, str]) -> Diagnostic | None:
    text, start = texts.get(placed.paragraph), placed.start
    if text is None:
        message = f"{placed.label}.paragraph: the story has no {_name_place(placed.paragraph)}."
        last = max(place for place in texts if isinstance(place, int))
        hint = _suggest_place(placed, texts) or f"Its last paragraph is {last}; 0 is the title."
        return Diagnostic(path=placed.path, line=placed.line, message=message, hint=hint)
    if start is None:
        # Whoever copies words by hand writes plain quotation marks and single spaces.
        stands = placed.text is None or fold(placed.text) in fold(text)
    else:
        stands = start <= len(text) if placed.text is None else text.startswith(placed.text, start)
    if stands:
        return None
    what = f"'{shorten(placed.text)}' does not stand" if placed.text is not None else "there is no text"
    where = (
        f"in {_name_place(placed.paragraph)}" if start is None else f"at character {start} of {_name_place(placed.paragraph)}"
    )
    message = f"{placed.label}: {what} {where}."
    hint = _suggest_place(placed, texts) or "Correct the text or the place, or remove the entry."
    return Diagnostic(path=placed.path, line=placed.line, message=message, hint=hint)


def _name_place(place: Place) -> str:
    return str(place) if isinstance(place, str) else f"paragraph {place}" if place else "title"


def _suggest_place(placed: Placed, texts: Mapping[Place, str]) -> str:
    """Where the words do stand: in the paragraph named, else in the first that has them."""
    if not placed.text:
        return ""
    for place in (placed.paragraph, *texts):
        at = texts.get(place, "").find(placed.text)
        if at >= 0:
            return f"It stands at paragraph: {place}, start: {at}."
    return ""
