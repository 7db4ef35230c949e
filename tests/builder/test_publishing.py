"""Publishing: old site or new site, whole; files of others kept."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sitelib import check_manifest, list_leftovers, read_tree

from alibaba_news.builder import exchange
from alibaba_news.builder.publish import Published, open_site, publish
from alibaba_news.builder.staging import find_spare
from alibaba_news.diagnostics import InputError

OLD = {"index.html": b"old", "stories/a/index.html": b"a", "stories/b/index.html": b"b"}
NEW = {"index.html": b"new", "stories/a/index.html": b"a", "people/c/index.html": b"c"}


def refuse_link(*_: object, **__: object) -> None:
    raise OSError(errno.EPERM, "no links here")


def put(output: Path, files: dict[str, bytes]) -> Published:
    with open_site(output, lambda: None):
        return publish(output, list(files), files.items())


def our_files(output: Path) -> dict[str, bytes]:
    return {path: data for path, data in read_tree(output).items() if path != "manifest-sha256.txt"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    put(tmp_path / "site", OLD)
    return tmp_path / "site"


def test_a_first_site_is_whole_and_listed(tmp_path: Path) -> None:
    done = put(tmp_path / "deep" / "site", OLD)
    assert our_files(tmp_path / "deep" / "site") == OLD
    assert (done.written, done.unchanged, done.removed, done.replaced) == (3, 0, 0, True)
    check_manifest(tmp_path / "deep" / "site")
    assert list_leftovers(tmp_path / "deep" / "site") == []


def test_an_empty_folder_takes_a_site_and_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir(mode=0o750)
    put(tmp_path / "site", OLD)
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o750
    put(tmp_path / "site", NEW)
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o750


def test_the_new_site_takes_the_place_of_the_old(site: Path) -> None:
    done = put(site, NEW)
    assert our_files(site) == NEW
    assert (done.written, done.unchanged, done.removed) == (2, 1, 1)
    check_manifest(site)
    assert list_leftovers(site) == []


def test_the_site_before_is_kept_and_becomes_the_next_one(site: Path) -> None:
    put(site, NEW)
    kept = find_spare(site)
    assert our_files(kept) == OLD
    number = kept.stat().st_ino
    put(site, OLD | {"people/c/index.html": b"c"})
    assert site.stat().st_ino == number
    assert our_files(site) == OLD | {"people/c/index.html": b"c"}
    assert our_files(find_spare(site)) == NEW
    check_manifest(site)


def test_nothing_in_the_kept_site_is_trusted(site: Path) -> None:
    put(site, NEW)
    kept = find_spare(site)
    (kept / "stories/a/index.html").unlink()
    (kept / "stories/a/index.html").write_bytes(b"spoilt")
    (kept / "people").write_bytes(b"a file where a folder must stand")
    (kept / "index.html").unlink()
    (kept / "index.html").mkdir()
    (kept / "index.html/more").write_bytes(b"more")
    (kept / "deep/er").mkdir(parents=True)
    (kept / "deep/er/link").symlink_to("/nowhere")
    newest = NEW | {"index.html": b"newest"}
    put(site, newest)
    assert our_files(site) == newest
    check_manifest(site)
    assert not (site / "deep").exists()


def test_what_is_written_never_reaches_the_site_that_stands(site: Path) -> None:
    """The kept site shares its files with the one that stands."""
    put(site, NEW)

    def files() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"newest"
        yield "stories/a/index.html", b"another"
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"), open_site(site, lambda: None):
        publish(site, ["index.html", "stories/a/index.html"], files())
    assert our_files(site) == NEW
    assert list_leftovers(site) == []


def test_a_killed_build_that_had_begun_on_the_kept_site_is_cleared_away(site: Path) -> None:
    put(site, NEW)
    unfinished = site.with_name(".site.alibaba-news-new-4711")
    find_spare(site).rename(unfinished)
    (unfinished / "manifest-sha256.txt").unlink()
    (unfinished / "half.html").write_bytes(b"ha")
    put(site, OLD)
    assert our_files(site) == OLD
    assert list_leftovers(site) == []


def test_what_somebody_adds_while_the_next_site_is_made_goes_along(site: Path) -> None:
    def files() -> Iterator[tuple[str, bytes]]:
        yield from NEW.items()
        (site / "stories/a/late.txt").write_bytes(b"late")
        (site / "CNAME").write_bytes(b"berita.example")

    with open_site(site, lambda: None):
        publish(site, list(NEW), files())
    assert our_files(site) == NEW | {"stories/a/late.txt": b"late", "CNAME": b"berita.example"}


@pytest.mark.parametrize("second_names", [True, False])
def test_what_somebody_saves_while_the_next_site_is_made_is_kept(
    site: Path, monkeypatch: pytest.MonkeyPatch, second_names: bool
) -> None:
    (site / "stories/a/notes.txt").write_bytes(b"first")
    if not second_names:
        monkeypatch.setattr(os, "link", refuse_link)

    def files() -> Iterator[tuple[str, bytes]]:
        yield from NEW.items()
        (site / "stories/a/.notes").write_bytes(b"second")  # as editors save
        (site / "stories/a/.notes").replace(site / "stories/a/notes.txt")

    with open_site(site, lambda: None):
        publish(site, list(NEW), files())
    assert our_files(site)["stories/a/notes.txt"] == b"second"


def test_a_file_may_come_in_parts(site: Path) -> None:
    def put_parts(newest: bytes, other: bytes = b"b") -> Published:
        files = {"index.html": iter((b"in ", newest)), "stories/a/index.html": b"a", "stories/b/index.html": other}
        with open_site(site, lambda: None):
            return publish(site, list(OLD), files.items())

    assert put_parts(b"parts").written == 1
    assert our_files(site) == OLD | {"index.html": b"in parts"}
    before = (site / "index.html").stat()
    done = put_parts(b"parts")
    assert (done.written, done.replaced) == (0, False)
    assert (site / "index.html").stat().st_ino == before.st_ino
    done = put_parts(b"parts", b"another")
    assert (done.written, done.files["index.html"][0][2]) == (1, before.st_ino)
    assert (site / "index.html").stat().st_ino == before.st_ino
    assert find_spare(site).is_dir()
    check_manifest(site)


def test_a_site_whose_folder_was_removed_is_made_anew(site: Path) -> None:
    put(site, NEW)
    shutil.rmtree(site)
    put(site, NEW)
    assert our_files(site) == NEW
    assert not find_spare(site).exists()


def test_an_unchanged_site_is_not_touched(site: Path) -> None:
    before = site.stat()
    done = put(site, OLD)
    assert (done.written, done.unchanged, done.removed, done.replaced) == (0, 3, 0, False)
    assert (site.stat().st_ino, site.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_an_unchanged_file_keeps_its_time_stamp(site: Path) -> None:
    os.utime(site / "stories/a/index.html", ns=(1, 1))
    put(site, NEW)
    assert (site / "stories/a/index.html").stat().st_mtime_ns == 1


@pytest.mark.parametrize("two_renames", [False, True])
def test_files_of_others_go_along_and_are_named(site: Path, monkeypatch: pytest.MonkeyPatch, two_renames: bool) -> None:
    if two_renames:
        monkeypatch.setattr(exchange, "_find_swap", lambda: None)
    (site / "CNAME").write_bytes(b"berita.example\n")
    (site / ".git/refs").mkdir(parents=True)
    (site / ".git/HEAD").write_bytes(b"ref")
    (site / "stories/a/note.txt").write_bytes(b"mine")
    (site / "link").symlink_to("/nowhere")
    (site / "empty").mkdir()
    done = put(site, NEW)
    others = {"CNAME": b"berita.example\n", ".git/HEAD": b"ref", "stories/a/note.txt": b"mine", "link": b"/nowhere"}
    assert our_files(site) == NEW | others
    assert (site / "empty").is_dir()
    assert (site / ".git/refs").is_dir()
    assert done.carried == (".git/", "CNAME", "empty/", "link", "stories/a/note.txt")
    assert list_leftovers(site) == []


def test_files_of_others_are_copied_where_there_are_no_second_names(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", refuse_link)
    (site / "CNAME").write_bytes(b"berita.example\n")
    put(site, NEW)
    assert our_files(site) == NEW | {"CNAME": b"berita.example\n"}


def test_a_file_of_others_on_a_wanted_address_is_an_error(site: Path) -> None:
    (site / "people").write_bytes(b"a file where a folder must stand")
    before = read_tree(site)
    with pytest.raises(InputError, match=r"site/people: the new site wants the address people/c/index\.html"):
        put(site, NEW)
    assert read_tree(site) == before
    (site / "people").unlink()
    (site / "People/C").mkdir(parents=True)
    (site / "People/C/INDEX.html").write_bytes(b"the same address where letter case does not count")
    with pytest.raises(InputError, match=r"wants the address people/c/index\.html"):
        put(site, NEW)


def test_a_folder_of_others_on_a_files_address_is_an_error(site: Path) -> None:
    (site / "index.html").unlink()
    (site / "index.html").mkdir()
    with pytest.raises(InputError, match=r"wants the address index\.html"):
        put(site, NEW)


def test_a_folder_full_of_others_files_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/thesis.doc").write_bytes(b"years of work")
    with pytest.raises(InputError, match="files that this program has not written"):
        put(tmp_path / "site", NEW)
    assert read_tree(tmp_path) == {"site/thesis.doc": b"years of work"}


@pytest.mark.parametrize("damage", [b"", b"half a line", b"some notes\n"])
def test_a_damaged_list_is_an_error_unless_it_lists_nothing(site: Path, damage: bytes) -> None:
    (site / "manifest-sha256.txt").write_bytes(damage)
    before = read_tree(site)
    with pytest.raises(InputError, match=r"manifest-sha256|wants the address"):
        put(site, NEW)
    assert read_tree(site) == before


def test_an_edited_file_is_overwritten_and_named(site: Path) -> None:
    (site / "index.html").write_bytes(b"edited by hand")
    (site / "stories/b/index.html").write_bytes(b"edited by hand")
    done = put(site, NEW)
    assert done.edited == ("index.html", "stories/b/index.html")
    assert our_files(site) == NEW


def test_a_missing_file_comes_back(site: Path) -> None:
    (site / "stories/a/index.html").unlink()
    assert put(site, OLD).written == 1
    assert our_files(site) == OLD


@pytest.mark.parametrize(
    "problem", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt(), ValueError("a bug")]
)
def test_a_failure_in_mid_writing_leaves_the_old_site(site: Path, problem: BaseException) -> None:
    before = read_tree(site)

    def files() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"new"
        raise problem

    with pytest.raises((InputError, KeyboardInterrupt, ValueError)) as caught, open_site(site, lambda: None):
        publish(site, ["index.html", "x.html"], files())
    if isinstance(problem, OSError):
        assert "no space left on device" in str(caught.value)
        assert "Free some space" in str(caught.value)
    assert read_tree(site) == before
    assert list_leftovers(site) == []


def test_an_output_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="the site cannot be written: not a directory"):
        put(tmp_path / "file" / "site", NEW)


def test_what_a_killed_build_left_is_cleared_away(site: Path) -> None:
    unfinished, old = (site.with_name(f".site.alibaba-news-new-{number}") for number in (4711, 4712))
    (unfinished / "stories").mkdir(parents=True)
    (unfinished / "stories/half.html").write_bytes(b"ha")
    shutil.copytree(site, old)
    (old / "CNAME").write_bytes(b"came at the last moment")
    put(site, NEW)
    assert our_files(site) == NEW | {"CNAME": b"came at the last moment"}
    assert list_leftovers(site) == []


@pytest.mark.parametrize("name", ["new-2024", "old-2024", "alibaba-news-new-mine"])
def test_somebodys_own_folder_beside_the_site_stays(site: Path, name: str) -> None:
    own = site.with_name(f".site.{name}")
    shutil.copytree(site, own)
    (own / "manifest-sha256.txt").unlink()
    put(site, NEW)
    shutil.rmtree(site)
    put(site, NEW)
    assert our_files(site) == NEW
    assert read_tree(own) == OLD


def test_a_file_that_differs_from_the_published_one_is_never_cleared_away(site: Path) -> None:
    old = site.with_name(".site.alibaba-news-new-4712")
    shutil.copytree(site, old)
    (old / "notes.txt").write_bytes(b"one")
    (site / "notes.txt").write_bytes(b"two")
    put(site, NEW)
    assert read_tree(old)["notes.txt"] == b"one"
    assert (site / "notes.txt").read_bytes() == b"two"


def test_an_exchange_that_was_cut_off_between_its_renames_is_undone(site: Path) -> None:
    before = read_tree(site)
    site.rename(site.with_name(".site.alibaba-news-old-4711"))
    with pytest.raises(RuntimeError), open_site(site, lambda: None):
        raise RuntimeError
    assert read_tree(site) == before


def test_folders_made_for_a_build_that_failed_are_gone_again(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), open_site(tmp_path / "a/b/site", lambda: None):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_second_build_waits_for_the_first(site: Path) -> None:
    waited, order = threading.Event(), []

    def second() -> None:
        with open_site(site, waited.set):
            order.append("second")

    with open_site(site, lambda: None):
        thread = threading.Thread(target=second)
        thread.start()
        assert waited.wait(30)
        order.append("first")
    thread.join(30)
    assert order == ["first", "second"]
    assert list_leftovers(site) == []


def test_the_lock_of_a_killed_build_holds_nobody_up(site: Path) -> None:
    code = "import os, sys, pathlib; from alibaba_news.builder.publish import open_site\n"
    code += "with open_site(pathlib.Path(sys.argv[1]), lambda: None): os._exit(9)"
    assert subprocess.run([sys.executable, "-c", code, str(site)], check=False).returncode == 9
    with open_site(site, lambda: pytest.fail("it waited for a build that is dead")):
        pass


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="two renames are all there is")
def test_the_exchange_leaves_no_moment_without_a_site(site: Path) -> None:
    stop, missing = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            if not (site / "index.html").exists():
                missing.append(True)

    thread = threading.Thread(target=read)
    thread.start()
    for number in range(50):
        put(site, NEW | {"index.html": str(number).encode()})
    stop.set()
    thread.join()
    assert not missing
