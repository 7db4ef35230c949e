"""The command line: arguments, exit codes, what goes to which stream."""

from __future__ import annotations

import errno
import os
import pty
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sitelib import check_manifest, list_leftovers, read_tree, run, run_alone, start, write_stories, write_story

from alibaba_news import __version__
from alibaba_news.cli import main

ROOT = Path(__file__).parents[1]
CONSOLE_SCRIPT = "import sys; from alibaba_news.__main__ import start; sys.exit(start())"  # what pip makes of [project.scripts]


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one story in seeds/."""
    write_story(tmp_path / "seeds", "a.txt", "Pasar Malam Dibuka Kembali")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_command_it_builds(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    out, err = capfd.readouterr()
    counts, work_done, files, last = out.splitlines()[-4:]
    assert re.fullmatch(r"1 story, \d+ (person|people), \d+ events?, \d+ pages; 0 inputs left out", counts)
    assert work_done == f"1 read and inferred, 0 known; {len(read_tree(work / 'site')) - 1} rendered, 0 reused"
    assert files == f"{len(read_tree(work / 'site')) - 1} files written, 0 unchanged, 0 removed"
    assert re.fullmatch(r"\d+\.\d s\. Open site/index\.html", last)
    assert "rendering" in err
    assert "\r" not in err
    check_manifest(work / "site")


def test_an_unchanged_build_says_so(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["--quiet"])
    before = (work / "site").stat()
    capfd.readouterr()
    assert main(["build", "--clean", "--quiet"]) == 0
    out, _ = capfd.readouterr()
    assert f"0 files written, {len(read_tree(work / 'site')) - 1} unchanged, 0 removed" in out
    after = (work / "site").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--output", "out", "--quiet", "--jobs", "1"],
        ["--output", "out", "--quiet", "--jobs", "1", "build"],
        ["--output=out", "build", "--jobs=1", "--quiet"],
        ["--quiet", "--output", "out"],
    ],
)
def test_options_stand_before_or_after_the_command(work: Path, arguments: list[str]) -> None:
    assert main(arguments) == 0
    assert (work / "out/index.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bild"], "invalid choice: 'bild'"),
        (["--seed", "seeds"], "unknown option --seed. Did you mean --seeds?"),
        (["--frobnicate=1"], "unknown option --frobnicate\n"),
        (["--seeds"], "--seeds: expected one argument"),
        (["--jobs", "0"], "not a number of processes"),
        (["--jobs", "²"], "not a number of processes"),
        (["--jobs", "many"], "not a number of processes"),
        (["serve", "--port", "70000"], "not a port"),
        (["--port", "80"], "--port goes with the command serve"),
        (["build", "check"], "unrecognized arguments: check"),
        (["--seeds", "a\0b"], "NUL"),
    ],
)
def test_a_wrong_command_line_is_exit_2(
    work: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert words in capfd.readouterr().err
    assert not (work / "site").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--seeds", "none"], "none: there is no such seeds folder."),
        (["check", "--seeds", "none"], "none: there is no such seeds folder."),
        (["review", "--seeds", "none"], "none: there is no such seeds folder."),
        (["serve", "--config", "none.yaml"], "none.yaml: "),
        (["serve", "--seeds", "none"], "none: there is no such seeds folder."),
        (["--config", "none.yaml"], "none.yaml: "),
        (["--base-url", "berita"], "base_url: 'berita' is not an http or https address"),
    ],
)
def test_a_wrong_config_or_folder_is_exit_2(
    work: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(arguments) == 2
    out, err = capfd.readouterr()
    assert err.startswith(words)
    assert out == ""
    assert not (work / "site").exists()


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("seeds", "the output folder is the seeds folder"),
        ("seeds/site", "the output folder lies inside the seeds folder"),
        ("seeds/../seeds/x/y", "the output folder lies inside the seeds folder"),
        ("link/site", "the output folder lies inside the seeds folder"),
        (".", "the seeds folder seeds lies inside the output folder"),
        ("file", "the output must be a folder, and this is a file"),
        ("file/site", "the site cannot be written: not a directory"),
        ("link", "the output folder is a symbolic link"),
        ("loop/site", "the site cannot be written: "),
        ("full", "the output folder holds files that this program has not written"),
        ("/", "the root of a disk cannot be the output folder"),
        ("n" * 300, "the site cannot be written: file name too long"),
    ],
)
def test_an_output_where_no_site_can_stand_is_exit_1(
    work: Path, capfd: pytest.CaptureFixture[str], output: str, words: str
) -> None:
    (work / "file").write_text("mine")
    (work / "full").mkdir()
    (work / "full/thesis.doc").write_text("mine")
    (work / "link").symlink_to("seeds")
    (work / "loop").symlink_to("loop")
    before = read_tree(work)
    assert main(["--output", output, "--quiet"]) == 1
    out, err = capfd.readouterr()
    assert words in err
    assert len(err.splitlines()) == 1
    assert out == ""
    assert read_tree(work) == before


def drop_privileges() -> None:
    """A superuser without the right to pass over permissions is stopped by them like anybody else."""
    if os.geteuid() == 0:
        import ctypes  # noqa: PLC0415 - in the child only

        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH (linux/capability.h)
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP (linux/prctl.h)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of folders are another matter there")
@pytest.mark.parametrize("closed", ["", "site"])
def test_folders_that_may_not_be_written_are_exit_1(work: Path, closed: str) -> None:
    assert main(["--quiet"]) == 0
    write_story(work / "seeds", "b.txt", "Jembatan Gantung Diresmikan")
    before = read_tree(work)
    (work / closed).chmod(0o555)
    try:
        done = run_alone("--quiet", cwd=work, before=drop_privileges)
    finally:
        (work / closed).chmod(0o755)
    assert done.returncode == 1
    assert "the site cannot be written: permission denied" in done.stderr
    assert read_tree(work) == before
    assert list_leftovers(work / "site") == []


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of this kind is a Unix matter")
def test_a_full_disk_is_exit_1_and_the_old_site_stands(work: Path) -> None:
    assert main(["--quiet"]) == 0
    write_story(work / "seeds", "b.txt", "Jembatan Gantung Diresmikan")
    before = read_tree(work)
    limit = (3000, 3000)
    done = run_alone("--quiet", "--jobs", 1, cwd=work, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
    assert done.returncode == 1
    assert "the site cannot be written: " + os.strerror(errno.EFBIG).lower() in done.stderr
    assert "Free some space" in done.stderr
    assert read_tree(work) == before
    assert list_leftovers(work / "site") == []


def test_an_interrupt_is_exit_130_and_the_old_site_stands(work: Path) -> None:
    assert main(["--quiet"]) == 0
    write_stories(work / "seeds/more", 150)
    before = read_tree(work)
    with start("--jobs", 2, cwd=work, start_new_session=True) as process:
        while "rendering" not in (line := process.stderr.readline()):
            assert line, "it ended"
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "still stands" in err
    assert "Traceback" not in err
    assert read_tree(work) == before
    assert list_leftovers(work / "site") == []


def test_an_interrupt_while_it_verifies_says_that_the_new_site_stands(work: Path) -> None:
    write_stories(work / "seeds/more", 150)
    with start("--verify", "--jobs", 2, cwd=work) as process:
        while "verifying" not in (line := process.stderr.readline()):
            assert line, "it ended"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert err.endswith("Interrupted. The new site stands, but has not been verified.\n")
    check_manifest(work / "site")


def test_check_builds_nothing(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = read_tree(work)
    assert main(["check"]) == 0
    assert capfd.readouterr().out == "1 story, 0 left out: nothing wrong.\n"
    (work / "seeds/a.yaml").write_text("titel: Pasar\n")
    assert main(["check"]) == 1
    out, err = capfd.readouterr()
    assert "seeds/a.yaml:1: titel: unknown key." in err
    assert out == ""
    (work / "seeds/a.yaml").unlink()
    assert read_tree(work) == before


def test_every_problem_is_printed_in_one_go(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (work / "seeds/a.yaml").write_text("date: 2018-02-30\nautors: [Budi]\n")
    (work / "seeds/authority").mkdir()
    (work / "seeds/authority/people.yaml").write_text("- nama: Budi\n")
    (work / "seeds/empty.txt").write_text("")
    assert main(["--quiet"]) == 1
    places = [line.split(": ")[0] for line in capfd.readouterr().err.splitlines()]
    assert places == sorted(places)
    assert {"seeds/a.yaml:1", "seeds/a.yaml:2", "seeds/authority/people.yaml:1", "seeds/empty.txt"} <= set(places)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("binary.txt", bytes(range(256)) * 40, "seeds/binary.txt: warning: "),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(500), "seeds/picture.txt: warning: "),
        ("large.txt", b"Pasar malam dibuka. " * 2_621_440, "seeds/large.txt: warning: is over 20 MB"),
        ("spaces.txt", b" \n" * 1000, "seeds/spaces.txt: warning: "),
    ],
)
def test_a_file_that_is_no_story_is_left_out(
    work: Path, capfd: pytest.CaptureFixture[str], name: str, data: bytes, words: str
) -> None:
    (work / "seeds" / name).write_bytes(data)
    assert main(["--quiet"]) == 0
    out, err = capfd.readouterr()
    assert words in err
    assert "1 story, " in out
    assert "1 input left out" in out
    assert main(["--quiet", "--strict"]) == 1
    assert words.replace("warning: ", "") in capfd.readouterr().err


def test_warnings_that_all_say_one_thing_do_not_hide_the_others(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for number in range(120):
        (work / f"seeds/empty-{number:03}.txt").write_text("")
    (work / "seeds/zz.txt").write_bytes(bytes(range(256)) * 40)
    for _ in range(2):  # a build that has nothing to do says it again
        assert main(["--quiet"]) == 0
        out, err = capfd.readouterr()
        lines = err.splitlines()
        assert "121 inputs left out" in out
        assert sum(line.startswith("seeds/empty-") for line in lines) == 100
        assert any("seeds/zz.txt: warning: " in line for line in lines)
        assert [line for line in lines if "20 more warnings" in line and line.startswith("seeds: warning: ")]
    assert main(["check", "--quiet"]) == 0
    assert sum("seeds/empty-" in line for line in capfd.readouterr().err.splitlines()) == 120


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_another_encoding_is_read_and_is_nobody_left_out(work: Path, encoding: str, capfd: pytest.CaptureFixture[str]) -> None:
    text = "Café Kota Dibuka\n\nKOTA CONTOH - Café di Kota Contoh dibuka kembali setelah dua tahun tutup, kata pemiliknya.\n"
    (work / "seeds/b.txt").write_bytes(text.encode(encoding))
    assert main(["--quiet", "--strict"]) == 0
    assert "2 stories, " in capfd.readouterr().out
    assert "Café Kota Dibuka" in (work / "site/stories/index.html").read_text(encoding="utf-8")


def test_nothing_acts_on_the_terminal(work: Path) -> None:
    (work / "seeds" / "a\x1b[31mb.txt").write_bytes(b"")
    (work / "seeds/c.yaml").write_text('"\\e]0;title\\a": 1\n')
    done = run("--quiet", cwd=work)
    assert done.returncode == 1
    assert "\x1b" not in done.stderr + done.stdout


def test_names_that_the_terminal_cannot_write_are_written_otherwise(work: Path) -> None:
    (work / "seeds/日本.txt").write_bytes(b"")
    done = run_alone("--quiet", cwd=work, env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "\\u65e5" in done.stderr


def test_progress_is_for_standard_error_and_quiet_is_quiet(work: Path) -> None:
    done = run_alone("--base-url", "https://berita.example/", cwd=work)
    assert "rendering" in done.stderr
    assert "rendering" not in done.stdout
    assert run("--base-url", "https://berita.example/", "--quiet", cwd=work).stderr == ""


@pytest.mark.parametrize("plain", [{}, {"NO_COLOR": "1"}])
def test_a_terminal_sees_a_bar_and_colours_only_where_wanted(work: Path, plain: dict[str, str]) -> None:
    (work / "seeds/empty.txt").write_bytes(b"")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "alibaba_news"],
        cwd=work,
        env={k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"} | plain,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    try:
        while piece := os.read(ours, 65536):
            seen += piece
    except OSError:  # how a terminal says that the other end is closed
        pass
    os.close(ours)
    assert process.wait(60) == 0
    assert b"rendering [####" in seen
    assert (b"\x1b[" in seen) == (not plain)


def test_a_reader_who_goes_away_is_no_error(work: Path) -> None:
    command = f"{sys.executable} -m alibaba_news review --quiet | true"
    done = subprocess.run(["bash", "-c", command], cwd=work, capture_output=True, text=True, check=True)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def build_in_shell(redirection: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The program with a standard stream closed, full or piped by a shell; its own exit code, not that of a pipe's reader."""
    command = f"set -o pipefail; {sys.executable} -m alibaba_news {' '.join(arguments)} {redirection}"
    done = subprocess.run(["bash", "-c", command], cwd=cwd, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    return done


NEEDS_FULL_DEVICE = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
ELSEWHERE = [
    pytest.param(">&-", id="closed output"),
    pytest.param("2>&-", id="closed errors"),
    pytest.param("<&- >&- 2>&-", id="all closed"),
    pytest.param("| head -c 0", id="reader gone"),
    pytest.param("2>/dev/full", id="full errors", marks=NEEDS_FULL_DEVICE),
]


@pytest.mark.parametrize("redirection", ELSEWHERE)
def test_a_build_that_nobody_hears_of_is_done_all_the_same(work: Path, redirection: str) -> None:
    done = build_in_shell(redirection, "--quiet", "--base-url", "https://berita.example/", cwd=work)
    assert (done.returncode, done.stderr) == (0, "")
    check_manifest(work / "site")


@NEEDS_FULL_DEVICE
@pytest.mark.parametrize("command", ["build", "check", "review"])
def test_results_that_a_full_device_refuses_are_exit_1_and_the_work_is_done(work: Path, command: str) -> None:
    done = build_in_shell(">/dev/full", command, "--quiet", "--base-url", "https://berita.example/", cwd=work)
    reason = os.strerror(errno.ENOSPC).lower()
    assert done.stderr == f"Everything was done, but its results could not be written to standard output: {reason}.\n"
    assert done.returncode == 1
    assert (work / "site/index.html").is_file() == (command == "build")


@pytest.mark.parametrize("redirection", ["2>&-", ">&-", ">&- 2>&-"])
@pytest.mark.parametrize(("arguments", "code"), [(["--seeds", "none"], 2), (["--seed", "none"], 2), (["--help"], 0)])
def test_exit_codes_are_the_same_where_nobody_listens(work: Path, redirection: str, arguments: list[str], code: int) -> None:
    assert build_in_shell(redirection, *arguments, cwd=work).returncode == code
    assert not (work / "site").exists()


@pytest.mark.parametrize("door", [["-m", "alibaba_news"], [str(ROOT / "build.py")], ["-c", CONSOLE_SCRIPT]])
@pytest.mark.parametrize("package", ["argparse", "yaml", "slugify", "jinja2"])
def test_an_interrupt_while_it_starts_is_exit_130(work: Path, door: list[str], package: str) -> None:
    (work / "first" / package).mkdir(parents=True)
    interrupt = "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(60)\n"
    (work / "first" / package / "__init__.py").write_text(interrupt)  # Ctrl-C at the moment this package is imported
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(work / "first"), str(ROOT / "src")])}
    done = subprocess.run([sys.executable, *door], cwd=work, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert done.stderr.splitlines()[-1] == "Interrupted. The site that stood before still stands."
    assert "Traceback" not in done.stderr
    assert not (work / "site").exists()


def test_help_needs_none_of_the_stages() -> None:
    code = "import sys, alibaba_news.cli; print(*(m for m in sys.modules if m.startswith('alibaba_news.')))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.removeprefix("alibaba_news.") for name in done.stdout.split()}
    assert loaded == {"cli", "options", "diagnostics", "builder", "builder.progress"}


def test_help_of_a_command_tells_of_its_own_options(capfd: pytest.CaptureFixture[str]) -> None:
    told: dict[str, set[str]] = {}
    for command in ("build", "serve", "check", "review"):
        with pytest.raises(SystemExit) as caught:
            main([command, "--help"])
        assert caught.value.code == 0
        told[command] = set(re.findall(r"^  (--[a-z-]+)", capfd.readouterr().out, re.MULTILINE))
    assert "--port" in told["serve"] - told["build"] - told["check"]
    assert "--verify" in told["build"] - told["serve"] - told["review"]
    assert "--output" in (told["build"] & told["serve"]) - told["check"]
    assert "--seeds" in told["build"] & told["serve"] & told["check"] & told["review"]


@pytest.mark.parametrize(
    "arguments", [["serve", "--verify"], ["review", "--port", "1"], ["serve", "--profile"], ["serve", "--executor", "dask://x"]]
)
def test_an_option_that_means_nothing_to_a_command_is_exit_2(
    work: Path, capfd: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert f"{arguments[1]} goes with the command" in capfd.readouterr().err


def test_verify_finds_a_byte_that_a_build_from_nothing_would_not_make(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--quiet", "--verify"]) == 0
    capfd.readouterr()
    page = work / "site/about/index.html"
    status = page.stat()
    data = page.read_bytes()
    page.write_bytes(data[:-3] + b"!" + data[-2:])
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))  # looks as if nothing had happened
    assert main(["--quiet", "--verify"]) == 1
    err = capfd.readouterr().err
    assert "site/about/index.html: differs at byte " in err
    assert "Traceback" not in err


def test_a_profile_names_steps_kinds_and_files(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_stories(work / "seeds/more", 70)
    assert main(["--profile", "--quiet", "--jobs", "2"]) == 0
    out, _ = capfd.readouterr()
    assert out.startswith("Where the time went:\n")
    assert re.search(r"^ +\d+\.\d\d s +\d+ %  rendering$", out, re.MULTILINE)
    assert re.search(r"^ +\d+\.\d\d s  \d+ of story, \d+\.\d ms each$", out, re.MULTILINE)
    assert re.search(r"^ +\d+\.\d\d s  \d+ of txt, ", out, re.MULTILINE)
    assert "\nThe slowest:\n" in out
    assert main(["check", "--profile", "--quiet"]) == 0
    assert "Where the time went:" in capfd.readouterr().err


def test_files_of_others_are_named_in_the_summary(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["--quiet"])
    (work / "site/CNAME").write_text("berita.example")
    (work / "site/index.html").write_text("edited")
    capfd.readouterr()
    assert main(["--quiet"]) == 0
    out, err = capfd.readouterr()
    assert "kept as they are: CNAME." in out
    assert "site/index.html: warning: this file of the program had been edited by hand" in err


@pytest.mark.parametrize("command", [["-m", "alibaba_news"], [str(ROOT / "build.py")]])
def test_every_door_leads_to_the_same_program(work: Path, command: list[str]) -> None:
    done = subprocess.run([sys.executable, *command, "--version"], cwd=work, capture_output=True, text=True, check=True)
    assert done.stdout == f"alibaba-news {__version__}\n"
