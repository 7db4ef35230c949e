"""The body of a story and its people -> Quote: what was said, word for word or reported, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from alibaba_news.loader.quotes.floor import Floor
from alibaba_news.loader.quotes.interview import Answer, find_interview
from alibaba_news.loader.quotes.paragraphs import Paragraph, read_paragraph
from alibaba_news.loader.quotes.reader import Said
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
    lone: _Lone | None = None
    since = 0  # the first of the quotations that run on over several paragraphs
    body = {p: text for p, text in texts.items() if isinstance(p, int) and p > 0}
    interview = find_interview(body, marks)
    for place in sorted(body):
        if place in interview:
            if lone is not None:
                _give_lone(found, lone, len(found))
            before = lone = None
            found += _answer(body[place], place, interview[place])
            continue
        now = read_paragraph(texts[place], place, marks=marks.get(place, ()), roles=roles, floor=floor, before=before)
        first = len(found)
        found += now.quotes
        if before is not None and before.unfinished and now.continues:
            _share_speaker(found, first, since)
        if before is None or not (before.unfinished and now.continues and len(now.quotes) == 1):
            since = len(found) - 1
        if now.alone and not _is_attributed(found[first]):
            lone = lone or _Lone(first, before.holder if before is not None else None)
        elif lone is not None:
            if now.pointed is not None:
                _give_pointed(found, lone.first, first, now.pointed)
            _give_lone(found, lone, first if now.continues else len(found))
            lone = None
        before, floor = now, now.floor
    if lone is not None:
        _give_lone(found, lone, len(found))
    return tuple(found)


def _answer(text: str, place: Place, answer: Answer | None) -> list[Quote]:
    if answer is None:
        return []
    words, start = text[answer.start : answer.end], answer.start
    return [Quote(text=words, speaker=answer.speaker, speaker_text=answer.words, kind="direct", paragraph=place, start=start)]


class _Lone(NamedTuple):
    """Paragraphs that are quotations and nothing else: the first one's number, and who alone spoke right before it."""

    first: int
    holder: str | None


def _is_attributed(quote: Quote) -> bool:
    return quote.speaker is not None or quote.speaker_text is not None


def _give_lone(found: list[Quote], lone: _Lone, behind: int) -> None:
    """They go on where the last paragraph's only speaker left off, unless the quotation right behind is another's."""
    if lone.holder is None or (behind < len(found) and found[behind].speaker != lone.holder):
        return
    for n in range(lone.first, behind):
        if not _is_attributed(found[n]):
            found[n] = replace(found[n], speaker=lone.holder)


def _give_pointed(found: list[Quote], start: int, end: int, said: Said) -> None:
    """ "Hal itu disampaikan Budi": the quotations above that nobody was named for."""
    for n in range(start, end):
        if not _is_attributed(found[n]):
            found[n] = replace(found[n], speaker=said.id, speaker_text=said.text)


def _share_speaker(found: list[Quote], second: int, since: int) -> None:
    """A quotation of several paragraphs opens each of them and closes only the last: whoever is named speaks them all, from
    quotation ``since`` on."""
    first = second - 1
    if first >= 0 and second < len(found):
        if not _is_attributed(found[first]):
            for n in range(since, second):
                if not _is_attributed(found[n]):
                    found[n] = replace(found[n], speaker=found[second].speaker)
        elif found[second].speaker_text is None and found[second].speaker is None:
            found[second] = replace(found[second], speaker=found[first].speaker)
