"""Train the names tagger that the package ships, and measure it.

    python tools/train_tagger.py clusters CORPUS... [--data DIR]     words used alike, from running text
    python tools/train_tagger.py train NEWS... --other FILE...       the model, from sentences with marked names
    python tools/train_tagger.py evaluate FILE...                    precision, recall and F1 on marked sentences

Files are as in CoNLL-2003: one word a line, its label (B-PER, I-ORG, O ...) in the last column, an empty line after each
sentence; columns are parted by a tab or a space. A CORPUS needs no labels. ``clusters`` and ``train`` write into the package
(src/alibaba_news/data/tagger/) or into --data; CARD.md there says which files the shipped model came from.
``clusters`` needs numpy, scipy and scikit-learn.
"""

from __future__ import annotations

import argparse
import collections
import random
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

import pycrfsuite

from alibaba_news.loader.names import attributes
from alibaba_news.loader.names.lexicon import lexicon_of
from alibaba_news.loader.names.tagger import spans_of, tag_labels, write_labels
from alibaba_news.text import fold
from alibaba_news.world import World

DATA = Path(__file__).parents[1] / "src" / "alibaba_news" / "data" / "tagger"
LABELS = {"PERSON": "PER", "ORGANISATION": "ORG", "ORGANIZATION": "ORG", "PLACE": "LOC", "LOCATION": "LOC", "GPE": "LOC"}
CLUSTER_SIZES = (64, 256, 800)
PARAMETERS = {"c1": 0.05, "c2": 1.0, "max_iterations": 100, "feature.possible_transitions": True, "feature.minfreq": 3}
TIMES, SHARE = 3, 0.5  # each sentence of news is taught again so often, with so much of its names exchanged
PARTS = 8  # of the other corpora: what a word was seen as in seven tells of the eighth
Sentence = list[tuple[str, str]]


def read_sentences(paths: Iterable[Path]) -> Iterator[Sentence]:
    """Sentences of (word, label); the labels of other schemes in the words of this one."""
    for path in paths:
        sentence: Sentence = []
        for line in [*path.read_text("utf-8").splitlines(), ""]:
            if line.strip():
                word, *_, label = re.split(r"[\t ]", line.rstrip())
                mark, _, kind = label.partition("-")
                sentence.append((word, f"{mark}-{LABELS.get(kind, kind)}" if kind else "O"))
            elif sentence:
                yield sentence
                sentence = []


def train(news: Sequence[Path], other: Sequence[Path], data: Path) -> None:
    """Write ``seen.tsv`` from the other corpora, and the model from the news and from them.

    What holds for the other corpora alone goes into attributes of their own (Daume 2007, "Frustratingly easy domain
    adaptation", of which only the source's half is kept), so that the news decides what is marked and how. Of each
    of their sentences only the other sentences tell what a word was seen as, as is so for the news.
    """
    sentences, others = list(read_sentences(news)), list(read_sentences(other))
    sentences += exchange_names(sentences)
    seen = _tell_seen(others)
    (data / "seen.tsv").write_text("".join(f"{label}\t{name}\n" for label, name in seen), "utf-8")
    trainer = pycrfsuite.Trainer(verbose=False, params=PARAMETERS)
    for sentence, rows in zip(sentences, _attributes(sentences, seen), strict=True):
        trainer.append(rows, write_labels([label for _, label in sentence]))
    for part in range(PARTS):
        rest = _tell_seen([s for n, s in enumerate(others) if n % PARTS != part])
        for sentence, rows in zip(others[part::PARTS], _attributes(others[part::PARTS], rest), strict=True):
            trainer.append(
                [[*row, *("other:" + a for a in row)] for row in rows], write_labels([label for _, label in sentence])
            )
    trainer.train(str(data / "names.crfsuite"))


