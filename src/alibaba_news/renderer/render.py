"""Page -> bytes. The only door of the renderer: look-ups are made once, then each page is a function of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from alibaba_news.characters import clean_text
from alibaba_news.model import Archive
from alibaba_news.record import record_to_markdown, schema
from alibaba_news.renderer.anchors import Anchors
from alibaba_news.renderer.assets import read_static
from alibaba_news.renderer.data_files import write_table
from alibaba_news.renderer.drawers import DRAWERS, HTML_KINDS
from alibaba_news.renderer.engine import make_environment
from alibaba_news.renderer.feeds import find_updated, write_atom, write_json_feed
from alibaba_news.renderer.index import build_index
from alibaba_news.renderer.links import canonical_path
from alibaba_news.renderer.pages import SITEMAP_LIMIT, Page, plan_index
from alibaba_news.renderer.publish import publish_archive
from alibaba_news.renderer.sitemap import write_robots, write_sitemap, write_sitemap_index
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.words import Words

if TYPE_CHECKING:
    from alibaba_news.settings import Settings


class Renderer:
    """Draws any page of one archive. What it remembers between pages is only what looking up again would give."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._settings = settings
        self._words = Words(settings.language)
        self._index = build_index(publish_archive(archive, settings))
        self._anchors = Anchors()
        self._templates = make_environment(settings.templates, self._words)

    def render(self, page: Page) -> bytes:
        """The file of one page; the same bytes for the same page whatever was rendered before it."""
        desk = Desk(index=self._index, anchors=self._anchors, words=self._words, settings=self._settings, path=page.path)
        if page.kind not in DRAWERS:
            return self._write(desk, page)
        template, view = DRAWERS[page.kind](desk, page)
        return clean_text(self._templates.get_template(template).render(view=view)).encode("utf-8", "replace")

    def _write(self, desk: Desk, page: Page) -> bytes:
        base = self._settings.base_url
        match page.kind:
            case "record":
                return record_to_markdown(self._index.stories[page.key]).encode("utf-8", "replace")
            case "data":
                return write_table(self._index.archive, page.key)
            case "schema":
                return (json.dumps(schema(), ensure_ascii=False, indent=2) + "\n").encode()
            case "atom":
                return clean_text(write_atom(desk).decode("utf-8", "replace")).encode()
            case "json_feed":
                return write_json_feed(desk)
            case "sitemap" | "sitemap_part":
                return self._write_sitemap(page)
            case "robots":
                return write_robots(base, self._settings.noindex)
            case "static":
                return read_static(page.key, self._settings.static)
            case "empty":
                return b""
            case _:
                raise ValueError(f"no page of the kind {page.kind!r}")

    def _write_sitemap(self, page: Page) -> bytes:
        """Every page but second parts; in parts where there are more than a sitemap may hold."""
        base = self._settings.base_url
        pages = [p for p in plan_index(self._index, self._settings) if p.kind in HTML_KINDS and p.number == 1]
        if page.kind == "sitemap" and len(pages) > SITEMAP_LIMIT:
            parts = -(-len(pages) // SITEMAP_LIMIT)
            return write_sitemap_index(base, [f"sitemap-{n}.xml" for n in range(1, parts + 1)])
        first = (page.number - 1) * SITEMAP_LIMIT
        return write_sitemap(base, [(canonical_path(p.path), self._find_day(p)) for p in pages[first : first + SITEMAP_LIMIT]])

    def _find_day(self, page: Page) -> str | None:
        """When a story last changed, as a day; other pages do not say."""
        story = self._index.stories[page.key] if page.kind == "story" else None
        return find_updated(story)[:10] if story and story.date and len(story.date) >= 10 else None
