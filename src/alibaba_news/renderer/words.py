"""The strings of the pages: one catalogue a language in ``data/locale``, plural forms and numbers as the language has them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from msgspec import Struct

from alibaba_news.renderer.dates import BABEL_LOCALES
from alibaba_news.world import load_table


class Words(Struct, frozen=True):
    """The catalogue of one language, ``id`` or ``en``. A key that does not exist is a KeyError: a fault of the program."""

    language: str

    def t(self, key: str, **values: object) -> str:
        """The string of ``key`` with its ``{places}`` filled."""
        text: str = load_catalogue(self.language)[key]
        return text.format(**values) if values else text

    def n(self, key: str, count: int, **values: object) -> str:
        """The form of ``key`` that ``count`` needs, with ``{count}`` written as a number of the language."""
        if not values:
            return _word_count(self.language, key, count)
        return _choose_form(load_catalogue(self.language)[key], self.language, count).format(count=self.number(count), **values)

    def join(self, names: Sequence[str]) -> str:
        """ "A", "A dan B", "A, B, dan C"."""
        if len(names) < 3:
            return f" {self.t('list.and')} ".join(names)
        return f"{', '.join(names[:-1])}{self.t('list.comma_and')} {names[-1]}"

    def number(self, value: float) -> str:
        """A number with the language's separators: 1.000 in Indonesian, 1,000 in English."""
        return write_number(value, self.language)


def begin_line(text: str) -> str:
    """A phrase as it stands at the beginning of a line: "antara ..." -> "Antara ..."."""
    return text[:1].upper() + text[1:]


def make_sentence(text: str) -> str:
    """A reason as a sentence: "date printed: “5 March”" -> "Date printed: “5 March”."."""
    text = text.strip()
    return begin_line(text) + ("" if not text or text.endswith((".", "?", "!", "…")) else ".")


@lru_cache(maxsize=16384)  # a list says the same few counts line by line
def _word_count(language: str, key: str, count: int) -> str:
    return _choose_form(load_catalogue(language)[key], language, count).format(count=write_number(count, language))


def _choose_form(forms: Any, language: str, count: int) -> str:
    return str(forms.get(find_plural(language, count), forms["other"]) if isinstance(forms, dict) else forms)


@cache
def load_catalogue(language: str) -> Any:
    """The packaged strings of a language, by key."""
    return load_table(f"locale/{language}")


@lru_cache(maxsize=4096)
def find_plural(language: str, count: int) -> str:
    """The CLDR plural category of a count: ``one`` or ``other``."""
    return str(Locale.parse(BABEL_LOCALES[language]).plural_form(count))


@lru_cache(maxsize=65536)
def write_number(value: float, language: str) -> str:
    """A decimal number as the language writes it."""
    return str(format_decimal(value, locale=BABEL_LOCALES[language]))
