"""The pages with no list: not found, and an old address that moved."""

from __future__ import annotations

from dataclasses import dataclass

from alibaba_news.renderer.views.parts import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    """Stands anywhere, so it carries its style inside; ``links`` are whole addresses where the site has one."""

    lang: str
    site_title: str
    policy: str
    style: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView:
    lang: str
    title: str
    href: str
    canonical: str | None
