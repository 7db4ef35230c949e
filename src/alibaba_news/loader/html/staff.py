"""Who signs a saved page: names that its data states against those that the layout reads."""

from __future__ import annotations

import re
from collections.abc import Iterable

from alibaba_news.characters import clean_text
from alibaba_news.loader.html.parts import Stated, make_key
from alibaba_news.loader.layout import Layout
from alibaba_news.loader.layout.bylines import split_names
from alibaba_news.loader.layout.tables import find_outlet
from alibaba_news.text import fold
from alibaba_news.world import load_table

_OWN_SITE = re.compile(r"\s{1,3}[-–—|]\s{1,3}([^-–—|]{2,40})$")


def choose_authors(stated: Stated, layout: Layout, editors: tuple[str, ...]) -> tuple[str, ...]:
    """The stated authors, without those whom the page prints as its editors: page systems often sign with who published."""
    known = {fold(name) for name in (*editors, *layout.editors)} - {fold(name) for name in layout.authors}
    return tuple(name for name in stated.authors if fold(name) not in known) or layout.authors


def choose_outlet(stated: Stated, printed: str | None) -> str | None:
    """The outlet that signs the page, in the form which its own dateline or byline prints where that is the same."""
    if not stated.outlets:
        return printed
    named = next((name for name in stated.outlets if find_outlet(name)), stated.outlets[0])
    if printed is not None and (make_key(printed) == make_key(named) or (find_outlet(printed) or "") == find_outlet(named)):
        return printed
    return named


def strip_site(title: str, outlets: Iterable[str]) -> str:
    """A title without the site's name behind it ("Judul - Kompas.com"), where it is known to be one."""
    own = {make_key(outlet) for outlet in outlets}
    while (match := _OWN_SITE.search(title)) and (find_outlet(match[1]) or make_key(match[1]) in own):
        title = title[: match.start()].rstrip()
    return title


def read_signatures(texts: Iterable[str], outlets: Iterable[str]) -> tuple[str, ...]:
    """The people among what signs a page: no addresses, outlets, handles or names of roles."""
    own = {make_key(outlet) for outlet in outlets}
    nobody = {fold(word) for word in load_table("html")["nobody"]}
    found: dict[str, str] = {}
    for text in texts:
        bare = strip_site(" ".join(clean_text(text).split())[:200], ())
        if "://" in bare or "@" in bare or bare.startswith("www."):
            continue
        for name in split_names(bare, labelled=True):
            if fold(name) not in nobody and make_key(name) not in own and find_outlet(name) is None:
                found.setdefault(fold(name), name)
    return tuple(found.values())
