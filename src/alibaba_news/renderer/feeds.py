"""Atom (RFC 4287) and JSON Feed 1.1 of the stories that changed last. No clock: a feed is as new as its newest entry.

The whole archive has both; a person, organization, place, product or event that several stories tell of has Atom.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from alibaba_news.characters import encode_clean
from alibaba_news.renderer.entries import NEVER, EntryNotice, FeedEntry, pick_newest
from alibaba_news.renderer.escaping import escape_text
from alibaba_news.renderer.links import canonical_path, page_path
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.text import make_slug

ATOM = "http://www.w3.org/2005/Atom"
FEED_NAME = "feed.xml"
_NOTICES = {"withdrawn": "story.withdrawn", "correction": "story.correction", "reply": "story.reply"}


def write_atom(desk: Desk) -> bytes:
    """The feed of the whole archive."""
    settings = desk.settings
    entries = _list_newest(desk)
    return _write_feed(desk, settings.title, settings.description, "index.html", entries)


def _list_newest(desk: Desk) -> list[FeedEntry]:
    feeding = desk.index.feeding
    return [feeding.entries[slug] for slug in feeding.newest[: desk.settings.feed_size]]


def write_page_feed(desk: Desk, key: str) -> bytes:
    """The feed of one person, organization, place, product or event, by its id."""
    row = desk.index.events[key] if key.startswith("events/") else desk.index.entities[key]
    feeding = desk.index.feeding
    updated = {slug: moment for slug in row.stories if (moment := feeding.updated.get(slug)) is not None}
    entries = [feeding.entries[slug] for slug in pick_newest(updated, desk.settings.feed_size)]
    return _write_feed(desk, name_feed(desk, row.name), "", page_path(key), entries)


def name_feed(desk: Desk, name: str) -> str:
    """The title of the feed of one page."""
    return f"{name} – {desk.settings.title}"


def feed_path(key: str) -> str:
    """The file of the feed of one page, by the page's id."""
    return f"{key}/{FEED_NAME}"


def write_json_feed(desk: Desk) -> bytes:
    """The stories of the Atom feed as JSON Feed."""
    settings = desk.settings
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": settings.title,
        "language": settings.language,
    }
    if settings.description:
        feed["description"] = settings.description
    if settings.base_url:
        feed |= {"home_page_url": settings.base_url, "feed_url": settings.base_url + "feed.json"}
    feed["items"] = [_draw_item(desk, entry) for entry in _list_newest(desk)]
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def feed_id(desk: Desk, path: str) -> str:
    """The canonical address of a page, or a ``tag:`` id (RFC 4151) that never changes while the title and slug stay."""
    base = desk.settings.base_url
    if base:
        return base + canonical_path(path)
    tail = canonical_path(path).rstrip("/")
    return f"tag:{make_slug(desk.settings.title, 'archive')}.invalid,2000:{tail or 'archive'}"


def summarize(desk: Desk, entry: FeedEntry) -> str:
    """The lead, after what an editor put above the story, each with its day."""
    return "\n\n".join(filter(None, (*(_write_notice(desk, notice) for notice in entry.notices), entry.description)))


def _write_notice(desk: Desk, notice: EntryNotice) -> str:
    return f"{desk.words.t(_NOTICES[notice.kind])} ({desk.plain_date(notice.date)}): {notice.text}"


def _address(desk: Desk, path: str) -> str:
    base = desk.settings.base_url
    return base + canonical_path(path) if base else desk.link(path)


def _write_feed(desk: Desk, title: str, subtitle: str, page: str, entries: list[FeedEntry]) -> bytes:
    home = "" if page == "index.html" else desk.path
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="{ATOM}" xml:lang="{desk.settings.language}">',
        _tag("id", feed_id(desk, home)),
        _tag("title", title),
        *([_tag("subtitle", subtitle)] if subtitle else []),
        _tag("updated", entries[0].updated if entries else NEVER),
        f"<author>{_tag('name', desk.settings.title)}</author>",
        f'<link rel="self" type="application/atom+xml" href="{escape_text(_address(desk, desk.path))}"/>',
        f'<link rel="alternate" type="text/html" href="{escape_text(_address(desk, page))}"/>',
        *(line for entry in entries for line in _list_entry(desk, entry)),
        "</feed>",
    ]
    return encode_clean("\n".join(lines) + "\n")


def _list_entry(desk: Desk, entry: FeedEntry) -> Iterable[str]:
    path = page_path(f"stories/{entry.slug}")
    yield "<entry>" if entry.lang == desk.settings.language else f'<entry xml:lang="{escape_text(entry.lang)}">'
    yield _tag("id", feed_id(desk, path))
    yield _tag("title", entry.title)
    yield f'<link rel="alternate" type="text/html" href="{escape_text(_address(desk, path))}"/>'
    if entry.published:
        yield _tag("published", entry.published)
    yield _tag("updated", entry.updated)
    for name in entry.authors:
        yield f"<author>{_tag('name', name)}</author>"
    yield f'<summary type="text">{escape_text(summarize(desk, entry))}</summary>'
    yield "</entry>"


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape_text(text)}</{name}>"


def _draw_item(desk: Desk, entry: FeedEntry) -> dict[str, Any]:
    path = page_path(f"stories/{entry.slug}")
    item: dict[str, Any] = {"id": feed_id(desk, path), "title": entry.title, "content_text": summarize(desk, entry)}
    if desk.settings.base_url:
        item["url"] = _address(desk, path)
    if entry.url:
        item["external_url"] = entry.url
    if entry.published:
        item["date_published"] = entry.published
    item["date_modified"] = entry.updated
    if entry.authors:
        item["authors"] = [{"name": name} for name in entry.authors]
    return item | {"language": entry.lang}
