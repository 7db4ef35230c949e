"""A withdrawn story: what stays (that it stood here, and why it does not any more), and what goes (its text, everywhere)."""

from __future__ import annotations

from msgspec.structs import replace

from alibaba_news.model import Story


def strip_withdrawn(story: Story) -> Story:
    """The story without its text and everything read from it, where an editor withdrew it; itself otherwise.

    Title, address, day, outlet, the editor's notes and the file's name and hash stay, and so do the roles of its lines.
    """
    if story.withdrawn is None:
        return story
    return replace(
        story,
        description="",
        date_evidence="",
        dateline=None,
        body=(),
        captions=(),
        people=(),
        organizations=(),
        places=(),
        products=(),
        events=(),
        dates=(),
        quotes=(),
        figures=(),
        source=replace(story.source, cut=()),
    )
