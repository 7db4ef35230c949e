"""A whole site in memory: what the renderer makes of an archive, by path, with the links of its pages read out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib

from alibaba_news.model import Archive
from alibaba_news.renderer import Renderer, plan_pages
from alibaba_news.settings import Settings

BASE = "https://arsip.example/berita/"
SETTINGS = Settings(title="Arsip Muara", description="Berita pasar apung", base_url=BASE)


class Site(Mapping[str, bytes]):
    """Every file of a site by its path, each made when it is first asked for: most tests look at one page."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._renderer = Renderer(archive, settings)
        self._pages = {page.path: page for page in plan_pages(archive, settings)}
        self._made: dict[str, bytes] = {}

    def __getitem__(self, path: str) -> bytes:
        if path not in self._made:
            self._made[path] = self._renderer.render(self._pages[path])
        return self._made[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __contains__(self, path: object) -> bool:
        return path in self._pages

    def __len__(self) -> int:
        return len(self._pages)


def render_site(archive: Archive, settings: Settings = SETTINGS) -> Site:
    """The files of an archive's site."""
    return Site(archive, settings)


def write_site(site: Mapping[str, bytes], folder: Path) -> Path:
    """The site on the disk."""
    for path, content in site.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


def parse_page(content: bytes) -> Element:
    """The tree of a page; any fault in its HTML is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(content, transport_encoding="utf-8")


def parse_pages(site: Mapping[str, bytes]) -> dict[str, Element]:
    """The trees of all HTML pages."""
    return {path: parse_page(content) for path, content in site.items() if path.endswith(".html")}


def read_text(element: Element) -> str:
    """The words of an element, white space run together."""
    return " ".join("".join(element.itertext()).split())


def find_links(tree: Element) -> Iterator[tuple[Element, str]]:
    """(element, address) of everything a page points to."""
    for element in tree.iter():
        for name in ("href", "src"):
            value = element.get(name)
            if value is not None:
                yield element, value


def resolve_link(page: str, href: str) -> tuple[str, str] | None:
    """(path, fragment) of a link inside the site; None for one that leads elsewhere."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path))) if parts.path else page
    return path, unquote(parts.fragment)
