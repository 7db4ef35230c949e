"""The names tagger through its public doors: what it marks, what ships with it, and the program that makes it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pycrfsuite
from hypothesis import given
from hypothesis import strategies as st

from alibaba_news.loader.names.attributes import attributes_of
from alibaba_news.loader.names.lexicon import lexicon_of
from alibaba_news.loader.names.tagger import read_heeded, read_labels, spans_of, tag_labels, tag_names, write_labels
from alibaba_news.world import World

ROOT = Path(__file__).parents[2]
DATA = ROOT / "src" / "alibaba_news" / "data" / "tagger"
LEXICON = lexicon_of(World())
MOST_BYTES = 5_000_000
# F1 over the made-up sentences; they are easier than a newspaper, on which CARD.md gives the figures.
FLOORS = {"PER": 0.9, "ORG": 0.8, "LOC": 0.85}


def _read_sentences() -> list[list[tuple[str, str]]]:
    text = (ROOT / "tests" / "cases" / "tagger" / "sentences.txt").read_text(encoding="utf-8")
    sentences = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        words: list[tuple[str, str]] = []
        for marked, kind, inner, plain in re.findall(r"(\[(\w+) ([^\]]+)\])|(\S+)", line):
            if marked:
                words += [(w, ("B-" if n == 0 else "I-") + kind) for n, w in enumerate(inner.split())]
            else:
                words.append((plain, "O"))
        sentences.append(words)
    return sentences


def test_made_up_sentences_keep_their_floors() -> None:
    right, extra, missed = Counter[str](), Counter[str](), Counter[str]()
    for sentence in _read_sentences():
        wanted = set(spans_of([label for _, label in sentence]))
        got = set(spans_of(tag_labels([word for word, _ in sentence], LEXICON)))
        right.update(kind for *_, kind in wanted & got)
        extra.update(kind for *_, kind in got - wanted)
        missed.update(kind for *_, kind in wanted - got)
    f1 = {kind: 2 * right[kind] / (2 * right[kind] + extra[kind] + missed[kind]) for kind in FLOORS}
    assert all(f1[kind] >= floor for kind, floor in FLOORS.items()), f1


def test_a_word_is_known_with_the_marks_that_a_corpus_leaves_at_it() -> None:
    (bare,), (marked,) = (attributes_of([text], LEXICON) for text in ("Menteri", '("Menteri"),'))
    assert [a for a in bare if not a.startswith("s=")] == [a for a in marked if not a.startswith("s=")]


def test_marks_at_words_end_a_run_of_capitals() -> None:
    def runs(*words: str) -> list[str]:
        return [a for row in attributes_of(words, LEXICON) for a in row if a.startswith("run=")]

    assert runs("Dinas", "Air", "Kota") == ["run=1/3", "run=2/3", "run=3/3"]
    assert runs("Dinas", "Air", "(Kota)") == ["run=1/2", "run=2/2", "run=1/1"]
    assert runs("Dinas", "(Air)", "Kota") == ["run=1/1", "run=1/1", "run=1/1"]


def test_all_words_of_a_run_are_shown_what_stands_before_it() -> None:
    rows = attributes_of(["kata", "Menteri", "dan", "di", "Air", "Kota"], LEXICON)
    assert all("beforeL=place_prepositions" in row for row in rows[4:])
    assert not any("beforeL=place_prepositions" in row for row in rows[:4])


def test_labels_become_spans() -> None:
    assert spans_of(["B-PER", "I-PER", "O", "B-LOC", "B-LOC"]) == [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC")]
    assert spans_of(["I-ORG", "I-ORG", "I-PER"]) == [(0, 2, "ORG"), (2, 3, "PER")]
    assert spans_of(["O"]) == []


def test_the_labels_it_is_taught_tell_a_names_last_word() -> None:
    plain = ["B-PER", "I-PER", "I-PER", "O", "B-LOC", "B-LOC", "I-LOC"]
    taught = ["B-PER", "I-PER", "L-PER", "O", "B-LOC", "B-LOC", "L-LOC"]
    assert write_labels(plain) == taught
    assert read_labels(taught) == plain


@given(st.lists(st.text(min_size=1, max_size=12), max_size=30))
def test_any_words_give_names_in_order(words: list[str]) -> None:
    names = tag_names(words, LEXICON)
    assert all(0 <= n.start < n.end <= len(words) and 0 <= n.sure <= 1 + 1e-9 for n in names)
    assert all(a.end <= b.start for a, b in pairwise(names))
    assert names == tag_names(words, LEXICON)


def test_what_ships_is_small_and_has_its_card() -> None:
    files = [path for path in DATA.iterdir() if path.suffix != ".md"]
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES
    card = (DATA / "CARD.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in card for path in files)


def test_the_attributes_it_heeds_are_those_of_its_model() -> None:
    model = pycrfsuite.Tagger()
    model.open(str(DATA / "names.crfsuite"))
    assert read_heeded() == frozenset(model.info().attributes)


def test_the_program_that_makes_it_trains_and_measures(tmp_path: Path) -> None:
    rows = ["".join(f"{word}\t{label}\n" for word, label in sentence) for sentence in _read_sentences()]
    news = tmp_path / "news.txt"
    news.write_text("\n".join(rows), encoding="utf-8")

    def call(*options: object) -> str:
        command = [sys.executable, str(ROOT / "tools" / "train_tagger.py"), *map(str, options)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    call("train", news, "--other", news, "--data", tmp_path)
    assert (tmp_path / "names.crfsuite").stat().st_size > 0
    assert "B-PER\tlasmini" in (tmp_path / "seen.tsv").read_text("utf-8")
    assert re.search(
        r"^all +precision [01]\.\d+ +recall [01]\.\d+ +F1 (?:0\.[89]\d+|1\.000)$", call("evaluate", news), re.MULTILINE
    )
