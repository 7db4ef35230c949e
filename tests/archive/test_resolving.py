"""Properties of an archive: what does not matter, what must not move, what comes back."""

from __future__ import annotations

from typing import Any

import pytest
from archivelib import make_story, make_world, resolve_case
from caselib import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from alibaba_news.archive.resolve import resolve
from alibaba_news.model import ENTITY_KINDS, Archive, Role, Story, Withdrawal

WORLD = make_world()
WORDS = ("Ratna", "Bayu", "Sugeng", "Jokowi", "Joko", "Widodo", "Prabowo", "PT", "Melati", "Ma'ruf", "", "…", "Ñ", "Kota")
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join).filter(str.strip)
EVENTS = st.fixed_dictionaries(
    {
        "name": NAMES,
        "start": st.sampled_from([None, "2018", "2018-03", "2018-03-05"]),
        "place": st.sampled_from([None, "Tegal"]),
    }
)
STORIES = st.lists(
    st.fixed_dictionaries(
        {
            "title": NAMES,
            "date": st.sampled_from([None, "2018-03", "2018-03-05", "2019-01-02T10:00+07:00"]),
            "people": st.lists(NAMES, max_size=3, unique=True),
            "organizations": st.lists(NAMES, max_size=2, unique=True),
            "places": st.lists(NAMES, max_size=2, unique=True),
            "events": st.lists(EVENTS, max_size=2),
        }
    ),
    min_size=1,
    max_size=6,
)


def make_stories(rows: list[dict[str, Any]]) -> tuple[Story, ...]:
    return tuple(make_story(f"{n}.txt", **row) for n, row in enumerate(rows))


def put_back(archive: Archive) -> tuple[Story, ...]:
    """The archive's records as a seeds folder would give them: every id and slug an editor's."""
    stories = []
    for story in archive.stories:
        kinds = {kind: tuple(replace(e, id_given=True) for e in getattr(story, kind)) for kind in ENTITY_KINDS}
        events = tuple(replace(e, id_given=True) for e in story.events)
        stories.append(replace(story, slug_given=True, events=events, **kinds))  # type: ignore[arg-type]
    return tuple(stories)


@settings(max_examples=60, deadline=None)
@given(STORIES, st.randoms(use_true_random=False))
def test_the_order_of_the_stories_does_not_matter(rows: list[dict[str, Any]], chance: Any) -> None:
    stories = make_stories(rows)
    shuffled = list(stories)
    chance.shuffle(shuffled)
    assert resolve(tuple(shuffled), WORLD) == resolve(stories, WORLD)


@settings(max_examples=60, deadline=None)
@given(STORIES)
def test_records_put_back_give_themselves(rows: list[dict[str, Any]]) -> None:
    archive = resolve(make_stories(rows), WORLD).archive
    again = resolve(put_back(archive), WORLD).archive
    assert again.stories == put_back(archive)
    for kind in (*ENTITY_KINDS, "events"):
        before, after = getattr(archive, kind), getattr(again, kind)
        assert [(row.id, row.name, row.stories) for row in after] == [(row.id, row.name, row.stories) for row in before]


@pytest.mark.parametrize("case", load_cases("archive"))
def test_records_of_the_cases_put_back_give_themselves(case: dict[str, Any]) -> None:
    archive = resolve_case(case).archive
    assert resolve(put_back(archive), make_world(case.get("authority", ()))).archive.stories == put_back(archive)


@settings(max_examples=60, deadline=None)
@given(STORIES)
def test_addresses_are_unique_and_made_for_files(rows: list[dict[str, Any]]) -> None:
    archive = resolve(make_stories(rows), WORLD).archive
    slugs = [story.slug for story in archive.stories]
    ids = [row.id for kind in (*ENTITY_KINDS, "events", "outlets") for row in getattr(archive, kind)]
    for addresses in (slugs, ids):
        assert len({address.casefold() for address in addresses}) == len(addresses)
    assert all(len(a.rpartition("/")[2]) <= 80 and a.isascii() for a in (*slugs, *ids))


