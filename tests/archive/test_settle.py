"""Open years against the archive's other dates, through the public door."""

from __future__ import annotations

from typing import Any

from archivelib import make_story
from msgspec.structs import replace

from alibaba_news.archive.settle import settle_open_dates
from alibaba_news.loader.dates import read_dates
from alibaba_news.model import DateExpression, Event, Story
from alibaba_news.world import World

CANDIDATES = ("2006-05-09", "2017-05-09", "2023-05-09")
WORLD = World(language="en")


def make_open(**changes: Any) -> Story:
    """A story of a Tuesday (9/5) whose year its text leaves open."""
    row = DateExpression(text="Selasa (9/5)", value=None, origin="unknown", candidates=CANDIDATES, paragraph=1, start=0)
    event = Event(id="events/panen", name="Panen", evidence="Printed.", candidates=CANDIDATES)
    story = replace(
        make_story("open", body=["Selasa (9/5) lalu panen raya digelar."]),
        date_evidence="9 May is a Tuesday in 2006, 2017, 2023.",
        date_candidates=CANDIDATES,
        date_settled=False,
        dates=(row,),
        events=(event,),
    )
    return replace(story, **changes)


def settle(*stories: Story) -> Story:
    """The first story after settling it among the others."""
    return settle_open_dates(stories, WORLD)[0]


def test_the_only_candidate_within_the_span_is_taken() -> None:
    story = settle(
        make_open(date_open_days=7), make_story("a", date="2015-01-02"), make_story("b", date="2018-03-04T08:00+07:00")
    )
    assert (story.date, story.date_origin, story.date_latest, story.date_settled) == (
        "2017-05-09",
        "inferred",
        "2017-05-16",
        True,
    )
    assert story.date_candidates == CANDIDATES
    assert story.date_evidence.startswith(
        "9 May is a Tuesday in 2006, 2017, 2023; the other days in this archive that are printed or settled by their own text"
    )
    assert "2 January 2015" in story.date_evidence
    assert "4 March 2018" in story.date_evidence


def test_its_dates_and_events_follow() -> None:
    story = settle(make_open(), make_story("a", date="2015-01-02"), make_story("b", date="2018-03-04"))
    assert [(d.value, d.origin, d.candidates) for d in story.dates] == [("2017-05-09", "inferred", CANDIDATES)]
    event = story.events[0]
    assert (event.start, event.end, event.origin) == ("2017-05-09", "2017-05-09", "inferred")
    assert event.evidence.startswith("Printed; the other days")


def test_a_range_and_a_day_across_new_year() -> None:
    ranges = ("2006-12-30/2007-01-02", "2017-12-30/2018-01-02")
    row = DateExpression(
        text="31/12", value=None, origin="unknown", candidates=("2006-12-31", "2017-12-31"), paragraph=1, start=0
    )
    story = make_open(
        date_candidates=("2007-01-02", "2018-01-02"), dates=(row,), events=(Event(id="events/x", name="X", candidates=ranges),)
    )
    story = settle(story, make_story("a", date="2015-01-02"), make_story("b", date="2018-03-04"))
    assert (story.date, story.dates[0].value, story.events[0].start, story.events[0].end) == (
        "2018-01-02",
        "2017-12-31",
        "2017-12-30",
        "2018-01-02",
    )


def test_an_editors_months_and_years_stay_open() -> None:
    row = DateExpression(text="2016", value=None, origin="unknown", candidates=("2016", "2017"), paragraph=1, start=0)
    event = Event(id="events/x", name="X", candidates=("2016-11", "2017-05-09/2017"))
    story = settle(
        make_open(dates=(row,), events=(event,)), make_story("a", date="2015-01-02"), make_story("b", date="2018-03-04")
    )
    assert (story.date, story.dates, story.events) == ("2017-05-09", (row,), (event,))


def test_two_candidates_within_the_span_stay_open() -> None:
    story = make_open()
    assert settle(story, make_story("a", date="2015-01-02"), make_story("b", date="2024-03-04")) == story


def test_no_candidate_within_the_span_stays_open() -> None:
    story = make_open()
    assert settle(story, make_story("a", date="2015-01-02"), make_story("b", date="2016-03-04")) == story


def make_printed(file: str, *days: str) -> Story:
    """A story without a day of publication that prints other days."""
    dates = tuple(DateExpression(text=day, value=day, origin="stated", paragraph=1) for day in days)
    return replace(make_story(file), dates=dates)


def test_days_that_others_print_count() -> None:
    story = settle(make_open(), make_printed("a", "2015-01-02"), make_printed("b", "2018-03-04"))
    assert story.date == "2017-05-09"
    assert "2 January 2015" in story.date_evidence


def test_a_printed_day_may_keep_two_candidates_open() -> None:
    story = make_open()
    others = make_story("a", date="2015-01-02"), make_story("b", date="2018-03-04")
    assert settle(story, *others, make_printed("c", "2006-01-01")) == story


def test_a_month_or_a_year_is_no_end_of_the_span() -> None:
    others = make_story("a", date="2015-01-02"), make_story("b", date="2018-03-04")
    assert settle(make_open(), *others, make_printed("c", "1998", "2006-01")).date == "2017-05-09"


def test_its_own_printed_days_are_no_other_dates() -> None:
    own = DateExpression(text="17 Agustus 1945", value="1945-08-17", origin="stated", paragraph=1)
    story = make_open(dates=(*make_open().dates, own))
    others = make_story("a", date="2015-01-02"), make_story("b", date="2018-03-04")
    assert settle(story, *others).date == "2017-05-09"
    assert settle(story, make_story("b", date="2018-03-04")) == story


def test_an_archive_without_dates_settles_nothing() -> None:
    story = make_open()
    assert settle(story, make_story("a"), make_story("b", date="2017")) == story


def test_open_stories_do_not_settle_each_other() -> None:
    other = make_open(date_candidates=("2016-01-01", "2021-01-01"))
    stories = (make_open(), other, make_story("a", date="2015-01-02"), make_story("b", date="2015-03-04"))
    assert settle_open_dates(stories, WORLD) == stories


def test_settled_stories_stay_as_they_are() -> None:
    stories = (make_story("a", date="2015-01-02"), make_story("b"), make_open(), make_story("c", date="2018-01-02"))
    settled = settle_open_dates(stories, WORLD)
    assert (settled[0], settled[1], settled[3]) == (stories[0], stories[1], stories[3])


def test_what_the_loader_leaves_open_can_be_settled() -> None:
    dating = read_dates({0: "Panen", 1: "Sebanyak 40 petani berkumpul Selasa lalu (9/5)."}, (), WORLD)
    story = make_open(date_candidates=dating.date_candidates, date_open_days=dating.open_days, dates=dating.dates, events=())
    story = settle(story, make_story("a", date="2016-01-02"), make_story("b", date="2018-01-02"))
    assert (story.date, story.date_latest, story.dates[0].value) == ("2017-05-09", "2017-05-16", "2017-05-09")
