"""The program as a user installs it: a wheel in a fresh environment, far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

from sitelib import check_manifest, read_tree, write_story

ROOT = Path(__file__).parents[1]


def test_a_wheel_builds_a_site_far_from_the_checkout(tmp_path: Path) -> None:
    def call(*command: object) -> str:
        env = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "VIRTUAL_ENV"}}
        done = subprocess.run([*map(str, command)], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    call(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path / "dist", ROOT)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    venv.create(tmp_path / "env")
    programs = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", programs / "python", "--quiet", "--disable-pip-version-check")
    call(*pip, "install", "--no-compile", wheel)
    write_story(tmp_path / "in", "a.txt", "Pasar Malam Dibuka Kembali")
    out = call(programs / "alibaba-news", "build", "--seeds", "in", "--output", "out")
    assert "1 story, " in out
    check_manifest(tmp_path / "out")
    assert any(path.endswith(".css") for path in read_tree(tmp_path / "out"))
