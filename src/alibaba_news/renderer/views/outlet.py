"""The page of an outlet: its stories by year, whom it writes about, whom it quotes."""

from __future__ import annotations

from msgspec import Struct

from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.outlet_facts import OutletFacts, Ranked
from alibaba_news.renderer.shelves import Shelf
from alibaba_news.renderer.views.columns import ColumnsView, Count, draw_columns
from alibaba_news.renderer.views.counts import count_pages
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.lists import StoryGroup
from alibaba_news.renderer.views.parts import Frame, Link, Pager
from alibaba_news.renderer.views.shelving import cut_shelves, link_shelves, name_anchor

MOST_COLUMNS = 60


class RankedName(Struct, frozen=True, kw_only=True):
    """A name with how often; ``width`` is the bar's share of 100."""

    link: Link
    count: str
    width: int


class OutletView(Struct, frozen=True, kw_only=True):
    """``people``, ``organizations`` and ``quoted`` count everything the outlet has in the archive; on the first part only."""

    page: Frame
    kicker: Link
    name: str
    lead: str
    years: ColumnsView | None
    shelves: tuple[Link, ...]
    groups: tuple[StoryGroup, ...]
    people: tuple[RankedName, ...]
    quoted: tuple[RankedName, ...]
    organizations: tuple[RankedName, ...]
    pager: Pager | None


def draw_outlet(desk: Desk, frame: Frame, key: str, number: int) -> OutletView:
    """One part of an outlet's stories, newest first; on the first part what can be said of all of them."""
    facts, size, words = desk.index.outlet_facts[key], desk.settings.page_size, desk.words
    first, undated = number == 1, words.t("list.undated")
    stories = [desk.index.stories[slug] for slug in facts.stories[(number - 1) * size : number * size]]
    offset = (number - 1) * size
    groups = []
    for shelf, slugs in cut_shelves(facts.years, facts.stories, number, size):
        start = max(shelf.first - offset, 0)
        rows = tuple(map(desk.story_line, stories[start : start + len(slugs)]))
        groups.append(StoryGroup(anchor=name_anchor(shelf), heading=shelf.key or undated, rows=rows))
    return OutletView(
        page=frame,
        kicker=Link(text=words.t("kind.outlets"), href=desk.link("outlets/index.html")),
        name=facts.outlet.name,
        lead=" · ".join(filter(None, (words.n("count.stories", len(facts.stories)), _word_span(facts)))),
        years=_draw_years(desk, facts) if first else None,
        shelves=link_shelves(desk, key, facts.years, undated),
        groups=tuple(groups),
        people=_rank(desk, facts.people, "count.stories") if first else (),
        quoted=_rank(desk, facts.quoted, "count.quotes") if first else (),
        organizations=_rank(desk, facts.organizations, "count.stories") if first else (),
        pager=desk.pager(key, number, count_pages(len(facts.stories), size)),
    )


def _list_years(facts: OutletFacts) -> dict[int, Shelf]:
    return {int(shelf.key): shelf for shelf in facts.years if shelf.key}


def _word_span(facts: OutletFacts) -> str:
    years = sorted(_list_years(facts))
    return "–".join(map(str, dict.fromkeys((years[0], years[-1])))) if years else ""


def _draw_years(desk: Desk, facts: OutletFacts) -> ColumnsView | None:
    """Its stories by year over its own span; nothing to see within one year."""
    years, size, words = _list_years(facts), desk.settings.page_size, desk.words
    if len(years) < 2:
        return None
    first, last = min(years), max(years)
    width = -(-(last - first + 1) // MOST_COLUMNS)
    counts = []
    for start in range(first, last + 1, width):
        held = [years[year] for year in range(start, start + width) if year in years]
        href = None
        if held:  # the list is newest first: a run of years begins with its last
            href = desk.link(f"{page_path(facts.outlet.id, held[-1].first // size + 1)}#{name_anchor(held[-1])}")
        counts.append(
            Count(
                label=str(start) if width == 1 else f"{start}–{start + width - 1}",
                short=str(start),
                href=href,
                stories=sum(shelf.count for shelf in held),
                events=0,
            )
        )
    return draw_columns(words, counts, "year")


def _rank(desk: Desk, ranked: Ranked, counted: str) -> tuple[RankedName, ...]:
    most = ranked[0][1] if ranked else 1
    found = []
    for key, count in ranked:
        link = desk.entity(key)
        if link:
            width = max(4, round(100 * count / most))
            found.append(RankedName(link=link, count=desk.words.n(counted, count), width=width))
    return tuple(found)
