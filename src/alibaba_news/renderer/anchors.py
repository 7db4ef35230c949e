"""Where a fact stands in a story -> the anchor of its sentence: ``s7`` (counted through the body), ``caption-1``, ``title``."""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter

from msgspec import Struct, field

from alibaba_news.model import Place, Story
from alibaba_news.text import split_sentences


class Paragraph(Struct, frozen=True, kw_only=True):
    """A paragraph's sentences: the number of the first one and the span of each in code points; how many it has itself."""

    first: int
    spans: tuple[tuple[int, int], ...]
    size: int


class Anchors(Struct, frozen=True):
    """Finds sentences; a paragraph is taken apart once, when it or a later one of its story is first asked for."""

    _known: dict[str, list[Paragraph]] = field(default_factory=dict)

    def paragraphs(self, story: Story) -> tuple[Paragraph, ...]:
        """The sentences of every paragraph of the body."""
        return tuple(self._read(story, len(story.body)))

    def _read(self, story: Story, count: int) -> list[Paragraph]:
        """The first ``count`` paragraphs, and those that were read before."""
        found = self._known.setdefault(story.slug, [])
        first = found[-1].first + len(found[-1].spans) if found else 1
        for text in story.body[len(found) : count] if len(found) < count else ():
            spans = split_sentences(text)
            found.append(Paragraph(first=first, spans=spans, size=len(text)))
            first += len(spans)
        return found

    def find(self, story: Story, place: Place | None, start: int | None = None, text: str = "") -> str | None:
        """The anchor of the sentence at ``start`` (or that holds ``text``); the paragraph's where neither is known.

        None where the story does not have the place, so that no link ever leads nowhere.
        """
        if place == 0:
            return "title"
        if isinstance(place, str):
            number = place.removeprefix("caption-")
            return place if number.isdigit() and 1 <= int(number) <= len(story.captions) else None
        if place is None or not 1 <= place <= len(story.body):
            return None
        paragraph = self._read(story, place)[place - 1]
        given = start if start is not None and 0 <= start < paragraph.size else -1
        at = story.body[place - 1].find(text) if given < 0 and text else given
        if at < 0 or not paragraph.spans:
            return f"p{place}"
        nth = bisect_right(paragraph.spans, at, key=itemgetter(0)) - 1
        return f"s{paragraph.first + max(nth, 0)}"
