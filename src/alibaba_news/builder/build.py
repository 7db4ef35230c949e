"""Seeds and settings in, a published site and a report out; or every problem that stands in the way, and the old site whole.

The order is that of the whole program: read, understand, resolve, plan the pages, render them, publish.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from alibaba_news.builder.addresses import find_address_problems
from alibaba_news.builder.folders import check_output, check_seeds
from alibaba_news.builder.gather import Gathered, Progress, gather
from alibaba_news.builder.pool import map_in_order
from alibaba_news.builder.publish import Published, open_site, publish
from alibaba_news.diagnostics import Diagnostic, InputError, sort_diagnostics
from alibaba_news.model import Archive
from alibaba_news.renderer.pages import Page, plan_pages
from alibaba_news.renderer.render import Renderer
from alibaba_news.settings import Settings

Rendered = bytes | tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did, for the summary. ``diagnostics`` are warnings; ``carried`` names somebody else's files, kept."""

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


def build(seeds: Path, output: Path, settings: Settings, *, jobs: int, strict: bool, progress: Progress) -> BuildReport:
    """Make ``output`` the site of ``seeds``.

    Raises InputError with every problem found (the site that stood there is untouched), UsageError where there is no such
    seeds folder. ``progress`` is told what is being done; it changes nothing.
    """
    check_seeds(seeds)
    target = Path(os.path.abspath(output))  # noqa: PTH100 - resolve() would follow a link
    inputs = {"seeds": seeds, "templates": settings.templates, "static": settings.static}
    check_output(target, {what: folder for what, folder in inputs.items() if folder is not None})
    with open_site(target, lambda: progress("waiting for another build of this site", 0, 0)):
        gathered, pages = prepare(seeds, settings, jobs=jobs, strict=strict, progress=progress)
        gathered.raise_errors()
        files = _render(gathered.archive, settings, pages, jobs, progress)
        published = publish(target, [page.path for page in pages], files)
    return _report(output, gathered, pages, published)


def prepare(
    seeds: Path, settings: Settings, *, jobs: int, strict: bool, progress: Progress
) -> tuple[Gathered, tuple[Page, ...]]:
    """Everything read and resolved, and the pages it would make, with the problems of both; nothing is written."""
    check_seeds(seeds)
    gathered = gather(seeds, settings, jobs=jobs, strict=strict, progress=progress)
    pages = plan_pages(gathered.archive, settings) if gathered.archive.stories else ()
    problems = [*gathered.diagnostics, *find_address_problems((p.path, f"{p.kind} {p.key}".strip()) for p in pages)]
    return replace(gathered, diagnostics=sort_diagnostics(problems)), pages


def _render(
    archive: Archive, settings: Settings, pages: tuple[Page, ...], jobs: int, progress: Progress
) -> Iterator[tuple[str, bytes]]:
    """The pages one after the other; raises InputError after the last with everything that could not be rendered."""
    problems: list[Diagnostic] = []
    rendered = map_in_order(_make_renderer, (archive, settings), pages, jobs)
    for number, (page, result) in enumerate(zip(pages, rendered, strict=True), start=1):
        progress("rendering", number, len(pages))
        if isinstance(result, bytes):
            yield page.path, result
        else:
            problems += result
    if problems:
        raise InputError(problems)


def _make_renderer(archive: Archive, settings: Settings) -> Callable[[Page], Rendered]:
    renderer = Renderer(archive, settings)

    def render(page: Page) -> Rendered:
        # A broken template breaks many pages: what is wrong is named once for all of them, not one a build.
        try:
            return renderer.render(page)
        except InputError as error:
            return error.diagnostics
        except Exception as error:
            fault = blame_template(error, settings.templates)
            if fault is None:
                raise
            return (fault,)

    return render


def blame_template(error: Exception, folder: Path | None) -> Diagnostic | None:
    """The line of a template of the editor's own that an error comes from; None where it comes from none."""
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if filename := getattr(error, "filename", None):  # a syntax error: no line of it ever ran
        places.append((str(filename), getattr(error, "lineno", None)))
    own = [
        (name, line) for name, line in places if folder is not None and Path(name).resolve().is_relative_to(folder.resolve())
    ]
    if not own:
        return None
    path, line = own[-1]
    message = f"this template cannot be rendered: {getattr(error, 'message', None) or error}."
    return Diagnostic(path=path, line=line, message=message, hint="Mend it, or remove it to use the packaged one.")


def _report(output: Path, gathered: Gathered, pages: tuple[Page, ...], published: Published) -> BuildReport:
    return BuildReport(
        output=output,
        stories=len(gathered.archive.stories),
        people=len(gathered.archive.people),
        events=len(gathered.archive.events),
        pages=sum(page.path.endswith(".html") for page in pages),
        written=published.written,
        unchanged=published.unchanged,
        removed=published.removed,
        left_out=gathered.left_out,
        carried=published.carried,
        same_text=gathered.archive.same_text,
        copies=len(gathered.archive.copies),
        diagnostics=sort_diagnostics([*gathered.diagnostics, *_describe_finds(output, published)]),
    )


def _describe_finds(output: Path, published: Published) -> Iterator[Diagnostic]:
    for path in published.edited:
        message = "this file of the program had been edited by hand; it is again what the program makes of the seeds."
        hint = "Change the seeds, or a template of your own, instead."
        yield Diagnostic(path=str(output / path), message=message, hint=hint, severity="warning")
    for path in published.left:
        message = "this could not be removed after the new site had taken its place."
        yield Diagnostic(path=path, message=message, hint="Look at it and remove it by hand.", severity="warning")
