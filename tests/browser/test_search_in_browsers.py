"""Searching as readers do: from disk and over http in Chromium, from disk in Firefox; in one file and in many."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import random
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import Stemmer
from axelib import find_faults
from firefoxlib import open_firefox
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect
from renderlib import render_site, write_site
from samplelib import build_many, build_sample, make_story

from alibaba_news.model import Archive
from alibaba_news.renderer.search import layout
from alibaba_news.renderer.search.words import find_words

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "static" / "search"
MARKET = "Wali Kota Resmikan Pasar Apung Muara Jati"
SECOND = "Pasar di atas rakit akhirnya dibuka di Muara Jati"
OPENING = "Peresmian pasar apung"
TRAINING = "Pelatihan pedagang di Teluk Lestari"
HITS = "#results a"


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Requests are no news."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose index is one file."""
    return write_site(render_site(build_sample()), tmp_path_factory.mktemp("small") / "under" / "a path")


def build_parted() -> Archive:
    """An archive of many short stories, and two of which a search must tell the words apart."""
    many = build_many(60)
    body = ("Mereka melatih nelayan dua hari penuh.",)
    first = make_story(slug="melatih", title="Dinas melatih nelayan", body=body, date="2001-01-01")
    body = ("Hari kedua pelatihan itu usai.",)
    other = make_story(slug="pelatihan", title="Pelatihan nelayan usai", body=body, date="2011-01-01")
    return replace(many, stories=(other, *many.stories, first))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose index is parted into blocks, shards and chunks as that of thousands of stories would be."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "_WHOLE", 4)
        patch.setattr(layout, "_BLOCK", 24)
        patch.setattr(layout, "_BYTES", 60_000)
        patch.setattr(layout, "_CHUNK", 2)
        site = write_site(render_site(build_parted()), tmp_path_factory.mktemp("large") / "under" / "a path")
    assert (site / "search/data/3/words-15.js").is_file()
    return site


@pytest.fixture(scope="module")
def host() -> Iterator[Callable[[Path], str]]:
    """Folder -> address of its site over http, below a path of its own.

    The servers outlive every tab: a page may still be loading parts of its index when its test ends, and a server gone before
    its page is a complaint of the page.
    """
    with contextlib.ExitStack() as servers:

        def address(folder: Path) -> str:
            handler = functools.partial(QuietHandler, directory=str(folder.parents[1]))
            server = servers.enter_context(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            servers.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_address[1]}/under/a%20path/"

        yield address


@pytest.fixture(params=["file", "http"])
def serve(request: pytest.FixtureRequest, host: Callable[[Path], str]) -> Callable[[Path], str]:
    """Folder -> address of its site, from disk or over http."""
    return host if request.param == "http" else lambda folder: f"{folder.as_uri()}/"


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == []


def ask(tab: Page, question: str, count: str) -> list[str]:
    """Type a question, wait for the count, and give the titles of the hits."""
    tab.fill("#q", question)
    tab.keyboard.press("Enter")
    expect(tab.locator("#count")).to_have_text(count)
    if count.startswith("Tidak"):
        expect(tab.locator(HITS)).to_have_count(0)
    else:
        expect(tab.locator(HITS)).to_have_count(min(10, int(count.split(maxsplit=1)[0])))
    return tab.locator(HITS).all_inner_texts()


def test_forms_of_a_word_are_found_the_word_itself_first(tab: Page, serve, small: Path) -> None:
    tab.goto(serve(small) + "search/index.html")
    assert ask(tab, "melatih", "2 hasil") == [MARKET, TRAINING]
    assert ask(tab, "pelatihan", "2 hasil") == [TRAINING, MARKET]
    assert ask(tab, "PELATIHAN", "2 hasil") == [TRAINING, MARKET]


def test_words_of_another_language_are_found_as_they_stand(tab: Page, serve, small: Path) -> None:
    """To the stemmer "bervisitors" is a form of "visitors"."""
    tab.goto(serve(small) + "search/index.html")
    assert ask(tab, "visitors", "1 hasil") == ["Floating Market Draws Visitors"]
    assert ask(tab, '"visitors to muara jati"', "1 hasil") == ["Floating Market Draws Visitors"]
    assert ask(tab, "bervisitors", "Tidak ada hasil") == []


