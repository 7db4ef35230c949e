"""What is being done in, a bar on a terminal or plain lines in a log out; problems and messages of the program beside it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable
from typing import TextIO

from alibaba_news.diagnostics import Diagnostic

_REDRAW_SECONDS = 0.1
_LINE_SECONDS = 5.0
_TENTH_SECONDS = 1.0  # a tenth of the work is worth a line only where it took this long
_BAR = 24
# Article text may hold terminal control sequences; a message never acts on the terminal.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if code != 10}


def clean_controls(text: str) -> str:
    """The text with control characters as escapes."""
    return text.translate(_CONTROLS)


def flush_or_drop(stream: TextIO) -> OSError | None:
    """Have what was printed written; gives why it could not be. Nobody hears of what the stream still holds then."""
    try:
        stream.flush()
    except OSError as error:
        with contextlib.suppress(OSError, ValueError):  # else Python would try again at the exit, and complain
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return error
    return None


class Screen:
    """Standard error: a bar on a terminal, plain lines in a log, no progress where quiet; problems always.

    ``clock`` gives seconds from any beginning. ``stages`` are what was being done, with the seconds each took.
    """

    def __init__(self, clock: Callable[[], float], *, quiet: bool, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._clock, self._quiet = clock, quiet
        self._bar = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._color = self._bar and not os.environ.get("NO_COLOR")
        self._stage = ""
        self._started = self._shown = clock()
        self._tenth = self._width = self._first = 0
        self.stages: dict[str, float] = {}

    def show_progress(self, stage: str, done: int, total: int) -> None:
        """``stage`` is at work, ``done`` of ``total`` (0: not known)."""
        now = self._clock()
        if stage != self._stage:
            self._begin(stage, done, total, now)
        if self._quiet:
            return
        tenth = 10 * done // total if total else 0
        if self._bar:
            if done == total or now - self._shown > _REDRAW_SECONDS:
                self._shown = now
                self._draw(stage, done, total)
        elif now - self._shown > (_TENTH_SECONDS if tenth > self._tenth else _LINE_SECONDS) and done < total:
            self._shown, self._tenth = now, tenth
            self._write(f"{stage} {done} of {total}{self._time_left(done, total)}\n")

    def end_progress(self) -> None:
        """What was being done is over; the bar, if there is one, makes room for what follows."""
        if self._stage:
            self.stages[self._stage] = self.stages.get(self._stage, 0.0) + self._clock() - self._started
        self._stage = ""
        if self._width:
            self._write("\r" + " " * self._width + "\r")
        self._width = 0

    def _begin(self, stage: str, done: int, total: int, now: float) -> None:
        self.end_progress()
        self._stage, self._started, self._first, self._tenth = stage, now, done, 0
        self._shown = now - (1.0 if self._bar else 0.0)
        if not self._bar and not self._quiet:
            self._write(f"{stage} {total or ''}".rstrip() + "\n")

    def show_problems(self, diagnostics: Iterable[Diagnostic]) -> None:
        """One a line, on a terminal in colour."""
        self.end_progress()
        for diagnostic in diagnostics:
            text = clean_controls(str(diagnostic))
            if self._color:
                text = f"\x1b[{31 if diagnostic.severity == 'error' else 33}m{text}\x1b[0m"
            self._write(f"{text}\n")

    def show_text(self, text: str) -> None:
        """A message of the program itself."""
        self.end_progress()
        self._write(f"{clean_controls(text)}\n")

    def _draw(self, stage: str, done: int, total: int) -> None:
        filled = _BAR * done // total if total else 0
        bar = f"{stage} [{'#' * filled}{'.' * (_BAR - filled)}] {done}/{total}{self._time_left(done, total)}"
        line = (bar if total else stage)[: self._columns() - 1]  # one that wraps could not be taken back
        self._write("\r" + line.ljust(self._width))
        self._width = max(self._width, len(line))

    def _columns(self) -> int:
        try:
            return os.get_terminal_size(self._stream.fileno()).columns or 80
        except (OSError, ValueError):
            return 80

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # whoever reads it has gone: no reason to stop the work
            self._stream.write(text)
            flush_or_drop(self._stream)

    def _time_left(self, done: int, total: int) -> str:
        """As long as it will take at the pace since the stage was first heard of."""
        seconds = self._clock() - self._started
        if seconds < 2 or not self._first < done < total:
            return ""
        left = seconds / (done - self._first) * (total - done)
        return f", about {left / 60:.0f} min left" if left >= 120 else f", about {left:.0f} s left"
