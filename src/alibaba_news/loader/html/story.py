"""Lines kept by the extractor, beside the roles that the layout gives them -> where the story stands on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from alibaba_news.loader.html.parts import SavedLine, SavedPage, make_key

_LEAST = 12  # words below which a finding is no article
_SHARE = 0.4  # of the layout's own body: a smaller finding is a piece of the story
_LIST = 0.5
_ALL = 0.9
_SHORT = 8
_STEPS = 3  # lines between two paragraphs of one container: an advert, a pointer to another story


class Story(Struct, frozen=True, kw_only=True):
    """Indexes of lines; no ``lines`` where the extractor found no story. ``start`` and ``end`` are its first and last line,
    ``captions`` the lines below its pictures."""

    lines: frozenset[int] = frozenset()
    captions: frozenset[int] = frozenset()
    start: int = 0
    end: int = -1


def find_story(page: SavedPage, roles: Mapping[int, tuple[str, str]]) -> Story:
    """The lines kept, with paragraphs beside them that only the layout reader knows for text.

    An extractor leaves out paragraphs that hold many links or stand in an odd tag, and sometimes takes a side box for the
    article, or the whole page: its finding counts where it is no piece of what the layout finds, nor mostly furniture.
    """
    lines = page.lines
    kept = {at for at, line in enumerate(lines) if line.kept and line.fixed != "caption" and not _is_pointer(line)}
    kept = _drop_above_headline(page, kept)
    body = {at for at, (role, _) in roles.items() if "body" in role.split("+")}
    if _count(lines, kept) < max(_LEAST, _SHARE * _count(lines, body)) or _is_furniture(lines, kept, body):
        return Story()
    found = kept | _find_siblings(lines, kept, body)
    start, end = min(found), max(found)
    captions = {at for at, line in enumerate(lines) if line.fixed == "caption" and line.linked <= _LIST}
    heading = max((at for at in range(start) if lines[at].heading == 1), default=max(0, start - 6))
    return Story(
        lines=frozenset(found),
        captions=frozenset(at for at in captions if heading <= at <= end),
        start=start,
        end=end,
    )


def _drop_above_headline(page: SavedPage, kept: set[int]) -> set[int]:
    """A story stands below its headline, where most of what was kept does too."""
    stated = {make_key(title) for title in page.stated.titles}
    headings = [at for at, line in enumerate(page.lines) if line.heading == 1 and make_key(line.text) in stated]
    below = {at for at in kept if headings and at >= headings[0]}
    return below if 2 * _count(page.lines, below) >= _count(page.lines, kept) else kept


def _is_furniture(lines: Sequence[SavedLine], kept: set[int], body: set[int]) -> bool:
    """Most of the lines are short and no text to the layout either: the extractor took the page as it stands."""
    short = sum(at not in body and len(lines[at].text.split()) < _SHORT for at in kept)
    return short >= _SHORT and 2 * short > len(kept) and _count(lines, body) >= _LEAST


def _is_pointer(line: SavedLine) -> bool:
    """Nothing but links and no sentence: another story's headline, the numbers of further pages."""
    return line.linked > _ALL and line.text[-1] not in '.!?"”'


def _count(lines: Sequence[SavedLine], found: set[int]) -> int:
    return sum(len(lines[at].text.split()) for at in found)


def _find_siblings(lines: Sequence[SavedLine], kept: set[int], body: set[int]) -> set[int]:
    """Running text in the container that holds most of the story, next to a line of it."""
    boxes: Counter[int] = Counter()
    for at in sorted(kept):
        boxes[lines[at].box] += len(lines[at].text)
    home = max(sorted(boxes), key=lambda box: boxes[box])
    found: set[int] = set()
    order = range(len(lines))
    for way in (order, reversed(order)):
        near = -_STEPS * len(lines) - 1
        for at in way:
            if at in kept or at in found:
                near = at
            elif at in body and lines[at].box == home and lines[at].linked <= _LIST and abs(at - near) <= _STEPS:
                found.add(at)
                near = at
    return found
