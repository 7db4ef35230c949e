"""A story's text -> paragraphs of sentences: each sentence with its anchor, names linked where first met.

A text is the largest part of most pages, so it is written as escaped markup here rather than piece by piece in a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from alibaba_news.model import Mention, Place, Story
from alibaba_news.renderer.escaping import escape_text
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.views.desk import Desk

# A lone letter at a line's end reads as a mistake: "e-commerce" stays together. No entity of escaped text holds a hyphen.
_LETTER_WORD = re.compile(r"(?<![\w-])([A-Za-z]-[A-Za-z]{1,20})(?![\w-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphView:
    """A paragraph's text with its sentences' anchors; ``marks`` are links to its sentences, to cite them by."""

    anchor: str
    text: Markup
    marks: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionView:
    anchor: str
    text: Markup
    credit: str | None


def draw_body(desk: Desk, story: Story, links: dict[Place, list[tuple[int, int, str]]]) -> tuple[ParagraphView, ...]:
    """Every paragraph of the body; nothing of its text is lost or changed. ``links`` as ``find_links`` gives them."""
    paragraphs = []
    before_number, _, after_number = escape_text(desk.words.t("anchor.sentence", number="\0")).partition("\0")
    for number, (text, counted) in enumerate(zip(story.body, desk.anchors.paragraphs(story), strict=True), start=1):
        pieces, marks, before = [], [], 0
        for nth, (start, end) in enumerate(counted.spans, start=counted.first):
            run = write_run(text, start, end, links.get(number, ()))
            pieces.append(f'{escape_text(text[before:start])}<span id="s{nth}">{run}</span>')
            marks.append(f'<a href="#s{nth}" title="{before_number}{nth}{after_number}"></a>')
            before = end
        paragraphs.append(ParagraphView(anchor=f"p{number}", text=_markup(pieces), marks=_markup(marks)))
    return tuple(paragraphs)


def draw_captions(story: Story, links: dict[Place, list[tuple[int, int, str]]]) -> tuple[CaptionView, ...]:
    """Every caption with its credit, names linked."""
    return tuple(
        CaptionView(
            anchor=f"caption-{n}",
            text=write_run(caption.text, 0, len(caption.text), links.get(f"caption-{n}", ())),
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


def write_run(text: str, start: int, end: int, links: Iterable[tuple[int, int, str]]) -> Markup:
    """The text from ``start`` to ``end``, escaped, with the links that lie wholly in it."""
    pieces, at = [], start
    for left, right, href in links:
        if left < at or right > end:
            continue
        pieces.append(f'{_keep(text[at:left])}<a href="{escape_text(href)}">{_keep(text[left:right])}</a>')
        at = right
    pieces.append(_keep(text[at:end]))
    return _markup(pieces)


def _keep(text: str) -> str:
    escaped = escape_text(text)
    return _LETTER_WORD.sub(r'<span class="keep">\1</span>', escaped) if "-" in escaped else escaped


def _markup(pieces: Iterable[str]) -> Markup:
    return Markup("".join(pieces))  # noqa: S704 - every piece of text in it was escaped


def _stands(texts: dict[Place, str], mention: Mention) -> bool:
    text = texts.get(mention.paragraph, "")
    return bool(mention.text) and text[mention.start : mention.start + len(mention.text)] == mention.text
