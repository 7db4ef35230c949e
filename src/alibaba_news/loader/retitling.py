"""Rows that stand in a headline and the headline that an editor puts in its place -> the same rows, led to the new words."""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace

from alibaba_news.loader.names.given import locate_names
from alibaba_news.model import DateExpression, Entity, Figure, Quote

_Row = TypeVar("_Row", DateExpression, Quote, Figure)


def locate_in_title(entities: tuple[Entity, ...], title: str) -> tuple[Entity, ...]:
    """Entities whose mentions are known, those in the headline sought anew in another one."""
    forms = [tuple(dict.fromkeys((*e.aliases, *(m.text for m in e.mentions)))) for e in entities]
    bare = tuple(replace(e, aliases=form, mentions=()) for e, form in zip(entities, forms, strict=True))
    (found,) = locate_names([bare], {0: title})
    rest = [tuple(m for m in e.mentions if m.paragraph != 0) for e in entities]
    return tuple(replace(e, mentions=(*new.mentions, *old)) for e, new, old in zip(entities, found, rest, strict=True))


def move_to_title(row: _Row, title: str) -> _Row | None:
    """A row of the headline led to its words in the new one; None where they are gone."""
    if row.paragraph != 0:
        return row
    at = title.find(row.text)
    return None if at < 0 else replace(row, start=None if row.start is None else at)
