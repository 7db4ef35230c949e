"""The whole site: links that lead somewhere, every page found from the front page, nothing from elsewhere."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from msgspec.structs import replace
from renderlib import BASE, SETTINGS, Site, find_links, parse_pages, read_text, render_site, resolve_link
from samplelib import ARCHIVES, HOSTILE, build_hostile, build_many, build_sample

from alibaba_news.model import Archive
from alibaba_news.renderer import Renderer, plan_pages
from alibaba_news.settings import Settings

Trees = dict[str, Element]


@pytest.fixture(scope="module", params=ARCHIVES, ids=str)
def site(request: pytest.FixtureRequest) -> Site:
    build, changes = ARCHIVES[request.param]
    return render_site(build(), replace(SETTINGS, **changes))


@pytest.fixture(scope="module")
def trees(site: Site) -> Trees:
    """The pages of the site; that all of it is valid is the checker's to say (test_validity.py)."""
    return parse_pages(site)


def test_every_link_and_fragment_leads_somewhere(site: Site, trees: Trees) -> None:
    ids = {path: {element.get("id") for element in tree.iter()} for path, tree in trees.items()}
    checked = 0
    for page, tree in trees.items():
        for _, href in find_links(tree):
            found = resolve_link(page, href)
            if found:
                path, fragment = found
                assert path in site, f"{page}: {href}"
                assert not fragment or fragment in ids[path], f"{page}: {href}"
                checked += 1
    assert checked > len(trees)


def test_every_page_is_found_from_the_front_page(trees: Trees) -> None:
    moved = {path for path, tree in trees.items() if tree.find(".//meta[@http-equiv='refresh']") is not None}
    found, waiting = set(), ["index.html"]
    while waiting:
        page = waiting.pop()
        if page in found or page not in trees:
            continue
        found.add(page)
        links = (resolve_link(page, href) for element, href in find_links(trees[page]) if element.tag == "a")
        waiting += [link[0] for link in links if link]
    assert set(trees) - found == {"404.html", *moved}


def test_nothing_is_loaded_from_another_host(site: Site, trees: Trees) -> None:
    for path, tree in trees.items():
        for element, href in find_links(tree):
            loads = element.tag in {"img", "script", "iframe", "source"} or element.get("rel") in {
                "stylesheet",
                "icon",
                "preload",
            }
            assert not loads or href == "data:," or resolve_link(path, href), f"{path}: {href}"
        for form in tree.iter("form"):
            target = resolve_link(path, form.get("action", ""))
            assert target, f"{path}: a form that leads elsewhere"
            assert target[0] in site, path
    css = b"".join(content for path, content in site.items() if path.endswith(".css"))
    assert b"//" not in css
    assert b"@import" not in css


def test_only_safe_addresses_and_no_script_but_the_searchs_own(site: Site, trees: Trees) -> None:
    for path, tree in trees.items():
        for _, href in find_links(tree):
            assert not href.lower().startswith(("javascript:", "vbscript:")), path
        scripts = [element for element in tree.iter("script") if element.get("type") != "application/ld+json"]
        if path == "search/index.html":  # the one page with scripts: its own files, and data for them
            data = [element for element in scripts if element.get("type") == "application/json"]
            files = [resolve_link(path, element.get("src", "")) for element in scripts if element not in data]
            assert len(data) == 1
            assert all(file and file[0].startswith(("static/search/", "search/data/")) and file[0] in site for file in files)
        else:
            assert scripts == [], path
        assert not [e for e in tree.iter() for name in e.attrib if name.startswith("on") or name == "style"], path


def test_the_same_archive_gives_the_same_bytes() -> None:
    assert render_site(build_sample()) == render_site(build_sample())


def test_a_page_does_not_depend_on_the_pages_before_it() -> None:
    archive = build_sample()
    pages = plan_pages(archive, SETTINGS)
    forward, backward = Renderer(archive, SETTINGS), Renderer(archive, SETTINGS)
    first = {page.path: forward.render(page) for page in pages}
    assert first == {page.path: backward.render(page) for page in reversed(pages)}


def test_hostile_text_stays_text() -> None:
    site = render_site(build_hostile())
    words = HOSTILE.replace("\u2028", " ")
    tree = parse_pages(site)["stories/jahat/index.html"]
    assert "".join(words.split()) in "".join(read_text(tree).split())
    for path, page in parse_pages(site).items():
        assert page.find(".//b") is None, path
        assert "49" not in {text.strip() for text in page.itertext()}, path


