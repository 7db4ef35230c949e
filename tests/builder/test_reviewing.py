"""review: what is doubtful, least certain first, with YAML that can be pasted as it is printed."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from alibaba_news.cli import main

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
    # What was only inferred is now stated; what stays open is still asked for.
    capfd.readouterr()
    assert not re.search(r"(?m)^# \d+\..*inferred", review(capfd))


def test_what_an_editor_settled_is_no_doubt_any_more(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (work / "seeds/desa/pasar.yaml").write_text("title: Pasar Dibuka\ndate: 2016-11-27\nquotes: []\ndates: []\nevents: []\n")
    assert review(capfd) == "# 0 things to look at in 1 story.\n"
