"""Stories with their own ids -> stories with the archive's: entities joined, renamed and referred to by their final ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from alibaba_news.archive.clusters import Cluster
from alibaba_news.model import ENTITY_KINDS, Entity, Event, Mention, Place, Quote, Story
from alibaba_news.world import World

Ids = Mapping[str, str]


def rewrite_stories(stories: Sequence[Story], clusters: Mapping[str, Sequence[Cluster]], world: World) -> tuple[Story, ...]:
    """Every story with the final ids and names of its entities, and every reference to them changed with them."""
    homes: list[dict[int, Cluster]] = [{} for _ in stories]
    for kind in ENTITY_KINDS:
        for cluster in clusters[kind]:
            for position, entity in cluster.members:
                homes[position][id(entity)] = cluster
    known = {cluster.id for kind in ENTITY_KINDS for cluster in clusters[kind]}
    return tuple(_rewrite_story(story, homes[position], known, world) for position, story in enumerate(stories))


def _rewrite_story(story: Story, homes: Mapping[int, Cluster], known: set[str], world: World) -> Story:
    ids: dict[str, str] = {}
    kinds: dict[str, tuple[Entity, ...]] = {}
    for kind in ENTITY_KINDS:
        kept: dict[str, Entity] = {}
        for entity in getattr(story, kind):
            final = _rename(entity, homes[id(entity)], world)
            ids[entity.id] = final.id
            kept[final.id] = _merge(kept[final.id], final) if final.id in kept else final
        kinds[kind] = tuple(kept.values())
    changes: dict[str, tuple[object, ...]] = {
        **kinds,
        "quotes": tuple(_point_quote(quote, ids, known) for quote in story.quotes),
        "events": tuple(_point_event(event, ids, known) for event in story.events),
    }
    changed = {key: rows for key, rows in changes.items() if rows != getattr(story, key)}
    return replace(story, **changed) if changed else story


def _rename(entity: Entity, home: Cluster, world: World) -> Entity:
    name = entity.name if entity.name_given else home.name
    forms = [form for form in dict.fromkeys((entity.name, *entity.aliases)) if form != name]
    evidence = entity.evidence
    if not evidence and home.row is not None and entity.name != home.name:
        evidence = world.say("archive", "row", form=entity.name, name=home.name)
    final = (home.id, name, tuple(forms), evidence)
    # Most entities have them already, and copying a million records takes longer than all the rest.
    if final == (entity.id, entity.name, entity.aliases, entity.evidence):
        return entity
    return replace(entity, id=final[0], name=final[1], aliases=final[2], evidence=evidence)


def _merge(one: Entity, other: Entity) -> Entity:
    """Two names of one story that turned out to be one."""
    return replace(
        one,
        aliases=tuple(dict.fromkeys((*one.aliases, *other.aliases))),
        roles=tuple(dict.fromkeys((*one.roles, *other.roles))),
        mentions=tuple(sorted({*one.mentions, *other.mentions}, key=_mention_order)),
        evidence="; ".join(dict.fromkeys(filter(None, (one.evidence, other.evidence)))),
        id_given=one.id_given or other.id_given,
        name_given=one.name_given or other.name_given,
    )


def place_order(place: Place | None) -> tuple[int, int]:
    """Title, body, captions, then what stands nowhere in the text."""
    if place is None:
        return 2, 0
    if isinstance(place, int):
        return 0, place
    number = place.rpartition("-")[2]
    return 1, int(number) if number.isdecimal() else 0


def _mention_order(mention: Mention) -> tuple[tuple[int, int], int, str]:
    return place_order(mention.paragraph), mention.start, mention.text


def _point(old: str, ids: Ids, known: set[str]) -> str | None:
    """The final id of a reference; one that leads nowhere is dropped rather than printed as a broken link."""
    return ids.get(old) or (old if old in known else None)


def _point_quote(quote: Quote, ids: Ids, known: set[str]) -> Quote:
    speaker = None if quote.speaker is None else _point(quote.speaker, ids, known)
    return quote if speaker == quote.speaker else replace(quote, speaker=speaker)


def _point_event(event: Event, ids: Ids, known: set[str]) -> Event:
    def point_all(olds: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(i for i in (_point(old, ids, known) for old in olds) if i))

    people, organizations = point_all(event.people), point_all(event.organizations)
    if (people, organizations) == (event.people, event.organizations):
        return event
    return replace(event, people=people, organizations=organizations)
