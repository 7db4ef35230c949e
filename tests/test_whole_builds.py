"""Properties of whole builds: the same bytes everywhere, old or new but never half, records that can be put back."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest
from sitelib import check_manifest, list_leftovers, read_tree, run, run_alone, start, write_stories, write_story

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own seeds and enough made-up ones that several processes share the work."""
    folder = tmp_path_factory.mktemp("many") / "seeds"
    shutil.copytree(SEEDS, folder)
    return write_stories(folder, 70)


def test_the_same_input_gives_the_same_bytes_everywhere(seeds: Path, tmp_path: Path) -> None:
    places = [
        ({"TZ": "UTC", "PYTHONHASHSEED": "0", "LC_ALL": "C"}, 1),
        ({"TZ": "Asia/Jayapura", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "LANG": "id_ID.UTF-8"}, 2),
        ({"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "4711", "LANGUAGE": "tr", "SOURCE_DATE_EPOCH": "1"}, 3),
    ]
    trees = []
    for number, (env, jobs) in enumerate(places):
        moved = tmp_path / str(number) / "seeds"  # files written in another order, at another time, elsewhere
        for path in sorted(seeds.rglob("*"), reverse=number % 2 == 1):
            if path.is_file():
                (moved / path.relative_to(seeds)).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, moved / path.relative_to(seeds))
        done = run_alone("--quiet", "--jobs", jobs, cwd=moved.parent, env=env)
        assert done.returncode == 0, done.stderr
        trees.append(read_tree(moved.parent / "site"))
    assert trees[0].keys() == trees[1].keys() == trees[2].keys()
    assert [path for path in trees[0] if not trees[0][path] == trees[1][path] == trees[2][path]] == []


def read_records(site: Path) -> dict[str, dict[str, object]]:
    lines = (site / "data/stories.jsonl").read_text(encoding="utf-8").splitlines()
    return {record["slug"]: record for record in map(json.loads, lines)}


def test_records_put_back_give_the_same_records(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    write_story(tmp_path / "seeds", "made-up.txt", "Pasar Malam Dibuka Kembali")
    assert run("--quiet", cwd=tmp_path).returncode == 0
    again = tmp_path / "again"
    for path in (tmp_path / "site/stories").glob("*/index.md"):
        (again / "seeds").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, again / "seeds" / f"{path.parent.name}.md")
    done = run("--quiet", "--strict", cwd=again)
    assert done.returncode == 0, done.stderr
    first, second = read_records(tmp_path / "site"), read_records(again / "site")
    assert first.keys() == second.keys()
    for slug, record in first.items():
        assert {key: value for key, value in second[slug].items() if record.get(key) != value} == {}
        assert record.keys() == second[slug].keys()


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new(tmp_path: Path) -> None:
    seeds, site = write_stories(tmp_path / "seeds", 20), tmp_path / "site"
    assert run("--quiet", cwd=tmp_path).returncode == 0
    (site / "CNAME").write_text("berita.example")
    trees = {}
    began = time.monotonic()
    for version in ("old", "new"):
        write_story(seeds, "0000.txt", f"Pasar Malam {version.title()}")
        began = time.monotonic()
        assert run("--quiet", cwd=tmp_path).returncode == 0
        trees[version] = read_tree(site)
    took = time.monotonic() - began
    rng = random.Random(20)
    for _ in range(3):
        write_story(seeds, "0000.txt", "Pasar Malam Old")
        assert run("--quiet", cwd=tmp_path).returncode == 0
        assert read_tree(site) == trees["old"]
        write_story(seeds, "0000.txt", "Pasar Malam New")
        process = start("--quiet", cwd=tmp_path, start_new_session=True)
        time.sleep(rng.uniform(0.2, 1) * took)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert read_tree(site) in trees.values()
    assert run("--quiet", cwd=tmp_path).returncode == 0
    assert read_tree(site) == trees["new"]
    assert list_leftovers(site) == []


def test_two_builds_at_once_end_in_one_whole_site(tmp_path: Path) -> None:
    write_stories(tmp_path / "seeds", 30)
    processes = [start(cwd=tmp_path) for _ in range(2)]
    errors = [process.communicate(timeout=300)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], errors
    check_manifest(tmp_path / "site")
    assert list_leftovers(tmp_path / "site") == []
