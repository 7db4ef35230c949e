"""The description of the search that a browser reads, and the pages at old addresses."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace
from renderlib import BASE, SETTINGS, parse_page, parse_pages, render_site
from samplelib import HOSTILE, build_sample

from alibaba_news.settings import Settings

SPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.mark.parametrize("title", ["Arsip Muara", "Arsip Berita & Peristiwa Kabupaten yang Sangat Panjang Namanya", HOSTILE])
def test_the_description_is_as_the_standard_asks(title: str) -> None:
    root = ET.fromstring(render_site(build_sample(), replace(SETTINGS, title=title))["opensearch.xml"])
    assert root.tag == f"{SPACE}OpenSearchDescription"
    texts = {element.tag.removeprefix(SPACE): element.text or "" for element in root}
    assert 0 < len(texts["ShortName"]) <= 16
    assert len(texts["LongName"]) <= 48
    address = root.find(f"{SPACE}Url")
    assert address is not None
    assert address.attrib == {"type": "text/html", "template": f"{BASE}search/index.html?q={{searchTerms}}"}


def test_every_page_leads_to_it() -> None:
    for path, tree in parse_pages(render_site(build_sample())).items():
        if tree.find(".//link[@rel='stylesheet']") is not None:
            found = [link.get("href") for link in tree.iter("link") if link.get("rel") == "search"]
            assert found == ["../" * path.count("/") + "opensearch.xml"]


def test_without_an_address_there_is_none() -> None:
    site = render_site(build_sample(), Settings(title="X"))
    assert "opensearch.xml" not in site
    assert b'rel="search"' not in site["index.html"]


@pytest.mark.parametrize("old", ["2018/03/pasar-apung.html", "berita/pasar-apung/index.html"])
def test_an_old_address_leads_on(old: str) -> None:
    tree = parse_page(render_site(build_sample())[old])
    target = "../" * old.count("/") + "stories/wali-kota-resmikan-pasar-apung/index.html"
    metas = {meta.get("name") or meta.get("http-equiv"): meta.get("content") for meta in tree.iter("meta")}
    assert metas["refresh"] == f"0; url={target}"
    assert metas["robots"] == "noindex"
    canonical = tree.find(".//link[@rel='canonical']")
    assert canonical is not None
    assert canonical.get("href") == f"{BASE}stories/wali-kota-resmikan-pasar-apung/"
    assert [link.get("href") for link in tree.iter("a")] == [target]
