"""The folder in which the next site is put together: the site before the last one where that was kept, else a new folder.

The kept one (the spare) differs from the site that stands in few files only, so that what it costs to bring it up to date is
what changed. A file in it counts as the one that stands if both names lead to one and the same file, which a listing tells,
or the times of its folders: they change with every name.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from msgspec import Struct

from alibaba_news.builder.addresses import list_parents
from alibaba_news.builder.exchange import name_working_folder
from alibaba_news.builder.manifest import MANIFEST_NAME
from alibaba_news.builder.scan import Stamp, find_unsure, is_as_before, list_numbers, list_times, renew_times
from alibaba_news.builder.standing import Standing, carry_file

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def find_spare(output: Path) -> Path:
    """Where the site before the last one is kept."""
    return output.with_name(f".{output.name}.spare")


class Spare(Struct, frozen=True):
    """The spare as it was put aside: its number, the times of its folders, the files that are others in the site that stands.

    Both have files of the same names.
    """

    number: int
    folders: Mapping[str, int]
    differing: tuple[str, ...]


def is_spare(output: Path, known: Spare, files: Mapping[str, Stamp]) -> bool:
    """Whether the spare stands as it was put aside, with the files of that site: its folders have not been changed since.

    A build that was killed may have taken it. Raises OSError.
    """
    spare = find_spare(output)
    try:
        number = spare.lstat().st_ino
    except FileNotFoundError:
        return False
    return number == known.number and is_as_before(spare, files, known.folders, linked=True)


class Staging:
    """``folder`` is the site in the making. Nothing of ``output`` is changed, whatever is done here."""

    def __init__(self, output: Path, standing: Standing, spare: Spare | None = None) -> None:
        """``spare`` is what is known of the spare where it ``is_spare`` still, and of the site that stands."""
        self._output, self._standing = output, standing
        self.folder = name_working_folder(output, "new")
        self.linked = True  # False: the file system knows no second names, and a spare would save nothing
        # The numbers of its files, -1 for what is certainly another file than the one that stands, None for what was removed.
        # Those of ``_shared`` have the number of the one that stands, unless ``_numbers`` has them.
        self._numbers: dict[str, int | None] = {}
        self._shared: Mapping[str, Stamp] = {}
        self._folders: set[str] = set()
        self._kept: set[str] = set()
        self._times: Mapping[str, int] | None = None
        self._other: Collection[str] | None = None  # the only files in it that may be others than those that stand
        self._touched: set[str] = set()
        self._open_spare(spare)

    def _open_spare(self, known: Spare | None) -> None:
        spare = find_spare(self._output)
        if spare.is_symlink() or not (spare / MANIFEST_NAME).is_file():
            self.folder.mkdir()
            return
        if not self._standing.listed or spare.stat().st_dev != self._output.stat().st_dev:
            shutil.rmtree(spare)
            self.folder.mkdir()
            return
        trusted = known is not None and self._recognize(spare, known)
        spare.rename(self.folder)
        # From here on it is no site any more: a build that is killed leaves what the next one throws away.
        (self.folder / MANIFEST_NAME).unlink()
        if not trusted:
            numbers, folders = list_numbers(self.folder)
            self._numbers.update(numbers)
            self._folders.update(folders)

    def _recognize(self, spare: Path, known: Spare) -> bool:
        """Take the spare for what it was when it was put aside, where its folders have not been changed since.

        The files that it shares with the site that stands have been looked at there.
        """
        files = self._standing.tree.files
        if self._standing.foreign or self._standing.folders:  # of somebody else's the spare has nothing
            return False
        # Where a folder's time tells nothing, a file may be another under its old name.
        others = {MANIFEST_NAME, *known.differing}
        for folder in ("", *find_unsure(known.folders)):
            for entry in os.scandir(f"{spare}/{folder}"):
                path = f"{folder}/{entry.name}" if folder else entry.name
                if path in files and path not in others and entry.stat(follow_symlinks=False).st_ino != files[path][2]:
                    return False
        self._shared = files
        self._numbers = {**dict.fromkeys(known.differing, -1), MANIFEST_NAME: None}
        self._times, self._other = known.folders, known.differing
        return True

    def _find_number(self, path: str) -> int | None:
        """The number of a file in the folder, -1 for what is another than the one that stands; None where there is none."""
        if path in self._numbers or path not in self._shared:
            return self._numbers.get(path)
        return self._shared[path][2]

    def _has_folder(self, path: str) -> bool:
        return path in self._folders or (self._times is not None and path in self._times)

    def carry(self, path: str) -> None:
        """Take a file along as it stands in the output. Raises OSError."""
        self._kept.add(path)
        if self._find_number(path) == self._standing.tree.files[path][2]:
            return
        target = self._clear(path)
        self.linked &= carry_file(self._output / path, target)

    def carry_all(self, paths: Collection[str], but: Collection[str]) -> None:
        """``carry`` of all ``paths`` ``but`` a few; nearly all are there already."""
        for path in self._other if self._other is not None else paths:
            if path not in but and path != MANIFEST_NAME:
                self.carry(path)

    def write(self, path: str, data: bytes | Iterable[bytes]) -> tuple[str, Stamp]:
        """Write a file; gives its SHA-256 and stamp. Raises OSError."""
        digest, stamp = _fill(self._clear(path), data)
        self._kept.add(path)
        self._numbers[path] = stamp[2]
        return digest, stamp

    def write_all(self, files: Sequence[tuple[str, bytes | Iterable[bytes]]]) -> Iterator[tuple[str, str, Stamp]]:
        """``write`` of several large files, each with its path, the largest first: the others are written beside it, since
        hashing and copying leave the interpreter to others. Raises OSError."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - most builds write no large file

        jobs: list[Callable[[], tuple[str, Stamp]]] = [partial(_fill, self._clear(path), data) for path, data in files]
        with ThreadPoolExecutor(max_workers=1) as thread:
            with suppress(RuntimeError):  # where the system has no more threads they are written one after the other
                jobs[1:] = [thread.submit(job).result for job in jobs[1:]]
            for (path, _), job in zip(files, jobs, strict=True):
                digest, stamp = job()
                self._kept.add(path)
                self._numbers[path] = stamp[2]
                yield path, digest, stamp

    def _clear(self, path: str) -> str:
        """The place of a file, free for it: nothing is ever written into a file that the output may share."""
        folder = path.rpartition("/")[0]
        if folder:
            self._touched.add(folder)
            if not self._has_folder(folder):
                self._make_folder(folder)
        target = f"{self.folder}/{path}"
        if self._find_number(path) is not None:
            os.unlink(target)  # noqa: PTH108 - many thousand times
            self._numbers[path] = None
        elif self._has_folder(path):
            self._remove_folder(path)
        return target

    def _make_folder(self, folder: str) -> None:
        parts = folder.split("/")
        for count in range(1, len(parts) + 1):
            place = "/".join(parts[:count])
            if self._has_folder(place):
                continue
            if self._find_number(place) is not None:
                os.unlink(f"{self.folder}/{place}")  # noqa: PTH108
                self._numbers[place] = None
            os.mkdir(f"{self.folder}/{place}")  # noqa: PTH102
            self._folders.add(place)

    def _remove_folder(self, folder: str) -> None:
        shutil.rmtree(self.folder / folder)
        inside = folder + "/"
        self._numbers = {path: number for path, number in self._numbers.items() if not path.startswith(inside)}
        self._folders = {path for path in self._folders if path != folder and not path.startswith(inside)}

    def finish(self, manifest: bytes | Iterable[bytes]) -> Stamp:
        """Add somebody else's files and the list of the program's, remove what no longer belongs; gives the list's stamp."""
        standing = self._standing
        for folder in standing.folders:
            if not self._has_folder(folder):
                self._make_folder(folder)
        for path in standing.foreign:
            self.carry(path)
        if self._times is None:  # a spare that is known has the files and folders of the site that stands, all of them wanted
            self._remove_unwanted()
        for folder in reversed(standing.folders):
            shutil.copystat(self._output / folder, self.folder / folder)
        _, stamp = self.write(MANIFEST_NAME, manifest)
        if self._output.exists():
            shutil.copymode(self._output, self.folder)
        return stamp

    def _remove_unwanted(self) -> None:
        for path in self._numbers.keys() - self._kept:
            if self._numbers[path] is not None:
                os.unlink(f"{self.folder}/{path}")  # noqa: PTH108
        unwanted = self._folders - list_parents(self._kept) - set(self._standing.folders)
        for folder in sorted(unwanted, reverse=True):
            os.rmdir(f"{self.folder}/{folder}")  # noqa: PTH106
            self._folders.discard(folder)

    def list_times(self) -> Mapping[str, int]:
        """The times of all folders of the finished site."""
        if self._times is None:
            return list_times(self.folder, self._folders)
        return renew_times(self.folder, self._times, self._touched)

    def give_back(self, manifest: bytes | Iterable[bytes]) -> None:
        """Nothing has changed after all: what is up to date now is the spare of the next build."""
        self.finish(manifest)
        self.folder.rename(find_spare(self._output))

    def discard(self) -> None:
        """Throw away what was begun."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _fill(place: str, data: bytes | Iterable[bytes]) -> tuple[str, Stamp]:
    """Write a file that is not there yet; gives its SHA-256 and stamp. Raises OSError."""
    state = hashlib.sha256()
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | _BINARY, 0o666)
    try:
        for part in (data,) if isinstance(data, bytes) else data:
            state.update(part)
            rest = memoryview(part)
            while rest:
                rest = rest[os.write(handle, rest) :]
        status = os.fstat(handle)
    finally:
        os.close(handle)
    return state.hexdigest(), (status.st_size, status.st_mtime_ns, status.st_ino)
