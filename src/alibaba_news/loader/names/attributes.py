"""The words of one sentence in, what each of them shows out: the attributes from which the tagger judges names.

Attributes are those that named-entity taggers have used since CoNLL-2003 (Tjong Kim Sang and De Meulder 2003; Ratinov and Roth
2009): the word, its affixes and shape, the lists it stands in, the cluster of words used alike, its neighbours, and the run of
capitals it belongs to. What depends on one word alone is made once and kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from importlib.resources import files

from msgspec import Struct

from alibaba_news.loader.names.lexicon import Lexicon, listed_words, words
from alibaba_news.text import fold

BESIDE = 2  # words: what a name's neighbours are told by
_AFFIXES = (2, 3)  # letters, as most Indonesian affixes have (me-, ber-, -an, -nya)
_LISTS = [
    "honorifics",
    "role_nouns",
    "role_words",
    "organization_heads",
    "organization_tails",
    "place_heads",
    "place_tails",
    "place_labels",
    "place_prepositions",
    "other_heads",
    "organization_nouns",
    "product_nouns",
    "person_before",
    "person_after",
]
_TABLES = (("given", "given_names"), ("family", "family_names"), ("common", "common_words"))
_MARKS = "()[]{}\"'“”‘’.,;:?!"  # that some corpora leave at the word beside them
_REPEATS = re.compile(r"(.)\1+")
_FIRST_NAMES = frozenset(("called=f", "called=n", "called=l0"))  # the lists of them


class _Word(Struct, frozen=True):
    """What one written word shows wherever it stands, ready for each place it is looked at from."""

    low: str
    cap: bool
    opened: bool  # by a mark before it: a name may begin here, hardly go on
    closed: bool  # by a mark behind it
    own: tuple[bytes, ...]
    before: tuple[bytes, ...]  # what it shows to the next word
    after: tuple[bytes, ...]  # ... and to the one before it
    two_before: tuple[bytes, ...]
    two_after: tuple[bytes, ...]
    leads: tuple[bytes, ...]  # in front of a run of capitals
    follows: tuple[bytes, ...]  # behind one
    head: tuple[bytes, ...]  # as the first of one
    tail: tuple[bytes, ...]  # as the last of one
    within: tuple[bytes, ...]  # anywhere in one, to all its words


_EDGE = _Word(  # what stands before the first word and behind the last one
    low="",
    cap=False,
    opened=False,
    closed=False,
    own=(),
    before=(b"-1EDGE",),
    after=(b"1EDGE",),
    two_before=(b"-2EDGE",),
    two_after=(b"2EDGE",),
    leads=(b"before=^",),
    follows=(b"after=$",),
    head=(),
    tail=(),
    within=(),
)


class Tables(Struct, frozen=True):
    """The tagger's own tables: clusters of words used alike, words that people are called by, the label a word mostly has in
    another corpus, and that corpus's names of several words."""

    clusters: dict[str, tuple[str, ...]]
    called: dict[str, tuple[str, ...]]
    labels: dict[str, str]
    names: dict[tuple[str, ...], str]
    sizes: dict[str, tuple[int, ...]]  # of those names, in words, longest first, by their first word


@cache
def read_tables() -> Tables:
    """The tables shipped beside the model, tab-parted: ``words.tsv`` holds a word and its clusters, from coarse to fine,
    ``names.tsv`` a folded word and the lists of names it stands in, ``seen.tsv`` a label and a folded word or name."""
    clusters = {word: tuple(rest) for word, *rest in _read_rows("words.tsv")}
    called = {word: tuple("called=" + name for name in lists.split(" ")) for word, lists in _read_rows("names.tsv")}
    return make_tables(clusters, called, ((label, name) for label, name in _read_rows("seen.tsv")))


def make_tables(
    clusters: dict[str, tuple[str, ...]], called: dict[str, tuple[str, ...]], rows: Iterable[tuple[str, str]]
) -> Tables:
    """The tables of a tagger; ``rows`` are the label and the folded word or name of each line of ``seen.tsv``."""
    seen = [(tuple(name.split(" ")), label) for label, name in rows]
    labels = {parts[0]: label for parts, label in seen if len(parts) == 1}
    names = {parts: label for parts, label in seen if len(parts) > 1}
    sizes: dict[str, set[int]] = {}
    for parts in names:
        sizes.setdefault(parts[0], set()).add(len(parts))
    return Tables(clusters, called, labels, names, {w: tuple(sorted(s, reverse=True)) for w, s in sizes.items()})


