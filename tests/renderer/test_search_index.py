"""The index of an archive: every word of it is found again by a reader of its own, what was cut is not; an edit stays local."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from renderlib import SETTINGS, render_site
from samplelib import HOSTILE, build_hostile, build_many, build_sample, gather, make_story
from searchlib import SearchFiles

from alibaba_news.model import Archive, Story
from alibaba_news.renderer import Renderer, plan_pages
from alibaba_news.renderer.search import layout
from alibaba_news.renderer.search.analysing import analyse
from alibaba_news.renderer.search.documents import SearchDocument
from alibaba_news.renderer.search.words import find_words

MARKET = "stories/wali-kota-resmikan-pasar-apung/index.html"
SECOND = "stories/pasar-di-atas-rakit-akhirnya-dibuka/index.html"


def render_search(archive: Archive, own=SETTINGS) -> dict[str, bytes]:
    renderer = Renderer(archive, own)
    return {page.path: renderer.render(page) for page in plan_pages(archive, own) if page.path.startswith("search/")}


@pytest.fixture(scope="module")
def sample() -> SearchFiles:
    return SearchFiles(render_search(build_sample()))


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few dozen documents are parted as thousands would be."""
    monkeypatch.setattr(layout, "_WHOLE", 4)
    monkeypatch.setattr(layout, "_BLOCK", 12)
    monkeypatch.setattr(layout, "_BYTES", 60_000)
    monkeypatch.setattr(layout, "_CHUNK", 2)


def assert_all_found(files: SearchFiles, archive: Archive) -> None:
    for story in archive.stories:
        path = f"stories/{story.slug}/index.html"
        for text in story.texts().values():
            words, joined = find_words(text)
            for word in {*words, *(bridge for _, bridge in joined)}:
                assert path in files.find(word), (path, word)
            if words:
                assert path in files.find_phrase(words[:6])
    for row in (*archive.people, *archive.organizations, *archive.places, *archive.events, *archive.outlets):
        for word in find_words(row.name)[0]:
            assert f"{row.id}/index.html" in files.find(word), (row.id, word)


def test_every_word_of_every_story_is_found(sample: SearchFiles) -> None:
    archive = build_sample()
    kept = tuple(story for story in archive.stories if not story.withdrawn)
    assert_all_found(sample, replace(archive, stories=kept))


@pytest.mark.usefixtures("small_blocks")
def test_every_word_is_found_in_an_index_of_many_files() -> None:
    archive = build_many(60)
    files = SearchFiles(render_search(archive))
    assert len(files.documents) > 2
    assert len(files.plan["bounds"]) > 8
    assert_all_found(files, archive)


@settings(max_examples=25)
@given(st.lists(st.text(alphabet="ab i-.,'’éR10p\u2028“é阿\n\\\";@<", max_size=40), min_size=1, max_size=4))
def test_every_word_of_any_text_is_found(texts: list[str]) -> None:
    archive = gather([make_story(slug="a", title="Judul", body=tuple(texts), date="2018-01-01")])
    assert_all_found(SearchFiles(render_search(archive)), archive)


def test_phrases_are_found_only_where_they_stand(sample: SearchFiles) -> None:
    assert sample.find_phrase(["pasar", "apung"]) == {MARKET, "events/2018-03-peresmian-pasar-apung/index.html"}
    assert sample.find_phrase(["apung", "pasar"]) == set()
    # The last word of one paragraph and the first of the next.
    assert sample.find_phrase(["tirta", "pasar"]) == set()


def test_names_in_a_title_weigh_most(sample: SearchFiles) -> None:
    levels = {found.path: found.level for found in sample.look_up("ratna")}
    assert max(levels, key=lambda path: levels[path]) == "people/ratna-wulandari/index.html"
    pasar = {found.path: found.level for found in sample.look_up("pedagang")}
    assert pasar["events/2017-08-pelatihan-pedagang/index.html"] > pasar[SECOND]


def test_what_was_cut_withdrawn_or_not_published_is_not_found(sample: SearchFiles) -> None:
    assert sample.find("resep") == sample.find("sambal") == set()
    assert sample.find("rahasia") == set()
    assert "stories/kabar-yang-ditarik/index.html" in sample.find("gaduh")
    excerpts = SearchFiles(render_search(build_sample(), replace(SETTINGS, full_text=False)))
    assert MARKET in excerpts.find("meresmikan")
    assert excerpts.find("teluk") >= {"places/teluk-lestari/index.html"}
    assert MARKET not in excerpts.find("sewa")


