"""What is out of date, as a function of facts; and which facts the pages of an archive are made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from msgspec.structs import replace

from alibaba_news.builder.make import Plan, describe_page, plan_site
from alibaba_news.builder.stale import FactBook, Made, MadePage, find_changed_facts, find_stale, read_numbers
from alibaba_news.renderer.pages import Page
from alibaba_news.settings import Settings
from alibaba_news.values import digest

A, B, C = ("stories", "a"), ("stories", "b"), ("#setting", "title")
A1, A2, B1, B2, C1, C2, X = map(digest, ("a1", "a2", "b1", "b2", "c1", "c2", "x"))
NOW = {A: A1, B: B1, C: C1}


def make(pages: dict[str, tuple[tuple[str, str], ...]]) -> Made:
    book = FactBook()
    return book.close(
        {
            path: MadePage(what=path, facts=book.note(facts, {f: NOW[f] for f in facts}), sha256="")
            for path, facts in pages.items()
        }
    )


MADE = make({"a.html": (A, C), "b.html": (B, C), "list.html": (A, B)})


@pytest.mark.parametrize(
    ("now", "stale"),
    [
        ({}, set()),
        ({A: A2}, {"a.html", "list.html"}),
        ({C: C2}, {"a.html", "b.html"}),
        ({A: A2, B: B2, C: C2}, {"a.html", "b.html", "list.html"}),
    ],
)
def test_a_page_is_stale_where_a_fact_it_is_made_from_has_changed(now: dict[tuple[str, str], bytes], stale: set[str]) -> None:
    changed = find_changed_facts(MADE, [(NOW | now)[fact] for fact in MADE.facts])
    assert find_stale(MADE, changed, [(path, path) for path in MADE.pages]) == stale


def list_pages(made: Made, fact: tuple[str, str]) -> list[str]:
    number = made.facts.index(fact) if fact in made.facts else -1
    return [path for path, page in made.pages.items() if number in read_numbers(page.facts)]


def test_a_new_page_and_another_one_at_its_address_are_stale() -> None:
    planned = [("a.html", "a.html"), ("b.html", "something else"), ("new.html", "new.html")]
    assert find_stale(MADE, frozenset(), planned) == {"b.html", "new.html"}


def test_facts_that_no_page_needs_any_more_are_forgotten() -> None:
    book = FactBook(MADE)
    kept = {path: page for path, page in MADE.pages.items() if path == "b.html"}
    kept["b.html"] = replace(kept["b.html"], facts=book.note((B, ("entities", "x")), {B: B2, ("entities", "x"): X}))
    made = book.close(kept)
    assert dict(zip(made.facts, made.digests, strict=True)) == {B: B2, ("entities", "x"): X}
    assert list_pages(made, B) == ["b.html"]
    assert list_pages(made, A) == []


STORIES = {
    "satu": ("2018-03-05", "Kabar Kota", "Budi Santoso", "Pasar Malam Dibuka", "Kota Lama"),
    "dua": ("2018-03-07", "Kabar Kota", "Budi Santoso", "Jembatan Gantung Diresmikan", "Kota Baru"),
    "tiga": ("2018-03-09", "Warta Desa", "Sari Dewi", "Panen Raya Tiba", "Desa Hulu"),
    "empat": ("2018-03-11", "Warta Desa", "Sari Dewi", "Lomba Perahu Digelar", "Desa Hilir"),
    "lima": ("2018-03-13", "Harian Pantai", "Joko Lestari", "Kapal Baru Tiba", "Pelabuhan"),
}


def write_seeds(folder: Path, dates: Mapping[str, str] = MappingProxyType({})) -> Path:
    folder.mkdir()
    for slug, (own_date, outlet, person, title, place) in STORIES.items():
        date = dates.get(slug, own_date)
        (folder / f"{slug}.md").write_text(
            f'---\ntitle: "{title}"\ndate: {date}\nslug: {slug}\nsource: {outlet}\nsummary: Ringkasan {slug}.\n'
            f"people: [{person}]\norganizations: []\nplaces: [{place}]\nevents: []\n---\n\n"
            f"{person} datang ke {place} dan melihat {title.lower()} bersama warga.\n\nWarga {place} senang sekali hari itu.\n",
            encoding="utf-8",
        )
    return folder


def plan(seeds: Path, settings: Settings) -> Plan:
    return plan_site(seeds, settings, jobs=1, strict=False, progress=lambda *_: None)


def draw_everything(plan: Plan) -> Made:
    book, pages = FactBook(), {}
    for page in plan.pages:
        drawn = plan.renderer.draw(page)
        pages[page.path] = MadePage(what=describe_page(page), facts=book.note(drawn.facts, drawn.digests), sha256="")
    return book.close(pages)


def find_stale_pages(made: Made, now: Plan) -> set[str]:
    planned = [(page.path, describe_page(page)) for page in now.pages]
    return set(find_stale(made, find_changed_facts(made, map(now.renderer.values.digest, made.facts)), planned))


def list_kinds(pages: tuple[Page, ...], paths: set[str]) -> set[str]:
    return {page.kind for page in pages if page.path in paths}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Settings, Made]:
    folder = tmp_path_factory.mktemp("stale")
    (folder / "templates").mkdir()
    settings = Settings(base_url="https://berita.example/", templates=folder / "templates", page_size=2, feed_size=2)
    return write_seeds(folder / "seeds"), settings, draw_everything(plan(folder / "seeds", settings))


@pytest.fixture
def change(before: tuple[Path, Settings, Made]) -> Callable[[str, str, str], tuple[Plan, set[str]]]:
    seeds, settings, made = before

    def edit(name: str, old: str, new: str) -> tuple[Plan, set[str]]:
        path = seeds / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        try:
            now = plan(seeds, settings)
        finally:
            path.write_text(text, encoding="utf-8")
        return now, find_stale_pages(made, now)

    return edit


def test_nothing_is_stale_where_nothing_has_changed(before: tuple[Path, Settings, Made]) -> None:
    seeds, settings, made = before
    assert find_stale_pages(made, plan(seeds, settings)) == set()


def test_a_changed_text_makes_stale_what_shows_it_and_no_other_page(
    change: Callable[[str, str, str], tuple[Plan, set[str]]],
) -> None:
    _, stale = change("tiga.md", "senang sekali", "gembira sekali")
    others = {slug for slug in STORIES if slug != "tiga"}
    assert {"stories/tiga/index.html", "stories/tiga/index.md", "data/stories.jsonl"} <= stale
    touched = {path for path in stale for slug in others if path.startswith(f"stories/{slug}/")}
    assert touched == set()
    strangers = ("people/budi-santoso", "people/joko-lestari", "places/kota-lama", "places/pelabuhan")
    assert [path for path in stale if path.startswith(strangers)] == []
    quiet = {"index.html", "stories/index.html", "people/index.html", "timeline/index.html", "about/index.html", "feed.xml"}
    assert quiet & stale == set()
    assert [path for path in stale if path.startswith("outlets/")] == []


def test_a_changed_headline_makes_stale_the_lists_that_name_it(
    change: Callable[[str, str, str], tuple[Plan, set[str]]],
) -> None:
    _, stale = change("tiga.md", "Panen Raya Tiba", "Panen Besar Tiba")
    assert {"stories/tiga/index.html", "people/sari-dewi/index.html", "places/desa-hulu/index.html"} <= stale
    assert {"stories/dua/index.html", "stories/empat/index.html"} <= stale  # its neighbours
    assert {"stories/page/2/index.html", "outlets/warta-desa/index.html"} <= stale
    assert {"stories/satu/index.html", "stories/lima/index.md", "people/joko-lestari/index.html"} & stale == set()
    assert {"stories/page/3/index.html", "outlets/kabar-kota/index.html", "about/index.html"} & stale == set()


def test_a_new_story_leaves_the_records_of_the_others_alone(before: tuple[Path, Settings, Made]) -> None:
    seeds, settings, made = before
    text = (seeds / "dua.md").read_text(encoding="utf-8").replace("2018-03-07", "2018-03-20").replace("slug: dua", "slug: enam")
    (seeds / "enam.md").write_text(text.replace("Jembatan Gantung", "Taman Kota"), encoding="utf-8")
    try:
        stale = find_stale_pages(made, plan(seeds, settings))
    finally:
        (seeds / "enam.md").unlink()
    assert {"stories/enam/index.html", "people/budi-santoso/index.html", "index.html", "feed.xml"} <= stale
    assert [path for path in stale if path.endswith(".md")] == ["stories/enam/index.md"]


def test_a_new_story_leaves_the_pages_of_other_months_and_years_alone(tmp_path: Path) -> None:
    dates = {"satu": "2016-01-05", "dua": "2016-01-07", "tiga": "2017-06-09", "empat": "2017-06-11"}
    seeds, settings = write_seeds(tmp_path / "seeds", dates), Settings(base_url="https://berita.example/", page_size=2)
    made = draw_everything(plan(seeds, settings))
    text = (seeds / "lima.md").read_text(encoding="utf-8").replace("Kapal Baru", "Feri Baru")
    (seeds / "enam.md").write_text(text.replace("slug: lima", "slug: enam"), encoding="utf-8")
    stale = find_stale_pages(made, plan(seeds, settings))
    assert {path for path in stale if path.startswith("on-this-day/")} == {
        "on-this-day/index.html",
        "on-this-day/03/index.html",
    }
    assert {path for path in stale if path.startswith("timeline/2")} == {"timeline/2018/index.html"}


@pytest.mark.parametrize(("count", "alone"), [(5, False), (24, True)])
def test_one_story_more_about_an_event_is_no_news_to_many_others(tmp_path: Path, count: int, alone: bool) -> None:
    seeds, settings = tmp_path / "seeds", Settings(base_url="https://berita.example/")
    seeds.mkdir()

    def write(nth: int) -> None:
        given = f"title: Kabar {nth}\ndate: 2018-03-{nth + 1:02}\nslug: s{nth:02}\npeople: []\norganizations: []\nplaces: []\n"
        given += "events:\n  - {name: Rapat Raya Kota, start: 2018-03-01, place: Kota Lama}\n"
        (seeds / f"s{nth:02}.md").write_text(f"---\n{given}---\n\nRapat ke-{nth} usai sudah.\n", encoding="utf-8")

    for nth in range(count):
        write(nth)
    made = draw_everything(plan(seeds, settings))
    write(count)
    stale = find_stale_pages(made, plan(seeds, settings))
    assert f"stories/s{count:02}/index.html" in stale
    assert ("stories/s00/index.html" not in stale) == alone


@pytest.mark.parametrize(
    ("template", "kinds"),
    [("story.html", {"story"}), ("entity.html", {"entity"}), ("home.html", {"home"}), ("unused.html", set())],
)
def test_a_changed_template_makes_stale_what_uses_it(
    before: tuple[Path, Settings, Made], template: str, kinds: set[str]
) -> None:
    seeds, settings, made = before
    assert settings.templates is not None
    own = settings.templates / template
    own.write_text("{% extends 'base.html' %}", encoding="utf-8")
    try:
        now = plan(seeds, settings)
        assert list_kinds(now.pages, find_stale_pages(made, now)) == kinds
    finally:
        own.unlink()


def test_a_template_that_all_pages_are_made_with_makes_all_of_them_stale(before: tuple[Path, Settings, Made]) -> None:
    seeds, settings, made = before
    assert settings.templates is not None
    own = settings.templates / "base.html"
    own.write_text("{% block main %}{% endblock %}", encoding="utf-8")
    try:
        now = plan(seeds, settings)
        stale = find_stale_pages(made, now)
    finally:
        own.unlink()
    assert {page.path for page in now.pages if page.kind in {"home", "story", "entity", "timeline", "about"}} <= stale
    assert [page.path for page in now.pages if page.kind in {"record", "data", "robots"} and page.path in stale] == []


@pytest.mark.parametrize(
    ("setting", "stale", "fresh"),
    [
        ({"title": "Arsip Lain"}, {"home", "story", "atom"}, {"record", "data", "robots", "static"}),
        ({"feed_size": 3}, {"atom", "json_feed"}, {"home", "story", "record", "data"}),
        ({"noindex": True}, {"home", "story", "robots"}, {"record", "data", "atom"}),
    ],
)
def test_a_changed_setting_makes_stale_what_reads_it(
    before: tuple[Path, Settings, Made], setting: dict[str, object], stale: set[str], fresh: set[str]
) -> None:
    seeds, settings, made = before
    now = plan(seeds, replace(settings, **setting))
    kinds = list_kinds(now.pages, find_stale_pages(made, now))
    assert stale <= kinds
    assert kinds & fresh == set()
