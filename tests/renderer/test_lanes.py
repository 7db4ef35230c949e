"""Names beside marks never cover each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alibaba_news.renderer.views.lanes import MOST_LANES, place_names


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(20, 260)), max_size=22))
def test_names_in_one_row_do_not_touch(marks: list[tuple[int, int]]) -> None:
    slots = place_names([(x, float(size)) for x, size in marks], 1000)
    assert len(slots) == len(marks)
    rows: dict[int, list[tuple[int, int]]] = {}
    for (x, size), slot in zip(marks, slots, strict=True):
        if slot.lane < MOST_LANES:
            rows.setdefault(slot.lane, []).append((x + 2, x + size) if slot.anchor == "start" else (x - size, x - 2))
    for spans in rows.values():
        for (_, end), (start, _) in zip(sorted(spans), sorted(spans)[1:], strict=False):
            assert end <= start


def test_a_name_that_does_not_fit_to_the_right_runs_left() -> None:
    slots = place_names([(100, 200.0), (950, 200.0)], 1000)
    assert [slot.anchor for slot in slots] == ["start", "end"]
    assert [slot.lane for slot in slots] == [0, 0]


def test_a_later_mark_under_an_earlier_name_does_not_cut_it() -> None:
    slots = place_names([(100, 300.0), (200, 100.0)], 1000)
    assert slots[0].lane > slots[1].lane
