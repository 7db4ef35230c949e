"""A story's names in, those that rest on inference out: forms joined, people of whom only one word is known.

Each kind comes as one doubt, with the rows that give all its names as they were read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec.structs import replace

from alibaba_news.loader.names.given import locate_names
from alibaba_news.model import ENTITY_KINDS, Entity, Place, Story
from alibaba_news.record import story_to_record
from alibaba_news.text import make_slug
from alibaba_news.world import load_table

Texts = Mapping[Place, str]
NameDoubt = tuple[bool, str, tuple[str, ...], dict[str, Any]]


def find_name_doubts(story: Story, texts: Texts, given: frozenset[str]) -> Iterator[NameDoubt]:
    """For each kind with doubts: whether one-word names are among them, what, the evidence, and the key that confirms them."""
    for kind in ENTITY_KINDS:
        entities: tuple[Entity, ...] = getattr(story, kind)
        short = [e for e in entities if kind == "people" and kind not in given and _is_one_word(e)]
        joined = [(e, reasons) for e in entities if (reasons := _list_reasons(e))]
        if not short and not joined:
            continue
        told = [f"{len(short)} known by one word only"] if short else []
        told += [f"{len(joined)} with forms that were joined"] if joined else []
        evidence = (*(f"{e.name}: only one word of the name" for e in short), *(f"{e.name}: {why}" for e, why in joined))
        yield (
            bool(short),
            f"{len(entities)} {kind}, {', '.join(told)}",
            evidence,
            {kind: _write_rows(kind, entities, texts, story)},
        )


def _is_one_word(entity: Entity) -> bool:
    return all(len(form.split()) < 2 for form in (entity.name, *entity.aliases))


def _list_reasons(entity: Entity) -> str:
    """Why its forms were joined; what a list of names says is no inference."""
    return "; ".join(why for why in entity.evidence.split("; ") if why and not any(p.fullmatch(why) for p in _listed()))


@cache
def _listed() -> tuple[re.Pattern[str], ...]:
    """What a list's reason looks like, whatever the names: a name that an editor gave stays beside the list's own."""
    names, archive = load_table("evidence/names")["authority"], load_table("evidence/archive")["row"]
    phrases = dict.fromkeys((*names.values(), *archive.values()))
    return tuple(re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(phrase))) for phrase in phrases)


def _write_rows(kind: str, entities: Sequence[Entity], texts: Texts, story: Story) -> list[dict[str, Any]]:
    bare = tuple(replace(e, mentions=()) for e in entities)
    # Where the text alone leads to the same places, the rows need not tell them.
    (found,) = locate_names([bare], texts)
    told = any(sorted(_places(e)) != sorted(_places(f)) for e, f in zip(entities, found, strict=True))
    slugs = Counter(make_slug(entity.name) for entity in entities)
    rows = []
    for entity, row in zip(entities, story_to_record(story)[kind], strict=True):
        pinned = entity.id_given or slugs[make_slug(entity.name)] > 1
        kept = {"name", *(["id"] if pinned else []), *(["mentions"] if told else [])}
        rows.append({key: value for key, value in row.items() if key in kept or (key in ("aliases", "roles") and value)})
    return rows


def _places(entity: Entity) -> list[tuple[str, int, str]]:
    return [(str(m.paragraph), m.start, m.text) for m in entity.mentions]
