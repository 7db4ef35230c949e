"""What a story's page shows under "cite": the reference as a newspaper writes it, and the same for programs."""

from __future__ import annotations

from msgspec import Struct

from alibaba_news.model import Story
from alibaba_news.renderer.citing.cited import Cited, cite
from alibaba_news.renderer.citing.export import EXPORTS, write_format
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import Link


class FormatView(Struct, frozen=True, kw_only=True):
    """One format: its name, the entry, and the file that holds the entries of the whole archive."""

    name: str
    text: str
    every: str


class CitationView(Struct, frozen=True, kw_only=True):
    """The reference is ``lead``, ``paper`` (in italics), ``rest``, then the addresses; ``sentence`` tells how to cite one."""

    lead: str
    paper: str
    rest: str
    addresses: tuple[Link, ...]
    notes: tuple[str, ...]
    sentence: str
    formats: tuple[FormatView, ...]


def draw_citation(desk: Desk, story: Story) -> CitationView:
    """Everything the partial ``cite.html`` shows."""
    cited = cite(desk, story)
    own = Link(text=cited.address or desk.path, href=cited.address, note=f"{cited.archive}: ")
    original = (Link(text=cited.url, href=cited.url),) if cited.url else ()
    return CitationView(
        lead=_write_lead(desk, story, cited),
        paper=cited.paper or desk.words.t("cite.no_paper"),
        rest=f", {_bracket(cited.when, cited.date is not None and cited.date.supplied)}.",
        addresses=(*original, own),
        notes=tuple(f"{note}." for note in cited.notes),
        sentence=desk.words.t("cite.sentence") if story.body else "",
        formats=tuple(
            FormatView(name=name, text=write_format(desk, cited, ending), every=desk.link(f"data/citations.{ending}"))
            for ending, name in EXPORTS.items()
        ),
    )


def _write_lead(desk: Desk, story: Story, cited: Cited) -> str:
    """Authors and headline, up to the paper's name."""
    authors = f"{desk.words.join(cited.authors)}. " if cited.authors else ""
    return f"{authors}{_bracket(f'“{cited.title}”', story.title_origin != 'stated')}. "


def _bracket(text: str, supplied: bool) -> str:
    """Square brackets around what the archive supplies, as librarians write it."""
    return f"[{text}]" if supplied else text
