"""Atom (RFC 4287) and JSON Feed 1.1 of the newest stories. No clock: the feed is as new as its newest story."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

from alibaba_news.model import Story
from alibaba_news.renderer.dates import parse_moment
from alibaba_news.renderer.links import canonical_path, page_path
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.text import make_slug

ATOM = "http://www.w3.org/2005/Atom"
# Newspapers here write no zone: western Indonesian time, where most of them are made.
HOME_ZONE = "+07:00"
NEVER = f"1970-01-01T00:00:00{HOME_ZONE}"  # an archive without a single date must still say when (RFC 4287, 4.1.1)


def write_atom(desk: Desk) -> bytes:
    """The feed. A story without a date has no place in an order of time and is left out (an entry must carry one)."""
    settings = desk.settings
    stories = [story for story in desk.index.archive.stories if parse_moment(story.date)][: settings.feed_size]
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": settings.language})
    _add(feed, "id", feed_id(desk, ""))
    _add(feed, "title", settings.title)
    if settings.description:
        _add(feed, "subtitle", settings.description)
    _add(feed, "updated", max((find_updated(story) for story in stories), default=NEVER))
    _add(ET.SubElement(feed, "author"), "name", settings.title)
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": _address(desk, "feed.xml")})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": _address(desk, "index.html")})
    for story in stories:
        _add_entry(desk, feed, story)
    ET.indent(feed)
    text: str = ET.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode("utf-8", "replace")


def write_json_feed(desk: Desk) -> bytes:
    """The same stories as JSON Feed; undated ones follow the dated ones, since no date is asked for there."""
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
    stories = desk.index.archive.stories[: settings.feed_size]
    feed["items"] = [_draw_item(desk, story) for story in stories]
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def feed_id(desk: Desk, path: str) -> str:
    """The canonical address of a page, or a ``tag:`` id (RFC 4151) that never changes while the title and slug stay."""
    base = desk.settings.base_url
    if base:
        return base + canonical_path(path)
    tail = canonical_path(path).rstrip("/")
    return f"tag:{make_slug(desk.settings.title, 'archive')}.invalid,2000:{tail or 'archive'}"


def find_updated(story: Story) -> str:
    """When a story last changed: its date, or a later correction, reply or withdrawal."""
    days = [story.date or "", *(c.date for c in story.corrections), *(r.date for r in story.replies)]
    if story.withdrawn:
        days.append(story.withdrawn.date)
    return max(filter(None, map(write_timestamp, days)), default=NEVER)


def write_timestamp(value: str | None) -> str | None:
    """An RFC 3339 timestamp: the first moment a cut date allows. None where there is no date."""
    moment = parse_moment(value)
    if moment is None:
        return None
    clock = moment.time.strftime("%H:%M") if moment.time else "00:00"
    zone = moment.zone or HOME_ZONE
    zone = zone if zone == "Z" or ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return f"{moment.first_day.isoformat()}T{clock}:00{zone}"


def _add(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text


def _address(desk: Desk, path: str) -> str:
    base = desk.settings.base_url
    return base + canonical_path(path) if base else path


def _add_entry(desk: Desk, feed: ET.Element, story: Story) -> None:
    path = page_path(f"stories/{story.slug}")
    entry = ET.SubElement(feed, "entry")
    _add(entry, "id", feed_id(desk, path))
    _add(entry, "title", story.title)
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": _address(desk, path)})
    moment = parse_moment(story.date)
    if moment and moment.day and not story.date_latest:
        _add(entry, "published", write_timestamp(story.date) or NEVER)
    _add(entry, "updated", find_updated(story))
    for name in story.authors or ((story.outlet,) if story.outlet else ()):
        _add(ET.SubElement(entry, "author"), "name", name)
    _add(entry, "summary", summarize(desk, story), type="text")


def summarize(desk: Desk, story: Story) -> str:
    """The lead, after what an editor put above the story: a withdrawal, corrections, replies."""
    notes = []
    if story.withdrawn:
        notes.append(f"{desk.words.t('story.withdrawn')}: {story.withdrawn.reason}")
    notes += [f"{desk.words.t('story.correction')} ({desk.plain_date(c.date)}): {c.text}" for c in story.corrections]
    notes += [f"{desk.words.t('story.reply')} ({desk.plain_date(r.date)}): {r.text}" for r in story.replies]
    return "\n\n".join(filter(None, (*notes, story.description)))


def _draw_item(desk: Desk, story: Story) -> dict[str, Any]:
    path = page_path(f"stories/{story.slug}")
    item: dict[str, Any] = {"id": feed_id(desk, path), "title": story.title, "content_text": summarize(desk, story)}
    if desk.settings.base_url:
        item["url"] = _address(desk, path)
    if story.url:
        item["external_url"] = story.url
    moment = parse_moment(story.date)
    if moment and moment.day and not story.date_latest:
        item["date_published"] = write_timestamp(story.date)
    if find_updated(story) != NEVER:
        item["date_modified"] = find_updated(story)
    names = story.authors or ((story.outlet,) if story.outlet else ())
    if names:
        item["authors"] = [{"name": name} for name in names]
    return item | {"language": story.lang}
