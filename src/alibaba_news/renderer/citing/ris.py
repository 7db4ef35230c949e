"""A cited story -> a record of RIS (Research Information Systems, 2011): one tag a line, read by every reference manager."""

from __future__ import annotations

from collections.abc import Iterator

from alibaba_news.renderer.citing.cited import Cited, CitedDate

LINE_END = "\r\n"  # as the format asks


def write_ris(cited: Cited, doubt: str) -> str:
    """The record with its end. ``doubt`` is the word for a date that no page prints; DA has a place for it."""
    return "".join(f"{tag}  - {value}{LINE_END}" for tag, value in _list_tags(cited, doubt))


def _list_tags(cited: Cited, doubt: str) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "ID", cited.key
    yield "TI", cited.title
    for name in cited.authors:
        yield "AU", name
    if cited.paper:
        yield "T2", cited.paper
    if cited.date and cited.date.shared:
        yield "PY", f"{cited.date.shared[0]:04}"
        yield "DA", _write_date(cited.date, cited.when, doubt)
    yield "LA", cited.lang
    for address in (cited.url, cited.address):
        if address:
            yield "UR", address
    yield "DP", cited.archive
    for note in cited.notes:
        yield "N1", note
    yield "ER", ""


def _write_date(date: CitedDate, when: str, doubt: str) -> str:
    """YYYY/MM/DD/what else there is to say; parts that are not known stay empty."""
    year, month, day = (*date.shared, 0, 0)[:3]
    more = when if date.last else doubt if date.inferred else ""
    return f"{year:04}/{f'{month:02}' if month else ''}/{f'{day:02}' if day else ''}/{more}"
