"""Two folders in, each in the other's place out: in one atomic step where the system has one (Linux, macOS)."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h of macOS
# What a kernel or a file system that knows no exchange answers.
_UNKNOWN = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def name_working_folder(output: Path, what: str) -> Path:
    """A folder of this process's own beside ``output``, for ``what`` (a word).

    The program's name is in it: a build clears away what it finds of such names, and somebody's own folder has none.
    """
    return output.with_name(f".{output.name}.alibaba-news-{what}-{os.getpid()}")


def list_working_folders(output: Path, what: str = "(new|old)") -> list[Path]:
    """Those that stand beside ``output``."""
    pattern = re.compile(re.escape(f".{output.name}.alibaba-news-") + what + "-[0-9]+")
    found = (path for path in output.parent.iterdir() if pattern.fullmatch(path.name))
    return sorted(path for path in found if path.is_dir() and not path.is_symlink())


def exchange_folders(new: Path, old: Path) -> None:
    """Put ``new`` where ``old`` is and the other way round. Raises OSError with both where they were.

    Without an atomic exchange (Windows, some network file systems) two renames do it; ``old`` may then be missing for the
    moment between them, and stands beside itself as a working folder, "old".
    """
    swap = _find_swap()
    if swap is not None:
        problem = swap(os.fsencode(new), os.fsencode(old))
        if problem == 0:
            return
        if problem not in _UNKNOWN:
            raise OSError(problem, os.strerror(problem), str(old))
    _exchange_by_renames(new, old)


def _exchange_by_renames(new: Path, old: Path) -> None:
    aside = name_working_folder(old, "old")
    old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        aside.rename(old)
        raise
    aside.rename(new)


def _find_swap() -> Callable[[bytes, bytes], int] | None:
    """The system's exchange as a function of two paths that gives 0 or an errno."""
    if sys.platform == "win32":
        return None
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        if not hasattr(library, "renamex_np"):
            return None
        return lambda a, b: ctypes.get_errno() if library.renamex_np(a, b, _RENAME_SWAP) else 0
    if not hasattr(library, "renameat2"):
        return None
    return lambda a, b: ctypes.get_errno() if library.renameat2(_AT_FDCWD, a, _AT_FDCWD, b, _RENAME_EXCHANGE) else 0


def sync_tree(folder: Path) -> None:
    """Have everything written under ``folder`` reach the disk, in one request for its file system."""
    if sys.platform == "win32":
        return
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "syncfs"):
        os.sync()
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if library.syncfs(handle):
            # A full or broken disk may say so only now.
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Have the names in ``folder`` reach the disk."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
