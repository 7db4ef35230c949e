"""Where the packaged templates and static files lie."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def find_packaged(name: str) -> Path:
    """The folder ``templates`` or ``static``: inside the package where it came as a wheel, else at the top of the checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parents[1] / name
