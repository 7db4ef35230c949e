"""One Source in, one Story out: the parts read in order, an editor's word before the program's in every key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.diagnostics import Diagnostic
from alibaba_news.loader.checks import check_given, index_read
from alibaba_news.loader.dates import Dating
from alibaba_news.loader.given import Given, resolve_names
from alibaba_news.loader.given_dating import read_given_dating
from alibaba_news.loader.language import guess_language
from alibaba_news.loader.names import Names, read_names
from alibaba_news.loader.names.given import locate_names, locate_roles
from alibaba_news.loader.page import Page, read_page
from alibaba_news.loader.sources import Source
from alibaba_news.loader.title import derive_title, describe
from alibaba_news.model import ENTITY_KINDS, Entity, Event, Figure, Place, Quote, Story, place_texts
from alibaba_news.text import make_slug
from alibaba_news.world import World, settle_outlet

Texts = Mapping[Place, str]
NO_STORY = "no story found: nothing but page furniture. It was left out; remove the file or give it its article's text."
_SHORTEST_GROUP = 5  # letters of what a group of papers is called by


class _Findings(Struct, frozen=True, kw_only=True):
    """What the text of one story says, as far as the editor has not said it."""

    names: Names
    dating: Dating
    quotes: tuple[Quote, ...]
    figures: tuple[Figure, ...]
    events: tuple[Event, ...]


def read_story(source: Source, world: World) -> tuple[Story | None, tuple[Diagnostic, ...]]:
    """The story of one article, or None with a warning where the file holds no story. Never raises for its content."""
    given = source.given
    page = read_page(source, world)
    if not page.paragraphs and given.withdrawn is None:
        return None, (Diagnostic(path=source.path, line=source.line, message=NO_STORY, severity="warning"),)
    title = given.title or page.title or derive_title(page.paragraphs) or source.file
    texts = place_texts(title, page.paragraphs, page.captions)
    findings = _read_complete(given, texts, page, world) if _is_complete(given) else _read_open(given, texts, page, world)
    return _make_story(source, page, title, findings), check_given(given, texts, findings.names)


def _is_complete(given: Given) -> bool:
    """An editor who names people, organizations, places and events has said what the story holds: nothing more is sought."""
    return {"people", "organizations", "places", "events"} <= given.keys


def _read_complete(given: Given, texts: Texts, page: Page, world: World) -> _Findings:
    names = _locate_given(given, texts, Names())
    dating = read_given_dating(given, texts, page.page_dates, world, with_dates=False)
    return _Findings(
        names=names, dating=dating, quotes=given.quotes or (), figures=given.figures or (), events=given.events or ()
    )


def _read_open(given: Given, texts: Texts, page: Page, world: World) -> _Findings:
    from alibaba_news.loader.events import read_events
    from alibaba_news.loader.figures import read_figures
    from alibaba_news.loader.quotes import read_quotes

    read = read_names(texts, page.dateline, world)
    read = replace(read, organizations=tuple(o for o in read.organizations if not _is_outlet(o, page.outlet)))
    names = _locate_given(given, texts, read)
    dating = read_given_dating(given, texts, page.page_dates, world, with_dates=True)
    speakers = (*names.people, *names.organizations)
    resolved = resolve_names(given, index_read(names)) if given.events or given.quotes else given
    quotes = resolved.quotes if resolved.quotes is not None else read_quotes(texts, speakers, world)
    figures = given.figures if given.figures is not None else read_figures(texts, dating.dates)
    events = resolved.events
    if events is None:
        events = read_events(texts, dating.dates, {kind: getattr(names, kind) for kind in ENTITY_KINDS}, quotes, world)
    return _Findings(names=names, dating=dating, quotes=quotes, figures=figures, events=events)


def _is_outlet(organization: Entity, outlet: str | None) -> bool:
    """The paper that prints a story is no organization of it, nor is its address ("Kontan", "KONTAN.CO.ID")."""
    if outlet is None:
        return False
    forms = (organization.name, *organization.aliases)
    settled = settle_outlet(outlet)
    if _core(outlet) in map(_core, forms) or (settled is not None and settled in map(settle_outlet, forms)):
        return True
    # "saat ditemui Tribun" in TRIBUNSOLO.COM: a paper of a group calls itself by the group's name.
    called = {m.text.casefold() for m in organization.mentions}
    return "." in outlet and any(len(c) >= _SHORTEST_GROUP and " " not in c and _core(outlet).startswith(c) for c in called)


@lru_cache(maxsize=4096)  # the outlet's own is asked for beside every organization, and many stories tell of the same ones
def _core(name: str) -> str:
    return re.sub(r"(?:\.(?:com|co|id|net|news|tv))+$|\W", "", name.casefold())


def _locate_given(given: Given, texts: Texts, read: Names) -> Names:
    """The names read, each kind replaced by the editor's where those stand, with mentions and roles led to the text."""
    found: dict[str, tuple[Entity, ...]] = {
        kind: (getattr(given, kind) or ()) if kind in given.keys else getattr(read, kind) for kind in ENTITY_KINDS
    }
    # A record tells every mention: one that it tells without any (a dateline's place) has none.
    sought = [kind for kind in ENTITY_KINDS if kind in given.keys - given.located]
    found.update(zip(sought, locate_names([found[kind] for kind in sought], texts), strict=True))
    found["people"] = tuple(locate_roles(person, texts) for person in found["people"])
    return Names(**found)


def _make_story(source: Source, page: Page, title: str, findings: _Findings) -> Story:
    given, dating = source.given, findings.dating
    stated = given.title_origin or ("stated" if given.title or page.title else "inferred")
    return Story(
        title=title,
        title_origin=stated,
        slug=given.slug or make_slug(title, fallback="berita"),
        lang=given.lang or guess_language(page.paragraphs),
        description=given.description if given.description is not None else describe(page.paragraphs),
        date=dating.date,
        date_origin=dating.date_origin,
        date_evidence=dating.date_evidence,
        date_latest=dating.date_latest,
        date_candidates=dating.date_candidates,
        retrieved=given.retrieved if "retrieved" in given.keys else dating.retrieved,
        url=given.url if "url" in given.keys else page.url,
        outlet=page.outlet,
        dateline=page.dateline,
        authors=page.authors,
        editors=page.editors,
        people=findings.names.people,
        organizations=findings.names.organizations,
        places=findings.names.places,
        products=findings.names.products,
        events=findings.events,
        dates=dating.dates,
        quotes=findings.quotes,
        figures=findings.figures,
        captions=page.captions,
        source=page.source,
        corrections=given.corrections or (),
        replies=given.replies or (),
        withdrawn=given.withdrawn,
        withhold=given.withhold or (),
        redirect_from=given.redirect_from or (),
        body=page.paragraphs,
        slug_given=given.slug is not None,
        read_from=(source.path, source.line),
        slug_at=given.slug_at,
        file=source.file,
        date_settled=dating.settled,
        date_open_days=dating.open_days,
    )
