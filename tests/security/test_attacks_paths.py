"""Neither a text, a name, a link nor a request leads out of the folders, and nothing of the program's is written elsewhere."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from sitelib import list_leftovers, read_tree, run, write_story

DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
OUTSIDE = (
    "../../outside",
    "/etc/outside",
    "..\\..\\outside",
    "C:\\outside",
    "a/../../../outside",
    "..",
    "%2e%2e/outside",
    "con",
)
ADDRESSES = ("../outside", "/outside", "a/../../outside", "people/../../outside", "con", "x" * 300)
NAMES = ("CON", "aux.", "NUL", "Com1", "LPT9", "a" * 400, "..", "???", "\u202egnp.exe", "日本", "-rf", "*", "a/b", "a\\b")
FILES = ("<img src=x onerror=alert(1)>.txt", "a\nb.txt", "-rf.txt", "con.txt", "\x1b[31m.txt")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A working folder deep enough that leading out of it can be seen."""
    folder = tmp_path / "one/two/work"
    write_story(folder / "seeds", "a.txt", "Pasar Malam Dibuka Kembali")
    return folder


def list_outside(work: Path) -> set[str]:
    """What stands in the temporary folder but in the working folder."""
    top = work.parents[2]
    return {path for path in read_tree(top) if not (top / path).is_relative_to(work)}


def give_each(work: Path, rows: Iterable[dict[str, object]]) -> dict[str, dict[str, object]]:
    """A story for each row of given keys; gives them by the name of the file that holds them."""
    found = {f"{number:03}.yaml": row for number, row in enumerate(rows)}
    for name, row in found.items():
        write_story(work / "seeds", name.replace(".yaml", ".txt"), f"Pasar Malam {name[:3]} Dibuka")
        (work / "seeds" / name).write_text(json.dumps(row), encoding="utf-8")
    return found


def build_what_is_let_in(work: Path, given: dict[str, dict[str, object]]) -> dict[str, str]:
    """Take away the stories that are refused, and build the others; gives the refusals by file."""
    refused: dict[str, str] = {}
    for line in run("check", "--quiet", cwd=work).stderr.splitlines():
        if "warning" not in line:
            place, _, message = line.partition(": ")
            refused[place.removeprefix("seeds/").split(":")[0]] = message
    assert refused.keys() <= given.keys(), refused
    for name in refused:
        (work / "seeds" / name).unlink()
    done = run("--quiet", cwd=work)
    assert done.returncode == 0, done.stderr
    assert list_outside(work) == set()
    return refused


def check_names(site: Path) -> None:
    """Every name in a site can stand on every system, and means a file."""
    for path in read_tree(site):
        for part in Path(path).parts:
            assert re.fullmatch(r"[A-Za-z0-9._-]{1,100}", part), path
            assert part.split(".")[0].lower() not in DEVICES, path
            assert not part.endswith("."), path


def test_old_addresses_stay_within_the_site(work: Path) -> None:
    given = give_each(work, ({"redirect_from": [old, f"lama/{n}.html"]} for n, old in enumerate(OUTSIDE)))
    refused = build_what_is_let_in(work, given)
    for number, name in enumerate(given):
        assert (work / f"site/lama/{number}.html").is_file() == (name not in refused)
    assert not [path for path in read_tree(work / "site") if ".." in path or "\\" in path or ":" in path]


def test_an_address_that_an_editor_writes_is_one_name(work: Path) -> None:
    keys = ("slug", "people", "organizations", "places", "products")
    rows = [{k: a if k == "slug" else [{"name": f"Budi {n}", "id": a}]} for k in keys for n, a in enumerate(ADDRESSES)]
    given = give_each(work, rows)
    refused = build_what_is_let_in(work, given)
    check_names(work / "site")
    for name, row in given.items():
        if name in refused:
            assert refused[name].startswith(next(iter(row))), refused[name]
        else:  # too long, or kept by Windows for a device: made into one that can be used
            assert not re.search(r"\.\.|^/", json.dumps(row)), row


