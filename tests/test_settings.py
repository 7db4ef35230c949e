"""site.yaml: what it may say, and how its mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from alibaba_news.diagnostics import UsageError
from alibaba_news.settings import Settings, list_folders, read_base_url, read_settings


def write(folder: Path, text: str) -> Path:
    path = folder / "site.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_has_a_default() -> None:
    settings = read_settings(None)
    assert (settings.title, settings.language, settings.base_url, settings.page_size) == ("Arsip Berita", "id", None, 100)


def test_the_title_follows_the_language(tmp_path: Path) -> None:
    assert read_settings(write(tmp_path, "language: en\n")).title == "News Archive"
    assert read_settings(write(tmp_path, "")) == Settings()


def test_every_key_is_read(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    path = write(
        tmp_path,
        "title: Arsip: Contoh\ndescription: Uji\nlanguage: id\nbase_url: https://contoh.id/arsip\nfull_text: false\n"
        "noindex: true\ntemplates: own\nstatic: ./own\npage_size: 20\nfeed_size: 5\nsqlite: true\n".replace(
            "Arsip: Contoh", "'Arsip: Contoh'"
        ),
    )
    assert read_settings(path) == Settings(
        title="Arsip: Contoh",
        description="Uji",
        language="id",
        base_url="https://contoh.id/arsip/",
        full_text=False,
        noindex=True,
        templates=tmp_path / "own",
        static=tmp_path / "own",
        page_size=20,
        feed_size=5,
        sqlite=True,
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("titel: X\n", "1: titel: unknown key. Did you mean 'title'?"),
        ("title: X\nlanguage: indonesia\n", "2: language: must be id or en, not 'indonesia'. Write one of them."),
        ("noindex: yes\n", "1: noindex: must be true or false, not 'yes'. Write one of them."),
        ("page_size: banyak\n", "1: page_size: must be a whole number, not 'banyak'."),
        ("page_size: 0\n", "1: page_size: must be between 1 and 10000, not 0."),
        ("base_url: contoh.id\n", "1: base_url: 'contoh.id' is not an http or https address."),
        ("base_url: https://contoh.id/?a\n", "1: base_url: 'https://contoh.id/?a' has a ? or # in it."),
        ("templates: missing\n", "1: templates: there is no folder "),
        ("title: [a\n", "2: this is not valid YAML: "),
        ("- title\n", "1: must be keys and values."),
        ("title:\n- a\n", "2: title: must be text, not a list."),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UsageError) as raised:
        read_settings(path)
    assert str(raised.value).startswith(f"{path}:{problem}")


def test_the_folders_are_told_whatever_else_is_wrong(tmp_path: Path) -> None:
    path = write(tmp_path, "titel: X\nstatic: missing\ntemplates: own\nfeed_size: 0\n")
    assert list_folders(path) == (tmp_path / "own", tmp_path / "missing")
    for text in ("", "templates: [own]\n", "- a\n", "title: [a\n"):
        assert list_folders(write(tmp_path, text)) == ()
    path.write_bytes(b"templates: \xe9\n")
    assert list_folders(path) == list_folders(tmp_path / "missing.yaml") == ()


def test_all_mistakes_are_named_together(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        read_settings(write(tmp_path, "titel: X\nlanguage: x\nfeed_size: 0\n"))
    assert len(str(raised.value).splitlines()) == 3


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"missing\.yaml: cannot be read"):
        read_settings(tmp_path / "missing.yaml")
    (tmp_path / "site.yaml").write_bytes(b"title: Caf\xe9")
    with pytest.raises(UsageError, match="is not UTF-8 text"):
        read_settings(tmp_path / "site.yaml")


def test_a_base_url_of_the_command_line() -> None:
    assert read_base_url("http://contoh.id:8000//") == "http://contoh.id:8000/"
    with pytest.raises(UsageError, match=r"base_url: 'ftp://contoh\.id'"):
        read_base_url("ftp://contoh.id")


def test_the_settings_of_this_repository_are_sound() -> None:
    assert read_settings(Path(__file__).parents[1] / "site.yaml").language == "id"
