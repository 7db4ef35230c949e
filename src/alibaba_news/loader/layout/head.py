"""Role rules for the lines above the lead: an ordered list, the first that fits decides."""

from __future__ import annotations

from alibaba_news.loader.layout.captions import is_credit
from alibaba_news.loader.layout.dateline import is_whole_dateline, read_dateline
from alibaba_news.loader.layout.page import Page, Rules, caption_key, name_staff, repeat_headline
from alibaba_news.loader.layout.tables import name_outlet, words
from alibaba_news.text import fold


def _window_title(page: Page, at: int) -> str | None:
    """The title of the browser window: the headline with the site's name and section around it."""
    text = page.lines[at].text
    near = page.title_key and len(text) <= 3 * len(page.title_key) + 60
    return "chrome" if near and page.title_key in fold(text) else None


def _byline(page: Page, at: int) -> str | None:
    byline = page.kinds[at].byline
    if byline is None:
        return None
    named = byline.authors or byline.outlet
    return "+".join(role for role, there in (("byline", named), ("date", byline.dates)) if there)


def _far_above(page: Page, at: int) -> str | None:
    """Above the headline stands the menu, whatever it looks like."""
    return "chrome" if page.title is not None and at < page.title - 1 else None


def _pointer(page: Page, at: int) -> str | None:
    if page.kinds[at].name == "read_also":
        return "read_also"
    return "teaser" if at in page.listed else None


def _photographer(page: Page, at: int) -> str | None:
    """A source below an empty "Photo :"."""
    below = at > 0 and page.kinds[at - 1].name == "label" and page.lines[at - 1].text[-1] == ":"
    return "label" if below and is_credit(page.lines[at].text) else None


def _furniture(page: Page, at: int) -> str | None:
    return "chrome" if page.kinds[at].name in ("chrome", "heading", "close", "divider") else None


def _caption(page: Page, at: int) -> str | None:
    """A credit, a repetition, or brackets show it."""
    line = page.lines[at]
    if page.kinds[at].name == "chrome":
        return None
    if page.kinds[at].name == "caption" or caption_key(line.text) in page.captions:
        return "caption"
    if line.count >= 6 and fold(line.text) in page.repeated:
        return "caption"
    return "caption" if page.kinds[at].name in ("prose", "fragment") and line.count >= 4 and _has_credit(page, at) else None


def _has_credit(page: Page, at: int) -> bool:
    """A source on the line beside it, an empty "Sumber :" below, or a bracket behind it."""
    if page.title is None or at <= page.title:
        return False
    beside = [page.lines[i].text for i in (at - 1, at + 1) if page.title < i < page.start]
    below = at + 1 < page.start and page.kinds[at + 1].name == "label" and page.lines[at + 1].text[-1] == ":"
    return below or any(map(is_credit, beside)) or page.lines[at].closed


def _dateline(page: Page, at: int) -> str | None:
    """A dateline that a press release prints on a line of its own."""
    line = page.lines[at]
    if at == page.start - 1 and is_whole_dateline(line.text, page.world):
        return "dateline"
    if at < page.start - 3 or line.count > 10 or line.text[-1] not in "-–—:":
        return None
    return "dateline" if read_dateline(line.text + " A", page.world) else None


def _pull_quote(page: Page, at: int) -> str | None:
    """Words of the story set large above it begin in the middle of a sentence."""
    return "teaser" if page.lines[at].text.startswith(("...", "…")) else None


def _outlet(page: Page, at: int) -> str | None:
    return "label" if name_outlet(page.lines[at].text) else None


def _label(page: Page, at: int) -> str | None:
    """A section or a tag: one to three words, or a word of the section table."""
    line = page.lines[at]
    return "label" if line.count <= 2 or fold(line.text) in words("sections") else None


def _picture(page: Page, at: int) -> str | None:
    """Between headline and lead, what says something and is not furniture stands under the picture."""
    line = page.lines[at]
    below = page.title is not None and at > page.title and page.kinds[at].name in ("fragment", "prose")
    return "caption" if below and line.count >= 4 and not line.ends else None


def _standfirst(page: Page, at: int) -> str | None:
    """A summary that is set above the story's date."""
    return "teaser" if page.kinds[at].name == "prose" else None


def _rest(page: Page, at: int) -> str | None:
    return "label" if page.title is not None and at > page.title else "chrome"


RULES: Rules = (
    ("headline", repeat_headline),
    ("staff", name_staff),
    ("window_title", _window_title),
    ("byline", _byline),
    ("far_above", _far_above),
    ("pointer", _pointer),
    ("photographer", _photographer),
    ("caption", _caption),
    ("furniture", _furniture),
    ("own_dateline", _dateline),
    ("pull_quote", _pull_quote),
    ("outlet_name", _outlet),
    ("label", _label),
    ("under_picture", _picture),
    ("standfirst", _standfirst),
    ("above_the_story", _rest),
)
