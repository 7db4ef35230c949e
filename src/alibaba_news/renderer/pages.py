"""Archive and settings -> every file of the site as a planned page. Nothing is rendered here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from alibaba_news.model import ENTITY_KINDS, Archive
from alibaba_news.renderer.assets import list_static
from alibaba_news.renderer.citing import EXPORTS
from alibaba_news.renderer.crate import CRATE_NAME
from alibaba_news.renderer.feeds import feed_path
from alibaba_news.renderer.index import Index, build_index
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.opensearch import OPENSEARCH_NAME
from alibaba_news.renderer.publish import publish_archive
from alibaba_news.renderer.search.layout import plan_search
from alibaba_news.renderer.tables import TABLES
from alibaba_news.renderer.views.counts import count_entity_pages, count_event_pages, count_pages
from alibaba_news.renderer.views.days import FOLDER, plan_days
from alibaba_news.renderer.views.timeline import plan_years

if TYPE_CHECKING:
    from alibaba_news.settings import Settings

SITEMAP_LIMIT = 50_000  # addresses in one file (sitemaps.org)
STATIC_FOLDER = "static"
DATA_TABLES = ("stories", *ENTITY_KINDS, "events")


class Page(Struct, frozen=True, kw_only=True):
    """One file of the site: its path, what is drawn there, of what (an id, a year, a file name), and which part of it."""

    path: str
    kind: str
    key: str = ""
    number: int = 1


def plan_pages(archive: Archive, settings: Settings) -> tuple[Page, ...]:
    """Every file of the site, in a fixed order. Two pages of one path are left for the builder to refuse."""
    return plan_index(build_index(publish_archive(archive, settings)), settings)


def plan_index(index: Index, settings: Settings) -> tuple[Page, ...]:
    """The plan of an archive whose look-ups are made already."""
    pages = list(_plan_html(index, settings))
    firsts = sum(1 for page in pages if page.number == 1 and page.kind != "not_found")
    pages += _plan_machine_files(index, firsts)
    pages += [*_plan_data(settings), *_plan_feeds(index, settings)]
    pages += [Page(path=f"{STATIC_FOLDER}/{name}", kind="static", key=name) for name in list_static(settings.static)]
    return tuple(pages)


def _plan_html(index: Index, settings: Settings) -> Iterator[Page]:
    archive, size = index.archive, settings.page_size
    yield Page(path="index.html", kind="home")
    yield from _plan_parts("stories", "stories", "stories", count_pages(len(archive.stories), size))
    for story in archive.stories:
        yield Page(path=f"stories/{story.slug}/index.html", kind="story", key=story.slug)
    for kind in ENTITY_KINDS:
        rows = getattr(archive, kind)
        yield from _plan_parts(kind, "entities", kind, count_pages(len(rows), size))
        for row in rows:
            yield from _plan_parts(row.id, "entity", row.id, count_entity_pages(index, row, size))
    yield from _plan_parts("events", "events", "events", count_pages(len(archive.events), size))
    for event in archive.events:
        yield from _plan_parts(event.id, "event", event.id, count_event_pages(event, size))
    yield from _plan_parts("outlets", "outlets", "outlets", count_pages(len(archive.outlets), size))
    for outlet in archive.outlets:
        yield from _plan_parts(outlet.id, "outlet", outlet.id, count_pages(len(outlet.stories), size))
    yield from _plan_fixed(index, settings)


def _plan_fixed(index: Index, settings: Settings) -> Iterator[Page]:
    size = settings.page_size
    yield Page(path="timeline/index.html", kind="timeline")
    for year, parts in plan_years(index, size):
        yield from _plan_parts(f"timeline/{year}", "year", year, parts)
    yield Page(path=page_path(FOLDER), kind="calendar")
    for month, parts in plan_days(index, size):
        yield from _plan_parts(f"{FOLDER}/{month}", "day_month", month, parts)
    yield Page(path="search/index.html", kind="search")
    yield from _plan_parts("unknown", "unknown", "unknown", count_pages(len(index.gaps), size))
    yield Page(path="about/index.html", kind="about")
    yield Page(path="404.html", kind="not_found")


def _plan_parts(folder: str, kind: str, key: str, parts: int) -> Iterator[Page]:
    for number in range(1, parts + 1):
        yield Page(path=page_path(folder, number), kind=kind, key=key, number=number)


def _plan_machine_files(index: Index, html_pages: int) -> list[Page]:
    pages = [Page(path=f"stories/{s.slug}/index.md", kind="record", key=s.slug) for s in index.archive.stories]
    pages += [Page(path=path, kind="search_file", key=key) for path, key in plan_search(index)]
    pages += _plan_records()
    pages += [
        Page(path="feed.xml", kind="atom"),
        Page(path="feed.json", kind="json_feed"),
        Page(path="sitemap.xml", kind="sitemap"),
        Page(path="robots.txt", kind="robots"),
        Page(path=".nojekyll", kind="empty"),
    ]
    if html_pages > SITEMAP_LIMIT:
        parts = count_pages(html_pages, SITEMAP_LIMIT)
        pages += [Page(path=f"sitemap-{n}.xml", kind="sitemap_part", number=n) for n in range(1, parts + 1)]
    pages += [page for story in index.archive.stories for page in _plan_redirects(story.slug, story.redirect_from)]
    return pages


def _plan_records() -> list[Page]:
    """The archive as records, and their schema."""
    tables = [Page(path=f"data/{table}.jsonl", kind="data", key=table) for table in DATA_TABLES]
    return [*tables, Page(path="data/schema.json", kind="schema")]


def _plan_data(settings: Settings) -> Iterator[Page]:
    """The archive as tables and as references, and what describes them."""
    for table in TABLES:
        yield Page(path=f"data/{table.name}.csv", kind="csv", key=table.name)
    yield Page(path="data/datapackage.json", kind="datapackage")
    for ending in EXPORTS:
        yield Page(path=f"data/citations.{ending}", kind="citations", key=ending)
    if settings.sqlite:
        yield Page(path="data/archive.sqlite", kind="sqlite")
    yield Page(path=CRATE_NAME, kind="crate")


def _plan_feeds(index: Index, settings: Settings) -> Iterator[Page]:
    for key in index.feeding.pages:
        yield Page(path=feed_path(key), kind="page_feed", key=key)
    if settings.base_url:
        yield Page(path=OPENSEARCH_NAME, kind="opensearch")


def list_downloads(settings: Settings) -> tuple[str, ...]:
    """The paths of the files that hold data to take away, in the order of the plan."""
    return tuple(page.path for page in (*_plan_records(), *_plan_data(settings)))


def _plan_redirects(slug: str, old_paths: tuple[str, ...]) -> Iterator[Page]:
    for old in old_paths:
        path = redirect_path(old)
        if path:
            yield Page(path=path, kind="redirect", key=f"stories/{slug}/index.html")


def redirect_path(old: str) -> str | None:
    """The file that answers at an old address; None where it names nothing inside the site (``..``, the front page)."""
    parts = [part for part in urlsplit(old).path.split("/") if part not in ("", ".")]
    if not parts or ".." in parts:
        return None
    is_file = not old.endswith("/") and "." in parts[-1]
    return "/".join(parts if is_file else [*parts, "index.html"])
