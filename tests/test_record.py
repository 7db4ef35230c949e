"""The published record: its keys, its schema, and that what goes out comes in again as it was."""

from __future__ import annotations

import html
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import jsonschema
import markdown
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alibaba_news import model
from alibaba_news.characters import clean_text
from alibaba_news.loader.markdown_text import read_markdown
from alibaba_news.loader.sources import Reading, read_sources
from alibaba_news.model import (
    Caption,
    Correction,
    CutLine,
    DateExpression,
    Entity,
    Event,
    Figure,
    Mention,
    Quote,
    Reply,
    Role,
    SourceFile,
    Story,
    Withdrawal,
)
from alibaba_news.record import record_to_markdown, schema, story_to_record, story_to_row

PLAIN = {
    "title": "Pasar Lama Dibuka Lagi",
    "title_origin": "stated",
    "slug": "pasar-lama-dibuka-lagi",
    "lang": "id",
    "description": "Pasar itu dibuka.",
    "date": None,
    "date_origin": "unknown",
    "date_evidence": "",
    "source": SourceFile(file="a.txt", sha256="0" * 64),
}
BUDI = Entity(
    id="people/budi-santoso",
    name="Budi Santoso",
    aliases=("Budi", "no"),
    roles=(Role(text="wali kota: yang baru"),),
    mentions=(Mention(text="Budi", paragraph=1, start=4), Mention(text="Budi Santoso", paragraph="caption-1", start=0)),
    evidence="nama depan",
)
FULL = Story(
    **PLAIN
    | {
        "title": "10:14 — “Pasar” #1: dibuka",
        "date": "2016-09-09T10:46+07:00",
        "date_origin": "inferred",
        "date_evidence": "hari itu Sabtu",
        "source": SourceFile(
            file="sub/a b.txt",
            sha256="ab" * 32,
            lines=("title", "dateline+body"),
            cut=(CutLine(line=7, role="read_also", rule="read_also", text="  Baca juga: - [x] *y* "),),
        ),
    },
    date_latest="2016-09-12",
    date_candidates=("2016-09-09", "2016-09-12"),
    retrieved="2018-11",
    url="https://contoh.id/a?b=c#d",
    outlet="Harian Contoh",
    dateline="Bandung",
    authors=("Rina",),
    editors=("on",),
    people=(BUDI,),
    organizations=(Entity(id="organizations/j-t", name="J&T", mentions=()),),
    places=(Entity(id="places/bandung", name="Bandung", mentions=(Mention(text="Bandung", paragraph=0, start=0),)),),
    products=(Entity(id="products/kopi-a", name="Kopi\u00a0A"),),
    events=(
        Event(
            id="events/panen",
            name="Panen",
            start="2018-10",
            end="2018-11",
            precision="month",
            origin="inferred",
            evidence="ya",
            place="Desa Contoh",
            people=("people/budi-santoso",),
            organizations=("organizations/j-t",),
            paragraph=1,
            offset=0,
        ),
        Event(id="events/pesta", name="Pesta", candidates=("2016-11-26/2016-11-27",), origin="unknown"),
    ),
    dates=(
        DateExpression(text="(26/11)", value=None, origin="unknown", candidates=("2011-11-26", "2016-11-26"), paragraph=1),
        DateExpression(text="2018", value="2018", origin="stated", paragraph="caption-1", start=3),
    ),
    quotes=(
        Quote(text="Harga turun,", speaker="people/budi-santoso", speaker_text="Budi", kind="direct", paragraph=1, start=0),
        Quote(text="harga naik", speaker=None, speaker_text=None, kind="indirect", paragraph=2),
    ),
    figures=(
        Figure(text="Rp14,7 triliun", value=14_700_000_000_000, unit="IDR", paragraph=1, start=0),
        Figure(text="0,5 persen", value=0.5, unit="persen", paragraph=2),
        Figure(text="banyak", value=1e22, unit="biji", paragraph=2),
    ),
    captions=(Caption(text="Budi Santoso", credit="ANTARA"), Caption(text="Pasar")),
    corrections=(Correction(date="2019-01-02", text="Nama diperbaiki."),),
    replies=(Reply(date="2019-01", text="Tidak benar."), Reply(date="2019", text="Benar.", url="https://contoh.id/r")),
    withdrawn=Withdrawal(date="2020", reason="Keliru."),
    withhold=("Siti",),
    redirect_from=("/2016/a/", "b"),
    body=("# bukan judul", "1. bukan daftar", "*bintang* & <b>tebal</b> &amp; [x](y)"),
)


def put_back(folder: Path, story: Story) -> Reading:
    (folder / "a.md").write_text(record_to_markdown(story), encoding="utf-8", newline="")
    return read_sources(folder)


