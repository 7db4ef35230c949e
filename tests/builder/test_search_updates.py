"""The search index of a site that is built on: what changes is mended in place, to the byte what a build from nothing gives."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sitelib import read_tree

from alibaba_news.builder import search_parts
from alibaba_news.builder.build import build
from alibaba_news.renderer.search import layout
from alibaba_news.renderer.search.files import SearchWriter
from alibaba_news.settings import Settings

SETTINGS = Settings(base_url="https://berita.example/")
PEOPLE = ("Budi Santoso", "Sari Dewi", "Joko Lestari", "Rina Hartono", "Wayan Kusuma")
STORIES = 12
WORDS = ("apung", "banjir", "pasar", "pelatihan", "warga", "jembatan", "e-warung", "2,4", "desa", "kapal", "wisata", "yang")


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dozen stories are parted as thousands would be."""
    monkeypatch.setattr(layout, "_WHOLE", 4)
    monkeypatch.setattr(layout, "_BLOCK", 9)
    monkeypatch.setattr(layout, "_BYTES", 20_000)
    monkeypatch.setattr(layout, "_CHUNK", 2)


@pytest.fixture
def read_again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that are analysed."""
    found: list[str] = []
    read = SearchWriter.read

    def note(self: SearchWriter, key: str) -> bytes:
        found.append(key)
        return read(self, key)

    monkeypatch.setattr(SearchWriter, "read", note)
    return found


def write(work: Path, number: int, rng: random.Random) -> None:
    text = " ".join(rng.choices(WORDS, k=40))
    (work / "seeds").mkdir(exist_ok=True)
    (work / f"seeds/s{number:02}.md").write_text(
        f'---\ntitle: "Kabar ke-{number} {rng.choice(WORDS)}"\ndate: 2018-03-{rng.randint(1, 28):02}\nslug: s{number}\n'
        f"source: Kabar Kota\npeople: [{rng.choice(PEOPLE)}]\norganizations: []\nplaces: []\nevents: []\n---\n\n{text}.\n",
        encoding="utf-8",
    )


def run(work: Path, name: str = "site", *, clean: bool = False) -> dict[str, bytes]:
    build(work / "seeds", work / name, SETTINGS, jobs=1, strict=False, progress=lambda *_: None, clean=clean)
    return {path: data for path, data in read_tree(work / name).items() if path.startswith("search/data/")}


def begin(work: Path, seed: int = 1) -> random.Random:
    rng = random.Random(seed)
    for number in range(STORIES):
        write(work, number, rng)
    run(work)
    return rng


def test_only_the_edited_story_is_read_again_and_only_shards_of_its_words_are_written(
    tmp_path: Path, read_again: list[str]
) -> None:
    begin(tmp_path)
    before = read_tree(tmp_path / "site")
    assert len(read_again) > STORIES
    read_again.clear()
    with (tmp_path / "seeds/s07.md").open("a", encoding="utf-8") as stream:
        stream.write("\nZamrud khatulistiwa.\n")
    after = run(tmp_path)
    assert read_again == ["stories/s7"]
    changed = {path for path in after if after[path] != before[path]}
    assert len(changed) == 3  # the shards of the two words, and the text
    assert after == run(tmp_path, "fresh", clean=True)


def add(work: Path, rng: random.Random) -> None:
    write(work, rng.randint(STORIES, STORIES + 3), rng)


def edit(work: Path, rng: random.Random) -> None:
    write(work, rng.randint(0, STORIES - 1), rng)


def remove(work: Path, rng: random.Random) -> None:
    rng.choice(sorted((work / "seeds").iterdir())).unlink()


def lose_a_shard(work: Path, rng: random.Random) -> None:
    rng.choice(sorted((work / "site/search/data").rglob("words-*.js"))).unlink()
    edit(work, rng)


def spoil_a_shard(work: Path, rng: random.Random) -> None:
    path = rng.choice(sorted((work / "site/search/data").rglob("words-*.js")))
    path.unlink()
    path.write_text('archiveSearch.take("words-0-0","");\n', encoding="utf-8")
    edit(work, rng)


def forget_documents(work: Path, rng: random.Random) -> None:
    with sqlite3.connect(work / ".site.cache") as connection:
        connection.execute("delete from terms where random() % 2")
    connection.close()
    edit(work, rng)


def spoil_documents(work: Path, rng: random.Random) -> None:
    with sqlite3.connect(work / ".site.cache") as connection:
        connection.execute("update terms set data = x'00'")
    connection.close()
    edit(work, rng)


DEEDS: tuple[Callable[[Path, random.Random], None], ...] = (
    *(add, edit, edit, remove),
    *(lose_a_shard, spoil_a_shard, forget_documents, spoil_documents),
)


@pytest.mark.parametrize("seed", range(2))
def test_an_index_that_was_mended_is_the_index_made_afresh(tmp_path: Path, seed: int) -> None:
    rng = begin(tmp_path, seed)
    done = []
    for _ in range(3):
        deed = rng.choice(DEEDS)
        deed(tmp_path, rng)
        done.append(deed.__name__)
        found, expected = run(tmp_path), run(tmp_path, "fresh", clean=True)
        assert [path for path in found.keys() | expected.keys() if found.get(path) != expected.get(path)] == [], done


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_whatever_is_done_the_index_is_right(tmp_path: Path, deed: Callable[[Path, random.Random], None]) -> None:
    rng = begin(tmp_path)
    deed(tmp_path, rng)
    assert run(tmp_path) == run(tmp_path, "fresh", clean=True)


def list_kept(work: Path, name: str) -> list[str]:
    with sqlite3.connect(work / f".{name}.cache") as connection:
        keys = [key for (key,) in connection.execute("select key from terms order by key")]
    connection.close()
    return keys


@pytest.mark.parametrize("how", ["clean", "names are withheld"])
def test_documents_that_are_gone_are_forgotten_by_a_build_that_does_not_know_of_them(tmp_path: Path, how: str) -> None:
    begin(tmp_path)
    assert "stories/s3" in list_kept(tmp_path, "site")
    (tmp_path / "seeds/s03.md").unlink()
    if how != "clean":  # what was made may show the name, and is not used
        (tmp_path / "seeds/s02.yaml").write_text("withhold: [Ratna Sembiring]\n", encoding="utf-8")
    run(tmp_path, clean=how == "clean")
    run(tmp_path, "fresh")
    assert list_kept(tmp_path, "site") == list_kept(tmp_path, "fresh")


def test_where_most_of_a_block_changes_it_is_made_afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_parts, "_MOST", 0)
    rng = begin(tmp_path)
    edit(tmp_path, rng)
    assert run(tmp_path) == run(tmp_path, "fresh", clean=True)


def test_an_archive_that_grows_out_of_its_blocks_is_parted_anew(tmp_path: Path) -> None:
    rng = begin(tmp_path)
    blocks = {path.split("/")[2] for path in run(tmp_path)}
    for number in range(40, 55):
        write(tmp_path, number, rng)
    found = run(tmp_path)
    assert len({path.split("/")[2] for path in found}) > len(blocks)
    assert found == run(tmp_path, "fresh", clean=True)
