"""Addresses: relative links that work from disk and under any path, and canonical ones that end in ``/``."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import quote


def page_path(entity_id: str, number: int = 1) -> str:
    """The file of an entity's or list's page: ``people/jack-ma/index.html``, from the second on ``.../page/2/index.html``."""
    return f"{entity_id}/index.html" if number == 1 else f"{entity_id}/page/{number}/index.html"


@lru_cache(maxsize=262144)
def relative_link(source: str, target: str) -> str:
    """A link from one file of the site to another (``target`` may carry a fragment), percent-encoded as RFC 3986 asks."""
    path, hash_mark, fragment = target.partition("#")
    if path == source and hash_mark:
        return f"#{fragment}"
    link = posixpath.relpath(path, posixpath.dirname(source) or ".")
    return quote(link, safe="/-._~") + hash_mark + fragment


def canonical_path(path: str) -> str:
    """The path of a page as it is cited: without ``index.html``, so that it ends in ``/``."""
    return quote(path.removesuffix("index.html"), safe="/-._~")
