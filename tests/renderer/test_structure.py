"""What is taken as it was, because the same stories name the same people and tell of the same events, is what it was."""

from __future__ import annotations

from typing import cast
from unittest.mock import patch

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from samplelib import gather, make_story

from alibaba_news.model import Archive, ArchiveEvent, CopiedStory, Event, Story, StoryCopy
from alibaba_news.renderer import fact_values, related
from alibaba_news.renderer.fact_values import STRUCTURAL, FactValues
from alibaba_news.renderer.index import build_index
from alibaba_news.renderer.related import RARE
from alibaba_news.settings import Settings

NAMES = ("Ratna Wulandari", "Bagus Prakoso", "Koperasi Tirta", "Muara Jati", "Teluk Lestari")
SETTINGS = Settings()
EVENT, PERSON = "events/rapat", "people/ratna-wulandari"

# Of a story: whom it names, its day, whether it tells of the event, whether it is a copy of the one before.
Told = tuple[frozenset[str], str | None, bool, bool]
TOLD = st.tuples(
    st.frozensets(st.sampled_from(NAMES)),
    st.sampled_from([None, "2018", "2018-01-01", "2018-01-02", "2018-03-01T10:00+07:00"]),
    st.booleans(),
    st.booleans(),
)
SLUGS = st.sampled_from([f"s{n}" for n in range(9)])


def make_values(told: dict[str, Told], start: str = "2018-01-01", name: str = NAMES[0]) -> FactValues:
    stories = [make(slug, *own, start) for slug, own in sorted(told.items())]
    slugs = tuple(story.slug for story in stories if story.events)
    event = ArchiveEvent(id=EVENT, name="Rapat", start=start, end=start, precision="day", stories=slugs, people=(PERSON,))
    archive: Archive = gather(stories, [event] if slugs else [])
    people = tuple(replace(row, name=name) if row.id == PERSON else row for row in archive.people)
    ordered = sorted(told)
    pairs = {slug: ordered[nth - 1] for nth, slug in enumerate(ordered) if nth and told[slug][3]}
    rows = tuple(
        CopiedStory(story=slug, copies=(StoryCopy(story=other, kind="near copy", share=0.9, share_there=0.9),))
        for slug, other in pairs.items()
    )
    return FactValues(build_index(replace(archive, people=people, copies=rows)), SETTINGS, lambda *_: None)


def make(slug: str, names: frozenset[str], date: str | None, tells: bool, _copied: bool, start: str) -> Story:
    story = make_story(slug=slug, title=slug, body=(f"Hadir: {', '.join(sorted(names))}.",), date=date)
    own = Event(id=EVENT, name="Rapat", start=start, end=start, paragraph=1, offset=0)
    return replace(story, events=(own,)) if tells else story


def list_facts(values: FactValues) -> list[tuple[str, str]]:
    index = values._index
    return [(name, key) for name in sorted(STRUCTURAL) for key in getattr(index, name)]


@st.composite
def draw_edit(draw: st.DrawFn) -> tuple[dict[str, Told], dict[str, Told]]:
    """What stories tell, before and after one of them has become another, or there is one more or less."""
    before = draw(st.dictionaries(SLUGS, TOLD, min_size=3))
    slug, other_slug, other = draw(st.sampled_from(sorted(before))), draw(SLUGS), draw(TOLD)
    what = draw(st.integers(-3, len(other) - 1))
    if what == -3:
        return before, {other_slug if key == slug else key: own for key, own in before.items()}
    if what == -2:
        return before, {**before, other_slug: other}
    if what == -1:
        return before, {key: own for key, own in before.items() if key != slug}
    own = before[slug]
    return before, {**before, slug: cast("Told", (*own[:what], other[what], *own[what + 1 :]))}


@settings(max_examples=400)
@given(draw_edit(), st.sampled_from(["", "start", "name"]), st.sampled_from([1, 3, RARE]))
def test_what_is_said_to_be_as_it_was_is(edit: tuple[dict[str, Told], dict[str, Told]], moved: str, rare: int) -> None:
    start = "2018-02-01" if moved == "start" else "2018-01-01"
    name = "Aminah" if moved == "name" else NAMES[0]
    with patch.object(related, "RARE", rare), patch.object(fact_values, "RARE", rare):
        was, now = make_values(edit[0]), make_values(edit[1], start, name)
        is_same = now.compare_structure(was.structure)
        assert [fact for fact in list_facts(was) if is_same(fact) and was.digest(fact) != now.digest(fact)] == []


def test_a_story_more_leaves_what_has_nothing_to_do_with_it() -> None:
    told: dict[str, Told] = {f"s{n}": (frozenset(NAMES[:2]), "2018-01-01", False, False) for n in range(4)}
    told |= {f"t{n}": (frozenset(NAMES[2:4]), "2018-01-02", True, False) for n in range(4)}
    was = make_values(told)  # eight and nine stories are compared on one scale
    is_same = make_values({**told, "u": told["t0"]}).compare_structure(was.structure)
    same = {fact for fact in list_facts(was) if is_same(fact)}
    people = {("company", "people/ratna-wulandari"), ("lives", "people/bagus-prakoso")}
    assert same >= {*people, *(("related", f"s{n}") for n in range(4))}
    assert same.isdisjoint({("related", "t0"), ("company", "organizations/koperasi-tirta"), ("neighbours", "s0")})


def test_a_name_that_very_many_bear_ties_no_story_to_all_of_them() -> None:
    town, pair = frozenset(NAMES[3:4]), frozenset(NAMES[:2])
    told: dict[str, Told] = {f"s{n:03}": (town, None, False, False) for n in range(RARE + 20)}
    told |= {f"t{n}": (town | pair, None, False, False) for n in range(3)}
    was = make_values(told)
    is_same = make_values({**told, "u": (town, None, False, False)}).compare_structure(was.structure)
    assert [is_same(("related", "t0")), is_same(("company", "places/muara-jati"))] == [True, False]


@pytest.mark.parametrize(("count", "same"), [(RARE, False), (RARE + 1, True)])
def test_a_day_matters_to_those_whom_a_rare_name_leads_there(count: int, same: bool) -> None:
    told: dict[str, Told] = {f"s{n:03}": (frozenset(NAMES[:1]), None, False, False) for n in range(count)}
    was = make_values(told)
    is_same = make_values({**told, "s001": (frozenset(NAMES[:1]), "2018", False, False)}).compare_structure(was.structure)
    assert is_same(("related", "s000")) == same


def test_an_archive_of_twice_the_size_is_compared_afresh() -> None:
    told: dict[str, Told] = {f"s{n}": (frozenset(NAMES[:2]), None, False, False) for n in range(3)}
    more: dict[str, Told] = {f"t{n}": (frozenset(), None, False, False) for n in range(RARE)}
    was = make_values(told)
    assert not make_values(told | more).compare_structure(was.structure)(("related", "s0"))
    assert make_values(told | more).compare_structure(was.structure)(("company", "people/bagus-prakoso"))
