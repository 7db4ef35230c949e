"""What an editor gives about a story: Given, one frozen value put together from parts, a later part winning key by key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from alibaba_news.diagnostics import Diagnostic, suggest_key
from alibaba_news.fields import shorten
from alibaba_news.loader.retitling import locate_in_title, move_to_title
from alibaba_news.model import (
    ENTITY_KINDS,
    Caption,
    Correction,
    DateExpression,
    Entity,
    Event,
    Figure,
    Origin,
    Place,
    Quote,
    Reply,
    SourceFile,
    Withdrawal,
)
from alibaba_news.text import fold, make_slug

Forms = Mapping[str, Mapping[str, str]]  # kind -> name, alias or id -> id

# What explains another key no longer holds once a later part gives that key anew.
_COMPANIONS = {
    "title": ("title_origin",),
    "date": ("date_origin", "date_evidence", "date_latest", "date_candidates"),
}


class Reference(Struct, frozen=True, kw_only=True):
    """An id or name that a quote or event uses for somebody, and where it stands."""

    key: str
    text: str
    path: str
    line: int


class Placed(Struct, frozen=True, kw_only=True):
    """A row said to stand at a place of the story's text (``text`` None: only the place is said), and where the row stands."""

    label: str
    text: str | None
    paragraph: Place
    start: int | None
    path: str
    line: int


class Given(Struct, frozen=True, kw_only=True):
    """The record's keys, None where a key is not given; ``()`` is given and empty.

    ``keys`` holds the keys that stand there, also those given as null ("the story has none"): ``"outlet" in given.keys``
    with ``outlet`` None means that no outlet may be inferred. ``located`` holds the kinds of entities whose rows all carry
    their mentions. ``body`` is only ever given by ``.jsonl``. Names in an event's people and organizations are ids already
    where the kind is given. ``placed`` and ``references`` are what only the story's text can confirm; ``slug_at`` is where
    the slug stands (file and line).
    """

    title: str | None = None
    title_origin: Origin | None = None
    slug: str | None = None
    lang: str | None = None
    description: str | None = None
    date: str | None = None
    date_origin: Origin | None = None
    date_evidence: str | None = None
    date_latest: str | None = None
    date_candidates: tuple[str, ...] | None = None
    retrieved: str | None = None
    url: str | None = None
    outlet: str | None = None
    dateline: str | None = None
    authors: tuple[str, ...] | None = None
    editors: tuple[str, ...] | None = None
    people: tuple[Entity, ...] | None = None
    organizations: tuple[Entity, ...] | None = None
    places: tuple[Entity, ...] | None = None
    products: tuple[Entity, ...] | None = None
    events: tuple[Event, ...] | None = None
    dates: tuple[DateExpression, ...] | None = None
    quotes: tuple[Quote, ...] | None = None
    figures: tuple[Figure, ...] | None = None
    captions: tuple[Caption, ...] | None = None
    source: SourceFile | None = None
    corrections: tuple[Correction, ...] | None = None
    replies: tuple[Reply, ...] | None = None
    withdrawn: Withdrawal | None = None
    withhold: tuple[str, ...] | None = None
    redirect_from: tuple[str, ...] | None = None
    schema: int | None = None
    body: tuple[str, ...] | None = None
    keys: frozenset[str] = frozenset()
    located: frozenset[str] = frozenset()
    placed: tuple[Placed, ...] = ()
    references: tuple[Reference, ...] = ()
    slug_at: tuple[str, int] | None = None


class GivenPart(Struct, frozen=True, kw_only=True):
    """What one file gives, checked by itself."""

    given: Given = field(default_factory=Given)
    references: tuple[Reference, ...] = ()


def join_given(parts: Sequence[GivenPart]) -> tuple[Given, tuple[Diagnostic, ...]]:
    """One Given out of several parts, later ones winning key by key; faults are ids of nobody the story gives."""
    given = parts[0].given if parts else Given()
    references: dict[str, list[Reference]] = {}
    for number, part in enumerate(parts):
        given = _merge(given, part.given) if number and part.given.keys else given
        for key in sorted({"quotes", "events"} & part.given.keys):
            references[key] = [r for r in part.references if r.key.startswith(key)]
    every = tuple(reference for found in references.values() for reference in found)
    if not every:
        return given, ()
    known: dict[str, Mapping[str, str]] = {
        kind: index_forms(entities) for kind in ENTITY_KINDS if (entities := getattr(given, kind)) is not None
    }
    faults = [fault for reference in every if (fault := check_reference(reference, known, "the given"))]
    return resolve_names(replace(given, references=every), known), tuple(faults)


