"""Whatever is done to an archive, one thing after the other: each build gives what a build from nothing gives, to the byte."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from sitelib import list_leftovers, read_tree, write_story

from alibaba_news.builder.build import BuildReport, build
from alibaba_news.diagnostics import InputError
from alibaba_news.packaged import find_packaged
from alibaba_news.settings import Settings

PEOPLE = ("Budi Santoso", "Sari Dewi", "Joko Lestari", "Rina Hartono")
PLACES = ("Kota Lama", "Desa Hulu", "Pelabuhan Timur")
CORRECTIONS = (
    "outlet: Kabar Lain\n",
    "date: 2019-07-11\n",
    "withdrawn: {date: 2020-01-01, reason: Tidak benar.}\n",
    "corrections:\n- {date: 2020-02-02, text: Angka diralat.}\n",
    "people: [Budi Santoso, Siti Aminah]\n",
    "withhold: [Sari Dewi]\n",
    "redirect_from: [/lama/berita.html]\n",
)
SETTINGS = (
    {"page_size": 2},
    {"page_size": 50},
    {"feed_size": 1},
    {"title": "Arsip Lain"},
    {"full_text": False},
    {"full_text": True},
    {"language": "en"},
    {"language": "id"},
    {"noindex": True},
)


@pytest.fixture(autouse=True)
def _blocks_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of the whole archive in so many blocks that an archive of a handful of stories has unchanged ones."""
    monkeypatch.setattr("alibaba_news.renderer.streams.BLOCK_SIZE", 2)


class Newsroom:
    """A seeds folder, own templates and settings in the hands of somebody busy."""

    def __init__(self, work: Path, seed: int) -> None:
        self.work, self.rng, self.count = work, random.Random(seed), 0
        self.seeds, self.templates = work / "seeds", work / "templates"
        self.templates.mkdir(parents=True)
        self.settings = Settings(base_url="https://berita.example/", templates=self.templates, page_size=3)
        for _ in range(4):
            self.add()

    def pick(self) -> Path:
        return self.rng.choice(sorted(p for p in self.seeds.iterdir() if p.suffix in {".md", ".txt"}))

    def add(self) -> None:
        """Two in three have everything given, one is scraped text."""
        self.count += 1
        person, place = self.rng.choice(PEOPLE), self.rng.choice(PLACES)
        if self.rng.random() < 0.3:
            write_story(
                self.seeds,
                f"s{self.count}.txt",
                f"{place} Ramai Lagi",
                f"{person} datang ke {place} untuk ke-{self.count} kali.",
            )
            return
        self.seeds.mkdir(exist_ok=True)
        day = f"2018-03-{self.rng.randint(1, 28):02}"
        events = f'[{{name: "Festival {place}", start: {day}}}]' if self.rng.random() < 0.5 else "[]"
        (self.seeds / f"s{self.count}.md").write_text(
            f'---\ntitle: "{place} ke-{self.rng.randint(1, 3)}"\ndate: {day}\nsource: Kabar Kota\npeople: [{person}]\n'
            f"organizations: []\nplaces: [{place}]\nevents: {events}\n---\n\n{person} datang ke {place} bersama warga kota.\n",
            encoding="utf-8",
        )

    def edit_text(self) -> None:
        with self.pick().open("a", encoding="utf-8") as stream:
            stream.write(f"\nParagraf baru ke-{self.rng.randint(1, 99)} tentang {self.rng.choice(PEOPLE)}.\n")

    def edit_headline(self) -> None:
        path = self.pick()
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace('title: "', 'title: "Baru ', 1) if path.suffix == ".md" else f"Baru {text}", encoding="utf-8"
        )

    def delete(self) -> None:
        path = self.pick()
        path.unlink()
        path.with_suffix(".yaml").unlink(missing_ok=True)
        self.add()

    def rename(self) -> None:
        path = self.pick()
        if not path.with_suffix(".yaml").exists():
            path.rename(path.with_name(f"a-{path.name}"))

    def correct(self) -> None:
        self.pick().with_suffix(".yaml").write_text(self.rng.choice(CORRECTIONS), encoding="utf-8")

    def uncorrect(self) -> None:
        for path in self.seeds.glob("*.yaml"):
            path.unlink()

    def change_template(self) -> None:
        path = self.templates / self.rng.choice(("story.html", "entity.html", "macros.html", "home.html"))
        if path.exists():
            path.unlink()
        else:
            text = (find_packaged("templates") / path.name).read_text(encoding="utf-8")
            path.write_text(text.replace("<h1", "<h1 data-own", 1) + f"{{# {self.rng.random()} #}}", encoding="utf-8")

    def change_authority(self) -> None:
        (self.seeds / "authority").mkdir(exist_ok=True)
        row = f"- name: Budi Santoso\n  aliases: [Pak Budi, Budi S{self.rng.randint(1, 5)}]\n"
        (self.seeds / "authority/people.yaml").write_text(row, encoding="utf-8")

    def change_setting(self) -> None:
        self.settings = replace(self.settings, **self.rng.choice(SETTINGS))  # type: ignore[arg-type]

    def edit_the_site(self) -> None:
        self.rng.choice(sorted((self.work / "site").rglob("*.html"))).write_text("edited by hand", encoding="utf-8")

    def lose_a_page(self) -> None:
        self.rng.choice(sorted((self.work / "site").rglob("*.html"))).unlink()

    def lose_the_cache(self) -> None:
        (self.work / ".site.cache").unlink()

    def spoil_the_spare(self) -> None:
        files = sorted((self.work / ".site.spare").rglob("*.html"))
        if files:
            path = self.rng.choice(files)
            path.unlink()
            path.write_text("spoilt", encoding="utf-8")
            self.rng.choice(files).unlink(missing_ok=True)
            (self.work / ".site.spare/more.txt").write_text("more", encoding="utf-8")

    def do_nothing(self) -> None:
        pass

    def build(self, name: str, *, clean: bool) -> BuildReport | tuple[str, ...]:
        """The report, or the problems."""
        try:
            return build(
                self.seeds, self.work / name, self.settings, jobs=1, strict=False, progress=lambda *_: None, clean=clean
            )
        except InputError as error:
            return tuple(map(str, error.diagnostics))


