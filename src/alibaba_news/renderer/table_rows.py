"""One story, entity, event or outlet -> its rows in the flat tables, cells in the order of the columns in ``tables.py``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from alibaba_news.model import ENTITY_KINDS, ArchiveEntity, ArchiveEvent, Outlet, Place, Story

Row = Sequence[str | int | float | None]
LIST_MARK = "; "


def write_outlet(outlet: Outlet) -> Iterator[Row]:
    """outlets: id, name, stories."""
    yield outlet.id, outlet.name, len(outlet.stories)


def write_story(story: Story) -> Iterator[Row]:
    """stories: what is said of the article as a whole."""
    notices = [*(row.date for row in story.corrections), *(row.date for row in story.replies)]
    yield (
        story.slug,
        story.title,
        story.title_origin,
        story.lang,
        story.description,
        story.date,
        story.date_origin,
        story.date_evidence,
        story.date_latest,
        story.retrieved,
        story.url,
        story.outlet,
        story.dateline,
        LIST_MARK.join(story.authors),
        LIST_MARK.join(story.editors),
        max(notices, default=None),
        story.withdrawn.date if story.withdrawn else None,
        story.source.file,
        story.source.sha256,
    )


def write_entity(row: ArchiveEntity) -> Iterator[Row]:
    """people, organizations, products: id, name, aliases, stories, first_seen, last_seen, same_as."""
    names, known = LIST_MARK.join(row.aliases), LIST_MARK.join(row.same_as)
    yield row.id, row.name, names, len(row.stories), row.first_seen, row.last_seen, known


def write_place(row: ArchiveEntity) -> Iterator[Row]:
    """places: an entity, then latitude and longitude."""
    for cells in write_entity(row):
        yield *cells, *(row.coordinates or (None, None))


def write_event(event: ArchiveEvent) -> Iterator[Row]:
    """events: id, name, start, end, precision, place, stories."""
    yield event.id, event.name, event.start, event.end, event.precision, event.place, len(event.stories)


def write_participants(event: ArchiveEvent) -> Iterator[Row]:
    """participants: event, number, person, organization."""
    for number, key in enumerate((*event.people, *event.organizations), start=1):
        yield event.id, number, *_split(key)[:2]


def write_accounts(story: Story) -> Iterator[Row]:
    """accounts: story, number, event, name, start, end, origin, evidence, place_text, paragraph."""
    for number, event in enumerate(story.events, start=1):
        known = (event.name, event.start, event.end, event.origin, event.evidence, event.place)
        yield story.slug, number, event.id, *known, _place(event.paragraph)


def write_mentions(story: Story) -> Iterator[Row]:
    """mentions: story, number, whose name it is, text, paragraph, start."""
    entities = (entity for kind in ENTITY_KINDS for entity in getattr(story, kind))
    found = ((entity.id, mention) for entity in entities for mention in entity.mentions)
    for number, (key, mention) in enumerate(found, start=1):
        yield story.slug, number, *_split(key), mention.text, _place(mention.paragraph), mention.start


def write_roles(story: Story) -> Iterator[Row]:
    """roles: story, number, whose role it is, text, paragraph."""
    entities = (entity for kind in ENTITY_KINDS for entity in getattr(story, kind))
    found = ((entity.id, role) for entity in entities for role in entity.roles)
    for number, (key, role) in enumerate(found, start=1):
        yield story.slug, number, *_split(key), role.text, _place(role.paragraph)


def write_quotes(story: Story) -> Iterator[Row]:
    """quotes: story, number, text, who says it, speaker_text, kind, paragraph."""
    for number, quote in enumerate(story.quotes, start=1):
        speaker = _split(quote.speaker)
        yield story.slug, number, quote.text, *speaker, quote.speaker_text, quote.kind, _place(quote.paragraph)


def write_figures(story: Story) -> Iterator[Row]:
    """figures: story, number, text, value, unit, paragraph, start."""
    for number, figure in enumerate(story.figures, start=1):
        yield story.slug, number, figure.text, figure.value, figure.unit, _place(figure.paragraph), figure.start


def write_dates(story: Story) -> Iterator[Row]:
    """dates: story, number, text, value, origin, candidates, paragraph, start."""
    for number, date in enumerate(story.dates, start=1):
        days = LIST_MARK.join(date.candidates)
        yield story.slug, number, date.text, date.value, date.origin, days, _place(date.paragraph), date.start


def _place(place: Place | None) -> str | None:
    """A paragraph's number and a caption's name are of one type in a column."""
    return None if place is None else str(place)


@lru_cache(maxsize=4096)  # whoever is named is named again and again
def _split(key: str | None) -> tuple[str | None, ...]:
    """An id in the column of its kind, the columns of the other kinds empty: a column can only lead to one table."""
    kind = (key or "").partition("/")[0]
    return tuple(key if kind == own else None for own in ENTITY_KINDS)
