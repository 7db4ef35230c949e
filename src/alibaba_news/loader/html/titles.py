"""Which of the headlines that a page states and prints is the story's."""

from __future__ import annotations

from itertools import chain

from alibaba_news.loader.html.parts import SavedPage, make_key
from alibaba_news.loader.html.staff import strip_site
from alibaba_news.loader.html.story import Story
from alibaba_news.loader.layout.tables import name_outlet

_LEAST = 8  # letters and digits below which two titles agree by chance
_ALIKE = 0.5  # of the shorter title's words


def choose_title(page: SavedPage, story: Story, read: str | None) -> tuple[str | None, int | None]:
    """The headline and the line that prints it (None where none does).

    Page systems cut headlines in their data and write others for search engines, so a heading above the story that says the
    same in other words goes before them: it is what was published. ``read`` is what the layout took for the headline.
    """
    outlets = page.stated.outlets
    stated = [title for raw in page.stated.titles if (title := strip_site(raw, outlets)) and _is_title(title)]
    headings = _list_headings(page, story)
    if not stated:
        return _choose_unstated(page, story, headings, read)
    title, *others = stated
    told = (at for at in headings if _says(page.lines[at].text, title))
    alike = (at for key in map(make_key, others) for at in headings if make_key(page.lines[at].text) == key)
    printed = next(chain(told, alike), None)
    return (title, _find_line(page, story, title)) if printed is None else (page.lines[printed].text, printed)


def _choose_unstated(page: SavedPage, story: Story, headings: list[int], read: str | None) -> tuple[str | None, int | None]:
    """Without a stated headline: a heading that the window's title repeats, the layout's, else the window's own."""
    window = strip_site(page.stated.window, page.stated.outlets)
    for at in headings:
        key = make_key(page.lines[at].text)
        if len(key) >= _LEAST and key in make_key(page.stated.window):
            return page.lines[at].text, at
    if read is not None:
        return read, _find_line(page, story, read)
    if headings and page.lines[headings[0]].heading == 1:
        return page.lines[headings[0]].text, headings[0]
    return (window, None) if _is_title(window) and len(window.split()) >= 4 else (None, None)


def _list_headings(page: SavedPage, story: Story) -> list[int]:
    """Headings that may be the story's: above it, those of the first rank and those nearest to it first."""
    end = story.start if story.lines else len(page.lines)
    found = [at for at in range(end) if page.lines[at].heading and _is_title(page.lines[at].text)]
    return sorted(found, key=lambda at: (page.lines[at].heading != 1, -at))


def _find_line(page: SavedPage, story: Story, title: str) -> int | None:
    key = make_key(title)
    end = story.start if story.lines else len(page.lines)
    return next((at for at in reversed(range(end)) if make_key(page.lines[at].text) == key), None)


def _is_title(text: str) -> bool:
    return len(make_key(text)) >= _LEAST and len(text) <= 300 and name_outlet(text) is None


def _says(heading: str, title: str) -> bool:
    """Whether a heading is the title, its beginning or end cut, or its words in another form."""
    one, other = make_key(heading), make_key(title)
    if min(len(one), len(other)) < _LEAST:
        return False
    if one in other or other in one:
        return True
    first, second = set(heading.casefold().split()), set(title.casefold().split())
    return len(first & second) >= max(2, _ALIKE * min(len(first), len(second)))
