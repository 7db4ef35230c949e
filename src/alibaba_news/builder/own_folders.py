"""The editor's own templates and static folders, looked through: what a link in them leads to outside is never published."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from alibaba_news.diagnostics import Diagnostic, InputError


def check_own_folders(*folders: Path | None) -> None:
    """Raises InputError naming every link that leads out of its folder, whatever it leads to."""
    problems = [_describe(path) for folder in folders if folder is not None for path in _find_leaks(folder)]
    if problems:
        raise InputError(problems)


def _find_leaks(folder: Path) -> Iterator[Path]:
    root = Path(os.path.realpath(folder))
    for place, folders, files in os.walk(folder):
        for name in sorted([*folders, *files]):
            path = Path(place, name)
            if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
                yield path


def _describe(path: Path) -> Diagnostic:
    message = "is a link that leads out of its folder, and what lies there is nobody's to publish."
    return Diagnostic(path=str(path), message=message, hint="Put a copy in its place, or remove the link.")