def test_a_phrase_finds_its_stories_and_no_others(tab: Page, serve, small: Path) -> None:
    tab.goto(serve(small) + "search/index.html")
    assert ask(tab, '"pasar apung"', "2 hasil") == [OPENING, MARKET]
    assert ask(tab, "“milik warga, bukan milik”", "1 hasil") == [MARKET]
    assert ask(tab, '"apung pasar"', "Tidak ada hasil") == []
    assert sorted(ask(tab, "apung pasar", "2 hasil")) == [OPENING, MARKET]
    assert ask(tab, '"di atas rakit" pedagang', "1 hasil") == [SECOND]


def test_an_index_of_many_files_answers_alike(tab: Page, serve, large: Path) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url.split("/data/")[-1]) if "/data/" in request.url else None)
    tab.goto(serve(large) + "search/index.html")
    assert ask(tab, "melatih", "2 hasil") == ["Dinas melatih nelayan", "Pelatihan nelayan usai"]
    # The table, one file of each block, and the texts of the two hits.
    assert len(asked) == len(set(asked)) <= 1 + 4 + 2
    assert ask(tab, '"pasar muara jati"', "60 hasil")[0].startswith("Berita Pasar ke-")
    ask(tab, "pasar 17", "1 hasil")
    expect(tab.locator("#results mark")).to_have_text(["Pasar", "ke-17", "Pasar", "ke-17"])


def test_markup_in_a_question_stays_text(tab: Page, serve, small: Path) -> None:
    tab.goto(serve(small) + "search/index.html")
    for question in ("<b>tebal</b>", "<img src=x onerror=alert(1)>", '"><script>alert(1)</script>'):
        ask(tab, question, "Tidak ada hasil")
    ask(tab, "<b>pasar</b> zzzzz", "Tidak ada hasil")
    expect(tab.locator("#advice")).to_contain_text("Halaman yang memuat “<b>pasar</b>”: 0")
    assert tab.locator("main b, main img, #advice script").count() == 0
    tab.goto(serve(small) + "search/index.html?q=%3Cb%3Epasar%3C%2Fb%3E+apung&year=%3Cb%3E")
    expect(tab.locator("#count")).to_have_text("Tidak ada hasil")
    assert tab.input_value("#q") == "<b>pasar</b> apung"


def test_filters_narrow_and_stand_in_the_address(tab: Page, serve, small: Path) -> None:
    tab.goto(serve(small) + "search/index.html")
    assert len(ask(tab, "muara jati", "5 hasil")) == 5
    tab.select_option("#search-kind", "stories")
    expect(tab.locator("#count")).to_have_text("3 hasil")
    tab.select_option("#search-year", "2018")
    expect(tab.locator("#count")).to_have_text("2 hasil")
    tab.select_option("#search-outlet", "suara-muara")
    expect(tab.locator(HITS)).to_have_text([SECOND])
    assert tab.url.endswith("?q=muara+jati&kind=stories&year=2018&outlet=suara-muara")
    tab.reload()
    expect(tab.locator(HITS)).to_have_text([SECOND])
    tab.select_option("#search-person", "bagus-prakoso")
    expect(tab.locator("#count")).to_have_text("Tidak ada hasil")
    expect(tab.locator("#advice")).to_contain_text("saringan")


def test_filters_work_without_a_word_the_newest_first(tab: Page, serve, small: Path) -> None:
    tab.goto(serve(small) + "search/index.html?person=bagus-prakoso&kind=stories")
    expect(tab.locator(HITS)).to_have_text(["Floating Market Draws Visitors", MARKET])
    assert tab.locator(HITS).first.get_attribute("lang") == "en"


def test_a_near_miss_is_put_right_by_a_link_outside_the_results(tab: Page, serve, small: Path) -> None:
    tab.goto(serve(small) + "search/index.html")
    ask(tab, "pelathan", "Tidak ada hasil")
    link = tab.get_by_role("link", name="pelatihan", exact=True)
    assert tab.locator("#results").get_by_role("link").count() == 0
    link.click()
    expect(tab.locator(HITS)).to_have_text([TRAINING, MARKET])
    assert tab.input_value("#q") == "pelatihan"
    expect(link).to_be_hidden()
    ask(tab, "pedgang sayru", "Tidak ada hasil")
    expect(tab.get_by_role("link", name="pedagang sayur", exact=True)).to_be_visible()
    ask(tab, "qqqqqqq", "Tidak ada hasil")
    expect(tab.locator("#meant")).to_be_hidden()


