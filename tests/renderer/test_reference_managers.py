"""What Zotero makes of a story's page. The rules are those of its translators "Embedded Metadata" and "RDF"."""

from __future__ import annotations

from typing import Any

from renderlib import BASE, SETTINGS, parse_page
from samplelib import build_sample, gather, make_story

from alibaba_news.model import Archive
from alibaba_news.renderer import Page, Renderer

MARKET = "wali-kota-resmikan-pasar-apung"


def save_item(archive: Archive, slug: str) -> dict[str, Any]:
    """The item that Zotero saves, as far as its type, paper, authors, date, title, language and address go."""
    content = Renderer(archive, SETTINGS).render(Page(path=f"stories/{slug}/index.html", kind="story", key=slug))
    tree = parse_page(content)
    tags: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("name") or meta.get("property")
        if name and meta.get("content"):
            tags.setdefault(name.lower().replace(".", ":"), []).append(str(meta.get("content")))
    first = {name: values[0] for name, values in tags.items()}
    guess = "journalArticle" if {"citation_title", "citation_journal_title"} & tags.keys() else "webpage"
    found = {
        "itemType": first.get("dc:type", guess),
        "publicationTitle": first.get("dc:source") or first.get("og:site_name"),
        "creators": tags.get("dc:creator", []),
        "date": first.get("article:published_time") or first.get("dc:date"),
        "title": first.get("dc:title") or first.get("og:title"),
        "language": first.get("dc:language"),
        "url": first.get("og:url"),
        "abstractNote": first.get("og:description"),
    }
    if not found["creators"]:  # it then looks for whatever calls itself a byline
        found["creators"] = [e for e in tree.iter() if {"byline", "bylines", "vcard"} & set((e.get("class") or "").split())]
    return found


def test_a_story_is_a_newspaper_article_of_its_own_paper() -> None:
    item = save_item(build_sample(), MARKET)
    assert (item["itemType"], item["publicationTitle"]) == ("newspaperArticle", "Harian Contoh")
    assert (item["creators"], item["date"]) == (["Dewi Lestari"], "2018-03-05T16:20+07:00")
    assert item["title"] == "Wali Kota Resmikan Pasar Apung Muara Jati"
    assert (item["language"], item["url"]) == ("id", f"{BASE}stories/{MARKET}/")


def test_a_story_of_no_named_paper_is_not_filed_under_the_archive() -> None:
    item = save_item(build_sample(), "kapal-penyeberangan-berlayar-perdana")
    assert (item["itemType"], item["publicationTitle"]) == ("newspaperArticle", None)
    assert (item["creators"], item["date"]) == ([], None)


def test_a_day_that_no_page_prints_is_marked_as_uncertain() -> None:
    archive = build_sample()
    assert save_item(archive, "floating-market-draws-visitors")["date"] == "2019-02?"
    assert save_item(archive, "pasar-di-atas-rakit-akhirnya-dibuka")["date"] == "2018-03?"


def test_a_printed_month_stays_a_month() -> None:
    story = make_story(slug="a", title="A", body=("Isi.",), date="2018-03", date_origin="stated", outlet="Harian Contoh")
    assert save_item(gather([story]), "a")["date"] == "2018-03"


def test_nothing_makes_it_a_journal_article() -> None:
    content = Renderer(build_sample(), SETTINGS).render(Page(path=f"stories/{MARKET}/index.html", kind="story", key=MARKET))
    assert b'name="citation_' not in content
    assert b'property="og:type" content="article"' in content
