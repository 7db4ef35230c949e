"""Everything a site is made from, as stamps: what of it has changed since the build before, without opening what has not."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from alibaba_news.builder.pairs import Amended, Pairs, load_whole
from alibaba_news.builder.scan import InputStamp, drop_racy, fingerprint_folders, scan_inputs
from alibaba_news.packaged import PACKAGE, find_packaged
from alibaba_news.values import digest

if TYPE_CHECKING:
    from alibaba_news.settings import Settings

# Of each input, "GROUP/PATH": its stamp (None where it says nothing) and the SHA-256 of its bytes (b"" where nobody read them).
KnownInputs = Pairs[InputStamp | None, bytes]

SEEDS = "seeds"


def fingerprint_program() -> bytes:
    """One digest of the program as installed: its own files, and the names of the installed packages with their versions.

    Templates and static files are inputs like the user's own: a page depends on those it is made with.
    """
    own = fingerprint_folders((PACKAGE, find_packaged("templates")), skip=(".html", ".pyc"))
    installed: set[str] = set()
    for folder in map(Path, sys.path):
        try:
            installed.update(entry.name for entry in folder.iterdir() if entry.name.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue
    return hashlib.sha256(own + repr((sys.version, sorted(installed))).encode("utf-8", "surrogateescape")).digest()


class Inputs(Struct, frozen=True, kw_only=True):
    """The inputs of one build, as they stood when it began. ``options`` is the digest of everything that is no file."""

    folders: Mapping[str, Path]
    stamps: Mapping[str, InputStamp]
    options: bytes

    def find_path(self, name: str) -> Path:
        """The file of an input's name."""
        group, _, path = name.partition("/")
        return self.folders[group] / path

    def hash(self, name: str) -> bytes:
        """The SHA-256 of an input's bytes; b"" where it cannot be read."""
        try:
            with self.find_path(name).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").digest()
        except OSError:
            return b""

    def find_changed(self, before: Mapping[str, InputStamp | None]) -> list[str] | None:
        """The inputs that do not have the stamps that they had ``before``; None where there are others of them."""
        stamps = load_whole(before)
        if self.stamps.keys() != stamps.keys():
            return None
        return [name for name, stamp in self.stamps.items() if stamps[name] != stamp]

    def find_touched(self, changed: Iterable[str], hashes: Mapping[str, bytes]) -> list[str]:
        """Those of the ``changed`` inputs whose bytes have not these ``hashes``."""
        return [name for name in changed if not hashes.get(name) or self.hash(name) != hashes[name]]

    def amend(self, changed: Iterable[str], before: KnownInputs, hashes: Mapping[str, bytes], now: int) -> KnownInputs:
        """As ``remember``, of inputs of which only the ``changed`` ones do not have the stamps that they had ``before``.

        ``hashes`` are those of inputs that were read since.
        """
        stamps = drop_racy({name: self.stamps[name] for name in changed}, now)
        return Pairs(Amended(before.ones, stamps), Amended(before.others, hashes), b"")

    def remember(self, hashes: Mapping[str, bytes], now: int) -> KnownInputs:
        """What the next build is to know of these inputs; ``now`` is the file system's time when they were stamped."""
        known = hashes if hashes.keys() == self.stamps.keys() else {name: hashes.get(name, b"") for name in self.stamps}
        return Pairs(drop_racy(self.stamps, now), known, b"")


def scan_all(seeds: Path, output: Path, settings: Settings, *, strict: bool) -> Inputs:
    """The inputs of a build as they stand now."""
    folders = {
        SEEDS: seeds,
        "templates": settings.templates,
        "static": settings.static,
        "packaged-templates": find_packaged("templates"),
        "packaged-static": find_packaged("static"),
    }
    given = {group: folder for group, folder in folders.items() if folder is not None}
    stamps: dict[str, InputStamp] = {}
    for group, folder in given.items():
        stamps |= scan_inputs(folder, f"{group}/")
    options = digest((str(seeds), str(output), settings, strict))
    return Inputs(folders=given, stamps=stamps, options=options)