def _read_rows(file: str) -> Iterator[list[str]]:
    text = (files("alibaba_news") / "data" / "tagger" / file).read_text("utf-8")
    return (line.split("\t") for line in text.splitlines())


def is_called(word: str) -> bool:
    """Whether a folded word stands in a list of first names of the world."""
    return not _FIRST_NAMES.isdisjoint(read_tables().called.get(word, ()))


def may_be_called(word: str) -> bool:
    """Whether a folded word is a first name of Indonesia or of the world."""
    return word in listed_words("given_names") or is_called(word)


def is_running(word: str) -> bool:
    """Whether running text writes a folded word in small letters, and nobody is called so."""
    called = word in listed_words("given_names") or word in listed_words("family_names") or word in read_tables().called
    return word in read_tables().clusters and not called


def find_stretches(sentence: Sequence[str]) -> list[tuple[int, int]]:
    """Start and end (exclusive) of what stands around a sentence's capitals: all that can be a name."""
    stretches: list[tuple[int, int]] = []
    start = end = 0  # of the stretch that may go on
    for i in [i for i, text in enumerate(sentence) if text[:1].isupper()]:
        if not end or i - BESIDE > end:
            if end:
                stretches.append((start, end))
            start = max(0, i - BESIDE)
        end = i + BESIDE + 1
    if end:
        stretches.append((start, min(len(sentence), end)))
    return stretches


def attributes_of(sentence: Sequence[str], lexicon: Lexicon) -> list[list[str]]:
    """All attributes of each word (or mark) of a sentence, as printed; ``lexicon`` tells the names an editor knows."""
    rows = heeded_attributes(sentence, lexicon, [(0, len(sentence))], None)
    return [[attribute.decode() for attribute in row] for row in rows]


def heeded_attributes(
    sentence: Sequence[str], lexicon: Lexicon, stretches: Sequence[tuple[int, int]], heeded: frozenset[str] | None
) -> list[list[bytes]]:
    """The same in UTF-8, which is what the model reads: encoding anew for each place cost more than finding them.

    Outside ``stretches`` the lists are empty; a stretch never ends within a run of capitals. Of what a word shows only what is
    in ``heeded`` is told, where that is given.
    """
    seen = list(map(_words_of(heeded), sentence))
    known = _known_names(seen, lexicon)
    rows: list[list[bytes]] = [[] for _ in seen]
    beyond = [_EDGE, _EDGE, *seen, _EDGE, _EDGE]  # the word at i stands at i + 2
    marks: list[tuple[bytes, ...]] = [(), *known, ()]  # ... and what is known of it at i + 1
    for start, end in stretches:
        for i in range(start, end):
            rows[i] = [
                *seen[i].own,
                *known[i],
                *beyond[i + 1].before,
                *(_sign(b"-1", marks[i]) if marks[i] else ()),
                *beyond[i + 3].after,
                *(_sign(b"1", marks[i + 2]) if marks[i + 2] else ()),
                *beyond[i].two_before,
                *beyond[i + 4].two_after,
            ]
        _add_runs(seen, known, rows, start, end)
    return rows


