"""Stories with their names, events and copies -> which others a story goes with, and why.

The reasons are the same text, the same event, or names that few stories share.

A name that very many stories bear says little about any two of them and would cost as many steps; it finds nobody, and
only stands among the reasons. So the cost of a story does not grow with the archive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import log
from typing import Literal

from msgspec import Struct

from alibaba_news.model import ArchiveEntity, ArchiveEvent, Story, StoryCopy
from alibaba_news.renderer.dates import parse_moment
from alibaba_news.renderer.on_demand import OnDemand

MOST_RELATED = 5
MOST_COPIES = 2  # the page lists them all where it compares them
MOST_REASONS = 3
RARE = 64  # stories that may bear a name which still tells two of them from the rest
_NEAR = 12  # stories of a large event that are looked at, before and after
_LOOKED_AT = 4 * MOST_RELATED
# Two stories about one person have more in common than two about one town. Whole numbers, so that no order of adding matters.
_WEIGHTS = {"people": 1000, "organizations": 800, "products": 800, "places": 400}
_FAR = -(10**9)
_RECALLED = 65536  # names and days
_LEADING_BITS = 3  # at least an eighth, at most a quarter more makes another count
_EVENT = 1_000_000  # more than all names that two stories could share

Why = Literal["copy", "event", "names"]


class Related(Struct, frozen=True, kw_only=True):
    """Another story (its slug) and the reason; ``shared`` holds ids of events or entities, the most telling first."""

    story: str
    why: Why
    shared: tuple[str, ...] = ()


class _Links(Struct, frozen=True):
    """What leads from one story to others."""

    stories: Mapping[str, Story]
    entities: Mapping[str, ArchiveEntity]
    events: Mapping[str, ArchiveEvent]
    copies: Mapping[str, tuple[StoryCopy, ...]]

    weigh: Callable[[str], int]  # how much a shared name says


def relate_stories(
    stories: Mapping[str, Story],
    entities: Mapping[str, ArchiveEntity],
    events: Mapping[str, ArchiveEvent],
    copies: Mapping[str, tuple[StoryCopy, ...]],
) -> Mapping[str, tuple[Related, ...]]:
    """By slug: at most five, nearest first. Ties go to the story nearer in time, then to the slug.

    ``stories`` and ``copies`` by slug.
    """
    count = round_count(len(stories))

    @lru_cache(maxsize=_RECALLED)
    def weigh(key: str) -> int:
        """The fewer stories bear it, the more."""
        return int(_WEIGHTS[key.partition("/")[0]] * log(1 + count / round_count(len(entities[key].stories))))

    links = _Links(stories, entities, events, copies, weigh)
    return OnDemand(stories, lambda slug: _relate(links, slug))


def round_count(stories: int) -> int:
    """A number of stories as rarity is measured: one more or less must not change what goes with all others."""
    shift = max(0, stories.bit_length() - _LEADING_BITS)
    return stories >> shift << shift


def _relate(links: _Links, slug: str) -> tuple[Related, ...]:
    story = links.stories[slug]
    copies = tuple(copy.story for copy in links.copies.get(slug, ()) if copy.story in links.stories)
    told = _share_events(links, story)
    scores = _share_names(links, story)
    for other, keys in told.items():
        scores[other] += _EVENT * len(keys)
    for known in (slug, *copies):
        scores.pop(known, None)
    found = [Related(story=other, why="copy") for other in copies[:MOST_COPIES]]
    for other in _rank(links, slug, scores):
        if len(found) == MOST_RELATED:
            break
        if other in told:
            found.append(Related(story=other, why="event", shared=tuple(told[other][:MOST_REASONS])))
        elif shared := _name_shared(links, story, links.stories[other]):
            found.append(Related(story=other, why="names", shared=shared))
    return tuple(found)


def _rank(links: _Links, slug: str, scores: Mapping[str, int]) -> list[str]:
    """The nearest few; only those that may be among them are put in their order."""
    least = min(sorted(scores.values(), reverse=True)[:_LOOKED_AT], default=0)
    stories, here = links.stories, _number_day(links.stories[slug].date)
    near = [other for other, score in scores.items() if score >= least]
    if here == _FAR:
        return sorted(near, key=lambda other: (-scores[other], other))[:_LOOKED_AT]
    return sorted(near, key=lambda other: (-scores[other], abs(_number_day(stories[other].date) - here), other))[:_LOOKED_AT]


@lru_cache(maxsize=_RECALLED)
def _number_day(date: str | None) -> int:
    """Days by number; what has no date is far from everything."""
    moment = parse_moment(date)
    return moment.first_day.toordinal() if moment else _FAR


def _share_events(links: _Links, story: Story) -> dict[str, list[str]]:
    """The other stories of the story's events; of a large event only those that stand next to it in time."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys(event.id for event in story.events):
        row = links.events.get(key)
        if row is None:
            continue
        others = row.stories
        if len(others) > RARE and story.slug in others:
            at = others.index(story.slug)
            others = others[max(0, at - _NEAR) : at + _NEAR + 1]
        for other in others:
            found[other].append(key)
    return found


def _share_names(links: _Links, story: Story) -> dict[str, int]:
    scores: dict[str, int] = defaultdict(int)
    for key in story.entities():
        row = links.entities.get(key)
        if row is None or not 2 <= len(row.stories) <= RARE:
            continue
        weight = links.weigh(key)
        for other in row.stories:
            scores[other] += weight
    return scores


def _name_shared(links: _Links, story: Story, other: Story) -> tuple[str, ...]:
    """The names in both, the rarest first; none where all they share is one town."""
    theirs = other.entities()
    both = [key for key in story.entities() if key in theirs and key in links.entities]
    if len(both) < 2 and all(key.startswith("places/") for key in both):
        return ()
    return tuple(sorted(both, key=lambda key: (-links.weigh(key), key))[:MOST_REASONS])