def retitle(given: Given, title: str) -> Given:
    """What an earlier part says of the old headline's words, led to those of the new one, or left out where they are gone."""
    changes: dict[str, Any] = {
        kind: locate_in_title(getattr(given, kind), title)
        for kind in ENTITY_KINDS
        if kind in given.located and getattr(given, kind) is not None
    }
    for key in ("dates", "quotes", "figures"):
        rows = getattr(given, key) or ()
        if key in given.keys:
            changes[key] = tuple(row for row in (move_to_title(r, title) for r in rows) if row is not None)
    if given.events is not None:
        # Which words told of it is not known any more, only that the headline did.
        changes["events"] = tuple(replace(e, offset=None) if e.paragraph == 0 else e for e in given.events)
    return replace(given, **changes, placed=tuple(p for p in given.placed if p.paragraph != 0))


def _merge(base: Given, winner: Given) -> Given:
    if winner.title and base.title not in (None, winner.title):
        base = retitle(base, winner.title)
    changes: dict[str, Any] = {key: getattr(winner, key) for key in winner.keys}
    stale = {c for key, group in _COMPANIONS.items() if key in winner.keys for c in group} - winner.keys
    changes |= dict.fromkeys(stale)
    located = (base.located - winner.keys) | winner.located
    placed = tuple(p for p in base.placed if re.split(r"[.\[]", p.label)[0] not in winner.keys) + winner.placed
    slug_at = winner.slug_at if "slug" in winner.keys else base.slug_at
    keys = (base.keys - stale) | winner.keys
    return replace(base, **changes, keys=keys, located=located, placed=placed, slug_at=slug_at)


def resolve_names(given: Given, known: Forms) -> Given:
    """Names in events and speakers become ids, in the kinds known: the entity's of the name, else the one it leads to."""

    def resolve(kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_find_id(kind, name, known[kind]) for name in names) if kind in known else names

    events = given.events and tuple(
        replace(e, people=resolve("people", e.people), organizations=resolve("organizations", e.organizations))
        for e in given.events
    )
    quotes = given.quotes and tuple(
        q if q.speaker is None else replace(q, speaker=resolve(q.speaker.partition("/")[0], (q.speaker,))[0])
        for q in given.quotes
    )
    return replace(given, events=events, quotes=quotes)


def index_forms(entities: Iterable[Entity]) -> dict[str, str]:
    """Ids by name and alias, folded, and by themselves."""
    forms = {entity.id: entity.id for entity in entities}
    for entity in entities:
        for form in (entity.name, *entity.aliases):
            forms.setdefault(fold(form), entity.id)
            # The id that a form of the name has where the story is read by itself leads to its bearer too.
            forms.setdefault(f"{entity.id.partition('/')[0]}/{make_slug(form)}", entity.id)
    return forms


def _find_id(kind: str, name: str, forms: Mapping[str, str]) -> str:
    head, _, slug = name.partition("/")
    if head == kind and make_slug(slug) == slug:
        return forms.get(name, name)
    return forms.get(fold(name), f"{kind}/{make_slug(name)}")


def check_reference(reference: Reference, known: Forms, whose: str) -> Diagnostic | None:
    """An error where the reference leads to nobody known of its kind (``whose`` people those are); None where none is known."""
    kind = reference.key.partition(".")[2]
    kind = reference.text.partition("/")[0] if kind == "speaker" else kind
    if kind not in known:
        return None
    wanted = _find_id(kind, reference.text, known[kind])
    if wanted in known[kind]:
        return None
    ids = sorted(set(known[kind].values()))
    near = suggest_key(wanted, ids) if ids else ""
    return Diagnostic(
        path=reference.path,
        line=reference.line,
        message=f"{reference.key}: '{shorten(reference.text)}' is not among {whose} {kind}.",
        hint=near if near.startswith("Did") else f"Add it to {kind}:, or correct the name.",
    )
