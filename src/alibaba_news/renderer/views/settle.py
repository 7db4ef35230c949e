"""A gap -> how an editor settles it: the file to write in and the line to write. ``review`` prints the whole of it."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

from msgspec import Struct

from alibaba_news.model import ArchiveEntity, ArchiveEvent, Story
from alibaba_news.renderer.gaps import Gap
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.text import fold
from alibaba_news.yaml_writer import write_row, write_yaml

DAY = "YYYY-MM-DD"  # stands for a day that the editor knows
# Of a list the whole is written: what is given replaces what was found.
LISTS = {"open_dates": "dates", "open_events": "events", "quotes": "quotes"}


class SettleView(Struct, frozen=True, kw_only=True):
    """``line`` is written in ``file`` (relative to the seeds folder); ``other`` instead, where the answer is the other one."""

    file: str
    line: str
    other: str = ""


def draw_settle(desk: Desk, gap: Gap) -> SettleView:
    """What to write where."""
    if gap.section in ("names", "same_events"):
        return _settle_pair(desk, gap)
    story = desk.index.stories[_find_story(desk, gap)]
    file = _name_file(story)
    if gap.section in LISTS:
        return SettleView(file=file, line=f"{LISTS[gap.section]}: …")
    key, value = _propose(story, gap.section)
    is_json = file.endswith(".jsonl")
    line = json.dumps({key: value}, ensure_ascii=False)[1:-1] if is_json else write_yaml({key: value}).strip()
    return SettleView(file=file, line=line if value else f"{key}: …")


def _find_story(desk: Desk, gap: Gap) -> str:
    return desk.index.events[gap.key].stories[0] if gap.section == "open_events" else gap.key


def _propose(story: Story, section: str) -> tuple[str, str]:
    """The key, and the value that would confirm what stands there; empty where only the editor can know it."""
    if section == "outlets":
        return "outlet", ""
    if section == "headlines":
        return "title", story.title
    return "date", (story.date or DAY) if section == "inferred_dates" else DAY


def _name_file(story: Story) -> str:
    """The correction file beside the seed file; an article in a ``.jsonl`` is corrected in its own line."""
    path = PurePosixPath(_name_seed(story))
    return str(path) if path.suffix == ".jsonl" else str(path.with_suffix(".yaml"))


def _name_seed(story: Story) -> str:
    return story.file or story.source.file or f"{story.slug}.md"


def _settle_pair(desk: Desk, gap: Gap) -> SettleView:
    row: ArchiveEntity | ArchiveEvent = desk.index.entities.get(gap.key) or desk.index.events[gap.key]
    other_id = row.perhaps_same[gap.nth].id
    other = desk.index.entities.get(other_id) or desk.index.events.get(other_id) or row
    kind = gap.key.partition("/")[0]
    if kind != "events" and fold(row.name) != fold(other.name):
        apart, same = {"not": [other.name]}, {"aliases": [other.name]}
    else:
        here, there = (_list_files(desk, one) for one in (row, other))
        apart, same = {"stories": here, "not": there}, {"stories": [*here, *there]}
    lines = ("- " + write_row({"name": row.name, **values}) for values in (apart, same))
    return SettleView(file=f"authority/{kind}.yaml", line=next(lines), other=next(lines))


def _list_files(desk: Desk, row: ArchiveEntity | ArchiveEvent) -> list[str]:
    return [_name_seed(desk.index.stories[slug]) for slug in row.stories[:1]]
