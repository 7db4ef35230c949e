"""A story's page: every word of its text once, sentences with anchors, names linked, evidence folded, what was cut."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from renderlib import SETTINGS, parse_pages, read_text, render_site
from samplelib import build_sample, gather, make_story

from alibaba_news.text import split_sentences

MARKET = "stories/wali-kota-resmikan-pasar-apung/index.html"
SECOND = "stories/pasar-di-atas-rakit-akhirnya-dibuka/index.html"


@pytest.fixture(scope="module")
def trees() -> dict[str, Element]:
    return parse_pages(render_site(build_sample()))


def by_id(tree: Element, key: str) -> Element:
    found = tree.find(f".//*[@id='{key}']")
    assert found is not None, key
    return found


def test_paragraphs_hold_exactly_their_text(trees: dict[str, Element]) -> None:
    for story in build_sample().stories:
        if not story.withdrawn:
            tree = trees[f"stories/{story.slug}/index.html"]
            for number, text in enumerate(story.body, start=1):
                shown = "".join(by_id(tree, f"p{number}").itertext())
                if number == 1 and story.dateline:
                    assert shown == f"{story.dateline} — {text}"
                else:
                    assert shown == text


def test_sentences_are_counted_through_the_body(trees: dict[str, Element]) -> None:
    for story in build_sample().stories:
        if not story.withdrawn:
            sentences = [text[a:b] for text in story.body for a, b in split_sentences(text)]
            for number, text in enumerate(sentences, start=1):
                assert "".join(by_id(trees[f"stories/{story.slug}/index.html"], f"s{number}").itertext()) == text


def test_names_lead_to_their_pages_once_a_paragraph(trees: dict[str, Element]) -> None:
    links = [(read_text(a), a.get("href")) for a in by_id(trees[MARKET], "p1").iter("a")]
    assert links == [
        ("Ratna Wulandari", "../../people/ratna-wulandari/index.html"),
        ("Muara Jati", "../../places/muara-jati/index.html"),
        ("Dinas Pariwisata", "../../organizations/dinas-pariwisata/index.html"),
        ("Koperasi Tirta", "../../organizations/koperasi-tirta/index.html"),
    ]


def test_captions_are_captions(trees: dict[str, Element]) -> None:
    assert read_text(by_id(trees[MARKET], "caption-1")) == (
        "Ratna Wulandari memotong pita di dermaga Muara Jati. Foto: Harian Contoh/Yudi"
    )


def test_roles_events_and_figures_lead_to_their_sentences(trees: dict[str, Element]) -> None:
    aside = trees[MARKET].find(".//aside")
    assert aside is not None
    links = {read_text(a): a.get("href") for a in aside.iter("a")}
    assert links["Wali Kota"] == "#s1"
    assert links["Ketua Koperasi Tirta"] == "#s5"
    assert links["120 pedagang"] == "#s2"
    assert links["kalimat 7"] == "#s7"


def test_a_printed_date_is_plain_and_an_inferred_one_says_so(trees: dict[str, Element]) -> None:
    printed = trees[MARKET].find(".//div[@class='byline']//time")
    assert printed is not None
    assert (printed.text, printed.get("class")) == ("Senin, 5 Maret 2018, 16.20 WIB", "date-stated")
    inferred = trees[SECOND].find(".//div[@class='byline']//time")
    assert inferred is not None
    assert (inferred.text, inferred.get("class")) == ("Antara 5 dan 12 Maret 2018", "date-inferred")
    fold = trees[SECOND].find(".//div[@class='byline']/details")
    assert fold is not None
    assert "5 Maret adalah Senin pada 2012 dan 2018" in read_text(fold)
    assert "5 Maret 2012; 5 Maret 2018" in read_text(fold)


def test_what_was_cut_stands_with_its_rule_and_the_source_with_its_fingerprint(trees: dict[str, Element]) -> None:
    rows = [[read_text(cell) for cell in row] for row in trees[MARKET].findall(".//table[@class='cut']/tbody/tr")]
    assert rows[0] == ["7", "baca juga", "Baca juga: Tarif Perahu Naik", "baris ajakan membaca"]
    origin = trees[MARKET].find(".//section[@class='origin']")
    assert origin is not None
    assert "harian/001.txt" in read_text(origin)
    assert build_sample().stories[2].source.sha256 in read_text(origin) or "SHA-256" in read_text(origin)


def test_corrections_and_replies_stand_above_the_text(trees: dict[str, Element]) -> None:
    article = trees[MARKET].find(".//article")
    assert article is not None
    text = read_text(article)
    assert text.index("yang benar 120") < text.index("Koperasi menyatakan") < text.index("meresmikan pasar apung")


def test_a_quote_without_a_speaker_is_nobodys(trees: dict[str, Element]) -> None:
    open_side = trees[SECOND].find(".//aside/section[@class='open-side']")
    assert open_side is not None
    assert "Semoga ramai terus." in read_text(open_side)


def test_a_mention_that_does_not_stand_where_it_says_is_no_link() -> None:
    story = make_story(slug="x", title="X", body=("Ratna Wulandari datang.",))
    wrong = tuple(replace(p, mentions=tuple(replace(m, start=m.start + 2) for m in p.mentions)) for p in story.people)
    site = render_site(gather([replace(story, people=wrong)]))
    page = parse_pages(site)["stories/x/index.html"]
    assert not list(by_id(page, "p1").iter("a"))


def test_a_withdrawn_story_keeps_its_reason_and_loses_its_text_everywhere() -> None:
    site = render_site(build_sample())
    page = read_text(parse_pages(site)["stories/kabar-yang-ditarik/index.html"])
    assert "Sumber berita mencabut keterangannya." in page
    assert "3 Juni 2018" in page
    for path, content in site.items():
        assert b"Rahasia Besar" not in content, path


def test_excerpts_hold_the_lead_and_nothing_more() -> None:
    site = render_site(build_sample(), replace(SETTINGS, full_text=False))
    assert b"Wali Kota Ratna Wulandari meresmikan" in b"".join(site.values())
    for path, content in site.items():
        assert b"bukan milik kantor" not in content, path
        assert b"memotong pita" not in content, path
    assert b"https://harian.example/pasar-apung" in site[MARKET]
