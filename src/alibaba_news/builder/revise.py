"""A few edited articles in, the files of the site that change by them out; the rest of the archive is not looked at.

This can be told where each article is one story before and after, and its outline (``archive.outline``) is the same: then who
is who, what happened when and every list stand as they are, and only what shows these texts is another. Whatever is not sure
to be so is left to a whole build, which gives the same bytes.
"""

from __future__ import annotations

import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, cast

from msgspec import Struct

from alibaba_news.archive import graft_story
from alibaba_news.builder.aside import ask_aside, ask_here, share
from alibaba_news.builder.cache import CacheDamagedError
from alibaba_news.builder.gather import ReadStory
from alibaba_news.builder.inputs import SEEDS, Inputs
from alibaba_news.builder.made_parts import KeptMade
from alibaba_news.builder.make import StandingFiles, blame_template
from alibaba_news.builder.manifest import hash_bytes
from alibaba_news.builder.memory import Memory
from alibaba_news.builder.publish import Content
from alibaba_news.builder.readings import CODEC, STORY_CODEC, digest_world, make_key, make_reader
from alibaba_news.builder.recopy import Copies, Recopier
from alibaba_news.builder.search_parts import SearchParts, Sources, hash_terms, is_document
from alibaba_news.builder.stale import Fact, Made, MadePage
from alibaba_news.builder.state import Stories, keep_rows, keep_whole, name_blocks, open_index
from alibaba_news.builder.stream_parts import StreamChange, is_block
from alibaba_news.builder.text_index import TextIndex
from alibaba_news.diagnostics import InputError
from alibaba_news.loader.authority import read_authorities
from alibaba_news.loader.seeds import AUTHORITY_FOLDER, SeedFile, find_source
from alibaba_news.model import ENTITY_KINDS, Story, StoryCopy
from alibaba_news.renderer.index import Index
from alibaba_news.renderer.kept import KeptIndex
from alibaba_news.renderer.pages import Page
from alibaba_news.renderer.recount import recount
from alibaba_news.renderer.render import Drawn, Renderer
from alibaba_news.renderer.tracking import COLUMN, WHOLE
from alibaba_news.settings import Settings
from alibaba_news.values import digest
from alibaba_news.world import World, make_world

MOST_FILES = 20  # edited at a time: where there are more, going through the whole archive takes less time
# What of all stories at once would have to be looked at again: no page needs it, unless a template of the user's own does.
_WHOLES: tuple[Fact, ...] = (
    *((COLUMN, ("archive.stories", name)) for name in ("title", "description", "body", "captions", "figures")),
    *((COLUMN, ("archive.stories", name)) for name in ("dates", "quotes", "events", "source", *ENTITY_KINDS)),
    *((name, WHOLE) for name in ("stories", "archive.stories", "quotes", "forms", "comparisons", "copies")),
    *(("feeding", WHOLE), ("feeding.entries", WHOLE), ("entities", WHOLE), ("mentions", WHOLE), ("years", WHOLE)),
    *((COLUMN, (f"archive.{kind}", "roles")) for kind in ENTITY_KINDS),
)


class _Edit(Struct, frozen=True):
    """A file read again: its story as published before and now, what the cache is to keep of it, the hashes of its inputs.

    Hashes are those of the bytes that were read: should a file change meanwhile, the next build sees another.
    """

    file: str
    final: Story
    before: ReadStory
    after: ReadStory
    now: Story
    reading: tuple[str, bytes, bytes, bytes]
    hashes: dict[str, bytes]

    @property
    def shas(self) -> set[str]:
        """The hashes of the story's source, before and now."""
        return {self.final.source.sha256, self.now.source.sha256}


