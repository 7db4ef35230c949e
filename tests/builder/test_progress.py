"""What is shown of long work, on a screen whose clock the test turns, and what is said of where the time went."""

from __future__ import annotations

import io

import pytest
from msgspec import Struct

from alibaba_news.builder.profile import format_profile
from alibaba_news.builder.progress import Screen
from alibaba_news.diagnostics import Diagnostic


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def work(screen: Screen, clock: Clock, stage: str, total: int, seconds_each: float) -> None:
    for done in range(1, total + 1):
        clock.now += seconds_each
        screen.show_progress(stage, done, total)


def test_a_log_has_a_line_now_and_then_with_counts_and_time_left() -> None:
    stream, clock = io.StringIO(), Clock()
    screen = Screen(clock, quiet=False, stream=stream)
    work(screen, clock, "reading", 1000, 0.03)
    lines = stream.getvalue().splitlines()
    assert lines[0] == "reading 1000"
    assert lines[1] == "reading 100 of 1000, about 27 s left"
    assert lines[-1] == "reading 900 of 1000, about 3 s left"
    assert len(lines) == 10
    assert "\r" not in stream.getvalue()


def test_short_work_is_one_line_and_slow_work_one_every_few_seconds() -> None:
    stream, clock = io.StringIO(), Clock()
    screen = Screen(clock, quiet=False, stream=stream)
    work(screen, clock, "reading", 100, 0.001)
    screen.show_progress("resolving", 0, 100)
    work(screen, clock, "rendering", 4, 1000)
    assert stream.getvalue().splitlines() == [
        "reading 100",
        "resolving 100",
        "rendering 4",
        "rendering 2 of 4, about 33 min left",
        "rendering 3 of 4, about 17 min left",
    ]


def test_a_terminal_has_one_bar_that_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream, clock = Terminal(), Clock()
    screen = Screen(clock, quiet=False, stream=stream)
    work(screen, clock, "rendering", 100, 0.5)
    assert "\rrendering [############............] 50/100, about 25 s left" in stream.getvalue()
    assert "\n" not in stream.getvalue()
    assert all(len(line) < 80 for line in stream.getvalue().split("\r"))
    screen.show_text("done")
    assert stream.getvalue().endswith(" \rdone\n")


@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_are_for_who_wants_them(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    seen = []
    for _ in range(2):
        stream = Terminal()
        Screen(Clock(), quiet=False, stream=stream).show_problems([Diagnostic(path="a", message="b\x1b[2J.")])
        seen.append(stream.getvalue())
        monkeypatch.setenv(variable, value)
    assert seen[0].startswith("\x1b[31m")
    assert "\x1b" not in seen[1]
    assert all("\\x1b[2J" in text for text in seen)


def test_quiet_shows_no_progress_and_still_knows_the_stages() -> None:
    stream, clock = io.StringIO(), Clock()
    screen = Screen(clock, quiet=True, stream=stream)
    work(screen, clock, "reading", 10, 1)
    clock.now += 1
    work(screen, clock, "rendering", 3, 2)
    screen.end_progress()
    assert stream.getvalue() == ""
    assert screen.stages == {"reading": 12.0, "rendering": 4.0}


class Page(Struct, frozen=True):
    path: str
    kind: str


def test_a_profile_names_the_slowest() -> None:
    taken = [(Page(f"stories/{n:02}/index.html", "story"), n / 100) for n in range(20)] + [(Page("index.html", "home"), 5.0)]
    lines = list(format_profile({"reading": 1.0, "rendering": 7.0}, 10.0, taken))
    assert lines[:4] == [
        "Where the time went:",
        "      7.00 s   70 %  rendering",
        "      1.00 s   10 %  reading",
        "      2.00 s   20 %  anything else",
    ]
    assert lines[5:7] == ["      5.00 s  1 of home, 5000.0 ms each", "      1.90 s  20 of story, 95.0 ms each"]
    assert lines[8] == "      5.00 s  index.html"
    assert lines[9] == "      0.19 s  stories/19/index.html"
    assert len(lines) == 18


def test_a_profile_of_nothing_says_so_much() -> None:
    assert list(format_profile({}, 0.0, [])) == ["Where the time went:", "      0.00 s    0 %  anything else"]
