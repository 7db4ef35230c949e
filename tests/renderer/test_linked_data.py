"""JSON-LD against shapes: what each type must and may say, in which form; every id a page of the site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from renderlib import BASE, SETTINGS, parse_page, parse_pages, render_site
from samplelib import build_hostile, build_many, build_sample

from alibaba_news.renderer import Renderer, plan_pages
from alibaba_news.settings import Settings

TEXT = (str,)
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?)?)?")
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
TEMPLATE = re.compile(r"https?://\S+\{search_term_string\}")
# By type: what must be said, and of what form or type everything is that may be said.
SHAPES: dict[str, tuple[set[str], dict[str, Any]]] = {
    "NewsArticle": (
        {"headline"},
        {
            "headline": TEXT, "description": TEXT, "inLanguage": re.compile(r"[a-z]{2}"), "datePublished": DATE,
            "dateModified": DATE, "author": {"Person"}, "editor": {"Person"}, "publisher": {"NewsMediaOrganization"},
            "isPartOf": {"Newspaper"}, "isBasedOn": ADDRESS, "about": {"Event"}, "comment": {"Comment"},
            "mentions": {"Person", "Organization", "Place", "Product"}, "correction": {"CorrectionComment"},
            "creativeWorkStatus": re.compile("Withdrawn"),
        },
    ),
    "Person": ({"name"}, {"name": TEXT, "alternateName": TEXT, "sameAs": ADDRESS}),
    "Organization": ({"name"}, {"name": TEXT, "alternateName": TEXT, "sameAs": ADDRESS}),
    "Product": ({"name"}, {"name": TEXT, "alternateName": TEXT, "sameAs": ADDRESS}),
    "Place": ({"name"}, {"name": TEXT, "alternateName": TEXT, "sameAs": ADDRESS, "geo": {"GeoCoordinates"}}),
    "GeoCoordinates": ({"latitude", "longitude"}, {"latitude": (float, int), "longitude": (float, int)}),
    "Event": (
        {"name"},
        {
            "name": TEXT, "startDate": DATE, "endDate": DATE, "location": {"Place"}, "about": {"Person", "Organization"},
            "subjectOf": {"NewsArticle"},
        },
    ),
    "NewsMediaOrganization": ({"name"}, {"name": TEXT}),
    "Newspaper": ({"name"}, {"name": TEXT}),
    "CorrectionComment": ({"text", "datePublished"}, {"text": TEXT, "datePublished": DATE}),
    "Comment": ({"text", "datePublished"}, {"text": TEXT, "datePublished": DATE}),
    "BreadcrumbList": ({"itemListElement"}, {"itemListElement": {"ListItem"}}),
    "ListItem": ({"position", "name", "item"}, {"position": (int,), "name": TEXT, "item": ADDRESS}),
    "WebSite": (
        {"name"},
        {"name": TEXT, "description": TEXT, "inLanguage": TEXT, "potentialAction": {"SearchAction"}},
    ),
    "SearchAction": (
        {"target", "query-input"},
        {"target": {"EntryPoint"}, "query-input": re.compile("required name=search_term_string")},
    ),
    "EntryPoint": ({"urlTemplate"}, {"urlTemplate": TEMPLATE}),
}  # fmt: skip
ANYWHERE = {"@type": TEXT, "@id": ADDRESS, "url": ADDRESS}


def read_graph(tree: Any) -> list[dict[str, Any]]:
    script = tree.find(".//script[@type='application/ld+json']")
    if script is None:
        return []
    data = json.loads(script.text)
    assert data["@context"] == "https://schema.org"
    return list(data["@graph"])


def check_node(node: Any) -> None:
    assert isinstance(node, dict), node
    must, may = SHAPES[node["@type"]]
    assert must <= node.keys(), (must - node.keys(), node)
    for key, value in node.items():
        form = {**ANYWHERE, **may}[key]
        for item in value if isinstance(value, list) else [value]:
            check_value(item, form)


def check_value(value: Any, form: Any) -> None:
    if isinstance(form, set):
        assert value["@type"] in form, value
        check_node(value)
    elif isinstance(form, tuple):
        assert isinstance(value, form), value
        assert value != "", "nothing is said where nothing is known"
    else:
        assert form.fullmatch(value), value


def walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(item)


def read_node(archive: Any, path: str, kind: str, settings: Settings = SETTINGS) -> dict[str, Any]:
    page = next(page for page in plan_pages(archive, settings) if page.path == path)
    graph = read_graph(parse_page(Renderer(archive, settings).render(page)))
    return next(node for node in graph if node["@type"] == kind)


@pytest.mark.parametrize("build", [build_sample, build_hostile, lambda: build_many(20)], ids=["sample", "hostile", "many"])
@pytest.mark.parametrize("settings", [SETTINGS, Settings(title="X"), replace(SETTINGS, full_text=False)])
def test_every_page_keeps_to_the_shapes_and_every_id_is_a_page(build: Any, settings: Settings) -> None:
    site = render_site(build(), settings)
    described = set()
    for path, tree in parse_pages(site).items():
        for node in read_graph(tree):
            check_node(node)
            described.add(path.partition("/")[0])
            for inner in walk(node):
                for key in ("@id", "item"):
                    if key in inner:
                        assert settings.base_url, "only a site with an address has ids"
                        assert f"{inner[key].removeprefix(BASE)}index.html" in site, inner
    assert {"index.html", "stories", "people", "outlets"} <= described


def test_a_story_of_a_paper() -> None:
    node = read_node(build_sample(), "stories/wali-kota-resmikan-pasar-apung/index.html", "NewsArticle")
    assert node["datePublished"] == "2018-03-05T16:20+07:00"
    assert node["dateModified"] == "2018-03-09T00:00:00+07:00"
    assert node["publisher"] == {
        "@type": "NewsMediaOrganization",
        "@id": f"{BASE}outlets/harian-contoh/",
        "name": "Harian Contoh",
    }
    assert node["isPartOf"]["name"] == "Harian Contoh"
    assert node["isBasedOn"] == "https://harian.example/pasar-apung"
    assert node["correction"][0]["datePublished"] == "2018-03-07"
    assert node["comment"][0]["url"] == "https://kop.example/jawab"
    assert f"{BASE}people/ratna-wulandari/" in [row["@id"] for row in node["mentions"]]
    assert [row["@id"] for row in node["about"]] == [
        f"{BASE}events/2018-03-peresmian-pasar-apung/", f"{BASE}events/2017-08-pelatihan-pedagang/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "slug", ["pasar-di-atas-rakit-akhirnya-dibuka", "floating-market-draws-visitors", "kapal-penyeberangan-berlayar-perdana"]
)
def test_a_day_that_no_page_prints_is_not_given(slug: str) -> None:
    assert "datePublished" not in read_node(build_sample(), f"stories/{slug}/index.html", "NewsArticle")


def test_a_withdrawn_story_says_so_and_says_nothing_else() -> None:
    node = read_node(build_sample(), "stories/kabar-yang-ditarik/index.html", "NewsArticle")
    assert node["creativeWorkStatus"] == "Withdrawn"
    assert node["correction"][0]["text"] == "Sumber berita mencabut keterangannya."
    assert not {"description", "mentions", "about"} & node.keys()


def test_an_event_as_far_as_it_is_known() -> None:
    archive = build_sample()
    month = read_node(archive, "events/2017-08-pelatihan-pedagang/index.html", "Event")
    assert (month["startDate"], month["endDate"]) == ("2017-08", "2017-08")
    assert month["location"]["@id"] == f"{BASE}places/teluk-lestari/"
    undated = read_node(archive, "events/pelayaran-perdana/index.html", "Event")
    assert "startDate" not in undated
    opening = read_node(archive, "events/2018-03-peresmian-pasar-apung/index.html", "Event")
    assert len(opening["subjectOf"]) == 2


def test_a_place_has_its_coordinates() -> None:
    nodes = [
        read_node(build_sample(), f"places/{slug}/index.html", "Place").get("geo") for slug in ("muara-jati", "teluk-lestari")
    ]
    assert [node for node in nodes if node], "the sample has a place with coordinates"


def test_the_front_page_offers_the_search() -> None:
    node = read_node(build_sample(), "index.html", "WebSite")
    assert node["potentialAction"]["target"]["urlTemplate"] == f"{BASE}search/index.html?q={{search_term_string}}"
    assert "potentialAction" not in read_node(build_sample(), "index.html", "WebSite", Settings(title="X"))
