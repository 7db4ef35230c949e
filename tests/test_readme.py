"""The README against the program: its two commands, the options and commands it documents."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from alibaba_news.options import COMMANDS, make_parser

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [match[1].strip() for match in re.finditer(r"^```[a-z]*\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)]


def test_the_first_block_builds_and_the_second_tests() -> None:
    install, check = BLOCKS[:2]
    assert "pip install" in install
    assert "alibaba-news" in install or "build.py" in install
    assert "pip install" in check
    assert "[test]" in check
    assert "pytest" in check
    assert "\n" not in install
    assert "\n" not in check


def test_both_blocks_are_shell_commands() -> None:
    for block in BLOCKS[:2]:
        subprocess.run(["bash", "-n", "-c", block], check=True)


def test_ci_runs_the_second_block_as_it_stands() -> None:
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (program,) = re.findall(r"awk '([^']+)' README\.md", run)
    done = subprocess.run(["awk", program, "README.md"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == BLOCKS[1]


def read_table(pattern: str) -> set[str]:
    return set(re.findall(rf"^\| *`({pattern})` *\|", README, re.MULTILINE))


def test_the_option_table_is_that_of_the_program() -> None:
    options = {
        f"{action.option_strings[-1]} {action.metavar or ''}".strip()
        for action in make_parser()._actions
        if action.option_strings and action.option_strings[-1] not in {"--help", "--version"}
    }
    assert read_table(r"--[a-z-]+(?: [A-Z]+)?") == options


def test_the_commands_are_those_of_the_program() -> None:
    assert set(re.findall(r"^ +python build\.py \[?([a-z]+)", README, re.MULTILINE)) == set(COMMANDS)
