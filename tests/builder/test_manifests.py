"""The list of published files: what goes in comes out, and sha256sum reads it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alibaba_news.builder.manifest import amend_manifest, format_manifest, hash_bytes, hash_file, parse_manifest

paths = st.text(min_size=1).filter(lambda text: "\0" not in text)


@given(st.dictionaries(paths.map(lambda p: p.encode("utf-8", "ignore").decode()).filter(bool), st.binary().map(hash_bytes)))
def test_a_list_written_reads_back(hashes: dict[str, str]) -> None:
    assert parse_manifest(format_manifest(hashes)) == hashes


@given(st.dictionaries(paths, st.tuples(st.binary().map(hash_bytes), st.binary().map(hash_bytes)), max_size=20))
def test_a_list_amended_is_the_list_written_anew(rows: dict[str, tuple[str, str]]) -> None:
    before, after = ({path: row[nth] for path, row in rows.items()} for nth in (0, 1))
    assert amend_manifest(format_manifest(before), before, after) == format_manifest(after)


@pytest.mark.parametrize("held", [{}, {"a": "0" * 64}, {"a": "1" * 64, "b": "1" * 64}])
def test_another_list_is_not_amended(held: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="list of files"):
        amend_manifest(format_manifest(held), {"a": "1" * 64}, {"a": "2" * 64})


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