DEEDS: tuple[Callable[[Newsroom], None], ...] = (
    *(Newsroom.edit_text, Newsroom.edit_headline) * 2,
    *(Newsroom.add, Newsroom.delete, Newsroom.rename),
    *(Newsroom.correct, Newsroom.correct, Newsroom.uncorrect),
    *(Newsroom.change_template, Newsroom.change_authority, Newsroom.change_setting, Newsroom.change_setting),
    *(Newsroom.edit_the_site, Newsroom.lose_a_page, Newsroom.lose_the_cache, Newsroom.spoil_the_spare, Newsroom.do_nothing),
)


@pytest.mark.parametrize("seed", range(4))
def test_a_site_built_on_is_the_site_built_from_nothing(tmp_path: Path, seed: int) -> None:
    newsroom = Newsroom(tmp_path, seed)
    done = ["start"]
    for _ in range(6):
        report = newsroom.build("site", clean=False)
        fresh = newsroom.build("fresh", clean=True)
        assert isinstance(report, BuildReport) == isinstance(fresh, BuildReport), (done, report, fresh)
        if isinstance(report, BuildReport) and isinstance(fresh, BuildReport):
            found, expected = read_tree(tmp_path / "site"), read_tree(tmp_path / "fresh")
            assert [path for path in found.keys() | expected.keys() if found.get(path) != expected.get(path)] == [], done
            assert (report.stories, report.people, report.pages) == (fresh.stories, fresh.people, fresh.pages)
        deed = newsroom.rng.choice(DEEDS)
        deed(newsroom)
        done.append(deed.__name__)
    assert list_leftovers(tmp_path / "site") == []
