"""Case files: YAML lists of inputs with what must come out, which anybody can extend without writing code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

CASES = Path(__file__).parent / "cases"


def load_cases(folder: str) -> list[Any]:
    """Every case under ``cases/FOLDER`` as a pytest parameter named after its file and its ``name``."""
    found = []
    for path in sorted((CASES / folder).glob("*.yaml")):
        for n, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), start=1):
            found.append(pytest.param(case, id=f"{path.stem}-{n}-{case.get('name', '')}"))
    assert found, f"no cases in {folder}"
    return found
