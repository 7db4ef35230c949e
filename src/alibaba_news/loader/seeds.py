"""A seeds folder -> the list of its articles, each with the corrections file beside it. Names only: nothing is opened."""

from __future__ import annotations

import bisect
import difflib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from pathlib import Path, PurePath
from typing import Literal

from msgspec import Struct

from alibaba_news.diagnostics import Diagnostic, Severity, sort_diagnostics

SeedKind = Literal["txt", "md", "jsonl", "html"]
SIZE_LIMIT = 20 * 1024 * 1024  # bytes; no article is longer, and a dump read by mistake must not fill the memory
AUTHORITY_FOLDER = "authority"

_KINDS: dict[str, SeedKind] = {".txt": "txt", ".md": "md", ".jsonl": "jsonl", ".html": "html", ".htm": "html"}


def _spell(endings: Iterable[str]) -> tuple[str, ...]:
    """File endings in capitals and small letters, mixed in every way."""
    return tuple("".join(letters) for end in endings for letters in product(*({c, c.upper()} for c in end)))


_ARTICLE_ENDINGS, _CORRECTION_ENDINGS = _spell(_KINDS), _spell((".yaml", ".yml"))
# A backslash that seems to begin an escape is one too: files are known by what is shown, so no two names are shown alike.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|\\\\(?=[xu])")
_NEIGHBOURS = 500


class SeedFile(Struct, frozen=True, kw_only=True):
    """One file of articles. ``file`` is relative to the seeds folder, ``path`` as the user named it; both are printable text,
    ``location`` is what opens the file. ``corrections`` opens NAME.yaml, None where there is none."""

    file: str
    path: str
    kind: SeedKind
    location: Path
    corrections: Path | None = None
    corrections_path: str = ""


