"""The folder of a site that stands, looked at: which files are the program's, which are somebody else's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from msgspec import Struct, field
from msgspec.structs import replace

from alibaba_news.builder.addresses import fold_address, list_parents
from alibaba_news.builder.manifest import MANIFEST_NAME, hash_file, read_manifest
from alibaba_news.builder.pairs import Pairs, load_whole
from alibaba_news.builder.scan import Stamp, Tree, scan_tree
from alibaba_news.diagnostics import Diagnostic, InputError


class Standing(Struct, frozen=True, kw_only=True):
    """What stands in an output folder, as paths relative to it with ``/``.

    ``listed`` maps the files of the program to the hash they were published with, ``foreign`` and ``folders`` are
    somebody else's. ``known`` maps files to the stamp with which they were last seen and their hash then.
    """

    listed: Mapping[str, str]
    tree: Tree = field(default_factory=Tree)
    foreign: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    known: Mapping[str, tuple[Stamp, str]] = field(default_factory=dict)

    def hash(self, output: Path, path: str) -> str | None:
        """The SHA-256 of a file as it stands: "" for what is no regular file, None for none. Raises OSError."""
        stamp = self.tree.files.get(path)
        if stamp is None:
            return "" if path in self.tree.folders else None
        if stamp[0] < 0:
            return ""
        seen = self.known.get(path)
        if seen is not None and seen[0] == stamp:
            return seen[1]
        return hash_file(output / path)


def load_standing(standing: Standing) -> Standing:
    """The same, for whoever asks for every file."""
    tree, known = standing.tree, standing.known
    tree = Tree(files=load_whole(tree.files), folders=load_whole(tree.folders))
    listed = load_whole(standing.listed)
    if isinstance(known, Pairs):
        known = Pairs(tree.files, listed if known.others is standing.listed else load_whole(known.others), "")
    return replace(standing, listed=listed, tree=tree, known=known)


def look_at(output: Path, known: Mapping[str, tuple[Stamp, str]] | None = None, tree: Tree | None = None) -> Standing | None:
    """What stands in ``output``; None where nothing does (no folder, or an empty one). ``tree`` is what ``scan_site`` found.

    Raises InputError for a folder whose files the program has not published, OSError for what cannot be read.
    """
    tree = tree or scan_site(output)
    if tree is None:
        return None
    known = known or {}
    try:
        listed = read_manifest(output)
    except ValueError as error:
        raise InputError([_damaged(output, str(error))]) from None
    if listed is None:
        raise InputError([_not_ours(output)])
    ours = list_parents(listed)
    return Standing(
        listed=listed,
        tree=tree,
        foreign=tuple(sorted(f for f in tree.files if f not in listed and f != MANIFEST_NAME)),
        folders=tuple(sorted(f for f in tree.folders if f not in ours)),
        known=known,
    )


def check_site(output: Path) -> bool:
    """Whether a site stands in an output folder; False for none, and for an empty one.

    Raises InputError for a folder whose files the program has not published, before it is gone through; OSError.
    """
    try:
        with os.scandir(output) as entries:
            if next(entries, None) is None:
                return False
    except FileNotFoundError:
        return False
    if not os.path.lexists(output / MANIFEST_NAME):
        raise InputError([_not_ours(output)])
    return True


def scan_site(output: Path) -> Tree | None:
    """Everything in an output folder, as ``scan_tree`` has it; None where no site stands there. Raises as ``check_site``."""
    return scan_tree(output) if check_site(output) else None


def find_occupied(standing: Standing, paths: Collection[str], output: Path) -> tuple[Diagnostic, ...]:
    """The addresses of the new site on which somebody else's files stand."""
    if not standing.foreign and not standing.folders:
        return ()
    wanted: dict[str, str] = {}
    for path in (MANIFEST_NAME, *paths):
        folded = fold_address(path)
        wanted[folded] = path
        wanted.update((str(parent), path) for parent in PurePosixPath(folded).parents)
    problems = [_occupied(output, f, wanted[fold_address(f)]) for f in standing.foreign if fold_address(f) in wanted]
    files = {fold_address(path): path for path in paths}
    problems += [_occupied(output, f, files[fold_address(f)]) for f in standing.folders if fold_address(f) in files]
    return tuple(problems)


def carry_file(old: Path | str, new: Path | str) -> bool:
    """One file under a second name, or a copy of it where the file system has no second names: then False. Raises OSError."""
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(old, new, follow_symlinks=False)
        return False
    return True


def discard(folder: Path, output: Path) -> tuple[str, ...]:
    """Remove a folder that stands beside ``output``: an old site, or a new one that never got finished.

    Only what the program wrote or what ``output`` also holds is removed; a file that somebody put there at the last
    moment moves to ``output``. Gives the files that had to stay.
    """
    try:
        listed: Collection[str] | None = read_manifest(folder)
    except (OSError, ValueError):
        return tuple(scan_tree(folder).files) or (MANIFEST_NAME,)
    if listed is None:  # never finished: nothing in it but pages and second names of what stands in the output
        shutil.rmtree(folder)
        return ()
    tree = scan_tree(folder)
    kept = [p for p in sorted(tree.files) if p != MANIFEST_NAME and p not in listed and not rescue_file(folder, output, p)]
    for path in tree.files:
        if path in listed:
            (folder / path).unlink()
    if not kept:
        (folder / MANIFEST_NAME).unlink()  # last, so that a removal that was cut off can be taken up again
    for path in sorted(tree.folders, reverse=True):
        with suppress(OSError):  # not empty: something had to stay
            (folder / path).rmdir()
    with suppress(OSError):
        folder.rmdir()
    return tuple(kept)


def rescue_file(folder: Path, output: Path, path: str) -> bool:
    """Whether somebody's file no longer needs its place in ``folder``: it stands in ``output``, if need be now."""
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
