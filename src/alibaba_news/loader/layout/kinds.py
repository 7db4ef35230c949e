"""What a line is by itself, before its neighbours are asked: an ordered list of rules, the first that fits decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from msgspec import Struct

from alibaba_news.loader.layout.bylines import Byline, Credit, read_byline, read_credits
from alibaba_news.loader.layout.captions import is_bracketed, is_credit, split_credit
from alibaba_news.loader.layout.lines import RawLine, has_words, starts_lower
from alibaba_news.loader.layout.tables import alternatives, patterns, starts, words
from alibaba_news.text import fold

_SHORT = 200  # furniture is short; longer lines are not compared with the tables
_CALL = 500
_ENDMARK = re.compile(r"[\[(]\s?(?:\*\s?){1,3}[\])]$|[\[(]?\s?#{2,4}\s?[\])]?$")
_STARS = re.compile(r"(?:[*•·~=_-]\s?){3,40}$")
_INITIALS = re.compile(
    r"[(\[]\s?(?:\*{1,3}/)?(?:[A-Za-z]{2,10}\d{0,3}|[A-Z]-?\d{1,3})(?:[/\-.,|& ]{1,2}[A-Za-z]{0,10}\d{0,3}){0,4}\s?[)\]]\.?$"
)
_URL = re.compile(r"(?:https?://|www\.)\S+$|\S+@\S+\.\S+$", re.IGNORECASE)
_ITEM = re.compile(r"(?:[-–—]\s*\S|\d{1,2}[.)]\s?\S|[a-z][.)]\s\S)")
_HASHTAGS = re.compile(r"(?:#\s?[\w /-]{2,40},?\s*)+$")
_MARKUP = "*_>#"  # what a text editor sets bold by: "**Baca Juga: ..."
_QUOTED = re.compile(r"^[\"“].*[,.?!][\"”]")


class Kind(Struct, frozen=True, kw_only=True):
    """A line's kind with the rule that found it and, where it is one, what it holds."""

    name: str
    rule: str
    byline: Byline | None = None
    credits: tuple[Credit, ...] = ()


def classify(line: RawLine, following: RawLine | None) -> Kind:
    """The kind of a line: prose, fragment, item, caption, date, staff, label, read_also, heading, chrome,
    divider, end, close."""
    short = fold(line.text) if len(line.text) <= _SHORT else ""
    for name, rule in _RULES:
        found = rule(line, short, following)
        if found is not None:
            return found if isinstance(found, Kind) else _plain_kind(found, name)
    return _plain_kind("fragment", "short_line")


@cache
def _plain_kind(name: str, rule: str) -> Kind:
    return Kind(name=name, rule=rule)


def _no_words(line: RawLine, _short: str, _next: RawLine | None) -> str | None:
    if has_words(line.text):
        return None
    # Stars alone close a story or divide a long one.
    return "end" if _ENDMARK.match(line.raw) else "divider" if _STARS.match(line.raw[:90]) else "chrome"


def _initials(line: RawLine, _short: str, _next: RawLine | None) -> str | None:
    """An editor's initials close a story on a line of their own: "(MMI)", "(abc/def)"."""
    return "end" if len(line.text) <= 40 and _INITIALS.match(line.text) else None


def _copyright(_line: RawLine, short: str, _next: RawLine | None) -> str | None:
    hit = short and (short.startswith(starts("copyright_starts")) or any(p in short for p in starts("copyright_parts")))
    return "close" if hit else None


def _counter(line: RawLine, short: str, _next: RawLine | None) -> str | None:
    """Numbers with nothing but words of counting or of elapsed time: "8.889 views", "3 days ago", "0 SHARE"."""
    if not short or len(short) > 40 or patterns().date.match(line.text):
        return None
    tokens = re.findall(r"[^\W\d_]+", short)
    numbers = any(c.isdigit() for c in short)
    return "chrome" if numbers and all(t in words("counter_words") for t in tokens) else None


def _read_also(line: RawLine, short: str, _next: RawLine | None) -> str | None:
    """A pointer to another story; the headline behind the colon may be any. "Lihat juga Video '...':" ends in one."""
    if not short:
        return None
    if patterns().read_also.match(line.text.lstrip(_MARKUP)) and not re.match(
        r"[(\[]?(?:simak|lihat|selengkapnya)\s*:\s*[\"“]", short
    ):
        return "read_also"
    if _bare_read_also().match(short) and not (line.ends and short.endswith(".")):
        return "heading" if short.rstrip(" :") in words("headings") else "read_also"
    return None


@cache
def _bare_read_also() -> re.Pattern[str]:
    return re.compile(rf"[(\[]?(?:{alternatives('read_also_bare')})\b")


