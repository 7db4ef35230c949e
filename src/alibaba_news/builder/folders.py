"""The folders a build is given, checked before anything is read: seeds that exist, an output that is a place for a site."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from alibaba_news.diagnostics import Diagnostic, InputError, UsageError

_FULL = "Free some space (a build needs room for a second copy of the site) and build again."
_REFUSED = "The new site is built beside the old one: both the output folder and the one that holds it must be writable."
_MOUNTED = "A mount point cannot be replaced: name a folder inside it with --output DIR."
_HINTS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _REFUSED),
    **dict.fromkeys((errno.EBUSY, errno.EXDEV), _MOUNTED),
}


def check_seeds(seeds: Path) -> None:
    """Raises UsageError where ``seeds`` is not a folder that can be listed."""
    try:
        next(iter(seeds.iterdir()), None)
    except FileNotFoundError:
        raise UsageError(f"{seeds}: there is no such seeds folder. Name the folder of articles with --seeds DIR.") from None
    except NotADirectoryError:
        raise UsageError(f"{seeds}: the seeds must be a folder, and this is a file. Name the folder it lies in.") from None
    except OSError as error:
        raise UsageError(f"{seeds}: the seeds folder cannot be listed ({_explain(error)}).") from None


def check_output(output: Path, inputs: dict[str, Path]) -> None:
    """Raises InputError where no site can stand at ``output``; ``inputs`` maps what a folder is to the folder.

    An output that holds an input would be replaced together with it; one that lies in an input would be read as input.
    """
    try:
        problem = _find_wrong_kind(output)
        for what, folder in inputs.items():
            if problem is None and folder.is_dir():
                problem = _find_nesting(output, what, folder)
    except OSError as error:
        raise InputError([describe_failure(error, output, output)]) from None
    if problem is not None:
        message, hint = problem
        raise InputError([Diagnostic(path=str(output), message=message, hint=hint)])


def _find_wrong_kind(output: Path) -> tuple[str, str] | None:
    if output.is_symlink():
        return "the output folder is a symbolic link.", "Name the folder it leads to with --output DIR."
    if output.exists() and not output.is_dir():
        return "the output must be a folder, and this is a file.", "Name another one with --output DIR."
    if not _follow(output).name:
        return "the root of a disk cannot be the output folder.", "Name a folder in it with --output DIR."
    return None


def _find_nesting(output: Path, what: str, folder: Path) -> tuple[str, str] | None:
    hint = "Name a folder outside it with --output DIR."
    if _is_within(output, folder):
        same = _is_same(output, folder)
        return f"the output folder {'is' if same else 'lies inside'} the {what} folder {folder}.", hint
    if _is_within(folder, output):
        return f"the {what} folder {folder} lies inside the output folder.", hint
    return None


def _is_within(inner: Path, outer: Path) -> bool:
    """Whether ``inner``, which need not exist yet, is or lies in ``outer``, by whatever names, links or letter case."""
    return any(_is_same(place, outer) for place in _climb(inner))


def _climb(path: Path) -> Iterator[Path]:
    resolved = _follow(path)
    yield resolved
    yield from resolved.parents


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return _follow(one) == _follow(other)


def _follow(path: Path) -> Path:
    return Path(os.path.realpath(path))  # Path.resolve() raises for a link that leads to itself


def describe_failure(error: OSError, output: Path, staging: Path) -> Diagnostic:
    """A message for what the disk refused; names of the staging folder are shown as those of the output folder."""
    path = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else output
    if path.is_relative_to(staging):
        path = output / path.relative_to(staging)
    ours = path.name.startswith(f".{output.name}.") or path.is_relative_to(output) or output.is_relative_to(path)
    what = "the site cannot be written" if ours else "this file, which the site needs, cannot be used"
    hint = _HINTS.get(error.errno or 0, "Mend that or name another folder with --output DIR.") if ours else "Mend that."
    message = f"{what}: {_explain(error)}. The site that stood before is untouched."
    return Diagnostic(path=str(path), message=message, hint=hint)


def _explain(error: OSError) -> str:
    return (error.strerror or str(error) or type(error).__name__).lower()
