"""A folder of articles -> Sources: each article's clean text, where it comes from, and what an editor gives about it.

Listing (``seeds``: names only) and reading (here: one file at a time) are apart, so that files can be read side by side.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field

from alibaba_news.characters import clean_text
from alibaba_news.diagnostics import Diagnostic, sort_diagnostics
from alibaba_news.loader.decoding import Decoded, NotTextError, decode
from alibaba_news.loader.frontmatter import parse_front_matter, split_front_matter
from alibaba_news.loader.given import Given, GivenPart, join_given
from alibaba_news.loader.given_reader import read_given
from alibaba_news.loader.html import INSTALL, SavedPage, decode_page, find_reader
from alibaba_news.loader.jsonl import parse_json_line
from alibaba_news.loader.seeds import SIZE_LIMIT, SeedFile, SeedKind, list_sources
from alibaba_news.yaml_reader import YamlMap, YamlText, parse_mapping

_LEFT_OUT = "It was left out: put the article's text in it, or remove it."


class Source(Struct, frozen=True, kw_only=True):
    """One article before it is read.

    ``file`` is relative to the seeds folder with forward slashes, ``path`` is the file as the user named it (for messages).
    ``page`` is what ``text`` was taken from where that is a saved page.
    Line n of ``text`` is line ``line_offset + n`` of the file; in ``.jsonl`` all of it is on line ``line_offset + 1``.
    ``sha256`` is of the file's bytes, in ``.jsonl`` of the line's without its line end.
    """

    file: str
    path: str
    kind: SeedKind
    text: str
    sha256: str
    line_offset: int = 0
    given: Given = field(default_factory=Given)
    page: SavedPage | None = None

    @property
    def line(self) -> int | None:
        """The line that is the article, in ``.jsonl``; None where the file is."""
        return self.line_offset + 1 if self.kind == "jsonl" else None


class Reading(Struct, frozen=True, kw_only=True):
    """Articles in the order of their files, and every problem met."""

    sources: tuple[Source, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_sources(folder: Path) -> Reading:
    """Every article under ``folder`` (which must exist). Never raises for what the folder holds."""
    listing = list_sources(folder)
    return join_readings((Reading(diagnostics=listing.diagnostics), *map(read_source, listing.files)))


def join_readings(readings: Iterable[Reading]) -> Reading:
    """Several readings as one: sources by file and line, diagnostics sorted."""
    found = tuple(readings)
    sources = sorted((s for reading in found for s in reading.sources), key=lambda s: (s.file, s.line_offset))
    return Reading(sources=tuple(sources), diagnostics=sort_diagnostics(d for reading in found for d in reading.diagnostics))


def read_source(seed: SeedFile) -> Reading:
    """The article of one file, or the articles of a ``.jsonl``. A file that is no text is left out with a warning."""
    if seed.kind == "html" and find_reader() is None:
        message = "is a saved page, and what reads saved pages is not installed."
        return Reading(diagnostics=(Diagnostic(path=seed.path, message=message, hint=f"Install it: {INSTALL}"),))
    corrections, faults = _read_corrections(seed)
    reader = _JsonLines(seed, corrections) if seed.kind == "jsonl" else _OneArticle(seed, corrections)
    try:
        sources = tuple(reader.read())
    except OSError as error:
        sources = ()
        reader.note(None, f"cannot be read: {error.strerror or error}.", "Check that the file is there and may be read.")
    return Reading(sources=sources, diagnostics=sort_diagnostics((*faults, *reader.found)))


def _read_corrections(seed: SeedFile) -> tuple[GivenPart, tuple[Diagnostic, ...]]:
    if seed.corrections is None:
        return GivenPart(), ()
    text, faults = read_yaml_text(seed.corrections, seed.corrections_path)
    tree, more = parse_mapping(text, seed.corrections_path)
    part, rest = read_given(tree, seed.corrections_path)
    return part, (*faults, *more, *rest)


def read_yaml_text(location: Path, path: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of a file an editor wrote; what cannot be read is an error, never guessed."""
    try:
        with location.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
        if len(data) > SIZE_LIMIT:
            return "", (Diagnostic(path=path, message="is over 20 MB.", hint="Split it, or remove it."),)
        return clean_text(data.decode("utf-8-sig")), ()
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}."
        return "", (Diagnostic(path=path, message=message, hint="Check that the file is there and may be read."),)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", (Diagnostic(path=path, line=line, message="is not UTF-8 text.", hint="Save it as UTF-8."),)


