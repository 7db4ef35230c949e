"""A page with all that the role rules may ask of it: lines, kinds, where the story stands, its headline and staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from alibaba_news.loader.layout.captions import split_credit, strip_brackets
from alibaba_news.loader.layout.embeds import mark_embeds
from alibaba_news.loader.layout.headline import find_headline
from alibaba_news.loader.layout.kinds import Kind, classify
from alibaba_news.loader.layout.lines import RawLine, read_lines
from alibaba_news.loader.layout.region import find_story
from alibaba_news.loader.layout.staff import Staff, find_staff
from alibaba_news.loader.layout.tables import words
from alibaba_news.text import fold
from alibaba_news.world import World

_IN_LISTS = ("fragment", "item", "date", "chrome", "read_also")

# A role rule: the role of a line of the page, or None where the rule does not fit.
Rules: TypeAlias = "tuple[tuple[str, Callable[[Page, int], str | None]], ...]"


class Page(Struct, frozen=True, kw_only=True):
    """``start`` to ``end`` (excluded) is the story's running text; ``listed`` holds the lines of lists of other stories."""

    world: World
    lines: tuple[RawLine, ...]
    kinds: tuple[Kind, ...]
    start: int
    end: int
    title: int | None
    title_key: str
    staff: Staff
    listed: frozenset[int]
    captions: frozenset[str]  # folded words of captions that carry a credit
    repeated: frozenset[str]  # folded lines of six words or more that stand more than once
    pictures_only: bool  # a page of captions: they are its story


def read_page(text: str, world: World) -> Page:
    """The page of a scraped text: what can be said of its lines before each has a role."""
    lines = read_lines(text)
    kinds = tuple(classify(line, lines[n + 1] if n + 1 < len(lines) else None) for n, line in enumerate(lines))
    kinds = mark_embeds(lines, kinds)
    start, end = find_story(lines, kinds, world)
    title = find_headline(lines, kinds, (start, end))
    counts = Counter(fold(line.text) for line in lines if 6 <= line.count <= 120)
    found = (split_credit(lines[at].text) for at, kind in enumerate(kinds) if kind.name == "caption")
    return Page(
        world=world,
        lines=lines,
        kinds=kinds,
        start=start,
        end=end,
        title=title,
        title_key=fold(lines[title].text) if title is not None else "",
        staff=find_staff(lines, kinds, (start, end), title, world),
        listed=_find_listed(lines, kinds),
        captions=frozenset(fold(caption.text) for caption in found if caption),
        repeated=frozenset(key for key, n in counts.items() if n > 1),
        pictures_only=end > 0 and all(kind.name != "prose" for kind in kinds[start:end]) and kinds[start].name == "caption",
    )


def _find_listed(lines: tuple[RawLine, ...], kinds: tuple[Kind, ...]) -> frozenset[int]:
    """Short lines below a heading such as "Baca Juga", up to the next running text or other furniture."""
    found: set[int] = set()
    listing = False
    for at, kind in enumerate(kinds):
        if kind.name == "heading":
            listing = True
        elif kind.name not in _IN_LISTS or (kind.byline is not None and kind.byline.clock) or _runs_on(lines[at]):
            listing = False
        elif listing and kind.name in ("fragment", "item") and lines[at].count >= 2:
            found.add(at)
    return frozenset(found)


def _runs_on(line: RawLine) -> bool:
    """A line that breaks off in the middle of a sentence is no headline."""
    last = fold(line.text[-30:]).rsplit(" ", 1)[-1]
    return line.count >= 6 and (last in words("carries_on") or (line.small >= 3 and line.lower >= 0.6))


def repeat_headline(page: Page, at: int) -> str | None:
    """A rule of head and body: the line has the headline's words."""
    return "title" if page.title_key and fold(page.lines[at].text) == page.title_key else None


def name_staff(page: Page, at: int) -> str | None:
    """A rule of every zone: the line names who wrote or edited the story, or is a label of theirs."""
    known = page.staff.roles.get(at)
    return known[0] if known else None


def caption_key(text: str) -> str:
    """A caption's words for comparing, its credit and brackets aside."""
    split = split_credit(text)
    return fold(split.text if split else strip_brackets(text))
