"""Copies of one text: what the page of a story says about each."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from alibaba_news.model import Difference, Story, StoryCopy
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import Link, StoryLine


class DifferenceView(Struct, frozen=True, kw_only=True):
    """One row of what differs, with the paragraphs as links; either side may be empty."""

    label: str
    here: tuple[Link, ...]
    there: tuple[Link, ...]


class CopyView(Struct, frozen=True, kw_only=True):
    """Another story with the same text; ``kind`` says in a sentence how much of it."""

    story: StoryLine
    kind: str
    differs: tuple[DifferenceView, ...]


def draw_copies(desk: Desk, story: Story) -> tuple[CopyView, ...]:
    """The copies of a story, the nearest first; empty where it has none."""
    found = []
    for copy in desk.index.copies.get(story.slug, ()):
        other = desk.index.stories.get(copy.story)
        if other is not None:
            rows = (_draw_difference(desk, story, other, d) for d in copy.differs)
            differs = (*filter(None, rows), *_draw_paragraphs(desk, story, other, copy))
            found.append(CopyView(story=desk.story_line(other), kind=_name_kind(desk, copy), differs=differs))
    return tuple(found)


def _name_kind(desk: Desk, copy: StoryCopy) -> str:
    # Rounded down: only a whole copy is 100 %.
    here, there = (f"{desk.words.number(int(100 * share))}%" for share in (copy.share, copy.share_there))
    return desk.words.t(f"copy.{copy.kind.replace(' ', '_')}", here=here, there=there)


def _draw_difference(desk: Desk, story: Story, other: Story, difference: Difference) -> DifferenceView | None:
    here, there = difference.here, difference.there
    if difference.what == "outlet":
        # An outlet is named as everywhere on the site, however each text spells it.
        here, there = ((desk.outlet_name(home),) if home.outlet else () for home in (story, other))
    if here == there:
        return None
    label = desk.words.t(f"copy.{difference.what}")
    return DifferenceView(label=label, here=_name_all(here), there=_name_all(there))


def _name_all(texts: Iterable[str]) -> tuple[Link, ...]:
    return tuple(Link(text=text) for text in texts)


def _draw_paragraphs(desk: Desk, story: Story, other: Story, copy: StoryCopy) -> tuple[DifferenceView, ...]:
    here, there = (
        tuple(
            Link(text=desk.name_anchor(f"p{number}"), href=desk.story_path(home, f"p{number}"))
            for number in numbers
            if number <= len(home.body)
        )
        for home, numbers in ((story, copy.only_here), (other, copy.only_there))
    )
    return (DifferenceView(label=desk.words.t("copy.paragraphs"), here=here, there=there),) if here or there else ()
