"""Text of an article -> its YAML front matter as a tree, and the text below it. What the keys mean is checked in ``given``."""

from __future__ import annotations

from msgspec import Struct

from alibaba_news.diagnostics import Diagnostic
from alibaba_news.loader.yaml_lines import read_lines
from alibaba_news.yaml_reader import YamlMap, parse_mapping

_FENCE = "---"


class Parts(Struct, frozen=True, kw_only=True):
    """``yaml`` is None where there is no front matter; ``line_offset`` counts the lines of the file above ``body``."""

    yaml: str | None
    body: str
    line_offset: int = 0
    closed: bool = True


def split_front_matter(text: str) -> Parts:
    """Cut off the block between two lines of ``---`` at the very start (``...`` may close it)."""
    first, separator, rest = text.partition("\n")
    if first.rstrip() != _FENCE or not separator:
        return Parts(yaml=None, body=text)
    lines = rest.split("\n")
    for number, line in enumerate(lines):
        if line.rstrip() in (_FENCE, "..."):
            head = "".join(f"{part}\n" for part in lines[:number])
            return Parts(yaml=head, body="\n".join(lines[number + 1 :]), line_offset=number + 2)
    return Parts(yaml=None, body=text, closed=False)


def parse_front_matter(parts: Parts, path: str) -> tuple[YamlMap | None, tuple[Diagnostic, ...]]:
    """The mapping of the front matter (None: there is none, or it does not parse) and every fault with its line in the file."""
    if not parts.closed:
        fault = Diagnostic(
            path=path,
            line=1,
            message="front matter starts here and never ends.",
            hint="Close it with a line of three hyphens (---), or put a blank line above the first.",
        )
        return None, (fault,)
    if parts.yaml is None:
        return None, ()
    lines = read_lines(parts.yaml, line_offset=1)
    return (lines, ()) if lines is not None else parse_mapping(parts.yaml, path, line_offset=1)
