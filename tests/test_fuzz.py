"""The fuzzer in tools/ runs, and what it finds in the time of a test is nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_few_hundred_made_up_inputs_break_nothing() -> None:
    command = [sys.executable, "tools/fuzz.py", "--inputs", "250", "--jobs", "1", "--seed", "7"]
    environment = os.environ | {"PYTHONPATH": "src"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("250 inputs (")
