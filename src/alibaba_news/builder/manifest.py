"""The published list of the program's own files: a mapping from path to SHA-256 in, the text of ``manifest-sha256.txt`` out.

The format is that of ``sha256sum``, so that ``sha256sum -c manifest-sha256.txt`` checks a site wherever it stands.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from pathlib import Path

from alibaba_news.builder.pairs import list_changes

MANIFEST_NAME = "manifest-sha256.txt"

_ROW = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)")
_NAME = 66  # where the path begins in a row
_LOT = 4096  # lines that are written at a time
_SPECIAL = re.compile(r"[\\\n\r]")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_UNESCAPES = {escaped: plain for plain, escaped in _ESCAPES.items()}


def hash_bytes(data: bytes) -> str:
    """The SHA-256 of ``data`` in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, read in parts. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def format_manifest(hashes: Mapping[str, str]) -> bytes:
    """One line a file, sorted by path; paths use ``/`` and are written as sha256sum writes them."""
    return b"".join(write_manifest(hashes))


def write_manifest(hashes: Mapping[str, str]) -> Iterator[bytes]:
    """``format_manifest``, part by part: that of a large site would fill memory."""
    paths = sorted(hashes)
    for first in range(0, len(paths), _LOT):
        text = "".join([_format_row(path, hashes[path]) for path in paths[first : first + _LOT]])
        yield text.encode("utf-8", "surrogateescape")


def _format_row(path: str, digest: str) -> str:
    if _SPECIAL.search(path) is None:
        return f"{digest}  {path}\n"
    return f"\\{digest}  {_SPECIAL.sub(lambda m: _ESCAPES[m[0]], path)}\n"


def amend_manifest(data: bytes, before: Mapping[str, str], hashes: Mapping[str, str]) -> bytes:
    """What ``format_manifest`` gives for ``hashes``, out of what it gave for ``before``, which has the same paths.

    Raises ValueError where that is not what ``data`` holds.
    """
    changed = list_changes(before, hashes)
    rows = data.split(b"\n")
    if changed is None or len(rows) != len(before) + 1:
        raise ValueError("the list of files is of other files")
    rows.pop()
    for path in changed:
        old, new = (_format_row(path, known[path]).encode("utf-8", "surrogateescape")[:-1] for known in (before, hashes))
        place = bisect_left(rows, old[_NAME:], key=lambda row: row[_NAME:])
        if rows[place : place + 1] != [old]:  # sorted by what its escapes stand for, or not there
            place = rows.index(old) if old in rows else -1
        if place < 0:
            raise ValueError(f"the list of files does not have {path} as it was")
        rows[place] = new
    return b"\n".join([*rows, b""])


def parse_manifest(data: bytes) -> dict[str, str]:
    """The mapping that ``format_manifest`` wrote. Raises ValueError for anything else."""
    found: dict[str, str] = {}
    text = data.decode("utf-8", "surrogateescape")
    if text and not text.endswith("\n"):
        raise ValueError("its last line is cut off")
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        row = _ROW.fullmatch(line)
        if row is None:
            raise ValueError(f"line {number} is not a line of sha256sum")
        mark, digest, path = row.groups()
        found[re.sub(r"\\.", lambda m: _UNESCAPES.get(m[0], m[0]), path) if mark else path] = digest
    return found


def read_manifest(folder: Path) -> dict[str, str] | None:
    """The manifest of the site in ``folder``, None where there is none. Raises OSError, and ValueError for a damaged one."""
    try:
        data = (folder / MANIFEST_NAME).read_bytes()
    except FileNotFoundError:
        return None
    return parse_manifest(data)
