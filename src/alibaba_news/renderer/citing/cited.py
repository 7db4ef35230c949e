"""A story -> what every format says of it, worked out once: who, what, in which paper, when as far as it is known, where."""

from __future__ import annotations

from msgspec import Struct

from alibaba_news.model import Story
from alibaba_news.renderer.dates import Moment, parse_moment
from alibaba_news.renderer.feeds import feed_id
from alibaba_news.renderer.links import canonical_path, keep_web, page_path
from alibaba_news.renderer.views.desk import Desk

DateParts = tuple[int, ...]  # year, month, day, cut to what is known


class CitedDate(Struct, frozen=True, kw_only=True):
    """When a story was published: ``last`` where only two ends are known; ``inferred`` where no page prints it."""

    first: DateParts
    last: DateParts | None
    inferred: bool

    @property
    def shared(self) -> DateParts:
        """What is certain of an open date: the parts that both ends have in common; () where not even the year is."""
        if self.last is None:
            return self.first
        pairs = list(zip(self.first, self.last, strict=False))
        return self.first[: next((n for n, (one, other) in enumerate(pairs) if one != other), len(pairs))]

    @property
    def supplied(self) -> bool:
        """Whether the archive worked it out: no page prints it."""
        return self.inferred or self.last is not None

    @property
    def edtf(self) -> str:
        """What is certain as ISO 8601-2 writes it (EDTF level 1), "?" behind it where no page prints it; or ""."""
        day = "-".join(f"{part:04}" if n == 0 else f"{part:02}" for n, part in enumerate(self.shared))
        return f"{day}?" if day and self.supplied else day


class Cited(Struct, frozen=True, kw_only=True):
    """``address`` is the story's page in the archive (None without a base_url), ``url`` the original's where it is known."""

    key: str
    title: str
    authors: tuple[str, ...]
    paper: str | None
    date: CitedDate | None
    when: str  # the date in words
    url: str | None
    address: str | None
    identity: str  # the same as ``address``, a tag: id where there is none
    archive: str
    lang: str
    notes: tuple[str, ...]


def cite(desk: Desk, story: Story) -> Cited:
    """What can be said of a story in a reference, in the words of the page's language."""
    path = page_path(f"stories/{story.slug}")
    base = desk.settings.base_url
    date = date_story(story)
    return Cited(
        key=story.slug,
        title=_join(story.title),
        authors=tuple(filter(None, map(_join, story.authors))),
        paper=_join(desk.outlet_name(story)) if story.outlet else None,
        date=date,
        when=desk.date(story, "long").text if date else desk.words.t("cite.undated"),
        url=keep_web(story.url),
        address=base + canonical_path(path) if base else None,
        identity=feed_id(desk, path),
        archive=_join(desk.settings.title),
        lang=story.lang,
        notes=tuple(_list_notes(desk, story, date)),
    )


def date_story(story: Story) -> CitedDate | None:
    """A story's day of publication as numbers; None where nothing is known."""
    moment, latest = parse_moment(story.date), parse_moment(story.date_latest)
    if moment is None:
        return None
    first, last = _cut(moment), _cut(latest) if latest else None
    return CitedDate(first=first, last=None if last == first else last, inferred=story.date_origin != "stated")


def _cut(moment: Moment) -> DateParts:
    return tuple(part for part in (moment.year, moment.month, moment.day) if part)


def _join(text: str) -> str:
    return " ".join(text.split())


def _list_notes(desk: Desk, story: Story, date: CitedDate | None) -> list[str]:
    """What a reader of the reference must know: what the archive worked out itself, and what became of the story since."""
    t, found = desk.words.t, []
    if story.title_origin != "stated" and not story.withdrawn:
        found.append(t("cite.derived_title"))
    if date is None:
        found.append(t("cite.no_date"))
    elif date.last:
        found.append(t("cite.open_date", date=desk.date(story, "long").text))
    elif date.inferred:
        found.append(t("cite.inferred_date"))
    if story.corrections:
        found.append(t("cite.corrected", date=desk.plain_date(max(row.date for row in story.corrections))))
    if story.withdrawn:
        found.append(t("cite.withdrawn", date=desk.plain_date(story.withdrawn.date)))
    return found
