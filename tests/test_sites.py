"""Whole tiny sites: every folder in ``sites/`` is built as it stands, and ``expected.yaml`` says what must come of it.

Keys, all but ``exit`` optional: ``arguments`` (more of them), ``exit``, ``stdout`` and ``stderr`` (pieces that must be there),
``without_stderr``, ``files`` (a path of the site and pieces of its content) and ``without`` (what no page may hold).
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from sitelib import check_manifest, list_leftovers, read_tree

from alibaba_news.builder.publish import open_site, publish
from alibaba_news.cli import main

SITES = Path(__file__).parent / "sites"
NAMES = sorted(path.name for path in SITES.iterdir())
KEYS = {"arguments", "exit", "stdout", "stderr", "without_stderr", "files", "without"}


@pytest.mark.parametrize("name", NAMES)
def test_site(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    expected = yaml.safe_load((SITES / name / "expected.yaml").read_text(encoding="utf-8"))
    assert expected.keys() <= KEYS
    work, site = tmp_path / "work", tmp_path / "work" / "site"
    shutil.copytree(SITES / name, work)
    with open_site(site, lambda: None):
        publish(site, ["old.html"], [("old.html", b"the site that stood before")])
    before = read_tree(work)
    monkeypatch.chdir(work)
    code = main(expected.get("arguments", []))
    out, err = capfd.readouterr()
    assert code == expected["exit"], err
    for piece in expected.get("stdout", []):
        assert piece in out
    for piece in expected.get("stderr", []):
        assert piece in err
    for piece in expected.get("without_stderr", []):
        assert piece not in err
    assert list_leftovers(site) == []
    if code:
        assert read_tree(work) == before
        assert out == ""
    else:
        check_site(site, expected)
        assert {p: d for p, d in read_tree(work).items() if not p.startswith("site/")} == {
            p: d for p, d in before.items() if not p.startswith("site/")
        }


def check_site(site: Path, expected: dict[str, Any]) -> None:
    check_manifest(site)
    tree = read_tree(site)
    assert "old.html" not in tree
    for path, pieces in expected.get("files", {}).items():
        for piece in pieces:
            assert piece in tree[path].decode("utf-8"), path
    for piece in expected.get("without", []):
        assert [path for path, data in tree.items() if path.endswith(".html") and piece.encode() in data] == []
