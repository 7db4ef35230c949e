"""What an editor gives, from files to Given: the cases under cases/given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from caselib import load_cases

from alibaba_news.loader.sources import read_sources


@pytest.mark.parametrize("case", load_cases("given"))
def test_given(case: dict[str, Any], tmp_path: Path) -> None:
    for name, text in case["files"].items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    reading = read_sources(tmp_path)
    problems = [str(d).removeprefix(f"{tmp_path.as_posix()}/") for d in reading.diagnostics]
    expected = case.get("problems", [])
    assert len(problems) == len(expected), problems
    for problem, start in zip(problems, expected, strict=True):
        assert problem.startswith(start)
    if "given" in case or "keys" in case:
        given = reading.sources[0].given
        assert_holds(given, case.get("given", {}), "given")
        assert sorted(given.keys) == case.get("keys", sorted(given.keys))


def assert_holds(actual: Any, expected: Any, place: str) -> None:
    """Records may have more fields than expected, lists may not have more entries."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert_holds(getattr(actual, key), value, f"{place}.{key}")
    elif isinstance(expected, list):
        assert len(actual) == len(expected), place
        for number, (one, other) in enumerate(zip(actual, expected, strict=True)):
            assert_holds(one, other, f"{place}[{number}]")
    else:
        assert actual == expected, place
