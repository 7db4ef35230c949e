"""An edited text among all others -> the copies of it and of each of them as they are now, without going through the archive.

Told where it stays a copy of the same stories; what is said of them (how much is shared, what differs) is worked out again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from alibaba_news.archive import Fingerprint, compare_prints, describe_copies, follow_copies
from alibaba_news.builder.cache import CacheDamagedError
from alibaba_news.builder.memory import Memory
from alibaba_news.builder.readings import CODEC
from alibaba_news.builder.state import Stories
from alibaba_news.builder.text_index import TextIndex
from alibaba_news.model import Story, StoryCopy

Copies = Mapping[str, tuple[StoryCopy, ...]]  # by slug


class Recopier:
    """Finds the copies of edited texts; ``copies`` are those of the build before."""

    def __init__(self, memory: Memory, stories: Stories, texts: TextIndex, copies: Copies) -> None:
        self._memory, self._stories, self._texts, self._copies = memory, stories, texts, copies
        self._files = stories.files
        self._find = cache(self._find_print)

    def recopy(self, now: Story, before: Fingerprint | None, after: Fingerprint | None, shas: set[str]) -> Copies | None:
        """The rows that are to take the place of those of the build before; None where the text alone does not tell.

        ``shas`` are those of the story's source: bytes that another story has too tell more than texts do.
        """
        known = [copy.story for copy in self._copies.get(now.slug, ())]
        near = {now.slug, *known, *(copy.story for slug in known for copy in self._copies[slug])}
        # Texts of the same words stand together, wherever theirs is first.
        if any(copy.kind == "same text" for slug in near for copy in self._copies.get(slug, ())):
            return None
        files = [self._files[slug][0] for slug in known if slug in self._files]
        others = self._texts.leave_out(self._files[now.slug][0])
        numbers = [others.find_number(file) for file in files]
        told = [own.words for own in (before, after) if own is not None] + [sha256.encode() for sha256 in shas]
        if len(numbers) != len(known) or any(map(others.has_twin, told)):
            return None
        if follow_copies(before, after, others, lambda number: self._find(*others.find_name(number)), numbers) is None:
            return None
        return self._describe(now, after, known, near) if known and after is not None else {}

    def _find_print(self, file: str, number: int) -> Fingerprint:
        data = self._memory.read_reading(file)
        if data is None:
            raise CacheDamagedError(f"the reading of {file} is lost")
        return CODEC.load(data).stories[number].fingerprint or Fingerprint(b"", b"")

    def _describe(self, now: Story, after: Fingerprint, known: Sequence[str], slugs: set[str]) -> Copies | None:
        if any(slug not in self._files for slug in slugs):
            return None
        stories = {slug: now if slug == now.slug else self._stories[slug] for slug in slugs}
        # The order of the archive, in which ties are settled.
        order = sorted(slugs, key=lambda s: (stories[s].source.file, stories[s].source.sha256, s))
        places = {slug: place for place, slug in enumerate(order)}
        prints = [after if slug == now.slug else self._find(self._files[slug][0], 0) for slug in order]
        pairs = {}
        for slug in (now.slug, *known):
            others = (places[copy.story] for copy in self._copies[slug])
            own = compare_prints(prints, places[slug], others)
            if own is None:
                return None
            pairs[places[slug]] = own
        rows = describe_copies([stories[slug] for slug in order], pairs)
        return {row.story: row.copies for row in rows}
