"""Citations, read as the programs read them that keep references."""

from __future__ import annotations

import json
import re
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser import middlewares
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from renderlib import BASE, SETTINGS, parse_page, read_text
from samplelib import HOSTILE, build_hostile, build_sample, gather, make_story

from alibaba_news.model import Archive
from alibaba_news.renderer import Page, Renderer
from alibaba_news.settings import Settings

MARKET = "wali-kota-resmikan-pasar-apung"
SECOND = "pasar-di-atas-rakit-akhirnya-dibuka"
UNDATED = "kapal-penyeberangan-berlayar-perdana"
ENGLISH = "floating-market-draws-visitors"
WITHDRAWN = "kabar-yang-ditarik"


def read_file(archive: Archive, ending: str, settings: Settings = SETTINGS) -> str:
    return Renderer(archive, settings).render(Page(path=f"data/citations.{ending}", kind="citations", key=ending)).decode()


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """The entries by their key, as text: LaTeX undone, the braces that keep capitals taken off."""
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks, library.failed_blocks
    entries = {}
    for entry in library.entries:
        fields = {key: str(field.value) for key, field in entry.fields_dict.items()}
        entries[entry.key] = {key: undo_latex(value) for key, value in fields.items()} | {"ENTRYTYPE": entry.entry_type}
    return entries


LATEX = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^"}


def undo_latex(text: str) -> str:
    text = re.sub(r"^\{(.*)\}$", r"\1", text)
    assert not re.search(r"[{}]", re.sub(r"\\text\w+\{\}", "", text)), text
    return re.sub(r"\\(?:(text\w+)\{\}|([%&#$_]))", lambda match: LATEX[match[1]] if match[1] else match[2], text)


def read_ris(text: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rispy.loads(text)}


def cite(**more: Any) -> Archive:
    values = {"slug": "satu", "title": "Judul", "body": ("Isi.",), "outlet": "Harian Contoh", "authors": ("Dewi Lestari",)}
    return gather([make_story(**(values | more))])


def test_every_story_is_in_every_file_under_its_own_key() -> None:
    archive = build_sample()
    slugs = [story.slug for story in archive.stories]
    assert list(read_bibtex(read_file(archive, "bib"))) == slugs
    assert list(read_ris(read_file(archive, "ris"))) == slugs
    assert [item["id"] for item in json.loads(read_file(archive, "json"))] == slugs


def test_a_printed_story_in_bibtex() -> None:
    entry = read_bibtex(read_file(build_sample(), "bib"))[MARKET]
    assert entry["ENTRYTYPE"] == "article"
    assert (entry["author"], entry["journal"]) == ("Dewi Lestari", "Harian Contoh")
    assert entry["title"] == "Wali Kota Resmikan Pasar Apung Muara Jati"
    assert (entry["year"], entry["month"], entry["date"]) == ("2018", "mar", "2018-03-05")
    assert entry["url"] == "https://harian.example/pasar-apung"
    assert entry["note"] == f"Diralat 7 Maret 2018; Arsip Muara: {BASE}stories/{MARKET}/"


def test_a_printed_story_in_ris() -> None:
    record = read_ris(read_file(build_sample(), "ris"))[MARKET]
    assert record["type_of_reference"] == "NEWS"
    assert (record["authors"], record["secondary_title"]) == (["Dewi Lestari"], "Harian Contoh")
    assert (record["year"], record["date"]) == ("2018", "2018/03/05/")
    assert record["urls"] == ["https://harian.example/pasar-apung", f"{BASE}stories/{MARKET}/"]


def test_a_printed_story_in_csl() -> None:
    items = {item["id"]: item for item in json.loads(read_file(build_sample(), "json"))}
    assert items[MARKET] == {
        "id": MARKET,
        "type": "article-newspaper",
        "title": "Wali Kota Resmikan Pasar Apung Muara Jati",
        "author": [{"literal": "Dewi Lestari"}],
        "container-title": "Harian Contoh",
        "issued": {"date-parts": [[2018, 3, 5]]},
        "URL": "https://harian.example/pasar-apung",
        "archive": "Arsip Muara",
        "archive_location": f"{BASE}stories/{MARKET}/",
        "language": "id",
        "note": "Diralat 7 Maret 2018",
    }