class Listing(Struct, frozen=True, kw_only=True):
    """Files in the order of their names, and what is wrong with the folder."""

    files: tuple[SeedFile, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class _Lister:
    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.real_root = os.path.realpath(folder)
        prefix = show_name(folder.as_posix())
        self.prefix = "" if prefix == "." else f"{prefix.rstrip('/')}/"
        self.files: list[SeedFile] = []
        self.faults: list[Diagnostic] = []

    def note(self, file: str, message: str, hint: str, severity: Severity = "error") -> None:
        self.faults.append(Diagnostic(path=self.prefix + file, message=message, hint=hint, severity=severity))

    def list_folder(self, folder: Path, below: str) -> Iterator[tuple[Path, str]]:
        """Take the files of one folder; gives the folders in it that are to be searched as well."""
        names: dict[str, list[tuple[str, SeedKind]]] = {}
        corrections: dict[str, str] = {}
        try:
            entries = sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError as error:
            self.note(below or ".", f"cannot be read: {error.strerror}.", "Check the permissions of the folder.")
            return
        for entry in entries:
            shown = below + show_name(entry.name)
            stem, suffix = PurePath(entry.name).stem, PurePath(entry.name).suffix.lower()
            if entry.name.startswith(".") or (not below and entry.name == AUTHORITY_FOLDER):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield Path(entry.path), f"{shown}/"
            elif _is_folder(entry):
                hint = "Copy the folder into the seeds, or name it with --seeds."
                self.note(shown, "is a link to a folder; links to folders are not followed.", hint, "warning")
            elif (suffix in _KINDS or suffix in (".yaml", ".yml")) and self.is_usable(entry, shown):
                if suffix in _KINDS:
                    names.setdefault(stem, []).append((entry.name, _KINDS[suffix]))
                elif suffix == ".yml":
                    self.note(shown, "is not read.", f"Corrections end in .yaml: rename it to {show_name(stem)}.yaml.")
                else:
                    corrections[stem] = entry.name
        self.pair(folder, below, names, corrections)

    def is_usable(self, entry: os.DirEntry[str], shown: str) -> bool:
        """False (and a note) for what is no regular file, or a link that leads out of the seeds folder."""
        hint = "Put a copy of the file in its place."
        try:
            usable = entry.is_file()
        except OSError:
            usable = False
        if not usable:
            self.note(shown, "is not a file, or a link to nothing; it was left out.", hint, "warning")
            return False
        inside = not entry.is_symlink() or os.path.realpath(entry.path).startswith(self.real_root + os.sep)
        if not inside:
            self.note(shown, "is a link that leads out of the seeds folder; it was left out.", hint, "warning")
        return inside

    def pair(self, folder: Path, below: str, names: dict[str, list[tuple[str, SeedKind]]], corrections: dict[str, str]) -> None:
        stems = sorted(names)
        for stem, name in corrections.items():
            shown = below + show_name(name)
            if stem not in names:
                self.note(shown, "there is no article of this name beside it.", _suggest_stem(stem, stems))
            elif len(names[stem]) > 1:
                articles = " and ".join(show_name(article) for article, _ in names[stem])
                self.note(shown, f"belongs to two articles, {articles}.", "Rename one of them.")
        for stem, articles_of_stem in names.items():
            correction = corrections.get(stem)
            for name, kind in articles_of_stem:
                shown = below + show_name(name)
                self.files.append(
                    SeedFile(
                        file=shown,
                        path=self.prefix + shown,
                        kind=kind,
                        location=folder / name,
                        corrections=folder / correction if correction else None,
                        corrections_path=self.prefix + below + show_name(correction) if correction else "",
                    )
                )


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def list_sources(folder: Path) -> Listing:
    """The articles under ``folder`` (which must exist), searched recursively, without hidden files and ``authority/``."""
    lister = _Lister(folder)
    waiting = [(folder, "")]
    while waiting:
        waiting.extend(lister.list_folder(*waiting.pop()))
    return Listing(files=tuple(sorted(lister.files, key=lambda f: f.file)), diagnostics=sort_diagnostics(lister.faults))


def find_source(folder: Path, file: str, exists: Callable[[str], bool]) -> SeedFile | None:
    """One article as ``list_sources`` lists it, by its path below ``folder``; ``exists`` tells which files stand there.

    None where the file's name alone does not tell: no article, or a name that another one shares or that cannot be printed.
    """
    path = PurePath(file)
    kind = _KINDS.get(path.suffix.lower())
    rest = file.removesuffix(path.suffix)
    if kind is None or show_name(file) != file or sum(exists(rest + ending) for ending in _ARTICLE_ENDINGS) != 1:
        return None
    beside = [rest + ending for ending in _CORRECTION_ENDINGS if exists(rest + ending)]
    if beside not in ([], [f"{rest}.yaml"]):
        return None
    corrections = "".join(beside)
    prefix = _Lister(folder).prefix
    return SeedFile(
        file=file,
        path=prefix + file,
        kind=kind,
        location=folder / file,
        corrections=folder / corrections if corrections else None,
        corrections_path=prefix + corrections if corrections else "",
    )


def show_name(name: str) -> str:
    """A file name as printable text: what is not valid Unicode or a control character as an escape (``\\xff``)."""
    return _UNSHOWN.sub(lambda m: _escape(ord(m[0])), name)


def _escape(code: int) -> str:
    # Python keeps a byte that is not UTF-8 as U+DC80... (PEP 383).
    byte = code - 0xDC00 if 0xDC80 <= code <= 0xDCFF else code
    return f"\\x{byte:02x}" if byte != code or code < 0x80 else f"\\u{code:04x}"


def _suggest_stem(stem: str, stems: list[str]) -> str:
    at = bisect.bisect(stems, stem)
    # In a very large folder only names that start alike are compared.
    near = stems[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
    best = difflib.get_close_matches(stem, near, n=1, cutoff=0.5) or near[:1]
    return f"Did you mean {show_name(best[0])}.yaml?" if best else "Put it beside its article, under the same name."
