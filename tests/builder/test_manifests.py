"""The list of published files: what goes in comes out, and sha256sum reads it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alibaba_news.builder.manifest import format_manifest, hash_bytes, hash_file, parse_manifest

paths = st.text(min_size=1).filter(lambda text: "\0" not in text)


@given(st.dictionaries(paths.map(lambda p: p.encode("utf-8", "ignore").decode()).filter(bool), st.binary().map(hash_bytes)))
def test_a_list_written_reads_back(hashes: dict[str, str]) -> None:
    assert parse_manifest(format_manifest(hashes)) == hashes


@given(st.binary())
def test_any_bytes_are_a_list_or_a_clear_refusal(data: bytes) -> None:
    try:
        assert all(len(digest) == 64 for digest in parse_manifest(data).values())
    except ValueError as error:
        assert str(error)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is how others read the list, not this program")
def test_sha256sum_checks_it(tmp_path: Path) -> None:
    for name in ("a.html", "b c.html", "back\\slash", "new\nline"):
        (tmp_path / name).write_text(name)
    hashes = {path.name: hash_file(path) for path in tmp_path.iterdir()}
    (tmp_path / "list").write_bytes(format_manifest(hashes))
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "list"], cwd=tmp_path, check=True)
