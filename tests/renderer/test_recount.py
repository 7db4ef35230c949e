"""A story whose words have changed: what its index counts is what an index made afresh counts."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from msgspec.structs import replace
from samplelib import gather, make_story

from alibaba_news.archive.outline import digest_outline
from alibaba_news.model import CutLine, DateExpression, Story
from alibaba_news.renderer import company, rankings
from alibaba_news.renderer import recount as recounting
from alibaba_news.renderer.index import Index, build_index
from alibaba_news.renderer.recount import Recount, recount

SHOWN = ("forms", "mentions", "years", "entities", "tallies", "rankings")
# Names of the sample, each with a short form.
LEAD = "Wali Kota Ratna Wulandari bertemu Bagus Prakoso di Muara Jati."
MORE = ("Ratna datang.", "Bagus pulang.", "Ratna Wulandari menyapa Bagus.", "Hujan turun.", "Muara Jati ramai.", "Ratna.")
CUT = CutLine(line=9, role="related", rule="Baca juga", text="Baca juga: Panen")
DAY = DateExpression(text="5 Maret 2018", value="2018-03-05", origin="stated", paragraph=1)


def write(slug: str, rng: random.Random) -> Story:
    """A story that names the same people under the same forms whatever the dice say, but how often, and where, they say."""
    body = [LEAD, "Ratna dan Bagus hadir.", *rng.choices(MORE, k=rng.randrange(6))]
    rest = body[1:]
    rng.shuffle(rest)
    roles = [("people/ratna-wulandari", "Wali Kota", 1)]
    office = rng.randrange(len(rest) + 1)
    rest.insert(office, "Di pasar itu ada bupati Bagus Prakoso.")
    story = make_story(
        slug=slug,
        title="Pasar",
        body=[LEAD, *rest],
        roles=[*roles, ("people/bagus-prakoso", "bupati", office + 2)],
        date=f"2018-03-0{slug[-1]}",
        dates=(DAY,) * rng.randrange(3),
    )
    return replace(story, source=replace(story.source, cut=(CUT,) * rng.randrange(3)))


def count_afresh(stories: Sequence[Story]) -> Index:
    return build_index(gather(stories))


def apply(index: Index, found: Recount) -> Index:
    rows = {name: {**getattr(index, name), **own} for name, own in found.rows.items()}
    return replace(index, **rows, **found.wholes)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("names", "forms"), [(24, 12), (1, 12), (24, 1)])
def test_what_is_counted_is_what_an_index_made_afresh_counts(
    seed: int, names: int, forms: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rankings, "MOST_NAMES", names)
    for module in (company, recounting):
        monkeypatch.setattr(module, "MOST_FORMS", forms)
    rng = random.Random(seed)
    stories = [write(f"pasar-{nth}", rng) for nth in range(1, 4)]
    index, tried, counted = count_afresh(stories), 0, 0
    for _ in range(12):
        nth = rng.randrange(len(stories))
        before, stories[nth] = stories[nth], write(stories[nth].slug, rng)
        fresh = count_afresh(stories)
        if digest_outline(before) == digest_outline(stories[nth]):
            tried += 1
            found = recount(index, before, stories[nth])
            if found is not None:
                counted += 1
                index = apply(index, found)
                assert [name for name in SHOWN if getattr(index, name) != getattr(fresh, name)] == []
        index = fresh
    assert tried
    assert counted == tried or min(names, forms) == 1
