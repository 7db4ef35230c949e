"""Small archives written as YAML: stories with only the keys a case is about, resolved through the public door."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from alibaba_news.archive.resolve import Resolution, resolve
from alibaba_news.model import Caption, Entity, Event, Mention, Place, Quote, Role, SourceFile, Story
from alibaba_news.text import make_slug
from alibaba_news.world import Authority, World

KINDS = ("people", "organizations", "places", "products")
_WORLDS: dict[str, World] = {}


def make_world(rows: Iterable[Mapping[str, Any]] = ()) -> World:
    """The packaged authorities and an editor's rows; made once for the same rows, because it takes long."""
    rows = tuple(rows)
    if repr(rows) not in _WORLDS:
        _WORLDS[repr(rows)] = _make_world(rows)
    return _WORLDS[repr(rows)]


def _make_world(rows: Iterable[Mapping[str, Any]]) -> World:
    editors = tuple(
        Authority(
            kind=row["kind"],
            name=row["name"],
            aliases=tuple(row.get("aliases", ())),
            id=row.get("id"),
            never=tuple(row.get("not", ())),
            stories=tuple(row.get("stories", ())),
            start=row.get("start"),
            editors=True,
        )
        for row in rows
    )
    return World(language="en", editors=editors)


def find_mentions(texts: Mapping[Place, str], forms: Iterable[str]) -> tuple[Mention, ...]:
    """Every place where a form stands, the longest form first."""
    found: dict[tuple[Place, int], Mention] = {}
    for place, text in texts.items():
        for form in sorted(forms, key=len, reverse=True):
            at = text.find(form)
            while at >= 0:
                covered = any(p == place and s <= at < s + len(m.text) for (p, s), m in found.items())
                if not covered:
                    found[place, at] = Mention(text=form, paragraph=place, start=at)
                at = text.find(form, at + 1)
    order = list(texts)
    return tuple(sorted(found.values(), key=lambda m: (order.index(m.paragraph), m.start)))


def make_entity(kind: str, row: Any, texts: Mapping[Place, str]) -> Entity:
    row = {"name": row} if isinstance(row, str) else row
    name, aliases = row["name"], tuple(row.get("aliases", ()))
    return Entity(
        id=row.get("id") or f"{kind}/{make_slug(name)}",
        name=name,
        aliases=aliases,
        roles=tuple(Role(text=text) for text in row.get("roles", ())),
        mentions=find_mentions(texts, (name, *aliases)),
        id_given="id" in row,
    )


def make_event(row: Mapping[str, Any]) -> Event:
    start = row.get("start")
    return Event(
        id=row.get("id") or f"events/{make_slug(row['name'])}",
        name=row["name"],
        start=start,
        end=row.get("end") or start,
        precision={4: "year", 7: "month"}.get(len(start), "day") if start else "day",  # type: ignore[arg-type]
        place=row.get("place"),
        people=tuple(f"people/{make_slug(name)}" for name in row.get("people", ())),
        organizations=tuple(f"organizations/{make_slug(name)}" for name in row.get("organizations", ())),
        paragraph=row.get("paragraph"),
        id_given="id" in row,
    )


def make_story(file: str, **row: Any) -> Story:
    """A story out of a case's keys; what is left out is empty. ``text`` makes files of one text have one hash."""
    title, body = row.get("title", f"Berita {file}"), tuple(row.get("body", ()))
    texts: dict[Place, str] = {0: title, **dict(enumerate(body, start=1))}
    texts |= {f"caption-{n}": text for n, text in enumerate(row.get("captions", ()), start=1)}
    kinds = {kind: tuple(make_entity(kind, e, texts) for e in row.get(kind, ())) for kind in KINDS}
    quotes = [
        Quote(text=q["text"], speaker=q.get("speaker"), speaker_text=q.get("speaker_text"), kind="direct", paragraph=1)
        for q in row.get("quotes", ())
    ]
    return Story(
        title=title,
        title_origin="stated",
        slug=row.get("slug") or make_slug(title),
        slug_given="slug" in row,
        lang="id",
        description=row.get("description", ""),
        date=row.get("date"),
        date_origin="stated" if row.get("date") else "unknown",
        date_evidence="",
        outlet=row.get("outlet"),
        url=row.get("url"),
        body=body,
        captions=tuple(Caption(text=text) for text in row.get("captions", ())),
        events=tuple(map(make_event, row.get("events", ()))),
        quotes=tuple(quotes),
        withhold=tuple(row.get("withhold", ())),
        redirect_from=tuple(row.get("redirect_from", ())),
        source=SourceFile(file=file, sha256=hashlib.sha256(row.get("text", file).encode()).hexdigest()),
        **kinds,  # type: ignore[arg-type]
    )


def resolve_case(case: Mapping[str, Any]) -> Resolution:
    stories = tuple(make_story(file, **(row or {})) for file, row in case["stories"].items())
    return resolve(stories, make_world(case.get("authority", ())))
