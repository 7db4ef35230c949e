"""The page of an outlet: its stories by year, whom it writes about, whom it quotes."""

from __future__ import annotations

from msgspec import Struct

from alibaba_news.renderer.dates import word_years
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.outlet_facts import OutletFacts
from alibaba_news.renderer.shelves import Shelf
from alibaba_news.renderer.views.columns import ColumnsView, count_span, draw_columns, list_spans
from alibaba_news.renderer.views.counts import count_pages
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.lists import StoryGroup
from alibaba_news.renderer.views.parts import Frame, Link, Pager, RankedName
from alibaba_news.renderer.views.shelving import cut_shelves, link_shelves, name_anchor


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
    groups = []
    for shelf, slugs in cut_shelves(facts.years, facts.stories, number, size):
        rows = tuple(desk.story_line(desk.index.stories[slug]) for slug in slugs)
        groups.append(StoryGroup(anchor=name_anchor(shelf), heading=shelf.key or undated, rows=rows))
    return OutletView(
        page=frame,
        kicker=Link(text=words.t("kind.outlets"), href=desk.link("outlets/index.html")),
        name=facts.outlet.name,
        lead=" · ".join(filter(None, (words.n("count.stories", len(facts.stories)), word_years(_list_years(facts))))),
        years=_draw_years(desk, facts) if first else None,
        shelves=link_shelves(desk, key, facts.years, undated),
        groups=tuple(groups),
        people=desk.rank(facts.people) if first else (),
        quoted=desk.rank(facts.quoted, "count.quotes") if first else (),
        organizations=desk.rank(facts.organizations) if first else (),
        pager=desk.pager(key, number, count_pages(len(facts.stories), size)),
    )


def _list_years(facts: OutletFacts) -> dict[int, Shelf]:
    return {int(shelf.key): shelf for shelf in facts.years if shelf.key}


def _draw_years(desk: Desk, facts: OutletFacts) -> ColumnsView | None:
    """Its stories by year over its own span; nothing to see within one year."""
    years, size = _list_years(facts), desk.settings.page_size
    if len(years) < 2:
        return None
    counts = []
    for span in list_spans(years):
        held = [years[year] for year in span if year in years]
        href = None
        if held:  # the list is newest first: a run of years begins with its last
            href = desk.link(f"{page_path(facts.outlet.id, held[-1].first // size + 1)}#{name_anchor(held[-1])}")
        counts.append(count_span(span, href, stories=sum(shelf.count for shelf in held), events=0))
    return draw_columns(desk.words, counts, "year")
