"""Stories -> which of them are one text: copies, near copies and shortened copies of each other.

Candidates come from an index of sampled word runs (``shingles``); each is then compared run by run. Memory stays small
because a run that only one story has, as most are, never enters the index, and because a run that very many have (a closing
line of the house) leads to a few of them only; so the time grows with the number of stories, not with its square.

Own code, because the kept libraries find resemblance (MinHash), which a text shortened to a third does not have; the one that
finds containment (datasketch's LSH Ensemble) would bring numpy and scipy for what is an index of integers.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.archive.shingles import SAMPLE_END, Fingerprint
from alibaba_news.model import CopyKind

# Half of the shorter text: Broder et al., "Syntactic clustering of the Web" (1997), take documents that share half of
# their runs as one. Two own reports of one happening share names and quoted sentences, far less than half.
COPIED = 0.5
# A text below this share of the other's length is the other one shortened.
_SHORTENED = 0.8
# Sixteen words in a row: below that lie names with their titles, and sentences that any two reports may quote.
_FEWEST_RUNS = 12
# The sample only estimates; what it finds well below the threshold is compared too.
_WORTH_COMPARING = 0.25
_MOST_HOLDERS = 8
_MOST_COPIES = 12
_RUNS_AT_A_TIME = 250_000  # about 70 bytes each
_RECALLED = 256  # texts


class OtherTexts(Protocol):
    """All texts but one, by number. ``number`` is that of the one; where they are ``ordered``, numbers follow the archive."""

    number: int
    ordered: bool

    def find_holders(self, run: int) -> Sequence[int]:
        """Those that have a run in their samples, in ascending order; of several with the same words the first."""

    def count_runs(self, text: int) -> int:
        """How many runs the sample of one has."""


class TextPair(Struct, frozen=True):
    """Two stories by position: how much of the first stands in the second, and of the second in the first."""

    one: int
    other: int
    share: float
    share_there: float
    kind: CopyKind

    def turn(self) -> TextPair:
        """The same, seen from the other story."""
        kinds: dict[CopyKind, CopyKind] = {"contains": "contained", "contained": "contains"}
        return TextPair(self.other, self.one, self.share_there, self.share, kinds.get(self.kind, self.kind))


def find_copies(prints: Sequence[Fingerprint | None]) -> dict[int, list[TextPair]]:
    """By position, the copies of a story, nearest first and at most twelve; stories without one are left out.

    ``prints`` are the stories' fingerprints, None for one without a body (withdrawn, say), which is a copy of nothing.
    """
    groups = _group_texts(prints)
    near: dict[int, list[TextPair]] = defaultdict(list)
    for pair in _find_near({first: own for first in groups if (own := prints[first]) is not None}):
        near[pair.one].append(pair)
        near[pair.other].append(pair.turn())
    found: dict[int, list[TextPair]] = {}
    for first, group in groups.items():
        pairs = _sort_pairs(near.get(first, ()))
        for position in group:
            rows = [TextPair(position, n, 1.0, 1.0, "same text") for n in group[: _MOST_COPIES + 1] if n != position]
            for pair in pairs[:_MOST_COPIES]:
                rows += [replace(pair, one=position, other=n) for n in groups[pair.other][:_MOST_COPIES]]
            if rows:
                found[position] = rows[:_MOST_COPIES]
    return found


def follow_copies(
    before: Fingerprint | None,
    after: Fingerprint | None,
    others: OtherTexts,
    find: Callable[[int], Fingerprint],
    known: Collection[int],
) -> dict[int, TextPair] | None:
    """The pairs of a text, by the number of the other, as it reads now; None where they cannot be told from it alone.

    They can where it stays a copy of those ``known`` and of no other, and where all others are compared as they were. None of
    the ``others`` has the same words; ``find`` gives their fingerprints.
    """
    if before is None or after is None:
        return {} if before is after and not known else None
    own, moved = frozenset(after.sample()), frozenset(before.sample()).symmetric_difference(after.sample())
    holders = {run: others.find_holders(run) for run in own | moved}
    # A run that many texts have leads to the first few of them: one that moved, now perhaps to others of them.
    decisive = moved if others.ordered else holders
    if any(len(holders[run]) >= _MOST_HOLDERS for run in decisive):
        return None
    counts = Counter(chain.from_iterable(_list_led_to(holders[run], others.number) for run in own))
    worth = _WORTH_COMPARING * len(own)
    near = (n for n, shared in counts.items() if shared >= min(worth, _WORTH_COMPARING * others.count_runs(n)))
    runs = frozenset(after.numbers())
    pairs = {number: pair for number in near if (pair := _compare(0, 1, runs, find(number).numbers())) is not None}
    return pairs if pairs.keys() == set(known) and len(pairs) < _MOST_COPIES else None


def _list_led_to(holders: Sequence[int], number: int) -> Sequence[int]:
    """Of those that hold a run the ones that it leads to from a text, or from which it leads to it, as ``_find_candidates`` has
    it: of any two the first must be among the first few."""
    return holders if bisect_left(holders, number) < _MOST_HOLDERS else holders[:_MOST_HOLDERS]


def compare_prints(prints: Sequence[Fingerprint], one: int, others: Iterable[int]) -> list[TextPair] | None:
    """The pairs of one of some texts with others, by place, nearest first; None where one of them is no copy.

    As ``find_copies`` gives them, where the texts are in the order of the archive and there are less than twelve.
    """
    runs = frozenset(prints[one].numbers())
    pairs = [_compare(one, other, runs, prints[other].numbers()) for other in others]
    found = [pair for pair in pairs if pair is not None]
    return _sort_pairs(found) if len(found) == len(pairs) < _MOST_COPIES else None


def _sort_pairs(pairs: Iterable[TextPair]) -> list[TextPair]:
    return sorted(pairs, key=lambda p: (-max(p.share, p.share_there), -p.share, p.other))


def _group_texts(prints: Sequence[Fingerprint | None]) -> dict[int, list[int]]:
    """The stories of one text by the first of them."""
    firsts: dict[bytes, int] = {}
    groups: dict[int, list[int]] = {}
    for position, own in enumerate(prints):
        if own is not None:
            groups.setdefault(firsts.setdefault(own.words, position), []).append(position)
    return groups


def number_texts(count: int, copies: dict[int, list[TextPair]]) -> list[int]:
    """For each of ``count`` stories the first one of its text, which it is a copy of directly or through others, or itself."""
    home = list(range(count))

    def find(position: int) -> int:
        while home[position] != position:
            home[position] = home[home[position]]
            position = home[position]
        return position

    for position, pairs in copies.items():
        for pair in pairs:
            one, other = sorted((find(position), find(pair.other)))
            home[other] = one
    return [find(position) for position in range(count)]


def _find_near(prints: Mapping[int, Fingerprint]) -> Iterator[TextPair]:
    """Pairs of different texts, the later story first, as far as half of the shorter one stands in the longer."""

    def list_runs(position: int) -> frozenset[int]:
        return frozenset(prints[position].numbers())

    # A run that many texts have leads all of them to the same first few.
    recall_runs = lru_cache(_RECALLED)(list_runs)
    for one, others in _find_candidates({position: found.sample() for position, found in prints.items()}):
        runs = list_runs(one)
        for other in others:
            pair = _compare(one, other, runs, recall_runs(other))
            if pair is not None:
                yield pair


def _find_candidates(samples: Mapping[int, array[int]]) -> Iterator[tuple[int, list[int]]]:
    """Each text with those before it that share enough of their samples with it."""
    repeated = _find_repeated(samples.values())
    few: dict[int, list[int]] = {}  # the holders of a run, as long as they are not too many,
    first: dict[int, list[int]] = {}  # and the first few of those of the others
    worth: dict[int, float] = {}
    lowest = math.inf
    for position, sample in samples.items():
        runs = repeated.intersection(sample)
        common = runs & first.keys()
        shared = list(chain.from_iterable(map(first.__getitem__, common)))
        for run in runs - common:
            known = few.setdefault(run, [])
            shared += known
            known.append(position)
            if len(known) == _MOST_HOLDERS:
                first[run] = few.pop(run)
        least = worth[position] = _WORTH_COMPARING * len(sample)
        lowest = min(lowest, least)
        counts = Counter(shared)
        found = [n for n, count in counts.items() if count >= lowest and (count >= least or count >= worth[n])]
        if found:
            yield position, sorted(found)


def _find_repeated(samples: Collection[array[int]]) -> set[int]:
    """The runs that stand in more than one text; looked for part by part, since all runs of a large archive fill memory."""
    parts = -(-sum(map(len, samples)) // _RUNS_AT_A_TIME) or 1
    bounds = [SAMPLE_END * part // parts for part in range(1, parts)]
    again: set[int] = set()
    starts = [0] * len(samples)
    for bound in (*bounds, SAMPLE_END):
        once: set[int] = set()
        for nth, sample in enumerate(samples):
            start, starts[nth] = starts[nth], bisect_left(sample, bound, starts[nth])
            runs = sample[start : starts[nth]]
            again.update(once.intersection(runs))
            once.update(runs)
    return again


def _compare(one: int, other: int, runs: frozenset[int], twins: Collection[int]) -> TextPair | None:
    shared = len(runs.intersection(twins))
    if shared < _FEWEST_RUNS or shared < COPIED * min(len(runs), len(twins)):
        return None
    kind: CopyKind = "near copy"
    if len(runs) < _SHORTENED * len(twins):
        kind = "contained"
    elif len(twins) < _SHORTENED * len(runs):
        kind = "contains"
    return TextPair(one, other, shared / len(runs), shared / len(twins), kind)
