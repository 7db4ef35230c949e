"""Lines above a story -> which of them is its headline, if any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from alibaba_news.loader.layout.kinds import Kind
from alibaba_news.loader.layout.lines import RawLine
from alibaba_news.loader.layout.tables import words
from alibaba_news.text import fold

_WINDOW = 60  # lines above the lead in which a headline is looked for
_ENOUGH = 2.5
_LONGEST_TOPIC = 6  # words
_VOCABULARY = 6000  # characters of the story whose words a headline is compared with
_SIGNS = ".,:;!?\"'“”‘’()[]"


def find_headline(lines: Sequence[RawLine], kinds: Sequence[Kind], span: tuple[int, int]) -> int | None:
    """The index of the headline, or None where no line is likely enough to be it."""
    start, end = span
    first = max(0, start - _WINDOW)
    repeats = Counter(fold(line.text) for line in lines[first:start] if line.count >= 4)
    known = _vocabulary(lines, start, end)
    best, best_score = None, _ENOUGH
    listed = False
    for at in range(first, start):
        listed = kinds[at].name == "heading" or (listed and kinds[at].name in ("fragment", "prose") and not lines[at].gap)
        if kinds[at].name not in ("fragment", "prose", "item") or not _fits(lines[at]):
            continue
        score = (
            _score(lines, kinds, at, start, known)
            + (3 if repeats[fold(lines[at].text)] > 1 else 0)
            - (3 if listed and not _beside_date(kinds, at, start) else 0)
        )
        if score > best_score:
            best, best_score = at, score
    return _below_topic(lines, kinds, _above_standfirst(lines, kinds, best, first), start)


def _above_standfirst(lines: Sequence[RawLine], kinds: Sequence[Kind], best: int | None, first: int) -> int | None:
    """A headline in Title Case right above the line found makes that line its summary."""
    if best is None or best - 1 < first:
        return best
    above, line = lines[best - 1], lines[best]
    titled = above.lower < 0.35 and above.count >= 4 and line.lower >= 0.5
    return best - 1 if titled and kinds[best - 1].name in ("fragment", "prose") and _fits(above) else best


def _below_topic(lines: Sequence[RawLine], kinds: Sequence[Kind], best: int | None, start: int) -> int | None:
    """The topic that some papers print above a headline ("Pilkada Kota Melati 2024") is short and in Title Case too; the longer
    line below it, with the summary behind, is the headline."""
    if best is None or best + 2 >= start:
        return best
    topic, line, summary = lines[best : best + 3]
    titled = topic.count <= _LONGEST_TOPIC and line.count >= topic.count + 3 and max(topic.lower, line.lower) < 0.35
    told = kinds[best + 1].name in ("fragment", "prose") and kinds[best + 2].name == "prose" and summary.lower >= 0.5
    return best + 1 if titled and told and _fits(line) else best


def _fits(line: RawLine) -> bool:
    """Two to thirty words; a headline does not end in a full stop (one in "..." or "?" may)."""
    closed = line.text.endswith(".") and not line.text.endswith(("..", "Tbk."))
    return not line.closed and 2 <= line.count <= 30 and len(line.text) <= 220 and not (closed and line.count > 4)


def _score(lines: Sequence[RawLine], kinds: Sequence[Kind], at: int, start: int, known: frozenset[str]) -> float:
    long_words = [w for w in _words(lines[at].text) if len(w) >= 4]
    shared = sum(w in known for w in long_words) / len(long_words) if long_words else 0.0
    score = 4 * shared * min(1.0, len(long_words) / 3)
    score += 1 if 5 <= lines[at].count <= 18 else (-1.5 if lines[at].count < 4 else 0)
    score += _beside_date(kinds, at, start)
    if at == 0 and start <= 8:
        # A text that was scraped well begins with its headline; one line alone above the story is hardly anything else.
        alone = start == 1 and fold(lines[at].text) not in words("sections")
        score += 4.5 if alone else 2.5
    return score - min(3.0, 0.15 * (start - at))


def _beside_date(kinds: Sequence[Kind], at: int, start: int) -> float:
    """A newsroom prints date and authors under the headline, some above it."""
    for distance, weight in ((1, 3.0), (-1, 2.0), (2, 2.0), (3, 1.0)):
        i = at + distance
        if 0 <= i < start and kinds[i].name in ("date", "staff"):
            byline = kinds[i].byline
            return weight if byline is None or byline.clock or byline.authors or distance > 0 else weight / 2
    return 0.0


def _words(text: str) -> list[str]:
    return [w.strip(_SIGNS) for w in text.casefold().split()]


def _vocabulary(lines: Sequence[RawLine], start: int, end: int) -> frozenset[str]:
    found: set[str] = set()
    room = _VOCABULARY
    for line in lines[start:end]:
        found.update(line.text[:room].casefold().split())
        room -= len(line.text)
        if room <= 0:
            break
    return frozenset(w.strip(_SIGNS) for w in found)
