"""Role rules for the lines below the story: an ordered list, the first that fits decides."""

from __future__ import annotations

from alibaba_news.loader.layout.page import Page, Rules, caption_key, name_staff
from alibaba_news.text import fold

_NEAR = 6  # lines below the story in which a labelled date is still its own


def _closing(page: Page, at: int) -> str | None:
    """Endmark and initials close this story; further down they close another's."""
    if page.kinds[at].name == "divider" and at < page.end + _NEAR:
        return "endmark"
    if page.kinds[at].name != "end":
        return None
    return "initials" if page.kinds[at].rule == "initials" else "endmark"


def _date(page: Page, at: int) -> str | None:
    """A date is the story's own while nothing but its staff and endmark stands between."""
    if page.kinds[at].byline is None or at >= page.end + _NEAR:
        return None
    own = all(kind.name in ("end", "divider", "staff", "label", "date") for kind in page.kinds[page.end : at])
    return "date" if own else None


def _signature(page: Page, at: int) -> str | None:
    """The author's name again, as some newsrooms sign below the story."""
    near = at < page.end + _NEAR and page.lines[at].count <= 6
    return "byline" if near and fold(page.lines[at].text) in map(fold, page.staff.authors) else None


def _pointer(page: Page, at: int) -> str | None:
    return "read_also" if page.kinds[at].name == "read_also" else None


def _furniture(page: Page, at: int) -> str | None:
    return "chrome" if page.kinds[at].name in ("chrome", "heading", "close", "date", "staff", "label", "divider") else None


def _caption(page: Page, at: int) -> str | None:
    """Only a picture that the story showed already; others belong to other stories."""
    return "caption" if page.kinds[at].name == "caption" and caption_key(page.lines[at].text) in page.repeated else None


def _teaser(page: Page, at: int) -> str | None:
    """Headlines and summaries of other stories say something; menu entries do not."""
    return "teaser" if page.lines[at].count >= 4 else None


def _rest(_page: Page, _at: int) -> str | None:
    return "chrome"


RULES: Rules = (
    ("staff", name_staff),
    ("signature", _signature),
    ("closing", _closing),
    ("date", _date),
    ("pointer", _pointer),
    ("furniture", _furniture),
    ("caption", _caption),
    ("teaser", _teaser),
    ("below_the_story", _rest),
)
