"""The words of ``data/layout.yaml`` and ``data/outlets.yaml`` as sets and patterns, made once."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from alibaba_news.text import fold
from alibaba_news.world import World, load_table, settle_outlet

# What stands between the parts of a byline: dashes with a space on one side, bars, bullets.
SEPARATOR = re.compile(r"\s*[|•·▪●∙]\s*|\s+[-–—]+\s*|\s*[-–—]+\s+|\s+/\s+")
_OUTLET = 60  # characters of the longest name of an outlet
DOMAIN = re.compile(
    r"(?:www\.)?[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]{2,})?\.(?:com|co\.id|co|id|net|org|news|tv|info|my|sg)", re.IGNORECASE
)


@cache
def words(key: str) -> frozenset[str]:
    """A list of ``data/layout.yaml``, folded."""
    return frozenset(fold(str(row)) for row in load_table("layout")[key])


@cache
def any_words(*keys: str) -> frozenset[str]:
    """Several lists as one."""
    return frozenset().union(*(words(key) for key in keys))


@cache
def starts(key: str) -> tuple[str, ...]:
    """A list of beginnings, folded, for ``str.startswith``."""
    return tuple(sorted(words(key), key=lambda w: (-len(w), w)))


@cache
def alternatives(*keys: str) -> str:
    """The words of several lists as one alternation, longest first, spaces loose.

    Words stand together by their first letter, so that the regex engine passes over a whole group at once.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted({row for key in keys for row in words(key)}, key=lambda w: (-len(w), w)):
        groups.setdefault(word[0], []).append(re.escape(word[1:]).replace(r"\ ", r"\s+"))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in groups.items())


class Patterns(Struct, frozen=True, kw_only=True):
    """A whole date, a label of staff with its colon, a pointer to another story, a label of a picture's source."""

    date: re.Pattern[str]
    staff: re.Pattern[str]
    read_also: re.Pattern[str]
    photo: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """Every pattern built from the tables. None can backtrack beyond a few characters."""
    day, month, zone = alternatives("weekdays"), alternatives("months"), alternatives("zones")
    hour = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?!\d)"
    clock = rf"(?:[\s,|/•·–-]{{0,5}}(?:(?:pukul|jam|at|@)\s)?\s?{hour}(?:\s?(?:{zone}|am|pm)\b)?)?"
    dated = (
        rf"\d{{1,2}}(?:st|nd|rd|th)?[\s.-]{{1,2}}(?:{month})\b[\s.,-]{{1,2}}\d{{4}}(?!\d)"
        rf"|\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{4}}(?!\d)"
        r"|\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?!\d)"
        rf"|(?:{month})\s\d{{1,2}},?\s\d{{4}}(?!\d)"
    )
    labels = alternatives("author_labels", "editor_labels", "other_labels")
    return Patterns(
        date=re.compile(rf"(?<![\w/])(?:(?:{day})\b\s?[,.(]?\s?)?\(?(?:{dated})\)?{clock}", re.IGNORECASE),
        # A label glued to the word before it ("RandomEditor:") counts where its capital shows the seam.
        staff=re.compile(rf"(?:(?<![\w])|(?<=[a-z])(?=[A-Z]))(?i:({labels}))\s?[:：]\s?"),
        read_also=re.compile(rf"[(\[]?\s?(?:{alternatives('read_also')})(?:\s[^\s:]{{1,12}})?\s?[:：]\s?(?=\S)", re.IGNORECASE),
        photo=re.compile(rf"(?<!\w)(?:{alternatives('photo_labels')})\s?[:：/]\s?", re.IGNORECASE),
    )


def find_outlet(form: str) -> str | None:
    """The settled name of a known outlet ("TEMPO.CO" -> "Tempo.co"), or None."""
    printed = print_outlet(form)
    return settle_outlet(printed) if printed else None


def print_outlet(form: str) -> str | None:
    """A known outlet as the form prints it, or None."""
    form = form.strip(" .:,-")
    if len(form) > _OUTLET:
        return None
    if settle_outlet(form):
        return form
    # "Antara/Reuters": the outlet that took the story over stands first.
    first, slash, _ = form.partition("/")
    return first.strip() if slash and settle_outlet(first) else None


def name_outlet(form: str) -> str | None:
    """The outlet a form names, as printed: one that is known, or what looks like a site's address; else None."""
    form = form.strip(" .:,-")
    return print_outlet(form) or (form if DOMAIN.fullmatch(form) else None)


def is_place(form: str, world: World) -> bool:
    """Whether a form is a place from which stories are filed."""
    return fold(form) in words("places") or world.find("places", form) is not None
