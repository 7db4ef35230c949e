"""One line merges, one splits, one says "never the same": for every kind, and still so when stories are added later."""

from __future__ import annotations

from pathlib import Path

import pytest
from reviewlib import list_doubts, paste, read

from alibaba_news.builder.gather import gather
from alibaba_news.settings import Settings

KINDS = ("people", "organizations", "places", "events")
# With a paragraph it is as if read from the text: what only an editor wrote is one event by its name and day.
DAY = ", start: 2018-03-05, place: Tegal, paragraph: 1"
# Two names a kind: alike where the program doubts likeness of that kind.
NAMES = {
    "people": ("Muhammad Larasakti", "Muhamad Larasakti"),
    "organizations": ("Koperasi Larasakti Mulya", "Koperasi Larasakti Mulia"),
    "places": ("Pasar Larasakti", "Los Larasakti"),
    "events": ("Rapat pasar apung", "Sidang pedagang apung"),
}


def write_story(seeds: Path, file: str, kind: str, name: str) -> None:
    """A story with one name of one kind and nothing else."""
    seeds.mkdir(exist_ok=True)
    rows = dict.fromkeys(KINDS, "[]")
    rows[kind] = f"[{{name: {name}{DAY if kind == 'events' else ''}}}]"
    head = "".join(f"{key}: {value}\n" for key, value in rows.items())
    (seeds / file).write_text(f"---\ntitle: Berita {file[0]}\n{head}---\nIsi berita {file}, {name}.\n", encoding="utf-8")


def judge(seeds: Path, kind: str, line: str) -> None:
    (seeds / "authority").mkdir(exist_ok=True)
    (seeds / f"authority/{kind}.yaml").write_text(f"{line}\n", encoding="utf-8")


def group(seeds: Path, kind: str) -> set[str]:
    """Which stories tell of one: "ab" stands for a.md and b.md."""
    archive = read(seeds).archive
    files = {story.slug: story.file[0] for story in archive.stories}
    return {"".join(sorted(files[slug] for slug in row.stories)) for row in getattr(archive, kind)}


def doubted(seeds: Path, kind: str) -> int:
    return sum(len(row.perhaps_same) for row in getattr(read(seeds).archive, kind)) // 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_merge(kind: str, tmp_path: Path) -> None:
    seeds, (one, other) = tmp_path / "seeds", NAMES[kind]
    write_story(seeds, "b.md", kind, one)
    write_story(seeds, "c.md", kind, other)
    assert group(seeds, kind) == {"b", "c"}
    judge(seeds, kind, f"- {{name: {one}, aliases: [{other}]}}")
    assert group(seeds, kind) == {"bc"}
    for later in ("a.md", "d.md"):
        write_story(seeds, later, kind, other)
    assert group(seeds, kind) == {"abcd"}


