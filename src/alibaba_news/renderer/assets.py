"""Which static files a site takes along, packaged and the user's own, and what is in them."""

from __future__ import annotations

import re
from pathlib import Path

from alibaba_news.packaged import find_packaged

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_QUOTED = re.compile(r"(\"[^\"]*\")")
_SPACES = re.compile(r"\s+")
_SPARE = re.compile(r" ?([{};,>]) ?")
_AFTER_COLON = re.compile(r"(?<=[\w)-]): ")  # of a declaration; a selector has no space behind its colon


def list_static(own: Path | None) -> tuple[str, ...]:
    """Every static file as a path relative to its folder, with the user's own; sorted, hidden files left out."""
    names = _list_files(find_packaged("static"))
    if own is not None:
        names |= _list_files(own)
    return tuple(sorted(names))


def read_static(name: str, own: Path | None) -> bytes:
    """The bytes of one static file; the user's own wins over the packaged one of the same name, and stays as it is."""
    if own is not None and (own / name).is_file():
        return (own / name).read_bytes()
    data = (find_packaged("static") / name).read_bytes()
    return shrink_style(data.decode("utf-8")).encode("utf-8") if name.endswith(".css") else data


def shrink_style(text: str) -> str:
    """A style sheet without comments and spare white space; what stands in quotation marks is kept."""
    pieces = _QUOTED.split(_COMMENT.sub("", text))
    for nth in range(0, len(pieces), 2):
        piece = _SPARE.sub(r"\1", _SPACES.sub(" ", pieces[nth]))
        pieces[nth] = _AFTER_COLON.sub(":", piece).replace(";}", "}")
    return "".join(pieces).strip() + "\n"


def list_own_styles(own: Path | None) -> tuple[str, ...]:
    """The user's style sheets that are to be linked after the site's: the ``.css`` files at the top of their folder."""
    packaged = _list_files(find_packaged("static"))
    own_files = _list_files(own) if own is not None else set()
    return tuple(sorted(name for name in own_files - packaged if name.endswith(".css") and "/" not in name))


def _list_files(folder: Path) -> set[str]:
    relative = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in relative if not any(part.startswith(".") for part in path.parts)}
