"""Where the packaged templates and styles lie, and which static files a site takes along: all that the renderer reads."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def find_packaged(name: str) -> Path:
    """The folder ``templates`` or ``static``: inside the package where it came as a wheel, else at the top of the checkout."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parents[1] / name


def list_static(own: Path | None) -> tuple[str, ...]:
    """Every static file as a path relative to its folder, with the user's own; sorted, hidden files left out."""
    names = _list_files(find_packaged("static"))
    if own is not None:
        names |= _list_files(own)
    return tuple(sorted(names))


def read_static(name: str, own: Path | None) -> bytes:
    """The bytes of one static file; the user's own wins over the packaged one of the same name."""
    if own is not None and (own / name).is_file():
        return (own / name).read_bytes()
    return (find_packaged("static") / name).read_bytes()


def list_own_styles(own: Path | None) -> tuple[str, ...]:
    """The user's style sheets that are to be linked after the site's: the ``.css`` files at the top of their folder."""
    packaged = _list_files(find_packaged("static"))
    own_files = _list_files(own) if own is not None else set()
    return tuple(sorted(name for name in own_files - packaged if name.endswith(".css") and "/" not in name))


def _list_files(folder: Path) -> set[str]:
    relative = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in relative if not any(part.startswith(".") for part in path.parts)}
