"""Programs that a test needs and the package registry cannot give: found, or the test is named as not run (fails in CI)."""

from __future__ import annotations

import os
import shutil

import pytest

NOT_RUN = "NOT RUN: "


def in_ci() -> bool:
    """Whether nothing may be left unrun."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def require_tool(*names: str) -> str:
    """The path of the first of these programs that is installed; without one the test does not run, and says so."""
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        leave_unrun(f"{names[0]} is not installed")
    return path


def leave_unrun(reason: str) -> None:
    """Skip the running test and name it in the summary; fail it in CI."""
    if in_ci():
        pytest.fail(f"{reason}, and in CI nothing may be left unrun")
    pytest.skip(NOT_RUN + reason)
