"""The stating tags of a page -> Stated: JSON-LD before meta tags before microdata, each value checked before it is believed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import date
from email.utils import parsedate_to_datetime
from functools import cache
from urllib.parse import urlsplit

from alibaba_news.characters import clean_text
from alibaba_news.loader.html.lines import Item, RawPage
from alibaba_news.loader.html.linked_data import ArticleData, read_linked_data
from alibaba_news.loader.html.parts import Stated, StatedDate
from alibaba_news.loader.html.staff import read_signatures
from alibaba_news.world import load_table

_ISO = re.compile(
    r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})"
    r"(?:(?:T|\s{1,3})(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|WIB|WITA|WIT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_ZONES = {"z": "Z", "utc": "Z", "gmt": "Z", "wib": "+07:00", "wita": "+08:00", "wit": "+09:00"}
_FIRST_YEAR = 1945  # archives that were put on the web go back to the first papers; page systems put 1970 or 0001 for nothing
_LAST_YEAR = 2100
_SAVED_FROM = re.compile(r"(?:saved from url=\(\d+\)|\burl:)\s*(https?://\S+)")
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/")


def read_stated(page: RawPage) -> Stated:
    """What the page's data says of its article. Values that cannot be are left out."""
    titles = tuple(_clean(value) for value in _metas(page, "title"))
    urls = [page.canonical, *_metas(page, "url")]
    data = read_linked_data(page.scripts, next((url for url in urls if url), ""), (*titles, page.window))
    urls += [*data.urls, *(m[1] for comment in page.comments if (m := _SAVED_FROM.search(comment)))]
    named = (data.headline, *titles, *_items(page, "headline"))
    outlets = [_clean(name) for name in (*_metas(page, "outlet"), data.publisher)]
    writers = (data.authors, [_clean(name) for name in _metas(page, "authors")], _items(page, "author"))
    revisers = (data.editors, [_clean(name) for name in _metas(page, "editors")])
    return Stated(
        titles=tuple(dict.fromkeys(title for title in named if title)),
        window=html.unescape(page.window),
        published=_find_published(page, data),
        modified=_find_modified(page, data),
        text=data.body,
        url=next((address for url in urls if (address := _read_address(url))), None),
        outlets=tuple(dict.fromkeys(name for name in outlets if 2 <= len(name) <= 60 and "/" not in name)),
        authors=next((found for names in writers if (found := read_signatures(names, outlets))), ()),
        editors=next((found for names in revisers if (found := read_signatures(names, outlets))), ()),
    )


def read_moment(text: str) -> str | None:
    """A moment as ISO 8601 to the minute out of ISO text, ``2018/10/13 15:02:00`` or RFC 5322; None for any other text and for
    moments that cannot be. A time of exactly midnight is what page systems put for a day without one."""
    text = text.strip()
    match = _ISO.match(text)
    if match is None:
        return _read_mail_date(text)
    year, _, month, day, hour, minute, second, zone = match.groups()
    if not match[2] and len(month + day) != 4:
        return None
    whole = _check_day(int(year), int(month), int(day))
    if whole is None or hour is None or int(hour) > 23 or int(minute) > 59:
        return whole
    if int(hour) == int(minute) == int(second or 0) == 0:
        return whole
    zone = _ZONES.get((zone or "").lower(), zone or "")
    return f"{whole}T{int(hour):02d}:{minute}{zone if len(zone) != 5 else zone[:3] + ':' + zone[3:]}"


def _read_mail_date(text: str) -> str | None:
    """``Sat, 13 Oct 2018 15:02:00 +0700``."""
    if len(text) > 60 or not text[:1].isalpha():
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return read_moment(moment.isoformat(sep="T", timespec="minutes")) if moment else None


def _check_day(year: int, month: int, day: int) -> str | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR or (year, month, day) == (1970, 1, 1):
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _find_published(page: RawPage, data: ArticleData) -> StatedDate | None:
    if moment := read_moment(data.published):
        return StatedDate(moment=moment, key="json_ld")
    for name, value in _named_metas(page, "published"):
        if moment := read_moment(value):
            return StatedDate(moment=moment, key="meta", name=name)
    moments = (read_moment(item.value or "".join(item.text)) for item in page.items if item.prop == "datepublished")
    return next((StatedDate(moment=moment, key="microdata") for moment in moments if moment), None)


def _find_modified(page: RawPage, data: ArticleData) -> StatedDate | None:
    values = (data.modified, *_metas(page, "modified"), *(i.value for i in page.items if i.prop == "datemodified"))
    moment = next((m for value in values if (m := read_moment(value))), None)
    return StatedDate(moment=moment, key="modified") if moment else None


def _named_metas(page: RawPage, key: str) -> Iterable[tuple[str, str]]:
    """The values of a key's tags in the table's order."""
    return sorted((row for row in page.metas if row[0] in _order(key)), key=lambda row: _order(key)[row[0]])


@cache
def _order(key: str) -> dict[str, int]:
    return {name: n for n, name in enumerate(load_table("html")[key])}


def _metas(page: RawPage, key: str) -> list[str]:
    return [value for _, value in _named_metas(page, key)]


def _items(page: RawPage, prop: str) -> list[str]:
    def read(item: Item) -> str:
        return _clean(item.value or "".join(item.text))

    return [text for item in page.items if item.prop == prop and (text := read(item))]


def _clean(text: str) -> str:
    """Page systems write references into their tags twice ("Ma&amp;#039;ruf")."""
    return " ".join(clean_text(html.unescape(text)).split())


def _read_address(url: str) -> str | None:
    address = _ARCHIVED.sub("", html.unescape(url).strip())
    if not address.lower().startswith(("http://", "https://")) or len(address) > 2000 or any(c.isspace() for c in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    # The site's front page is nobody's article.
    return clean_text(address) if parts.hostname and (parts.path.strip("/") or parts.query) else None
