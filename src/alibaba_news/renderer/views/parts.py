"""The small view types that many pages share."""

from __future__ import annotations

from msgspec import Struct


class Link(Struct, frozen=True, kw_only=True):
    """A name and where it leads; ``href`` None where there is no page of it; ``note`` is a quiet word behind it."""

    text: str
    href: str | None = None
    note: str = ""


class DateView(Struct, frozen=True, kw_only=True):
    """A date in words; ``iso`` for machines (None while open); ``origin`` decides how it is drawn."""

    text: str
    iso: str | None
    origin: str  # stated, inferred, unknown


class StoryLine(Struct, frozen=True, kw_only=True):
    """A story in a list."""

    title: str
    href: str
    lang: str | None  # only where it differs from the page's
    title_inferred: bool
    outlet: str
    dateline: str | None
    date: DateView
    description: str
    withdrawn: bool


class EventLine(Struct, frozen=True, kw_only=True):
    """A happening in a list; ``counts`` such as "2 berita, 3 tokoh"."""

    name: str
    href: str
    date: DateView
    place: str | None
    counts: str


class Bar(Struct, frozen=True, kw_only=True):
    """One mark of a small bar drawing, in its own coordinates."""

    x: int
    y: int
    height: int


class EntityLine(Struct, frozen=True, kw_only=True):
    """A person, organization, place, product or outlet in a list, with mentions through the years as a drawing."""

    name: str
    href: str
    role: str
    count: str
    counts: str
    bars: tuple[Bar, ...]
    bars_width: int
    bars_label: str


class RankedName(Struct, frozen=True, kw_only=True):
    """A name with how often; ``width`` is the bar's share of 100."""

    link: Link
    count: str
    width: int


class Pager(Struct, frozen=True, kw_only=True):
    """The way through a list that is split: ``pages`` holds every few numbers, the current one without a link."""

    previous: str | None
    next: str | None
    label: str
    pages: tuple[Link, ...]


class SourceLine(Struct, frozen=True, kw_only=True):
    """Where a fact comes from: outlet and story, its date, and the sentence."""

    outlet: str
    story: Link
    date: DateView
    sentence: Link | None


class QuoteView(Struct, frozen=True, kw_only=True):
    """What somebody said. ``speaker`` is None on the speaker's own page; ``lang`` only where it differs from the page's.

    ``inferred`` says from what it is inferred who speaks; empty where the name is printed, and where nobody is named.
    """

    text: str
    lang: str | None
    direct: bool
    speaker: Link | None
    inferred: str
    source: SourceLine


class Meta(Struct, frozen=True, kw_only=True):
    """One meta tag; ``attribute`` is ``name`` or ``property``."""

    attribute: str
    name: str
    content: str


class NavItem(Struct, frozen=True, kw_only=True):
    text: str
    href: str
    current: bool


class Frame(Struct, frozen=True, kw_only=True):
    """What stands around every page: head, masthead, navigation, footer."""

    lang: str
    title: str
    description: str
    site_title: str
    home: str
    is_home: bool
    summary: str
    policy: str
    styles: tuple[str, ...]
    icon: str
    canonical: str | None
    noindex: bool
    feeds: tuple[Link, ...]  # the archive's Atom and JSON Feed; text the media type
    feed: Link | None  # the page's own, to be linked on the page too; text in words, note the title
    opensearch: str | None
    metas: tuple[Meta, ...]
    linked_data: str  # JSON with every "<" escaped
    nav: tuple[NavItem, ...]
    more: tuple[Link, ...]
