"""The language of a story by its small words."""

from __future__ import annotations

import pytest

from alibaba_news.loader.language import guess_language

TEXTS = {
    "id": "Petugas yang memeriksa tanggul itu mengatakan bahwa air sudah surut dan warga dapat pulang ke rumah.",
    "en": "The officers who inspected the dam said that the water had receded and the villagers were able to return.",
    "ms": "Polis berkata kerana hujan lebat, syarikat itu menutup pejabat dan "
    "bekas pekerja diberitahu bahawa bayaran ditangguhkan Isnin.",
    "jv": "Petugas sing mriksa tanggul iku ngandhani warga ing desa yen banyu "
    "wis asat lan ora ana sing ciloko, uga kanggo wong liya.",
    "su": "Patugas anu mariksa tanggul nyarios ka warga yén cai geus orot jeung "
    "teu aya nu tatu di éta lembur, ku kituna warga keur balik.",
}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_each_language_is_known_by_its_small_words(code: str) -> None:
    assert guess_language([TEXTS[code]]) == code


@pytest.mark.parametrize("text", ["", "12 34", "The end of start-up", "Liga Champions: Real Madrid vs Ajax"])
def test_too_little_text_is_taken_for_indonesian(text: str) -> None:
    assert guess_language([text]) == "id"
