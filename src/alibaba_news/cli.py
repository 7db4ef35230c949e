"""The command line: arguments in, progress, problems, results and exit codes out. The only place that prints.

The stages are imported by the commands that need them: --help answers at once, and Ctrl-C ends in order while they load.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec.structs import replace

from alibaba_news.builder.progress import Screen, clean_controls, flush_or_drop
from alibaba_news.diagnostics import Diagnostic, InputError, UsageError
from alibaba_news.options import DEFAULT_CONFIG, DEFAULT_PORT, read_arguments

if TYPE_CHECKING:
    from alibaba_news.builder.build import BuildReport
    from alibaba_news.builder.gather import Gathered
    from alibaba_news.builder.workers import Workers
    from alibaba_news.settings import Settings

_NAMES_SHOWN = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; gives the exit code: 0 done, 1 wrong input, 2 wrong command line or config, 130 interrupted.

    A closed standard output or a reader who has gone (head) is no error; results that a full device refuses are exit 1.
    """
    _prepare_streams()
    try:
        options = read_arguments(arguments)
    except SystemExit:  # --help, --version or a wrong command line, already printed
        flush_or_drop(sys.stdout)
        raise
    screen = Screen(time.monotonic, quiet=options.quiet)
    try:
        return _run(options, screen)
    except UsageError as error:
        screen.show_text(str(error))
        return 2
    except InputError as error:
        screen.show_problems(error.diagnostics)
        return 1
    except KeyboardInterrupt as error:
        screen.show_text(f"Interrupted. {str(error) or 'The site that stood before still stands.'}")
        return 130
    except MemoryError:
        screen.show_text("alibaba-news: the memory is full. Nothing was published. Build with --jobs 1 or a larger machine.")
        return 1
    except OSError as error:
        screen.show_text(f"{error.filename or 'alibaba-news'}: {error}. Nothing was published.")
        return 1


