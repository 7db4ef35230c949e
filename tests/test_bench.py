"""The measuring programs: the same made-up archive every time, and figures of every step."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sitelib import read_tree

ROOT = Path(__file__).parents[1]


def run_bench(program: str, *arguments: object, cwd: Path) -> str:
    command = [sys.executable, str(ROOT / "bench" / program), *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("form", ["given", "raw", "hugo"])
def test_the_made_up_archive_is_the_same_every_time(tmp_path: Path, form: str) -> None:
    for name, stories, seed in (("a", 30, 1), ("b", 30, 1), ("c", 30, 2)):
        run_bench("corpus.py", "--stories", stories, "--form", form, "--seed", seed, "--output", tmp_path / name, cwd=tmp_path)
    first, again, other = (read_tree(tmp_path / name) for name in "abc")
    assert first == again
    assert first != other
    assert len(first) == 30
    assert len(set(first.values())) == 30


def test_every_step_is_measured(tmp_path: Path) -> None:
    told = run_bench("run.py", "--sizes", "6", "--runs", 1, "--work", tmp_path, cwd=tmp_path)
    for step in ("cold", "nothing changed", "one story edited", "one story added", "one story deleted"):
        assert told.count(f"| 6 | {step} | alibaba-news | ") == 1
    assert list(tmp_path.iterdir()) == []
