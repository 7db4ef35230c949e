"""Archive -> what is told of each outlet: its stories, whom it writes about and whom it quotes, counted in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from alibaba_news.model import Archive, Outlet, Story
from alibaba_news.renderer.shelves import Shelf, find_runs, name_year

MOST_NAMES = 12

Ranked = tuple[tuple[str, int], ...]  # (id, how many stories or quotes), most first


class OutletFacts(Struct, frozen=True, kw_only=True):
    """``stories`` are slugs, newest first, ``years`` the runs of that list; the rankings are capped at twelve."""

    outlet: Outlet
    stories: tuple[str, ...]
    years: tuple[Shelf, ...]
    people: Ranked
    organizations: Ranked
    quoted: Ranked


def collect_outlet_facts(archive: Archive) -> Mapping[str, OutletFacts]:
    """By the outlet's id. What is counted are stories that name somebody, and quotes of somebody."""
    home = {slug: outlet.id for outlet in archive.outlets for slug in outlet.stories}
    held: dict[str, list[Story]] = {outlet.id: [] for outlet in archive.outlets}
    for story in archive.stories:
        if story.slug in home:
            held[home[story.slug]].append(story)
    names = {row.id: row.name for row in (*archive.people, *archive.organizations)}
    return {outlet.id: _tell(outlet, held[outlet.id], names) for outlet in archive.outlets}


def _tell(outlet: Outlet, stories: list[Story], names: Mapping[str, str]) -> OutletFacts:
    return OutletFacts(
        outlet=outlet,
        stories=tuple(story.slug for story in stories),
        years=find_runs(name_year(story.date) for story in stories),
        people=_rank(Counter(e.id for story in stories for e in story.people), names),
        organizations=_rank(Counter(e.id for story in stories for e in story.organizations), names),
        quoted=_rank(Counter(q.speaker for story in stories for q in story.quotes if q.speaker), names),
    )


def _rank(counts: Counter[str], names: Mapping[str, str]) -> Ranked:
    known = [(key, count) for key, count in counts.items() if key in names]
    return tuple(sorted(known, key=lambda pair: (-pair[1], names[pair[0]], pair[0]))[:MOST_NAMES])
