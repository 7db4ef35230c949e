"""Planned pages in, problems with their addresses out: two on one address, or a path that leaves the site."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from alibaba_news.builder.manifest import MANIFEST_NAME
from alibaba_news.diagnostics import Diagnostic

_NAME_BYTES = 255  # of ext4, APFS and NTFS alike
# Windows keeps these for devices, whatever stands behind a dot.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))}
# Nearly every address is one of these, which are safe and the same however they are folded: many thousands are asked about.
_NAME = rf"(?!(?:{'|'.join(sorted(_DEVICES))})(?:[./]|\Z))[a-z0-9_-]+(?:\.[a-z0-9_-]+)*"
_SIMPLE = re.compile(rf"(?=.{{1,{_NAME_BYTES}}}\Z){_NAME}(?:/{_NAME})*")


def fold_address(path: str) -> str:
    """Equal for two paths that are one file where letter case or Unicode form does not count (macOS, Windows)."""
    if _SIMPLE.fullmatch(path):
        return path
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def find_address_problems(pages: Iterable[tuple[str, str]]) -> tuple[Diagnostic, ...]:
    """Every path that is no address within a site, and every two that are one or need one name as file and folder.

    ``pages`` are pairs of a path and what the page there is, in words.
    """
    problems: list[Diagnostic] = []
    taken = {fold_address(MANIFEST_NAME): (MANIFEST_NAME, "the list of published files")}
    for page in pages:
        path = page[0]
        if not is_safe_address(path):
            problems.append(_problem(path, "this is not an address within the site.", "Use letters, digits, '-' and '/'."))
            continue
        other = taken.setdefault(fold_address(path), page)
        if other is not page:
            problems.append(_clash(page, other))
    if any(folder in taken for folder in list_parents(taken)):
        for folded, page in taken.items():
            problems += [_clash(page, taken[str(p)]) for p in PurePosixPath(folded).parents if str(p) in taken]
    return tuple(problems)


def list_parents(paths: Iterable[str]) -> set[str]:
    """Every folder that one of the paths lies in."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def is_safe_address(path: str) -> bool:
    """Whether ``path`` is relative, stays below the folder it is written to and can be a file name anywhere."""
    if _SIMPLE.fullmatch(path):
        return True
    parts = path.split("/")
    if any(c in '\\:*?"<>|' or ord(c) < 32 for c in path):
        return False
    return all(map(_is_safe_name, parts))


def _is_safe_name(name: str) -> bool:
    # Windows drops dots and spaces at the end of a name.
    if name.partition(".")[0].casefold() in _DEVICES:
        return False
    return name not in {"", ".", ".."} and name == name.rstrip(". ") and len(name.encode("utf-8", "replace")) <= _NAME_BYTES


def _clash(one: tuple[str, str], other: tuple[str, str]) -> Diagnostic:
    (path, what), (other_path, other_what) = sorted((one, other))
    place = "this address" if path == other_path else f"one address with {other_path}"
    message = f"two pages want {place}: {what} and {other_what}."
    return _problem(path, message, "Give one of the stories another slug, or take the address out of redirect_from.")


def _problem(path: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(path=path, message=message, hint=hint)
