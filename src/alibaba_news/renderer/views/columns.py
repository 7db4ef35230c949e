"""Counts by year or month -> a drawing of columns, each one a link, stories below and events on top of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from alibaba_news.renderer.dates import word_years
from alibaba_news.renderer.words import Words

WIDTH = 1120
HEIGHT = 96
TOP = 22  # room for the number above the highest column
FOOT = 32  # room for the labels below
COUNT_STEP = 30  # a column at least this wide has room for its number
LABEL_STEP = 52  # the width of "2018" or "Agu" with some air
MOST_COLUMNS = 60  # years
LEAST = 3  # a single story can still be seen and hit


class Count(Struct, frozen=True, kw_only=True):
    """What a column shows and where it leads (None where there is nothing); ``short`` is what fits below it."""

    label: str
    short: str
    href: str | None
    stories: int
    events: int


class Column(Struct, frozen=True, kw_only=True):
    """One column: stories from ``y`` down, events from ``event_y``; ``share`` of 100 is for the list on narrow screens."""

    x: int
    y: int
    width: int
    height: int
    event_y: int
    event_height: int
    top: int  # of the whole column
    label: str
    short: str
    href: str | None
    title: str
    count: str
    stories: str
    events: str
    share: int
    show_count: bool
    show_label: bool


class ColumnsView(Struct, frozen=True, kw_only=True):
    """``unit`` heads the column of labels in the table that says the same."""

    width: int
    height: int
    line_y: int
    caption: str
    unit: str
    has_events: bool
    columns: tuple[Column, ...]


def list_spans(years: Collection[int]) -> Iterator[range]:
    """The years from the first to the last, each alone where there is a column for each, else a few together."""
    first, last = min(years), max(years)
    width = -(-(last - first + 1) // MOST_COLUMNS)
    return (range(start, start + width) for start in range(first, last + 1, width))


def count_span(span: range, href: str | None, *, stories: int, events: int) -> Count:
    """What the column of some years shows."""
    return Count(label=word_years(span), short=str(span[0]), href=href, stories=stories, events=events)


def draw_columns(words: Words, counts: Sequence[Count], unit: Literal["year", "month"]) -> ColumnsView:
    """The drawing of the counts of some years or months, in its own units."""
    has_events = any(c.events for c in counts)
    step = WIDTH / max(len(counts), 1)
    most = max((c.stories + c.events for c in counts), default=1) or 1
    every = max(1, -(-LABEL_STEP // round(step))) if step < LABEL_STEP else 1
    columns = (
        _draw_column(words, count, x=round(nth * step), step=round(step), most=most, show_label=nth % every == 0)
        for nth, count in enumerate(counts)
    )
    return ColumnsView(
        width=WIDTH,
        height=TOP + HEIGHT + FOOT,
        line_y=TOP + HEIGHT,
        caption=words.t(f"strip.by_{unit}" if has_events else f"strip.stories_by_{unit}"),
        unit=words.t(f"strip.{unit}"),
        has_events=has_events,
        columns=tuple(columns),
    )


def _draw_column(words: Words, count: Count, *, x: int, step: int, most: int, show_label: bool) -> Column:
    total, base = count.stories + count.events, TOP + HEIGHT
    stories, events = _scale(count.stories, most), _scale(count.events, most)
    stories = min(stories, HEIGHT - events)
    return Column(
        x=x + 2,
        y=base - stories,
        width=min(max(LEAST, step - 4), 160),
        height=stories,
        event_y=base - stories - events,
        event_height=events,
        top=base - stories - events,
        label=count.label,
        short=count.short,
        href=count.href,
        title=f"{count.label}: {tell(words, count.stories, count.events)}",
        count=words.number(total),
        stories=words.number(count.stories),
        events=words.number(count.events),
        share=max(2, round(100 * total / most)) if total else 0,
        # A column of a few is counted with the eye, and what reads the contrast of words cannot judge a single sign.
        show_count=total > 9 and step >= COUNT_STEP,
        show_label=show_label,
    )


def _scale(count: int, most: int) -> int:
    return max(LEAST, round(HEIGHT * count / most)) if count else 0


def tell(words: Words, stories: int, events: int) -> str:
    """Counts in words, "12 berita, 3 peristiwa"; what there is none of is left out, unless there is nothing at all."""
    told = [words.n("count.stories", stories)] if stories or not events else []
    return ", ".join([*told, *([words.n("count.events", events)] if events else [])])
