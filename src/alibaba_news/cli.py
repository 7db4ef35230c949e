"""The command line: arguments in, progress, problems, results and exit codes out. The only place that prints.

The stages are imported by the commands that need them: --help answers at once, and Ctrl-C ends in order while they load.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from alibaba_news import __version__
from alibaba_news.diagnostics import Diagnostic, InputError, UsageError

if TYPE_CHECKING:
    from alibaba_news.builder.build import BuildReport
    from alibaba_news.builder.gather import Gathered
    from alibaba_news.settings import Settings

COMMANDS = {
    "build": "make the site (what is done where no command is named)",
    "serve": "build, serve on 127.0.0.1, rebuild and reload the browser on every save",
    "check": "check seeds, corrections and authority files; build nothing",
    "review": "list what was inferred, least certain first, each with the YAML that would correct it",
}
DEFAULT_CONFIG = Path("site.yaml")
DEFAULT_PORT = 8000
_NAMES_SHOWN = 10
# Article text may hold terminal control sequences; a message never acts on the terminal.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if code != 10}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; gives the exit code: 0 done, 1 wrong input, 2 wrong command line or config, 130 interrupted.

    A closed standard output or a reader who has gone (head) is no error; results that a full device refuses are exit 1.
    """
    _prepare_streams()
    try:
        options = _read_arguments(arguments)
    except SystemExit:  # --help, --version or a wrong command line, already printed
        _flush_or_drop(sys.stdout)
        raise
    screen = Screen(quiet=options.quiet)
    try:
        return _run(options, screen)
    except UsageError as error:
        screen.show_text(str(error))
        return 2
    except InputError as error:
        screen.show_problems(error.diagnostics)
        return 1
    except KeyboardInterrupt:
        screen.show_text("Interrupted. The site that stood before still stands.")
        return 130
    except (OSError, MemoryError) as error:
        screen.show_text(f"{getattr(error, 'filename', None) or 'alibaba-news'}: {error}. Nothing was published.")
        return 1


