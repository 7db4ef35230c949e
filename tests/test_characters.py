"""What no page can carry is left out of a text, whatever its length and whatever else stands in it."""

from __future__ import annotations

import pytest

from alibaba_news.characters import clean_text, encode_clean

_LONG = "Pasar “Baru” dibuka kembali · é ﬁ 😀\n" * 20


@pytest.mark.parametrize(
    ("odd", "clean"),
    [
        ("\x00", ""),
        ("\x08", ""),
        ("\x0b", "\n"),
        ("\x0c", "\n"),
        ("\x1f", ""),
        ("\x7f", ""),
        ("\x85", "\n"),
        ("\x93", "“"),
        ("\x9f", "Ÿ"),
        ("\u2028", "\n"),
        ("\u2029", "\n"),
        ("\ud800", "\ufffd"),
        ("\udfff", "\ufffd"),
        ("\ufdd0", ""),
        ("\ufdef", ""),
        ("\ufffe", ""),
        ("\uffff", ""),
        ("\r\n", "\n"),
        ("\r", "\n"),
        *(
            (kept, kept)
            for kept in ("\t", "\n", " ", "~", "\xa0", "·", "\u2027", "\u202a", "ﬁ", "\ufdcf", "\ufdf0", "\ufffd", "😀")
        ),
    ],
)
def test_a_character_is_kept_or_replaced_in_any_text(odd: str, clean: str) -> None:
    assert clean_text(odd) == clean
    assert clean_text(f"a{odd}b") == f"a{clean}b"
    assert clean_text(f"{_LONG}{odd}b") == f"{_LONG}{clean}b"
    assert clean_text(f"{odd}{'a' * 300}") == f"{clean}{'a' * 300}"
    assert encode_clean(f"{_LONG}{odd}b") == f"{_LONG}{clean}b".encode()
