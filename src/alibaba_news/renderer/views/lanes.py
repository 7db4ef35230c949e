"""Names beside marks on a line, in rows above it, so that no name covers another or stands in the way of another's thread."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

MOST_LANES = 9
GAP = 2.0


class Slot(Struct, frozen=True, kw_only=True):
    """The row of a name, 0 nearest to the line; ``anchor`` is ``start`` where it runs right of its mark, ``end`` where left."""

    lane: int
    anchor: str


def place_names(marks: Sequence[tuple[int, float]], width: float) -> tuple[Slot, ...]:
    """A slot for each (x, width of the name), in the order given.

    Names that fit to the right are placed from the right, so that a name only ever passes above marks that stand already;
    the others run left and are placed from the left for the same reason.
    """
    right = [nth for nth, (x, size) in enumerate(marks) if x + size <= width]
    left = [nth for nth, (x, size) in enumerate(marks) if x + size > width]
    order = [*sorted(right, key=lambda n: -marks[n][0]), *sorted(left, key=lambda n: marks[n][0])]
    spans: list[tuple[int, float, float]] = []
    threads: list[tuple[int, int]] = []
    slots: dict[int, Slot] = {}
    for nth in order:
        x, size = marks[nth]
        anchor = "start" if nth in right else "end"
        span = (x + GAP, x + size) if anchor == "start" else (x - size, x - GAP)
        lane = next((n for n in range(MOST_LANES) if _is_free(n, x, span, spans, threads)), MOST_LANES)
        spans.append((lane, *span))
        threads.append((lane, x))
        slots[nth] = Slot(lane=lane, anchor=anchor)
    return tuple(slots[nth] for nth in range(len(marks)))


def _is_free(
    lane: int,
    x: int,
    span: tuple[float, float],
    spans: list[tuple[int, float, float]],
    threads: list[tuple[int, int]],
) -> bool:
    left, right = span
    row_clear = all(b <= left or a >= right for row, a, b in spans if row == lane)
    thread_clear = all(not a < x < b for row, a, b in spans if row < lane)
    under_clear = all(not left < other < right for row, other in threads if row > lane)
    return row_clear and thread_clear and under_clear
