"""An archive that publishes excerpts holds no fact whose words it does not show."""

from __future__ import annotations

from msgspec.structs import replace
from renderlib import SETTINGS
from samplelib import build_sample

from alibaba_news.renderer.publish import publish_archive


def test_every_row_of_an_excerpt_is_what_is_shown() -> None:
    full = build_sample()
    cut = publish_archive(full, replace(SETTINGS, full_text=False))
    assert any(len(a.body) < len(b.body) for a, b in zip(cut.stories, full.stories, strict=True))
    for story in cut.stories:
        texts = story.texts()
        rows = [m for entity in story.entities().values() for m in entity.mentions]
        rows += [*story.quotes, *story.figures, *story.dates]
        for row in rows:
            assert row.start is None or texts[row.paragraph][row.start : row.start + len(row.text)] == row.text
