"""What of an archive may be shown. Archive in, archive out.

A withdrawn story keeps its page, its reason and its day, and loses everything else; entities and events that only withdrawn
stories name go with them. Where the settings publish excerpts, a story keeps its lead and the facts that stand in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from alibaba_news.model import ENTITY_KINDS, Archive, ArchiveEntity, ArchiveEvent, CopiedStory, Entity, Place, Story
from alibaba_news.renderer.words import Words

if TYPE_CHECKING:
    from alibaba_news.settings import Settings

EXCERPT_LIMIT = 200  # characters, as the record's description
_HEADS = ("title", "outlet", "dateline")


def publish_archive(archive: Archive, settings: Settings) -> Archive:
    """The archive as its settings and its editor let it be seen; the same archive where nothing is held back."""
    if not settings.full_text:
        stories, copies = tuple(map(cut_to_excerpt, archive.stories)), tuple(map(_cut_copies, archive.copies))
        archive = replace(archive, stories=stories, copies=copies)
    gone = {story.slug for story in archive.stories if story.withdrawn}
    return _withdraw(archive, gone, Words(settings.language)) if gone else archive


def cut_to_excerpt(story: Story) -> Story:
    """A story's lead alone, with the facts whose words stand in it; names and roles stay, as an index has them."""
    lead = (story.description or " ".join(story.body)[:EXCERPT_LIMIT],) if story.body else ()
    texts: dict[Place, str] = {0: story.title, 1: "".join(lead)}

    def stands(text: str, place: Place | None, start: int | None) -> bool:
        shown = texts.get(place, "") if place is not None else ""
        return text in shown if start is None else shown[start : start + len(text)] == text

    def trim(entity: Entity) -> Entity:
        roles = tuple(
            r if stands(r.text, r.paragraph, r.start) else replace(r, paragraph=None, start=None) for r in entity.roles
        )
        return replace(entity, roles=roles, mentions=tuple(m for m in entity.mentions if stands(m.text, m.paragraph, m.start)))

    return replace(
        story,
        body=lead,
        captions=(),
        source=replace(story.source, cut=()),
        quotes=tuple(q for q in story.quotes if stands(q.text, q.paragraph, q.start)),
        figures=tuple(f for f in story.figures if stands(f.text, f.paragraph, f.start)),
        dates=tuple(d for d in story.dates if stands(d.text, d.paragraph, d.start)),
        events=tuple(replace(e, paragraph=e.paragraph if e.paragraph in texts else None, offset=None) for e in story.events),
        people=tuple(map(trim, story.people)),
        organizations=tuple(map(trim, story.organizations)),
        places=tuple(map(trim, story.places)),
        products=tuple(map(trim, story.products)),
    )


def _withdraw(archive: Archive, gone: set[str], words: Words) -> Archive:
    forms = _collect_forms(archive, gone)
    people, organizations, places, products = (_keep_entities(getattr(archive, kind), gone, forms) for kind in ENTITY_KINDS)
    kept = {row.id for row in (*people, *organizations)}
    events = tuple(_keep_event(event, gone, kept) for event in archive.events if set(event.stories) - gone)
    stories = tuple(empty_story(s, words) if s.slug in gone else s for s in archive.stories)
    same_text = tuple(group for group in archive.same_text if not gone & set(group))
    return replace(
        archive,
        stories=stories,
        people=people,
        organizations=organizations,
        places=places,
        products=products,
        events=_drop_lost(events),
        same_text=same_text,
        copies=_keep_copies(archive.copies, gone),
    )


def _cut_copies(row: CopiedStory) -> CopiedStory:
    """What differs within the text is not shown where the text is not."""
    kept = (
        replace(c, only_here=(), only_there=(), differs=tuple(d for d in c.differs if d.what in _HEADS)) for c in row.copies
    )
    return replace(row, copies=tuple(kept))


def _keep_copies(rows: tuple[CopiedStory, ...], gone: set[str]) -> tuple[CopiedStory, ...]:
    kept = (
        replace(row, copies=tuple(copy for copy in row.copies if copy.story not in gone))
        for row in rows
        if row.story not in gone
    )
    return tuple(row for row in kept if row.copies)


def empty_story(story: Story, words: Words) -> Story:
    """A withdrawn story without its text. A headline that was derived from the text is text and goes too."""
    stated = story.title_origin == "stated"
    return replace(
        story,
        title=story.title if stated else words.t("story.withdrawn_title"),
        title_origin="stated" if stated else "inferred",
        description="",
        people=(), organizations=(), places=(), products=(),
        events=(), dates=(), quotes=(), figures=(), captions=(), body=(),
        source=replace(story.source, cut=()),
    )  # fmt: skip


def _collect_forms(archive: Archive, gone: set[str]) -> dict[str, set[str]]:
    forms: dict[str, set[str]] = {}
    for story in archive.stories:
        if story.slug not in gone:
            for entity in story.entities().values():
                forms.setdefault(entity.id, set()).update(_forms_of(entity))
    return forms


def _forms_of(entity: Entity) -> set[str]:
    return {entity.name, *entity.aliases, *(mention.text for mention in entity.mentions)}


def _keep_entities(rows: tuple[ArchiveEntity, ...], gone: set[str], forms: dict[str, set[str]]) -> tuple[ArchiveEntity, ...]:
    kept = []
    for row in rows:
        if gone.isdisjoint(row.stories):
            kept.append(row)
        elif set(row.stories) - gone:
            kept.append(
                replace(
                    row,
                    aliases=tuple(form for form in row.aliases if form in forms.get(row.id, ())),
                    roles=tuple(role for role in row.roles if role.story not in gone),
                    stories=tuple(slug for slug in row.stories if slug not in gone),
                )
            )
    ids = {row.id for row in kept}
    return tuple(replace(r, perhaps_same=tuple(p for p in r.perhaps_same if p.id in ids)) for r in kept)


def _keep_event(event: ArchiveEvent, gone: set[str], kept: set[str]) -> ArchiveEvent:
    return replace(
        event,
        stories=tuple(slug for slug in event.stories if slug not in gone),
        people=tuple(key for key in event.people if key in kept),
        organizations=tuple(key for key in event.organizations if key in kept),
    )


def _drop_lost(events: tuple[ArchiveEvent, ...]) -> tuple[ArchiveEvent, ...]:
    ids = {event.id for event in events}
    return tuple(replace(e, perhaps_same=tuple(p for p in e.perhaps_same if p.id in ids)) for e in events)
