"""What of a story can matter to who is who, which event is which and every list: names, roles, speakers, days and events.

Stories are joined and ordered by nothing else. So where a story is another one than before and its outline is the same, the
rest of the archive is as it was, but for copies of its text, which are found by its words, and for what is only counted or
says where something stands (``renderer.recount``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from alibaba_news.archive.accounts import find_near, find_sentence
from alibaba_news.archive.rewrite import place_order
from alibaba_news.archive.settle import read_ends
from alibaba_news.model import ENTITY_KINDS, Entity, Event, Quote, Role, Story
from alibaba_news.values import digest

Placed = TypeVar("Placed", Event, Quote, Role)


def digest_outline(story: Story) -> bytes:
    """Sixteen bytes that two stories, each as its own text gives it, share only where their outlines are equal."""
    entities = [entity for kind in ENTITY_KINDS for entity in getattr(story, kind)]
    bare = replace(
        story,
        title="",
        description="",
        body=(),
        captions=(),
        figures=(),
        dates=(),
        quotes=tuple(replace(_strip(row), text="", start=None) for row in story.quotes),
        events=tuple(replace(_strip(row), offset=None) for row in story.events),
        source=replace(story.source, sha256="", lines=(), cut=()),
        **{kind: tuple(map(_strip_entity, getattr(story, kind))) for kind in ENTITY_KINDS},
    )
    # The days it tells of settle the open years of others; what is open is listed by its place.
    days = read_ends(story), tuple(nth for nth, date in enumerate(story.dates) if date.value is None)
    # An editor's row about an event is looked for in its sentence; who stands near it helps to tell it from others.
    told = tuple((find_sentence(story, event), find_near(story, event)) for event in story.events)
    return digest((bare, days, told, tuple(map(_list_forms, entities)), tuple(_order(e.roles) for e in entities)))


def _strip_entity(entity: Entity) -> Entity:
    return replace(entity, roles=tuple(replace(_strip(role), start=None) for role in entity.roles), mentions=())


def _strip(row: Placed) -> Placed:
    """A row of which no more is told of its place than whether it is known."""
    return row if row.paragraph is None else replace(row, paragraph=0)


def _list_forms(entity: Entity) -> tuple[str, ...]:
    """What the text calls it, in the order of the text."""
    return tuple(dict.fromkeys(mention.text for mention in entity.mentions))


def _order(roles: Iterable[Role]) -> tuple[int, ...]:
    """In which order the text has them: that in which a page lists them."""
    rows = tuple(roles)
    return tuple(sorted(range(len(rows)), key=lambda at: (place_order(rows[at].paragraph), rows[at].start or 0)))
