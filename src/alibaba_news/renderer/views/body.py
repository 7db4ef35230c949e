"""A story's text -> paragraphs of sentences: each sentence with its anchor, names linked where first met.

A text is the largest part of most pages, so it is written as escaped markup here rather than piece by piece in a template.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup
from msgspec import Struct

from alibaba_news.model import Mention, Place, Story
from alibaba_news.renderer.escaping import escape_text, escape_words, mark
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.views.desk import Desk


class ParagraphView(Struct, frozen=True, kw_only=True):
    """A paragraph's text with its sentences' anchors; ``marks`` are links to its sentences, to cite them by."""

    anchor: str
    text: Markup
    marks: Markup


class CaptionView(Struct, frozen=True, kw_only=True):
    anchor: str
    text: Markup
    credit: str | None


def draw_body(desk: Desk, story: Story, links: dict[Place, list[tuple[int, int, str]]]) -> tuple[ParagraphView, ...]:
    """Every paragraph of the body; nothing of its text is lost or changed. ``links`` as ``find_links`` gives them."""
    paragraphs = []
    before_number, _, after_number = escape_text(desk.words.t("anchor.sentence", number="\0")).partition("\0")
    for number, (text, counted) in enumerate(zip(story.body, desk.anchors.paragraphs(story), strict=True), start=1):
        pieces, marks, before, own = [], [], 0, links.get(number, ())
        for nth, (start, end) in enumerate(counted.spans, start=counted.first):
            run = _write_run(text, start, end, own)
            pieces.append(f'{escape_text(text[before:start])}<span id="s{nth}">{run}</span>')
            marks.append(f'<a href="#s{nth}" title="{before_number}{nth}{after_number}"></a>')
            before = end
        paragraphs.append(ParagraphView(anchor=f"p{number}", text=mark("".join(pieces)), marks=mark("".join(marks))))
    return tuple(paragraphs)


def draw_captions(story: Story, links: dict[Place, list[tuple[int, int, str]]]) -> tuple[CaptionView, ...]:
    """Every caption with its credit, names linked."""
    return tuple(
        CaptionView(
            anchor=f"caption-{n}",
            text=mark(_write_run(caption.text, 0, len(caption.text), links.get(f"caption-{n}", ()))),
            credit=caption.credit,
        )
        for n, caption in enumerate(story.captions, start=1)
    )


def find_links(desk: Desk, story: Story) -> dict[Place, list[tuple[int, int, str]]]:
    """(start, end, href) of the names to link, by place: each entity once a paragraph, longer names before shorter ones.

    A mention that does not stand where it says is left unlinked: an editor may have changed the text since.
    """
    texts = story.texts()
    known = {key: entity.mentions for key, entity in story.entities().items() if key in desk.index.entities}
    hrefs = {key: desk.link(page_path(key)) for key in known}
    mentions = sorted(
        ((m, key) for key, found in known.items() for m in found),
        key=lambda pair: (str(pair[0].paragraph), pair[0].start, -len(pair[0].text), pair[1]),
    )
    links: dict[Place, list[tuple[int, int, str]]] = {}
    seen: set[tuple[Place, str]] = set()
    for mention, key in mentions:
        row = links.setdefault(mention.paragraph, [])
        free = not row or row[-1][1] <= mention.start
        if free and (mention.paragraph, key) not in seen and _stands(texts, mention):
            seen.add((mention.paragraph, key))
            row.append((mention.start, mention.start + len(mention.text), hrefs[key]))
    return links


def _write_run(text: str, start: int, end: int, links: Iterable[tuple[int, int, str]]) -> str:
    """The text from ``start`` to ``end``, escaped, with the links that lie wholly in it."""
    pieces, at = [], start
    for left, right, href in links:
        if left < at or right > end:
            continue
        pieces.append(f'{escape_words(text[at:left])}<a href="{escape_text(href)}">{escape_words(text[left:right])}</a>')
        at = right
    pieces.append(escape_words(text[at:end]))
    return "".join(pieces)


def _stands(texts: dict[Place, str], mention: Mention) -> bool:
    text = texts.get(mention.paragraph, "")
    return bool(mention.text) and text[mention.start : mention.start + len(mention.text)] == mention.text