@pytest.mark.parametrize("kind", KINDS[:3])  # a later account of the same event may join it by what it says
def test_a_merge_in_single_stories_leaves_the_others_alone(kind: str, tmp_path: Path) -> None:
    seeds, (one, other) = tmp_path / "seeds", NAMES[kind]
    write_story(seeds, "b.md", kind, one)
    write_story(seeds, "c.md", kind, other)
    judge(seeds, kind, f"- {{name: {one}, aliases: [{other}], stories: [b.md, c.md]}}")
    write_story(seeds, "d.md", kind, other)
    assert group(seeds, kind) == {"bc", "d"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", ["authority", "NAME.yaml"])
def test_a_split(kind: str, place: str, tmp_path: Path) -> None:
    seeds, (name, _) = tmp_path / "seeds", NAMES[kind]
    for file in ("b.md", "c.md"):
        write_story(seeds, file, kind, name)
    assert group(seeds, kind) == {"bc"}
    second = f"{next(iter(getattr(read(seeds).archive, kind))).id}-2"
    if place == "authority":
        judge(seeds, kind, f"- {{name: {name}, id: {second}, stories: [c.md]}}")
    else:
        row = f"{{name: {name}, id: {second}{DAY if kind == 'events' else ''}}}"
        (seeds / "c.yaml").write_text(f"{kind}: [{row}]\n", encoding="utf-8")
    assert group(seeds, kind) == {"b", "c"}
    assert doubted(seeds, kind) == 0
    for later in ("a.md", "d.md"):
        write_story(seeds, later, kind, name)
    assert group(seeds, kind) == {"abd", "c"}
    assert doubted(seeds, kind) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_two_of_one_name_are_never_the_same(kind: str, tmp_path: Path) -> None:
    seeds, (name, _) = tmp_path / "seeds", NAMES[kind]
    for file in ("b.md", "c.md"):
        write_story(seeds, file, kind, name)
    assert group(seeds, kind) == {"bc"}
    judge(seeds, kind, f"- {{name: {name}, stories: [c.md], not: [b.md]}}")
    for later in ("a.md", "d.md"):
        write_story(seeds, later, kind, name)
    assert group(seeds, kind) == {"abd", "c"}
    assert doubted(seeds, kind) == 0


@pytest.mark.parametrize("kind", ["people", "organizations"])
def test_two_names_that_are_alike_are_never_the_same(kind: str, tmp_path: Path) -> None:
    seeds, (one, other) = tmp_path / "seeds", NAMES[kind]
    write_story(seeds, "b.md", kind, one)
    write_story(seeds, "c.md", kind, other)
    assert doubted(seeds, kind) == 1
    judge(seeds, kind, f"- {{name: {one}, not: [{other}]}}")
    write_story(seeds, "a.md", kind, other)
    write_story(seeds, "d.md", kind, one)
    assert group(seeds, kind) == {"bd", "ac"}
    assert doubted(seeds, kind) == 0


def test_two_events_that_are_alike_are_never_the_same(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    write_story(seeds, "b.md", "events", "Rapat pasar apung")
    write_story(seeds, "c.md", "events", "Rapat besar pasar apung")
    assert group(seeds, "events") == {"bc"}
    judge(seeds, "events", "- {name: Rapat pasar apung, not: [Rapat besar pasar apung]}")
    assert group(seeds, "events") == {"b", "c"}
    write_story(seeds, "d.md", "events", "Rapat pasar apung")
    assert group(seeds, "events") == {"bd", "c"}
    assert doubted(seeds, "events") == 0


def test_people_of_one_word(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    for file in ("b.md", "c.md", "d.md"):
        write_story(seeds, file, "people", "Sugeng")
    assert group(seeds, "people") == {"b", "c", "d"}
    judge(seeds, "people", "- {name: Sugeng, stories: [b.md, c.md]}\n- {name: Sugeng, stories: [d.md], not: [b.md]}")
    assert group(seeds, "people") == {"bc", "d"}
    assert doubted(seeds, "people") == 0
    # One who turns up later may be either, and is asked about.
    write_story(seeds, "e.md", "people", "Sugeng")
    assert group(seeds, "people") == {"bc", "d", "e"}
    assert doubted(seeds, "people") == 1


def test_what_is_pasted_from_the_review_holds_later(tmp_path: Path) -> None:
    seeds, (one, other) = tmp_path / "seeds", NAMES["people"]
    write_story(seeds, "b.md", "people", one)
    write_story(seeds, "c.md", "people", other)
    for doubt in list_doubts(seeds):
        paste(seeds, doubt)
    write_story(seeds, "d.md", "people", one)
    assert group(seeds, "people") == {"bd", "c"}
    assert not [d for d in list_doubts(seeds) if "may be the same" in d.what]


def test_a_story_that_is_none_is_an_error(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    write_story(seeds, "b.md", "people", "Sugeng")
    judge(seeds, "people", "- {name: Sugeng, stories: [b.md]}\n- {name: Sugeng, stories: [bb.md]}")
    found = gather(seeds, Settings(), jobs=1, strict=False, progress=lambda *_: None).diagnostics
    (problem,) = (str(d) for d in found if d.severity == "error")
    assert problem.endswith("authority/people.yaml:2: stories: 'bb.md' is not a story of this archive. Did you mean 'b.md'?")
