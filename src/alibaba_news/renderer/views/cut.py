"""What was cut from a story's page: its lines under the rule that cut them, in words."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from alibaba_news.model import CutLine
from alibaba_news.renderer.words import Words, begin_line, load_catalogue


class CutView(Struct, frozen=True, kw_only=True):
    """``rule`` says what the lines are and why they do not stand in the text; ``lines`` are pairs of number and text."""

    rule: str
    lines: tuple[tuple[int, str], ...]


def draw_cut(words: Words, lines: Iterable[CutLine]) -> tuple[CutView, ...]:
    """The lines by rule, in the order in which the page first shows each."""
    groups: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for line in lines:
        groups.setdefault((line.role, line.rule), []).append((line.line, line.text))
    return tuple(
        CutView(rule=begin_line(f"{name_roles(words, role)}: {name_rule(words, rule)}"), lines=tuple(rows))
        for (role, rule), rows in groups.items()
    )


def name_roles(words: Words, role: str) -> str:
    """A line's role in words, joined roles one after the other."""
    return " + ".join(words.t(f"line.{part}") for part in role.split("+"))


def name_rule(words: Words, code: str) -> str:
    """A rule in words; one of a record that others wrote stands as they wrote it."""
    key = "rule.cut_out" if code.startswith("cut_") else f"rule.{code}"
    return words.t(key) if key in load_catalogue(words.language) else code
