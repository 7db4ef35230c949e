"""What a build leaves to the next one beside its readings: the look-ups, what was made of them, the stories as published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import chain
from typing import Any

from alibaba_news.builder import made_parts
from alibaba_news.builder.aside import mix_aside
from alibaba_news.builder.cache import CacheDamagedError, dump
from alibaba_news.builder.memory import FILES_OF_STORIES, KeptStories, Memory
from alibaba_news.builder.readings import CODEC, STORY_CODEC
from alibaba_news.builder.stale import Made
from alibaba_news.builder.stream_parts import list_lengths
from alibaba_news.builder.workers import Jobs, as_workers
from alibaba_news.lots import Lots, list_lots
from alibaba_news.model import Story
from alibaba_news.renderer.kept import KeptIndex, change_rows, change_whole, list_parts
from alibaba_news.renderer.render import Renderer

_INDEX = "index "
_MANY_FACTS = 10_000  # of a thousand stories: less is made in the time that a fork takes
_KEPT = 512  # stories that are held at a time


def list_state(renderer: Renderer, made: Made, withheld: bytes, jobs: Jobs) -> Iterator[tuple[str, Any]]:
    """The parts of the state by name; where that pays another process begins with them now."""
    lists: tuple[Callable[[], Iterator[tuple[str, Any]]], ...] = (
        partial(made_parts.list_fact_parts, made),  # by far the longest
        partial(made_parts.list_parts, made, withheld),
        partial(_list_index, renderer),
        partial(_list_files, renderer),
        partial(_list_blocks, made),
    )
    pays = as_workers(jobs).count > 1 and len(made.facts) >= _MANY_FACTS
    return mix_aside([partial(_dump_all, own) for own in lists]) if pays else chain.from_iterable(own() for own in lists)


def _dump_all(list_own: Callable[[], Iterator[tuple[str, Any]]]) -> Iterator[tuple[str, Any]]:
    return ((name, dump(value)) for name, value in list_own())


def _list_index(renderer: Renderer) -> Iterator[tuple[str, Any]]:
    return ((_INDEX + name, value) for name, value in list_parts(renderer.index))


def _list_blocks(made: Made) -> Iterator[tuple[str, Any]]:
    return ((name_blocks(path), lengths) for path, lengths in list_lengths(made).items())


def _list_files(renderer: Renderer) -> Iterator[tuple[str, Any]]:
    sources = list_sources(renderer)
    yield from list_lots("sources", {file: slug for file, (slug, _) in sources.items()})
    yield from list_lots(FILES_OF_STORIES, {slug: (file, as_read) for file, (slug, as_read) in sources.items()})


def name_blocks(path: str) -> str:
    """The part that has the blocks of a file of the whole archive with their bytes."""
    return f"blocks {path}"


def list_sources(renderer: Renderer) -> dict[str, tuple[str, bool]]:
    """Of each story that is alone in its file, by that file, the slug and whether it is published as it was read."""
    stories = renderer.index.archive.stories
    counts = Counter(story.file for story in stories)
    # Where two say that they come of one file, their hashes decide which is first.
    told = Counter(story.source.file for story in stories)
    alone = (story for story in stories if counts[story.file] == told[story.source.file] == 1)
    return {story.file: (story.slug, story.slug in renderer.as_read) for story in alone}


def list_stories(renderer: Renderer) -> KeptStories:
    """The stories that must be kept because their files' readings do not hold them as they are."""
    as_read = {slug for slug, own in list_sources(renderer).values() if own}
    digests = {slug: renderer.values.digest(("stories", slug)) for slug in renderer.index.stories if slug not in as_read}
    return KeptStories(digests=digests, dump=lambda slug: STORY_CODEC.dump(renderer.index.stories[slug]))


class Stories(Mapping[str, Story]):
    """The stories of the build before, each taken up when it is asked for, and those that have ``changed`` since.

    Of stories that are alone in their files ``sources`` has the slugs by file, ``files`` the file by slug and whether the story
    is published as it was read there.
    """

    def __init__(self, memory: Memory, slugs: Callable[[], Mapping[str, Any]]) -> None:
        self._memory, self._slugs = memory, slugs
        self.changed: dict[str, Story] = {}
        self.sources: Mapping[str, str] = Lots(memory.read_part, "sources")
        self.files: Lots[tuple[str, bool]] = Lots(memory.read_part, FILES_OF_STORIES)
        self._load = lru_cache(maxsize=_KEPT)(self._find)

    def __getitem__(self, slug: str) -> Story:
        if slug in self.changed:
            return self.changed[slug]
        return self._load(slug)

    def _find(self, slug: str) -> Story:
        file, as_read = self.files.get(slug, ("", False))
        data = self._memory.read_story(slug) if not as_read else self._memory.read_reading(file)
        if data is None:
            raise CacheDamagedError(f"the story {slug} is lost")
        return CODEC.load(data).stories[0].story if as_read else STORY_CODEC.load(data)

    def __contains__(self, slug: object) -> bool:
        return slug in self._slugs()

    def __iter__(self) -> Iterator[str]:
        return iter(self._slugs())

    def __len__(self) -> int:
        return len(self._slugs())


def open_index(memory: Memory) -> tuple[KeptIndex, Stories]:
    """The look-ups that were kept, and the stories that they lead to."""
    stories = Stories(memory, lambda: index.position)
    index = KeptIndex(lambda name: memory.read_part(_INDEX + name), stories)
    return index, stories


def keep_rows(index: KeptIndex, name: str, rows: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a look-up that are others where these rows of it are others; it has them from here on."""
    return {_INDEX + part: value for part, value in change_rows(index, name, rows).items()}


def keep_whole(index: KeptIndex, name: str, value: Any) -> dict[str, Any]:
    """The parts of a look-up that is another; the index has it from here on."""
    return {_INDEX + part: value for part, value in change_whole(index, name, value).items()}
