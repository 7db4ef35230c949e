"""How this archive was made: counts, method, what was inferred, the data. The text is Markdown in the templates folder."""

from __future__ import annotations

from dataclasses import dataclass

from alibaba_news.model import Quote, Story
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import Frame, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One row of the count of what is printed and what was inferred."""

    what: str
    stated: str
    inferred: str
    unknown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutView:
    """``text`` names the Markdown that the template shows above the counts."""

    page: Frame
    text: str
    tallies: tuple[Tally, ...]
    sources: str
    cut_lines: str
    data: tuple[Link, ...]


def draw_about(desk: Desk, frame: Frame, tables: tuple[str, ...]) -> AboutView:
    """The counts around the text."""
    stories = desk.index.archive.stories
    cut = sum(len(story.source.cut) for story in stories)
    files = [Link(text=f"{table}.jsonl", href=desk.link(f"data/{table}.jsonl")) for table in tables]
    return AboutView(
        page=frame,
        text=f"about.{desk.settings.language}.md",
        tallies=_tally(desk),
        sources=desk.words.n("about.sources", len(stories)),
        cut_lines=desk.words.n("about.cut_lines", cut),
        data=(*files, Link(text="schema.json", href=desk.link("data/schema.json"))),
    )


def _speaker_origin(story: Story, quote: Quote) -> str:
    """A speaker is printed where the words of attribution hold the name; "ujarnya" and "dia" are inferred."""
    if quote.speaker is None:
        return "unknown"
    speaker = story.entities().get(quote.speaker)
    forms = {speaker.name, *speaker.aliases, *(m.text for m in speaker.mentions)} if speaker else set()
    return "stated" if any(form in (quote.speaker_text or "") for form in forms) else "inferred"


def _tally(desk: Desk) -> tuple[Tally, ...]:
    stories = desk.index.archive.stories
    dates = [date for story in stories for date in story.dates]
    rows: dict[str, list[str]] = {
        "headlines": [story.title_origin for story in stories],
        "story_dates": [story.date_origin if story.date else "unknown" for story in stories],
        "dates": [date.origin if date.value else "unknown" for date in dates],
        "events": [desk.index.event_origin.get(e.id, "stated") if e.start else "unknown" for e in desk.index.archive.events],
        "quotes": [_speaker_origin(story, quote) for story in stories for quote in story.quotes],
    }
    number = desk.words.number
    return tuple(
        Tally(
            what=desk.words.t(f"about.{what}"),
            stated=number(origins.count("stated")),
            inferred=number(origins.count("inferred")),
            unknown=number(origins.count("unknown")),
        )
        for what, origins in rows.items()
    )
