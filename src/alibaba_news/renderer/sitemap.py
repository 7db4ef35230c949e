"""The sitemap (sitemaps.org, in parts of 50,000) and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from alibaba_news.renderer.escaping import escape_text

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def write_sitemap(base_url: str | None, addresses: Iterable[tuple[str, str | None]]) -> bytes:
    """Addresses (path, day of last change or None) below ``base_url``; without one the sitemap lists nothing."""
    rows = []
    for path, day in addresses if base_url else ():
        change = f"<lastmod>{escape_text(day)}</lastmod>" if day else ""
        rows.append(f"<url><loc>{escape_text(f'{base_url}{path}')}</loc>{change}</url>\n")
    return f'{_HEAD}<urlset xmlns="{NAMESPACE}">\n{"".join(rows)}</urlset>\n'.encode()


def write_sitemap_index(base_url: str | None, parts: Iterable[str]) -> bytes:
    """The list of the sitemap's parts."""
    rows = [f"<sitemap><loc>{escape_text(f'{base_url}{part}')}</loc></sitemap>\n" for part in parts if base_url]
    return f'{_HEAD}<sitemapindex xmlns="{NAMESPACE}">\n{"".join(rows)}</sitemapindex>\n'.encode()


def write_robots(base_url: str | None, noindex: bool) -> bytes:
    """Who may read what. A site kept out of search engines must let its pages be read, or nobody sees their ``noindex``;
    only the data files, which cannot say so themselves, are closed."""
    if noindex:
        root = urlsplit(base_url).path if base_url else "/"
        closed = (f"{root}data/", f"{root}feed.", "/*/feed.xml$", "/*.md$")
        return "".join(("User-agent: *\n", *(f"Disallow: {path}\n" for path in closed))).encode()
    place = f"Sitemap: {base_url}sitemap.xml\n" if base_url else ""
    return f"User-agent: *\nDisallow:\n{place}".encode()
