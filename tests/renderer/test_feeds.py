"""Feeds of the archive and of its pages, read as readers read them."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from msgspec.structs import replace
from renderlib import BASE, SETTINGS, find_links, parse_page, render_site, resolve_link
from samplelib import HOSTILE, build_hostile, build_many, build_sample, gather, make_story

from alibaba_news.model import Archive, Correction, Reply, Withdrawal
from alibaba_news.renderer import Page, Renderer, plan_pages
from alibaba_news.settings import Settings

ATOM = "{http://www.w3.org/2005/Atom}"
MARKET = "wali-kota-resmikan-pasar-apung"
UNDATED = "kapal-penyeberangan-berlayar-perdana"
BARE = Settings(title="Tanpa Alamat")


def read_feed(content: bytes) -> Any:
    found = feedparser.parse(content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.feed.updated_parsed
    assert all(entry.updated_parsed for entry in found.entries)
    return found


def render_feed(archive: Archive, path: str = "feed.xml", settings: Settings = SETTINGS) -> Any:
    page = next(page for page in plan_pages(archive, settings) if page.path == path)
    return read_feed(Renderer(archive, settings).render(page))


def read_items(archive: Archive, settings: Settings = SETTINGS) -> dict[str, Any]:
    content = Renderer(archive, settings).render(Page(path="feed.json", kind="json_feed"))
    return {item["title"]: item for item in json.loads(content)["items"]}


def test_the_newest_change_comes_first_with_its_dates() -> None:
    feed = render_feed(build_sample())
    assert [entry.title for entry in feed.entries] == [
        "Floating Market Draws Visitors",
        "Kabar Gaduh di Dermaga",
        "Wali Kota Resmikan Pasar Apung Muara Jati",
        "Pasar di atas rakit akhirnya dibuka di Muara Jati",
    ]
    market = next(entry for entry in feed.entries if entry.id == f"{BASE}stories/{MARKET}/")
    assert market.published_parsed[:5] == (2018, 3, 5, 9, 20)
    assert market.updated_parsed[:3] == (2018, 3, 8)
    assert market.author == "Dewi Lestari"
    assert feed.feed.updated_parsed[:2] == (2019, 1)


def test_only_a_printed_day_is_a_day_of_publication() -> None:
    feed = render_feed(build_sample())
    assert [entry.title for entry in feed.entries if "published" in entry] == [
        "Kabar Gaduh di Dermaga",
        "Wali Kota Resmikan Pasar Apung Muara Jati",
    ]
    items = read_items(build_sample())
    assert [title for title, item in items.items() if "date_published" in item] == [
        entry.title for entry in feed.entries if "published" in entry
    ]


def test_what_editors_add_is_told_with_its_day_and_moves_the_story_up() -> None:
    notices = {
        "corrections": (Correction(date="2020-02-01", text="Angka semula keliru."),),
        "replies": (Reply(date="2020-02-03", text="Kami keberatan."),),
        "withdrawn": Withdrawal(date="2020-02-05", reason="Dicabut sumbernya."),
    }
    for key, day, told in (
        ("corrections", "2020-02-01", "Ralat (1 Februari 2020): Angka semula keliru."),
        ("replies", "2020-02-03", "Hak jawab (3 Februari 2020): Kami keberatan."),
        ("withdrawn", "2020-02-05", "Berita ini ditarik (5 Februari 2020): Dicabut sumbernya."),
    ):
        archive = build_many(80)
        oldest = next(story for story in archive.stories if story.slug == "berita-00000")
        changed = replace(oldest, **{key: notices[key]})
        stories = tuple(changed if story is oldest else story for story in archive.stories)
        archive = replace(archive, stories=stories)
        entry = render_feed(archive).entries[0]
        assert entry.title == oldest.title
        assert entry.updated == f"{day}T00:00:00+07:00"
        assert told in entry.summary
        item = next(iter(read_items(archive).values()))
        assert (item["title"], item["date_modified"][:10]) == (oldest.title, day)
        assert told in item["content_text"]


def test_both_feeds_hold_the_same_stories() -> None:
    archive = build_sample()
    assert [entry.title for entry in render_feed(archive).entries] == list(read_items(archive))


def test_a_story_that_nothing_dates_is_in_no_feed() -> None:
    archive = gather([make_story(slug="tanpa-hari", title="Tanpa Hari", body=("Isi.",)), *build_sample().stories])
    assert "Tanpa Hari" not in read_items(archive)
    assert "Tanpa Hari" not in [entry.title for entry in render_feed(archive).entries]


def test_an_undated_story_has_the_day_its_page_was_saved() -> None:
    archive = build_sample()
    saved = tuple(replace(s, retrieved="2018-11-13") if s.slug == UNDATED else s for s in archive.stories)
    archive = replace(archive, stories=saved)
    entry = next(entry for entry in render_feed(archive).entries if UNDATED in entry.id)
    assert entry.updated_parsed[:3] == (2018, 11, 12)  # midnight in the west of Indonesia, the evening before in Greenwich
    assert "published" not in entry
    assert read_items(archive)[entry.title]["date_modified"] == "2018-11-13T00:00:00+07:00"


def test_a_withdrawn_story_leaves_no_text() -> None:
    entry = next(entry for entry in render_feed(build_sample()).entries if "kabar-yang-ditarik" in entry.id)
    assert "Sumber berita mencabut keterangannya." in entry.summary
    assert "Rahasia Besar" not in entry.summary


@pytest.mark.parametrize("settings", [SETTINGS, BARE], ids=["address", "no address"])
def test_atom_has_what_the_standard_asks_for(settings: Settings) -> None:
    site = render_site(build_sample(), settings)
    feeds = [path for path in site if path.endswith("feed.xml")]
    assert len(feeds) > 3
    for path in feeds:
        root = ET.fromstring(site[path])
        for element in (root, *root.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(f"{ATOM}{name}")) == 1
        assert root.find(f"{ATOM}author/{ATOM}name") is not None
        ids = [element.text for element in root.iter(f"{ATOM}id")]
        assert len(ids) == len(set(ids))
        assert all(str(text).startswith(settings.base_url or "tag:tanpa-alamat.invalid,2000:") for text in ids)


def test_links_of_a_feed_lead_into_the_site() -> None:
    site = render_site(build_sample(), BARE)
    for path in (path for path in site if path.endswith("feed.xml")):
        for link in ET.fromstring(site[path]).iter(f"{ATOM}link"):
            target = resolve_link(path, str(link.get("href")))
            assert target is not None
            assert target[0] in site, (path, link.attrib)


def test_who_is_named_in_several_stories_has_a_feed_linked_from_the_page() -> None:
    site = render_site(build_sample())
    feeds = {path for path in site if path.endswith("/feed.xml")}
    assert "people/ratna-wulandari/feed.xml" in feeds
    assert "events/2018-03-peresmian-pasar-apung/feed.xml" in feeds
    assert "people/sri-hartini/feed.xml" not in feeds  # in one story
    linked = set()
    for path, content in site.items():
        if path.endswith("index.html"):
            for element, href in find_links(parse_page(content)):
                target = resolve_link(path, href)
                if element.get("rel") == "alternate" and target and target[0].endswith("/feed.xml"):
                    assert target[0].rpartition("/")[0] == path.rpartition("/")[0]
                    linked.add(target[0])
    assert linked == feeds


def test_the_feed_of_a_page_holds_its_stories_alone() -> None:
    feed = render_feed(build_sample(), "people/ratna-wulandari/feed.xml")
    assert feed.feed.title == "Ratna Wulandari – Arsip Muara"
    assert feed.feed.id == f"{BASE}people/ratna-wulandari/feed.xml"
    assert sorted(entry.id.split("/")[-2] for entry in feed.entries) == [
        "pasar-di-atas-rakit-akhirnya-dibuka",
        MARKET,
    ]


def test_feeds_that_would_hold_one_story_are_not_made() -> None:
    stories = [
        make_story(slug=f"s{n}", title=f"Ratna Wulandari {n}", body=("Isi.",), date="2018-01-01" if n == 0 else None)
        for n in range(3)
    ]
    assert not [page for page in plan_pages(gather(stories), SETTINGS) if page.path.endswith("/feed.xml")]


@pytest.mark.parametrize("path", ["feed.xml", "people/ratna-wulandari/feed.xml"])
def test_the_feed_size_is_kept(path: str) -> None:
    settings = replace(SETTINGS, feed_size=2)
    assert len(render_feed(build_many(30), path, settings).entries) == 2
    assert len(read_items(build_many(30), settings)) == 2


@pytest.mark.parametrize("build", [build_hostile, lambda: gather([])], ids=["hostile", "empty"])
def test_any_archive_gives_feeds_that_can_be_read(build: Any) -> None:
    archive = build()
    render_feed(archive)
    assert isinstance(read_items(archive), dict)


def test_hostile_text_comes_back_whole() -> None:
    assert HOSTILE in next(iter(read_items(build_hostile()).values()))["content_text"]
    assert '<script>alert(1)</script> & "kutip"' in render_feed(build_hostile()).entries[0].summary.replace("&quot;", '"')