def _heading(line: RawLine, short: str, _next: RawLine | None) -> str | None:
    """The heading of a list of other stories, of tags or comments, alone on its line."""
    if not short or line.count > 6:
        return None
    bare = re.sub(r"^[\d+#»>\s-]+|[\s:»>+/(\d)…-]+$", "", short)
    if bare in words("headings"):
        return "heading"
    last = bare.rsplit(" ", 1)[-1]
    return "heading" if last in words("heading_endings") and (short.endswith(":") or line.text.isupper()) else None


def _tags(line: RawLine, short: str, _next: RawLine | None) -> str | None:
    if not short or (line.ends and line.count > 12):
        return None
    return "chrome" if short.startswith(starts("tag_starts")) or (short[0] == "#" and _HASHTAGS.match(short)) else None


def _call(line: RawLine, _short: str, _next: RawLine | None) -> str | None:
    """Calls to follow the outlet elsewhere and standing notices, which may be whole sentences."""
    head = line.text[:60].casefold()
    if head.startswith(starts("notice_starts")):
        return "chrome"
    if len(line.text) > _CALL or line.raw != line.text or not head.startswith(starts("call_starts")):
        return None
    text = fold(line.text)
    return "chrome" if any(word in text for word in starts("call_words")) else None


def _phrase(line: RawLine, short: str, _next: RawLine | None) -> str | None:
    """Buttons and adverts."""
    if not short:
        return None
    if short.strip(" :.|/»>+-") in words("chrome") or short in words("chrome"):
        return "chrome"
    return "chrome" if short.startswith(starts("chrome_starts")) and line.count <= 30 else None


def _bars(line: RawLine, short: str, _next: RawLine | None) -> str | None:
    """Menu entries in one line with bars or arrows between them; a byline has a date or a label and came first."""
    marks = line.text.count(" | ") + line.text.count(" » ") + line.text.count(" / ") + line.text.count(" > ")
    return "chrome" if short and marks >= 1 and not line.ends and line.count <= 6 * (marks + 1) and line.small < 3 else None


def _staff(line: RawLine, short: str, _next: RawLine | None) -> Kind | None:
    if not short:
        return None
    byline = read_byline(line.text)
    if byline is not None:
        named = byline.authors or byline.outlet
        return Kind(name="staff" if named else "date", rule="byline" if named else "date_line", byline=byline)
    found = read_credits(line.text)
    if not found:
        return None
    # A photographer or a source is no sign of where a story begins or ends.
    name = "label" if all(credit.kind == "other" for credit in found) else "staff"
    return Kind(name=name, rule="staff_label", credits=found)


def _url(line: RawLine, short: str, _next: RawLine | None) -> str | None:
    return "chrome" if short and _URL.match(line.text) else None


def _caption(line: RawLine, short: str, _next: RawLine | None) -> str | None:
    """A picture's words: a credit at the end, or a whole paragraph in brackets."""
    if split_credit(line.text) is not None or is_credit(line.text) or short.startswith(starts("caption_starts")):
        return "caption"
    if is_bracketed(line.text):
        return "caption"
    titled = line.lower < 0.35 and line.count >= 5 and short.startswith("foto:")  # the headline of a page of pictures
    return "caption" if short and not line.ends and not titled and any(w in short for w in starts("photo_words")) else None


def _prose(line: RawLine, short: str, following: RawLine | None) -> str | None:
    """Running text. A full stop behind a few words will do; without one it takes length and the small words that
    headlines and menus do without. Titles in capitals may end in "?", "!" or "...", so these alone do not."""
    if _QUOTED.match(line.text[:400]) and line.count >= 4:
        return "prose"
    stops = line.closed or (line.text.rstrip("\"'”’)]")[-1:] in ".。" and not line.text.endswith("..."))
    if line.ends and line.count >= 3 and stops:
        return "prose" if line.small or line.lower >= 0.3 or line.count >= 6 or not short else None
    if line.text[-1] == ":" and line.count >= 6 and line.small and line.lower >= 0.5:
        return "prose"  # it introduces a list
    if line.ends and line.count >= 3 and (line.lower >= 0.5 or line.count >= 25):
        return "prose"
    if line.count >= 14 and line.small >= 2 and (line.lower >= 0.5 or line.count >= 40):
        return "prose"
    carried = following is not None and not following.gap and starts_lower(following.text)
    return "prose" if carried and line.count >= 6 and line.small and line.lower >= 0.4 else None


def _item(line: RawLine, short: str, _next: RawLine | None) -> str | None:
    return "item" if short and line.count >= 3 and _ITEM.match(line.text) else None


_RULES: tuple[tuple[str, Callable[[RawLine, str, RawLine | None], str | Kind | None]], ...] = (
    ("no_words", _no_words),
    ("initials", _initials),
    ("copyright", _copyright),
    ("counter", _counter),
    ("read_also", _read_also),
    ("phrase", _phrase),
    ("call", _call),
    ("heading", _heading),
    ("tags", _tags),
    ("staff", _staff),
    ("bare_url", _url),
    ("caption", _caption),
    ("menu_bars", _bars),
    ("prose", _prose),
    ("list_item", _item),
)
