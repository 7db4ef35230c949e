"""A story's texts in, its people, organizations, places and products out, each with every mention and its reasons."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from alibaba_news.model import Entity, Place
from alibaba_news.world import World

__all__ = ["Names", "read_names"]


class Names(Struct, frozen=True, kw_only=True):
    """The entities of one story by kind, each kind in order of first mention."""

    people: tuple[Entity, ...] = ()
    organizations: tuple[Entity, ...] = ()
    places: tuple[Entity, ...] = ()
    products: tuple[Entity, ...] = ()


def read_names(texts: Mapping[Place, str], dateline: str | None, world: World) -> Names:
    """As ``reading.read_names``, which is loaded where somebody asks for names."""
    from alibaba_news.loader.names import reading

    return reading.read_names(texts, dateline, world)
