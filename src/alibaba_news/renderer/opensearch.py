"""``opensearch.xml`` (OpenSearch 1.1): a browser can search the archive from its address bar. It asks for whole addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alibaba_news.renderer.escaping import escape_text

if TYPE_CHECKING:
    from alibaba_news.settings import Settings

OPENSEARCH_NAME = "opensearch.xml"
SEARCH_QUERY = "search/index.html?q="
_NAME_LIMIT, _NOTE_LIMIT = 16, 1024  # characters (OpenSearch 1.1, draft 6)


def write_opensearch(settings: Settings) -> bytes:
    """The description; only a site with a base_url has one."""
    title, note = settings.title, settings.description or settings.title
    template = f"{settings.base_url or ''}{SEARCH_QUERY}{{searchTerms}}"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape_text(title[:_NAME_LIMIT].rstrip())}</ShortName>\n"
        f"<LongName>{escape_text(title[:48].rstrip())}</LongName>\n"
        f"<Description>{escape_text(note[:_NOTE_LIMIT])}</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" template="{escape_text(template)}"/>\n'
        "</OpenSearchDescription>\n"
    ).encode("utf-8", "replace")
