"""The stages of a build one after the other: read, understand, resolve, plan the pages, render those that are out of date.

Everything that is loaded only where something has changed; ``build`` finds out whether that is so.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.builder.addresses import find_address_problems
from alibaba_news.builder.gather import Gathered, Progress, TakeReadings, gather, read_all
from alibaba_news.builder.manifest import hash_bytes
from alibaba_news.builder.pool import Jobs, map_in_order
from alibaba_news.builder.publish import Content, Kept, Published
from alibaba_news.builder.search_parts import SearchParts, Sources, Store, hash_terms
from alibaba_news.builder.stale import Fact, FactBook, Made, MadePage, find_changed_facts, find_stale
from alibaba_news.builder.stream_parts import StreamParts, list_lengths
from alibaba_news.builder.withheld import Leak, WithheldName, collect_withheld, describe_leaks, find_leaks
from alibaba_news.builder.workers import as_workers
from alibaba_news.diagnostics import Diagnostic, InputError, sort_diagnostics
from alibaba_news.renderer.pages import Page, plan_pages
from alibaba_news.renderer.render import ALWAYS_MADE, STREAMED, Drawn, Part, Renderer
from alibaba_news.renderer.streams import IN_BLOCKS, Block
from alibaba_news.settings import Settings

Rendered = Drawn | tuple[Diagnostic, ...]


def prepare(
    seeds: Path, settings: Settings, *, jobs: Jobs, strict: bool, progress: Progress
) -> tuple[Gathered, tuple[Page, ...]]:
    """Everything read and resolved, and the pages it would make, with the problems of both; nothing is written."""
    gathered = gather(seeds, settings, jobs=jobs, strict=strict, progress=progress)
    pages = plan_pages(gathered.archive, settings) if gathered.archive.stories else ()
    return add_address_problems(gathered, pages), pages


def add_address_problems(gathered: Gathered, pages: tuple[Page, ...]) -> Gathered:
    """What was gathered, with what is wrong with the addresses of its pages."""
    problems = [*gathered.diagnostics, *find_address_problems((p.path, f"{p.kind} {p.key}".strip()) for p in pages)]
    return replace(gathered, diagnostics=sort_diagnostics(problems))


class Plan(Struct, frozen=True, kw_only=True):
    """A site that can be made: what was gathered, the pages, and who draws them."""

    gathered: Gathered
    renderer: Renderer
    pages: tuple[Page, ...]
    withheld: tuple[WithheldName, ...]


def plan_site(
    seeds: Path, settings: Settings, *, jobs: Jobs, strict: bool, progress: Progress, take: TakeReadings = read_all
) -> Plan:
    """Everything up to the first page. Raises InputError with every problem found."""
    gathered = gather(seeds, settings, jobs=jobs, strict=strict, progress=progress, take=take)
    if not gathered.archive.stories:
        gathered.raise_errors()
    renderer = Renderer(gathered.archive, settings, _take_digests(gathered))
    pages = renderer.pages
    gathered = add_address_problems(gathered, pages)
    gathered.raise_errors()
    withheld = collect_withheld(((read.path, read.story) for read in gathered.stories), gathered.archive)
    # What the files gave before it was resolved has done its work, and would fill memory to the end.
    return Plan(gathered=replace(gathered, stories=()), renderer=renderer, pages=pages, withheld=withheld)


def _take_digests(gathered: Gathered) -> dict[str, bytes]:
    """The digests of stories that the archive has as they were read, by slug."""
    known = {id(read.story): read.digest for read in gathered.stories if read.digest}
    return {story.slug: known[id(story)] for story in gathered.archive.stories if id(story) in known}


def describe_page(page: Page) -> tuple[str, str, int]:
    """What is drawn at an address, as a plain value."""
    return page.kind, page.key, page.number


class StandingFiles(Protocol):
    """What stands in the output folder; None where nothing does."""

    def hash(self, path: str) -> str | None:
        """The SHA-256 of a file."""

    def read(self, path: str) -> bytes | None:
        """Its bytes."""

    def open(self, path: str) -> BinaryIO:
        """A file that was found there. Raises OSError."""


class Site:
    """The files of a site in the order of its plan: those that are out of date made again, the others as they stand."""

    def __init__(self, plan: Plan, settings: Settings, made: Made, store: Store, jobs: Jobs = 1) -> None:
        self._plan, self._settings, self._store = plan, settings, store
        # Facts are asked for below only, and would fill memory to the end.
        self._made = replace(made, facts=(), digests=(), structure={})
        self._book = FactBook(made)
        self._numbers: dict[str, bytes] = {}
        self._search = SearchParts(plan.renderer.index.search, self._made)
        self._terms: dict[str, str] = {}
        self._streams = StreamParts(plan.pages, plan.renderer.list_blocks, list_lengths(made))
        pages = ((page.path, describe_page(page)) for page in plan.pages)
        planned = [*pages, *self._search.planned.items(), *self._streams.planned.items()]
        self._stale = find_stale(made, find_changed_facts(made, _digest_all(plan.renderer, made, jobs)), planned)
        self._stale |= self._streams.find_changed(self._stale)
        self._stale |= {page.path for page in plan.pages if page.kind in ALWAYS_MADE}
        self.rendered = 0

    def list_files(self, standing: StandingFiles, jobs: Jobs, progress: Progress) -> Iterator[tuple[str, Content | Kept]]:
        """Every file. Raises InputError after the last."""
        pages = self._plan.pages
        search = self._update_search(standing)
        kept = {path: sha for path in (p.path for p in pages) if (sha := self._find_kept(path, standing)) is not None}
        items: list[Page | Block] = []
        blocks: dict[str, list[str]] = {}
        for page in pages:
            if page.path not in kept and page.path not in search:
                due = self._list_due(page, standing)
                items += due
                if page.kind in IN_BLOCKS:
                    blocks[page.path] = [item.path for item in due]
        drawn = map_in_order(make_drawer, (self._plan.renderer, self._settings), items, jobs, find_block)
        problems: list[Diagnostic] = []
        leaks: list[Leak] = []
        self.rendered = len(pages) - len(kept)
        number = 0
        for page in pages:
            if page.path in kept:
                yield page.path, Kept(kept[page.path])
                continue
            number += 1
            progress("rendering", number, self.rendered)
            if page.path in search:
                leaks += find_leaks(page.path, search[page.path], self._plan.withheld)
                yield page.path, search[page.path]
                continue
            if page.kind in IN_BLOCKS:
                yield page.path, self._write_blocks(page.path, blocks[page.path], drawn, standing, leaks)
                continue
            if page.kind in STREAMED:
                yield page.path, self._stream(page, leaks)
                continue
            result = next(drawn)
            if isinstance(result, Drawn):
                yield page.path, self._take(page.path, result, leaks)
            else:
                problems += result
        next(drawn, None)  # let the workers go
        self._store.forget_terms(self._search.list_gone)
        problems += describe_leaks(leaks)
        if problems:
            raise InputError(problems)

    def _list_due(self, page: Page, standing: StandingFiles) -> Sequence[Page | Block]:
        """What must be drawn for a page that is made again."""
        if page.kind in IN_BLOCKS:
            made = self._made.pages.get(page.path)
            stands = made is not None and standing.hash(page.path) == made.sha256
            return self._streams.list_due(page.path, self._stale, stands=stands)
        return () if page.kind in STREAMED else (page,)

    def _write_blocks(
        self, path: str, due: list[str], drawn: Iterator[Rendered], standing: StandingFiles, leaks: list[Leak]
    ) -> Iterator[bytes]:
        data = (self._take(block, next(drawn), leaks) for block in due)
        return self._streams.write(path, set(due), data, standing.open)

    def _take(self, path: str, result: Rendered, leaks: list[Leak]) -> bytes:
        """What was drawn, once its facts are noted."""
        if not isinstance(result, Drawn):
            raise InputError(result)
        # On a cluster a page with which a worker has told a digest may come later than this one.
        self._numbers[path] = self._book.note(result.facts, result.digests, self._plan.renderer.values.digest)
        self._note_parts(result.parts)
        leaks += find_leaks(path, result.data, self._plan.withheld)
        return result.data

    def _update_search(self, standing: StandingFiles) -> dict[str, bytes]:
        """The files of words of the search index that change, but for those that must be made afresh."""

        def read_made(path: str) -> bytes | None:
            data = standing.read(path) if path in self._made.pages else None
            return data if data is not None and hash_bytes(data) == self._made.pages[path].sha256 else None

        sources = Sources(self._plan.renderer.read_document, read_made, self._store)
        update = self._search.update(self._stale, sources)
        self._stale |= {*update.afresh, *update.files}
        digest = self._plan.renderer.values.digest
        self._book.note((), {fact: digest(fact) for part in update.parts.values() for fact in part.facts})
        self._note_parts(update.parts)
        self._numbers |= dict.fromkeys(update.files, b"")
        return update.files

    def _find_kept(self, path: str, standing: StandingFiles) -> str | None:
        """The hash of a page that is up to date and stands as it was made."""
        if path in self._stale:
            return None
        sha256 = self._made.pages[path].sha256
        return sha256 if standing.hash(path) == sha256 else None

    def _note_parts(self, parts: Mapping[str, Part]) -> None:
        """Documents of the search index that were read, and are kept for the next build."""
        digest = self._plan.renderer.values.digest
        for key, part in parts.items():
            path = self._search.find_path(key)
            self._numbers[path] = self._book.note(part.facts, {}, digest)
            self._terms[path] = hash_terms(part.terms)
        if parts:
            self._store.keep_terms([(key, part.terms) for key, part in parts.items()])

    def _stream(self, page: Page, leaks: list[Leak]) -> Iterator[bytes]:
        for part in self._plan.renderer.stream(page):
            leaks += find_leaks(page.path, part, self._plan.withheld)
            yield part
        facts = self._plan.renderer.take_facts(page)
        self._numbers[page.path] = self._book.note(facts, {fact: self._plan.renderer.values.digest(fact) for fact in facts})

    def list_made(self, published: Published) -> Made:
        """What the next build is to know of the pages. Nothing can be made any more afterwards."""
        numbers, terms, before, files = self._numbers, self._terms, self._made.pages, published.files

        def make_page(page: Page) -> MadePage:
            path = page.path  # the facts of a file in blocks are its blocks'
            facts = b"" if page.kind in IN_BLOCKS else numbers[path] if path in numbers else before[path].facts
            return MadePage(what=describe_page(page), facts=facts, sha256=files[path][1])

        def make_document(path: str, what: Hashable) -> MadePage:
            return MadePage(what=what, facts=numbers[path], sha256=terms[path]) if path in terms else before[path]

        pages = {page.path: page for page in self._plan.pages}
        blocks = dict(self._streams.list_made(numbers, self._made))
        made = self._book.close(_MadePages(pages, make_page, self._search.planned, make_document, blocks))
        return replace(made, structure=self._plan.renderer.values.structure)


class _MadePages(Mapping[str, MadePage]):
    """Pages, documents and blocks as they were made, each put together when it is asked for: all of them fill memory."""

    def __init__(
        self,
        pages: Mapping[str, Page],
        make_page: Callable[[Page], MadePage],
        documents: Mapping[str, Hashable],
        make_document: Callable[[str, Hashable], MadePage],
        blocks: Mapping[str, MadePage],
    ) -> None:
        self._pages, self._make_page, self._documents, self._make_document = pages, make_page, documents, make_document
        self._blocks = blocks

    def __getitem__(self, path: str) -> MadePage:
        if path in self._pages:
            return self._make_page(self._pages[path])
        return self._make_document(path, self._documents[path]) if path in self._documents else self._blocks[path]

    def __iter__(self) -> Iterator[str]:
        return chain(self._pages, self._documents, self._blocks)

    def __len__(self) -> int:
        return len(self._pages) + len(self._documents) + len(self._blocks)


def find_block(item: Page | Block) -> str | None:
    """The part of the search index that a file belongs to: its words are worked out once for all of its files."""
    return " ".join(item.key.split(" ")[:2]) if isinstance(item, Page) and item.kind == "search_file" else None


# Facts whose digests are worked out at a time; with few such lots no second process pays.
_LOT = 1000


def _digest_all(renderer: Renderer, made: Made, jobs: Jobs) -> Iterator[bytes]:
    """What the facts of the build before are now, in their order."""
    is_same = renderer.values.compare_structure(made.structure)
    due = array("I", (number for number, fact in enumerate(made.facts) if not is_same(fact)))
    lots = [due[at : at + _LOT] for at in range(0, len(due), _LOT)]
    drawn = map_in_order(make_digester, (renderer, made.facts), lots, as_workers(jobs).count)
    numbers, digests = iter(due), chain.from_iterable(drawn)
    following = next(numbers, None)
    for number, before in enumerate(made.digests):
        if number == following:
            following = next(numbers, None)
            yield next(digests)
        else:
            yield before


def make_digester(renderer: Renderer, facts: Sequence[Fact]) -> Callable[[Sequence[int]], list[bytes]]:
    """A function that gives the digests of the ``facts`` of some numbers."""
    digest = renderer.values.digest
    return lambda numbers: [digest(facts[number]) for number in numbers]


def make_drawer(renderer: Renderer, settings: Settings) -> Callable[[Page | Block], Rendered]:
    """A function that draws a page or a block, or tells what is wrong with a template of the editor's own."""

    def draw(item: Page | Block) -> Rendered:
        # A broken template breaks many pages: what is wrong is named once for all of them, not one a build.
        try:
            return renderer.draw(item)
        except InputError as error:
            return error.diagnostics
        except Exception as error:
            fault = blame_template(error, settings.templates)
            if fault is None:
                raise
            return (fault,)

    return draw


def blame_template(error: Exception, folder: Path | None) -> Diagnostic | None:
    """The line of a template of the editor's own that an error comes from; None where it comes from none."""
    import traceback  # noqa: PLC0415 - only where something is wrong

    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if filename := getattr(error, "filename", None):  # a syntax error: no line of it ever ran
        places.append((str(filename), getattr(error, "lineno", None)))
    own = [
        (name, line) for name, line in places if folder is not None and Path(name).resolve().is_relative_to(folder.resolve())
    ]
    if not own:
        return None
    path, line = own[-1]
    message = f"this template cannot be rendered: {getattr(error, 'message', None) or error}."
    return Diagnostic(path=path, line=line, message=message, hint="Mend it, or remove it to use the packaged one.")