def test_a_near_miss_is_put_right_in_an_index_of_many_files(tab: Page, large: Path) -> None:
    tab.goto((large / "search/index.html").as_uri())
    ask(tab, "koprasi", "Tidak ada hasil")
    expect(tab.locator("#meant a")).to_have_text("koperasi")


def test_the_address_asks_and_is_kept(tab: Page, serve, small: Path) -> None:
    tab.goto(serve(small) + "search/index.html?q=pasar+apung")
    expect(tab.locator("#count")).to_have_text("2 hasil")
    assert tab.input_value("#q") == "pasar apung"
    tab.locator("#q").press("End")
    tab.keyboard.type(" pedagang")
    expect(tab.locator(HITS)).to_have_text([MARKET])
    assert tab.url.endswith("?q=pasar+apung+pedagang")
    tab.locator(HITS).first.click()
    expect(tab.locator("h1")).to_have_text(MARKET)
    tab.go_back()
    expect(tab.locator(HITS)).to_have_text([MARKET])


def test_more_hits_come_when_asked_for(tab: Page, large: Path) -> None:
    tab.goto((large / "search/index.html").as_uri())
    ask(tab, "ratna wulandari berita", "60 hasil")
    tab.get_by_role("button", name="Tampilkan lebih banyak").click()
    expect(tab.locator(HITS)).to_have_count(20)
    expect(tab.locator(HITS).nth(10)).to_be_focused()
    titles = tab.locator(HITS).all_inner_texts()
    assert len(set(titles)) == 20


