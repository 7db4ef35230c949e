"""Events that an authority names: the name of a happening, or the sentence that tells of it -> the row that it means."""

from __future__ import annotations

from alibaba_news.archive.words import listed, split_words
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
        self.of_editor = any(row.editors for _, row in forms)

    def find(self, event: Event) -> Authority | None:
        """The row whose name the event's name holds and whose day it does not contradict, or None."""
        words = split_words(event.name)
        for i, word in enumerate(words):
            for form, row in self._by_first.get(word, ()):
                if words[i : i + len(form)] == form and _agrees(event, row, whole=len(form) == len(words)):
                    return row
        return None

    def find_told(self, event: Event, sentence: str) -> Authority | None:
        """The only editor's row that the sentence of an event names and whose day is the event's, or None.

        A packaged row is too well known for that: most sentences that name the Asian Games tell of something else. So does
        one that names what is still to come, is over or serves for comparison ("menjelang Panen Raya").
        """
        words = split_words(sentence)
        found: dict[int, Authority] = {}
        for i, word in enumerate(words):
            for form, row in self._by_first.get(word, ()):
                named = row.editors and words[i : i + len(form)] == form and not _stands_aside(words[:i])
                if named and _falls_within(event, row):
                    found[id(row)] = row
        return next(iter(found.values())) if len(found) == 1 else None


def _agrees(event: Event, row: Authority, *, whole: bool) -> bool:
    if event.start is None:
        return whole or row.editors
    return _falls_within(event, row)


def _falls_within(event: Event, row: Authority) -> bool:
    """Whether the day of an event is one of the row's; any day is where the row has none (what comes back every year)."""
    if event.start is None:
        return False
    if row.start is None:
        return True
    if event.start.startswith(row.start) or row.start.startswith(event.start):
        return True
    return row.end is not None and row.start <= event.start and (event.start <= row.end or event.start.startswith(row.end))


def _stands_aside(before: tuple[str, ...]) -> bool:
    """Whether the words before a name say that the sentence is not about that happening itself."""
    return not listed("beside_happenings").isdisjoint(before[-2:])
