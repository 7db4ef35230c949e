"""How this archive was made: counts, method, what was inferred, how to cite, the data. The texts are Markdown templates."""

from __future__ import annotations

import posixpath

from msgspec import Struct

from alibaba_news.renderer.links import canonical_path
from alibaba_news.renderer.tallies import KINDS
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import Frame, Link

_LICENCES = ("fonts/OFL-Newsreader.txt", "fonts/OFL-Libre-Franklin.txt")
# What each kind of file is for; a file of no kind here is listed by its name alone.
_FORMATS = {".jsonl": "jsonl", ".csv": "csv", ".bib": "citations", ".ris": "citations", ".sqlite": "sqlite", ".json": "json"}


class TallyLine(Struct, frozen=True, kw_only=True):
    """One row of the count of what is printed and what was inferred."""

    what: str
    stated: str
    inferred: str
    unknown: str


class Downloads(Struct, frozen=True, kw_only=True):
    """Files of one format; ``note`` says what it is good for."""

    note: str
    files: tuple[Link, ...]


class AboutView(Struct, frozen=True, kw_only=True):
    """``text`` and ``settle`` name the Markdown shown; ``reference`` is how the archive is cited as a whole."""

    page: Frame
    text: str
    settle: str
    tallies: tuple[TallyLine, ...]
    sources: str
    cut_lines: str
    reference: str
    address: str | None
    data: tuple[Downloads, ...]
    licences: tuple[Link, ...]


def draw_about(desk: Desk, frame: Frame, downloads: tuple[str, ...]) -> AboutView:
    """The counts around the text; ``downloads`` are the paths of the data files of the site."""
    words, language = desk.words, desk.settings.language
    return AboutView(
        page=frame,
        text=f"about.{language}.md",
        settle=f"settle.{language}.md",
        tallies=_draw_tallies(desk),
        sources=words.n("about.sources", len(desk.index.stories)),
        cut_lines=words.n("about.cut_lines", desk.index.tallies.cut_lines),
        reference=_cite(desk),
        address=desk.settings.base_url + canonical_path("index.html") if desk.settings.base_url else None,
        data=group_downloads(desk, downloads),
        licences=tuple(Link(text=posixpath.basename(name), href=desk.link(f"static/{name}")) for name in _LICENCES),
    )


def group_downloads(desk: Desk, paths: tuple[str, ...]) -> tuple[Downloads, ...]:
    """The files by format, in the order in which the formats first come."""
    groups: dict[str, list[Link]] = {}
    for path in paths:
        kind = _FORMATS.get(posixpath.splitext(path)[1], "other")
        kind = "citations" if posixpath.basename(path).startswith("citations") else kind
        groups.setdefault(kind, []).append(Link(text=posixpath.basename(path), href=desk.link(path)))
    return tuple(Downloads(note=desk.words.t(f"about.data_{kind}"), files=tuple(files)) for kind, files in groups.items())


def _cite(desk: Desk) -> str:
    """The archive with its years; whoever cites adds the day, since a page built without a clock knows none."""
    parts = (desk.settings.title, desk.index.span)
    return ", ".join(filter(None, parts))


def _draw_tallies(desk: Desk) -> tuple[TallyLine, ...]:
    number, rows = desk.words.number, desk.index.tallies.rows
    return tuple(
        TallyLine(
            what=desk.words.t(f"about.{kind}"),
            stated=number(rows[kind].stated),
            inferred=number(rows[kind].inferred),
            unknown=number(rows[kind].unknown),
        )
        for kind in KINDS
    )
