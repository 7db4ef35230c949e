"""Problems as values: gathered where they are found, sorted and printed together at the end, never thrown one by one."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning"]
_MOST_ALIKE = 100


class Diagnostic(Struct, frozen=True, kw_only=True, array_like=True):
    """One problem: the file as the user named it, the 1-based line (None where it has none), what is wrong, what to do."""

    path: str
    line: int | None = None
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        label = "warning: " if self.severity == "warning" else ""
        return f"{place}: {label}{self.message}" + (f" {self.hint}" if self.hint else "")


class InputError(Exception):
    """What the user gave cannot be used; carries every problem found, so that they are mended in one go."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = sort_diagnostics(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Diagnostic, ...]]]:
        """Crosses from a worker process as what it was made of; the text alone would not make it again."""
        return type(self), (self.diagnostics,)


class UsageError(Exception):
    """The command line or the config is wrong (exit 2)."""


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By path, then line, then message; each once."""
    return tuple(sorted(set(diagnostics), key=lambda d: (d.path, d.line or 0, d.severity, d.message, d.hint)))


def shorten_warnings(diagnostics: Iterable[Diagnostic], place: str) -> tuple[Diagnostic, ...]:
    """The same, with at most a hundred warnings of a kind: what is wrong with every file hides what is with one.

    Of a kind are those that begin with the same three words and give the same advice. How many are left out is a warning of its
    own, about ``place``; errors are all there.
    """
    shown: list[Diagnostic] = []
    counts: Counter[tuple[str, ...]] = Counter()
    firsts: dict[tuple[str, ...], Diagnostic] = {}
    for diagnostic in diagnostics:
        # The rest of a message may name what it is about.
        kind = (diagnostic.hint, *diagnostic.message.split()[:3])
        if diagnostic.severity == "warning":
            counts[kind] += 1
            firsts.setdefault(kind, diagnostic)
            if counts[kind] > _MOST_ALIKE:
                continue
        shown.append(diagnostic)
    for kind, count in counts.items():
        if count > _MOST_ALIKE:
            more = count - _MOST_ALIKE
            told = "1 more warning is" if more == 1 else f"{more} more warnings are"
            message = f"{told} not shown, of the kind of the one about {firsts[kind].path}."
            hint = "The command check shows all of them."
            shown.append(Diagnostic(path=place, message=message, hint=hint, severity="warning"))
    return sort_diagnostics(shown)


def suggest_key(word: str, known: Iterable[str]) -> str:
    """A hint naming the nearest known key, or the known keys where none is near."""
    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'?" if near else f"Known keys: {', '.join(names)}."
