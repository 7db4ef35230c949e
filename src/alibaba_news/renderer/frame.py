"""What stands around every page: head, masthead, navigation, footer; its description for search engines and Zotero."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from alibaba_news.renderer.citing.cited import date_story
from alibaba_news.renderer.feeds import feed_path, name_feed
from alibaba_news.renderer.links import canonical_path, page_path, relative_link
from alibaba_news.renderer.opensearch import OPENSEARCH_NAME
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import Frame, Link, Meta, NavItem
from alibaba_news.renderer.words import Words

if TYPE_CHECKING:
    from alibaba_news.model import Story

NAVIGATION = ("stories", "people", "events", "organizations", "places", "timeline", "search", "about")
FOOTER = ("unknown", "on-this-day", "outlets", "products")
# Nothing a text says can ever load or run anything. From disk a page has no origin that 'self' could mean, hence "file:".
_OWN = "'self' file:"
_LOADS = f"default-src 'none'; style-src {_OWN}; font-src {_OWN}; img-src {_OWN}"
# connect-src: checkers of pages read robots.txt in the page's name; the pages themselves have nothing that could connect.
POLICY = f"{_LOADS}; connect-src 'self'; base-uri 'none'; form-action 'none'"
FORM_POLICY = POLICY.replace("form-action 'none'", f"form-action {_OWN}")  # of a page with a form that leads to another one

_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # dumps would make an encoder for each page
# In a script of a page: what could end it, and what a page would have as a line end or not at all.
_UNSAFE = re.compile("[<>&\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class _Common(Struct, frozen=True, kw_only=True):
    """What the frames of all pages have that stand as deep in one part of the site and belong to one section."""

    home: str
    styles: tuple[str, ...]
    icon: str
    feeds: tuple[Link, ...]
    opensearch: str
    nav: tuple[NavItem, ...]
    more: tuple[Link, ...]


def _draw_common(desk: Desk, section: str) -> _Common:
    top, *folders = desk.path.split("/")[:-1] or [""]
    beside = "/".join((top, *("x" for _ in folders), "index.html")).lstrip("/")
    return _draw_links(beside, desk.styles, section, desk.words.language)


@lru_cache(maxsize=256)
def _draw_links(path: str, styles: tuple[str, ...], section: str, language: str) -> _Common:
    """The links of ``_Common`` from ``path``: each leads to the first folder of a part of the site, or above."""
    words, link = Words(language), partial(relative_link, path)
    return _Common(
        home=link("index.html"),
        styles=tuple(map(link, styles)),
        icon=link("static/icon.svg"),
        feeds=(
            Link(text="application/atom+xml", href=link("feed.xml")),
            Link(text="application/feed+json", href=link("feed.json")),
        ),
        opensearch=link(OPENSEARCH_NAME),
        nav=tuple(
            NavItem(text=words.t(f"nav.{key}"), href=link(f"{key}/index.html"), current=key == section) for key in NAVIGATION
        ),
        more=tuple(Link(text=words.t(f"nav.{key}"), href=link(f"{key}/index.html")) for key in FOOTER),
    )


def draw_frame(
    desk: Desk,
    *,
    title: str,
    description: str,
    section: str = "",
    metas: tuple[Meta, ...] = (),
    linked_data: list[dict[str, Any]] | None = None,
    feed: Link | None = None,
    site_name: bool = True,
) -> Frame:
    """The frame of one page; ``section`` is the navigation's entry that it belongs to, ``feed`` the page's own."""
    settings, common = desk.settings, _draw_common(desk, section)
    home = desk.path == "index.html"
    canonical = settings.base_url + canonical_path(desk.path) if settings.base_url else None
    whole = settings.title if home else f"{title} – {settings.title}"
    return Frame(
        lang=settings.language,
        title=whole,
        description=description,
        site_title=settings.title,
        home=common.home,
        is_home=home,
        # Counts that stood on every page would make every page another one with each story that comes.
        summary=draw_summary(desk) if home else "",
        policy=FORM_POLICY if home else POLICY,
        styles=common.styles,
        icon=common.icon,
        canonical=canonical,
        noindex=settings.noindex,
        feeds=common.feeds,
        feed=feed,
        opensearch=common.opensearch if settings.base_url else None,
        metas=(
            *_share_metas(settings.title if site_name else "", title, description, canonical, settings.language),
            *metas,
        ),
        linked_data=write_linked_data(linked_data or []),
        nav=common.nav,
        more=common.more,
    )


def draw_summary(desk: Desk) -> str:
    """The archive in one line: "5 berita · 9 tokoh · 6 peristiwa · 2016–2019"; what it has none of is left out."""
    archive, n = desk.index.archive, desk.words.n
    parts = (
        n("count.stories", len(archive.stories)),
        n("count.people", len(archive.people)) if archive.people else "",
        n("count.events", len(archive.events)) if archive.events else "",
        desk.index.span,
    )
    return " · ".join(filter(None, parts))


def write_linked_data(graph: list[dict[str, Any]]) -> str:
    """JSON-LD that can stand in a page: no "<", ">" or "&" of a text survives as such."""
    if not graph:
        return ""
    text = _write_json({"@context": "https://schema.org", "@graph": graph})
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def hash_style(style: str) -> str:
    """The policy of a page that carries its style inside: exactly this one."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def story_metas(desk: Desk, story: Story) -> tuple[Meta, ...]:
    """Tags from which a reference manager files the story as a newspaper article under its own paper.

    Zotero (its translators "Embedded Metadata" and "RDF") takes the kind of item from DC.type, the paper from DC.source and,
    where that is missing, from og:site_name: a story of no named paper must not have it, or the archive would be its paper.
    Tags of the citation_ kind stand nowhere: citation_title alone makes Zotero think of a journal article.
    A date that no page prints has the "?" of ISO 8601-2, and no article:published_time.
    """
    date = date_story(story)
    pairs = [("DC.type", "newspaperArticle"), ("DC.title", story.title), ("DC.language", story.lang)]
    pairs += [("DC.creator", author) for author in story.authors]
    pairs += [("DC.source", desk.outlet_name(story) if story.outlet else ""), ("DC.date", date.edtf if date else "")]
    found = [Meta(attribute="name", name=name, content=content) for name, content in pairs if content]
    entry = desk.index.feeding.entries.get(story.slug)
    if entry and entry.published:
        found.append(Meta(attribute="property", name="article:published_time", content=story.date or ""))
    if entry and entry.notices:
        found.append(Meta(attribute="property", name="article:modified_time", content=entry.updated))
    return tuple(found)


