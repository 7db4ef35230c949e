"""The direction of imports, and which module may lean on which package."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "alibaba_news"

# A package that only one room knows can be exchanged there.
ALLOWED = {
    "babel": ("renderer/",),
    "charset_normalizer": ("loader/decoding.py",),
    "jinja2": ("renderer/",),
    "lxml": ("loader/html/lines.py",),
    "markdown": ("renderer/", "loader/markdown_text.py"),
    "markupsafe": ("renderer/",),
    "msgspec": ("",),  # every stage's values are of its kind
    "pycrfsuite": ("loader/names/tagger.py",),
    "slugify": ("text.py",),
    "Stemmer": ("renderer/search/analysing.py",),
    "trafilatura": ("loader/html/extractor.py",),
    "watchfiles": ("builder/watching.py",),
    "yaml": ("yaml_reader.py", "world.py"),
}
# The clock, chance and the machine's own settings would make two builds of one input differ.
FOREIGN_TO_A_PURE_STAGE = {"datetime.datetime.now", "locale", "random", "secrets", "time", "uuid"}
MAY_ASK_THE_MACHINE = ("cli.py", "builder/")


def list_imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


MODULES = {path.relative_to(SOURCE).as_posix(): path for path in sorted(SOURCE.rglob("*.py"))}


def test_stages_import_one_way() -> None:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_its_room_may(module: str) -> None:
    packages = {name.split(".")[0] for name in list_imports(MODULES[module])} - sys.stdlib_module_names - {"alibaba_news"}
    assert packages <= ALLOWED.keys(), "a new package: say in ALLOWED who may import it"
    assert [package for package in packages if not module.startswith(ALLOWED[package])] == []
    if not module.startswith(MAY_ASK_THE_MACHINE):
        assert set(list_imports(MODULES[module])) & FOREIGN_TO_A_PURE_STAGE == set()


def test_every_package_that_may_be_imported_is_imported() -> None:
    used = {name.split(".")[0] for path in MODULES.values() for name in list_imports(path)}
    assert ALLOWED.keys() - used - {"markupsafe"} == set()
