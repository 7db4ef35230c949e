"""Page -> bytes. The only door of the renderer: look-ups are made once, then each page is a function of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.characters import encode_clean
from alibaba_news.model import Archive
from alibaba_news.record import record_to_markdown, schema
from alibaba_news.renderer.anchors import Anchors
from alibaba_news.renderer.assets import list_own_styles, list_static, read_static
from alibaba_news.renderer.crate import write_crate
from alibaba_news.renderer.csv_files import write_datapackage
from alibaba_news.renderer.drawers import DRAWERS, HTML_KINDS
from alibaba_news.renderer.engine import TemplateFacts, make_environment
from alibaba_news.renderer.entries import find_updated
from alibaba_news.renderer.fact_values import FactValues
from alibaba_news.renderer.feeds import write_atom, write_json_feed, write_page_feed
from alibaba_news.renderer.index import Index, build_index
from alibaba_news.renderer.links import canonical_path
from alibaba_news.renderer.opensearch import write_opensearch
from alibaba_news.renderer.pages import SITEMAP_LIMIT, Page, list_downloads, plan_index
from alibaba_news.renderer.publish import publish_archive
from alibaba_news.renderer.search.files import SearchWriter
from alibaba_news.renderer.sitemap import write_robots, write_sitemap, write_sitemap_index
from alibaba_news.renderer.sqlite_file import write_sqlite
from alibaba_news.renderer.streams import (
    IN_BLOCKS,
    Block,
    cut_blocks,
    find_item,
    find_source,
    list_keys,
    list_run,
    make_blocks,
    write_frame,
    write_rows,
)
from alibaba_news.renderer.tracking import SETTING, Fact, Recorder, TrackedSettings, read_whole, track_index
from alibaba_news.renderer.views.counts import count_pages
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.words import Words

if TYPE_CHECKING:
    from alibaba_news.settings import Settings


# Files of the whole archive, made part by part and never held whole.
STREAMED = IN_BLOCKS | {"sqlite"}
# Made of the plan itself, of which every page is a part: noting all that they read would take longer than making them again.
ALWAYS_MADE = frozenset({"sitemap", "sitemap_part"})


class Part(Struct, frozen=True):
    """What a document says of itself for the search index, and the facts that it says that from."""

    terms: bytes
    facts: frozenset[Fact]


class Drawn(Struct, frozen=True):
    """A file, and the facts that it was made from; ``digests`` are theirs as far as they were not told before.

    ``parts`` are the documents, by id, that were read for it and the files drawn next.
    """

    data: bytes
    facts: frozenset[Fact]
    digests: dict[Fact, bytes]
    parts: dict[str, Part]


class Renderer:
    """Draws any page of one archive. What it remembers between pages is only what looking up again would give."""

    def __init__(
        self, archive: Archive, settings: Settings, digests: Mapping[str, bytes] | None = None, index: Index | None = None
    ) -> None:
        """``digests`` are those of stories of the archive, by slug, as far as they are known already.

        ``index`` are its look-ups where somebody has them.
        """
        self._made_of = (archive, settings, digests)
        self._recorder = recorder = Recorder()
        self._settings = cast("Settings", TrackedSettings(settings, recorder))
        self._words = Words(settings.language)
        self.index = index or build_index(publish_archive(archive, settings))
        self._index = track_index(self.index, recorder)
        self._anchors = Anchors()
        self._styles = ("static/site.css", *(f"static/{name}" for name in list_own_styles(settings.static)))
        self._templates = make_environment(settings.templates, self._words, recorder.note)
        self._used = TemplateFacts(self._templates)
        self._parts: dict[str, Part] = {}
        self._blocks: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._search = SearchWriter(self._index, self._words, self._settings, self._read_part)
        self.as_read = self._choose_digests(archive, digests) if digests else {}
        self.values = FactValues(self.index, settings, self._read_file, self.as_read)
        self._told: set[Fact] = set()
        self._always = frozenset({(SETTING, "language")})

    def _choose_digests(self, archive: Archive, digests: Mapping[str, bytes]) -> dict[str, bytes]:
        """Those of the stories that are published as the archive has them."""
        published = self.index.stories
        rows = ((story, digests.get(story.slug)) for story in archive.stories)
        return {story.slug: known for story, known in rows if known and published.get(story.slug) is story}

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The plan of the site."""
        return plan_index(self.index, self._made_of[1])

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Another process makes its own look-ups."""
        return type(self), self._made_of

    def render(self, page: Page) -> bytes:
        """The file of one page; the same bytes for the same page whatever was rendered before it."""
        desk = self._make_desk(page)
        if page.kind not in DRAWERS:
            return self._write(desk, page)
        template, view = DRAWERS[page.kind](desk, page)
        self._recorder.facts.update(self._used.find(template), (("static", "#names"),))
        return encode_clean(self._templates.get_template(template).render(view=view))

    def _make_desk(self, page: Page) -> Desk:
        return Desk(
            index=self._index,
            anchors=self._anchors,
            words=self._words,
            settings=self._settings,
            path=page.path,
            styles=self._styles,
        )

    def draw(self, item: Page | Block) -> Drawn:
        """The file of one page, or some rows of one, with the facts that it depends on."""
        drawn = self.trace(item)
        new = drawn.facts.union(*(part.facts for part in drawn.parts.values())) - self._told
        self._told |= new
        return replace(drawn, digests={fact: self.values.digest_once(fact) for fact in new})

    def trace(self, item: Page | Block) -> Drawn:
        """As ``draw``, but for the digests."""
        self._recorder.take()
        page, data = (item, self.render(item)) if isinstance(item, Page) else (item.page, self._write_rows(item))
        facts, parts = self.take_facts(page), self._parts
        self._parts = {}
        return Drawn(data, facts, {}, parts)

    def read_document(self, key: str) -> Part:
        """What the document of an id says of itself."""
        self._recorder.take()
        terms = self._search.read(key)
        return Part(terms, self._always | self._recorder.take())

    def _read_part(self, key: str) -> bytes:
        part = self._parts[key] = self.read_document(key)
        return part.terms

    def stream(self, page: Page) -> Iterator[bytes]:
        """A file of a kind in ``STREAMED``, part by part; ``take_facts`` after the last part gives its facts."""
        self._recorder.take()
        if page.kind == "sqlite":
            yield from write_sqlite(self._index.archive)
            return
        head, tail = write_frame(page)
        yield head
        yield from map(self._write_rows, self.list_blocks(page))
        yield tail

    def list_blocks(self, page: Page) -> list[Block]:
        """The blocks of a file of a kind in ``IN_BLOCKS``, in order."""
        source = find_source(page)
        if source not in self._blocks:
            self._blocks[source] = tuple(cut_blocks(list_keys(self.index, source)))
        return make_blocks(page, self._blocks[source])

    def find_block(self, page: Page, first: str, until: str | None) -> Block:
        """The block of such a file that begins with one key and ends before another, or with the file."""
        begin, keys = list_run(self.index, find_source(page), first, until)
        return Block(page=page, keys=keys, first=not begin)

    def _write_rows(self, block: Block) -> bytes:
        return write_rows(self._make_desk(block.page), block, self._find_item)

    def _find_item(self, source: str, key: str) -> Any:
        return read_whole(find_item(self._index, source, key))

    def take_facts(self, page: Page) -> frozenset[Fact]:
        """The facts noted since the last page."""
        facts = self._always | self._recorder.take()
        # The words of a block depend on its documents, and each of these has facts of its own.
        return frozenset() if page.kind == "search_file" and page.key.startswith("words ") else facts

    def _read_file(self, kind: str, name: str) -> bytes | None:
        """What a fact about a file is about: a template's source, a static file, or the names of all static files."""
        if kind == "template":
            return self._used.read_source(name)
        if name == "#names":
            return "\n".join(list_static(self._made_of[1].static)).encode("utf-8", "surrogateescape")
        try:
            return read_static(name, self._made_of[1].static)
        except OSError:
            return None

    def _write(self, desk: Desk, page: Page) -> bytes:
        match page.kind:
            case "record":
                return record_to_markdown(read_whole(self._index.stories[page.key])).encode("utf-8", "replace")
            case "data" | "csv" | "citations" | "sqlite":
                return b"".join(self.stream(page))
            case "crate":
                return write_crate(desk, list_downloads(self._settings))
            case "page_feed":
                return write_page_feed(desk, page.key)
            case "atom":
                return write_atom(desk)
            case "json_feed":
                return write_json_feed(desk)
            case "sitemap" | "sitemap_part":
                return self._write_sitemap(page)
            case "search_file":
                return self._search.write(page.key)
            case _:
                return self._write_fixed(page)

    def _write_fixed(self, page: Page) -> bytes:
        """What follows from the settings and the program alone."""
        match page.kind:
            case "datapackage":
                return write_datapackage(self._settings)
            case "opensearch":
                return write_opensearch(self._settings)
            case "schema":
                return (json.dumps(schema(), ensure_ascii=False, indent=2) + "\n").encode()
            case "robots":
                return write_robots(self._settings.base_url, self._settings.noindex)
            case "static":
                self._recorder.note(("static", page.key))
                return read_static(page.key, self._settings.static)
            case "empty":
                return b""
            case _:
                raise ValueError(f"no page of the kind {page.kind!r}")

    def _write_sitemap(self, page: Page) -> bytes:
        """Every page but second parts; in parts where there are more than a sitemap may hold. Read without notice."""
        base = self._settings.base_url
        pages = [p for p in self.pages if p.kind in HTML_KINDS and p.number == 1]
        if page.kind == "sitemap" and len(pages) > SITEMAP_LIMIT:
            parts = count_pages(len(pages), SITEMAP_LIMIT)
            return write_sitemap_index(base, [f"sitemap-{n}.xml" for n in range(1, parts + 1)])
        first = (page.number - 1) * SITEMAP_LIMIT
        return write_sitemap(base, [(canonical_path(p.path), self._find_day(p)) for p in pages[first : first + SITEMAP_LIMIT]])

    def _find_day(self, page: Page) -> str | None:
        """When a story last changed, as a day; other pages do not say."""
        story = self.index.stories[page.key] if page.kind == "story" else None
        return find_updated(story)[:10] if story and story.date and len(story.date) >= 10 else None
