"""The folder of a site that stands, looked at: which files are the program's, which are somebody else's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from alibaba_news.builder.addresses import fold_address
from alibaba_news.builder.manifest import MANIFEST_NAME, hash_file, read_manifest
from alibaba_news.diagnostics import Diagnostic, InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands in an output folder, as paths relative to it with ``/``.

    ``listed`` maps the files of the program to the hash they were published with, ``foreign`` and ``folders`` are
    somebody else's.
    """

    listed: dict[str, str]
    foreign: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


def look_at(output: Path) -> Standing | None:
    """What stands in ``output``; None where nothing does (no folder, or an empty one).

    Raises InputError for a folder whose files the program has not published, OSError for what cannot be read.
    """
    if not output.exists() or not any(output.iterdir()):
        return None
    try:
        listed = read_manifest(output)
    except ValueError as error:
        raise InputError([_damaged(output, str(error))]) from None
    if listed is None:
        raise InputError([_not_ours(output)])
    files, folders = walk_folder(output)
    ours = {str(parent) for path in listed for parent in PurePosixPath(path).parents}
    return Standing(
        listed=listed,
        foreign=tuple(f for f in files if f not in listed and f != MANIFEST_NAME),
        folders=tuple(f for f in folders if f not in ours),
    )


def walk_folder(folder: Path) -> tuple[list[str], list[str]]:
    """Files (with links and whatever else is no folder) and folders below ``folder``, sorted, parents first."""
    files: list[str] = []
    folders: list[str] = []
    for path, is_folder in _scan(str(folder), ""):
        (folders if is_folder else files).append(path)
    return sorted(files), sorted(folders)


def _scan(folder: str, prefix: str) -> Iterator[tuple[str, bool]]:
    with os.scandir(folder) as entries:
        found = list(entries)
    for entry in found:
        is_folder = entry.is_dir(follow_symlinks=False)
        yield prefix + entry.name, is_folder
        if is_folder:
            yield from _scan(entry.path, f"{prefix}{entry.name}/")


def find_occupied(standing: Standing, paths: Iterable[str], output: Path) -> tuple[Diagnostic, ...]:
    """The addresses of the new site on which somebody else's files stand."""
    wanted: dict[str, str] = {}
    for path in (MANIFEST_NAME, *paths):
        folded = fold_address(path)
        wanted[folded] = path
        wanted.update((str(parent), path) for parent in PurePosixPath(folded).parents)
    problems = [_occupied(output, f, wanted[fold_address(f)]) for f in standing.foreign if fold_address(f) in wanted]
    files = {fold_address(path): path for path in paths}
    problems += [_occupied(output, f, files[fold_address(f)]) for f in standing.folders if fold_address(f) in files]
    return tuple(problems)


def carry_over(standing: Standing, output: Path, staging: Path) -> None:
    """Give the new site somebody else's files as they stand: the same file under a second name, or a copy. Raises OSError."""
    for folder in standing.folders:
        (staging / folder).mkdir(parents=True, exist_ok=True)
    for path in standing.foreign:
        carry_file(output / path, staging / path)
    for folder in reversed(standing.folders):
        shutil.copystat(output / folder, staging / folder)


def carry_file(old: Path, new: Path) -> None:
    """One file under a second name, or a copy of it where the file system has no second names. Raises OSError."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(old, new, follow_symlinks=False)


def discard(folder: Path, output: Path) -> tuple[str, ...]:
    """Remove a folder that stands beside ``output``: an old site, or a new one that never got finished.

    Only what the program wrote or what ``output`` also holds is removed; a file that somebody put there at the last
    moment moves to ``output``. Gives the files that had to stay.
    """
    try:
        listed: Collection[str] | None = read_manifest(folder)
    except (OSError, ValueError):
        return tuple(walk_folder(folder)[0]) or (MANIFEST_NAME,)
    if listed is None:  # never finished: nothing in it but pages and second names of what stands in the output
        shutil.rmtree(folder)
        return ()
    files, folders = walk_folder(folder)
    kept = [path for path in files if path != MANIFEST_NAME and path not in listed and not _rescue(folder, output, path)]
    for path in files:
        if path in listed:
            (folder / path).unlink()
    if not kept:
        (folder / MANIFEST_NAME).unlink()  # last, so that a removal that was cut off can be taken up again
    for path in reversed(folders):
        with suppress(OSError):  # not empty: something had to stay
            (folder / path).rmdir()
    with suppress(OSError):
        folder.rmdir()
    return tuple(kept)


def _rescue(folder: Path, output: Path, path: str) -> bool:
    """Whether somebody's file no longer needs its place in ``folder``."""
    old, new = folder / path, output / path
    if not os.path.lexists(new):
        try:
            new.parent.mkdir(parents=True, exist_ok=True)
            old.rename(new)
        except OSError:
            return False
        return True
    if not _is_same_file(old, new):
        return False
    old.unlink()
    return True


def _is_same_file(one: Path, other: Path) -> bool:
    if os.path.samestat(one.lstat(), other.lstat()):
        return True
    if one.is_symlink() or other.is_symlink():
        return one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()
    return one.is_file() and other.is_file() and hash_file(one) == hash_file(other)


def _not_ours(output: Path) -> Diagnostic:
    return Diagnostic(
        path=str(output),
        message="the output folder holds files that this program has not written; nothing was changed.",
        hint="Name an empty or a new folder with --output DIR. (Files added to a published site later are kept.)",
    )


def _damaged(output: Path, reason: str) -> Diagnostic:
    return Diagnostic(
        path=str(output / MANIFEST_NAME),
        message=f"the list of published files is damaged ({reason}), so nobody can tell whose files stand here.",
        hint="Put the list back or move the folder away, then build again.",
    )


def _occupied(output: Path, path: str, wanted: str) -> Diagnostic:
    return Diagnostic(
        path=str(output / path),
        message=f"the new site wants the address {wanted}, and a file stands there that this program has not written.",
        hint="Move or rename that file, then build again.",
    )
