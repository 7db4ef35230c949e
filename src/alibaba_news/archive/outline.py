"""What of a story can matter to any other: names, days, events and counts, without the text and where in it things stand.

Stories are joined and counted by nothing else. So where a story is another one than before and its outline is the same, the
rest of the archive is as it was, but for copies of its text, which are found by its words.
"""

from __future__ import annotations

from msgspec.structs import replace

from alibaba_news.archive.accounts import find_sentence
from alibaba_news.archive.rewrite import place_order
from alibaba_news.model import ENTITY_KINDS, Entity, Story
from alibaba_news.values import digest


def digest_outline(story: Story) -> bytes:
    """Sixteen bytes that two stories, each as its own text gives it, share only where their outlines are equal."""
    bare = replace(
        story,
        title="",
        description="",
        body=(),
        captions=(),
        figures=(),
        dates=tuple(replace(row, start=None) for row in story.dates),
        quotes=tuple(replace(row, text="", start=None) for row in story.quotes),
        events=tuple(replace(row, offset=None) for row in story.events),
        source=replace(story.source, sha256="", lines=(), cut=()),
        **{kind: tuple(map(_strip_places, getattr(story, kind))) for kind in ENTITY_KINDS},
    )
    # An editor's row about an event is looked for in its sentence.
    sentences = tuple(find_sentence(story, event) for event in story.events)
    orders = tuple(_order_places(entity) for kind in ENTITY_KINDS for entity in getattr(story, kind))
    return digest((bare, sentences, orders, len(story.captions), len(story.figures), len(story.source.cut)))


def _order_places(entity: Entity) -> tuple[tuple[int, ...], ...]:
    """In which order the text has the roles and mentions: that in which a page lists them."""
    return tuple(
        tuple(sorted(range(len(rows)), key=lambda at: (place_order(rows[at].paragraph), rows[at].start or 0)))
        for rows in (entity.roles, entity.mentions)
    )


def _strip_places(entity: Entity) -> Entity:
    return replace(
        entity,
        roles=tuple(replace(role, start=None) for role in entity.roles),
        mentions=tuple(replace(mention, start=0) for mention in entity.mentions),
    )
