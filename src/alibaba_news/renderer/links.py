"""Addresses: relative links that work from disk and under any path, and canonical ones that end in ``/``."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

_PLAIN = re.compile(r"[A-Za-z0-9/._~-]*").fullmatch


def page_path(entity_id: str, number: int = 1) -> str:
    """The file of an entity's or list's page: ``people/jack-ma/index.html``, from the second on ``.../page/2/index.html``."""
    return f"{entity_id}/index.html" if number == 1 else f"{entity_id}/page/{number}/index.html"


def relative_link(source: str, target: str) -> str:
    """A link from one file of the site to another (``target`` may carry a fragment), percent-encoded as RFC 3986 asks.

    Both are paths below the site's root without "." or "..".
    """
    path, hash_mark, fragment = target.partition("#")
    if path == source and hash_mark:
        return f"#{fragment}"
    top, slash, _ = source.partition("/")
    if path.startswith(top + slash):
        ups, inside = _climb(source.rpartition("/")[0], path.rpartition("/")[0])
        link = ups + path[inside:]
    else:  # most links lead to another part of the site
        link = "../" * source.count("/") + path
    return (link if _PLAIN(link) else quote(link, safe="/-._~")) + hash_mark + fragment


@lru_cache(maxsize=65536)
def _climb(source: str, target: str) -> tuple[str, int]:
    """From one folder to another: the steps up, and how many letters of the target's path both share."""
    here, there = source.split("/") if source else [], target.split("/") if target else []
    shared = 0
    while shared < len(here) and shared < len(there) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared), sum(map(len, there[:shared])) + shared


def keep_web(url: str | None) -> str | None:
    """An address that a page may lead to: of the original, a reply, the same thing elsewhere. None where it is none."""
    return url if url and url.startswith(("http://", "https://")) else None


def canonical_path(path: str) -> str:
    """The path of a page as it is cited: without ``index.html``, so that it ends in ``/``."""
    folder = path.removesuffix("index.html")
    return folder if _PLAIN(folder) else quote(folder, safe="/-._~")
