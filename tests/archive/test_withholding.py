"""A name that an editor withholds is in nothing that is published of the story, and everything else keeps its place."""

from __future__ import annotations

from typing import Any

from archivelib import make_story, make_world
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from alibaba_news.archive.resolve import resolve
from alibaba_news.model import Archive, Correction, CutLine, Story

WORLD = make_world()
LABEL = "[name withheld]"


def resolve_one(*stories: Story) -> tuple[Archive, Story]:
    archive = resolve(stories, WORLD).archive
    return archive, next(s for s in archive.stories if s.source.file == "a.txt")


def make_arrest(**more: Any) -> Story:
    values: dict[str, Any] = {
        "title": "Polisi tangkap Tono Kertapati di Tegal",
        "body": ["Tono Kertapati ditangkap. Kepala Polisi Ratna Wulandari menyebut Tono bungkam.", "TONO KERTAPATI diam."],
        "captions": ["Rumah Kertapati di Tegal. Foto: Heru Kertapati"],
        "description": "Tono Kertapati ditangkap.",
        "people": [
            {"name": "Tono Kertapati", "aliases": ["Tono"], "roles": ["tersangka"]},
            "Ratna Wulandari",
            "Heru Kertapati",
        ],
        "places": ["Tegal"],
        "quotes": [{"text": "Saya tidak tahu,", "speaker": "people/tono-kertapati", "speaker_text": "Tono"}],
        "events": [
            {"name": "Penangkapan Tono Kertapati", "start": "2018-03-05", "people": ["Tono Kertapati", "Ratna Wulandari"]}
        ],
        "withhold": ["Tono Kertapati"],
        "url": "https://example.org/polisi-tangkap-tono-kertapati",
        "redirect_from": ["/lama/tono-kertapati", "/lama/2"],
    }
    return make_story("a.txt", **(values | more))


def test_the_name_and_its_forms_are_gone_from_everything() -> None:
    story = make_arrest()
    cut = CutLine(line=9, role="teaser", rule="links", text="Baca juga: Ibu tono kertapati menangis")
    story = replace(
        story,
        source=replace(story.source, cut=(cut,)),
        corrections=(Correction(date="2020-01-01", text="Nama Tono-Kertapati disamarkan."),),
        date_evidence="“Tono Kertapati ditangkap, Senin (5/3)”",
    )
    archive, shown = resolve_one(story)
    told = repr(archive).casefold()
    assert "tono" not in told
    assert "kertapati" not in told.replace("heru kertapati", "").replace("heru-kertapati", "")
    assert shown.body[0] == f"{LABEL} ditangkap. Kepala Polisi Ratna Wulandari menyebut {LABEL} bungkam."
    assert (shown.title, shown.slug) == (f"Polisi tangkap {LABEL} di Tegal", "polisi-tangkap-name-withheld-di-tegal")
    assert (shown.withhold, shown.url, shown.redirect_from) == ((), None, ("/lama/2",))
    assert shown.quotes[0].speaker is None
    assert [event.id for event in archive.events] == ["events/penangkapan-name-withheld"]
    assert archive.events[0].people == ("people/ratna-wulandari",)


def test_somebody_else_who_shares_a_word_stays() -> None:
    archive, shown = resolve_one(make_arrest())
    assert [person.id for person in archive.people] == ["people/heru-kertapati", "people/ratna-wulandari"]
    assert shown.captions[0].text == f"Rumah {LABEL} di Tegal. Foto: Heru Kertapati"


def test_mentions_of_others_stand_where_they_say() -> None:
    _, shown = resolve_one(make_arrest())
    texts = shown.texts()
    mentions = [mention for entity in shown.entities().values() for mention in entity.mentions]
    assert len(mentions) == 4
    for mention in mentions:
        assert texts[mention.paragraph][mention.start :].startswith(mention.text)


def test_a_name_within_an_organizations_is_hidden_there() -> None:
    archive, _ = resolve_one(make_arrest(organizations=["Yayasan Tono Kertapati"]))
    assert [o.name for o in archive.organizations] == [f"Yayasan {LABEL}"]


def test_what_is_named_by_a_part_of_the_name_stands_where_its_mask_does() -> None:
    _, shown = resolve_one(make_story("a.txt", body=["Rini M.Si. tiba."], organizations=["Si"], withhold=["M.Si."]))
    assert [(m.text, m.start) for m in shown.organizations[0].mentions] == [(LABEL, 5)]
    assert shown.body == (f"Rini {LABEL} tiba.",)


def test_endings_written_onto_the_name_do_not_show_it() -> None:
    _, shown = resolve_one(make_story("a.txt", body=["Rumah Tononya sepi."], people=["Tono"], withhold=["Tono"]))
    assert shown.body == (f"Rumah {LABEL}nya sepi.",)


def test_a_common_word_that_the_name_is_made_of_stays_in_lower_case() -> None:
    _, shown = resolve_one(
        make_story("a.txt", body=["Bunga Melati memetik bunga."], people=["Bunga Melati"], withhold=["Bunga Melati"])
    )
    assert shown.body == (f"{LABEL} memetik bunga.",)


def test_an_editors_slug_stays() -> None:
    assert resolve_one(make_arrest(slug="penangkapan-di-tegal"))[1].slug == "penangkapan-di-tegal"


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Tono", "tono", "TONO", "Kertapati", "(Tono)", "Tononya", "Ratna", "Ma’ruf", "di", "—", "Tegal"]),
        max_size=12,
    ),
    st.sampled_from(["Tono", "Tono Kertapati", "Ma'ruf", ".*", "(", " "]),
)
def test_any_text_keeps_its_offsets(words: list[str], name: str) -> None:
    story = make_story("a.txt", body=[" ".join(words)], people=["Tono", "Ratna"], places=["Tegal"], withhold=[name])
    _, shown = resolve_one(story)
    for entity in shown.entities().values():
        for mention in entity.mentions:
            assert shown.texts()[mention.paragraph][mention.start :].startswith(mention.text)
    if name == "Tono":
        assert "tono" not in repr(shown).casefold()


def test_a_full_name_is_hidden_in_every_story_that_tells_it() -> None:
    other = make_story(
        "b.txt",
        title="Tono-Kertapati disidang di Tegal",
        body=["Hakim membacakan dakwaan atas TONO KERTAPATI. Tono diam."],
        people=[{"name": "Tono Kertapati", "aliases": ["Tono"]}],
    )
    archive, _ = resolve_one(make_arrest(), other)
    shown = next(s for s in archive.stories if s.source.file == "b.txt")
    assert shown.body == (f"Hakim membacakan dakwaan atas {LABEL}. {LABEL} diam.",)
    assert shown.title == f"{LABEL} disidang di Tegal"
    assert "kertapati" not in repr(archive).casefold().replace("heru kertapati", "").replace("heru-kertapati", "")


def test_a_single_word_is_hidden_only_where_it_is_withheld() -> None:
    arrest = make_arrest(withhold=["Bunga"], body=["Korban, Bunga, melapor."], people=["Bunga"])
    other = make_story("b.txt", title="Bunga anggrek mekar", body=["Festival Bunga dibuka di Tegal."])
    archive, shown = resolve_one(arrest, other)
    assert LABEL in shown.body[0]
    assert next(s for s in archive.stories if s.source.file == "b.txt").body == ("Festival Bunga dibuka di Tegal.",)
