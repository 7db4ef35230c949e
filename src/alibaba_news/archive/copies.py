"""Stories -> which of them are one text: copies, near copies and shortened copies of each other.

Candidates come from an index of sampled word runs (``shingles``); each is then compared run by run. Memory stays small
because a run that only one story has, as most are, never enters the index, and because a run that very many have (a closing
line of the house) leads to a few of them only; so the time grows with the number of stories, not with its square.

Own code, because the kept libraries find resemblance (MinHash), which a text shortened to a third does not have; the one that
finds containment (datasketch's LSH Ensemble) would bring numpy and scipy for what is an index of integers.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from alibaba_news.archive.shingles import Fingerprint
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

FindPrint = Callable[[str], Fingerprint]


@dataclass(frozen=True, slots=True)
class TextPair:
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
        pairs = sorted(near.get(first, ()), key=lambda p: (-max(p.share, p.share_there), -p.share, p.other))
        for position in group:
            rows = [TextPair(position, n, 1.0, 1.0, "same text") for n in group[: _MOST_COPIES + 1] if n != position]
            for pair in pairs[:_MOST_COPIES]:
                rows += [replace(pair, one=position, other=n) for n in groups[pair.other][:_MOST_COPIES]]
            if rows:
                found[position] = rows[:_MOST_COPIES]
    return found


def stays_alone(
    before: Fingerprint | None, after: Fingerprint | None, others: Iterable[tuple[str, bytes, array[int]]], find: FindPrint
) -> bool:
    """Whether a text that is no copy is none as it reads now either, and all ``others`` are compared as they were.

    ``others`` have a name, the ``words`` and the ``sample`` of their fingerprint, which ``find`` gives by the name. False also
    where that cannot be told from the text alone.
    """
    if before is None or after is None:
        return before is after
    sample = after.sample()
    own, moved = frozenset(sample), frozenset(sample).symmetric_difference(before.sample())
    holders: Counter[int] = Counter()
    near = []
    for name, words, other in others:
        if words in (before.words, after.words):
            return False
        count = len(own.intersection(other))
        if count and count >= _WORTH_COMPARING * min(len(sample), len(other)):
            near.append(name)
        if not moved.isdisjoint(other):
            holders.update(moved.intersection(other))
    if any(count >= _MOST_HOLDERS for count in holders.values()):
        return False  # a run that leads to a few of its texts only may now lead to others of them
    runs = frozenset(after.numbers())
    return all(_compare(0, 1, runs, find(name).numbers()) is None for name in near)


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
    for one, others in _find_candidates({position: found.sample() for position, found in prints.items()}):
        runs = frozenset(prints[one].numbers())
        for other in others:
            pair = _compare(one, other, runs, prints[other].numbers())
            if pair is not None:
                yield pair


def _find_candidates(samples: Mapping[int, array[int]]) -> Iterator[tuple[int, list[int]]]:
    """Each text with those before it that share enough of their samples with it."""
    repeated = _Repeated(samples.values())
    holders: dict[int, list[int]] = {}
    worth: dict[int, float] = {}
    for position, sample in samples.items():
        shared: list[int] = []
        for run in repeated.select(sample):
            known = holders.setdefault(run, [])
            shared += known
            if len(known) < _MOST_HOLDERS:
                known.append(position)
        least = worth[position] = _WORTH_COMPARING * len(sample)
        found = [n for n, count in Counter(shared).items() if count >= least or count >= worth[n]]
        if found:
            yield position, sorted(found)


class _Repeated:
    """The runs that stand in more than one text, and a few that do not: two bits a run are all that is kept."""

    def __init__(self, samples: Collection[array[int]]) -> None:
        self.mask = (1 << max(10, (8 * sum(map(len, samples))).bit_length())) - 1
        self.again = bytearray((self.mask >> 3) + 1)
        once, again, mask = bytearray(len(self.again)), self.again, self.mask
        for sample in samples:
            for run in sample:
                at, bit = (run & mask) >> 3, 1 << (run & 7)
                if once[at] & bit:
                    again[at] |= bit
                else:
                    once[at] |= bit

    def select(self, sample: Iterable[int]) -> list[int]:
        """Those of a sample."""
        again, mask = self.again, self.mask
        return [run for run in sample if again[(run & mask) >> 3] & 1 << (run & 7)]


def _compare(one: int, other: int, runs: frozenset[int], twins: memoryview[int]) -> TextPair | None:
    shared = len(runs.intersection(twins))
    if shared < _FEWEST_RUNS or shared < COPIED * min(len(runs), len(twins)):
        return None
    kind: CopyKind = "near copy"
    if len(runs) < _SHORTENED * len(twins):
        kind = "contained"
    elif len(twins) < _SHORTENED * len(runs):
        kind = "contains"
    return TextPair(one, other, shared / len(runs), shared / len(twins), kind)
