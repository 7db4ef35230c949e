"""The pages with no list: not found, and an old address that moved."""

from __future__ import annotations

from msgspec import Struct

from alibaba_news.renderer.views.parts import Link


class NotFoundView(Struct, frozen=True, kw_only=True):
    """Stands anywhere, so it carries its style inside; ``links`` are whole addresses where the site has one."""

    lang: str
    site_title: str
    policy: str
    style: str
    links: tuple[Link, ...]


class RedirectView(Struct, frozen=True, kw_only=True):
    lang: str
    title: str
    href: str
    canonical: str | None
