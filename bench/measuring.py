"""Commands in, what they took out: seconds and peak memory of whole processes; and the machine they ran on."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds on the wall and of the processors; MiB of the largest single process."""

    wall: float
    cpu: float
    peak: float


def run_measured(command: Sequence[str | Path], folder: Path) -> Cost:
    """One run from the start of its process to its end, with the processes it waited for. Ends the program where it fails."""
    with (folder / "messages.txt").open("w+b") as messages:
        started = time.monotonic()
        process = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=subprocess.DEVNULL, stderr=messages)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            messages.seek(0)
            sys.exit(
                f"exit {process.returncode}: {' '.join(map(str, command))}\n{messages.read()[-2000:].decode(errors='replace')}"
            )
    peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Cost(wall=wall, cpu=usage.ru_utime + usage.ru_stime, peak=peak)


def take_median(costs: Sequence[Cost]) -> Cost:
    """The middle of each figure."""
    return Cost(wall=median(c.wall for c in costs), cpu=median(c.cpu for c in costs), peak=median(c.peak for c in costs))


def describe_machine(folder: Path) -> str:
    """The machine in one line: processor, cores, memory, the file system of ``folder``, Python."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    parts = [
        _find_line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        f"{cores} cores",
        _describe_memory(),
        _find_file_system(folder),
        f"{platform.system()} {platform.release().split('-')[0]}",
        f"Python {platform.python_version()}",
    ]
    return ", ".join(filter(None, parts))


def _find_line(path: str, key: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")


def _describe_memory() -> str:
    kib = _find_line("/proc/meminfo", "MemTotal").partition(" ")[0]
    return f"{int(kib) / 1024 / 1024:.0f} GiB of memory" if kib else ""


def _find_file_system(folder: Path) -> str:
    try:
        rows = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return ""
    within = [row for row in rows if folder.resolve().is_relative_to(row[1])]
    return max(within, key=lambda row: len(row[1]))[2] if within else ""
