"""Feeds, sitemap, robots, data: read as their readers read them."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import feedparser
import pytest
from renderlib import BASE, SETTINGS, render_site
from samplelib import HOSTILE, build_hostile, build_sample, gather

from alibaba_news.settings import Settings

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read_feed(content: bytes):
    found = feedparser.parse(content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_the_atom_feed_is_read_with_its_dates() -> None:
    feed = read_feed(render_site(build_sample())["feed.xml"])
    assert [entry.title for entry in feed.entries][:2] == ["Floating Market Draws Visitors", "Kabar Gaduh di Dermaga"]
    assert all(entry.updated_parsed for entry in feed.entries)
    market = next(entry for entry in feed.entries if entry.id == f"{BASE}stories/wali-kota-resmikan-pasar-apung/")
    assert market.published_parsed[:5] == (2018, 3, 5, 9, 20)
    assert market.updated_parsed[:3] == (2018, 3, 8)
    assert market.author == "Dewi Lestari"
    assert "yang benar 120" in market.summary
    assert feed.feed.updated_parsed[:2] == (2019, 1)


def test_undated_stories_are_in_the_json_feed_alone() -> None:
    site = render_site(build_sample())
    undated = "Kapal Penyeberangan Berlayar Perdana"
    assert undated not in site["feed.xml"].decode()
    items = json.loads(site["feed.json"])["items"]
    item = next(item for item in items if item["title"] == undated)
    assert "date_published" not in item
    assert [i for i in items if i.get("date_published") == "2018-03-05T16:20:00+07:00"]


def test_a_withdrawn_story_stays_in_the_feed_as_withdrawn() -> None:
    feed = read_feed(render_site(build_sample())["feed.xml"])
    entry = next(entry for entry in feed.entries if "kabar-yang-ditarik" in entry.id)
    assert "Sumber berita mencabut keterangannya." in entry.summary


def test_atom_has_what_the_standard_asks_for() -> None:
    for settings in (SETTINGS, Settings(title="Tanpa Alamat")):
        root = ET.fromstring(render_site(build_sample(), settings)["feed.xml"])
        for element in (root, *root.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(f"{ATOM}{name}")) == 1
        assert root.find(f"{ATOM}author/{ATOM}name") is not None
        ids = [element.text for element in root.iter(f"{ATOM}id")]
        assert len(ids) == len(set(ids))
        assert all(str(text).startswith(settings.base_url or "tag:tanpa-alamat.invalid,2000:") for text in ids)


def test_the_feed_size_is_kept() -> None:
    site = render_site(build_sample(), replace(SETTINGS, feed_size=2))
    assert len(read_feed(site["feed.xml"]).entries) == 2
    assert len(json.loads(site["feed.json"])["items"]) == 2


@pytest.mark.parametrize("build", [build_hostile, lambda: gather([])], ids=["hostile", "empty"])
def test_any_archive_gives_feeds_that_can_be_read(build) -> None:
    site = render_site(build())
    feed = read_feed(site["feed.xml"])
    assert feed.feed.updated_parsed
    assert json.loads(site["feed.json"])["version"] == "https://jsonfeed.org/version/1.1"
    ET.fromstring(site["sitemap.xml"])


def test_hostile_text_comes_back_whole() -> None:
    items = json.loads(render_site(build_hostile())["feed.json"])["items"]
    assert HOSTILE in items[0]["content_text"]


def test_the_sitemap_lists_pages_and_not_their_second_parts() -> None:
    site = render_site(build_sample(), replace(SETTINGS, page_size=2))
    found = [loc.text for loc in ET.fromstring(site["sitemap.xml"]).iter(f"{MAP}loc")]
    assert f"{BASE}stories/floating-market-draws-visitors/" in found
    assert BASE in found
    assert "stories/page/2/index.html" in site
    assert not [loc for loc in found if loc and ("/page/" in loc or "404" in loc or loc.endswith(".html"))]


def test_without_an_address_the_sitemap_lists_nothing() -> None:
    root = ET.fromstring(render_site(build_sample(), Settings(title="X"))["sitemap.xml"])
    assert root.tag == f"{MAP}urlset"
    assert len(root) == 0


def test_robots_names_the_sitemap() -> None:
    assert f"Sitemap: {BASE}sitemap.xml" in render_site(build_sample())["robots.txt"].decode()


def test_robots_keeps_the_data_of_a_hidden_site_closed() -> None:
    text = render_site(build_sample(), replace(SETTINGS, noindex=True))["robots.txt"].decode()
    assert "Disallow: /berita/data/" in text
    assert "Sitemap" not in text


def test_data_files_hold_one_record_a_line() -> None:
    archive, site = build_sample(), render_site(build_sample())
    for table in ("stories", "people", "organizations", "places", "products", "events"):
        rows = [json.loads(line) for line in site[f"data/{table}.jsonl"].decode().splitlines()]
        assert len(rows) == len(getattr(archive, table)), table
    people = {row["id"]: row for row in map(json.loads, site["data/people.jsonl"].decode().splitlines())}
    ratna = people["people/ratna-wulandari"]
    assert ratna["roles"] == [
        {"text": "Wali Kota", "story": "wali-kota-resmikan-pasar-apung", "date": "2018-03-05T16:20+07:00", "paragraph": 1}
    ]
    assert "kabar-yang-ditarik" not in ratna["stories"]
    events = {row["id"]: row for row in map(json.loads, site["data/events.jsonl"].decode().splitlines())}
    assert events["events/2018-03-peresmian-pasar-apung"]["perhaps_same"][0]["id"] == "events/2017-08-pelatihan-pedagang"
