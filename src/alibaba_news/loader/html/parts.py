"""What is taken out of a saved page: its visible lines, and the values that its data states."""

from __future__ import annotations

from msgspec import Struct


class SavedLine(Struct, frozen=True, kw_only=True):
    """A line as a reader of the page sees it.

    ``gap``: space stands above it. ``heading``: 1 to 6 for h1 to h6, else 0. ``box``: a number that lines of one container
    share. ``linked``: the share of its letters that are links. ``fixed``: what its tag makes of it ("caption"; "control":
    a button, a choice, or not shown at all), else empty. ``kept``: the extractor takes it for the article's text.
    """

    text: str
    gap: bool
    heading: int = 0
    box: int = 0
    linked: float = 0.0
    fixed: str = ""
    kept: bool = False


class StatedDate(Struct, frozen=True, kw_only=True):
    """A moment out of the page's data: ``moment`` as ISO 8601 to the minute at most; ``key`` and ``name`` say where it stands
    (a key of data/evidence/html.yaml and the tag's name)."""

    moment: str
    key: str
    name: str = ""


class Stated(Struct, frozen=True, kw_only=True):
    """What JSON-LD, meta tags and microdata say of the article, the most trusted first; empty where they say nothing.

    ``window`` is the title of the browser's window, usually the headline with the site's name behind it; ``text`` the article's
    whole text where JSON-LD repeats it.
    """

    titles: tuple[str, ...] = ()
    window: str = ""
    published: StatedDate | None = None
    modified: StatedDate | None = None
    url: str | None = None
    outlets: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    text: str = ""


class SavedPage(Struct, frozen=True, kw_only=True):
    """All that is taken out of one saved page."""

    lines: tuple[SavedLine, ...]
    stated: Stated

    @property
    def text(self) -> str:
        """The page as plain text, the way a scraper would have saved it."""
        return join_lines(self.lines)


def join_lines(lines: tuple[SavedLine, ...]) -> str:
    """Lines with a blank one where the page leaves space."""
    return "".join(("\n" if line.gap and n else "") + line.text + "\n" for n, line in enumerate(lines))


def make_key(text: str) -> str:
    """Letters and digits alone, for comparing what passed through different hands."""
    return "".join(c for c in text.casefold() if c.isalnum())
