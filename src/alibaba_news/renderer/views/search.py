"""The search page: its controls, what its script must know, and the lists that do the job where no script runs."""

from __future__ import annotations

import json
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.renderer.search.documents import KINDS
from alibaba_news.renderer.search.layout import FOLDER, PLAN_FILE, choose_bounds
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import Frame, Link

SCRIPTS = ("stem", "words", "index", "query", "excerpt", "spelling", "page")
# Its own files, also from disk; nothing that stands in the page itself ever runs.
_POLICY = "; script-src 'self' file:"
_WORDS = ("none", "one", "other", "meant", "failed", "nothing", "nothing_all", "nothing_filters", "times")


class Control(Struct, frozen=True, kw_only=True):
    """A list to choose from; ``options`` are (value, words)."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


class SearchView(Struct, frozen=True, kw_only=True):
    """``count`` says how much can be found; ``plan`` is JSON for the scripts, with every "<" escaped."""

    page: Frame
    count: str
    controls: tuple[Control, ...]
    plan: str
    scripts: tuple[str, ...]
    lists: tuple[Link, ...]


def draw_search(desk: Desk, frame: Frame) -> SearchView:
    """The one search page of a site."""
    plan, t = desk.index.search, desk.words.t
    kinds = tuple((kind, t(f"nav.{kind}")) for kind in KINDS)
    people, outlets = tuple(plan.people), tuple(plan.outlets)
    controls = (("kind", kinds), ("year", tuple((y, y) for y in plan.years)), ("outlet", outlets), ("person", people))
    return SearchView(
        page=replace(frame, policy=frame.policy + _POLICY),
        count=desk.words.n("search.all", sum(len(chunk) for block in plan.ids for chunk in block)),
        controls=tuple(
            Control(name=name, label=t(f"search.{name}"), options=(("", t(f"search.any_{name}")), *rows))
            for name, rows in controls
            if rows
        ),
        plan=_write_plan(desk),
        scripts=_list_scripts(desk),
        lists=tuple(Link(text=t(f"nav.{key}"), href=desk.link(f"{key}/index.html")) for key in (*KINDS, "timeline")),
    )


def _list_scripts(desk: Desk) -> tuple[str, ...]:
    """In the order in which they run; the table of all documents comes with them, before the one that asks for it."""
    *others, last = (f"static/search/{name}.js" for name in SCRIPTS)
    return tuple(map(desk.link, (*others, PLAN_FILE, last)))


def _write_plan(desk: Desk) -> str:
    layout = desk.index.search.layout
    plan: dict[str, Any] = {
        "home": desk.link("index.html").removesuffix("index.html"),
        "documents": desk.link(PLAN_FILE),
        "folder": desk.link(f"{FOLDER}/x").removesuffix("x"),
        "whole": layout.whole,
        "blocks": layout.blocks,
        "bounds": choose_bounds(layout),
        "kinds": KINDS,
        "language": desk.words.language,
        "words": {word: desk.words.t(f"search.{word}") for word in _WORDS},
        "names": {kind: desk.words.t(f"one.{kind}") for kind in KINDS if kind != "stories"},
    }
    text = json.dumps(plan, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
