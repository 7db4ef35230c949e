"""The stories that a story leads to: those that go with it, each with the reason, and its neighbours in time."""

from __future__ import annotations

from msgspec import Struct

from alibaba_news.model import Story
from alibaba_news.renderer.related import Related
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import StoryLine
from alibaba_news.renderer.words import make_sentence


class RelatedView(Struct, frozen=True, kw_only=True):
    """A story and in a sentence why it goes with this one."""

    story: StoryLine
    reason: str


class NeighbourView(Struct, frozen=True, kw_only=True):
    """The next story in time; ``label`` says on which side, or that it is of the same day."""

    label: str
    story: StoryLine


def draw_related(desk: Desk, story: Story) -> tuple[RelatedView, ...]:
    """At most five, nearest first."""
    return tuple(
        RelatedView(story=desk.story_line(desk.index.stories[row.story]), reason=_name_reason(desk, row))
        for row in desk.index.related[story.slug]
    )


def draw_neighbours(desk: Desk, story: Story) -> tuple[NeighbourView | None, NeighbourView | None]:
    """The next older and the next newer story; a story without a date has neither."""
    older, newer = desk.index.neighbours.get(story.slug, (None, None))
    return _draw_neighbour(desk, story, older, "story.older"), _draw_neighbour(desk, story, newer, "story.newer")


def _draw_neighbour(desk: Desk, story: Story, slug: str | None, key: str) -> NeighbourView | None:
    if slug is None:
        return None
    other = desk.index.stories[slug]
    day = _find_day(story)
    same = day is not None and day == _find_day(other)
    return NeighbourView(label=desk.words.t("story.same_day" if same else key), story=desk.story_line(other))


def _find_day(story: Story) -> str | None:
    """The one day a story is of; None where the month alone is known, or several days are possible."""
    known = story.date is not None and len(story.date) >= 10 and story.date_latest is None
    return story.date[:10] if known and story.date else None


def _name_reason(desk: Desk, row: Related) -> str:
    if row.why == "copy":
        return desk.words.t("related.copy")
    if row.why == "event":
        names = [desk.index.events[key].name for key in row.shared]
        return make_sentence(desk.words.t("related.event", names=desk.words.join(names)))
    names = [desk.index.entities[key].name for key in row.shared]
    return make_sentence(desk.words.t("related.names", names=desk.words.join(names)))
