"""What holds for every story, whatever stood in its file: assertions that the tests and ``tools/fuzz.py`` share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from alibaba_news.archive.resolve import resolve
from alibaba_news.builder.readings import STORY_CODEC
from alibaba_news.loader import Source, read_source, read_story
from alibaba_news.loader.seeds import SeedFile
from alibaba_news.model import ENTITY_KINDS, LINE_ROLES, DateExpression, Entity, Figure, Place, Quote, Story
from alibaba_news.record import record_to_markdown, story_to_row
from alibaba_news.world import World

Placed = tuple[str, str | None, Place | None, int | None]  # what it is, its text, where it stands


def resolve_alone(story: Story, world: World) -> Story:
    """The story as an archive of nothing else has it."""
    (alone,) = resolve((story,), world).archive.stories
    return alone


def assert_read_whole(source: Source, story: Story) -> None:
    """Every non-blank line of the text has its roles, unless an editor says what was in it."""
    if source.given.source is not None or source.given.body is not None:
        return
    assert len(story.source.lines) == sum(bool(line.strip()) for line in source.text.split("\n")), "lines without a role"
    assert {role for line in story.source.lines for role in line.split("+")} <= set(LINE_ROLES), "unknown role"


def assert_stands(story: Story) -> None:
    """Everything said to stand in the story's text does, and every id it uses is one of its own."""
    texts = story.texts()
    for what, text, place, start in list_placed(story):
        assert place in texts, f"{what}: no such place"
        assert start is None or 0 <= start <= len(texts[place]), f"{what}: beside its place"
        assert start is None or text is None or texts[place].startswith(text, start), f"{what}: not at its place"
    for kind in ENTITY_KINDS:
        ids = [entity.id for entity in getattr(story, kind)]
        assert len(set(ids)) == len(ids), f"{kind}: an id twice"
        assert all(own.startswith(f"{kind}/") for own in ids), f"{kind}: an id of another kind"
        assert all(entity.name.strip() for entity in getattr(story, kind)), f"{kind}: without a name"
    known = {entity.id for kind in ENTITY_KINDS for entity in getattr(story, kind)}
    assert {q.speaker for q in story.quotes} - {None} <= known, "quotes: a speaker of no entity"
    assert {name for event in story.events for name in (*event.people, *event.organizations)} <= known, "events: nobody's id"
    assert STORY_CODEC.load(STORY_CODEC.dump(story)) == story, "bytes of it give another story"
    assert len({event.id for event in story.events}) == len(story.events), "events: an id twice"


def list_placed(story: Story) -> Iterator[Placed]:
    entities: Iterable[Entity] = story.entities().values()
    for entity in entities:
        yield from ((f"{entity.id.partition('/')[0]}: mention", m.text, m.paragraph, m.start) for m in entity.mentions)
        yield from (("role", r.text, r.paragraph, r.start) for r in entity.roles if r.paragraph is not None)
    rows: tuple[Quote | DateExpression | Figure, ...] = (*story.quotes, *story.dates, *story.figures)
    yield from ((type(row).__name__.lower(), row.text, row.paragraph, row.start) for row in rows)
    yield from (("event", None, e.paragraph, e.offset) for e in story.events if e.paragraph is not None)


def assert_gives_itself(folder: Path, story: Story, world: World) -> None:
    """The record of a story out of an archive, put into a seeds folder, reads back to the same record."""
    row = story_to_row(story)
    json.dumps(row, ensure_ascii=False, allow_nan=False).encode()
    back = folder / "back.md"
    back.write_text(record_to_markdown(story), encoding="utf-8", newline="")
    reading = read_source(SeedFile(file=back.name, path=back.name, kind="md", location=back))
    assert not reading.diagnostics, f"put back: {reading.diagnostics[0].message}"
    again, problems = read_story(reading.sources[0], world)
    assert again is not None, "put back: no story"
    assert not problems, f"put back: {problems[0].message}"
    found = story_to_row(resolve_alone(again, world))
    differing = [key for key in row if row[key] != found[key]]
    assert not differing, f"put back: {', '.join(differing)} differ"
