"""What the archive does not know: every open date, unsettled name and quote without a speaker, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby

from msgspec import Struct

from alibaba_news.model import ArchiveEntity, ArchiveEvent, Story
from alibaba_news.renderer.gaps import Gap
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.views.counts import count_pages, slice_page
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import Frame, Link, Pager
from alibaba_news.renderer.views.settle import SettleView, draw_settle
from alibaba_news.renderer.words import begin_line, make_sentence
from alibaba_news.text import fold

PAGES = ("open_events", "names", "same_events")  # what is open of a page of its own, not of a story
Told = tuple[str, str, Link | None]  # what it is, what is known of it, the sentence


class GapView(Struct, frozen=True, kw_only=True):
    """``what`` is the thing itself, ``why`` what is known of it, ``where`` the sentence or page; both of one text: one link.

    ``lang`` is that of ``what`` where it differs from the page's.
    """

    what: str
    why: str
    where: Link
    settle: SettleView
    lang: str | None = None


class GapSection(Struct, frozen=True, kw_only=True):
    anchor: str
    heading: str
    note: str
    count: str
    rows: tuple[GapView, ...]


class UnknownView(Struct, frozen=True, kw_only=True):
    """``contents`` names each section with its number and the part of the page where it begins."""

    page: Frame
    lead: str
    contents: tuple[Link, ...]
    sections: tuple[GapSection, ...]
    how: Link
    pager: Pager | None


def draw_unknown(desk: Desk, frame: Frame, number: int) -> UnknownView:
    """One part of everything that is not known."""
    gaps, size, rows = desk.index.gaps, desk.settings.page_size, []
    counts = {section: count for section, _, count in desk.index.gap_sections}
    for section, group in groupby(slice_page(gaps, number, size), key=lambda gap: gap.section):
        rows.append(
            GapSection(
                anchor=section.replace("_", "-"),
                heading=desk.words.t(f"unknown.{section}"),
                note=desk.words.t(f"unknown.{section}_note"),
                count=desk.words.number(counts[section]),
                rows=tuple(_draw_gap(desk, gap) for gap in group),
            )
        )
    return UnknownView(
        page=frame,
        lead=desk.words.n("unknown.lead", len(gaps)),
        contents=draw_contents(desk),
        sections=tuple(rows),
        how=Link(text=desk.words.t("unknown.how"), href=desk.link("about/index.html#settle")),
        pager=desk.pager("unknown", number, count_pages(len(gaps), size)),
    )


def draw_contents(desk: Desk) -> tuple[Link, ...]:
    """The sections that are not empty, with their numbers."""
    size = desk.settings.page_size
    return tuple(
        Link(
            text=desk.words.t(f"unknown.{section}"),
            href=desk.link(f"{page_path('unknown', first // size + 1)}#{section.replace('_', '-')}"),
            note=desk.words.number(count),
        )
        for section, first, count in desk.index.gap_sections
    )


def _draw_gap(desk: Desk, gap: Gap) -> GapView:
    if gap.section in PAGES:
        return _draw_page_gap(desk, gap)
    story = desk.index.stories[gap.key]
    where, lang = Link(text=story.title, href=desk.story_path(story)), desk.lang(story)
    what, why, found = FACTS.get(gap.section, _tell_head)(desk, story, gap)
    return GapView(what=what, why=why, where=_join(where, found), settle=draw_settle(desk, gap), lang=lang)


def _tell_day(desk: Desk, story: Story, gap: Gap) -> Told:
    """When it was published, as far as that is known."""
    why = story.date_evidence
    if gap.section != "inferred_dates" and story.date_candidates:
        why = f"{make_sentence(why)} {_word_days(desk, story.date_candidates)}".strip()
    return begin_line(desk.date(story, "long").text) if story.date else story.title, why, None


def _tell_date(desk: Desk, story: Story, gap: Gap) -> Told:
    date = story.dates[gap.nth]
    why = _word_days(desk, date.candidates)
    return f"“{date.text}”", why, desk.sentence(story, date.paragraph, date.start, date.text)


def _tell_quote(desk: Desk, story: Story, gap: Gap) -> Told:
    quote = story.quotes[gap.nth]
    why = desk.words.t("unknown.said_by", name=quote.speaker_text) if quote.speaker_text else ""
    text = quote.text.strip().removesuffix(",")
    what = f"“{text}”" if quote.kind == "direct" else text
    return what, why, desk.sentence(story, quote.paragraph, quote.start, quote.text)


def _tell_head(_: Desk, story: Story, __: Gap) -> Told:
    return story.title, "", None


def _word_days(desk: Desk, candidates: tuple[str, ...]) -> str:
    days = ", ".join(map(desk.plain_date, candidates))
    return desk.words.t("date.candidates", days=days) if days else ""


FACTS: Mapping[str, Callable[[Desk, Story, Gap], Told]] = {
    "undated": _tell_day,
    "between": _tell_day,
    "inferred_dates": _tell_day,
    "open_dates": _tell_date,
    "quotes": _tell_quote,
}


def _draw_page_gap(desk: Desk, gap: Gap) -> GapView:
    row = desk.index.entities.get(gap.key) or desk.index.events[gap.key]
    where = Link(text=row.name, href=desk.link(page_path(row.id)))
    if gap.section == "open_events":
        event = desk.index.events[gap.key]
        candidates = [day for _, own in desk.index.accounts(event) for day in own.candidates]
        why = _word_days(desk, tuple(dict.fromkeys(candidates)))
        return GapView(what=row.name, why=why, where=where, settle=draw_settle(desk, gap))
    other = row.perhaps_same[gap.nth]
    known = desk.index.entities.get(other.id) or desk.index.events.get(other.id)
    one, name = row.name, known.name if known else other.id
    if known and fold(one) == fold(name):
        one, name = _name_in_story(desk, row), _name_in_story(desk, known)
    what = desk.words.t("unknown.pair", one=one, other=name)
    return GapView(what=what, why=other.reason, where=where, settle=draw_settle(desk, gap))


def _name_in_story(desk: Desk, row: ArchiveEntity | ArchiveEvent) -> str:
    """The name with the first story it is in: two of the same name could not be told apart otherwise."""
    return f"{row.name} (“{desk.index.stories[row.stories[0]].title}”)" if row.stories else row.name


def _join(where: Link, sentence: Link | None) -> Link:
    return Link(text=where.text, href=sentence.href, note=sentence.text) if sentence else where
