"""No name that an editor withholds goes out with the site, whatever put it there, however it is written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sitelib import read_tree, run

from alibaba_news.builder.withheld import Leak, WithheldName, describe_leaks, find_leaks

NAME = WithheldName(name="Tono Kertapati", seed="seeds/a.txt")
ARTICLE = """Polisi Tangkap {name} di Tegal

TEGAL, Senin (5/3/2018) - {name} ditangkap polisi di Tegal karena mencuri {what}. Ratna Wulandari menyebut {name} bungkam.

"Kami masih memeriksa {name}," kata Ratna Wulandari, Senin (5/3/2018).
"""


def finds(text: str, name: str = "Tono Kertapati", path: str = "stories/a/index.html") -> bool:
    return bool(find_leaks(path, text.encode(), (WithheldName(name=name, seed="a.txt"),)))


@pytest.mark.parametrize(
    "text",
    [
        "Tono Kertapati ditangkap",
        "TONO KERTAPATI",
        "tono\n  kertapati",
        "Tono&nbsp;Kertapati",
        "Tono\u00a0Kertapati",
        "Tono-Kertapati",
        "Tono‑Kertapati",
        "Rumah Tono Kertapatinya sepi",
        "<a href='x'>Tono</a> <b>Kertapati</b>",
        "Tono <span id=s2>Kertapati</span>",
        "../people/tono-kertapati/index.html",
        "people/tono-kertapati-2",
        "foto_tono_kertapati.jpg",
        "?q=Tono+Kertapati",
        "Tono%20Kertapati",
        '{"name": "Tono\\nKertapati"}',
        '"T\\u006fno Kertapati"',
        r"title = {{Tono\ Kertapati}}",
        "slug,Tono Kertapati,,2018",
    ],
)
def test_it_is_found_however_it_is_written(text: str) -> None:
    assert finds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Tono dan Kertapati",
        "Tono, Kertapati",
        "<li>Tono</li>\n<li>Kertapati</li>",
        "Hartono Kertapati",
        "Tono Kertapatian",
        "kertapati tono",
        "[nama tidak disebut] ditangkap",
        "",
    ],
)
def test_what_is_not_the_name_is_not_taken_for_it(text: str) -> None:
    assert not finds(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ma'ruf Amin", "Ma’ruf Amin"),
        ("Ma'ruf Amin", "people/maruf-amin"),
        ("José Ramos", "Jose\u0301 Ramos"),
        ("José Ramos", "people/jose-ramos"),
        ("Budi & Co", r"Budi \& Co"),
        ("Budi & Co", "Budi &amp; Co"),
        ("S. Hadi", "S.  Hadi"),
    ],
)
def test_names_with_signs(name: str, text: str) -> None:
    assert finds(text, name)


def test_an_address_is_looked_at_too() -> None:
    assert finds("", path="lama/tono-kertapati.html")


def test_bytes_that_are_no_text_are_looked_at() -> None:
    assert find_leaks("data/archive.sqlite", b"\x00\xff\xfe Tono Kertapati\x00", (NAME,))


def test_a_single_word_is_looked_for_where_its_story_alone_is_told() -> None:
    name = WithheldName(name="Tono", seed="a.txt", only_in=("stories/a/index.md",))
    assert find_leaks("stories/a/index.md", b"Kata Tono", (name,))
    assert not find_leaks("stories/b/index.md", b"Tono Suratman", (name,))


@given(st.binary())
def test_any_bytes_can_be_looked_at(data: bytes) -> None:
    assert find_leaks("a", data + b" tono kertapati ", (NAME,))
    assert find_leaks("a", data, ()) == ()


@given(st.text(), st.text(min_size=1))
def test_any_name_can_be_looked_for(text: str, name: str) -> None:
    find_leaks("a", text.encode("utf-8", "replace"), (WithheldName(name=name, seed="a.txt"),))


def test_the_problem_says_where_and_does_not_tell_the_name() -> None:
    leaks = [Leak(seed="seeds/a.txt", path=f"people/p{n}/index.html") for n in range(9)]
    (problem,) = describe_leaks([*leaks, *leaks, Leak(seed="seeds/a.txt", path="stories/b/index.md")])
    assert str(problem).startswith(
        "seeds/a.txt: a name that is withheld here would still be published, in stories/b/index.md, "
        "people/p0/index.html, people/p1/index.html and 7 more."
    )


def write_two(folder: Path) -> None:
    seeds = folder / "seeds"
    seeds.mkdir()
    for name, what in (("a", "sepeda"), ("b", "motor")):
        (seeds / f"{name}.txt").write_text(ARTICLE.format(name="Tono Kertapati", what=what), encoding="utf-8")
        (seeds / f"{name}.yaml").write_text("withhold: [tono kertapati]\n", encoding="utf-8")


def test_a_name_withheld_in_one_story_is_gone_from_the_other_too(tmp_path: Path) -> None:
    write_two(tmp_path)
    (tmp_path / "seeds" / "b.yaml").unlink()
    assert run("--quiet", cwd=tmp_path).returncode == 0
    assert not [path for path, data in read_tree(tmp_path / "site").items() if b"kertapati" in data.lower() + path.encode()]


def test_an_address_given_by_an_editor_stops_the_build(tmp_path: Path) -> None:
    write_two(tmp_path)
    (tmp_path / "seeds" / "a.yaml").write_text("withhold: [Tono Kertapati]\nslug: kasus-tono-kertapati\n", encoding="utf-8")
    done = run("--quiet", cwd=tmp_path)
    assert done.returncode == 1
    assert "stories/kasus-tono-kertapati/index.md" in done.stderr


def test_a_name_withheld_everywhere_is_in_no_file_of_the_site(tmp_path: Path) -> None:
    write_two(tmp_path)
    assert run("--quiet", "--sqlite", "--base-url", "https://arsip.example/", cwd=tmp_path).returncode == 0
    tree = read_tree(tmp_path / "site")
    assert "data/archive.sqlite" in tree
    for path, data in tree.items():
        assert b"kertapati" not in data.lower(), path
        assert "kertapati" not in path
    database = sqlite3.connect(tmp_path / "site/data/archive.sqlite")
    assert database.execute("SELECT count(*) FROM stories").fetchone() == (2,)
    database.close()
