"""Rebuilds killed at random moments: what stands then must be the old site or the new one, whole, and the next build right."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

from corpus import write_corpus

STORIES = 150


def count_broken(kills: int, work: Path) -> int:
    """How many of so many kills left half a site, or one from which the next build made a wrong one. Needs a POSIX system."""
    old, new, seeds, site = work / "old", work / "new", work / "seeds", work / "kill" / "site"
    write_corpus(old, STORIES, "given")
    shutil.copytree(old, new)
    for path in sorted(new.iterdir())[::3]:
        path.write_text(path.read_text(encoding="utf-8").replace('title: "', 'title: "Baru: ', 1), encoding="utf-8")
    site.parent.mkdir()
    began = time.monotonic()
    trees = [_build_and_read(new, seeds, site)]
    took = time.monotonic() - began
    trees.append(_build_and_read(old, seeds, site))
    draw, broken = Random(kills), 0
    for _ in range(kills):
        _put(new, seeds)
        process = _start(seeds, site)
        time.sleep(draw.uniform(0, took))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        whole = _read_tree(site) in trees
        right = _build_and_read(new, seeds, site) == trees[0] and _build_and_read(old, seeds, site) == trees[1]
        broken += not (whole and right)
    return broken


def _put(source: Path, seeds: Path) -> None:
    shutil.rmtree(seeds, ignore_errors=True)
    shutil.copytree(source, seeds)


def _start(seeds: Path, site: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "alibaba_news", "--seeds", str(seeds), "--output", str(site), "--quiet"]
    return subprocess.Popen(
        command, cwd=site.parent, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _build_and_read(source: Path, seeds: Path, site: Path) -> str:
    _put(source, seeds)
    return _read_tree(site) if _start(seeds, site).wait() == 0 else "it failed"


def _read_tree(site: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        digest.update(f"{path.relative_to(site)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