def exchange_names(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that hold names again, ``TIMES`` times, with other names of the kind in the place of some (Dai and Adel
    2020, "An analysis of simple data augmentation for named entity recognition"): what stands around names is learned with
    more names, and names in more places. One that begins small ("kota Bogor") takes the place of such a one only.

    The same sentences give the same ones.
    """
    chance = random.Random(1)  # noqa: S311 - a fixed draw is what is wanted
    names: dict[tuple[str, bool], list[list[str]]] = collections.defaultdict(list)
    for sentence in sentences:
        for start, end, kind in spans_of([label for _, label in sentence]):
            parts = [word for word, _ in sentence[start:end]]
            names[kind, parts[0][0].islower()].append(parts)
    made = []
    for sentence in [s for _ in range(TIMES) for s in sentences]:
        spans = spans_of([label for _, label in sentence])
        changed = list(sentence)
        for start, end, kind in reversed(spans):
            if chance.random() < SHARE:
                parts = chance.choice(names[kind, sentence[start][0][0].islower()])
                changed[start:end] = [(word, f"{'I' if n else 'B'}-{kind}") for n, word in enumerate(parts)]
        if spans:
            made.append(changed)
    return made


def _attributes(sentences: Sequence[Sentence], seen: Iterable[tuple[str, str]]) -> list[list[list[str]]]:
    shipped = attributes.read_tables()
    tables = attributes.make_tables(shipped.clusters, shipped.called, seen)
    lexicon = lexicon_of(World())
    attributes.forget_words()
    with patch.object(attributes, "read_tables", return_value=tables):
        rows = [attributes.attributes_of([word for word, _ in sentence], lexicon) for sentence in sentences]
    attributes.forget_words()
    return rows


def _tell_seen(sentences: Sequence[Sentence]) -> list[tuple[str, str]]:
    """The label that each capitalised word of another corpus mostly has there, and its names of several words."""
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    names: dict[str, set[str]] = {}
    for sentence in sentences:
        for word, label in sentence:
            if word[:1].isupper() and "\t" not in word:
                counts[fold(word)][label] += 1
        for start, end, kind in spans_of([label for _, label in sentence]):
            parts = [fold(word) for word, _ in sentence[start:end]]
            if 1 < len(parts) <= 5:
                names.setdefault(" ".join(parts), set()).add(kind)
    rows = {word: min(seen, key=lambda label: (-seen[label], label)) for word, seen in counts.items() if " " not in word}
    rows.update({name: next(iter(kinds)) for name, kinds in names.items() if len(kinds) == 1})
    return [(label, word) for word, label in sorted(rows.items())]


def evaluate(paths: Sequence[Path]) -> None:
    """Print precision, recall and F1 of whole names with their kind, micro-averaged, and each kind's own."""
    lexicon = lexicon_of(World())
    tally: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for sentence in read_sentences(paths):
        want = set(spans_of([label for _, label in sentence]))
        got = set(spans_of(tag_labels([word for word, _ in sentence], lexicon)))
        for name, spans in (("right", got & want), ("extra", got - want), ("missed", want - got)):
            for *_, kind in spans:
                tally[kind][name] += 1
                tally["all"][name] += 1
    for kind, n in sorted(tally.items()):
        precision = n["right"] / max(1, n["right"] + n["extra"])
        recall = n["right"] / max(1, n["right"] + n["missed"])
        f1 = 2 * n["right"] / max(1, 2 * n["right"] + n["extra"] + n["missed"])
        print(f"{kind:4} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")


def cluster(corpora: Sequence[Path], data: Path) -> None:
    """Write ``words.tsv``: words by how alike their neighbours are (positive pointwise mutual information, truncated singular
    value decomposition, k-means; Levy and Goldberg 2014, Lin and Wu 2009)."""
    import numpy as np  # noqa: PLC0415 - only this command needs it
    import scipy.sparse as sp  # noqa: PLC0415
    from scipy.sparse.linalg import svds  # noqa: PLC0415
    from sklearn.cluster import MiniBatchKMeans  # noqa: PLC0415

    sentences = [[re.sub(r"\d", "0", word) for word, _ in sentence] for sentence in read_sentences(corpora)]
    counts = collections.Counter(word for sentence in sentences for word in sentence)
    ranked = [word for word, n in sorted(counts.items(), key=lambda c: (-c[1], c[0])) if n >= 3]
    row_of = {word: i for i, word in enumerate(ranked)}
    seen = _count_neighbours(sentences, row_of, {word: i for i, word in enumerate(ranked[:6000])})
    rows, columns = (np.array(ids) for ids in zip(*seen, strict=True))
    values = np.array(list(seen.values()))
    total = values.sum()
    row_sum = np.bincount(rows, values)
    column_sum = np.bincount(columns, values) ** 0.75
    column_sum *= total / column_sum.sum()
    weights = np.maximum(np.log(values * total / (row_sum[rows] * column_sum[columns])), 0)
    left, strength, _ = svds(sp.csr_matrix((weights, (rows, columns))), k=80, random_state=1)
    points = left * np.sqrt(strength)
    points /= np.linalg.norm(points, axis=1, keepdims=True) + 1e-9
    found = [MiniBatchKMeans(k, random_state=1, n_init=3, batch_size=4096).fit(points).labels_ for k in CLUSTER_SIZES]
    lines = ("\t".join([word, *(str(f[i]) for f in found)]) for i, word in enumerate(ranked))
    (data / "words.tsv").write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _count_neighbours(
    sentences: Sequence[Sequence[str]], row_of: dict[str, int], column_of: dict[str, int]
) -> collections.Counter[tuple[int, int]]:
    """How often each neighbour stands one or two places before or behind each word; rare neighbours by their capital."""
    width = len(column_of) + 3
    seen: collections.Counter[tuple[int, int]] = collections.Counter()
    for sentence in sentences:
        padded = ["", *sentence, ""]
        for i, word in enumerate(padded):
            if word not in row_of:
                continue
            for place, step in enumerate((-1, 1, -2, 2)):
                if 0 <= i + step < len(padded):
                    other = padded[i + step]
                    rare = 0 if not other else 1 if other[:1].isupper() else 2
                    column = column_of.get(other, len(column_of) + rare)
                    seen[row_of[word], column + place * width] += 2 if abs(step) == 1 else 1
    return seen


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("clusters", "train", "evaluate"))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--other", nargs="*", type=Path, default=[])
    parser.add_argument("--data", type=Path, default=DATA)
    chosen = parser.parse_args()
    if chosen.command == "clusters":
        cluster(chosen.files, chosen.data)
    elif chosen.command == "train":
        train(chosen.files, chosen.other, chosen.data)
    else:
        evaluate(chosen.files)
    return 0


if __name__ == "__main__":
    sys.exit(main())