def test_adding_a_later_story_moves_no_address() -> None:
    first = {f"{n}.txt": {"title": "Pasar dibuka", "people": ["Sugeng"], "products": ["Kopi"]} for n in range(3)}
    before = resolve_case({"stories": first}).archive
    after = resolve_case({"stories": {**first, "9.txt": {"title": "Pasar Dibuka", "people": ["Sugeng"]}}}).archive
    assert {s.source.file: s.slug for s in before.stories}.items() <= {s.source.file: s.slug for s in after.stories}.items()
    assert {p.id: p.stories for p in before.people}.items() <= {p.id: p.stories for p in after.people}.items()


def test_stories_are_newest_first_and_the_undated_last() -> None:
    dates = {"a.txt": "2018-03-05", "b.txt": None, "c.txt": "2019-01-02T10:00+07:00", "d.txt": "2018-03-05"}
    archive = resolve_case({"stories": {file: {"date": date} for file, date in dates.items()}}).archive
    assert [story.source.file for story in archive.stories] == ["c.txt", "a.txt", "d.txt", "b.txt"]


def test_a_person_has_roles_oldest_first_and_days_of_first_and_last_report() -> None:
    stories = {
        "a.txt": {"date": "2019-01-02T10:00+07:00", "people": [{"name": "Ratna Wulandari", "roles": ["gubernur"]}]},
        "b.txt": {"date": "2018-03-05", "people": [{"name": "Ratna Wulandari", "roles": ["wali kota", "Wali Kota"]}]},
    }
    (person,) = resolve_case({"stories": stories}).archive.people
    assert [(role.text, role.date) for role in person.roles] == [
        ("wali kota", "2018-03-05"),
        ("gubernur", "2019-01-02T10:00+07:00"),
    ]
    assert (person.first_seen, person.last_seen) == ("2018-03-05", "2019-01-02")
    assert person.stories == ("berita-b-txt", "berita-a-txt")


def test_places_bring_what_the_authority_knows() -> None:
    (place,) = resolve_case({"stories": {"a.txt": {"places": ["Cina"]}}}).archive.places
    assert (place.name, place.coordinates) == ("Tiongkok", (35.0, 105.0))
    assert place.same_as == ("https://www.wikidata.org/entity/Q148",)
    assert place.evidence == ("authority list: “Cina” is Tiongkok",)


def test_quotes_and_events_follow_their_people() -> None:
    row = {
        "people": ["Jokowi"],
        "quotes": [{"text": "Baik.", "speaker": "people/jokowi"}, {"text": "Ya.", "speaker": "people/orang-lain"}],
        "events": [{"name": "Rapat anggaran", "start": "2018-03-05", "people": ["Jokowi", "Orang Lain"]}],
    }
    archive = resolve_case({"stories": {"a.txt": row}}).archive
    (story,) = archive.stories
    assert [quote.speaker for quote in story.quotes] == ["people/joko-widodo", None]
    assert story.events[0].people == archive.events[0].people == ("people/joko-widodo",)
    assert story.people[0].aliases == ("Jokowi",)


def test_two_names_of_one_person_keep_every_mention_in_order() -> None:
    row = {"people": ["Jokowi", "Joko Widodo"], "title": "Jokowi", "body": ["Joko Widodo dan Jokowi."], "captions": ["Jokowi"]}
    (person,) = resolve_case({"stories": {"a.txt": row}}).archive.stories[0].people
    assert [(m.text, m.paragraph) for m in person.mentions] == [
        ("Jokowi", 0),
        ("Joko Widodo", 1),
        ("Jokowi", 1),
        ("Jokowi", "caption-1"),
    ]


