"""Role rules for the lines of the story, and what is cut out of its paragraphs.

Nothing is left out here without a sign: a short line that no rule knows stays in the story.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.loader.layout.bylines import Credit, read_credits
from alibaba_news.loader.layout.dateline import Dateline, read_dateline
from alibaba_news.loader.layout.page import Page, Rules, caption_key, name_staff, repeat_headline
from alibaba_news.loader.layout.tables import alternatives, patterns
from alibaba_news.text import fold

_POINTER_LIMIT = 200  # a headline behind "Baca juga:" is never longer
_FOOT = 250  # characters at a story's end in which its staff may stand
_NOTICE = re.compile(r"©|copyright|hak cipta", re.IGNORECASE)
_STOP = re.compile(r"[.!?](?=\s|$)")
_ENDMARK = re.compile(r"(?<=[.!?\"”’)\w])\s*(?:[\[(]\s?\*{1,3}\s?[\])]|\*{2,3}|[■●♦]+)\s*$")
_INITIALS = re.compile(
    r"(?<=[.!?\"”’])\s*[(\[]((?:\*{1,3}/)?(?:[A-Za-z]{2,10}\d{0,3}|[A-Z]-?\d{1,3})(?:[/-][A-Za-z]{0,10}\d{0,3}){0,4})[)\]]\.?$"
)
_CLOSERS = tuple(")]*■●♦")  # the last sign of every endmark, a full stop aside


class Cut(Struct, frozen=True, kw_only=True):
    """A paragraph without what does not belong to it; ``before`` and ``after`` are the roles of what was cut."""

    text: str
    before: str = ""
    after: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    dateline: Dateline | None = None


def _pointer(page: Page, at: int) -> str | None:
    if page.kinds[at].name in ("read_also", "heading"):
        return "read_also" if page.kinds[at].rule == "read_also" or "baca" in fold(page.lines[at].text) else "chrome"
    return "read_also" if at in page.listed else None


def _caption(page: Page, at: int) -> str | None:
    if page.pictures_only:
        return None
    known = page.kinds[at].name == "caption"
    return "caption" if known or (page.captions and caption_key(page.lines[at].text) in page.captions) else None


def _picture_twice(page: Page, at: int) -> str | None:
    """A caption without a credit that a page prints on both sides of an empty "Photo :" label."""
    line = page.lines[at]
    if line.count < 4 or page.pictures_only or not any(kind.name == "label" for kind in page.kinds[max(0, at - 2) : at + 3]):
        return None
    near = page.lines[max(0, at - 5) : at] + page.lines[at + 1 : at + 6]
    return "caption" if any(other.text == line.text for other in near) else None


def _closing(page: Page, at: int) -> str | None:
    if page.kinds[at].name == "divider":
        return "endmark"
    if page.kinds[at].name != "end":
        return None
    return "initials" if page.kinds[at].rule == "initials" else "endmark"


def _post(page: Page, at: int) -> str | None:
    return "teaser" if page.kinds[at].rule == "post" else None


def _label(page: Page, at: int) -> str | None:
    """A photographer's name below "Photo :"."""
    below = at > 0 and page.kinds[at - 1].name == "label" and page.lines[at - 1].text.rstrip().endswith(":")
    return "label" if below and page.lines[at].count <= 4 and not page.lines[at].ends else None


def _advert(page: Page, at: int) -> str | None:
    return "chrome" if page.kinds[at].name in ("chrome", "close") else None


def _text(_page: Page, _at: int) -> str | None:
    return "body"


RULES: Rules = (
    ("headline_again", repeat_headline),
    ("staff", name_staff),
    ("pointer", _pointer),
    ("label", _label),
    ("caption", _caption),
    ("picture_twice", _picture_twice),
    ("closing", _closing),
    ("post", _post),
    ("advert", _advert),
    ("running_text", _text),
)