def test_everything_works_by_keyboard(tab: Page, small: Path) -> None:
    tab.goto((small / "search/index.html").as_uri())
    tab.keyboard.press("/")
    expect(tab.locator("#q")).to_be_focused()
    tab.keyboard.type("apung/jati")
    expect(tab.locator("#count")).to_have_text("Tidak ada hasil")
    tab.keyboard.press("Escape")
    assert tab.input_value("#q") == ""
    tab.keyboard.type("pasar apung")
    expect(tab.locator(HITS)).to_have_count(2)
    for key, place in (("ArrowDown", 0), ("j", 1), ("k", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        tab.keyboard.press(key)
        expect(tab.locator(HITS).nth(place)).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.locator("#q")).to_be_focused()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    expect(tab.locator("h1")).to_have_text(OPENING)


def test_the_key_of_one_letter_can_be_turned_off(browser: Browser, small: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((small / "search/index.html").as_uri())
    for focused in (True, False):
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("/")
        assert (page.evaluate("document.activeElement.id") == "q") is focused
        page.get_by_label("Aktifkan tombol /").uncheck()
        page.reload()
    assert not page.get_by_label("Aktifkan tombol /").is_checked()
    context.close()


def test_words_are_found_however_they_are_spelt(tab: Page, tmp_path: Path) -> None:
    body = ("Salat Jum’at dan e-commerce di U.S. pada 11.11.", "Café itu rugi Rp2,4 miliar.")
    story = make_story(slug="ejaan", title="Ejaan", body=body, date="2018-01-01")
    site = write_site(render_site(Archive(stories=(story,))), tmp_path)
    tab.goto((site / "search/index.html").as_uri())
    found = "jumat Jum'at JUM’AT ecommerce e-commerce us U.S. 11.11 cafe Rp2,4 2,4".split()
    for question in (*found, "e commerce", '"jumat dan e-commerce"'):
        assert ask(tab, question, "1 hasil") == ["Ejaan"], question
    for question in ("11", "jum", '"commerce e"'):
        ask(tab, question, "Tidak ada hasil")


def test_a_missing_file_is_said(browser: Browser, tmp_path: Path) -> None:
    site = write_site(render_site(build_sample()), tmp_path)
    (site / "search/data/documents.js").unlink()
    page = browser.new_page()
    page.goto((site / "search/index.html").as_uri() + "?q=pasar")
    expect(page.locator("#count")).to_contain_text("tidak dapat dimuat")
    page.close()


def test_without_scripts_the_page_leads_to_the_lists(browser: Browser, small: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((small / "search/index.html").as_uri())
    expect(page.locator("#q")).to_be_hidden()
    page.get_by_role("complementary").get_by_role("link", name="Peristiwa").click()
    expect(page.locator("h1")).to_have_text("Peristiwa")
    context.close()


def test_axe_finds_no_fault_and_nothing_sticks_out(browser: Browser, small: Path) -> None:
    page, faults = browser.new_page(), list[str]()
    for question, sign in {
        "": "#q",
        "?q=pasar+apung": HITS,
        "?q=pelathan": "#meant a",
        "?q=pasar+zzzzz&year=2018": "#advice",
    }.items():
        page.goto((small / "search/index.html").as_uri() + question)
        expect(page.locator(sign).first).to_be_visible()
        for width in (320, 1280):
            faults += [f"{question}: {fault}" for fault in find_faults(page, [width])]
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
    assert faults == []


@pytest.fixture(scope="module")
def twins(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    for name in ("stem", "words"):
        page.add_script_tag(path=SCRIPTS / f"{name}.js")
    yield page
    page.close()


def ask_script(twins: Page, function: str, values: list[str]) -> list[object]:
    """A function of the scripts applied to each value; as one text each way, because thousands of small ones take long."""
    answer: list[object] = json.loads(
        twins.evaluate(f"text => JSON.stringify(JSON.parse(text).map(value => ({function})(value)))", json.dumps(values))
    )
    return answer


def test_both_stemmers_give_the_same_stems(twins: Page) -> None:
    """Every word of the seeds, and many that the rules were made for."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in (ROOT / "seeds").glob("*.txt")]
    words = set(re.findall("[a-z]+", " ".join(texts).lower()))
    choose = random.Random(1)
    parts = (
        "ke me mem men meng pem pen peng di ter be ber bel ajar pe per pel a i u an kan si nya ku mu kah lah pun latih sapu "
        "nyapu pakai er y k s r l kerja tem o e bunga"
    ).split()
    words |= {"".join(choose.choices(parts, k=choose.randint(1, 7))) for _ in range(20_000)}
    rows = sorted(words)
    stem = Stemmer.Stemmer("indonesian").stemWord
    assert ask_script(twins, "archiveSearch.stem", rows) == [stem(word) for word in rows]


def test_both_readers_of_words_find_the_same_words(twins: Page) -> None:
    """All letters of the basic plane, and texts of those signs that the rules are about."""
    texts = [f"a{chr(code)}b {chr(code)}" for code in range(32, 0x10000) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    choose = random.Random(2)
    signs = "abs i1 2r p.,-'’`´‘ʼ‑–\u00ad\u200b“”\"éÉİßΣς阿_/&RPrp5" + "\u0301"
    texts += ["".join(choose.choices(signs, k=choose.randint(1, 30))) for _ in range(20_000)]
    theirs = ask_script(twins, "text => Object.values(archiveSearch.findWords(text))", texts)
    ours = [[words, [list(pair) for pair in joined]] for words, joined in map(find_words, texts)]
    differing = [(text, mine, other) for text, mine, other in zip(texts, ours, theirs, strict=True) if mine != other]
    assert differing[:20] == []


def test_firefox_searches_from_disk(small: Path, large: Path, tmp_path: Path) -> None:
    titles = "[...document.querySelectorAll('#results a')].map(a => a.textContent)"
    with open_firefox(tmp_path) as firefox:

        def search(folder: Path, question: str, wanted: str) -> object:
            firefox.open((folder / "search/index.html").as_uri() + f"?q={question}")
            firefox.wait_for(f"document.querySelector('{wanted}')?.textContent")
            return firefox.run(titles)

        assert search(small, "melatih", "#results li:nth-child(2)") == [MARKET, TRAINING]
        assert search(small, "pelatihan", "#results li:nth-child(2)") == [TRAINING, MARKET]
        assert search(small, "%22pasar+apung%22", "#results li:nth-child(2)") == [OPENING, MARKET]
        assert search(small, "%3Cb%3Ezzz%3C/b%3E", "#count") == []
        assert firefox.run("document.querySelectorAll('main b').length") == 0
        assert search(small, "pelathan", "#meant a") == []
        firefox.run("document.querySelector('#meant a').click()")
        firefox.wait_for("document.querySelectorAll('#results a').length == 2")
        assert firefox.run("location.search") == "?q=pelatihan"
        assert search(large, "melatih", "#results li:nth-child(2)") == ["Dinas melatih nelayan", "Pelatihan nelayan usai"]