def revise(settings: Settings, inputs: Inputs, touched: list[str], memory: Memory, standing: StandingFiles) -> Revision | None:
    """What changes by the inputs that were ``touched`` (names); None where only a whole build can tell.

    ``standing`` is the site that was made of them before, nobody has changed it. Raises CacheDamagedError.
    """
    if settings.sqlite or not settings.full_text:
        return None
    files = _list_files(touched, inputs) if len(touched) <= MOST_FILES else None
    if not files:
        return None
    rows, problems = read_authorities(inputs.folders[SEEDS])
    if problems:
        return None
    world = make_world(settings.language, rows)
    index, stories = open_index(memory)
    texts = TextIndex(memory)
    edits = _read_edits(files, world, stories, memory)
    if edits is None:
        return None

    def recopy() -> Copies | None:
        return _recopy(edits, Recopier(memory, stories, texts, index.copies))

    # Most texts are nobody's copies, before and now: while another process looks whether that is so, pages are made.
    alone = not any(index.copies.get(edit.final.slug) for edit in edits)
    answer = (ask_aside if alone else ask_here)(recopy)
    copies = {} if alone else answer()
    if copies is None:
        return None
    revision = Revision(settings, memory, index, standing)
    revision.note(texts.note(edit.file for edit in edits))
    try:
        return revision if revision.take(edits, stories, copies) and answer() == copies else None
    except Exception as error:
        if isinstance(error, InputError) or blame_template(error, settings.templates) is not None:
            return None  # a whole build says what is wrong with the user's template
        raise


def _list_files(touched: list[str], inputs: Inputs) -> list[SeedFile] | None:
    """The articles that were edited, themselves or their corrections; None where something else has changed."""
    found: dict[str, SeedFile] = {}
    folder = inputs.folders[SEEDS]
    names = inputs.stamps

    def exists(path: str) -> bool:
        return f"{SEEDS}/{path}" in names

    def is_plain(name: str) -> bool:
        mode = names[name][0]
        return isinstance(mode, int) and stat.S_ISREG(mode)

    for name in touched:
        group, _, path = name.partition("/")
        if group != SEEDS or path.startswith(f"{AUTHORITY_FOLDER}/"):
            return None
        article = path
        if path.endswith(".yaml"):
            stem = path.removesuffix(".yaml")
            article = next((stem + ending for ending in (".txt", ".md", ".html") if exists(stem + ending)), "")
        seed = find_source(folder, article, exists)
        if seed is None or not is_plain(f"{SEEDS}/{seed.file}"):
            return None
        if seed.corrections and not is_plain(_name_corrections(seed)):
            return None
        found[seed.file] = seed
    return list(found.values())


def _name_corrections(seed: SeedFile) -> str:
    return f"{SEEDS}/{PurePosixPath(seed.file).with_suffix('.yaml')}"


def _read_edits(files: list[SeedFile], world: World, stories: Stories, memory: Memory) -> list[_Edit] | None:
    edits = []
    for file in files:
        edit = _read_edit(file, world, stories, memory)
        if edit is None:
            return None
        edits.append(edit)
    return edits


def _recopy(edits: list[_Edit], recopier: Recopier) -> Copies | None:
    """What is to be said of copies now; None where the edited texts alone do not tell, or may be copies of each other."""
    copies: dict[str, tuple[StoryCopy, ...]] = {}
    seen: set[int | str] = set()
    for edit in edits:
        prints = (edit.before.fingerprint, edit.after.fingerprint)
        runs: set[int | str] = {edit.now.source.sha256, *(run for own in prints if own is not None for run in own.sample())}
        recopied = recopier.recopy(edit.now, *prints, edit.shas) if seen.isdisjoint(runs) else None
        if recopied is None or (recopied and len(edits) > 1):
            return None
        seen |= runs
        copies |= recopied
    return copies


def _read_edit(seed: SeedFile, world: World, stories: Stories, memory: Memory) -> _Edit | None:
    kept, (data, sha256, corrections, texts) = memory.read_reading(seed.file), make_reader(world)(seed)
    hashes = {f"{SEEDS}/{seed.file}": sha256}
    if seed.corrections:
        hashes[_name_corrections(seed)] = corrections
    slug = stories.sources.get(seed.file, "")
    if kept is None or not slug:
        return None
    before, after = CODEC.load(kept), CODEC.load(data)
    told = (before.left_out, before.problems) == (after.left_out, after.problems)
    if not told or len(before.stories) != 1 or len(after.stories) != 1 or before.stories[0].path != after.stories[0].path:
        return None
    final = stories[slug]
    now = graft_story(final, before.stories[0].story, after.stories[0].story)
    if now is None:
        return None
    key = make_key(seed, digest_world(world), sha256, corrections)
    return _Edit(seed.file, final, before.stories[0], after.stories[0], now, (seed.file, key, data, texts), hashes)


