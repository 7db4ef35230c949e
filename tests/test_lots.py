"""Mappings and lists in parts: what is read again is what was kept, and only the parts that are asked for are read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alibaba_news.lots import Items, Lots, list_items, list_lots

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


class Kept:
    """Parts by name; ``asked`` are the names of those that were read."""

    def __init__(self, parts: dict[str, Any]) -> None:
        self.parts, self.asked = parts, list[str]()

    def __call__(self, name: str) -> Any:
        self.asked.append(name)
        return self.parts[name]


@given(st.dictionaries(TEXTS, st.integers(), max_size=700), TEXTS)
def test_a_mapping_comes_back_as_it_was(rows: dict[str, int], other: str) -> None:
    lots = Lots(Kept(dict(list_lots("a", rows, str))), "a", int)
    assert dict(lots) == rows
    assert list(lots) == list(rows)
    assert len(lots) == len(rows)
    assert (other in lots, lots.get(other)) == (other in rows, rows.get(other))
    assert lots == rows


@given(st.lists(st.integers(), max_size=1200), st.integers(-1300, 1300), st.slices(1200))
def test_a_list_comes_back_as_it_was(items: list[int], place: int, part: slice) -> None:
    found = Items[int](Kept(dict(list_items("a", items))), "a")
    assert list(found) == items
    assert found[part] == tuple(items[part])
    if -len(items) <= place < len(items):
        assert found[place] == items[place]
    else:
        with pytest.raises(IndexError):
            found[place]


def test_what_is_not_asked_for_is_not_read() -> None:
    rows = {f"story-{number}": number for number in range(5000)}
    kept = Kept(dict(list_lots("a", rows)))
    lots = Lots(kept, "a")
    assert (lots["story-7"], lots["story-7"]) == (7, 7)
    assert "nobody" not in lots
    assert len(kept.asked) <= 3  # how many lots there are, and those of two keys
    assert len(lots) == 5000
    assert len(kept.asked) <= 4


def test_changed_entries_make_their_lots_anew_and_no_other() -> None:
    rows = {f"story-{number}": number for number in range(5000)}
    kept = Kept(dict(list_lots("a", rows, str)))
    changed = Lots(kept, "a", int).change({"story-7": -7, "story-8": -8}, str)
    assert len(changed) <= 2
    kept.parts |= changed
    assert dict(Lots(kept, "a", int)) == rows | {"story-7": -7, "story-8": -8}
