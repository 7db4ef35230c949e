"""A misspelt key is named with its file, its line and the nearest key, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from alibaba_news.loader.authority import read_authorities
from alibaba_news.loader.given_reader import RECORD_KEYS
from alibaba_news.loader.sources import read_sources

# Key, a row under it (as YAML on one line) with one key written wrong, what the message calls it, and the key meant.
NESTED = [
    *(
        (kind, row, f"{kind}[1].{label}", meant)
        for kind in ("people", "organizations", "places", "products")
        for row, label, meant in (
            ("[{name: Budi, alises: [B]}]", "alises", "aliases"),
            ("[{name: Budi, rols: [B]}]", "rols", "roles"),
            ("[{name: Budi, evidance: x}]", "evidance", "evidence"),
            ("[{name: Budi, menions: []}]", "menions", "mentions"),
            ("[{name: Budi, idd: x}]", "idd", "id"),
            ("[{name: Budi, mentions: [{text: Isi, paragraf: 1, start: 0}]}]", "mentions[1].paragraf", "paragraph"),
            ("[{name: Budi, mentions: [{text: Isi, paragraph: 1, stat: 0}]}]", "mentions[1].stat", "start"),
        )
    ),
    ("events", "[{name: Panen, start: 2018, presision: year}]", "events[1].presision", "precision"),
    ("events", "[{name: Panen, start: 2018, organisations: []}]", "events[1].organisations", "organizations"),
    ("events", "[{name: Panen, candidate: []}]", "events[1].candidate", "candidates"),
    ("dates", "[{text: Isi, paragraph: 1, valu: 2018}]", "dates[1].valu", "value"),
    ("quotes", "[{text: Isi, paragraph: 1, speker: people/a}]", "quotes[1].speker", "speaker"),
    ("quotes", "[{text: Isi, paragraph: 1, speaker_txt: a}]", "quotes[1].speaker_txt", "speaker_text"),
    ("figures", "[{text: Isi, paragraph: 1, value: 1, unit: kg, unti: kg}]", "figures[1].unti", "unit"),
    ("captions", "[{text: Isi, kredit: a}]", "captions[1].kredit", "credit"),
    ("corrections", "[{date: 2018, text: a, tekst: b}]", "corrections[1].tekst", "text"),
    ("replies", "[{date: 2018, text: a, uri: b}]", "replies[1].uri", "url"),
    ("withdrawn", "{date: 2018, reason: a, reson: b}", "withdrawn.reson", "reason"),
    ("source", f"{{file: a.txt, sha256: {'0' * 64}, line: [body]}}", "source.line", "lines"),
    (
        "source",
        f"{{file: a.txt, sha256: {'0' * 64}, cut: [{{line: 1, role: chrome, rule: a, text: b, roles: c}}]}}",
        "source.cut[1].roles",
        "role",
    ),
]


def list_problems(folder: Path) -> list[str]:
    return [str(d).removeprefix(f"{folder.as_posix()}/") for d in read_sources(folder).diagnostics]


@pytest.mark.parametrize(("key", "value", "label", "meant"), NESTED)
def test_a_key_in_a_row(key: str, value: str, label: str, meant: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Isi.\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text(f"title: Isi\n{key}: {value}\n", encoding="utf-8")
    assert f"a.yaml:2: {label}: unknown key. Did you mean '{meant}'?" in list_problems(tmp_path)


@pytest.mark.parametrize("key", RECORD_KEYS)
@pytest.mark.parametrize("place", ["a.yaml", "a.md", "a.jsonl"])
def test_a_key_of_the_record(key: str, place: str, tmp_path: Path) -> None:
    wrong = f"{key}x"
    texts = {
        "a.yaml": f"\n{wrong}: 1\n",
        "a.md": f"---\n{wrong}: 1\n---\nIsi.\n",
        "a.jsonl": f'{{"text": "Isi."}}\n{{"text": "Isi.", "{wrong}": 1}}\n',
    }
    (tmp_path / place).write_text(texts[place], encoding="utf-8")
    if place == "a.yaml":
        (tmp_path / "a.txt").write_text("Isi.\n", encoding="utf-8")
    assert list_problems(tmp_path) == [f"{place}:2: {wrong}: unknown key. Did you mean '{key}'?"]


@pytest.mark.parametrize("kind", ["people", "organizations", "places", "events"])
@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("nama", "name"),
        ("alias", "aliases"),
        ("same-as", "same_as"),
        ("coordinate", "coordinates"),
        ("nott", "not"),
        ("story", "stories"),
        ("idx", "id"),
    ],
)
def test_a_key_of_an_authority_file(kind: str, wrong: str, meant: str, tmp_path: Path) -> None:
    (tmp_path / "authority").mkdir()
    (tmp_path / "authority" / f"{kind}.yaml").write_text(f"- name: Budi\n  {wrong}: x\n", encoding="utf-8")
    (problem,) = (str(d) for d in read_authorities(tmp_path)[1])
    assert problem.endswith(f"authority/{kind}.yaml:2: {kind}[1].{wrong}: unknown key. Did you mean '{meant}'?")
