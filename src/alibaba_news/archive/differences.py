"""Two copies of one text -> what differs: headline, outlet, dateline, whole paragraphs, and people, figures, dates and quotes.

Facts are compared in the paragraphs that both have: one that stands in a paragraph the other side left out is left out with it.
A fact is on one side only where the other does not print its words: what was only read differently is no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from alibaba_news.archive.copies import TextPair
from alibaba_news.archive.shingles import RUN, make_runs, read_body, read_words
from alibaba_news.model import CopiedStory, DateExpression, Difference, DifferenceKind, Figure, Place, Quote, Story, StoryCopy
from alibaba_news.text import fold
from alibaba_news.world import settle_outlet

Fact = Figure | DateExpression | Quote

# A paragraph is in the other text where half of its runs are, as with the whole text.
_HALF = 0.5
_MOST_FACTS = 12


class _Side(Struct, frozen=True):
    """One of two copies as it is compared: its story, its words in one run, the paragraphs that the other left out."""

    story: Story
    words: str
    lone: frozenset[Place]

    def shows(self, place: Place | None) -> bool:
        """Whether a place is in a paragraph of the body that both have."""
        return isinstance(place, int) and place > 0 and place not in self.lone

    def prints(self, text: str) -> bool:
        """Whether the body holds these words in this order."""
        return f" {' '.join(read_words(text))} " in self.words


class _Body(Struct, frozen=True):
    """A body with its runs, to ask it for another's paragraphs."""

    words: str
    runs: frozenset[str]

    def holds(self, text: str) -> bool:
        """Whether a paragraph, or half of its runs, stands here. One without words is missed by nobody."""
        words = read_words(text)
        if len(words) < 2 * RUN:
            return f" {' '.join(words)} " in self.words
        runs = make_runs(words)
        return sum(run in self.runs for run in runs) >= _HALF * len(runs)


def describe_copies(stories: Sequence[Story], copies: dict[int, list[TextPair]]) -> tuple[CopiedStory, ...]:
    """The rows of the archive, by slug. The stories have their final slugs."""
    rows = []
    bodies = lru_cache(maxsize=1024)(lambda position: _read_body(stories[position]))
    for position, pairs in copies.items():
        story = stories[position]
        found = [_describe(story, stories[p.other], p, bodies) for p in pairs]
        rows.append(CopiedStory(story=story.slug, copies=tuple(found)))
    return tuple(sorted(rows, key=lambda row: row.story))


def _read_body(story: Story) -> _Body:
    words = read_body(story)
    return _Body(f" {' '.join(words)} ", frozenset(make_runs(words)))


def _describe(story: Story, other: Story, pair: TextPair, bodies: Callable[[int], _Body]) -> StoryCopy:
    only_here: tuple[int, ...] = ()
    only_there: tuple[int, ...] = ()
    ours, theirs = bodies(pair.one), bodies(pair.other)
    if pair.kind != "same text":
        only_here, only_there = _find_lone(story, theirs), _find_lone(other, ours)
    here, there = _Side(story, ours.words, frozenset(only_here)), _Side(other, theirs.words, frozenset(only_there))
    return StoryCopy(
        story=other.slug,
        kind=pair.kind,
        share=round(pair.share, 3),
        share_there=round(pair.share_there, 3),
        only_here=only_here,
        only_there=only_there,
        differs=(*_compare_heads(story, other), *_compare_facts(here, there)),
    )


def _find_lone(story: Story, other: _Body) -> tuple[int, ...]:
    return tuple(n for n, text in enumerate(story.body, start=1) if not other.holds(text))


def _compare_heads(story: Story, other: Story) -> Iterator[Difference]:
    heads: tuple[tuple[DifferenceKind, str | None, str | None], ...] = (
        ("title", story.title, other.title),
        ("outlet", _name_outlet(story), _name_outlet(other)),
        ("dateline", story.dateline, other.dateline),
    )
    for what, here, there in heads:
        if fold(here or "") != fold(there or ""):
            yield Difference(what=what, here=(here,) if here else (), there=(there,) if there else ())


def _name_outlet(story: Story) -> str | None:
    """The outlet under the one name that all its forms have."""
    return (settle_outlet(story.outlet) or story.outlet) if story.outlet else None


def _compare_facts(here: _Side, there: _Side) -> Iterator[Difference]:
    rows: tuple[tuple[DifferenceKind, Mapping[object, str], Mapping[object, str]], ...] = (
        ("people", _find_people(here), _find_people(there)),
        ("figures", _key_facts(here.story.figures, here), _key_facts(there.story.figures, there)),
        ("dates", _key_facts(here.story.dates, here), _key_facts(there.story.dates, there)),
        ("quotes", _key_facts(here.story.quotes, here), _key_facts(there.story.quotes, there)),
    )
    for what, ours, theirs in rows:
        only, only_there = _find_only(ours, theirs, there), _find_only(theirs, ours, here)
        if only or only_there:
            yield Difference(what=what, here=only, there=only_there)
    said, said_there = _name_speakers(here.story, there.story)
    if said:
        yield Difference(what="speakers", here=said, there=said_there)


def _find_only(ours: Mapping[object, str], theirs: Mapping[object, str], other: _Side) -> tuple[str, ...]:
    found = (text for key, text in ours.items() if key not in theirs and not other.prints(text))
    return tuple(dict.fromkeys(found))[:_MOST_FACTS]


def _find_people(side: _Side) -> dict[object, str]:
    """Who is named in the paragraphs that both have, as the fullest form that stands there."""
    found: dict[object, str] = {}
    for person in side.story.people:
        forms = [mention.text for mention in person.mentions if side.shows(mention.paragraph)]
        if forms:
            found[person.id] = max(forms, key=len)
    return found


def _key_facts(facts: Iterable[Fact], side: _Side) -> dict[object, str]:
    """The facts of the body's shared paragraphs, as printed, by what makes two of them one."""
    return {_key(f): f.text for f in facts if side.shows(f.paragraph)}


def _name_speakers(story: Story, other: Story) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that both quote, each with whom they give them to, where that is two people and neither is in doubt."""
    ours, theirs = ({_key(q): q for q in s.quotes if q.speaker} for s in (story, other))
    names, names_there = ({person.id: person.name for person in s.people} for s in (story, other))
    pairs = [(q, theirs[key]) for key, q in ours.items() if key in theirs and theirs[key].speaker != q.speaker][:_MOST_FACTS]
    return (
        tuple(f"“{q.text.strip(' ,')}” ({names.get(q.speaker or '', q.speaker_text)})" for q, _ in pairs),
        tuple(f"“{q.text.strip(' ,')}” ({names_there.get(q.speaker or '', q.speaker_text)})" for _, q in pairs),
    )


def _key(fact: Fact) -> object:
    if isinstance(fact, Figure):
        return fold(fact.unit), float(fact.value)
    if isinstance(fact, DateExpression):
        return fact.value or fold(fact.text)
    return tuple(read_words(fact.text))
