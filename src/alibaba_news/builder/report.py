"""What a build did, as a value: for the summary, and to be said again where nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.builder.publish import Published
from alibaba_news.diagnostics import Diagnostic, sort_diagnostics

_DIAGNOSTIC = Diagnostic.__struct_fields__


class BuildReport(Struct, frozen=True, kw_only=True):
    """What a build did, for the summary. ``diagnostics`` are warnings; ``carried`` names somebody else's files, kept.

    Of the seed files ``read`` were read and ``read_from_cache`` taken from the cache; of the files of the site ``rendered``
    were made and ``reused`` left as they stood, because nothing they are made from has changed.
    """

    output: Path
    stories: int
    people: int
    events: int
    pages: int
    written: int
    unchanged: int
    removed: int
    left_out: int
    carried: tuple[str, ...]
    same_text: tuple[tuple[str, ...], ...]
    copies: int  # stories that are a copy of another, wholly or in part
    diagnostics: tuple[Diagnostic, ...]
    read: int = 0
    read_from_cache: int = 0
    rendered: int = 0
    reused: int = 0
    interrupted: bool = False  # when the new site stood already


# What of a report does not change until an input does.
_LASTING = ("stories", "people", "events", "pages", "left_out", "same_text", "copies")


def keep_report(report: BuildReport, lasting: tuple[Diagnostic, ...], folders: int) -> dict[str, Any]:
    """What is to be said again of a build whose inputs and site have not changed, as plain values.

    ``lasting`` are the warnings that come of the inputs; ``folders`` is how many folders the site has.
    """
    kept = {name: getattr(report, name) for name in _LASTING}
    kept["folders"] = folders
    kept["files"] = report.read + report.read_from_cache
    kept["diagnostics"] = tuple(tuple(getattr(d, name) for name in _DIAGNOSTIC) for d in lasting)
    return kept


def repeat_report(kept: dict[str, Any], output: Path, files: int, carried: tuple[str, ...]) -> BuildReport:
    """The report of a build that found everything as it was."""
    diagnostics = tuple(Diagnostic(**dict(zip(_DIAGNOSTIC, row, strict=True))) for row in kept["diagnostics"])
    return BuildReport(
        output=output,
        written=0,
        unchanged=files,
        removed=0,
        carried=carried,
        diagnostics=diagnostics,
        read_from_cache=kept["files"],
        reused=files,
        **{name: kept[name] for name in _LASTING},
    )


def revise_report(kept: dict[str, Any], output: Path, published: Published, *, rendered: int, read: int) -> BuildReport:
    """The report of a build that made ``rendered`` files again because ``read`` seed files say something else."""
    count = len(published.files) - 1  # the list of the files is none of them
    report = repeat_report(kept, output, count, published.carried)
    finds = tuple(describe_finds(output, published))
    return replace(
        report,
        written=published.written,
        unchanged=published.unchanged,
        diagnostics=sort_diagnostics((*report.diagnostics, *finds)),
        read=read,
        read_from_cache=report.read_from_cache - read,
        rendered=rendered,
        reused=count - rendered,
    )


def describe_finds(output: Path, published: Published) -> Iterator[Diagnostic]:
    """Warnings about what was found in the output folder."""
    for path in published.edited:
        message = "this file of the program had been edited by hand; it is again what the program makes of the seeds."
        hint = "Change the seeds, or a template of your own, instead."
        yield Diagnostic(path=str(output / path), message=message, hint=hint, severity="warning")
    for path in published.left:
        message = "this could not be removed after the new site had taken its place."
        yield Diagnostic(path=path, message=message, hint="Look at it and remove it by hand.", severity="warning")
