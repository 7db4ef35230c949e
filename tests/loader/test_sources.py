"""Folders of scraped files: what becomes an article, what is left out and why, and in which encodings."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alibaba_news.loader.seeds import SIZE_LIMIT, find_source, list_sources, show_name
from alibaba_news.loader.sources import Reading, read_source, read_sources
from alibaba_news.loader.story import read_story
from alibaba_news.world import World

TEXT = "“Harga turun,” kata Budi – di kafé Pasar Lama.\n\nPembeli senang.\n"


def read_one(folder: Path, data: bytes, name: str = "a.txt") -> Reading:
    (folder / name).write_bytes(data)
    return read_sources(folder)


def list_problems(reading: Reading, folder: Path) -> list[str]:
    return [str(d).removeprefix(f"{folder.as_posix()}/") for d in reading.diagnostics]


def test_articles_of_all_kinds_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "2018" / "10").mkdir(parents=True)
    files = {
        "b.md": "---\ntitle: Panen\n---\nIsi b.\n",
        "a.TXT": "Isi a.\n",
        "2018/10/c.txt": "Isi c.\n",
        "d.jsonl": '{"text": "Isi d1."}\n\n{"text": "Isi d2.\\nBaris."}\n',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    reading = read_sources(tmp_path)
    assert reading.diagnostics == ()
    assert [(s.file, s.kind, s.line_offset, s.text) for s in reading.sources] == [
        ("2018/10/c.txt", "txt", 0, "Isi c.\n"),
        ("a.TXT", "txt", 0, "Isi a.\n"),
        ("b.md", "md", 3, "Isi b.\n"),
        ("d.jsonl", "jsonl", 0, "Isi d1."),
        ("d.jsonl", "jsonl", 2, "Isi d2.\nBaris."),
    ]
    assert reading.sources[2].sha256 == hashlib.sha256(files["b.md"].encode()).hexdigest()
    assert reading.sources[3].sha256 == hashlib.sha256(b'{"text": "Isi d1."}').hexdigest()
    assert reading.sources[0].path == f"{tmp_path.as_posix()}/2018/10/c.txt"


def test_reading_file_by_file_is_reading_the_folder(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Isi.", encoding="utf-8")
    listing = list_sources(tmp_path)
    assert tuple(s for seed in listing.files for s in read_source(seed).sources) == read_sources(tmp_path).sources


def test_what_is_no_article_is_passed_over(tmp_path: Path) -> None:
    for name in (
        ".hidden.txt",
        ".git/x.txt",
        "authority/people.yaml",
        "authority/notes.md",
        "picture.jpg",
        "sub/authority/a.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Isi.", encoding="utf-8")
    reading = read_sources(tmp_path)
    assert [s.file for s in reading.sources] == ["sub/authority/a.txt"]
    assert reading.diagnostics == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_utf8_is_read_without_a_word(tmp_path: Path, encoding: str, line_end: str) -> None:
    reading = read_one(tmp_path, TEXT.replace("\n", line_end).encode(encoding))
    assert (reading.sources[0].text, reading.diagnostics) == (TEXT, ())


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        ("Harga turun.\n".encode("utf-16-le"), "utf-16-le"),
        (b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), "utf-32-le"),
    ],
)
def test_another_encoding_is_read_and_named(tmp_path: Path, data: bytes, named: str) -> None:
    reading = read_one(tmp_path, data)
    assert reading.sources[0].text in (TEXT, "Harga turun.\n")
    assert list_problems(reading, tmp_path) == [
        f"a.txt: warning: is not UTF-8; it was read as {named}. Save it as UTF-8 if letters look wrong."
    ]


def test_utf8_cut_in_the_middle_of_a_letter_stays_utf8(tmp_path: Path) -> None:
    reading = read_one(tmp_path, ("“Harga turun” di kafé. " * 3 + "“").encode()[:-1])
    assert reading.sources[0].text == "“Harga turun” di kafé. " * 3 + "\ufffd"
    assert "has bytes that are not utf-8" in list_problems(reading, tmp_path)[0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t\xef\xbb\xbf", "is blank"),
        (b"\xef\xbb\xbf\xe2\x80\x8b\n", "is blank"),
        (b"GIF89a\0\0\x01", "is binary, not text (it holds NUL bytes)"),
        (bytes(range(1, 32)) * 9, "is binary, not text (it holds control characters)"),
    ],
)
def test_a_file_that_is_no_text_is_left_out(tmp_path: Path, data: bytes, reason: str) -> None:
    reading = read_one(tmp_path, data)
    assert reading.sources == ()
    assert list_problems(reading, tmp_path) == [
        f"a.txt: warning: {reason}. It was left out: put the article's text in it, or remove it."
    ]


def test_a_file_over_the_limit_is_left_out_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(SIZE_LIMIT + 1)
    problems = list_problems(read_sources(tmp_path), tmp_path)
    assert [p.partition(". ")[0] for p in problems] == ["a.txt: warning: is over 20 MB, too large for an article"]


def test_front_matter_without_a_text_is_left_out(tmp_path: Path) -> None:
    reading = read_one(tmp_path, b"---\ntitle: Pasar\n---\n\n", "a.md")
    assert reading.sources == ()
    assert list_problems(reading, tmp_path)[0].startswith("a.md: warning: has no text below its front matter.")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "---\ntitle: Pasar\nwithdrawn: {date: 2019-05-01, reason: Keliru.}\n---\n"),
        ("a.jsonl", '{"title": "Pasar", "withdrawn": {"date": "2019-05-01", "reason": "Keliru."}, "body": []}\n'),
    ],
)
def test_a_withdrawn_story_needs_no_text(tmp_path: Path, name: str, text: str) -> None:
    reading = read_one(tmp_path, text.encode(), name)
    assert reading.diagnostics == ()
    story, problems = read_story(reading.sources[0], World())
    assert story is not None
    assert (story.title, story.body, problems) == ("Pasar", (), ())


def test_lines_without_a_text_are_left_out_one_by_one(tmp_path: Path) -> None:
    reading = read_one(tmp_path, b'{"text": " "}\n{"text": "Isi.\\u0000\\ud800"}\n', "a.jsonl")
    assert [s.text for s in reading.sources] == ["Isi.\ufffd"]
    assert list_problems(reading, tmp_path)[0].startswith("a.jsonl:1: warning: this line has no text.")


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "secret.txt").write_text("Rahasia.", encoding="utf-8")
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text("Isi.", encoding="utf-8")
    (seeds / "inner.txt").symlink_to(seeds / "a.txt")
    (seeds / "outer.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (seeds / "nothing.txt").symlink_to(tmp_path / "missing.txt")
    (seeds / "folder").symlink_to(tmp_path / "out")
    (seeds / "loop").symlink_to(seeds)
    reading = read_sources(seeds)
    assert [s.file for s in reading.sources] == ["a.txt", "inner.txt"]
    assert [p.partition(";")[0] for p in list_problems(reading, seeds)] == [
        "folder: warning: is a link to a folder",
        "loop: warning: is a link to a folder",
        "nothing.txt: warning: is not a file, or a link to nothing",
        "outer.txt: warning: is a link that leads out of the seeds folder",
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_pipe_and_a_name_that_is_no_unicode(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/x\xff\n.txt")).write_text("Isi.", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    reading = read_sources(tmp_path)
    assert [s.file for s in reading.sources] == ["x\\xff\\x0a.txt"]
    assert list_problems(reading, tmp_path)[0].startswith("pipe.txt: warning: is not a file")


def test_no_two_names_are_shown_alike() -> None:
    names = ["a\n", "a\\x0a", "a\\x5cx0a", "a\udc80", "a\x80", "a\\x80", "a\\u0080", "a\u2028", "a\\u2028", "a\\", "a\\b"]
    assert len({show_name(name) for name in names}) == len(names)
    assert all(show_name(name).isprintable() for name in names)
    assert show_name("a\\b") == "a\\b"


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")),
        st.text(max_size=100).map(lambda t: f"---\n{t}\n---\nIsi.".encode("utf-8", "surrogatepass")),
        st.text(alphabet="[]{}:,&*!|>-'\"#%@`? \n\tax~1", max_size=200).map(lambda t: f"---\n{t}\n---\nIsi.".encode()),
    )
)
def test_any_bytes_are_an_article_or_a_problem(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("a.txt", "b.md", "c.jsonl", "d.yaml", "d.txt", "authority.txt"):
            (folder / file).write_bytes(data)
        reading = read_sources(folder)
        for source in reading.sources:
            assert source.text.strip()
            assert not set(source.text) & set("\0\r\x1b\x85\u2028\ud800\ufffe")
        named = {s.file for s in reading.sources} | {d.path.rpartition("/")[2] for d in reading.diagnostics}
        assert {"a.txt", "b.md", "d.txt"} <= named


KEYS = [
    *("text", "body", "title", "slug", "date", "date_candidates", "url", "authors", "people", "places", "events", "dates"),
    *("quotes", "figures", "captions", "source", "corrections", "withdrawn", "redirect_from", "schema", "summary", "lang"),
    *("id", "name", "mentions", "paragraph", "start", "end", "value", "speaker", "aliases", "lines", "cut"),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=9), inner, max_size=3),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8))
def test_any_values_are_understood_or_refused(row: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.jsonl").write_text(json.dumps({"text": "Isi.", **row}), encoding="utf-8")
        reading = read_sources(folder)
        assert reading.sources or reading.diagnostics


def test_deeply_nested_lines_and_headers_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Isi.", "people": ' + "[" * 100_000 + "\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("---\npeople: " + "[" * 100_000 + "\n---\nIsi.\n", encoding="utf-8")
    (tmp_path / "c.md").write_text("---\n" + "- " * 100_000 + "x\n---\nIsi.\n", encoding="utf-8")
    problems = list_problems(read_sources(tmp_path), tmp_path)
    assert [p.partition(": ")[0] for p in problems] == ["a.jsonl:1", "b.md:2", "c.md:2"]


def test_one_source_is_found_as_it_is_listed(tmp_path: Path) -> None:
    names = ("a.txt", "b.md", "dalam/c.HTML", "d.jsonl", "e.txt", "e.md", "a.yaml", "dalam/c.yaml", "catatan.pdf", "f\x07.txt")
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Teks.")
    exists = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}.__contains__
    listed = {seed.file: seed for seed in list_sources(tmp_path).files}
    found = {name: find_source(tmp_path, name, exists) for name in names}
    sure = {name: seed for name, seed in found.items() if seed is not None}
    assert sure == {name: listed[name] for name in ("a.txt", "b.md", "dalam/c.HTML", "d.jsonl")}
