"""The program run as a user runs it, and what it leaves on the disk."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

from alibaba_news.cli import main

STORY = """{title}

KOTA CONTOH, Senin (5/3/2018) - {lead}

"Kami senang," kata Budi Contoh, kepala pasar, Senin (5/3/2018).
"""


def write_story(seeds: Path, name: str, title: str, lead: str = "Pasar malam dibuka kembali setelah dua tahun tutup.") -> Path:
    """A made-up article as a text file."""
    path = seeds / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(STORY.format(title=title, lead=lead), encoding="utf-8")
    return path


def write_stories(seeds: Path, count: int) -> Path:
    """A folder of made-up articles, no two with one text."""
    for number in range(count):
        write_story(
            seeds, f"{number:04}.txt", f"Pasar Malam ke-{number} Dibuka", f"Pasar malam ke-{number} dibuka setelah dua tahun."
        )
    return seeds


def start(*arguments: object, cwd: Path, env: Mapping[str, str] | None = None, **more: object) -> subprocess.Popen[str]:
    """The program as a process of its own."""
    command = [sys.executable, "-m", "alibaba_news", *map(str, arguments)]
    return subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        **more,
    )


def run_alone(
    *arguments: object, cwd: Path, env: Mapping[str, str] | None = None, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """The program run to its end in a process of its own, within five minutes; a traceback is a failure in any test."""
    process = start(*arguments, cwd=cwd, env=env, preexec_fn=before)
    out, err = process.communicate(timeout=300)
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The program run to its end in this process, which has its tables and templates at hand; what it raises is a failure."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        code = main([*map(str, arguments)])
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but what a build keeps beside a site for the next one; links as where they lead."""
    return {
        path.relative_to(folder).as_posix(): str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if (path.is_symlink() or path.is_file()) and not _is_kept_for_later(path.relative_to(folder).parts[0])
    }


def _is_kept_for_later(name: str) -> bool:
    """``.site.cache`` and ``.site.spare``."""
    return name.startswith(".") and name.endswith((".cache", ".spare"))


def check_manifest(folder: Path) -> None:
    """The published list names every file of a site but itself, with its hash."""
    files = {path: data for path, data in read_tree(folder).items() if path != "manifest-sha256.txt"}
    rows = (folder / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines()
    assert rows == [f"{hashlib.sha256(data).hexdigest()}  {path}" for path, data in sorted(files.items())]


def list_leftovers(output: Path) -> list[str]:
    """What stands beside a site and belongs to a build: nothing, once it is over, but the cache and the spare."""
    return [p.name for p in output.parent.iterdir() if p.name.startswith(f".{output.name}.") and not _is_kept_for_later(p.name)]
