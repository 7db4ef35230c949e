"""Page -> (template, view): which view each kind of page is, and the frame around it. Kinds are those of ``plan_pages``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from alibaba_news.packaged import find_packaged
from alibaba_news.renderer.dates import word_month
from alibaba_news.renderer.frame import draw_frame, hash_style, own_feed, story_metas
from alibaba_news.renderer.linked_data import (
    describe_entity,
    describe_event,
    describe_outlet,
    describe_site,
    describe_story,
)
from alibaba_news.renderer.links import canonical_path
from alibaba_news.renderer.pages import Page, list_downloads
from alibaba_news.renderer.tracking import read_whole
from alibaba_news.renderer.views.about import draw_about
from alibaba_news.renderer.views.days import draw_calendar, draw_day_month
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.entity import draw_entity
from alibaba_news.renderer.views.event import draw_event
from alibaba_news.renderer.views.home import draw_home
from alibaba_news.renderer.views.lists import (
    draw_entities,
    draw_events,
    draw_stories,
)
from alibaba_news.renderer.views.outlet import draw_outlet
from alibaba_news.renderer.views.parts import Frame, Link, Meta
from alibaba_news.renderer.views.search import draw_search
from alibaba_news.renderer.views.small import NotFoundView, RedirectView
from alibaba_news.renderer.views.story import draw_story
from alibaba_news.renderer.views.timeline import draw_timeline, draw_year
from alibaba_news.renderer.views.unknown import draw_unknown

Drawn = tuple[str, Any]
Drawer = Callable[[Desk, Page], Drawn]


def _listed(desk: Desk, page: Page, section: str) -> Frame:
    """The frame of a list: a second part says so in its title, so that no two pages are called the same."""
    title = desk.words.t(f"list.{section}")
    description = f"{title}: {desk.settings.description or desk.settings.title}"
    return draw_frame(desk, title=_number(desk, title, page), description=description, section=section)


def _number(desk: Desk, title: str, page: Page) -> str:
    return title if page.number == 1 else f"{title}, {desk.words.t('pager.page', number=desk.words.number(page.number))}"


def _draw_home(desk: Desk, _: Page) -> Drawn:
    settings = desk.settings
    frame = draw_frame(
        desk, title=settings.title, description=settings.description or settings.title, linked_data=describe_site(desk)
    )
    return "home.html", draw_home(desk, frame)


def _draw_story(desk: Desk, page: Page) -> Drawn:
    story = read_whole(desk.index.stories[page.key])
    frame = draw_frame(
        desk,
        title=story.title,
        description=story.description or story.title,
        section="stories",
        metas=(Meta(attribute="property", name="og:type", content="article"), *story_metas(desk, story)),
        linked_data=describe_story(desk, story),
        site_name=bool(story.outlet),
    )
    return "story.html", draw_story(desk, frame, story)


def _draw_entity(desk: Desk, page: Page) -> Drawn:
    row = desk.index.entities[page.key]
    kind = row.id.partition("/")[0]
    description = f"{row.name}: {desk.entity_line(row).counts}"
    title = _number(desk, row.name, page)
    frame = draw_frame(
        desk,
        title=title,
        description=description,
        section=kind,
        linked_data=describe_entity(desk, row),
        feed=own_feed(desk, row.id, row.name),
    )
    return "entity.html", draw_entity(desk, frame, row, page.number)


def _draw_event(desk: Desk, page: Page) -> Drawn:
    event = desk.index.events[page.key]
    description = f"{event.name}: {desk.when(event, 'long').text}"
    title = _number(desk, event.name, page)
    frame = draw_frame(
        desk,
        title=title,
        description=description,
        section="events",
        linked_data=describe_event(desk, event),
        feed=own_feed(desk, event.id, event.name),
    )
    return "event.html", draw_event(desk, frame, event, page.number)


def _draw_outlet(desk: Desk, page: Page) -> Drawn:
    facts = desk.index.outlet_facts[page.key]
    description = f"{facts.outlet.name}: {desk.words.n('count.stories', len(facts.stories))}"
    title = _number(desk, facts.outlet.name, page)
    linked = describe_outlet(desk, facts.outlet)
    frame = draw_frame(desk, title=title, description=description, section="outlets", linked_data=linked)
    return "outlet.html", draw_outlet(desk, frame, page.key, page.number)


def _draw_year(desk: Desk, page: Page) -> Drawn:
    title = f"{desk.words.t('list.timeline')} {page.key}"
    frame = draw_frame(desk, title=_number(desk, title, page), description=title, section="timeline")
    return "year.html", draw_year(desk, frame, int(page.key), page.number)


def _draw_calendar(desk: Desk, _: Page) -> Drawn:
    title = desk.words.t("list.on-this-day")
    frame = draw_frame(desk, title=title, description=f"{title}: {desk.settings.title}", section="timeline")
    return "days.html", draw_calendar(desk, frame)


def _draw_day_month(desk: Desk, page: Page) -> Drawn:
    title = f"{desk.words.t('list.on-this-day')}: {word_month(int(page.key), desk.words.language)}"
    frame = draw_frame(desk, title=_number(desk, title, page), description=title, section="timeline")
    return "days.html", draw_day_month(desk, frame, int(page.key), page.number)


def _draw_about(desk: Desk, page: Page) -> Drawn:
    return "about.html", draw_about(desk, _listed(desk, page, "about"), list_downloads(desk.settings))


def _draw_not_found(desk: Desk, _: Page) -> Drawn:
    style = (find_packaged("templates") / "not_found.css").read_text(encoding="utf-8")
    base = desk.settings.base_url
    keys = ("stories", "people", "events", "timeline", "search")
    targets = [("index.html", desk.settings.title), *((f"{key}/index.html", desk.words.t(f"nav.{key}")) for key in keys)]
    return "404.html", NotFoundView(
        lang=desk.settings.language,
        site_title=desk.settings.title,
        policy=hash_style(style),
        style=style,
        links=tuple(Link(text=text, href=base + canonical_path(path) if base else path) for path, text in targets),
    )


def _draw_redirect(desk: Desk, page: Page) -> Drawn:
    base = desk.settings.base_url
    canonical = base + canonical_path(page.key) if base else None
    slug = page.key.split("/")[1]
    view = RedirectView(
        lang=desk.settings.language, title=desk.index.stories[slug].title, href=desk.link(page.key), canonical=canonical
    )
    return "redirect.html", view


DRAWERS: Mapping[str, Drawer] = {
    "home": _draw_home,
    "stories": lambda d, p: ("stories.html", draw_stories(d, _listed(d, p, "stories"), p.number)),
    "story": _draw_story,
    "entities": lambda d, p: ("entities.html", draw_entities(d, _listed(d, p, p.key), p.key, p.number)),
    "entity": _draw_entity,
    "events": lambda d, p: ("events.html", draw_events(d, _listed(d, p, "events"), p.number)),
    "event": _draw_event,
    "outlets": lambda d, p: ("entities.html", draw_entities(d, _listed(d, p, "outlets"), "outlets", p.number)),
    "outlet": _draw_outlet,
    "timeline": lambda d, p: ("timeline.html", draw_timeline(d, _listed(d, p, "timeline"))),
    "year": _draw_year,
    "calendar": _draw_calendar,
    "day_month": _draw_day_month,
    "search": lambda d, p: ("search.html", draw_search(d, _listed(d, p, "search"))),
    "unknown": lambda d, p: ("unknown.html", draw_unknown(d, _listed(d, p, "unknown"), p.number)),
    "about": _draw_about,
    "not_found": _draw_not_found,
    "redirect": _draw_redirect,
}
HTML_KINDS = frozenset(DRAWERS) - {"not_found", "redirect"}