@lru_cache(maxsize=4096)
def _sign(sign: bytes, marks: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """What is known of a word, as it is seen from elsewhere."""
    return tuple(sign + mark for mark in marks)


@cache
def _words_of(heeded: frozenset[str] | None) -> Callable[[str], _Word]:
    return lru_cache(maxsize=100_000)(partial(_word, heeded=heeded))


def _word(text: str, heeded: frozenset[str] | None) -> _Word:
    bare = text.strip(_MARKS) or text
    low = fold(bare)
    told = _listed(low)
    if len(bare) > 1 and bare.isupper():
        told.append("upper")
    lists = [f"L={name}" for name in _LISTS if low in words(name)]
    own = [f"w={low}", f"s={_shape(text)}", *told, *lists, *_clusters(bare), *read_tables().called.get(low, ())]
    for size in _AFFIXES:
        if len(low) > size:
            own += (f"p{size}={low[:size]}", f"q{size}={low[-size:]}")
    seen_as = read_tables().labels.get(low)
    if seen_as:
        own.append(f"ng={seen_as}")
    near = [f"w={low}", *told, *lists]

    def kept(attributes: Iterable[str]) -> tuple[bytes, ...]:
        return tuple(a.encode() for a in attributes if heeded is None or a in heeded)

    return _Word(
        low,
        bare[:1].isupper(),
        text[:1] != bare[:1],
        text[-1:] != bare[-1:],
        kept(own),
        kept("-1" + a for a in near),
        kept("1" + a for a in near),
        kept(["-2w=" + low]),
        kept(["2w=" + low]),
        kept(["before=" + low, *("before" + a for a in lists)]),
        kept(["after=" + low, *("after" + a for a in lists)]),
        kept(["head=" + low]),
        kept(["tail=" + low, *("T" + a for a in lists)]),
        kept("R" + a for a in lists),
    )


def _listed(low: str) -> list[str]:
    return [mark for mark, table in _TABLES if low in listed_words(table)]


def forget_words() -> None:
    """Look at every word anew: the training program reads one corpus with several tables."""
    _words_of.cache_clear()


def _shape(text: str) -> str:
    """The letters as X, x and d, a repeated one as "+" ("Jokowi" Xx+, "G-20" X-d+)."""
    drawn = "".join("X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c for c in text)
    return _REPEATS.sub(r"\1+", drawn)


def _clusters(text: str) -> list[str]:
    table = read_tables().clusters
    digits = re.sub(r"\d", "0", text)
    found = table.get(digits) or table.get(digits.casefold())
    return [f"c{n}={c}" for n, c in enumerate(found)] if found else ["c=?"]


def _known_names(seen: Sequence[_Word], lexicon: Lexicon) -> list[tuple[bytes, ...]]:
    """Where a name stands that an authority or the tagger's own table knows: its kind, and the word's place in it."""
    known: list[tuple[bytes, ...]] = [()] * len(seen)
    tables = read_tables()
    lows = [word.low for word in seen]
    for i, word in enumerate(seen):
        if not word.cap:
            continue
        for size in tables.sizes.get(word.low, ()):
            parts = tuple(lows[i : i + size])
            label = tables.names.get(parts)
            if label:
                _mark(known, i, len(parts), "n" + label)
                break
        row = lexicon.longest(lows, i)
        if row is not None:
            _mark(known, i, row.size, row.kind)
    return known


def _mark(known: list[tuple[bytes, ...]], start: int, size: int, kind: str) -> None:
    for k in range(size):
        known[start + k] = (*known[start + k], _known_mark(kind, k > 0, size > 1))


@cache
def _known_mark(kind: str, inner: bool, long: bool) -> bytes:
    return f"g={kind}-{'I' if inner else 'B'}{'L' if long else 'S'}".encode()


@cache
def _run_mark(place: int, size: int) -> bytes:
    return f"run={place}/{size}".encode()


def _add_runs(
    seen: Sequence[_Word], known: Sequence[tuple[bytes, ...]], rows: list[list[bytes]], first: int, last: int
) -> None:
    """Capitals in a row: where in the run a word stands, how long it is, and what opens, closes and flanks it."""
    i = first
    while i < last:
        if not seen[i].cap:
            i += 1
            continue
        end = i + 1
        while end < last and seen[end].cap and not seen[end].opened and not seen[end - 1].closed:
            end += 1
        flank = _flank(seen, known, i, end)
        size = min(end - i, 5)
        for k in range(i, end):
            rows[k] += flank
            rows[k].append(_run_mark(k - i + 1 if k - i < 3 else 4, size))
        i = end


def _flank(seen: Sequence[_Word], known: Sequence[tuple[bytes, ...]], start: int, end: int) -> list[bytes]:
    before, behind = seen[start - 1] if start else _EDGE, seen[end] if end < len(seen) else _EDGE
    within = dict.fromkeys([mark for k in range(start, end) for mark in (*seen[k].within, *_sign(b"R", known[k]))])
    return [*before.leads, *behind.follows, *seen[start].head, *seen[end - 1].tail, *within]
