"""A site compared with what a build from nothing makes."""

from __future__ import annotations

from pathlib import Path

import pytest
from sitelib import read_tree, write_story

from alibaba_news.builder.build import build
from alibaba_news.builder.verify import verify_site
from alibaba_news.diagnostics import InputError
from alibaba_news.settings import Settings

SETTINGS = Settings(base_url="https://berita.example/")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    write_story(tmp_path / "seeds", "a.txt", "Pasar Malam Dibuka Kembali")
    build(tmp_path / "seeds", tmp_path / "site", SETTINGS, jobs=1, strict=False, progress=lambda *_: None)
    return tmp_path


def verify(work: Path) -> None:
    verify_site(work / "seeds", work / "site", SETTINGS, jobs=1, progress=lambda *_: None)


def test_a_site_that_was_built_right_passes_and_is_not_touched(work: Path) -> None:
    before = read_tree(work)
    verify(work)
    assert read_tree(work) == before


@pytest.mark.parametrize("path", ["index.html", "data/stories.jsonl", "manifest-sha256.txt"])
def test_the_first_other_byte_is_named(work: Path, path: str) -> None:
    file = work / "site" / path
    data = bytearray(file.read_bytes())
    data[40] ^= 1
    file.write_bytes(bytes(data))
    with pytest.raises(InputError, match=rf"{path}: differs at byte 40 "):
        verify(work)


def test_a_file_cut_short_or_longer_differs_where_it_ends(work: Path) -> None:
    file = work / "site/robots.txt"
    data = file.read_bytes()
    file.write_bytes(data[:-3])
    with pytest.raises(InputError, match=rf"robots.txt: differs at byte {len(data) - 3} "):
        verify(work)
    file.write_bytes(data + b"more")
    with pytest.raises(InputError, match=rf"robots.txt: differs at byte {len(data)} "):
        verify(work)


def test_a_missing_file_and_one_too_many_are_found(work: Path) -> None:
    (work / "site/about/index.html").unlink()
    with pytest.raises(InputError, match=r"about/index.html: differs at byte 0 "):
        verify(work)
    build(work / "seeds", work / "site", SETTINGS, jobs=1, strict=False, progress=lambda *_: None)
    with (work / "site/manifest-sha256.txt").open("a") as stream:
        stream.write(f"{'0' * 64}  zzz.html\n")
    with pytest.raises(InputError, match=r"zzz.html: stands in the site"):
        verify(work)