def _prepare_streams() -> None:
    """Every standard stream is there, so that no file of the site gets its number, and writes what its encoding cannot."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by who started the program
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open until the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # names and titles that the terminal's encoding cannot write


def _run(options: argparse.Namespace, screen: Screen) -> int:
    command = {"build": _build, "check": _check, "review": _review, "serve": _serve}[options.command]
    return command(options, screen)


def _build(options: argparse.Namespace, screen: Screen) -> int:
    started = time.monotonic()
    settings = _read_settings(options)
    with _find_workers(options) as workers:
        report = _build_once(options, settings, screen, workers)
        screen.show_problems([*report.diagnostics, *_warn_of_base(options, settings)])
        if options.verify:
            with _told_of_interrupts("The new site stands, but has not been verified."):
                _verify(options, settings, screen, workers)
    seconds = time.monotonic() - started
    return _print_results([*_format_profile(screen, workers, seconds), *_format_report(report, seconds)], screen)


@contextmanager
def _told_of_interrupts(message: str) -> Iterator[None]:
    """What an interrupt within the block has come to, where it is another thing than that of a build."""
    try:
        yield
    except KeyboardInterrupt:
        raise KeyboardInterrupt(message) from None


def _build_once(options: argparse.Namespace, settings: Settings, screen: Screen, workers: Workers) -> BuildReport:
    from alibaba_news.builder.build import build

    report = build(
        options.seeds,
        options.output,
        settings,
        jobs=workers,
        strict=options.strict,
        clean=options.clean,
        progress=screen.show_progress,
    )
    screen.end_progress()
    return report


def _verify(options: argparse.Namespace, settings: Settings, screen: Screen, workers: Workers) -> None:
    """Raises InputError naming the first file of the site that a build from nothing would have made otherwise."""
    from alibaba_news.builder.verify import verify_site

    seeds, output, show = options.seeds, options.output, screen.show_progress
    verify_site(seeds, output, settings, jobs=workers, progress=show, strict=options.strict)
    screen.end_progress()


@contextmanager
def _find_workers(options: argparse.Namespace) -> Iterator[Workers]:
    """Who reads and renders: processes of this machine, or the cluster that was named, connected to for the block."""
    from alibaba_news.builder.stopwatch import Stopwatch
    from alibaba_news.builder.workers import Workers

    watch = Stopwatch(time.perf_counter) if options.profile else None
    with contextlib.ExitStack() as stack:
        cluster = None
        if options.executor:
            from alibaba_news.builder.executors import open_cluster

            cluster = stack.enter_context(open_cluster(options.executor, options.jobs))
        yield Workers(count=_count_jobs(options), cluster=cluster, stopwatch=watch)


def _format_profile(screen: Screen, workers: Workers, seconds: float) -> Iterator[str]:
    if workers.stopwatch is not None:
        from alibaba_news.builder.profile import format_profile

        yield from format_profile(screen.stages, seconds, workers.stopwatch.taken)


def _warn_of_base(options: argparse.Namespace, settings: Settings) -> Iterator[Diagnostic]:
    if settings.base_url is None:
        message = "base_url is not set: the sitemap lists nothing and feeds have tag: ids."
        hint = "Set it there, or give --base-url URL, before publishing."
        yield Diagnostic(path=str(options.config or DEFAULT_CONFIG), message=message, hint=hint, severity="warning")


def _gather(options: argparse.Namespace, screen: Screen) -> Gathered:
    """Everything in the seeds, its warnings shown; raises InputError where something is wrong."""
    from alibaba_news.builder.build import prepare

    settings = _read_settings(options)
    with _find_workers(options) as workers:
        started = time.monotonic()
        gathered, _ = prepare(options.seeds, settings, jobs=workers, strict=options.strict, progress=screen.show_progress)
        screen.end_progress()
        gathered.raise_errors()
        screen.show_problems(gathered.diagnostics)
        for line in _format_profile(screen, workers, time.monotonic() - started):
            screen.show_text(line)
    return gathered


def _check(options: argparse.Namespace, screen: Screen) -> int:
    gathered = _gather(options, screen)
    counts = f"{_count(len(gathered.stories), 'story', 'stories')}, {gathered.left_out} left out"
    warnings = sum(d.severity == "warning" for d in gathered.diagnostics)
    found = _count(warnings, "warning", "warnings") if warnings else "nothing wrong"
    return _print_results([f"{counts}: {found}."], screen)


def _review(options: argparse.Namespace, screen: Screen) -> int:
    from alibaba_news.builder.review import find_doubts, format_doubt

    gathered = _gather(options, screen)
    doubts = find_doubts(gathered, options.seeds)
    total = f"# {_count(len(doubts), 'thing', 'things')} to look at in {_count(len(gathered.stories), 'story', 'stories')}."
    return _print_results([*(format_doubt(number, doubt) for number, doubt in enumerate(doubts, start=1)), total], screen)


def _serve(options: argparse.Namespace, screen: Screen) -> int:
    from alibaba_news.builder.folders import check_seeds
    from alibaba_news.builder.serve import Site, serve
    from alibaba_news.settings import list_folders

    gc.enable()  # it goes on for days
    first = _read_settings(options)
    check_seeds(options.seeds)
    if not options.quiet:  # once: not again at every save
        screen.show_problems(_warn_of_base(options, first))

    def rebuild() -> None:
        started = time.monotonic()
        settings = _read_settings(options)
        with _find_workers(options) as workers:
            report = _build_once(options, settings, screen, workers)
        screen.show_problems(report.diagnostics)
        _print_results(_format_report(report, time.monotonic() - started), screen)
        if report.interrupted:  # too late for the build, but not for what goes on
            raise KeyboardInterrupt

    config = options.config or DEFAULT_CONFIG
    site = Site(options.output, rebuild, lambda: (options.seeds, config, *list_folders(config)))
    with _told_of_interrupts("Serving has ended; the site stands as it was built last."):
        return serve(site, DEFAULT_PORT if options.port is None else options.port, screen.show_text)


def _read_settings(options: argparse.Namespace) -> Settings:
    from alibaba_news.builder.own_folders import check_own_folders
    from alibaba_news.settings import read_base_url, read_settings

    config = options.config or (DEFAULT_CONFIG if DEFAULT_CONFIG.exists() else None)
    settings = read_settings(config)
    check_own_folders(settings.templates, settings.static)
    settings = replace(settings, sqlite=settings.sqlite or options.sqlite)
    return settings if options.base_url is None else replace(settings, base_url=read_base_url(options.base_url))


def _count_jobs(options: argparse.Namespace) -> int:
    if options.jobs is not None:
        return int(options.jobs)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _format_report(report: BuildReport, seconds: float) -> Iterator[str]:
    if report.same_text:
        groups = ("stories/" + ", stories/".join(group) for group in report.same_text)
        yield f"The same text stands in: {_list_some(groups, '; ')}."
    if report.copies:
        copies = f"{report.copies} stories share a text with another"
        yield f"{copies}; each of their pages says which, and what differs."
    if report.carried:
        yield f"Not written by this program, kept as they are: {_list_some(report.carried, ', ')}."
    counts = (
        _count(report.stories, "story", "stories"),
        _count(report.people, "person", "people"),
        _count(report.events, "event", "events"),
        _count(report.pages, "page", "pages"),
    )
    yield f"{', '.join(counts)}; {_count(report.left_out, 'input', 'inputs')} left out"
    yield f"{report.read} read and inferred, {report.read_from_cache} known; {report.rendered} rendered, {report.reused} reused"
    yield f"{_count(report.written, 'file', 'files')} written, {report.unchanged} unchanged, {report.removed} removed"
    yield f"{seconds:.1f} s. Open {report.output / 'index.html'}"


def _print_results(lines: Iterable[str], screen: Screen) -> int:
    """What a command that has done its work says of it; gives the exit code. Raises nothing: the work stays done."""
    try:
        for line in lines:
            print(clean_controls(line))
        problem = None
    except OSError as error:
        problem = error
    problem = flush_or_drop(sys.stdout) or problem
    if problem is None or isinstance(problem, BrokenPipeError):  # the reader of a pipe (head, less) has seen enough
        return 0
    reason = (problem.strerror or str(problem)).lower()
    screen.show_text(f"Everything was done, but its results could not be written to standard output: {reason}.")
    return 1


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _list_some(names: Iterable[str], separator: str) -> str:
    every = list(names)
    rest = len(every) - _NAMES_SHOWN
    return separator.join(every[:_NAMES_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