def test_names_of_the_text_become_file_names_that_every_system_takes(work: Path) -> None:
    given = give_each(work, ({"title": name, "people": [{"name": name}], "places": [name], "outlet": name} for name in NAMES))
    assert build_what_is_let_in(work, given) == {}
    check_names(work / "site")


@pytest.mark.skipif(sys.platform == "win32", reason="file names of these kinds cannot exist there")
def test_file_names_of_seeds_are_only_names(work: Path) -> None:
    for number, name in enumerate(FILES):
        write_story(work / "seeds", name, f"Jembatan Gantung {number} Diresmikan")
    done = run(cwd=work)
    assert done.returncode == 0
    assert f"{len(FILES) + 1} stories, " in done.stdout
    assert "\x1b[31m" not in done.stdout + done.stderr
    assert not [page for page, data in read_tree(work / "site").items() if page.endswith(".html") and b"<img src=x" in data]
    check_names(work / "site")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_links_in_the_seeds_that_lead_out_are_named_and_not_followed(work: Path) -> None:
    (work.parent / "secret").mkdir()
    write_story(work.parent / "secret", "b.txt", "Rahasia Negara")
    (work / "seeds/b.txt").symlink_to(work.parent / "secret/b.txt")
    (work / "seeds/folder").symlink_to(work.parent / "secret")
    (work / "seeds/loop.txt").symlink_to("loop.txt")
    (work / "seeds/passwd.txt").symlink_to("/etc/passwd")
    (work / "seeds/a.yaml").symlink_to(work.parent / "secret/b.txt")
    done = run("--quiet", cwd=work)
    for name in ("b.txt", "folder", "loop.txt", "passwd.txt", "a.yaml"):
        assert f"seeds/{name}: warning: " in done.stderr, name
    assert done.returncode == 0
    assert not [path for path, data in read_tree(work / "site").items() if b"Rahasia" in data or b"root:" in data]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
@pytest.mark.parametrize("folder", ["templates", "static"])
def test_links_in_folders_of_the_editors_own_do_not_publish_what_lies_elsewhere(work: Path, folder: str) -> None:
    (work.parent / "secret.txt").write_text("Rahasia")
    (work / "own").mkdir()
    (work / "own/about.id.md").symlink_to(work.parent / "secret.txt")
    (work / "own/link").symlink_to(work.parent)
    (work / "site.yaml").write_text(f"{folder}: own\n")
    done = run("--quiet", cwd=work)
    assert done.returncode == 1
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == ["own/about.id.md", "own/link"]
    assert not (work / "site").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_in_the_site_is_somebodys_and_nothing_is_written_through_it(work: Path) -> None:
    assert run("--quiet", cwd=work).returncode == 0
    target = work.parent / "target.txt"
    target.write_text("mine")
    for path in ("index.html", "data/stories.jsonl"):
        (work / "site" / path).unlink()
        (work / "site" / path).symlink_to(target)
    write_story(work / "seeds", "b.txt", "Jembatan Gantung Diresmikan")
    run("--quiet", cwd=work)
    assert target.read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
@pytest.mark.parametrize("beside", ["lock", "cache", "spare"])
def test_a_link_beside_the_site_is_not_written_through(work: Path, beside: str) -> None:
    target = work.parent / "target.txt"
    target.write_text("mine")
    (work / f".site.{beside}").symlink_to(target)
    run("--quiet", cwd=work)
    assert target.read_text() == "mine"


@pytest.mark.parametrize(
    "address", ["https://berita.example/\nSitemap: https://evil.example", "javascript:x", "//evil.example"]
)
def test_an_address_of_the_site_is_one_line_and_a_web_address(work: Path, address: str) -> None:
    assert run("--quiet", "--base-url", address, cwd=work).returncode == 2
    assert not (work / "site").exists()


def test_an_ended_build_leaves_nothing_where_it_does_not_belong(work: Path) -> None:
    assert run("--quiet", cwd=work).returncode == 0
    assert list_outside(work) == set()
    assert {path.name for path in work.iterdir()} - {".site.cache", ".site.spare"} == {"seeds", "site"}
    assert list_leftovers(work / "site") in ([], [".site.spare"])
