"""How many parts a list that is split has. Asked by the plan of the site and by the pages themselves, so that both agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from alibaba_news.model import ArchiveEntity, ArchiveEvent
from alibaba_news.renderer.index import Index

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


def count_pages(items: int, size: int) -> int:
    """Parts of at most ``size`` items; an empty list is one part that says so."""
    return max(1, -(-items // size))


def slice_page(items: Sequence[T], number: int, size: int) -> Sequence[T]:
    """The items of the ``number``-th part."""
    return items[(number - 1) * size : number * size]


def count_entity_pages(index: Index, row: ArchiveEntity, size: int) -> int:
    """An entity's life and quotes are split alike: each part shows its slice of both."""
    longest = max(len(row.stories) + len(index.events_of.get(row.id, ())), len(index.quoted.get(row.id, ())))
    return count_pages(longest, size)


def count_event_pages(event: ArchiveEvent, size: int) -> int:
    """The accounts of an event, split."""
    return count_pages(len(event.stories), size)
