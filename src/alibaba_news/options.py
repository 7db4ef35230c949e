"""The words of the command line in, what was chosen out; a wrong command line ends the program with exit code 2."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from alibaba_news import __version__

COMMANDS = {
    "build": "make the site (what is done where no command is named)",
    "serve": "build, serve on 127.0.0.1, rebuild and reload the browser on every save",
    "check": "check seeds, corrections and authority files; build nothing",
    "review": "list what was inferred, least certain first, each with the YAML that would correct it",
}
DEFAULT_CONFIG = Path("site.yaml")
DEFAULT_PORT = 8000
_CODES = "exit codes: 0 done, 1 wrong input, 2 wrong command line or config, 130 interrupted"
_PROGRAM = "alibaba-news"


class _Option:
    """One option: what argparse is told of it, the commands it means something to, and whether the others refuse it."""

    def __init__(self, name: str, commands: str, help_text: str, *, strictly: bool = False, **how: Any) -> None:
        self.name, self.commands, self.strictly = name, commands.split(), strictly
        self.how = {"help": help_text, **how}


def _list_options() -> tuple[_Option, ...]:
    every, site, one_go = " ".join(COMMANDS), "build serve", "build check review"
    flag: dict[str, Any] = {"action": "store_true"}
    return (
        _Option("seeds", every, "folder of articles (default: seeds)", type=_read_folder, default=Path("seeds"), metavar="DIR"),
        _Option("output", site, "folder of the site (default: site)", type=_read_folder, default=Path("site"), metavar="DIR"),
        _Option("config", every, "settings of the site (default: site.yaml if it exists)", type=Path, metavar="FILE"),
        _Option("base-url", site, "address the site is served under, instead of the config's", metavar="URL"),
        _Option("jobs", every, "processes to read and render with (default: one a core)", type=_read_jobs, metavar="N"),
        _Option(
            "executor",
            one_go,
            "work on a cluster: dask://HOST:PORT, or a kind that a package adds",
            strictly=True,
            metavar="URL",
        ),
        _Option("clean", site, "ignore the cache and render everything; deletes nobody's files", **flag),
        _Option(
            "verify", "build", "build everything afresh as well; fail on the first byte that differs", strictly=True, **flag
        ),
        _Option("strict", every, "a file that cannot be read as a story is an error", **flag),
        _Option("sqlite", site, "also write data/archive.sqlite, which Datasette opens", **flag),
        _Option("quiet", every, "show no progress", **flag),
        _Option("profile", one_go, "say which steps, pages and articles took longest", strictly=True, **flag),
        _Option(
            "port", "serve", f"port of serve (default: {DEFAULT_PORT}; 0: any)", strictly=True, type=_read_port, metavar="N"
        ),
    )


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was chosen; options may stand before or after the command. Exits with 2, or 0 after ``--help`` or ``--version``."""
    parser = make_parser(None)
    _refuse_unknown_options(parser, sys.argv[1:] if arguments is None else arguments)
    chosen = parser.parse_intermixed_args(arguments)
    if chosen.help:
        make_parser(chosen.command).print_help()
        parser.exit(0)
    command = chosen.command or "build"
    for option in _list_options():
        if option.strictly and command not in option.commands and getattr(chosen, option.name.replace("-", "_")):
            parser.error(f"--{option.name} goes with the command {' or '.join(option.commands)}")
    return argparse.Namespace(**{**vars(chosen), "command": command})


def _describe(command: str | None) -> str:
    what = COMMANDS[command] if command else "turn a folder of scraped news articles into a browsable static archive"
    return f"{what[0].upper()}{what[1:]}."


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{_PROGRAM}: {message}\nWhat there is: {_PROGRAM} --help\n")


def make_parser(command: str | None = None) -> argparse.ArgumentParser:
    """A parser of everything; for a command one whose help tells of its own options only."""
    rows = "\n".join(f"  {name:8}{what}" for name, what in COMMANDS.items())
    more = f"commands (--help after one of them tells of its options):\n{rows}\n\n"
    parser = _Parser(
        prog=f"{_PROGRAM} {command}" if command else _PROGRAM,
        usage=None if command else f"{_PROGRAM} [command] [options]",
        description=_describe(command),
        epilog=_CODES if command else more + _CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    if command is None:
        parser.add_argument("command", nargs="?", choices=list(COMMANDS), metavar="command", help=argparse.SUPPRESS)
    for option in _list_options():
        if command is None or command in option.commands:
            parser.add_argument(f"--{option.name}", **option.how)
    parser.add_argument("-h", "--help", action="store_true", help="show this and end")
    parser.add_argument("--version", action="version", version=f"{_PROGRAM} {__version__}", help="show the version and end")
    return parser


def _refuse_unknown_options(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> None:
    """Before argparse, which would take the value of a misspelt option for a command and complain about that."""
    known = {option for action in parser._actions for option in action.option_strings}
    for argument in arguments:
        name = argument.partition("=")[0]
        if name.startswith("--") and name != "--" and name not in known:
            import difflib  # noqa: PLC0415 - nobody who spells right waits for it

            near = difflib.get_close_matches(name[2:], sorted(option[2:] for option in known), n=1)
            parser.error(f"unknown option {name}" + (f". Did you mean --{near[0]}?" if near else ""))


def _read_folder(text: str) -> Path:
    if "\0" in text:
        raise argparse.ArgumentTypeError("a folder's name cannot hold a NUL character")
    return Path(text)


def _read_jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= 1024:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of processes (1 to 1024)")
    return int(text)


def _read_port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:6]) > 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port (0 to 65535)")
    return int(text)
