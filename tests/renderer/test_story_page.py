"""A story's page: every word of its text once, sentences with anchors, names linked, evidence folded, what was cut."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from msgspec.structs import replace
from renderlib import SETTINGS, parse_page, parse_pages, read_text, render_site
from samplelib import build_sample, gather, make_story

from alibaba_news.loader import layout
from alibaba_news.loader.layout import body, head, tail
from alibaba_news.model import LINE_ROLES, ArchiveEvent, Event, Quote
from alibaba_news.renderer.render import Drawn, Renderer
from alibaba_news.renderer.views.cut import name_rule
from alibaba_news.renderer.words import Words
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


def name_links(tree: Element, paragraph: str) -> list[tuple[str, str]]:
    """The links of a paragraph to other pages."""
    links = [(read_text(a), str(a.get("href"))) for a in by_id(tree, paragraph).iter("a")]
    return [(text, href) for text, href in links if not href.startswith("#")]


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


def test_every_sentence_has_a_mark_to_cite_it_by(trees: dict[str, Element]) -> None:
    marks = trees[MARKET].findall(".//div[@class='text']//span[@class='marks']/a")
    assert [mark.get("href") for mark in marks] == [f"#s{n}" for n in range(1, len(marks) + 1)]
    assert [mark.get("title") for mark in marks] == [f"kalimat {n}" for n in range(1, len(marks) + 1)]
    assert all(by_id(trees[MARKET], str(mark.get("href"))[1:]).tag == "span" for mark in marks)
    assert len(marks) == 7


def test_names_lead_to_their_pages_once_a_paragraph(trees: dict[str, Element]) -> None:
    assert name_links(trees[MARKET], "p1") == [
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
    printed = trees[MARKET].find(".//div[@class='imprint']//time")
    assert printed is not None
    assert (printed.text, printed.get("class")) == ("Senin, 5 Maret 2018, 16.20 WIB", None)
    inferred = trees[SECOND].find(".//div[@class='imprint']//time")
    assert inferred is not None
    assert (inferred.text, inferred.get("class")) == ("Antara 5 dan 12 Maret 2018", "date-inferred")
    fold = trees[SECOND].find(".//div[@class='imprint']/details")
    assert fold is not None
    assert "5 Maret adalah Senin pada 2012 dan 2018" in read_text(fold)
    assert "5 Maret 2012; 5 Maret 2018" in read_text(fold)


def find_origin(tree: Element) -> Element:
    found = tree.find(".//section[@class='origin']")
    assert found is not None
    return found


def test_what_was_cut_stands_under_its_rule_and_the_source_with_its_fingerprint(trees: dict[str, Element]) -> None:
    origin = find_origin(trees[MARKET])
    rules = [read_text(rule) for rule in origin.findall(".//dl[@class='cut-lines']/dt")]
    # A rule that no version of the program gives stands as the record has it.
    assert rules == ["Baca juga: baris ajakan membaca", "Cuplikan berita lain: di bawah akhir berita"]
    lines = [(line.get("value"), read_text(line)) for line in origin.iter("li")]
    assert lines == [("7", "Baca juga: Tarif Perahu Naik"), ("15", "Resep Ikan Bakar Sambal Matah")]
    assert "harian/001.txt" in read_text(origin)
    story = next(s for s in build_sample().stories if f"stories/{s.slug}/index.html" == MARKET)
    assert story.source.sha256 in read_text(origin)


def list_rules() -> set[str]:
    """Every code that the loader can give a line of a file."""
    found = {name for rules in (head.RULES, body.RULES, tail.RULES) for name, _ in rules}
    folder = Path(layout.__file__).parents[1]
    names = ("page.py", "markdown_text.py", "layout/assemble.py", "layout/staff.py")
    for path in (*folder.glob("html/*.py"), *(folder / name for name in names)):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'rule="([a-z_-]+)"', text)) | set(re.findall(r'"(markdown-[a-z]+)"', text))
        found |= {rule for role, rule in re.findall(r'(?<!in )\("([a-z_]+)", "([a-z_-]+)"\)', text) if role in LINE_ROLES}
        found |= set(re.findall(r'roles\[\w+\] = \([^"]+"([a-z_]+)"\)', text))
    return found


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_rule_that_cuts_a_line_has_words(language: str) -> None:
    rules = list_rules()
    assert {"furniture", "below_the_story", "page_control", "markdown-heading", "dateline", "body"} <= rules
    words = Words(language)
    for rule in rules | {"cut_endmark_initials"}:
        assert name_rule(words, rule) != rule
    assert name_rule(words, "a rule of somebody else") == "a rule of somebody else"


def test_excerpts_do_not_claim_that_nothing_was_cut() -> None:
    cut = read_text(find_origin(parse_pages(render_site(build_sample(), replace(SETTINGS, full_text=False)))[MARKET]))
    assert "Tidak ada baris yang disisihkan" not in cut
    assert "dimuat sebagai cuplikan" in cut


def find_related(tree: Element) -> list[tuple[str | None, str]]:
    return [
        (row[0].get("href"), read_text(row[1]).rpartition(". ")[2]) for row in tree.findall(".//section[@class='related']//li")
    ]


def test_related_stories_say_why(trees: dict[str, Element]) -> None:
    assert find_related(trees[MARKET]) == [
        ("../pasar-di-atas-rakit-akhirnya-dibuka/index.html", "Keduanya melaporkan Peresmian pasar apung."),
        ("../floating-market-draws-visitors/index.html", "Keduanya menyebut Bagus Prakoso dan Muara Jati."),
    ]
    assert find_related(trees["stories/kabar-yang-ditarik/index.html"]) == []


def test_neighbours_in_time_are_dated(trees: dict[str, Element]) -> None:
    def around(page: str) -> dict[str | None, str]:
        return {a.get("rel"): str(a.get("href")) for a in trees[page].findall(".//nav[@class='neighbours']//a")}

    assert around(MARKET) == {
        "next": "../kabar-yang-ditarik/index.html",
        "prev": "../pasar-di-atas-rakit-akhirnya-dibuka/index.html",
    }
    assert around("stories/floating-market-draws-visitors/index.html") == {"prev": "../kabar-yang-ditarik/index.html"}
    # Nobody knows what is older than a story without a date.
    assert around("stories/kapal-penyeberangan-berlayar-perdana/index.html") == {}


def test_corrections_and_replies_stand_above_the_text(trees: dict[str, Element]) -> None:
    article = trees[MARKET].find(".//article")
    assert article is not None
    text = read_text(article)
    assert text.index("yang benar 120") < text.index("Koperasi menyatakan") < text.index("meresmikan pasar apung")


def test_a_quote_without_a_speaker_is_nobodys(trees: dict[str, Element]) -> None:
    open_side = trees[SECOND].find(".//aside/section[@class='open-side']")
    assert open_side is not None
    assert "Semoga ramai terus." in read_text(open_side)


def test_who_is_quoted_leads_to_the_sentences_and_says_what_is_inferred(trees: dict[str, Element]) -> None:
    notes = [row for row in trees[MARKET].findall(".//aside//ul[@class='notes']/li") if row[0].text == "Ratna Wulandari"]
    said = [row for row in notes[0] if "said-in" in str(row.get("class"))]
    assert [read_text(row) for row in said] == ["Pernyataan pada kalimat 3 4"]
    assert [(a.get("href"), a.get("title")) for a in said[0]] == [("#s3", None), ("#s4", "penutur disimpulkan dari “Ia”")]


def test_a_quote_that_names_nobody_near_it_says_so() -> None:
    body = ("Ratna Wulandari datang. “Semoga ramai.” “Terima kasih.”",)
    quotes = tuple(
        Quote(
            text=text,
            speaker="people/ratna-wulandari",
            speaker_text=None,
            kind="direct",
            paragraph=1,
            start=body[0].index(text),
        )
        for text in ("Semoga ramai.", "Terima kasih.")
    )
    story = make_story(slug="x", title="X", body=body, quotes=quotes)
    site = parse_pages(render_site(gather([story])))
    links = [a for a in site["stories/x/index.html"].findall(".//aside//a") if a.get("title")]
    assert {a.get("title") for a in links} == {"penutur disimpulkan, kalimatnya tidak menyebut nama"}
    assert "penutur disimpulkan, kalimatnya tidak menyebut nama" in read_text(site["people/ratna-wulandari/index.html"])


def test_a_mention_that_does_not_stand_where_it_says_is_no_link() -> None:
    story = make_story(slug="x", title="X", body=("Ratna Wulandari datang.",))
    wrong = tuple(replace(p, mentions=tuple(replace(m, start=m.start + 2) for m in p.mentions)) for p in story.people)
    site = render_site(gather([replace(story, people=wrong)]))
    page = parse_pages(site)["stories/x/index.html"]
    assert name_links(page, "p1") == []


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


@pytest.mark.parametrize(
    ("stories", "told"),
    [
        (1, ""),
        (2, "juga dalam 1 berita lain"),
        (20, "juga dalam 19 berita lain"),
        (21, "juga dalam sedikitnya 20 berita lain"),
        (30, "juga dalam sedikitnya 20 berita lain"),
        (1235, "juga dalam sedikitnya 1.000 berita lain"),
    ],
)
def test_how_many_others_tell_of_an_event_is_exact_where_anybody_would_count_them(stories: int, told: str) -> None:
    event = Event(id="events/rapat", name="Rapat", start="2018-01-01", end="2018-01-01", paragraph=1, offset=0)
    story = replace(make_story(slug="a", title="A", body=("Rapat.",)), events=(event,))
    slugs = ("a", *(f"s{n}" for n in range(stories - 1)))
    row = ArchiveEvent(id=event.id, name="Rapat", start="2018-01-01", end="2018-01-01", precision="day", stories=slugs)
    others = [make_story(slug=slug, title=slug, body=("Lain.",)) for slug in slugs[1:]]
    renderer = Renderer(gather([story, *others], [row]), SETTINGS)
    drawn = renderer.draw(next(page for page in renderer.pages if page.path == "stories/a/index.html"))
    assert isinstance(drawn, Drawn)
    notes = [read_text(note) for note in parse_page(drawn.data).iter("span") if "whole" in str(note.get("class"))]
    assert notes == ([told] if told else [])
