"""A stream of (path, bytes) in, a published site out: built whole beside the old one, then put in its place in one step.

At every moment the output folder is the old site or the new one. Files in it that the program did not write go along.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import signal
import stat
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from alibaba_news.builder.exchange import exchange_folders, find_set_aside, sync_folder, sync_tree
from alibaba_news.builder.folders import describe_failure
from alibaba_news.builder.lock import hold_lock
from alibaba_news.builder.manifest import MANIFEST_NAME, format_manifest, hash_bytes, hash_file
from alibaba_news.builder.standing import Standing, carry_file, carry_over, discard, find_occupied, look_at
from alibaba_news.diagnostics import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What publishing did. Paths are relative to the output folder; ``left`` are whole paths of what could not be removed."""

    written: int
    unchanged: int
    removed: int
    edited: tuple[str, ...] = ()  # the program's files that somebody had changed, now as the program writes them
    carried: tuple[str, ...] = ()  # somebody else's files and folders, kept
    left: tuple[str, ...] = ()
    replaced: bool = True  # False: every byte was there already, nothing was touched


@contextlib.contextmanager
def open_site(output: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Keep other builds away from ``output`` for the block, and clear away what a killed one left. Raises InputError.

    ``on_wait`` is called where another build is at work and this one waits for its end.
    """
    with _explained(output):
        made = _make_parents(output)
    try:
        with contextlib.ExitStack() as stack:
            with _explained(output):
                stack.enter_context(hold_lock(output.with_name(f".{output.name}.lock"), on_wait))
                _clear_leftovers(output)
            yield
    finally:
        for folder in reversed(made):  # only where the build came to nothing are they still empty
            with contextlib.suppress(OSError):
                folder.rmdir()


def publish(output: Path, paths: Iterable[str], files: Iterable[tuple[str, bytes]]) -> Published:
    """Make ``output`` the site of ``files``; ``paths`` are their addresses, known beforehand. Needs ``open_site``.

    ``files`` is read once, in order, nothing of it is kept in memory. Raises InputError where the disk refuses or
    somebody else's file is in the way; the old site then stands as it stood.
    """
    staging = output.with_name(f".{output.name}.new-{os.getpid()}")
    with _explained(output, staging):
        if output.exists() and not os.access(output, os.W_OK | os.X_OK):  # it could be exchanged, but never removed
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(output))
        standing = look_at(output) or Standing(listed={})
        if occupied := find_occupied(standing, tuple(paths), output):
            raise InputError(occupied)
        try:
            staging.mkdir()
            filled = _fill(staging, output, standing, files)
            if filled.hashes == standing.listed and not filled.written:
                shutil.rmtree(staging)
                return _report(standing, filled, replaced=False)
            _finish(staging, output, standing, filled)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        with _hold_interrupts():
            return _report(standing, filled, left=_replace(staging, output))


@dataclass(slots=True)
class _Filled:
    hashes: dict[str, str] = field(default_factory=dict)
    edited: list[str] = field(default_factory=list)
    written: int = 0


def _fill(staging: Path, output: Path, standing: Standing, files: Iterable[tuple[str, bytes]]) -> _Filled:
    filled = _Filled()
    made: set[Path] = {staging}
    for path, data in files:
        digest = hash_bytes(data)
        target = staging / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        before = _hash_published(output / path) if path in standing.listed else None
        if before == digest:
            carry_file(output / path, target)  # keeps its time stamp, which web servers and rsync go by
        else:
            target.write_bytes(data)
            filled.written += 1
        if before not in {None, standing.listed.get(path)}:
            filled.edited.append(path)
        filled.hashes[path] = digest
    gone = standing.listed.keys() - filled.hashes.keys()
    filled.edited += [path for path in gone if _hash_published(output / path) not in {None, standing.listed[path]}]
    return filled


def _hash_published(path: Path) -> str | None:
    try:
        return hash_file(path) if stat.S_ISREG(path.lstat().st_mode) else ""
    except FileNotFoundError:
        return None


def _finish(staging: Path, output: Path, standing: Standing, filled: _Filled) -> None:
    carry_over(standing, output, staging)
    (staging / MANIFEST_NAME).write_bytes(format_manifest(filled.hashes))
    if output.exists():
        shutil.copymode(output, staging)
    sync_tree(staging)


def _replace(staging: Path, output: Path) -> tuple[str, ...]:
    """Put the finished site in its place and remove the old one; gives what of the old one had to stay."""
    if not output.exists() or not any(output.iterdir()):
        if sys.platform == "win32" and output.exists():
            output.rmdir()
        staging.rename(output)
        sync_folder(output.parent)
        return ()
    exchange_folders(staging, output)
    sync_folder(output.parent)
    return _discard_quietly(staging, output)


def _discard_quietly(folder: Path, output: Path) -> tuple[str, ...]:
    """The new site stands by now: what cannot be removed is named, not an error."""
    try:
        return tuple(str(folder / path) for path in discard(folder, output))
    except OSError:
        return (str(folder),)


def _report(standing: Standing, filled: _Filled, *, replaced: bool = True, left: tuple[str, ...] = ()) -> Published:
    return Published(
        written=filled.written,
        unchanged=len(filled.hashes) - filled.written,
        removed=len(standing.listed.keys() - filled.hashes.keys()),
        edited=tuple(sorted(filled.edited)),
        carried=_shorten(standing),
        left=left,
        replaced=replaced,
    )


def _shorten(standing: Standing) -> tuple[str, ...]:
    """Somebody else's files, those of a folder of theirs as the folder."""
    folders = set(standing.folders)
    tops = [f for f in standing.folders if str(PurePosixPath(f).parent) not in folders]
    files = [f for f in standing.foreign if str(PurePosixPath(f).parent) not in folders]
    return tuple(sorted([*files, *(f"{folder}/" for folder in tops)]))


def _clear_leftovers(output: Path) -> None:
    """The lock is ours, so whatever a build of this site left beside it has no owner any more."""
    if not output.exists() and (aside := find_set_aside(output)):
        aside[0].rename(output)
    pattern = re.compile(re.escape(f".{output.name}.") + r"(new|old)-[0-9]+")
    for folder in sorted(output.parent.iterdir()):
        if pattern.fullmatch(folder.name) and folder.is_dir() and not folder.is_symlink():
            _discard_quietly(folder, output)


def _make_parents(output: Path) -> list[Path]:
    missing = [folder for folder in output.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
    return missing[::-1]


@contextlib.contextmanager
def _explained(output: Path, staging: Path | None = None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError([describe_failure(error, output, staging or output)]) from error


@contextlib.contextmanager
def _hold_interrupts() -> Iterator[None]:
    """From the exchange on it is too late to say that the old site still stands: an interrupt waits until the end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
