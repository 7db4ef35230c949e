"""Sitemap, robots, data: read as their readers read them."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

from msgspec.structs import replace
from renderlib import BASE, SETTINGS, render_site
from samplelib import build_sample

from alibaba_news.settings import Settings

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


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
    closed = ("/berita/data/", "/berita/feed.", "/*/feed.xml$", "/*.md$")
    assert text.splitlines() == ["User-agent: *", *(f"Disallow: {path}" for path in closed)]


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
