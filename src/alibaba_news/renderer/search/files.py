"""The files of the index: classic scripts that hand their text to the reader. Modules and fetch do not work from disk."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from alibaba_news.renderer.anchors import Anchors
from alibaba_news.renderer.search.analysing import analyse
from alibaba_news.renderer.search.blocks import merge_block
from alibaba_news.renderer.search.changes import Changes, change_shard
from alibaba_news.renderer.search.documents import list_filters, make_document, word_note
from alibaba_news.renderer.search.layout import choose_bounds, list_numbers
from alibaba_news.renderer.views.desk import Desk

if TYPE_CHECKING:
    from alibaba_news.renderer.index import Index
    from alibaba_news.renderer.words import Words
    from alibaba_news.settings import Settings


class SearchWriter:
    """Makes the files of one archive's index. Between files it keeps the shards of the block in hand, and nothing else.

    ``watch`` is what the documents of a block are read through: a function of an id that gives what ``read`` gives for it.
    """

    def __init__(self, index: Index, words: Words, settings: Settings, watch: Callable[[str], bytes] | None = None) -> None:
        self._desk = Desk(index=index, anchors=Anchors(), words=words, settings=settings, path="search/index.html")
        self._plan = index.search
        self._watch = watch or self.read
        self._bounds = choose_bounds(self._plan.layout)
        self._block: tuple[int, list[str]] = (-1, [])

    def write(self, key: str) -> bytes:
        """The file of a key of ``plan_search``."""
        what, *numbers = key.split(" ")
        if what == "words":
            return self._write_words(int(numbers[0]), int(numbers[1]))
        if what == "texts":
            return self._write_texts(int(numbers[0]), int(numbers[1]))
        table = write_call("documents", list(self._plan.table))
        return table + self._write_words(0, 0) + self._write_texts(0, 0) if self._plan.layout.whole else table

    def read(self, key: str) -> bytes:
        """What the document of an id says of itself."""
        return analyse(make_document(self._desk, key), list_filters(self._desk, key))

    def _write_words(self, block: int, shard: int) -> bytes:
        if self._block[0] != block:
            read = self.read if self._plan.layout.whole else self._watch
            terms = ((number, read(key)) for number, key in list_numbers(self._plan, block))
            self._block = (block, merge_block(terms, self._bounds))
        return write_call(f"words-{block}-{shard}", self._block[1][shard])

    def _write_texts(self, block: int, chunk: int) -> bytes:
        found = [(make_document(self._desk, key), word_note(self._desk, key)) for key in self._plan.ids[block][chunk]]
        rows = [[d.path, d.title, note, d.lang, "\n".join(d.texts or d.names)] for d, note in found]
        return write_call(f"texts-{block}-{chunk}", rows)


def change_words(data: bytes, block: int, shard: int, changes: Changes) -> bytes:
    """The file of a shard, as ``SearchWriter`` wrote it, with the changes made. Raises ValueError for another file."""
    text = json.loads(data[data.index(b",") + 1 : -3])
    return write_call(f"words-{block}-{shard}", change_shard(text, changes))


def write_call(name: str, content: object) -> bytes:
    """A script of one call; the content is JSON, which is JavaScript, and no character of a text ends it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'archiveSearch.take("{name}",{text});\n'.encode("utf-8", "replace")
