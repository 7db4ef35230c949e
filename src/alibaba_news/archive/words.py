"""Names, roles and places as words that can be compared: text in, tuples and sets of folded words out."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from alibaba_news.model import EntityKind
from alibaba_news.text import fold
from alibaba_news.world import load_table

_WORD = re.compile(r"\w+(?:[.'&-]\w+)*")


@cache
def listed(key: str, table: str = "archive") -> frozenset[str]:
    """A list of ``data/archive.yaml``, or of another packaged table."""
    return frozenset(fold(str(word)) for word in load_table(table)[key])


def _legal_forms() -> frozenset[str]:
    return listed("legal_forms", "names")


@lru_cache(maxsize=262144)
def fold_name(name: str) -> str:
    """``text.fold``, remembered: an archive asks for the same few names again and again."""
    return fold(name)


@lru_cache(maxsize=65536)
def split_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, without punctuation around them."""
    return tuple(_WORD.findall(fold(text)))


def content_words(text: str) -> frozenset[str]:
    """The words that say something: ``pertemuan``, ``presiden``, but not ``dan`` or ``hari``."""
    return frozenset(split_words(text)) - listed("small_words")


@lru_cache(maxsize=262144)
def name_key(kind: EntityKind, name: str) -> str:
    """What two names of one kind must share to agree: folded, and for organizations without legal forms.

    "PT Maju Jaya Tbk." and "Maju Jaya" share theirs; a name of nothing but legal forms keeps them.
    """
    if kind != "organizations":
        return fold(name)
    kept = [word for word in split_words(name) if word.strip(".") not in _legal_forms()]
    return " ".join(kept) or fold(name)


@lru_cache(maxsize=262144)
def strip_legal_forms(name: str) -> str:
    """An organization's name as printed, without the legal forms in it; unchanged where nothing else would be left."""
    kept = [word for word in name.split() if fold(word).strip(".,()") not in _legal_forms()]
    return " ".join(kept).strip(" ,") or name


def is_single(name: str) -> bool:
    """Whether a name is one word only, which many people may bear (initials do not count as words)."""
    return sum(len(word.strip(".")) > 1 for word in split_words(name)) < 2