class _Reader:
    """What the readers of all kinds of files share: the file, its corrections, and the problems met."""

    def __init__(self, seed: SeedFile, corrections: GivenPart) -> None:
        self.seed, self.corrections = seed, corrections
        self.found: list[Diagnostic] = []

    def note(self, line: int | None, message: str, hint: str) -> None:
        self.found.append(Diagnostic(path=self.seed.path, line=line, message=message, hint=hint))

    def warn(self, line: int | None, message: str, hint: str = _LEFT_OUT) -> None:
        self.found.append(Diagnostic(path=self.seed.path, line=line, message=message, hint=hint, severity="warning"))

    def decode(self, data: bytes, line: int | None) -> Decoded | None:
        try:
            decoded = decode_page(data) if self.seed.kind == "html" else decode(data)
        except NotTextError as error:
            self.warn(line, f"{error}.")
            return None
        if decoded.broken:
            self.warn(line, f"has bytes that are not {decoded.encoding}; they are shown as \ufffd.", "Save it anew as UTF-8.")
        elif decoded.encoding != "utf-8":
            self.warn(line, f"is not UTF-8; it was read as {decoded.encoding}.", "Save it as UTF-8 if letters look wrong.")
        return decoded

    def is_withdrawn(self, part: GivenPart) -> bool:
        """A withdrawn story has lost its text, and its record still says that it stood here."""
        return part.given.withdrawn is not None or self.corrections.given.withdrawn is not None

    def make(self, text: str, data: bytes, part: GivenPart, line_offset: int, page: SavedPage | None = None) -> Source:
        given, faults = join_given((part, self.corrections))
        self.found += faults
        return Source(
            file=self.seed.file,
            path=self.seed.path,
            kind=self.seed.kind,
            text=text,
            sha256=hashlib.sha256(data).hexdigest(),
            line_offset=line_offset,
            given=given,
            page=page,
        )


class _OneArticle(_Reader):
    """``.txt``, ``.md`` and ``.html``: the file is the article."""

    def read(self) -> Iterator[Source]:
        size = self.seed.location.stat().st_size
        if size > SIZE_LIMIT:
            self.warn(None, "is over 20 MB, too large for an article.")
            return
        with self.seed.location.open("rb") as file:
            data = file.read(size + 1)  # room for as much as it may hold would take longer than reading it
            if len(data) > size:  # it has grown meanwhile
                data += file.read(SIZE_LIMIT - size)
        decoded = self.decode(data, None)
        if decoded is None:
            return
        if self.seed.kind == "txt":
            yield self.make(decoded.text, data, GivenPart(), 0)
            return
        if self.seed.kind == "html":
            yield from self.read_saved(decoded.text, data)
            return
        parts = split_front_matter(decoded.text)
        tree, faults = parse_front_matter(parts, self.seed.path)
        part, more = read_given(tree, self.seed.path)
        self.found += (*faults, *more)
        if not parts.body.strip() and not self.is_withdrawn(part):
            self.warn(None, "has no text below its front matter.")
        elif parts.closed:
            yield self.make(parts.body, data, part, parts.line_offset)

    def read_saved(self, markup: str, data: bytes) -> Iterator[Source]:
        reader = find_reader()
        if reader is None:
            return
        page = reader.read_saved_page(markup)
        if page.lines:
            yield self.make(page.text, data, GivenPart(), 0, page)
        else:
            self.warn(None, "is a page without any text.")


class _JsonLines(_Reader):
    """``.jsonl``: one article a line; the limit of size is a line's."""

    def read(self) -> Iterator[Source]:
        if self.seed.corrections is not None and (count := self.count_lines()) > 1:
            message = f"cannot be said of one article: {self.seed.path} holds {count}, one a line."
            hint = "Write the keys into the article's own line there, as JSON, or give each article a file of its own."
            self.found.append(Diagnostic(path=self.seed.corrections_path, message=message, hint=hint))
            self.corrections = GivenPart()
        number = articles = 0
        with self.seed.location.open("rb") as file:
            while raw := file.readline(SIZE_LIMIT + 1):
                number += 1
                if len(raw) > SIZE_LIMIT:
                    self.warn(number, "this line is over 20 MB, too large for an article; nothing below it was read.")
                    return
                data = raw.rstrip(b"\r\n")
                if data.strip() and (source := self.read_line(data, number)):
                    articles += 1
                    yield source
        if not articles and not self.found:
            self.warn(None, "is empty.")

    def count_lines(self) -> int:
        with self.seed.location.open("rb") as file:
            return sum(1 for line in file if line.strip())

    def read_line(self, data: bytes, number: int) -> Source | None:
        decoded = self.decode(data, number)
        if decoded is None:
            return None
        tree, faults = parse_json_line(decoded.text, self.seed.path, number)
        self.found += faults
        if tree is None:
            return None
        rest = YamlMap(tuple(row for row in tree.rows if row.key != "text"), number)
        part, more = read_given(rest, self.seed.path, with_body=True)
        self.found += more
        text = self.find_text(tree, part, number)
        return None if text is None else self.make(text, data, part, number - 1)

    def find_text(self, tree: YamlMap, part: GivenPart, number: int) -> str | None:
        node = tree.get("text")
        if node is None and part.given.body is None:
            hint = 'Write {"text": "the article"}; paragraphs are parted by \\n.'
            self.note(number, "text: is missing.", hint)
            return None
        if node is not None and (not isinstance(node, YamlText) or node.bare):
            self.note(number, "text: must be text.", "Write it in quotes, its paragraphs joined by \\n.")
            return None
        text = clean_text(node.text or "") if node else ""
        text = text if text.strip() else "\n\n".join(part.given.body or ())
        if not text.strip() and not self.is_withdrawn(part):
            self.warn(number, "this line has no text.")
            return None
        return text
