"""Which stories go with a story, and why: shared events, then rare names; at most five, found without looking at all."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from samplelib import build_many, build_sample, gather, make_story

from alibaba_news.model import Archive, ArchiveEvent, CopiedStory, Event, Story, StoryCopy
from alibaba_news.renderer.index import Index, build_index
from alibaba_news.renderer.related import RARE, Related

EVENT = "events/rapat"


def name(slug: str, text: str, date: str | None = "2018-01-01", *, event: bool = False) -> Story:
    story = make_story(slug=slug, title=slug, body=(text,), date=date)
    events = (Event(id=EVENT, name="Rapat", start="2018-01-01", end="2018-01-01", paragraph=1, offset=0),) if event else ()
    return replace(story, events=events)


def index(*stories: Story) -> Index:
    slugs = tuple(story.slug for story in stories if story.events)
    event = ArchiveEvent(id=EVENT, name="Rapat", start="2018-01-01", end="2018-01-01", precision="day", stories=slugs)
    return build_index(gather(stories, [event] if slugs else []))


def test_a_shared_event_goes_before_any_name() -> None:
    found = index(
        name("a", "Ratna Wulandari dan Bagus Prakoso di Muara Jati.", event=True),
        name("b", "Rapat saja.", event=True),
        name("c", "Ratna Wulandari dan Bagus Prakoso di Muara Jati."),
    ).related["a"]
    assert [(row.story, row.why) for row in found] == [("b", "event"), ("c", "names")]
    assert found[0].shared == (EVENT,)


def test_the_rarest_names_are_the_reason_and_the_rank() -> None:
    stories = [name("a", "Ratna Wulandari, Bagus Prakoso, Koperasi Tirta."), name("rare", "Bagus Prakoso.")]
    stories += [name(f"common-{n}", "Ratna Wulandari.") for n in range(3)]
    found = index(*stories, name("both", "Ratna Wulandari, Bagus Prakoso.")).related["a"]
    assert [row.story for row in found] == ["both", "rare", "common-0", "common-1", "common-2"]
    assert found[0].shared == ("people/bagus-prakoso", "people/ratna-wulandari")


def test_one_town_in_common_is_no_reason() -> None:
    found = index(name("a", "Di Muara Jati."), name("b", "Di Muara Jati."), name("c", "Di Muara Jati dan Teluk Lestari."))
    assert found.related["a"] == ()


def test_two_towns_are() -> None:
    both = "Dari Muara Jati ke Teluk Lestari."
    assert [row.story for row in index(name("a", both), name("b", both)).related["a"]] == ["b"]


def test_of_two_alike_the_nearer_in_time_goes_first() -> None:
    text = "Ratna Wulandari hadir."
    found = index(*(name(f"s{n}", text, f"2018-01-{n + 1:02}") for n in range(9))).related["s4"]
    assert [row.story for row in found] == ["s3", "s5", "s2", "s6", "s1"]


def test_copies_stand_first_and_once() -> None:
    archive: Archive = build_sample()
    market, second = "wali-kota-resmikan-pasar-apung", "pasar-di-atas-rakit-akhirnya-dibuka"
    copy = StoryCopy(story=second, kind="same text", share=1.0, share_there=1.0)
    found = build_index(replace(archive, copies=(CopiedStory(story=market, copies=(copy,)),))).related[market]
    assert found[0] == Related(story=second, why="copy")
    assert [row.story for row in found].count(second) == 1


@pytest.mark.parametrize(("count", "found"), [(RARE, 5), (RARE + 1, 0)])
def test_a_name_that_very_many_bear_leads_nowhere(count: int, found: int) -> None:
    assert len(build_index(build_many(count)).related["berita-00003"]) == found


def test_of_a_large_event_the_nearest_accounts_are_related() -> None:
    stories = [name(f"s{n:03}", f"Rapat {n}.", event=True) for n in range(RARE + 40)]
    found = index(*stories).related["s050"]
    assert len(found) == 5
    assert all(abs(int(row.story[1:]) - 50) <= 12 for row in found)


def test_the_order_of_the_stories_changes_nothing() -> None:
    stories = [name(f"s{n}", "Ratna Wulandari, Koperasi Tirta.", f"2018-01-{n + 1:02}") for n in range(8)]
    one, other = index(*stories), index(*stories[::-1])
    assert {slug: one.related[slug] for slug in one.stories} == {slug: other.related[slug] for slug in one.stories}