def assert_put_back(folder: Path, story: Story) -> None:
    reading = put_back(folder, story)
    assert reading.diagnostics == ()
    (source,) = reading.sources
    values = {key: getattr(source.given, key) for key in story_to_record(story) if key != "schema"}
    expected = {key: getattr(story, key) for key in values}
    for kind in model.ENTITY_KINDS:
        assert kind in source.given.located or any(not e.mentions for e in expected[kind])
        expected[kind] = tuple(give_id(entity) for entity in expected[kind])
    expected["events"] = tuple(give_id(event) for event in expected["events"])
    assert values == expected
    markdown_text = read_markdown(source.text)
    assert (markdown_text.title, markdown_text.paragraphs) == (None, story.body)


def give_id(row: Any) -> Any:
    """An id and a name in a record are an editor's once it is put back."""
    marks = dict.fromkeys({"id_given", "name_given"} & set(row.__struct_fields__), True)
    return type(row)(**{name: getattr(row, name) for name in row.__struct_fields__} | marks)


def test_a_record_put_back_gives_itself(tmp_path: Path) -> None:
    assert_put_back(tmp_path, FULL)


def test_an_empty_record_put_back_gives_itself(tmp_path: Path) -> None:
    assert_put_back(tmp_path, Story(**PLAIN, body=("Pasar itu dibuka.",)))


def test_a_line_of_the_data_put_back_gives_itself(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(story_to_row(FULL)) + "\n", encoding="utf-8")
    reading = read_sources(tmp_path)
    assert reading.diagnostics == ()
    given = reading.sources[0].given
    assert (given.body, given.figures, given.source, given.title) == (FULL.body, FULL.figures, FULL.source, FULL.title)
    assert reading.sources[0].text == "\n\n".join(FULL.body)


def test_the_keys_are_the_published_ones_in_their_order() -> None:
    published = (
        *("schema", "title", "title_origin", "slug", "lang", "description", "date", "date_origin", "date_evidence"),
        *("date_latest", "date_candidates", "retrieved", "url", "outlet", "dateline", "authors", "editors"),
        *("people", "organizations", "places", "products", "events", "dates", "quotes", "figures", "captions", "source"),
        *("corrections", "replies", "withdrawn", "withhold", "redirect_from", "body"),
    )
    assert tuple(story_to_row(FULL)) == published
    assert tuple(schema()["required"]) == published
    assert tuple(schema()["properties"]) == published


@pytest.mark.parametrize("story", [FULL, Story(**PLAIN, body=("Isi.",))])
def test_a_record_keeps_to_its_schema(story: Story) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.Draft202012Validator(schema()).validate(json.loads(json.dumps(story_to_row(story))))


def test_the_schema_knows_every_key_and_nothing_else() -> None:
    validator = jsonschema.Draft202012Validator(schema())
    row = json.loads(json.dumps(story_to_row(FULL)))
    assert not validator.is_valid(row | {"other": 1})
    for key in row:
        assert not validator.is_valid({name: value for name, value in row.items() if name != key}), key


def test_any_yaml_reader_reads_the_front_matter() -> None:
    head = record_to_markdown(FULL).split("---\n")[1]
    assert yaml.safe_load(head) == json.loads(json.dumps(story_to_record(FULL)))


def test_long_lists_stand_on_short_lines() -> None:
    lines = record_to_markdown(FULL).splitlines()
    assert "  - {text: Budi, paragraph: 1, start: 4}" in lines
    assert '  aliases: [Budi, "no"]' in lines


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t#*_-+>`[]<&\\1. ~=|:\"'")).map(clean_text)
WORDS = TEXT.filter(str.strip)
LINE = WORDS.map(lambda text: text.replace("\n", " ").strip()).filter(bool)


@settings(deadline=None)
@example(["0> ", "[# ", " \u00a0- x", "a\n---\nb", "+ \\\n"], "null", "\ufeff\n", "~")
@given(st.lists(WORDS, min_size=1, max_size=4), LINE, TEXT, LINE)
def test_any_words_come_back(body: list[str], title: str, free: str, name: str) -> None:
    story = Story(
        **PLAIN
        | {
            "title": title,
            "description": free,
            "date_evidence": free,
            "source": SourceFile(file=name, sha256="0" * 64, cut=(CutLine(line=1, role="chrome", rule="r", text=free),)),
        },
        people=(Entity(id="people/a", name=name, aliases=(free,), roles=(Role(text=free),)),),
        quotes=(Quote(text=free, speaker="people/a", speaker_text=free, kind="direct", paragraph=1),),
        body=tuple(body),
    )
    with tempfile.TemporaryDirectory() as folder:
        assert_put_back(Path(folder), story)


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=3))
def test_any_markdown_reader_shows_the_words(body: list[str]) -> None:
    text = record_to_markdown(Story(**PLAIN, body=tuple(body))).split("---\n", 2)[2]
    rendered = markdown.markdown(text)
    assert re.findall(r"<(?!/?p>)[a-z]+", rendered) == []
    shown = [html.unescape(block).split() for block in re.findall(r"(?s)<p>(.*?)</p>", rendered)]
    assert shown == [html.unescape(html.escape(paragraph)).split() for paragraph in body]