def test_an_event_has_the_fullest_name_the_most_exact_place_and_everybody() -> None:
    one = {"name": "Rapat anggaran", "start": "2018-03-05", "place": "Tegal", "people": ["Ratna Wulandari"]}
    two = {"name": "Rapat anggaran pasar apung", "start": "2018-03-05", "end": "2018-03-06", "place": "Hotel Melati, Tegal"}
    stories = {
        "a.txt": {"people": ["Ratna Wulandari"], "events": [one]},
        "b.txt": {
            "people": ["Ratna Wulandari", "Bayu Samudra"],
            "events": [two | {"people": ["Bayu Samudra", "Ratna Wulandari"]}],
        },
    }
    (event,) = resolve_case({"stories": stories}).archive.events
    assert (event.name, event.place, event.start, event.end) == (two["name"], two["place"], "2018-03-05", "2018-03-06")
    assert event.people == ("people/ratna-wulandari", "people/bayu-samudra")
    assert event.evidence == (
        "the same day; the same place (Tegal); both name Ratna Wulandari; a similar name (anggaran, rapat)",
    )


def test_outlets_are_one_whatever_their_capitals() -> None:
    stories = {
        "a.txt": {"outlet": "Kabar Tirta", "date": "2019-01-01"},
        "b.txt": {"outlet": "KABAR TIRTA", "date": "2018-01-01"},
    }
    (outlet,) = resolve_case({"stories": stories}).archive.outlets
    assert (outlet.id, outlet.name, outlet.stories) == ("outlets/kabar-tirta", "Kabar Tirta", ("berita-b-txt", "berita-a-txt"))


def test_all_forms_of_a_known_outlet_lead_to_one_page() -> None:
    stories = {
        "a.txt": {"outlet": "KONTAN.CO.ID", "date": "2019-01-01"},
        "b.txt": {"outlet": "Kontan", "date": "2018-01-01"},
        "c.txt": {"outlet": "www.kontan.co.id", "date": "2018-01-02"},
    }
    (outlet,) = resolve_case({"stories": stories}).archive.outlets
    assert (outlet.id, outlet.name) == ("outlets/kontan", "Kontan")
    assert outlet.stories == ("berita-b-txt", "berita-c-txt", "berita-a-txt")


def test_a_name_borne_by_thousands_lists_only_a_few_doubts() -> None:
    stories = {f"{n:04}.txt": {"people": ["Sugeng"]} for n in range(300)}
    people = resolve_case({"stories": stories}).archive.people
    assert len(people) == 300
    assert 1 <= max(len(person.perhaps_same) for person in people) <= 8


def test_a_withdrawn_story_keeps_its_place_and_loses_its_text() -> None:
    story = make_story(
        "a.txt",
        title="Pasar dibuka",
        date="2018-03-05",
        body=["Ratna Wulandari hadir."],
        description="Ratna Wulandari hadir.",
        people=["Ratna Wulandari"],
        events=[{"name": "Peresmian", "start": "2018-03-05"}],
        captions=["Ratna Wulandari"],
    )
    notice = Withdrawal(date="2020-01-01", reason="Permintaan narasumber.")
    archive = resolve((replace(story, withdrawn=notice),), WORLD).archive
    (left,) = archive.stories
    assert (left.title, left.slug, left.date, left.withdrawn) == ("Pasar dibuka", "pasar-dibuka", "2018-03-05", notice)
    assert (left.source.file, left.source.sha256) == (story.source.file, story.source.sha256)
    assert "Ratna" not in repr(archive)
    assert (archive.people, archive.events, left.body) == ((), (), ())


@settings(max_examples=40, deadline=None)
@given(STORIES)
def test_a_role_never_breaks_anything(rows: list[dict[str, Any]]) -> None:
    stories = [
        replace(s, people=tuple(replace(e, roles=(Role(text=e.name), Role(text=""))) for e in s.people))
        for s in make_stories(rows)
    ]
    assert len(resolve(tuple(stories), WORLD).archive.stories) == len(rows)
