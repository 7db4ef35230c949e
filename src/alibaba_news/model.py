"""Every record that passes between the stages: frozen values, tuples inside, nothing half filled.

The names and meanings of the fields are those of the published record (see docs/record.md). Dates are ISO 8601 text cut
to what is known (``2018-10-13``, ``2018-10``, ``2018``, ``2016-09-09T10:46+07:00``), so that precision is never invented.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, TypeVar

from alibaba_news.values import Record

T = TypeVar("T")
# A tuple, or what acts as one: what a story weighs most may lie on the disk until it is asked for.
Large = Annotated[tuple[T, ...], "large"]
Origin = Literal["stated", "inferred", "unknown"]
Precision = Literal["day", "month", "year"]
QuoteKind = Literal["direct", "indirect"]
CopyKind = Literal["same text", "near copy", "contains", "contained"]
DifferenceKind = Literal["title", "outlet", "dateline", "people", "figures", "dates", "quotes", "speakers"]
EntityKind = Literal["people", "organizations", "places", "products"]
ENTITY_KINDS: tuple[EntityKind, ...] = ("people", "organizations", "places", "products")

# Where in a story something stands: 0 the title, 1... a paragraph of the body, "caption-1"... a caption.
Place = int | str

# One role, or several joined with "+" in their order ("dateline+body").
LINE_ROLES = (
    "title",
    "date",
    "byline",
    "editor",
    "initials",
    "dateline",
    "body",
    "caption",
    "read_also",
    "endmark",
    "label",
    "teaser",
    "chrome",
)


class Mention(Record, frozen=True, kw_only=True):
    """One occurrence of a name as printed, without title or honorific; ``start`` in code points."""

    text: str
    paragraph: Place
    start: int


class Role(Record, frozen=True, kw_only=True):
    """What the story says a person is, verbatim; ``paragraph`` is None where the text does not hold it (an editor's)."""

    text: str
    paragraph: Place | None = None
    start: int | None = None


class Entity(Record, frozen=True, kw_only=True):
    """A person, organization, place or product within one story.

    ``id`` is ``KIND/SLUG``: from the loader a story's own (derived from ``name``), from the archive the path of a page.
    ``id_given`` and ``name_given`` mark an editor's, which the archive must keep. ``evidence`` says in words how its forms
    were joined.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    mentions: tuple[Mention, ...] = ()
    evidence: str = ""
    id_given: bool = False
    name_given: bool = False


class Event(Record, frozen=True, kw_only=True):
    """A dated happening as one story reports it.

    ``start`` and ``end`` are cut to ``precision``; both None while the year stays open, then ``candidates`` holds the days
    the text allows (``2016-11-26``, a range as ``2016-11-26/2016-11-27``). ``people`` and ``organizations`` hold entity ids.
    ``paragraph`` and ``offset`` lead to the sentence that reports it.
    """

    id: str
    name: str
    start: str | None = None
    end: str | None = None
    precision: Precision = "day"
    origin: Origin = "stated"
    evidence: str = ""
    place: str | None = None
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    paragraph: Place | None = None
    offset: int | None = None
    candidates: tuple[str, ...] = ()
    id_given: bool = False


class DateExpression(Record, frozen=True, kw_only=True):
    """A date as the text writes it and the day, month or year it means (None while it stays open)."""

    text: str
    value: str | None
    origin: Origin
    candidates: tuple[str, ...] = ()
    paragraph: Place
    start: int | None = None


class Quote(Record, frozen=True, kw_only=True):
    """What somebody said; ``speaker`` is an entity id, None where it is not certain who is meant."""

    text: str
    speaker: str | None
    speaker_text: str | None
    kind: QuoteKind
    paragraph: Place
    start: int | None = None


class Figure(Record, frozen=True, kw_only=True):
    """A counted thing, a sum or a share: ``value`` a plain number, ``unit`` ISO 4217, ``persen`` or the counted noun."""

    text: str
    value: int | float
    unit: str
    paragraph: Place
    start: int | None = None


class Caption(Record, frozen=True, kw_only=True):
    """The words under a picture, and whose picture it is as printed."""

    text: str
    credit: str | None = None


class CutLine(Record, frozen=True, kw_only=True):
    """A line of the file that the story does not show: its number (1-based, blank lines counted), role, rule and text."""

    line: int
    role: str
    rule: str
    text: str


class SourceFile(Record, frozen=True, kw_only=True):
    """Where a story comes from. ``lines`` has the role of each non-blank line in order."""

    file: str
    sha256: str
    lines: Large[str] = ()
    cut: Large[CutLine] = ()


class Correction(Record, frozen=True, kw_only=True):
    """What an editor corrected, and on which day."""

    date: str
    text: str


class Reply(Record, frozen=True, kw_only=True):
    """What somebody whom the story concerns answered, and on which day; ``url`` where the answer stands."""

    date: str
    text: str
    url: str | None = None


class Withdrawal(Record, frozen=True, kw_only=True):
    """When and why an editor withdrew the story."""

    date: str
    reason: str


class Story(Record, frozen=True, kw_only=True):
    """One article: the published record plus ``body``, its clean paragraphs as plain text."""

    title: str
    title_origin: Origin
    slug: str
    lang: str
    description: str
    date: str | None
    date_origin: Origin
    date_evidence: str
    date_latest: str | None = None
    date_candidates: tuple[str, ...] = ()
    retrieved: str | None = None
    url: str | None = None
    outlet: str | None = None
    dateline: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    people: tuple[Entity, ...] = ()
    organizations: tuple[Entity, ...] = ()
    places: tuple[Entity, ...] = ()
    products: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    dates: tuple[DateExpression, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    captions: tuple[Caption, ...] = ()
    source: SourceFile
    corrections: tuple[Correction, ...] = ()
    replies: tuple[Reply, ...] = ()
    withdrawn: Withdrawal | None = None
    withhold: tuple[str, ...] = ()
    redirect_from: tuple[str, ...] = ()
    body: Large[str] = ()
    slug_given: bool = False  # an editor's slug: the archive must keep it or refuse it
    # For messages, never published: the file as the user named it with the article's line, and where an editor's slug stands.
    read_from: tuple[str, int | None] | None = None
    slug_at: tuple[str, int | None] | None = None
    date_settled: bool = True  # False while the archive's other dates may still decide the year
    # The seed file it was read from, relative to the seeds folder; a record put back keeps another in ``source``.
    file: str = ""
    date_open_days: int | None = None  # how many days each of date_candidates then reaches on, None: no last day is known

    def texts(self) -> dict[Place, str]:
        """Title, paragraphs and captions by their place."""
        return place_texts(self.title, self.body, self.captions)

    def entities(self) -> dict[str, Entity]:
        """Every entity of the story by id."""
        return {e.id: e for kind in ENTITY_KINDS for e in getattr(self, kind)}


def place_texts(title: str, body: Iterable[str], captions: Iterable[Caption]) -> dict[Place, str]:
    """The texts of a story by their place."""
    found: dict[Place, str] = {0: title}
    found.update(enumerate(body, start=1))
    found.update({f"caption-{n}": caption.text for n, caption in enumerate(captions, start=1)})
    return found


class ReportedRole(Record, frozen=True, kw_only=True):
    """A role with the story and the day it was reported on."""

    text: str
    story: str
    date: str | None
    paragraph: Place | None


class PerhapsSame(Record, frozen=True, kw_only=True):
    """Another row that may mean the same, by its id, and why it may."""

    id: str
    reason: str


class ArchiveEntity(Record, frozen=True, kw_only=True):
    """A person, organization, place or product across the stories that name it (``stories`` holds slugs, oldest first)."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[ReportedRole, ...] = ()
    stories: tuple[str, ...] = ()
    first_seen: str | None = None
    last_seen: str | None = None
    same_as: tuple[str, ...] = ()
    coordinates: tuple[float, float] | None = None  # latitude, longitude in degrees (WGS 84)
    evidence: tuple[str, ...] = ()  # in words, how its forms were joined
    perhaps_same: tuple[PerhapsSame, ...] = ()


class ArchiveEvent(Record, frozen=True, kw_only=True):
    """A happening with every story that reports it; ``evidence`` says why their accounts are taken as one event."""

    id: str
    name: str
    start: str | None
    end: str | None
    precision: Precision
    place: str | None = None
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    perhaps_same: tuple[PerhapsSame, ...] = ()


class Join(Record, frozen=True, kw_only=True):
    """What several stories tell of, taken as one by inference alone: for whoever looks after the archive, never published.

    ``id`` is the person's or event's, ``names`` what the stories (slugs) call it, ``reasons`` say in words why it is one.
    """

    id: str
    name: str
    names: tuple[str, ...]
    stories: tuple[str, ...]
    reasons: tuple[str, ...]
    listed: bool = False  # by one of the program's own lists of names


class Outlet(Record, frozen=True, kw_only=True):
    """A paper under its settled name, with the slugs of its stories, oldest first."""

    id: str
    name: str
    stories: tuple[str, ...] = ()


class Difference(Record, frozen=True, kw_only=True):
    """What two copies of one text say differently: as it stands here, as it stands there."""

    what: DifferenceKind
    here: tuple[str, ...]
    there: tuple[str, ...]


class StoryCopy(Record, frozen=True, kw_only=True):
    """Another story with the same text or much of it. ``contains``: this story has what the other, shorter one tells.

    ``share`` of this story's text stands in the other, ``share_there`` of the other's in this one (0 to 1). ``only_here``
    and ``only_there`` are the paragraphs (1-based) that the other side does not have.
    """

    story: str
    kind: CopyKind
    share: float
    share_there: float
    only_here: tuple[int, ...] = ()
    only_there: tuple[int, ...] = ()
    differs: tuple[Difference, ...] = ()


class CopiedStory(Record, frozen=True, kw_only=True):
    """A story (its slug) and its copies, the nearest first."""

    story: str
    copies: tuple[StoryCopy, ...]


class Archive(Record, frozen=True, kw_only=True):
    """Everything the pages are made of. Stories newest first, then by slug; the rest by name, then by id."""

    stories: tuple[Story, ...]
    people: tuple[ArchiveEntity, ...] = ()
    organizations: tuple[ArchiveEntity, ...] = ()
    places: tuple[ArchiveEntity, ...] = ()
    products: tuple[ArchiveEntity, ...] = ()
    events: tuple[ArchiveEvent, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    same_text: tuple[tuple[str, ...], ...] = ()  # slugs of stories whose files hold the same text
    copies: tuple[CopiedStory, ...] = ()  # by slug; only stories that have some
    joins: tuple[Join, ...] = ()  # by id
