"""A cited story -> an item of CSL-JSON (citationstyles.org, schema 1.0.2), as Zotero, Pandoc and citeproc read it."""

from __future__ import annotations

from typing import Any

from alibaba_news.renderer.citing.cited import Cited, CitedDate


def make_csl(cited: Cited) -> dict[str, Any]:
    """The item. A date between two ends is a range, and ``circa`` says that no page prints it."""
    found: dict[str, Any] = {
        "id": cited.key,
        "type": "article-newspaper",
        "title": cited.title,
        "author": [{"literal": name} for name in cited.authors],
        "container-title": cited.paper,
        "issued": _write_date(cited.date),
        "URL": cited.url or cited.address,
        "archive": cited.archive,
        "archive_location": cited.address or cited.identity,
        "language": cited.lang,
        "note": "; ".join(cited.notes),
    }
    return {key: value for key, value in found.items() if value}


def _write_date(date: CitedDate | None) -> dict[str, Any] | None:
    if date is None:
        return None
    ends = [list(date.first), *([list(date.last)] if date.last else [])]
    return {"date-parts": ends} | ({"circa": True} if date.supplied else {})
