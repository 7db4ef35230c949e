"""review: what is doubtful, least certain first, with YAML that can be pasted as it is printed."""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from reviewlib import check_all, check_each, describe, is_template, list_doubts, read
from reviewlib import paste as paste_doubt

from alibaba_news.cli import main
from alibaba_news.record import story_to_row

SEEDS = Path(__file__).parents[2] / "seeds"
UNCERTAIN = """Pasar malam di Kota Contoh dibuka kembali pada Sabtu (26/11) setelah dua tahun tutup.

"Kami senang sekali," katanya.
"""


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "seeds/desa").mkdir(parents=True)
    (tmp_path / "seeds/desa/pasar.txt").write_text(UNCERTAIN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def review(capfd: pytest.CaptureFixture[str]) -> str:
    assert main(["review", "--quiet"]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    return out


def paste(out: str) -> dict[str, list[str]]:
    """What is printed, by the file it is meant for."""
    found: dict[str, list[str]] = defaultdict(list)
    for block in re.split(r"(?m)^# (?=\d+\. )", out)[1:]:
        (into,) = re.findall(r"To correct it, write in (\S+):", re.sub(r"\n# +", " ", block))
        found[into].append(block.split("\n", 1)[1])
    return found


def test_each_doubt_comes_with_its_evidence_and_the_file_to_write_in(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = review(capfd)
    assert "seeds/desa/pasar.txt: the date is not known" in out
    assert "seeds/desa/pasar.txt: the headline is derived from the lead" in out
    assert "quotes without a certain speaker" in out
    assert "To correct it, write in seeds/desa/pasar.yaml:" in out
    assert re.search(r"^# \d+ things to look at in 1 story\.$", out, re.MULTILINE)


def test_the_least_certain_comes_first(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = review(capfd)
    assert out.index("the date is not known") < out.index("without a certain speaker") < out.index("is derived from the lead")


@pytest.mark.parametrize("own_seeds", [False, True])
def test_what_is_printed_can_be_pasted_as_it_is(work: Path, capfd: pytest.CaptureFixture[str], own_seeds: bool) -> None:
    if own_seeds:
        shutil.copytree(SEEDS, work / "seeds", dirs_exist_ok=True)
    for path, blocks in paste(review(capfd)).items():
        (work / path).parent.mkdir(exist_ok=True)
        (work / path).write_text("".join(blocks), encoding="utf-8")
        assert yaml.safe_load((work / path).read_text(encoding="utf-8"))
    assert main(["check", "--strict", "--quiet"]) == 0, capfd.readouterr().err
    # What was inferred is confirmed; only a date that nobody told is still asked for.
    capfd.readouterr()
    assert set(re.findall(r"(?m)^# \d+\. \S+: (.*)$", review(capfd))) <= {"the date is not known"}


def test_what_an_editor_settled_is_no_doubt_any_more(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (work / "seeds/desa/pasar.yaml").write_text("title: Pasar Dibuka\ndate: 2016-11-27\nquotes: []\ndates: []\nevents: []\n")
    assert review(capfd) == "# 0 things to look at in 1 story.\n"


@pytest.mark.parametrize(
    "people",
    ["[Jokowi]", "[{name: Jokowi, aliases: [Joko Widodo]}]", "[{name: Jokowi, aliases: [Joko]}]", "[Joko Widodo, Jokowi]"],
)
def test_names_that_an_editor_gave_are_not_asked_again(work: Path, capfd: pytest.CaptureFixture[str], people: str) -> None:
    (work / "seeds/desa/pasar.txt").write_text(
        "Pasar Dibuka\n\nJAKARTA, Senin (5/3/2018) - Jokowi membuka pasar. Jokowi pulang.\n"
    )
    (work / "seeds/desa/pasar.yaml").write_text(f"date: 2018-03-05\npeople: {people}\n")
    assert review(capfd) == "# 0 things to look at in 1 story.\n"


def test_two_of_one_name_are_told_apart_by_their_stories(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("satu", "dua"):
        head = f"---\ntitle: Kabar {name}\ndate: 2018-03-05\npeople: [Sugeng]\n---\nSugeng datang.\n"
        (work / f"seeds/{name}.md").write_text(head, encoding="utf-8")
    out = review(capfd)
    assert {"satu", "dua"} == set(re.findall(r"(?m)^# +people/sugeng\S* is in (\w+)\.md$", out))
    assert main(["build", "--quiet"]) == 0
    page = (work / "site/unknown/index.html").read_text(encoding="utf-8")
    assert "Sugeng (“Kabar satu”)" in page
    assert "Sugeng (“Kabar dua”)" in page


# Small archives with every kind of doubt in them; each is pasted doubt by doubt, and as a whole.
ARCHIVES: dict[str, dict[str, str]] = {
    "a date, a headline, quotes and events": {"desa/pasar.txt": UNCERTAIN},
    "dates that another story settles": {
        "pasar.txt": UNCERTAIN.replace("Sabtu (26/11)", "hari Sabtu lalu (26/11)"),
        "awal.txt": "Balai Desa Dibuka\n\nKOTA CONTOH, Senin (4/1/2016) - Balai desa dibuka warga kampung hari itu.\n",
        "akhir.txt": "Balai Desa Tutup\n\nKOTA CONTOH, Senin (2/1/2017) - Balai desa ditutup warga kampung hari itu.\n",
    },
    "names of one word and joined ones": {
        "a.txt": 'Harga Turun\n\n"Harga cabai turun," kata Suparman Hadi, kepala pasar. Suparman yang akrab disapa Pak Man '
        "menutup acara bersama Dana Contoh Bersama (DCB). DCB ikut membayar.\n",
        "b.txt": 'Harga Naik\n\n"Harga beras naik," kata Sugeng, kepala Dinas Pasar Tirtasari. Sugeng lalu pulang.\n',
        "c.txt": 'Harga Tetap\n\n"Harga gula tetap," kata Sugeng, kepala Dinas Pasar Tirtasari. Ia pulang.\n',
        "d.txt": 'Harga Aneh\n\n"Harga garam aneh," kata Sugeng, nelayan. Ia pulang.\n',
        "e.txt": 'Harga Lagi\n\n"Harga kopi lagi naik," kata Suparman Hadi, kepala pasar.\n',
    },
    "somebody in the program's list": {
        "a.md": "---\ntitle: Satu\ndate: 2018-03-05\npeople: [Joko Widodo]\n---\nIa datang.\n",
        "b.md": "---\ntitle: Dua\ndate: 2018-03-06\npeople: [Joko Widodo]\n---\nIa pulang.\n",
    },
    "people and events that are alike": {
        "a.md": "---\ntitle: Satu\ndate: 2018-03-05\npeople: [Muhammad Larasakti]\n"
        "events: [{name: Rapat pasar apung, start: 2018-03-05, place: Tegal, people: [Muhammad Larasakti], paragraph: 1}]\n"
        "---\nRapat itu dibuka.\n",
        "b.md": "---\ntitle: Dua\ndate: 2018-03-06\npeople: [Muhamad Larasakti]\n"
        "events: [{name: Rapat pasar apung, start: 2018-03-05, place: Brebes, paragraph: 1}]\n---\nRapat lain dibuka.\n",
        "c.md": "---\ntitle: Tiga\ndate: 2018-03-06\npeople: [Ratna Wulandari]\n---\nIa datang.\n",
        "d.md": "---\ntitle: Empat\ndate: 2018-03-06\npeople: [Ratna Wulandari]\n---\nIa pulang.\n",
    },
    "a line of many": {
        "kabar.jsonl": '{"text": "Pasar malam dibuka kembali pada Sabtu (26/11) setelah dua tahun tutup."}\n'
        '{"text": "\\"Harga garam aneh,\\" kata Sugeng, nelayan. \\"Kami senang,\\" katanya."}\n',
    },
}


def write_archive(folder: Path, name: str) -> Path:
    for file, text in ARCHIVES[name].items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_doubt_that_is_pasted_is_settled_and_nothing_else_changes(name: str, tmp_path: Path) -> None:
    seeds = write_archive(tmp_path / "seeds", name)
    before, count = describe(read(seeds)), 0
    for doubt, after, is_left in check_each(seeds, tmp_path):
        assert after == before, doubt
        assert is_left == is_template(doubt), doubt
        count += 1
    assert count


@pytest.mark.parametrize("name", [*ARCHIVES, "the seeds"])
def test_all_doubts_pasted_at_once(name: str, tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    if name == "the seeds":
        shutil.copytree(SEEDS, seeds)
    else:
        write_archive(seeds, name)
    before, after, left = check_all(seeds)
    assert after == before
    assert [doubt for doubt in left if not is_template(doubt)] == []


SITES = [
    path.parent
    for path in sorted((Path(__file__).parents[1] / "sites").glob("*/expected.yaml"))
    if yaml.safe_load(path.read_text(encoding="utf-8"))["exit"] == 0 and (path.parent / "seeds").is_dir()
]


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_all_doubts_of_the_tiny_sites(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site / "seeds", tmp_path / "seeds", symlinks=True)
    before, after, left = check_all(tmp_path / "seeds")
    assert after == before
    assert [doubt for doubt in left if not is_template(doubt)] == []


def test_what_stays_open_is_not_decided_by_pasting(tmp_path: Path) -> None:
    seeds = write_archive(tmp_path / "seeds", "a date, a headline, quotes and events")
    for doubt in list_doubts(seeds):
        paste_doubt(seeds, doubt)
    (story,) = read(seeds).archive.stories
    assert (story.date, story.date_origin) == (None, "unknown")
    assert {d.value for d in story.dates} == {None}
    # What the editor did confirm is given from now on.
    assert story.title_origin == "stated"


def test_a_range_stays_a_range(tmp_path: Path) -> None:
    seeds = write_archive(tmp_path / "seeds", "dates that another story settles")
    (pasar,) = [s for s in read(seeds).archive.stories if s.file == "pasar.txt"]
    assert pasar.date_latest is not None
    (doubt,) = [d for d in list_doubts(seeds) if "the date is open" in d.what and d.path.endswith("pasar.txt")]
    paste_doubt(seeds, doubt)
    (after,) = [s for s in read(seeds).archive.stories if s.file == "pasar.txt"]
    assert (after.date, after.date_latest) == (pasar.date, pasar.date_latest)
    assert {d.value for d in after.dates} == {d.value for d in pasar.dates} == {"2016-11-26"}


def test_an_editor_who_does_not_know_either_is_not_asked_again(tmp_path: Path) -> None:
    seeds = write_archive(tmp_path / "seeds", "a date, a headline, quotes and events")
    (template,) = [d for d in list_doubts(seeds) if is_template(d)]
    (line,) = [line for line in template.yaml.splitlines() if "null" in line]
    (seeds / "desa/pasar.yaml").write_text(line.removeprefix("# ") + "\n", encoding="utf-8")
    assert not [d for d in list_doubts(seeds) if "the date" in d.what]


def test_a_line_of_many_is_named_by_its_number(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_archive(tmp_path / "seeds", "a line of many")
    monkeypatch.chdir(tmp_path)
    out = review(capfd)
    assert "# 1. seeds/kabar.jsonl:1: the date is not known" in out
    assert 'put these keys into the object on line 2 of seeds/kabar.jsonl:\n{"' in out


def test_records_put_back_as_lines_keep_their_doubts_until_they_are_settled(tmp_path: Path) -> None:
    first = write_archive(tmp_path / "first", "names of one word and joined ones")
    write_archive(first, "dates that another story settles")
    rows = [json.dumps(story_to_row(story)) for story in read(first).archive.stories]
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/stories.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    whats = {doubt.what for doubt in list_doubts(tmp_path / "seeds")}
    assert "the headline is derived from the lead" in whats
    assert any(what.startswith("the date is open") for what in whats)
    before, after, left = check_all(tmp_path / "seeds")
    assert after == before
    assert [doubt for doubt in left if not is_template(doubt)] == []