@pytest.mark.parametrize(
    ("dating", "bibtex", "ris", "csl"),
    [
        (
            {"date": "2018-03", "date_origin": "inferred"},
            {"year": "2018", "month": "mar", "date": "2018-03?"},
            "2018/03//disimpulkan",
            {"date-parts": [[2018, 3]], "circa": True},
        ),
        (
            {"date": "2018-03-05", "date_origin": "inferred", "date_latest": "2018-03-12"},
            {"year": "2018", "month": "mar", "date": "2018-03?"},
            "2018/03//antara 5 dan 12 Maret 2018",
            {"date-parts": [[2018, 3, 5], [2018, 3, 12]], "circa": True},
        ),
        (
            {"date": "2018-12-30", "date_origin": "inferred", "date_latest": "2019-01-02"},
            {},
            None,
            {"date-parts": [[2018, 12, 30], [2019, 1, 2]], "circa": True},
        ),
        ({"date": "1998", "date_origin": "stated"}, {"year": "1998", "date": "1998"}, "1998///", {"date-parts": [[1998]]}),
        ({"date": None, "date_origin": "unknown"}, {}, None, None),
    ],
)
def test_no_date_is_more_precise_or_more_certain_than_it_is(dating: Any, bibtex: Any, ris: Any, csl: Any) -> None:
    archive = cite(**dating)
    entry = read_bibtex(read_file(archive, "bib"))["satu"]
    assert {key: entry[key] for key in ("year", "month", "date") if key in entry} == bibtex
    assert read_ris(read_file(archive, "ris"))["satu"].get("date") == ris
    assert json.loads(read_file(archive, "json"))[0].get("issued") == csl


def test_what_the_archive_worked_out_is_said() -> None:
    items = {item["id"]: item.get("note", "") for item in json.loads(read_file(build_sample(), "json"))}
    assert items[SECOND] == (
        "Judul dari arsip, diambil dari awal berita; Tanggal terbit tidak tercetak: antara 5 dan 12 Maret 2018"
    )
    assert items[UNDATED] == "Tanggal terbit tidak diketahui"
    assert items[ENGLISH] == "Tanggal terbit disimpulkan, tidak tercetak"
    assert items[WITHDRAWN] == "Ditarik 3 Juni 2018"


def test_a_story_of_no_named_paper_is_no_article_of_one() -> None:
    entry = read_bibtex(read_file(build_sample(), "bib"))[UNDATED]
    assert (entry["ENTRYTYPE"], entry.get("journal")) == ("misc", None)


def test_without_an_address_the_archives_own_id_is_cited() -> None:
    settings = Settings(title="Arsip Muara")
    item = next(row for row in json.loads(read_file(build_sample(), "json", settings)) if row["id"] == UNDATED)
    assert "URL" not in item
    assert item["archive_location"] == f"tag:arsip-muara.invalid,2000:stories/{UNDATED}"


TEXTS = [
    "100% untung & rugi #1 di $ _pasar_ ~ ^ {kurung} buka} tutup{",
    r"C:\berkas\{} \textbf{tebal} %komentar",
    "dua\nbaris\r\ndan\ttab",
    'kutip "ganda" dan ‘tunggal’, @article{palsu, title = {x}}',
    "TY  - BOOK\nER  - \n",
    HOSTILE,
]


@pytest.mark.parametrize("text", TEXTS)
def test_awkward_text_comes_back_whole(text: str) -> None:
    check_text(text)


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).filter(str.strip)
)
def test_any_text_comes_back_whole(text: str) -> None:
    check_text(text)


