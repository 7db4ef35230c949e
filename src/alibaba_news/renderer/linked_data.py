"""schema.org descriptions of stories, people, organizations, places, products and events, as plain mappings."""

from __future__ import annotations

from typing import Any

from alibaba_news.model import ArchiveEntity, ArchiveEvent, Story
from alibaba_news.renderer.frame import breadcrumbs, identify
from alibaba_news.renderer.links import page_path
from alibaba_news.renderer.views.desk import Desk

TYPES = {"people": "Person", "organizations": "Organization", "places": "Place", "products": "Product"}


def describe_story(desk: Desk, story: Story) -> list[dict[str, Any]]:
    """A NewsArticle; a date that was inferred or is cut is left out rather than given as if printed."""
    article: dict[str, Any] = {"@type": "NewsArticle", **identify(desk, f"stories/{story.slug}")}
    article |= {"headline": story.title[:110], "inLanguage": story.lang}
    if story.description:
        article["description"] = story.description
    if story.date and story.date_origin == "stated" and len(story.date) >= 10 and not story.date_latest:
        article["datePublished"] = story.date
    if story.authors:
        article["author"] = [{"@type": "Person", "name": name} for name in story.authors]
    if story.outlet:
        article["publisher"] = {"@type": "NewsMediaOrganization", "name": desk.outlet_name(story)}
    if story.url:
        article["isBasedOn"] = story.url
    about = [_refer(desk, key) for key in story.entities() if key in desk.index.entities]
    if about:
        article["mentions"] = about
    trail = [(desk.words.t("nav.stories"), "stories/index.html"), (story.title, page_path(f"stories/{story.slug}"))]
    return [article, *breadcrumbs(desk, trail)]


def describe_entity(desk: Desk, row: ArchiveEntity) -> list[dict[str, Any]]:
    """A Person, Organization, Place or Product with its other names and the identities it is known under elsewhere."""
    kind = row.id.partition("/")[0]
    found: dict[str, Any] = {"@type": TYPES[kind], **identify(desk, row.id), "name": row.name}
    if row.aliases:
        found["alternateName"] = list(row.aliases)
    if row.same_as:
        found["sameAs"] = list(row.same_as)
    if row.coordinates and kind == "places":
        found["geo"] = {"@type": "GeoCoordinates", "latitude": row.coordinates[0], "longitude": row.coordinates[1]}
    return [found, *breadcrumbs(desk, [(desk.words.t(f"nav.{kind}"), f"{kind}/index.html"), (row.name, page_path(row.id))])]


def describe_event(desk: Desk, event: ArchiveEvent) -> list[dict[str, Any]]:
    """An Event with as much of its date as is known (ISO 8601 allows a year or a month alone)."""
    found: dict[str, Any] = {"@type": "Event", **identify(desk, event.id), "name": event.name}
    if event.start:
        found |= {"startDate": event.start, "endDate": event.end or event.start}
    place = desk.place_name(event.place)
    if place:
        found["location"] = {"@type": "Place", "name": place}
    people = [_refer(desk, key) for key in (*event.people, *event.organizations) if key in desk.index.entities]
    if people:
        found["attendee"] = people
    return [found, *breadcrumbs(desk, [(desk.words.t("nav.events"), "events/index.html"), (event.name, page_path(event.id))])]


def describe_site(desk: Desk) -> list[dict[str, Any]]:
    """The WebSite, for the front page."""
    settings = desk.settings
    found: dict[str, Any] = {"@type": "WebSite", "name": settings.title, "inLanguage": settings.language}
    if settings.base_url:
        found["url"] = settings.base_url
    if settings.description:
        found["description"] = settings.description
    return [found]


def _refer(desk: Desk, key: str) -> dict[str, str]:
    row = desk.index.entities[key]
    return {"@type": TYPES[key.partition("/")[0]], **identify(desk, key), "name": row.name}
