"""The texts of a page's JSON-LD scripts -> the one node that is its article, as texts. Broken JSON is mended or skimmed."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from alibaba_news.characters import clean_text
from alibaba_news.loader.html.parts import make_key
from alibaba_news.world import load_table

_SCRIPTS, _LONGEST, _NODES = 30, 2_000_000, 5000  # more than any newsroom prints, and little enough to walk
_WRAPPING = ("<!--", "-->", "/*<![CDATA[*/", "/*]]>*/", "//<![CDATA[", "//]]>", "<![CDATA[", "]]>")
_LAST_COMMA = re.compile(r",(?=\s{0,200}[}\]])")
_SKIMMED = re.compile(r'"(headline|datePublished|dateModified|url)"\s{0,9}:\s{0,9}"((?:[^"\\\n]|\\.){1,1000})"')


class ArticleData(Struct, frozen=True, kw_only=True):
    """Texts of the article's node, empty where it has none. ``body`` is its whole text where the page gives that too."""

    headline: str = ""
    published: str = ""
    modified: str = ""
    urls: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    publisher: str = ""
    body: str = ""


def read_linked_data(scripts: Sequence[str], url: str, titles: Sequence[str]) -> ArticleData:
    """The article among everything the scripts tell; ``url`` and ``titles`` (as the page states them elsewhere) say which it is
    where there are several. Never raises."""
    nodes: list[tuple[int, Mapping[str, Any]]] = []
    known: dict[str, Mapping[str, Any]] = {}
    for script in scripts[:_SCRIPTS]:
        tree = _parse(script[:_LONGEST])
        if tree is None:
            tree = _skim(script[:_LONGEST])
        _collect(tree, nodes, known)
    keys = [make_key(title) for title in titles if title]

    def rank(row: tuple[int, Mapping[str, Any]]) -> tuple[bool, bool, int]:
        data = _make_data(row[1], known)
        same = bool(url) and any(_same_address(url, own) for own in data.urls)
        key = make_key(data.headline)
        alike = len(key) > 10 and any(key in title or title in key for title in keys if title)
        return not (same or alike), not data.headline, row[0]

    best = min(nodes, key=rank, default=None)
    return _make_data(best[1], known) if best else ArticleData()


def _parse(script: str) -> object:
    bare = _unwrap(script)
    for text in (bare, _LAST_COMMA.sub("", bare), html.unescape(bare)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _unwrap(script: str) -> str:
    """Without the marks that once hid scripts from old browsers."""
    bare = script.strip(" \t\r\n;")
    for mark in _WRAPPING:
        bare = bare.removeprefix(mark).removesuffix(mark).strip(" \t\r\n;")
    return bare


def _skim(script: str) -> object:
    """The first of each value out of what no parser reads, if it speaks of an article at all."""
    if not any(f'"{kind}"' in script.lower() for kind in load_table("html")["articles"]):
        return None
    found: dict[str, str] = {"@type": "Article"}
    for key, value in _SKIMMED.findall(script):
        try:
            found.setdefault(key, json.loads(f'"{value}"', strict=False))
        except ValueError:
            continue
    return found


def _collect(tree: object, nodes: list[tuple[int, Mapping[str, Any]]], known: dict[str, Mapping[str, Any]]) -> None:
    """Articles with their rank (an article before a page) and every node by its id; a walk without recursion."""
    table = load_table("html")
    queue: list[object] = [tree]
    for at, node in enumerate(queue):  # the queue grows while it is walked
        if at > _NODES:
            return
        if isinstance(node, list):
            queue.extend(node[:_NODES])
        elif isinstance(node, dict):
            name = node.get("@id")
            if isinstance(name, str) and len(node) > 1:
                known.setdefault(name, node)
            kinds = {str(kind).rsplit("/", 1)[-1].lower() for kind in _listed(node.get("@type"))}
            if kinds & set(table["articles"]):
                nodes.append((0, node))
            elif kinds & set(table["pages"]):
                nodes.append((1, node))
            queue.extend(v for k, v in node.items() if isinstance(v, dict | list) and k.lower() not in table["elsewhere"])


def _make_data(node: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> ArticleData:
    page = node.get("mainEntityOfPage")
    urls = [_text(node.get("url")), _text(page.get("@id") or page.get("url")) if isinstance(page, dict) else _text(page)]
    return ArticleData(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        published=_text(node.get("datePublished")),
        modified=_text(node.get("dateModified")),
        urls=tuple(url for url in urls if url),
        authors=tuple(_names(node.get("author") or node.get("creator"), known, people=True)),
        editors=tuple(_names(node.get("editor"), known, people=True)),
        publisher=next(iter(_names(node.get("publisher"), known, people=False)), ""),
        body=_text(node.get("articleBody"), limit=200_000),
    )


def _names(value: object, known: Mapping[str, Mapping[str, Any]], *, people: bool) -> Iterable[str]:
    for row in _listed(value)[:20]:
        node: Any = row
        if isinstance(node, dict) and "name" not in node:
            node = known.get(str(node.get("@id")), node)
        if isinstance(node, dict):
            kinds = [str(kind).rsplit("/", 1)[-1].lower() for kind in _listed(node.get("@type"))]
            if people and any(kind.endswith("organization") for kind in kinds):
                continue  # the outlet signs, no reporter
            node = next(iter(_listed(node.get("name"))), None)
        if name := _text(node):
            yield name


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: object, limit: int = 2000) -> str:
    """A text without the references and spaces that page systems leave in it."""
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return ""
    return " ".join(clean_text(html.unescape(value[:limit])).split())


def _same_address(one: str, other: str) -> bool:
    try:
        first, second = urlsplit(one), urlsplit(other)
    except ValueError:
        return False
    return len(first.path) > 1 and first.path.rstrip("/") == second.path.rstrip("/")
