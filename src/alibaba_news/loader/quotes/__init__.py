"""The body of a story and its people -> Quote: what was said, word for word or reported, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from alibaba_news.loader.quotes.floor import Floor
from alibaba_news.loader.quotes.paragraphs import Paragraph, read_paragraph
from alibaba_news.loader.quotes.voices import fold_roles
from alibaba_news.loader.quotes.words import place_mentions
from alibaba_news.model import Entity, Place, Quote
from alibaba_news.world import World

__all__ = ["read_quotes"]


def read_quotes(texts: Mapping[Place, str], entities: tuple[Entity, ...], world: World) -> tuple[Quote, ...]:  # noqa: ARG001 - as every reader
    """Every statement of the body, in order; titles and captions are not searched.

    ``entities`` are the story's people and organizations with their mentions. ``start`` of a quote counts code points in its
    paragraph, and ``text`` is the paragraph from there on, as printed. ``speaker`` is None where it is not certain who is
    meant: a wrong one would put words into somebody's mouth. Never raises.
    """
    marks = place_mentions(entities)
    roles = fold_roles(entities)
    floor = Floor()
    before: Paragraph | None = None
    found: list[Quote] = []
    for place in sorted(p for p in texts if isinstance(p, int) and p > 0):
        now = read_paragraph(texts[place], place, marks=marks.get(place, ()), roles=roles, floor=floor, before=before)
        found += now.quotes
        if before is not None and before.unfinished and now.continues:
            _share_speaker(found, len(found) - len(now.quotes))
        before, floor = now, now.floor
    return tuple(found)


def _share_speaker(found: list[Quote], second: int) -> None:
    """A quotation of several paragraphs opens each of them and closes only the last: whoever is named speaks them all."""
    first = second - 1
    if first >= 0 and second < len(found):
        if found[first].speaker_text is None and found[first].speaker is None:
            found[first] = replace(found[first], speaker=found[second].speaker)
        elif found[second].speaker_text is None and found[second].speaker is None:
            found[second] = replace(found[second], speaker=found[first].speaker)
