"""schema.org descriptions of stories, people, organizations, places, products, outlets and events, as plain mappings.

A date that no page prints is left out. What is given leads on: ``@id`` is the address of a page of this site, and stands only
where the site has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alibaba_news.model import ArchiveEntity, ArchiveEvent, Outlet, Story
from alibaba_news.renderer.frame import breadcrumbs, identify
from alibaba_news.renderer.links import keep_web, page_path
from alibaba_news.renderer.opensearch import SEARCH_QUERY
from alibaba_news.renderer.views.desk import Desk

TYPES = {"people": "Person", "organizations": "Organization", "places": "Place", "products": "Product"}
MOST_STORIES = 50  # named at an event or outlet: more would weigh on the page, and stand in its list anyway

Described = dict[str, Any]


def describe_story(desk: Desk, story: Story) -> list[Described]:
    """A NewsArticle of its paper, with what editors said of it since; about whom it is, by the ids of their pages."""
    path = f"stories/{story.slug}"
    article: Described = {"@type": "NewsArticle", **identify(desk, path), **_locate(desk, path)}
    article |= {"headline": story.title, "inLanguage": story.lang, "description": story.description}
    entry = desk.index.feeding.entries.get(story.slug)
    if entry:
        article["datePublished"] = story.date if entry.published else None
        article["dateModified"] = entry.updated if entry.notices else None
    article["author"] = [{"@type": "Person", "name": name} for name in story.authors]
    article["editor"] = [{"@type": "Person", "name": name} for name in story.editors]
    if story.outlet:
        article["publisher"] = _refer_outlet(desk, story)
        article["isPartOf"] = {"@type": "Newspaper", "name": desk.outlet_name(story)}
    article["isBasedOn"] = keep_web(story.url)
    article["about"] = [_refer_event(desk, event.id) for event in story.events if event.id in desk.index.events]
    article["mentions"] = [_refer(desk, key) for key in story.entities() if key in desk.index.entities]
    article |= _describe_notices(story)
    trail = [(desk.words.t("nav.stories"), "stories/index.html"), (story.title, page_path(path))]
    return [_drop_empty(article), *breadcrumbs(desk, trail)]


def describe_entity(desk: Desk, row: ArchiveEntity) -> list[Described]:
    """A Person, Organization, Place or Product with its other names and the identities it is known under elsewhere."""
    kind = row.id.partition("/")[0]
    found: Described = {"@type": TYPES[kind], **identify(desk, row.id), **_locate(desk, row.id), "name": row.name}
    found["alternateName"] = [name for name in row.aliases if name != row.name]
    found["sameAs"] = list(filter(None, map(keep_web, row.same_as)))
    found["geo"] = _describe_position(row)
    trail = [(desk.words.t(f"nav.{kind}"), f"{kind}/index.html"), (row.name, page_path(row.id))]
    return [_drop_empty(found), *breadcrumbs(desk, trail)]


def describe_event(desk: Desk, event: ArchiveEvent) -> list[Described]:
    """An Event with as much of its date as is known (ISO 8601 allows a year or a month alone) and the stories on it."""
    found: Described = {"@type": "Event", **identify(desk, event.id), **_locate(desk, event.id), "name": event.name}
    if event.start:
        found |= {"startDate": event.start, "endDate": event.end or event.start}
    place = desk.index.place_of(event)
    found["location"] = _refer_place(desk, place) if place else {"@type": "Place", "name": event.place} if event.place else None
    # Who is reported at an event need not attend it: a victim, a president who sends word.
    found["about"] = [_refer(desk, key) for key in (*event.people, *event.organizations) if key in desk.index.entities]
    found["subjectOf"] = _refer_stories(desk, event.stories)
    trail = [(desk.words.t("nav.events"), "events/index.html"), (event.name, page_path(event.id))]
    return [_drop_empty(found), *breadcrumbs(desk, trail)]


def describe_outlet(desk: Desk, outlet: Outlet) -> list[Described]:
    """A paper."""
    found = {"@type": "NewsMediaOrganization", **identify(desk, outlet.id), **_locate(desk, outlet.id), "name": outlet.name}
    trail = [(desk.words.t("nav.outlets"), "outlets/index.html"), (outlet.name, page_path(outlet.id))]
    return [found, *breadcrumbs(desk, trail)]


def describe_site(desk: Desk) -> list[Described]:
    """The WebSite, for the front page, with the address of its search."""
    settings = desk.settings
    found: Described = {"@type": "WebSite", "@id": settings.base_url}
    found |= {"name": settings.title, "inLanguage": settings.language, "description": settings.description}
    if settings.base_url:
        target = {"@type": "EntryPoint", "urlTemplate": f"{settings.base_url}{SEARCH_QUERY}{{search_term_string}}"}
        found["url"] = settings.base_url
        found["potentialAction"] = {
            "@type": "SearchAction",
            "target": target,
            "query-input": "required name=search_term_string",
        }
    return [_drop_empty(found)]


def _describe_notices(story: Story) -> Described:
    corrections = [{"@type": "CorrectionComment", "text": row.text, "datePublished": row.date} for row in story.corrections]
    replies = [
        _drop_empty({"@type": "Comment", "text": row.text, "datePublished": row.date, "url": keep_web(row.url)})
        for row in story.replies
    ]
    found: Described = {"correction": corrections, "comment": replies}
    if story.withdrawn:
        reason = {"@type": "CorrectionComment", "text": story.withdrawn.reason, "datePublished": story.withdrawn.date}
        found |= {"creativeWorkStatus": "Withdrawn", "correction": [reason, *corrections]}
    return found


def _describe_position(row: ArchiveEntity) -> Described | None:
    if row.coordinates is None or not row.id.startswith("places/"):
        return None
    latitude, longitude = row.coordinates
    return {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}


def _refer(desk: Desk, key: str) -> Described:
    return {"@type": TYPES[key.partition("/")[0]], **identify(desk, key), "name": desk.index.entities[key].name}


def _refer_place(desk: Desk, key: str) -> Described:
    """Where something happened, with its position; a story that only names a place leaves that to the page of the place."""
    return _drop_empty({**_refer(desk, key), "geo": _describe_position(desk.index.entities[key])})


def _refer_event(desk: Desk, key: str) -> Described:
    return {"@type": "Event", **identify(desk, key), "name": desk.index.events[key].name}


def _refer_outlet(desk: Desk, story: Story) -> Described:
    outlet = desk.index.outlets.get(story.slug)
    own = identify(desk, outlet.id) if outlet else {}
    return {"@type": "NewsMediaOrganization", **own, "name": desk.outlet_name(story)}


def _refer_stories(desk: Desk, slugs: Iterable[str]) -> list[Described]:
    rows = [desk.index.stories[slug] for slug in list(slugs)[:MOST_STORIES]]
    return [{"@type": "NewsArticle", **identify(desk, f"stories/{row.slug}"), "headline": row.title} for row in rows]


def _locate(desk: Desk, key: str) -> Described:
    """The address of the page itself, for readers that do not take an ``@id`` for one."""
    return {"url": address} if (address := identify(desk, key).get("@id")) else {}


def _drop_empty(found: Described) -> Described:
    """Nothing is said where nothing is known."""
    return {key: value for key, value in found.items() if value not in (None, "", [], {})}
