"""Mentions by year -> a small bar drawing with its text twin."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from alibaba_news.renderer.views.parts import Bar
from alibaba_news.renderer.words import Words

HEIGHT, STEP, MOST_BARS = 20, 14, 12
FULL = 4  # mentions that fill the height at least: one mention must not look like much


class Bars(Struct, frozen=True, kw_only=True):
    """``label`` says in words what the bars show; empty where there is nothing to draw."""

    bars: tuple[Bar, ...] = ()
    width: int = 0
    label: str = ""


def draw_bars(years: Mapping[int, int], span: tuple[int, int], words: Words) -> Bars:
    """One bar a year of the archive's ``span``, so that rows below each other compare; years are run together beyond twelve."""
    if not years:
        return Bars()
    first, last = span
    width = -(-(last - first + 1) // MOST_BARS)
    sums = [sum(years.get(y, 0) for y in range(start, start + width)) for start in range(first, last + 1, width)]
    most = max(*sums, FULL)
    bars = []
    for nth, count in enumerate(sums):
        height = max(3, round(HEIGHT * count / most)) if count else 1
        bars.append(Bar(x=nth * STEP, y=HEIGHT - height, height=height))
    label = ", ".join(f"{year}: {words.number(years[year])}" for year in sorted(years) if years[year])
    return Bars(bars=tuple(bars), width=len(bars) * STEP, label=label)
