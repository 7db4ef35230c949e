"""A folder in, the stamps of everything in it out: what tells that a file is still the one that was looked at before.

Nothing here imports any stage: a build that finds nothing changed ends before they are loaded.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from msgspec import Struct, field

from alibaba_news.builder.pairs import Amended, load_whole

# Size, time of change and number of a file; -1 for the size of what is no regular file.
Stamp = tuple[int, int, int]
# A file changed so shortly before it was looked at may change again without a new time stamp (as in git's index).
RACY_NS = 2_000_000_000
# So coarse are the times of file systems that need as long; others follow the ticks of the system's clock, 16 ms at most.
_COARSE_NS, _TICKS_NS = 10_000_000, 50_000_000
_KIND = 0o170000  # the bits of a mode that tell a file from a folder


class Tree(Struct):
    """Paths below a folder with ``/``: files (and whatever else is no folder) with their stamps, folders with their times.

    A time of 0 is one that tells nothing: the folder was changed shortly before it was looked at.
    """

    files: Mapping[str, Stamp] = field(default_factory=dict)
    folders: Mapping[str, int] = field(default_factory=dict)


def scan_tree(root: Path | str) -> Tree:
    """Everything below ``root``; links are not followed. Raises OSError."""
    files: dict[str, Stamp] = {}
    folders: dict[str, int] = {}
    waiting = [(str(root), "")]
    while waiting:
        folder, prefix = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders[path] = entry.stat(follow_symlinks=False).st_mtime_ns
                    waiting.append((entry.path, path + "/"))
                    continue
                files[path] = stamp_any(entry.stat(follow_symlinks=False))
    return Tree(files=files, folders=folders)


class Times(Amended[int]):
    """The times of very many folders. ``unsure`` are those of which it tells nothing, so that nobody has to look for them."""

    def __init__(self, base: Mapping[str, int], since: Mapping[str, int], unsure: Iterable[str]) -> None:
        super().__init__(base, since)
        self.unsure = frozenset(path for path in unsure if not self.since.get(path)).union(
            path for path, time in self.since.items() if not time
        )


def find_unsure(folders: Mapping[str, int]) -> frozenset[str]:
    """The folders whose time tells nothing."""
    return folders.unsure if isinstance(folders, Times) else frozenset(path for path, time in folders.items() if not time)


def stamp_any(status: os.stat_result) -> Stamp:
    """The stamp of a file, or of what is none."""
    return status.st_size if status.st_mode & _KIND == stat.S_IFREG else -1, status.st_mtime_ns, status.st_ino


def drop_racy_folders(folders: Mapping[str, int], now: int) -> Mapping[str, int]:
    """The times of folders that can be trusted later, 0 for the others; ``now`` is the file system's time, in nanoseconds."""
    fine, coarse = now - min(_TICKS_NS, RACY_NS), now - RACY_NS
    asked = folders.since if isinstance(folders, Times) else folders  # all but the last ones were asked about before
    racy = {path: 0 for path, time in asked.items() if time >= coarse and (time >= fine or not time % _COARSE_NS)}
    return Times(folders, racy, folders.unsure) if isinstance(folders, Times) else {**folders, **racy}


def is_as_before(root: Path | str, files: Mapping[str, Stamp], folders: Mapping[str, int], *, linked: bool = False) -> bool:
    """Whether these files and folders, and nothing else, are below ``root``, with the stamps and times that they had.

    A folder whose time stands holds the names that it held: asking so takes half as long as ``scan_tree``. With ``linked`` only
    the folders are asked about: the files are second names of files that were looked at elsewhere. Raises OSError.
    """
    stat, top = os.lstat, f"{root}/"
    unsure: dict[str, set[str]] = {path: set() for path in ("", *find_unsure(folders))}
    files, folders = load_whole(files), load_whole(folders)
    try:
        for path, stamp in () if linked else files.items():
            status = stat(top + path)
            if (status.st_size, status.st_mtime_ns, status.st_ino) != stamp:
                return False
        if any(time and stat(top + path).st_mtime_ns != time for path, time in folders.items()):
            return False
    except (FileNotFoundError, NotADirectoryError):
        return False
    for path in (*files, *folders):
        folder, _, name = path.rpartition("/")
        if folder in unsure:
            unsure[folder].add(name)
    return all(set(os.listdir(top + folder)) == names for folder, names in unsure.items())  # noqa: PTH208


