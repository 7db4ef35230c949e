"""Small inputs that mean a great deal of work, and large ones: read within a bound of processor time and memory, or refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from sitelib import read_tree, run, run_alone, write_story

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds of this kind are a matter of Linux")
# A guard against hanging and eating the machine, far above what is needed: no measure of speed. What takes the square of a
# text's length, or of a number of keys, takes longer than this in Python.
SECONDS = 60
MEMORY = 2 * 1024**3

YAML_BOMBS = {
    "laughs": "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "merge": "a: &a {title: x}\n<<: *a\n",
    "itself": "title: &a [*a]\n",
    "object": "title: !!python/object/apply:os.system [touch pwned]\n",
    "module": "title: !!python/module:os\n",
    "binary": "title: !!binary aGFsbw==\n",
    "deep": "title: " + "[" * 50_000 + "\n",
    "mapping": "{a: " * 50_000 + "\n",
    "number": f"date: {'9' * 50_000}\n",
    "power": "schema: 1e999999999\n",
    "sexagesimal": f"date: {'59:' * 50_000}00\n",
    "year": "date: 99999-12-31\n",
    "line": f"title: '{'x' * 3_000_000}\n",
    "keys": "".join(f"k{n}: x\n" for n in range(10_000)),
    "anchors": "".join(f"k{n}: &a{n} x\n" for n in range(10_000)),
    "documents": "---\n" * 50_000,
    "nul": "title: a\0b\n",
}


def bound() -> None:
    """For the child: so much processor time and memory, and no more."""
    import resource  # noqa: PLC0415 - in the child only

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def test_no_yaml_makes_an_object_or_fills_the_memory(tmp_path: Path) -> None:
    for name, text in YAML_BOMBS.items():
        write_story(tmp_path / "seeds", f"{name}.txt", f"Pasar Malam {name.title()} Dibuka")
        (tmp_path / f"seeds/{name}.yaml").write_text(text, encoding="utf-8")
        (tmp_path / f"seeds/{name}-front.md").write_text(f"---\n{text}---\n\nPasar malam dibuka.\n", encoding="utf-8")
    (tmp_path / "seeds/authority").mkdir()
    (tmp_path / "seeds/authority/people.yaml").write_text(f"- {{name: x, not: {'[' * 50_000}\n")
    done = run_alone("check", "--quiet", "--jobs", 1, cwd=tmp_path, before=bound)
    assert done.returncode == 1
    named = {line.split(":")[0].removeprefix("seeds/") for line in done.stderr.splitlines()}
    expected = {f"{name}{end}" for name in YAML_BOMBS for end in (".yaml", "-front.md")} | {"authority/people.yaml"}
    assert expected - named <= {"line-front.md", "documents-front.md", "nul.yaml"}, expected - named
    assert all(len(line) < 2000 for line in done.stderr.splitlines())
    assert not (tmp_path / "pwned").exists()


def test_settings_are_bounded_alike(tmp_path: Path) -> None:
    write_story(tmp_path / "seeds", "a.txt", "Pasar Malam Dibuka Kembali")
    for name in ("laughs", "object", "deep", "number"):
        (tmp_path / "site.yaml").write_text(YAML_BOMBS[name])
        done = run_alone("--quiet", cwd=tmp_path, before=bound)
        assert done.returncode == 2, name
        assert done.stderr.startswith("site.yaml"), name


LONG = 40_000
TEXTS = {
    "letters": "a" * LONG,
    "capitals": "Budi " * (LONG // 5),
    "quotes": '"' * LONG,
    "curly": "“Halo " * (LONG // 6),
    "brackets": "(" * LONG,
    "digits": "1" * LONG,
    "thousands": "1." * (LONG // 2),
    "dates": "1/1/" * (LONG // 4),
    "days": "Senin, " * (LONG // 7),
    "said": "kata Budi, ujar Ani, " * (LONG // 21),
    "dashes": "- " * (LONG // 2),
    "spaces": f"a{' ' * LONG}b",
    "newlines": f"a{chr(10) * LONG}b",
    "tabs": f"Pasar\t{chr(9) * LONG}malam",
    "marks": "a" + "\u0301" * LONG,
    "joiners": "a\u200d" * (LONG // 2),
    "bidi": "\u202e" * LONG,
    "also": "Baca juga: Pasar\n" * (LONG // 17),
    "initials": "A. " * (LONG // 3),
    "acronyms": "Badan Pusat (BP) " * (LONG // 17),
    "commas": "Budi, Ani, " * (LONG // 11),
    "tags": "<div>" * (LONG // 5),
    "stars": "*" * LONG + "_" * LONG,
    "links": "[a](" * (LONG // 4),
    "money": "Rp 1,1 " * (LONG // 7),
    "and": "dan " * (LONG // 4),
    "copies": "Pasar malam dibuka kembali di Kota Contoh. " * (LONG // 43),
}


@pytest.mark.parametrize("half", [0, 1])
def test_no_text_takes_more_than_its_share(tmp_path: Path, half: int) -> None:
    for name, text in sorted(TEXTS.items())[half::2]:
        write_story(tmp_path / "seeds", f"{name}.txt", "Pasar Malam Dibuka", text)
        (tmp_path / f"seeds/{name}-md.md").write_text(f"# Pasar Malam\n\n{text[:20_000]}\n", encoding="utf-8")
    done = run_alone("check", "--quiet", "--jobs", 1, cwd=tmp_path, before=bound)
    assert done.returncode == 0, done.stderr[-2000:]


def test_a_story_of_monstrous_lines_makes_a_site(tmp_path: Path) -> None:
    for name in ("letters", "quotes", "stars", "marks", "capitals"):
        write_story(tmp_path / "seeds", f"{name}.txt", TEXTS[name][:5000], TEXTS[name][:20_000])
    done = run_alone("--quiet", "--jobs", 1, cwd=tmp_path, before=bound)
    assert done.returncode == 0, done.stderr[-2000:]
    assert f"{5} stories" in done.stdout


ROWS = {
    "deep": '{"text": ' + "[" * 200_000 + "]" * 200_000 + "}",
    "deeper": "[" * 500_000,
    "number": '{"text": "Pasar dibuka.", "schema": ' + "9" * 100_000 + "}",
    "float": '{"text": "Pasar dibuka.", "schema": 1e400}',
    "nan": '{"text": "Pasar dibuka.", "schema": NaN}',
    "twice": '{"text": "Pasar dibuka.", "text": "Pasar ditutup."}',
    "surrogate": '{"text": "Pasar \\ud800 dibuka.", "titel": "x"}',
    "wide": "{" + ",".join(f'"k{n}": 1' for n in range(25_000)) + "}",
    "open": '{"text": "' + "x" * 2_000_000,
}


def test_rows_of_json_are_bounded(tmp_path: Path) -> None:
    write_story(tmp_path / "seeds", "a.txt", "Pasar Malam Dibuka Kembali")
    for name, row in ROWS.items():
        (tmp_path / f"seeds/{name}.jsonl").write_text(row + "\n", encoding="utf-8")
    done = run_alone("check", "--quiet", "--jobs", 1, cwd=tmp_path, before=bound)
    assert done.returncode == 1
    named = {line.split(":")[0].removeprefix("seeds/").removesuffix(".jsonl") for line in done.stderr.splitlines()}
    assert ROWS.keys() - named == set()
    assert all(len(line) < 2000 for line in done.stderr.splitlines())


def test_files_of_many_megabytes(tmp_path: Path) -> None:
    write_story(tmp_path / "seeds", "a.txt", "Pasar Malam Dibuka Kembali")
    (tmp_path / "seeds/large.txt").write_bytes(b"x" * (20 * 1024 * 1024 + 1))
    (tmp_path / "seeds/large.yaml").write_bytes(b"title: x\n")
    with (tmp_path / "seeds/sparse.txt").open("wb") as stream:
        stream.truncate(50 * 1024**3)  # takes no room, and would fill any memory
    with (tmp_path / "seeds/rows.jsonl").open("wb") as stream:
        stream.truncate(50 * 1024**3)
    done = run_alone("--quiet", "--jobs", 1, cwd=tmp_path, before=bound)
    for name in ("large.txt: warning: ", "sparse.txt: warning: ", "rows.jsonl:1: warning: this line "):
        assert f"seeds/{name}is over 20 MB" in done.stderr
    assert done.returncode == 0


def test_a_saved_page_of_nothing_but_depth(tmp_path: Path) -> None:
    pytest.importorskip("lxml")
    write_story(tmp_path / "seeds", "a.txt", "Pasar Malam Dibuka Kembali")
    page = "<html><body><article><p>Pasar malam dibuka kembali di Kota Contoh.</p>"
    pages = {
        "deep": page + "<div>" * 25_000,
        "inline": page + "<b><i>" * 10_000 + "x",
        "attributes": page + "<p " + " ".join(f"a{n}=1" for n in range(25_000)) + ">",
        "comments": page + "<!-" * 50_000,
        "entities": page + "&lt;" * 50_000 + "&a" * 50_000,
        "data": page + '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
        "doctype": '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + page + "&b;",
    }
    for name, text in pages.items():
        (tmp_path / f"seeds/{name}.html").write_text(text, encoding="utf-8")
    done = run_alone("check", "--quiet", "--jobs", 1, cwd=tmp_path, before=bound)
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_cache_of_somebody_else_is_never_run(tmp_path: Path) -> None:
    write_story(tmp_path / "seeds", "a.txt", "Pasar Malam Dibuka Kembali")
    assert run("--quiet", cwd=tmp_path).returncode == 0
    before = read_tree(tmp_path / "site")
    cache = tmp_path / ".site.cache"
    bomb = b"cos\nsystem\n(S'touch pwned'\ntR."  # a pickle that runs a command
    for data in (bomb, b"", b"SQLite format 3\0" + bytes(200), json.dumps({"a": 1}).encode(), bytes(1_000_000)):
        cache.unlink(missing_ok=True)
        cache.write_bytes(data)
        done = run("--quiet", cwd=tmp_path)
        assert done.returncode == 0
        assert read_tree(tmp_path / "site") == before
    assert not (tmp_path / "pwned").exists()
