"""The five seed articles, read and joined as the builder does, against what a careful archivist would record."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from alibaba_news.archive.resolve import resolve
from alibaba_news.loader import read_sources, read_story
from alibaba_news.model import Archive, Story
from alibaba_news.world import World

ROOT = Path(__file__).parent.parent
CASES = sorted((Path(__file__).parent / "cases" / "seeds").glob("*.yaml"))
SCALARS = ("title", "title_origin", "outlet", "dateline", "date", "date_origin", "date_latest", "retrieved", "lang")


@pytest.fixture(scope="module")
def archive() -> Archive:
    world = World()
    read = [read_story(source, world) for source in read_sources(ROOT / "seeds").sources]
    assert not [d for _, found in read for d in found]
    return resolve(tuple(story for story, _ in read if story is not None), world).archive


def _forms(entity) -> list[str]:
    return sorted({m.text for m in entity.mentions})


def _describe(story: Story) -> dict:
    names = story.entities()
    return {
        **{key: getattr(story, key) for key in SCALARS},
        "authors": list(story.authors),
        "editors": list(story.editors),
        "candidates": list(story.date_candidates),
        "lines": " ".join(story.source.lines),
        "people": {e.name: {"forms": _forms(e), "roles": [r.text for r in e.roles]} for e in story.people},
        **{kind: {e.name: _forms(e) for e in getattr(story, kind)} for kind in ("organizations", "places", "products")},
        "events": [[e.name, e.start, e.end, e.place] for e in story.events],
        "quotes": [[q.kind, names[q.speaker].name if q.speaker else None, q.text] for q in story.quotes],
        "dates": [[d.text, d.value, d.origin] for d in story.dates],
        "figures": [[f.text, f.value, f.unit] for f in story.figures],
    }


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_a_seed_gives_its_record(archive: Archive, path: Path) -> None:
    story = next(s for s in archive.stories if Path(s.source.file).stem == path.stem)
    got, wanted = _describe(story), yaml.safe_load(path.read_text(encoding="utf-8"))
    assert list(got["people"]) == list(wanted["people"])
    assert got == wanted


def test_there_is_a_case_for_every_seed() -> None:
    assert [p.stem for p in CASES] == sorted(p.stem for p in (ROOT / "seeds").glob("*.txt"))


def test_one_meeting_with_two_accounts(archive: Archive) -> None:
    (meeting,) = [e for e in archive.events if e.start == "2018-10-13"]
    assert len(meeting.stories) == 2
    assert meeting.evidence
    assert "people/jack-ma" in meeting.people


def test_one_person_across_all_stories(archive: Archive) -> None:
    (jack,) = [p for p in archive.people if p.name == "Jack Ma"]
    assert len(jack.stories) == 5
    assert not [p for p in archive.people if p.name == "Ma"]