def own_feed(desk: Desk, key: str, name: str) -> Link | None:
    """The feed of a page; None where the page has none."""
    if key not in desk.index.feeding.pages:
        return None
    return Link(text=desk.words.t("feed.follow"), href=desk.link(feed_path(key)), note=name_feed(desk, name))


def breadcrumbs(desk: Desk, trail: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """A BreadcrumbList of (name, path); none without a base_url, since its items must be whole addresses."""
    base = desk.settings.base_url
    if not base:
        return []
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": base + canonical_path(path)}
        for n, (name, path) in enumerate([(desk.settings.title, "index.html"), *trail], start=1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}]


def identify(desk: Desk, key: str) -> dict[str, str]:
    """The ``@id`` of an entity's, event's or story's page where the site has an address."""
    base = desk.settings.base_url
    return {"@id": base + canonical_path(page_path(key))} if base else {}


def _share_metas(site: str, title: str, description: str, canonical: str | None, language: str) -> tuple[Meta, ...]:
    pairs = [("og:site_name", site), ("og:title", title), ("og:description", description)]
    pairs += [("og:locale", {"id": "id_ID", "en": "en_GB"}[language]), ("og:url", canonical or "")]
    return tuple(Meta(attribute="property", name=name, content=content) for name, content in pairs if content)