def check_text(text: str) -> None:
    line = " ".join(text.split())
    archive = cite(title=text, authors=(text,), outlet=text, date="2018-03-05", date_origin="stated")
    bibtex = read_bibtex(read_file(archive, "bib"))
    assert list(bibtex) == ["satu"]
    record = read_ris(read_file(archive, "ris"))["satu"]
    item = json.loads(read_file(archive, "json"))[0]
    assert (record["title"], record["authors"], record["secondary_title"]) == (line, [line], line)
    assert (item["title"], item["author"], item["container-title"]) == (line, [{"literal": line}], line)
    raw = read_file(archive, "bib")
    assert raw.count("{") == raw.count("}")
    entry = bibtex["satu"]
    assert (entry["title"], entry["author"], entry["journal"], entry["date"]) == (line, line, line, "2018-03-05")


def test_latex_reads_its_own_signs_back() -> None:
    archive = cite(title="100% untung & rugi #1 di $ _pasar_ \\ C ~")
    decode = middlewares.LatexDecodingMiddleware(allow_inplace_modification=True)
    entry = bibtexparser.parse_string(read_file(archive, "bib"), append_middleware=[decode]).entries[0]
    assert str(entry.fields_dict["title"].value).strip("{}") == "100% untung & rugi #1 di $ _pasar_ \\ C ~"


def test_several_authors_stay_apart_and_in_their_order() -> None:
    archive = cite(authors=("Dewi Lestari", "Tim Redaksi and Co", "S. Hadi, M.Si."))
    raw = read_file(archive, "bib")
    assert "author = {{Dewi Lestari} and {Tim Redaksi and Co} and {S. Hadi, M.Si.}}" in raw
    assert read_ris(read_file(archive, "ris"))["satu"]["authors"] == ["Dewi Lestari", "Tim Redaksi and Co", "S. Hadi, M.Si."]


def test_a_hostile_archive_is_still_one_entry() -> None:
    archive = build_hostile()
    assert list(read_bibtex(read_file(archive, "bib"))) == ["jahat"]
    assert list(read_ris(read_file(archive, "ris"))) == ["jahat"]
    assert "javascript:" not in read_file(archive, "json")


def show(archive: Archive, slug: str, settings: Settings = SETTINGS) -> Any:
    content = Renderer(archive, settings).render(Page(path=f"stories/{slug}/index.html", kind="story", key=slug))
    page = parse_page(content)
    return page.find(".//section[@id='cite']")


def test_the_reference_on_the_page() -> None:
    section = show(build_sample(), MARKET)
    assert read_text(section.find("./p[@class='reference']")) == (
        "Dewi Lestari. “Wali Kota Resmikan Pasar Apung Muara Jati”. Harian Contoh, 5 Maret 2018. "
        f"https://harian.example/pasar-apung. Arsip Muara: {BASE}stories/{MARKET}/"
    )
    assert section.find(".//cite").text == "Harian Contoh"


def test_square_brackets_hold_what_the_archive_supplies() -> None:
    archive = build_sample()
    assert read_text(show(archive, SECOND).find("./p[@class='reference']")).startswith(
        "[“Pasar di atas rakit akhirnya dibuka di Muara Jati”]. Suara Muara, [antara 5 dan 12 Maret 2018]."
    )
    assert "[media tidak disebut], t.t." in read_text(show(archive, UNDATED).find("./p[@class='reference']"))
    english = replace(SETTINGS, language="en")
    assert "[outlet not named], n.d." in read_text(show(archive, UNDATED, english).find("./p[@class='reference']"))


def test_the_page_shows_the_entries_of_the_files_and_leads_to_them() -> None:
    section = show(build_sample(), MARKET)
    shown = {fold.find("summary").text: fold.find("pre").text for fold in section.iter("details")}
    assert list(shown) == ["BibTeX", "RIS", "CSL-JSON"]
    for ending, text in zip(("bib", "ris", "json"), shown.values(), strict=True):
        assert text.strip() in read_file(build_sample(), ending).replace("\r\n", "\n")
    assert [link.get("href") for link in section.iterfind("details//a")] == [
        f"../../data/citations.{ending}" for ending in ("bib", "ris", "json")
    ]


def test_a_sentence_can_be_cited() -> None:
    assert "#s1" in read_text(show(build_sample(), MARKET))
    assert "#s1" not in read_text(show(build_sample(), WITHDRAWN))
