"""The desk every page is written at: look-ups, words, settings, the address of the page in hand; and the small views."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from alibaba_news.model import ArchiveEntity, ArchiveEvent, Event, Origin, Place, Quote, Story
from alibaba_news.renderer.anchors import Anchors
from alibaba_news.renderer.dates import Style, word_date, word_interval
from alibaba_news.renderer.index import Index
from alibaba_news.renderer.links import page_path, relative_link
from alibaba_news.renderer.tallies import find_speaker_origin
from alibaba_news.renderer.views.parts import (
    DateView,
    EntityLine,
    EventLine,
    Link,
    Pager,
    QuoteView,
    RankedName,
    SourceLine,
    StoryLine,
)
from alibaba_news.renderer.views.spark import draw_bars
from alibaba_news.renderer.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alibaba_news.settings import Settings


class Desk(Struct, frozen=True, kw_only=True):
    """Everything a view needs; ``path`` is the page that links start from, ``styles`` the style sheets of every page."""

    index: Index
    anchors: Anchors
    words: Words
    settings: Settings
    path: str
    styles: tuple[str, ...] = ("static/site.css",)

    def link(self, target: str) -> str:
        """A relative link from this page to a file of the site."""
        return relative_link(self.path, target)

    def entity(self, key: str) -> Link | None:
        """An entity's name and page by its id; None where the archive has no such entity."""
        row = self.index.entities.get(key)
        return Link(text=row.name, href=self.link(page_path(row.id))) if row else None

    def story_path(self, story: Story, anchor: str | None = None) -> str:
        """A relative link to a story, or to a sentence of it."""
        return self.link(page_path(f"stories/{story.slug}") + (f"#{anchor}" if anchor else ""))

    def lang(self, story: Story) -> str | None:
        """The story's language where it is not the page's."""
        own = story.lang
        return own if own and own != self.words.language else None

    def outlet_name(self, story: Story) -> str:
        """The outlet under its settled name, as printed where the archive has none, or the words for none."""
        outlet = self.index.outlets.get(story.slug)
        return outlet.name if outlet else story.outlet or self.words.t("outlet.none")

    def date(self, story: Story, style: Style = "short") -> DateView:
        """A story's day of publication: one day, "between" two where it stays open, or the words for unknown."""
        return _view_date(story.date, story.date_latest, story.date_origin, self.words, style)

    def when(self, event: ArchiveEvent | Event, style: Style = "short") -> DateView:
        """When an event was, to the precision known."""
        if event.start is None:
            return DateView(text=self.words.t("date.open"), iso=None, origin="unknown")
        text = word_interval(event.start, event.end, self.words.language, style)
        origin = event.origin if isinstance(event, Event) else self.index.event_origin.get(event.id, "stated")
        return DateView(text=text, iso=event.start, origin=origin)

    def plain_date(self, value: str) -> str:
        """An ISO day (or a range ``a/b``) in words."""
        start, _, end = value.partition("/")
        return word_interval(start, end or None, self.words.language)

    def story_line(self, story: Story) -> StoryLine:
        """A story for a list."""
        return StoryLine(
            title=story.title,
            href=self.story_path(story),
            lang=self.lang(story),
            title_inferred=story.title_origin != "stated",
            outlet=self.outlet_name(story),
            dateline=story.dateline,
            date=self.date(story),
            description=story.description,
            withdrawn=story.withdrawn is not None,
        )

    def event_line(self, event: ArchiveEvent) -> EventLine:
        """An event for a list."""
        counts = [self.words.n("count.stories", len(event.stories))]
        if event.people:
            counts.append(self.words.n("count.people", len(event.people)))
        place = self.place_name(event.place)
        return EventLine(
            name=event.name, href=self.link(page_path(event.id)), date=self.when(event), place=place, counts=", ".join(counts)
        )

    def place_name(self, place: str | None) -> str | None:
        """An event's place, which may be given by id or in words."""
        row = self.index.entities.get(place or "")
        return row.name if row else place

    def entity_line(self, row: ArchiveEntity) -> EntityLine:
        """An entity for a list; the role is the newest one reported."""
        mentions = self.index.mentions[row.id]
        bars = draw_bars(self.index.years.get(row.id, {}), self.index.year_range, self.words)
        return EntityLine(
            name=row.name,
            href=self.link(page_path(row.id)),
            role=max(row.roles, key=lambda r: (r.date or "", r.story)).text if row.roles else "",
            count=self.words.number(mentions),
            counts=f"{self.words.n('count.stories', len(row.stories))}, {self.words.n('count.mentions', mentions)}",
            bars=bars.bars,
            bars_width=bars.width,
            bars_label=bars.label,
        )

    def rank(self, ranked: Sequence[tuple[str, int]], counted: str = "count.stories") -> tuple[RankedName, ...]:
        """Entities (ids) with how often, most first; ``counted`` is the key of the words for what is counted."""
        found = []
        for key, count in ranked:
            if (link := self.entity(key)) is not None:
                width = max(4, round(100 * count / ranked[0][1]))
                found.append(RankedName(link=link, count=self.words.n(counted, count), width=width))
        return tuple(found)

    def sentence(self, story: Story, place: Place | None, start: int | None = None, text: str = "") -> Link | None:
        """A link to the sentence that holds a fact, named by what it leads to; None where the text does not hold it."""
        anchor = self.anchors.find(story, place, start, text)
        if anchor is None:
            return None
        return Link(text=self.name_anchor(anchor), href=self.story_path(story, anchor))

    def name_anchor(self, anchor: str) -> str:
        """Words for an anchor: "kalimat 7", "keterangan foto 1", "judul"."""
        return _word_anchor(anchor, self.words.language)

    def source(self, story: Story, place: Place | None, start: int | None = None, text: str = "") -> SourceLine:
        """The source of a fact that stands on another page."""
        return SourceLine(
            outlet=self.outlet_name(story),
            story=Link(text=story.title, href=self.story_path(story)),
            date=self.date(story),
            sentence=self.sentence(story, place, start, text),
        )

    def quote(self, story: Story, quote: Quote, *, with_speaker: bool) -> QuoteView:
        """A quote with its sentence; an unsettled speaker is named as printed and without a link."""
        speaker = None
        if with_speaker:
            speaker = self.entity(quote.speaker) if quote.speaker else None
            note = quote.speaker_text or ""
            speaker = speaker or Link(text=self.words.t("quote.unknown_speaker"), note=note)
        return QuoteView(
            text=quote.text.strip().removesuffix(","),  # the comma belongs to the sentence around the quote
            lang=self.lang(story),
            direct=quote.kind == "direct",
            speaker=speaker,
            inferred=self.word_inference(story, quote),
            source=self.source(story, quote.paragraph, quote.start, quote.text),
        )

    def word_inference(self, story: Story, quote: Quote) -> str:
        """From what it is inferred who speaks, in words; empty where the name is printed, and where nobody is named."""
        if find_speaker_origin(story, quote) != "inferred":
            return ""
        words = quote.speaker_text
        return self.words.t("quote.inferred_from", words=words) if words else self.words.t("quote.inferred")

    def share(self, shown: int, counted: str, count: int) -> str:
        """How much of a whole is shown: "12 dari 3.204 berita", or the whole alone where nothing is left out."""
        return counted if shown >= count else self.words.t("count.share", shown=self.words.number(shown), whole=counted)

    def pager(self, folder: str, number: int, last: int) -> Pager | None:
        """The way through a split list; None where it is not split."""
        if last < 2:
            return None
        near = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
        pages = tuple(
            Link(text=self.words.number(n), href=None if n == number else self.link(page_path(folder, n))) for n in near
        )
        return Pager(
            previous=self.link(page_path(folder, number - 1)) if number > 1 else None,
            next=self.link(page_path(folder, number + 1)) if number < last else None,
            label=self.words.t("pager.label", number=self.words.number(number), last=self.words.number(last)),
            pages=pages,
        )


@lru_cache(maxsize=65536)  # a story is listed on a dozen pages
def _view_date(date: str | None, latest: str | None, origin: Origin, words: Words, style: Style) -> DateView:
    if date is None:
        return DateView(text=words.t("date.unknown"), iso=None, origin="unknown")
    if latest and latest[:10] != date[:10]:
        text = word_interval(date, latest, words.language, style, f" {words.t('date.and')} ")
        text = words.t("date.between", interval=text)
    else:
        text = word_date(date, words.language, style)
    return DateView(text=text, iso=date, origin=origin)


@lru_cache(maxsize=4096)
def _word_anchor(anchor: str, language: str) -> str:
    words = Words(language)
    if anchor == "title":
        return words.t("anchor.title")
    if anchor.startswith("caption-"):
        return words.t("anchor.caption", number=anchor.removeprefix("caption-"))
    return words.t("anchor.sentence" if anchor[0] == "s" else "anchor.paragraph", number=anchor[1:])
