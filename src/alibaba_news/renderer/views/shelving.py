"""A list in runs: its years or letters as headings, and above it the way straight to each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.shelves import NO_LETTER, Shelf
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import Link

T = TypeVar("T")


def name_anchor(shelf: Shelf) -> str:
    """The fragment of a run: ``y2018``, ``undated``, ``letter-a``, ``letter-0`` for what stands under no letter."""
    if not shelf.key:
        return "undated"
    if shelf.key.isdigit():
        return f"y{shelf.key}"
    return "letter-0" if shelf.key == NO_LETTER else f"letter-{shelf.key.lower()}"


def link_shelves(desk: Desk, folder: str, shelves: Sequence[Shelf], unknown: str) -> tuple[Link, ...]:
    """Each run with the part of the list where it begins and how much it holds; none where there is one run only."""
    size = desk.settings.page_size
    if len(shelves) < 2:
        return ()
    return tuple(
        Link(
            text=shelf.key or unknown,
            href=desk.link(f"{page_path(folder, shelf.first // size + 1)}#{name_anchor(shelf)}"),
            note=desk.words.number(shelf.count),
        )
        for shelf in shelves
    )


def cut_shelves(shelves: Sequence[Shelf], rows: Sequence[T], number: int, size: int) -> list[tuple[Shelf, Sequence[T]]]:
    """The runs that reach into one part of a list of ``rows``, each with its rows there."""
    first, last = (number - 1) * size, number * size
    found = []
    for shelf in shelves:
        start, end = max(shelf.first, first), min(shelf.first + shelf.count, last)
        if start < end:
            found.append((shelf, rows[start:end]))
    return found
