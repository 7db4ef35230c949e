"""An index that notes what is read of it reads like the index itself, and nothing is read of it unnoticed."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from renderlib import SETTINGS
from samplelib import build_sample

from alibaba_news.model import Archive
from alibaba_news.renderer import Renderer
from alibaba_news.renderer import render as render_module
from alibaba_news.renderer.fact_values import FactValues
from alibaba_news.renderer.index import Index, build_index
from alibaba_news.renderer.pages import plan_index
from alibaba_news.renderer.tracking import COLUMN, LENGTH, Fact, Recorder, read_whole, track_index
from alibaba_news.values import digest


@pytest.fixture(scope="module")
def archive() -> Archive:
    return build_sample()


@pytest.fixture
def tracked(archive: Archive) -> tuple[Index, Recorder]:
    recorder = Recorder()
    return track_index(build_index(archive), recorder), recorder


def test_pages_are_the_same_with_and_without_notes(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    with_notes = Renderer(archive, SETTINGS)
    pages = plan_index(with_notes.index, SETTINGS)
    found = {page.path: with_notes.draw(page).data for page in pages}
    monkeypatch.setattr(render_module, "track_index", lambda index, _: index)
    without = Renderer(archive, SETTINGS)
    assert [page.path for page in pages if without.render(page) != found[page.path]] == []


def test_the_facts_of_a_page_do_not_depend_on_what_was_drawn_before(archive: Archive) -> None:
    one, other = Renderer(archive, SETTINGS), Renderer(archive, SETTINGS)
    pages = [page for page in plan_index(one.index, SETTINGS) if page.kind != "search_file"]
    forwards = {page.path: set(one.draw(page).facts) for page in pages}
    backwards = {page.path: set(other.draw(page).facts) for page in reversed(pages)}
    assert [path for path in forwards if forwards[path] != backwards[path]] == []


def test_a_line_about_a_story_needs_its_head_and_its_text_all_of_it(tracked: tuple[Index, Recorder]) -> None:
    index, recorder = tracked
    slug = next(iter(index.stories))
    recorder.take()
    story = index.stories[slug]
    assert (story.title, story.date, story.withdrawn) is not None
    assert set(recorder.take()) == {("stories.head", slug)}
    assert story.body is not None
    assert set(recorder.take()) == {("stories", slug)}


def test_who_reads_all_of_a_row_needs_no_second_fact_about_its_head(tracked: tuple[Index, Recorder]) -> None:
    index, recorder = tracked
    slug = next(iter(index.stories))
    recorder.take()
    for _ in range(2):  # however often it was looked up before
        assert read_whole(index.stories[slug]) is not None
        assert set(recorder.take()) == {("stories", slug)}
    assert index.outlets.get(slug) is not None
    assert set(recorder.take()) == {("outlets", slug), ("outlet.head", index.outlets[slug].id)}


def test_what_is_not_there_is_a_fact_too(tracked: tuple[Index, Recorder]) -> None:
    index, recorder = tracked
    assert index.entities.get("people/nobody") is None
    assert "people/nobody" not in index.entities
    with pytest.raises(KeyError):
        index.entities["people/nobody"]
    assert {key for _, key in recorder.take()} == {"people/nobody"}


def test_going_through_all_rows_needs_the_columns_that_are_read(tracked: tuple[Index, Recorder]) -> None:
    index, recorder = tracked
    assert [story.title for story in index.archive.stories]
    assert set(recorder.take()) == {(COLUMN, ("archive.stories", "slug")), (COLUMN, ("archive.stories", "title"))}


@pytest.mark.parametrize(
    ("at", "facts"),
    [
        (slice(0, 2), {("archive.stories", 0), ("archive.stories", 1)}),
        (slice(1, None), {("archive.stories", LENGTH)}),
        (slice(-1, None), {("archive.stories", LENGTH)}),
        (slice(0, 10_000), {("archive.stories", LENGTH)}),
    ],
)
def test_a_slice_needs_its_rows_and_the_length_where_that_cuts_it(
    tracked: tuple[Index, Recorder], at: slice, facts: set[Fact]
) -> None:
    index, recorder = tracked
    assert index.archive.stories[at]
    assert facts <= (noted := set(recorder.take()))
    assert (("archive.stories", LENGTH) in noted) == (("archive.stories", LENGTH) in facts)


def test_a_fact_is_another_where_its_row_is_another(archive: Archive) -> None:
    story = archive.stories[0]
    changed = replace(archive, stories=(replace(story, body=("Lain sekali.",)), *archive.stories[1:]))
    before, after = (FactValues(build_index(a), SETTINGS, lambda *_: None) for a in (archive, changed))
    assert before.digest(("stories", story.slug)) != after.digest(("stories", story.slug))
    assert before.digest(("stories.head", story.slug)) == after.digest(("stories.head", story.slug))
    assert before.digest((COLUMN, ("archive.stories", "body"))) != after.digest((COLUMN, ("archive.stories", "body")))
    assert before.digest(("archive.stories", 0)) == after.digest(("archive.stories", 0))


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"body": ("Lain sekali.",)}, True),
        ({"title": "Judul Lain"}, True),
        ({"quotes": ()}, True),
        ({"date": "1999-01-01"}, False),
        ({"people": ()}, False),
        ({"places": ()}, False),
        ({"events": ()}, False),
    ],
)
def test_look_ups_of_who_stands_where_are_as_they_were_where_that_is(
    archive: Archive, changes: dict[str, Any], same: bool
) -> None:
    slug = next(s.slug for s in archive.stories if s.people and s.places and s.events)
    stories = tuple(replace(s, **changes) if s.slug == slug else s for s in archive.stories)
    indexes = [build_index(archive), build_index(replace(archive, stories=stories))]
    before, after = (FactValues(index, SETTINGS, lambda *_: None) for index in indexes)
    assert (before.structure == after.structure) == same
    assert after.compare_structure(before.structure)(("related", slug)) == same


def test_equal_values_have_one_digest_however_they_came_about(archive: Archive) -> None:
    story = archive.stories[0]
    again = replace(story, title="".join(list(story.title)), body=tuple("".join(list(p)) for p in story.body))
    assert digest(story) == digest(again)
    assert digest({"a": frozenset({"x", "y", "z"})}) == digest({"a": frozenset({"z", "y", "x"})})
    assert len({digest(v) for v in (1, "1", (1,), None, (), "", {"a": 1}, 1.5)}) == 8
