"""Two copies of one text -> what differs: headline, outlet, dateline, whole paragraphs, and figures, dates and quotes.

Facts are compared in the paragraphs that both have: one that stands in a paragraph the other side left out is left out with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from alibaba_news.archive.copies import TextPair
from alibaba_news.archive.shingles import RUN, make_runs, read_body, read_words
from alibaba_news.model import CopiedStory, DateExpression, Difference, DifferenceKind, Figure, Place, Quote, Story, StoryCopy
from alibaba_news.text import fold

Fact = Figure | DateExpression | Quote

# A paragraph is in the other text where half of its runs are, as with the whole text.
_HALF = 0.5
_MOST_FACTS = 12


@dataclass(frozen=True, slots=True)
class _Body:
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
    if pair.kind != "same text":
        only_here, only_there = _find_lone(story, bodies(pair.other)), _find_lone(other, bodies(pair.one))
    return StoryCopy(
        story=other.slug,
        kind=pair.kind,
        share=round(pair.share, 3),
        share_there=round(pair.share_there, 3),
        only_here=only_here,
        only_there=only_there,
        differs=tuple(_find_differences(story, other, frozenset(only_here), frozenset(only_there))),
    )


def _find_lone(story: Story, other: _Body) -> tuple[int, ...]:
    return tuple(n for n, text in enumerate(story.body, start=1) if not other.holds(text))


def _find_differences(story: Story, other: Story, lone: frozenset[Place], lone_there: frozenset[Place]) -> Iterable[Difference]:
    heads: tuple[tuple[DifferenceKind, str | None, str | None], ...] = (
        ("title", story.title, other.title),
        ("outlet", story.outlet, other.outlet),
        ("dateline", story.dateline, other.dateline),
    )
    for what, here, there in heads:
        if fold(here or "") != fold(there or ""):
            yield Difference(what=what, here=(here,) if here else (), there=(there,) if there else ())
    facts: tuple[tuple[DifferenceKind, Iterable[Fact], Iterable[Fact]], ...] = (
        ("figures", story.figures, other.figures),
        ("dates", story.dates, other.dates),
        ("quotes", story.quotes, other.quotes),
    )
    for what, here_facts, there_facts in facts:
        ours, theirs = _key_facts(here_facts, lone), _key_facts(there_facts, lone_there)
        only, only_there = (tuple(dict.fromkeys(a[k] for k in a if k not in b)) for a, b in ((ours, theirs), (theirs, ours)))
        if only or only_there:
            yield Difference(what=what, here=only[:_MOST_FACTS], there=only_there[:_MOST_FACTS])


def _key_facts(facts: Iterable[Fact], lone: frozenset[Place]) -> dict[object, str]:
    """The facts of the body's shared paragraphs, as printed, by what makes two of them one."""
    return {_key(f): f.text for f in facts if isinstance(f.paragraph, int) and f.paragraph > 0 and f.paragraph not in lone}


def _key(fact: Fact) -> object:
    if isinstance(fact, Figure):
        return fold(fact.unit), float(fact.value)
    if isinstance(fact, DateExpression):
        return fact.value or fold(fact.text)
    return tuple(read_words(fact.text))
