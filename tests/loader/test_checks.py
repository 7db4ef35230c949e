"""What an editor gives held against the story's own text: the cases under cases/checks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from caselib import load_cases

from alibaba_news.diagnostics import sort_diagnostics
from alibaba_news.loader.sources import read_sources
from alibaba_news.loader.story import read_story
from alibaba_news.world import World

WORLD = World()


@pytest.mark.parametrize("case", load_cases("checks"))
def test_checks(case: dict[str, Any], tmp_path: Path) -> None:
    for name, text in case["files"].items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    reading = read_sources(tmp_path)
    assert reading.diagnostics == ()
    found = sort_diagnostics(d for source in reading.sources for d in read_story(source, WORLD)[1])
    problems = [str(d).removeprefix(f"{tmp_path.as_posix()}/") for d in found]
    assert len(problems) == len(case["problems"]), problems
    for problem, start in zip(problems, case["problems"], strict=True):
        assert problem.startswith(start)


def test_a_name_in_an_event_leads_to_who_was_read_under_it(tmp_path: Path) -> None:
    front = "---\ntitle: Harga Turun\nevents: [{name: Panen, start: 2018, people: [Santoso]}]\n---\n"
    body = '"Harga turun," kata Budi Santoso, kepala pasar. Santoso menutup acara.\n'
    (tmp_path / "a.md").write_text(front + body, encoding="utf-8")
    story, problems = read_story(read_sources(tmp_path).sources[0], WORLD)
    assert problems == ()
    assert story is not None
    assert story.events[0].people == ("people/budi-santoso",)


def test_a_body_without_its_text_has_one_role_a_paragraph(tmp_path: Path) -> None:
    lines = ['{"title": "Pasar", "body": ["Satu.", "Dua."]}', '{"title": "Pasar", "text": "Menu", "body": ["Satu."]}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    stories = [read_story(source, WORLD)[0] for source in read_sources(tmp_path).sources]
    assert [story and story.source.lines for story in stories] == [("body", "body"), ()]


def test_a_new_headline_moves_the_mentions_of_the_old_one(tmp_path: Path) -> None:
    mentions = "mentions: [{text: Budi Santoso, paragraph: 0, start: 0}, {text: Budi, paragraph: 1, start: 0}]"
    front = f"---\ntitle: Budi Santoso Datang\npeople: [{{name: Budi Santoso, aliases: [Budi], {mentions}}}]\n---\n"
    (tmp_path / "a.md").write_text(f"{front}Budi datang.\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("title: Kedatangan Budi\n", encoding="utf-8")
    story, problems = read_story(read_sources(tmp_path).sources[0], WORLD)
    assert problems == ()
    assert story is not None
    assert [(m.text, m.paragraph, m.start) for m in story.people[0].mentions] == [("Budi", 0, 11), ("Budi", 1, 0)]
