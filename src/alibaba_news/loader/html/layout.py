"""A saved page -> its Layout: the layout reader does the work, shown only the lines that the page's tags leave in question."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from alibaba_news.loader.html.dates import choose_dates
from alibaba_news.loader.html.parts import SavedLine, SavedPage, join_lines, make_key
from alibaba_news.loader.html.staff import choose_authors, choose_outlet
from alibaba_news.loader.html.story import Story, find_story
from alibaba_news.loader.html.titles import choose_title
from alibaba_news.loader.layout import Layout, Line, read_layout
from alibaba_news.loader.layout.captions import split_credit, strip_brackets
from alibaba_news.model import Caption
from alibaba_news.world import World

_SHOWN = frozenset(("title", "body", "caption"))
_SIGNING = frozenset(("byline", "editor", "initials", "endmark", "date", "dateline"))
_LIST = 0.5  # of a line's letters are links: it leads to other stories


def read_saved_layout(page: SavedPage, world: World) -> Layout:
    """Every line with its role, numbered among the page's visible lines, and the story's parts. Never raises.

    What JSON-LD and meta tags state goes before what the lines show; the body is what the extractor kept, read by the layout's
    rules; where it found nothing, the layout reads the whole page as it reads any scraped text.
    """
    lines = page.lines
    open_lines = [at for at, line in enumerate(lines) if line.kept or line.fixed != "control"]
    whole = _Reading(lines, open_lines, world)
    story = find_story(page, whole.roles)
    title, title_at = choose_title(page, story, whole.layout.title)
    if not story.lines:
        return _finish(page, whole, title, whole.layout.captions, world)
    captions = [at for at in story.captions if at not in story.lines or lines[at].fixed == "caption"]
    shown = _choose_shown(lines, whole, story, title_at)
    reading = _Reading(lines, [at for at in shown if at not in captions], world)
    if not reading.layout.paragraphs:
        return _finish(page, whole, title, whole.layout.captions, world)
    for at in range(len(lines)):
        if at not in reading.roles:
            reading.roles[at] = _set_aside(lines[at], whole.roles.get(at, ("chrome", "page_control")))
    for at in captions:
        reading.roles[at] = ("caption", "figcaption")
    return _finish(page, reading, title, (*reading.layout.captions, *_read_captions(lines, captions)), world)


class _Reading:
    """The layout of some of a page's lines; ``roles`` holds (role, rule) by the line's index on the page."""

    def __init__(self, lines: Sequence[SavedLine], shown: Sequence[int], world: World) -> None:
        before = [-1, *shown][: len(shown)]
        rows = [replace(lines[at], gap=lines[at].gap or at != last + 1) for at, last in zip(shown, before, strict=True)]
        self.layout = read_layout(join_lines(tuple(rows)), world)
        self.shown = tuple(shown)
        self.roles = {at: (line.role, line.rule) for at, line in zip(shown, self.layout.lines, strict=True)}
        numbers = {line.number: at for at, line in zip(shown, self.layout.lines, strict=True)}
        self.dates = tuple(replace(date, line=numbers[date.line] + 1) for date in self.layout.page_dates)


def _choose_shown(lines: Sequence[SavedLine], whole: _Reading, story: Story, title_at: int | None) -> list[int]:
    """The story's lines; around them what may be of its head or close. Above a known headline only dates are asked for."""
    shown = []
    top = story.start if title_at is None else min(title_at, story.start)
    for at in whole.shown:
        role = whole.roles[at][0]
        parts = set(role.split("+"))
        if at in story.lines or at == title_at:
            shown.append(at)
        elif at < top - 2:
            shown += [at] if "date" in parts or (title_at is None and not parts & {"body", "caption"}) else []
        elif at < story.start:
            shown += [at] if lines[at].linked <= _LIST or parts & {"byline", "date", "editor"} else []
        elif parts & _SIGNING or (at > story.end and not parts & _SHOWN):
            shown.append(at)
    return shown


def _set_aside(line: SavedLine, found: tuple[str, str]) -> tuple[str, str]:
    """The role of a line that is not the story's: as the whole page gave it, unless that is a role which the story shows."""
    if _SHOWN.isdisjoint(found[0].split("+")):
        return found
    return ("teaser" if line.linked > _LIST else "chrome"), "outside_the_article"


def _read_captions(lines: Sequence[SavedLine], captions: Collection[int]) -> list[Caption]:
    found: dict[str, Caption] = {}
    for at in captions:
        text = " ".join(lines[at].text.split())
        found.setdefault(text, split_credit(text) or Caption(text=strip_brackets(text)))
    return list(found.values())


def _finish(page: SavedPage, reading: _Reading, title: str | None, captions: Sequence[Caption], world: World) -> Layout:
    """The layout with what the page states in its place; the headline's role follows the headline."""
    layout, stated = reading.layout, page.stated
    roles = dict(reading.roles)
    paragraphs = layout.paragraphs
    if title is not None:
        roles, paragraphs = _settle_title(page.lines, roles, paragraphs, title)
    rows = (roles.get(at, ("chrome", "page_control")) for at in range(len(page.lines)))
    editors = stated.editors or layout.editors
    return replace(
        layout,
        lines=tuple(
            Line(number=n, text=line.text, role=role, rule=rule)
            for n, (line, (role, rule)) in enumerate(zip(page.lines, rows, strict=True), start=1)
        ),
        title=title or layout.title,
        paragraphs=paragraphs,
        captions=tuple({caption.text: caption for caption in reversed(captions)}.values())[::-1],
        page_dates=choose_dates(stated, reading.dates, world),
        outlet=choose_outlet(stated, layout.outlet),
        authors=choose_authors(stated, layout, editors),
        editors=editors,
        url=stated.url or layout.url,
    )


def _settle_title(
    lines: Sequence[SavedLine], roles: dict[int, tuple[str, str]], paragraphs: tuple[str, ...], title: str
) -> tuple[dict[int, tuple[str, str]], tuple[str, ...]]:
    """Lines that repeat the headline are titles, others are none; where the layout took it into the text it leaves it."""
    key = make_key(title)
    for at, (role, _) in list(roles.items()):
        same = make_key(lines[at].text) == key and key != ""
        if role == "title" and not same:
            roles[at] = ("label", "not_the_headline")
        elif same and role in ("label", "chrome", "teaser", "body", "caption") and len(paragraphs) > 1:
            if role == "body":
                paragraphs = tuple(p for p in paragraphs if make_key(p) != key) or paragraphs
            roles[at] = ("title", "stated_headline")
    return roles, paragraphs