class Revision:
    """The pages that show what was edited, made again: ``files`` by path, as bytes or part by part.

    ``rendered`` counts what was made, ``hashes`` are those of the inputs that were read. ``readings``, ``stories``, ``terms``
    and, once it is published, ``list_state`` are what the cache is to keep.
    """

    def __init__(self, settings: Settings, memory: Memory, index: KeptIndex, standing: StandingFiles) -> None:
        self.files: dict[str, Content] = {}
        self.rendered = 0
        self.hashes: dict[str, bytes] = {}
        self.readings: list[tuple[str, bytes, bytes, bytes]] = []
        self.stories: list[tuple[str, bytes, bytes]] = []
        self.terms: list[tuple[str, bytes]] = []
        self._memory, self._standing, self._index = memory, standing, index
        self._made = KeptMade(memory.read_part)
        self._renderer = Renderer(index.archive, settings, index=cast("Index", index))
        self._digest = self._renderer.values.digest
        self._state: dict[str, Any] = {}
        self._streams: dict[str, tuple[StreamChange, dict[str, Drawn]]] = {}

    def take(self, edits: list[_Edit], stories: Stories, copies: Copies) -> bool:
        """Make everything again that shows the edited stories; False where it cannot be told what does."""
        if self._made.withheld != digest(()) or any(self._made.find_digest(fact) is not None for fact in _WHOLES):
            return False
        facts: dict[Fact, None] = {}
        for edit in edits:
            stories.changed[edit.now.slug] = edit.now
            facts |= dict.fromkeys(_list_facts(edit.final))
            counted = self._recount(edit)
            if counted is None:
                return False
            facts |= dict.fromkeys(counted)
        facts |= dict.fromkeys(self._take_copies(copies))
        stale = self._find_stale(facts)
        if stale is None or not self._draw(stale):
            return False
        self._note_sources(edits, stories)
        return True

    def note(self, parts: Mapping[str, Any]) -> None:
        """Keep these parts of the state as well."""
        self._state |= parts

    def _recount(self, edit: _Edit) -> tuple[Fact, ...] | None:
        """What counts the words of a story, or says where they stand; None where only the whole archive tells."""
        found = recount(cast("Index", self._index), edit.final, edit.now)
        if found is None:
            return None
        for name, rows in found.rows.items():
            self._keep(name, rows)
        for name, value in found.wholes.items():
            self._state |= keep_whole(self._index, name, value)
        return found.facts

    def _take_copies(self, copies: Copies) -> Iterator[Fact]:
        """What shows how copies of an edited text differ from it."""
        self._keep("copies", copies)
        if copies:
            self._made.forget_structure()
        for slug in copies:
            yield from (("copies", slug), ("related", slug))
            yield from (("comparisons", event.id) for event in self._index.stories[slug].events)

    def _keep(self, name: str, rows: Mapping[str, Any]) -> None:
        self._state |= keep_rows(self._index, name, rows)

    def _find_stale(self, facts: Iterable[Fact]) -> dict[str, MadePage] | None:
        """What was made of the facts that are others now; None where that is too much to be known."""
        paths: dict[str, None] = {}
        for fact in facts:
            before = self._made.find_digest(fact)
            if before is None or before == self._digest(fact):
                continue
            uses = self._made.find_uses(fact)
            if uses is None:
                return None
            paths |= dict.fromkeys(uses)
            self._made.set_digest(fact, self._digest(fact))
        return {path: page for path in paths if (page := self._made.find_page(path)) is not None}

    def _draw(self, stale: Mapping[str, MadePage]) -> bool:
        documents = {path: page for path, page in stale.items() if is_document(path)}
        blocks = {path for path, page in stale.items() if is_block(page)}
        pages = [read_page(path, page) for path, page in stale.items() if path not in documents and path not in blocks]
        draw = share(self._renderer.trace, pages)
        searched = self._change_search(documents)
        traced = draw()  # whoever draws reads the cache, which a whole build goes on to write
        if not searched:
            return False
        for page, drawn in zip(pages, traced, strict=True):
            if drawn.parts:
                return False
            self._note(page.path, stale[page.path], drawn.data, drawn.facts)
        for path in dict.fromkeys(block.partition("?")[0] for block in blocks):
            self._change_blocks(path, blocks)
        return True

    def _note(self, path: str, page: MadePage, data: bytes, facts: Collection[Fact]) -> None:
        sha256 = hash_bytes(data)
        self._made.note(path, facts, sha256, self._digest)
        self.rendered += 1
        if sha256 != page.sha256:
            self.files[path] = data

    def _change_search(self, documents: Mapping[str, MadePage]) -> bool:
        """The files of words; False where a part of the index must be made as a whole."""
        planned = {path: cast("tuple[str, int, int, str]", page.what) for path, page in documents.items()}
        parts = SearchParts(self._index.search, Made(pages=documents), planned)
        update = parts.update(frozenset(documents), Sources(self._renderer.read_document, self._standing.read, self._memory))
        if update.afresh:
            return False
        for path, data in update.files.items():
            page = self._made.find_page(path)
            if page is None:
                return False
            self._note(path, page, data, ())
        for key, part in update.parts.items():
            self._made.note(parts.find_path(key), part.facts, hash_terms(part.terms), self._digest)
            self.terms.append((key, part.terms))
        return True

    def _change_blocks(self, path: str, stale: Collection[str]) -> None:
        """A file of the whole archive: some of its blocks made again, the others as they stand."""
        made = self._made.find_page(path)
        if made is None:
            raise CacheDamagedError(f"no page {path}")
        change = StreamChange(read_page(path, made), self._memory.read_part(name_blocks(path)), stale)
        drawn = {block.path: self._renderer.trace(block) for block in change.find_blocks(self._renderer.find_block)}
        self.files[path] = change.write((one.data for one in drawn.values()), self._standing.open)
        self._streams[path] = change, drawn
        self.rendered += 1

    def _note_sources(self, edits: list[_Edit], stories: Stories) -> None:
        for edit in edits:
            self.hashes |= edit.hashes
            self.readings.append(edit.reading)
            as_read = edit.now == edit.after.story
            self._state |= stories.files.change({edit.now.slug: (edit.file, as_read)})
            if not as_read:
                self.stories.append((edit.now.slug, digest(edit.now), STORY_CODEC.dump(edit.now)))

    def list_state(self, hashes: Mapping[str, str]) -> dict[str, Any]:
        """The parts of the state that are others now; ``hashes`` are those of the published files."""
        for path, (change, drawn) in self._streams.items():
            lengths = self._state[name_blocks(path)] = change.list_lengths()
            for block, one in drawn.items():
                self._made.note(block, one.facts, str(lengths[block]), self._digest)
            self._made.note(path, (), hashes[path], self._digest)
        return {**self._state, **self._made.list_changed()}


def read_page(path: str, made: MadePage) -> Page:
    """A page of the site out of what was made at its address."""
    kind, key, number = cast("tuple[str, str, int]", made.what)
    return Page(path=path, kind=kind, key=key, number=number)


def _list_facts(story: Story) -> Iterator[Fact]:
    """Everything that shows a story's text, or where in it something stands."""
    slug = story.slug
    yield from (("stories", slug), ("stories.head", slug), ("feeding.entries", slug))
    yield from (("quotes", key) for key in dict.fromkeys(quote.speaker for quote in story.quotes) if key)
    yield from (("forms", key) for key in story.entities())
    yield from (("comparisons", event.id) for event in story.events)
