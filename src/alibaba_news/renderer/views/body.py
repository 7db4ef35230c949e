"""A story's text -> paragraphs of sentences of segments: each sentence with its anchor, names linked where first met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alibaba_news.model import Mention, Place, Story
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.views.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of text; ``href`` where it is a name that leads to its page."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """``anchor`` such as ``s7``; ``gap`` is the white space printed before it."""

    anchor: str
    gap: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphView:
    anchor: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionView:
    anchor: str
    segments: tuple[Segment, ...]
    credit: str | None


def draw_body(desk: Desk, story: Story) -> tuple[ParagraphView, ...]:
    """Every paragraph of the body; nothing of its text is lost or changed."""
    links = find_links(desk, story)
    paragraphs = []
    for number, (text, counted) in enumerate(zip(story.body, desk.anchors.paragraphs(story), strict=True), start=1):
        sentences, before = [], 0
        for nth, (start, end) in enumerate(counted.spans):
            segments = cut_segments(text, start, end, links.get(number, ()))
            sentences.append(Sentence(anchor=f"s{counted.first + nth}", gap=text[before:start], segments=segments))
            before = end
        paragraphs.append(ParagraphView(anchor=f"p{number}", sentences=tuple(sentences)))
    return tuple(paragraphs)


def draw_captions(desk: Desk, story: Story) -> tuple[CaptionView, ...]:
    """Every caption with its credit, names linked."""
    links = find_links(desk, story)
    return tuple(
        CaptionView(
            anchor=f"caption-{n}",
            segments=cut_segments(caption.text, 0, len(caption.text), links.get(f"caption-{n}", ())),
            credit=caption.credit,
        )
        for n, caption in enumerate(story.captions, start=1)
    )


def find_links(desk: Desk, story: Story) -> dict[Place, list[tuple[int, int, str]]]:
    """(start, end, href) of the names to link, by place: each entity once a paragraph, longer names before shorter ones.

    A mention that does not stand where it says is left unlinked: an editor may have changed the text since.
    """
    texts = story.texts()
    mentions = sorted(
        ((m, key) for key, entity in story.entities().items() if key in desk.index.entities for m in entity.mentions),
        key=lambda pair: (str(pair[0].paragraph), pair[0].start, -len(pair[0].text), pair[1]),
    )
    links: dict[Place, list[tuple[int, int, str]]] = {}
    seen: set[tuple[Place, str]] = set()
    for mention, key in mentions:
        row = links.setdefault(mention.paragraph, [])
        free = not row or row[-1][1] <= mention.start
        if free and (mention.paragraph, key) not in seen and _stands(texts, mention):
            seen.add((mention.paragraph, key))
            row.append((mention.start, mention.start + len(mention.text), desk.link(page_path(key))))
    return links


def cut_segments(text: str, start: int, end: int, links: Iterable[tuple[int, int, str]]) -> tuple[Segment, ...]:
    """The text from ``start`` to ``end`` with the links that lie wholly in it."""
    segments, at = [], start
    for left, right, href in links:
        if left < at or right > end:
            continue
        if left > at:
            segments.append(Segment(text=text[at:left]))
        segments.append(Segment(text=text[left:right], href=href))
        at = right
    if at < end:
        segments.append(Segment(text=text[at:end]))
    return tuple(segments)


def _stands(texts: dict[Place, str], mention: Mention) -> bool:
    text = texts.get(mention.paragraph, "")
    return bool(mention.text) and text[mention.start : mention.start + len(mention.text)] == mention.text