def test_every_file_of_the_contract_is_planned() -> None:
    paths = {page.path for page in plan_pages(build_sample(), SETTINGS)}
    fixed = "index.html 404.html feed.xml feed.json sitemap.xml robots.txt .nojekyll data/schema.json timeline/index.html"
    lists = [
        f"{name}/index.html"
        for name in ["stories", "people", "events", "organizations", "places", "products", "outlets", "search", "about"]
    ]
    data = [f"data/{name}.jsonl" for name in ["stories", "people", "events", "organizations", "places"]]
    assert {*fixed.split(), *lists, *data} <= paths
    assert "stories/floating-market-draws-visitors/index.md" in paths
    assert {"2018/03/pasar-apung.html", "berita/pasar-apung/index.html"} <= paths


def test_no_two_pages_share_a_path() -> None:
    paths = [page.path.casefold() for page in plan_pages(build_many(60), replace(SETTINGS, page_size=7))]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("old", ["../luar.html", "/", "", "a/../../b"])
def test_a_redirect_never_leaves_the_site(old: str) -> None:
    story = replace(build_sample().stories[0], redirect_from=(old,))
    archive = Archive(stories=(story,))
    assert not [page for page in plan_pages(archive, SETTINGS) if page.kind == "redirect"]


def test_an_old_address_leads_to_the_story() -> None:
    page = parse_pages(render_site(build_sample()))["2018/03/pasar-apung.html"]
    refresh = page.find(".//meta[@http-equiv='refresh']")
    assert refresh is not None
    assert refresh.get("content") == "0; url=../../stories/wali-kota-resmikan-pasar-apung/index.html"
    canonical = page.find(".//link[@rel='canonical']")
    assert canonical is not None
    assert canonical.get("href") == f"{BASE}stories/wali-kota-resmikan-pasar-apung/"


_ENDINGS = {"html", "md", "xml", "json", "jsonl", "csv", "bib", "ris", "sqlite", "txt"}


def test_links_name_index_html_and_canonical_addresses_end_in_a_slash() -> None:
    for path, tree in parse_pages(render_site(build_sample())).items():
        for element, href in find_links(tree):
            if element.tag == "a" and resolve_link(path, href) and "#" not in href and path != "404.html":
                ending = href.rsplit("/", 1)[-1].rpartition(".")[2]
                assert ending in _ENDINGS, f"{path}: {href}"
            if element.get("rel") == "canonical":
                assert href.startswith(BASE)
                assert href.endswith(("/", ".html")), href


def test_not_found_links_by_the_base_url() -> None:
    tree = parse_pages(render_site(build_sample()))["404.html"]
    assert all(href.startswith(BASE) for element, href in find_links(tree) if element.tag == "a")


def test_noindex_stands_on_every_page() -> None:
    for path, tree in parse_pages(render_site(build_sample(), replace(SETTINGS, noindex=True))).items():
        robots = tree.find(".//meta[@name='robots']")
        assert robots is not None, path
        assert robots.get("content") == "noindex"
    tree = parse_pages(render_site(build_sample()))["index.html"]
    assert tree.find(".//meta[@name='robots']") is None


def test_a_template_and_a_style_of_the_users_own(tmp_path) -> None:
    templates, static = tmp_path / "mine", tmp_path / "look"
    templates.mkdir()
    static.mkdir()
    (templates / "search.html").write_text("<!doctype html><title>x</title><p id=mine>{{ view.count }}", encoding="utf-8")
    (static / "warna.css").write_text("body { color: red }", encoding="utf-8")
    (static / ".hidden").write_text("no", encoding="utf-8")
    site = render_site(build_sample(), replace(SETTINGS, templates=templates, static=static))
    assert b"id=mine" in site["search/index.html"]
    assert site["static/warna.css"] == b"body { color: red }"
    assert "static/.hidden" not in site
    home = site["index.html"].decode()
    assert home.index("static/site.css") < home.index("static/warna.css")


def test_the_language_of_the_page_and_of_a_story_in_another() -> None:
    trees = parse_pages(render_site(build_sample()))
    story = trees["stories/floating-market-draws-visitors/index.html"]
    assert story.get("lang") == "id"
    article = story.find(".//article")
    assert article is not None
    assert article.get("lang") == "en"
    english = parse_pages(render_site(build_sample(), Settings(title="Muara", language="en")))
    article = english["stories/floating-market-draws-visitors/index.html"].find(".//article")
    assert article is not None
    assert article.get("lang") is None


def test_first_load_of_a_story_stays_small() -> None:
    site = render_site(build_sample())
    fonts = sum(len(content) for path, content in site.items() if path.endswith(".woff2"))
    page = len(site["stories/wali-kota-resmikan-pasar-apung/index.html"])
    assert fonts + len(site["static/site.css"]) + page <= 120 * 1024