def test_filters_know_year_paper_and_people(sample: SearchFiles) -> None:
    assert MARKET in sample.find("@y2018") & sample.find("@oharian-contoh") & sample.find("@pratna-wulandari")
    assert "outlets/harian-contoh/index.html" in sample.find("@oharian-contoh")
    assert "people/ratna-wulandari/index.html" in sample.find("@pratna-wulandari")
    assert "stories/kapal-penyeberangan-berlayar-perdana/index.html" not in sample.find("@y2018")


def test_a_hostile_text_ends_no_script() -> None:
    site = render_search(build_hostile())
    for path, content in site.items():
        if path.endswith(".js"):
            assert all(line.startswith("archiveSearch.take(") for line in content.decode().splitlines()), path
    plan = site["search/index.html"].decode().split('id="search-plan">')[1].split("</script>")[0]
    assert "<" not in plan
    titles = [row[1] for block in SearchFiles(site).documents for row in block]
    assert HOSTILE in titles


@pytest.mark.usefixtures("small_blocks")
def test_one_edited_story_changes_the_files_of_its_block_alone() -> None:
    archive = build_many(60)
    story = archive.stories[20]

    def change(story: Story) -> Story:
        return replace(story, body=(f"{story.body[0]} Layang-layang.",))

    edited = replace(archive, stories=tuple(change(s) if s is story else s for s in archive.stories))
    before, after = render_search(archive), render_search(edited)
    assert before.keys() == after.keys()
    changed = {path for path in before if before[path] != after[path]}
    block, chunk = layout.place_document(f"stories/{story.slug}", layout.choose_layout(len(tuple(layout.list_ids(archive)))))
    assert f"search/data/{block}/texts-{chunk}.js" in changed
    folders = {path.rsplit("/", 1)[0] for path in changed}
    assert folders == {f"search/data/{block}"}
    assert sum("texts" in path for path in changed) == 1
    assert 1 < len(changed) < sum(path.startswith(f"search/data/{block}/") for path in before)


def test_what_a_document_says_of_itself_hangs_on_nothing_else() -> None:
    document = SearchDocument(path="stories/a/index.html", kind="stories", title="Pelatihan", texts=("Para pelatih.", "Latih."))
    alone = analyse(document)
    analyse(replace(document, title="Lain"))
    assert analyse(document) == alone
    keys, _, postings = alone.partition(b"\n\n")
    assert keys.split(b"\n") == [b"latih pelatihan", b"para ", b"latih pelatih", b"latih "]
    assert len(postings.split(b"\n")) == 4


def test_words_of_another_language_are_told_from_forms_of_a_stem() -> None:
    document = SearchDocument(path="stories/a/index.html", kind="stories", title="A permission", texts=("Pelatihan.",))
    keys = [analyse(replace(document, foreign=foreign)).partition(b"\n\n")[0].split(b"\n") for foreign in (False, True)]
    assert keys == [[b"a ", b"mission permission", b"latih pelatihan"], [b"a a~", b"mission permission~", b"latih pelatihan~"]]


@pytest.mark.parametrize(("lang", "held"), [("en", True), ("en-GB", True), ("id", False), ("ms", False), ("", False)])
def test_a_story_says_whether_its_words_are_indonesian(lang: str, held: bool) -> None:
    """Whatever language the pages speak."""
    story = make_story(slug="a", title="Permission", body=("The permission.",), lang=lang)
    for language in ("id", "en"):
        content = render_search(gather([story]), replace(SETTINGS, language=language))["search/data/documents.js"]
        assert (b";mission permission~ " in content) == held
        assert (b";mission permission " in content) != held


def test_the_page_leads_to_the_lists_and_runs_only_its_own_scripts() -> None:
    site = render_site(build_sample())
    page = unescape(site["search/index.html"].decode())
    assert "script-src 'self' file:" in page
    for path, content in site.items():
        if path.endswith(".html") and path != "search/index.html":
            assert b"script-src" not in content, path
            assert b"<script src" not in content, path
    for kind in ("stories", "people", "organizations", "places", "products", "events", "outlets", "timeline"):
        assert f'href="../{kind}/index.html"' in page
    assert '<noscript><p class="search-off">Pencarian memerlukan JavaScript.' in page
