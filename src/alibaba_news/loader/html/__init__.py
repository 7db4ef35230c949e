"""A saved page: its visible lines and what its data states -> the same Layout that a scraped text gives.

``reader`` needs the extra packages of ``alibaba-news[html]`` and is imported only where a saved page is met; everything
else here works without them.
"""

from __future__ import annotations

import importlib
from typing import Protocol, cast

from alibaba_news.loader.html.markup import decode_page
from alibaba_news.loader.html.parts import SavedPage
from alibaba_news.loader.layout import Layout
from alibaba_news.world import World

__all__ = ["INSTALL", "SavedPage", "decode_page", "find_reader", "read_saved_layout"]

INSTALL = "python -m pip install 'alibaba-news[html]'"


class PageReader(Protocol):
    """What ``reader`` gives, as a type that can be named without its packages."""

    def read_saved_page(self, markup: str) -> SavedPage: ...


def read_saved_layout(page: SavedPage, world: World) -> Layout:
    """As ``layout.read_saved_layout``."""
    from alibaba_news.loader.html import layout

    return layout.read_saved_layout(page, world)


def find_reader() -> PageReader | None:
    """The module that reads markup, or None where the packages it needs are not installed (or broken)."""
    try:
        return cast("PageReader", importlib.import_module("alibaba_news.loader.html.reader"))
    except ImportError:
        return None
