"""Events that an authority names: the name of a happening in a story -> the row that it means."""

from __future__ import annotations

from alibaba_news.archive.words import split_words
from alibaba_news.model import Event
from alibaba_news.world import Authority, World


class EventRows:
    """The authority's events by the first word of each of their names."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._by_first: dict[str, list[tuple[tuple[str, ...], Authority]]] = {}
        # Longest form first, an editor's before a packaged one.
        forms = [(split_words(form), row) for row in world.rows("events") for form in (row.name, *row.aliases)]
        for words, row in sorted(forms, key=lambda f: (-len(f[0]), not f[1].editors, f[1].name)):
            if words:
                self._by_first.setdefault(words[0], []).append((words, row))

    def find(self, event: Event) -> Authority | None:
        """The row whose name the event's name holds and whose day it does not contradict, or None."""
        words = split_words(event.name)
        for i, word in enumerate(words):
            for form, row in self._by_first.get(word, ()):
                if words[i : i + len(form)] == form and _agrees(event, row, whole=len(form) == len(words)):
                    return row
        return None


def _agrees(event: Event, row: Authority, *, whole: bool) -> bool:
    if event.start is None:
        return whole or row.editors
    if row.start is None:
        return True
    return event.start.startswith(row.start) or row.start.startswith(event.start)