def _prepare_streams() -> None:
    """Every standard stream is there, so that no file of the site gets its number, and writes what its encoding cannot."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by who started the program
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open until the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # names and titles that the terminal's encoding cannot write


def _flush_or_drop(stream: TextIO) -> OSError | None:
    """Have what was printed written; gives why it could not be. Nobody hears of what the stream still holds then."""
    try:
        stream.flush()
    except OSError as error:
        with contextlib.suppress(OSError, ValueError):  # else Python would try again at the exit, and complain
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return error
    return None


def make_parser() -> argparse.ArgumentParser:
    """The parser of the command line: options may stand before or after the command."""
    rows = "\n".join(f"  {name:8}{what}" for name, what in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="alibaba-news",
        description="Turn a folder of scraped news articles into a browsable static archive.",
        epilog=f"commands:\n{rows}\n\nexit codes: 0 done, 1 wrong input, 2 wrong command line or config, 130 interrupted",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("command", nargs="?", default="build", choices=list(COMMANDS), metavar="command", help="see below")
    parser.add_argument("--seeds", type=Path, default=Path("seeds"), metavar="DIR", help="folder of articles (default: seeds)")
    parser.add_argument("--output", type=Path, default=Path("site"), metavar="DIR", help="folder of the site (default: site)")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings of the site (default: site.yaml if it exists)")
    parser.add_argument("--base-url", metavar="URL", help="address the site is served under, instead of the config's")
    parser.add_argument("--jobs", type=_read_jobs, metavar="N", help="processes to read and render with (default: one a core)")
    parser.add_argument("--clean", action="store_true", help="ignore the cache and render everything; deletes nobody's files")
    parser.add_argument("--strict", action="store_true", help="a file that cannot be read as a story is an error")
    parser.add_argument("--quiet", action="store_true", help="show no progress")
    parser.add_argument("--port", type=_read_port, metavar="N", help=f"port of serve (default: {DEFAULT_PORT}; 0: any)")
    parser.add_argument("--version", action="version", version=f"alibaba-news {__version__}")
    return parser


def _read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = make_parser()
    _refuse_unknown_options(parser, sys.argv[1:] if arguments is None else arguments)
    options = parser.parse_intermixed_args(arguments)
    if options.port is not None and options.command != "serve":
        parser.error("--port goes with the command serve")
    for folder in (options.seeds, options.output):
        if "\0" in str(folder):
            parser.error("a folder's name cannot hold a NUL character")
    return options


def _refuse_unknown_options(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> None:
    """Before argparse, which would take the value of a misspelt option for a command and complain about that."""
    known = {option for action in parser._actions for option in action.option_strings}
    for argument in arguments:
        name = argument.partition("=")[0]
        if name.startswith("--") and name != "--" and name not in known:
            near = difflib.get_close_matches(name[2:], sorted(option[2:] for option in known), n=1)
            parser.error(f"unknown option {name}" + (f". Did you mean --{near[0]}?" if near else ""))


def _read_jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= 1024:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of processes (1 to 1024)")
    return int(text)


def _read_port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:6]) > 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port (0 to 65535)")
    return int(text)


def _run(options: argparse.Namespace, screen: Screen) -> int:
    command = {"build": _build, "check": _check, "review": _review, "serve": _serve}[options.command]
    return command(options, screen)


def _build(options: argparse.Namespace, screen: Screen) -> int:
    started = time.monotonic()
    report = _build_once(options, screen, _count_jobs(options))
    screen.show_problems(report.diagnostics)
    return _print_results(_format_report(report, time.monotonic() - started), screen)


def _build_once(options: argparse.Namespace, screen: Screen, jobs: int) -> BuildReport:
    from alibaba_news.builder.build import build

    settings = _read_settings(options)
    report = build(options.seeds, options.output, settings, jobs=jobs, strict=options.strict, progress=screen.show_progress)
    screen.end_progress()
    if settings.base_url is None:
        message = "base_url is not set: the sitemap lists nothing and feeds have tag: ids."
        hint = "Set it there, or give --base-url URL, before publishing."
        warning = Diagnostic(path=str(options.config or DEFAULT_CONFIG), message=message, hint=hint, severity="warning")
        return replace(report, diagnostics=(*report.diagnostics, warning))
    return report


def _gather(options: argparse.Namespace, screen: Screen) -> Gathered:
    """Everything in the seeds, its warnings shown; raises InputError where something is wrong."""
    from alibaba_news.builder.build import prepare

    settings, jobs = _read_settings(options), _count_jobs(options)
    gathered, _ = prepare(options.seeds, settings, jobs=jobs, strict=options.strict, progress=screen.show_progress)
    gathered.raise_errors()
    screen.show_problems(gathered.diagnostics)
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

    settings = _read_settings(options)
    check_seeds(options.seeds)
    jobs = [_count_jobs(options)]

    def rebuild() -> None:
        started = time.monotonic()
        report = _build_once(options, screen, jobs[0])
        jobs[0] = 1  # from now on the server's threads run, beside which no process may be forked
        screen.show_problems(report.diagnostics)
        _print_results(_format_report(report, time.monotonic() - started), screen)

    watched = (options.seeds, options.config or DEFAULT_CONFIG, settings.templates, settings.static)
    site = Site(folder=options.output, rebuild=rebuild, watched=tuple(w for w in watched if w is not None))
    return serve(site, DEFAULT_PORT if options.port is None else options.port, screen.show_text)


def _read_settings(options: argparse.Namespace) -> Settings:
    from alibaba_news.settings import read_base_url, read_settings

    config = options.config or (DEFAULT_CONFIG if DEFAULT_CONFIG.exists() else None)
    settings = read_settings(config)
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
    yield f"{_count(report.written, 'file', 'files')} written, {report.unchanged} unchanged, {report.removed} removed"
    yield f"{seconds:.1f} s. Open {report.output / 'index.html'}"


def _print_results(lines: Iterable[str], screen: Screen) -> int:
    """What a command that has done its work says of it; gives the exit code. Raises nothing: the work stays done."""
    try:
        for line in lines:
            print(_clean(line))
        problem = None
    except OSError as error:
        problem = error
    problem = _flush_or_drop(sys.stdout) or problem
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


def _clean(text: str) -> str:
    return text.translate(_CONTROLS)


class Screen:
    """Standard error: a bar on a terminal, plain lines in a log, no progress where quiet; problems always."""

    def __init__(self, *, quiet: bool, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._quiet = quiet
        self._bar = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._color = self._bar and not os.environ.get("NO_COLOR")
        self._stage = ""
        self._started = self._drawn = 0.0
        self._width = 0

    def show_progress(self, stage: str, done: int, total: int) -> None:
        """``stage`` is at work, ``done`` of ``total`` (0: not known)."""
        if self._quiet:
            return
        now = time.monotonic()
        if stage != self._stage:
            self.end_progress()
            self._stage, self._started, self._drawn = stage, now, 0.0 if self._bar else now
            if not self._bar:
                self._write(f"{stage} {total or ''}".rstrip() + "\n")
        if self._bar and (done == total or now - self._drawn > 0.1):
            self._drawn = now
            self._draw(stage, done, total, now - self._started)
        elif not self._bar and now - self._drawn > 10:
            self._drawn = now
            self._write(f"{stage} {done} of {total}{_time_left(done, total, now - self._started)}\n")

    def end_progress(self) -> None:
        """The bar, if there is one, makes room for what follows."""
        if self._width:
            self._write("\r" + " " * self._width + "\r")
        self._width = 0
        self._stage = ""

    def show_problems(self, diagnostics: Iterable[Diagnostic]) -> None:
        """One a line, on a terminal in colour."""
        self.end_progress()
        for diagnostic in diagnostics:
            text = _clean(str(diagnostic))
            if self._color:
                text = f"\x1b[{31 if diagnostic.severity == 'error' else 33}m{text}\x1b[0m"
            self._write(f"{text}\n")

    def show_text(self, text: str) -> None:
        """A message of the program itself."""
        self.end_progress()
        self._write(f"{_clean(text)}\n")

    def _draw(self, stage: str, done: int, total: int, seconds: float) -> None:
        filled = 24 * done // total if total else 0
        line = f"{stage} [{'#' * filled}{'.' * (24 - filled)}] {done}/{total}{_time_left(done, total, seconds)}"
        line = line if total else stage
        self._write("\r" + line.ljust(self._width))
        self._width = max(self._width, len(line))

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # whoever reads it has gone: no reason to stop the work
            self._stream.write(text)
            _flush_or_drop(self._stream)


def _time_left(done: int, total: int, seconds: float) -> str:
    if seconds < 3 or not 0 < done < total:
        return ""
    return f", about {seconds / done * (total - done):.0f} s left"