def cut_paragraph(page: Page, text: str, *, leading: bool, last: bool) -> Cut:
    """Take dateline, pointers to other stories, staff, endmark and initials out of a paragraph.

    Only a ``leading`` one may begin with the dateline, only the ``last`` end in staff or initials.
    """
    cut = Cut(text=text)
    if leading:
        found = read_dateline(text, page.world)
        if found is not None:
            cut = Cut(text=text[found.end :].strip(), before="dateline", dateline=found)
    cut = _cut_pointer(cut)
    if not last:
        return _cut_end(cut, _ENDMARK, "endmark")
    staffed = _cut_staff(cut)
    cut = _cut_end(_cut_end(replace(staffed, after=cut.after), _ENDMARK, "endmark"), _INITIALS, "initials")
    return replace(cut, after=(*cut.after, *staffed.after[len(staffed.after) - len(staffed.credits) :]))


def _cut_staff(cut: Cut) -> Cut:
    """ "... katanya. Pewarta: Nama Editor: Nama COPYRIGHT © SITUS 2019": the page's foot on the story's last line."""
    base = max(0, len(cut.text) - _FOOT)
    if ":" not in cut.text[base:] and "：" not in cut.text[base:]:
        return cut
    for mark in patterns().staff.finditer(cut.text, base):
        if not cut.text[: mark.start()].rstrip(" (").endswith((".", "!", "?", '"', "”", ")", "]", "*")):
            continue
        foot = _NOTICE.split(cut.text[mark.start() :], maxsplit=1)[0]
        found = tuple(credit for credit in read_credits(foot.strip()) if credit.kind != "other")
        if found and all(credit.names for credit in found):
            text = cut.text[: mark.start()].rstrip(" (")
            roles = tuple("editor" if credit.kind == "editor" else "byline" for credit in found)
            return replace(cut, text=text, after=(*cut.after, *roles), credits=found)
    return cut


def _cut_end(cut: Cut, pattern: re.Pattern[str], role: str) -> Cut:
    if not cut.text.rstrip().rstrip(".").endswith(_CLOSERS):
        return cut
    tail = cut.text[-60:]
    match = pattern.search(tail)
    if match is None or len(cut.text) <= len(match.group()):
        return cut
    kept = cut.text[: len(cut.text) - len(tail) + match.start()].rstrip()
    return replace(cut, text=kept, after=(*cut.after, role))


def _cut_pointer(cut: Cut) -> Cut:
    """ "(Baca juga: ...)" goes with its brackets; without them up to the end of its sentence, if that is near."""
    if "baca" not in cut.text and "Baca" not in cut.text and "BACA" not in cut.text and "Also" not in cut.text:
        return cut
    bracketed, bare = _pointers()
    text = bracketed.sub("", cut.text)
    kept, at = [], 0
    for match in bare.finditer(text):
        if match.start() < at:
            continue
        stop = _sentence_end(text, match.end())
        if stop is None:
            continue
        kept.append(text[at : match.start()])
        at = stop
    text = " ".join("".join([*kept, text[at:]]).split())
    return cut if text == cut.text else replace(cut, text=text, after=(*cut.after, "read_also"))


def ends_in_pointer(text: str) -> bool:
    """Whether a line ends in the headline of another story ("... sejak pagi. Baca juga: Banjir Surut")."""
    found = [match.end() for match in _pointers()[1].finditer(text)] if ":" in text or "：" in text else []
    return bool(found) and len(text) - found[-1] <= _POINTER_LIMIT and _STOP.search(text, found[-1]) is None


@cache
def _pointers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    limit = f"{{1,{_POINTER_LIMIT}}}"
    return (
        re.compile(rf"\s?[(\[]\s?(?:{alternatives('read_also')})\s?[:：][^()\[\]]{limit}[)\]]\.?", re.IGNORECASE),
        re.compile(rf"(?:(?<=[.!?\"”)])|(?<=\s)|^)\s?(?:{alternatives('read_also_bare')})\s?[:：]\s?", re.IGNORECASE),
    )


def _sentence_end(text: str, at: int) -> int | None:
    match = _STOP.search(text, at, at + _POINTER_LIMIT)
    if match:
        return match.end()
    return len(text) if len(text) - at <= _POINTER_LIMIT else None
