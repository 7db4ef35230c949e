"""Documents of the search index that say something else than before -> the files of words that change by it, and no others.

Documents are kept among the pages that were made, at addresses that no page has: each has the facts that it was made from, and
in place of a file's hash the digest of what it says of itself, which a ``Store`` keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, cast

from msgspec import Struct, field

from alibaba_news.builder.stale import Made
from alibaba_news.renderer.render import Part
from alibaba_news.renderer.search.changes import find_changes
from alibaba_news.renderer.search.files import change_words
from alibaba_news.renderer.search.layout import FOLDER, SearchPlan, choose_bounds, find_words_file, list_numbers, place_document
from alibaba_news.values import digest_bytes

# What a document has of its own: the layout, its block, its number there, its id.
What = tuple[str, int, int, str]
_MOST = 200  # documents of a block that change: where there are more, making it again as a whole takes less time


class Store(Protocol):
    """Keeps what documents say of themselves from one build to the next, by their ids."""

    def read_terms(self, key: str) -> bytes | None:
        """What was kept last; None where that is lost."""

    def keep_terms(self, rows: list[tuple[str, bytes]]) -> None:
        """Keep documents in place of what they were."""

    def forget_terms(self, list_gone: Callable[[Iterable[str]], list[str]]) -> None:
        """Forget those of the documents that ``list_gone`` gives."""


class Update(Struct):
    """What changes: files of words with their new bytes, and addresses of files that must be made as if they were new.

    ``parts`` are the documents that were read for it, by id.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    afresh: set[str] = field(default_factory=set)
    parts: dict[str, Part] = field(default_factory=dict)


class Sources(Struct, frozen=True):
    """``read`` gives what a document says of itself, ``standing`` what stands at an address as it was made, else None."""

    read: Callable[[str], Part]
    standing: Callable[[str], bytes | None]
    store: Store


def is_document(path: str) -> bool:
    """Whether an address is that of a document: a file of the user's own may have a "#" in its name as well."""
    return path.startswith(f"{FOLDER}/") and "/#" in path


def hash_terms(terms: bytes) -> str:
    """The digest of what a document says of itself."""
    return digest_bytes(terms).hex()


def _plan_all(plan: SearchPlan, name: str) -> dict[str, What]:
    blocks = () if plan.layout.whole else range(plan.layout.blocks)
    return {
        f"{FOLDER}/{block}/#{key}": (name, block, number, key) for block in blocks for number, key in list_numbers(plan, block)
    }


class SearchParts:
    """The documents of an index beside those that the build before made. ``planned`` are their addresses and what they are."""

    def __init__(self, plan: SearchPlan, made: Made, planned: dict[str, What] | None = None) -> None:
        """``planned`` are the documents that are looked at, where these are not all of the index."""
        self._layout, self._made = plan.layout, made
        self._name = f"{plan.layout.blocks} {plan.layout.shards} {plan.slots}"
        self.planned = _plan_all(plan, self._name) if planned is None else planned
        self._gone = [path for path in made.pages if is_document(path) and path not in self.planned]

    def find_path(self, key: str) -> str:
        """The address of the document of an id."""
        return f"{FOLDER}/{place_document(key, self._layout)[0]}/#{key}"

    def list_gone(self, keys: Iterable[str]) -> list[str]:
        """Those of the ids whose documents there are no more."""
        return [key for key in keys if self.find_path(key) not in self.planned]

    def update(self, stale: frozenset[str], sources: Sources) -> Update:
        """What changes by the documents whose addresses are ``stale`` or gone."""
        update = Update()
        due: dict[int, list[str]] = {}
        for path in (*self._gone, *(path for path in stale if path in self.planned)):
            due.setdefault(int(path.removeprefix(f"{FOLDER}/").partition("/")[0]), []).append(path)
        for block, paths in sorted(due.items()):
            if block >= self._layout.blocks or self._layout.whole:
                continue
            files = self._change(block, sorted(paths), sources, update.parts)
            if files is None:
                update.afresh.update(find_words_file(block, shard) for shard in range(self._layout.shards))
            else:
                update.files |= files
        return update

    def _change(self, block: int, paths: list[str], sources: Sources, parts: dict[str, Part]) -> dict[str, bytes] | None:
        """The files of a block that change; None where the whole block must be made again."""
        before = self._recall(paths, sources.store) if len(paths) <= _MOST else None
        if before is None:
            return None
        after = {}
        for path in paths:
            if path in self.planned:
                _, _, number, key = self.planned[path]
                part = parts[key] = sources.read(key)
                after[number] = part.terms
        files = {}
        for shard, changes in find_changes(before, after, choose_bounds(self._layout)).items():
            path = find_words_file(block, shard)
            data = sources.standing(path)
            if data is None:
                return None
            files[path] = change_words(data, block, shard, changes)
        return files

    def _recall(self, paths: list[str], store: Store) -> dict[int, bytes] | None:
        """What documents said before, by number; None where it is lost, or where they stood in an index of another layout."""
        found: dict[int, bytes] = {}
        for path in paths:
            page = self._made.pages.get(path)
            if page is None:
                continue
            name, _, number, key = cast("What", page.what)
            terms = store.read_terms(key)
            if name != self._name or terms is None or hash_terms(terms) != page.sha256:
                return None
            found[number] = terms
        return found