def list_times(root: Path | str, folders: Iterable[str]) -> dict[str, int]:
    """The times of folders below ``root``. Raises OSError."""
    return {path: os.lstat(f"{root}/{path}").st_mtime_ns for path in folders}


def renew_times(root: Path | str, folders: Mapping[str, int], changed: Iterable[str] = ()) -> Times:
    """The times of folders of which those that told nothing, and the ``changed`` ones, are looked at anew. Raises OSError."""
    return Times(folders, list_times(root, find_unsure(folders).union(changed)), ())


def list_numbers(root: Path | str) -> tuple[dict[str, int], list[str]]:
    """The numbers (inodes) of the files below ``root``, and its folders: all that a listing tells. Raises OSError."""
    files: dict[str, int] = {}
    folders: list[str] = []
    waiting = [(str(root), "")]
    while waiting:
        folder, prefix = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                    waiting.append((entry.path, path + "/"))
                else:
                    files[path] = entry.inode()
    return files, folders


# Size, both times and number of an input, or where a link leads with those of its target.
InputStamp = tuple[object, ...]


def scan_inputs(folder: Path, label: str = "") -> dict[str, InputStamp]:
    """Every file below ``folder`` that is not hidden, links followed as the loader follows them, by ``label`` + its path in it.

    What cannot be read has a stamp that tells why. Folders without files are told too: an empty one may become another.
    """
    found: dict[str, InputStamp] = {}
    waiting = [(str(folder), label)]
    while waiting:
        place, prefix = waiting.pop()
        try:
            entries = list(os.scandir(place))
        except OSError as error:
            found[prefix] = ("unread", error.errno)
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = prefix + entry.name
            try:
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(status.st_mode):
                    waiting.append((entry.path, path + "/"))
                    continue
                if stat.S_ISLNK(status.st_mode):
                    target = os.stat(entry.path)  # noqa: PTH116 - many thousand times
                    found[path] = ("link", os.path.realpath(entry.path), *_stamp(target))
                else:
                    found[path] = _stamp(status)
            except OSError as error:
                found[path] = ("unread", error.errno)
    return found


def stamp_file(path: Path) -> InputStamp:
    """The stamp of one input. Raises OSError."""
    return _stamp(path.stat())


def _stamp(status: os.stat_result) -> InputStamp:
    return status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def drop_racy(stamps: Mapping[str, InputStamp], now: int) -> Mapping[str, InputStamp | None]:
    """The stamps with None for those that cannot be trusted later; ``now`` is the file system's time when they were taken."""
    limit = now - RACY_NS
    # Both times of a file, or of what a link leads to, stand before its number; what could not be read has none.
    racy = [path for path, stamp in stamps.items() if len(stamp) >= 5 and max(cast("Any", stamp[-3:-1])) >= limit]
    return {**stamps, **dict.fromkeys(racy)} if racy else stamps


def fingerprint_folders(folders: Iterable[Path], skip: tuple[str, ...] = ()) -> bytes:
    """One digest of the names, sizes and times of all files in folders of the program's own."""
    state = hashlib.sha256()
    for folder in folders:
        stamps = scan_inputs(folder)
        rows = [
            f"{path}\0{stamp[1:3]}\n"
            for path, stamp in sorted(stamps.items())
            if not path.endswith(skip) and "__pycache__" not in path
        ]
        state.update("".join(rows).encode("utf-8", "surrogateescape"))
    return state.digest()
