"""Who wrote it and when: dates printed on a page, names beside them, labels ("Penulis: ...") with their values."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from alibaba_news.loader.layout.tables import (
    DOMAIN,
    SEPARATOR,
    alternatives,
    any_words,
    find_outlet,
    name_outlet,
    patterns,
    print_outlet,
    words,
)
from alibaba_news.text import fold
from alibaba_news.world import load_table

_LIMIT = 200  # a byline is never longer
_JOINT = re.compile(r"\s*[,;&]\s*|\s+(?:dan|and)\s+|\s*/\s*")
_YEAR = re.compile(r"\d{4}")  # no whole date is without one
_DATELESS = re.compile(rf"{SEPARATOR.pattern}|\s*,\s+|\s+\(")
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*$")
_COMMA = re.compile(r"([A-Z][a-z]{3,12}), ([^,.:]{5,60})$")
_INITIALS = re.compile(r"\s*[(\[][\w/*-]{1,20}[)\]]\s*$")


class Byline(Struct, frozen=True, kw_only=True):
    """A line of a story's head. ``dates`` as printed; ``clock``: a time of day is printed with the first."""

    authors: tuple[str, ...] = ()
    outlet: str | None = None
    dates: tuple[str, ...] = ()
    clock: bool = False


class Credit(Struct, frozen=True, kw_only=True):
    """A label with the names behind it: kind "author", "editor" or "other"; no names where they stand on another line."""

    kind: str
    names: tuple[str, ...]


def is_name(text: str) -> bool:
    """One to six capitalized words without digits, particles ("bin", "van") allowed between them."""
    parts = text.split()
    if not 1 <= len(parts) <= 6 or len(text) > 60:
        return False
    capital = [p for p in parts if p[:1].isupper()]
    rest_fits = all(p[:1].isupper() or fold(p) in words("name_particles") for p in parts)
    return bool(capital) and rest_fits and all(_NAME_WORD.match(p) for p in parts)


def split_names(text: str, *, labelled: bool) -> tuple[str, ...]:
    """The people a byline lists. Behind a label a user name in lower case counts too ("Pewarta: prwir")."""
    found = []
    for part in _JOINT.split(_INITIALS.sub("", text).strip()):
        name = part.strip(" .:-|•()")
        fits = is_name(name) or (labelled and 0 < len(name.split()) <= 4 and not any(c.isdigit() for c in name))
        if fits and name_outlet(name) is None and name not in found:
            found.append(name)
    return tuple(found)


def read_byline(text: str) -> Byline | None:
    """A line that holds nothing but dates, names, an outlet or section, and the words that go with them; else None.

    Forms: "Name - Outlet - Date", "Name • Date", "Name Date", "Date | 1.999 Views", "Diperbarui Date".
    """
    if len(text) > _LIMIT or text[-1] in "-–—":
        return None  # a dash at the end makes it a dateline
    dates = list(patterns().date.finditer(text)) if _YEAR.search(text) else []
    if not dates:
        return _read_dateless(text)
    clock = bool(re.search(r"\d[:.]\d{2}", _after_day(dates[0].group())))
    rest = " | ".join(_pieces(text, dates))
    parts = [p for p in (_strip_labels(part) for part in SEPARATOR.split(rest) if not _is_count(part)) if p]
    printed = tuple(d.group().strip(" ,|/-") for d in dates)
    if not parts:
        return Byline(dates=printed, clock=clock)
    labelled = not words("date_labels").isdisjoint(fold(rest).split())
    return _name_parts(parts, printed, clock=clock, labelled=labelled)


def _read_dateless(text: str) -> Byline | None:
    """ "Name - Outlet", "Outlet - Name", "Name, Outlet", "Name (Outlet)", "Name, Jurnalis": a known outlet or the trade is
    needed where no date shows that it is a byline."""
    parts = _DATELESS.split(text.rstrip(" )"), maxsplit=1) if len(text) <= 80 else []
    if len(parts) == 2 and find_outlet(parts[0]) and " " in parts[1] and " - " in text:
        parts.reverse()
    if len(parts) != 2 or not is_name(parts[0]) or find_outlet(parts[0]):
        return None
    named = len(parts[0].split()) > 1 and fold(parts[0].split()[0]) not in any_words("author_labels", "editor_labels", "places")
    if DOMAIN.fullmatch(parts[1]) and " - " in text and named:
        return Byline(authors=(parts[0],), outlet=parts[1])  # "Ratna Wulandari - Suaradesa.id"
    if _is_like_outlet(parts[1]) and " - " in text and fold(parts[0]) not in _common_words() | words("places"):
        return Byline(authors=(parts[0],), outlet=parts[1])
    if len(parts[0].split()) < 2:
        return None
    outlet = print_outlet(parts[1])
    trade = fold(parts[1]) in words("author_afterwords")
    if not (outlet or trade) or fold(parts[0]) in words("places") or "/" in parts[1]:
        return None
    return Byline(authors=(parts[0],), outlet=outlet)


def _is_like_outlet(text: str) -> bool:
    """ "Radar Kediri": two to four capitalised words, the first of which newspapers are called by."""
    parts = text.split()
    return 2 <= len(parts) <= 4 and fold(parts[0]) in words("outlet_heads") and is_name(text)


@cache
def _common_words() -> frozenset[str]:
    return frozenset(word for line in load_table("common_words") for word in str(line).split())


def _pieces(text: str, dates: list[re.Match[str]]) -> list[str]:
    pieces, at = [], 0
    for match in dates:
        pieces.append(text[at : match.start()])
        at = match.end()
    return [*pieces, text[at:]]


def _after_day(date: str) -> str:
    """What follows the year, so that "10.11.2018" is not taken for a clock."""
    return re.sub(r"^.*?\d{4}(?:-\d{2}-\d{2}T)?", "", date, count=1)


def _name_parts(parts: list[str], dates: tuple[str, ...], *, clock: bool, labelled: bool) -> Byline | None:
    authors: tuple[str, ...] = ()
    outlet = None
    for part in parts:
        known = name_outlet(part)
        names = split_names(part, labelled=False)
        if is_name(part) and fold(part.split()[0]) in words("desks"):
            continue
        if known:
            outlet = outlet or known
        elif fold(part) in words("sections"):
            continue
        elif names and all(name_outlet(p) or is_name(p) for p in _JOINT.split(part)):
            authors = authors or names
        else:
            return None
    # A single word is as often a section as a reporter.
    doubtful = len(authors) == 1 and " " not in authors[0] and outlet is None and not labelled
    return Byline(authors=() if doubtful else authors, outlet=outlet, dates=dates, clock=clock)


def _is_count(part: str) -> bool:
    """ "0 comments", "1.999 Views"."""
    tokens = fold(part).split()
    return bool(tokens) and tokens[0][0].isdigit() and all(token in words("counter_words") for token in tokens[1:])


def _strip_labels(part: str) -> str:
    """The part without "Tayang:", "Jurnalis", view counts and the like around a name."""
    rest = part.strip(" ,.:;()[]|/-–—•")
    labels = any_words("date_labels", "author_labels")
    tokens = rest.split()
    while tokens and (_is_label(tokens[0], labels) or " ".join(map(fold, tokens[:2])).strip(":,") in labels):
        two = not _is_label(tokens[0], labels)
        tokens = tokens[2 if two else 1 :]
    while tokens and _is_label(tokens[-1], labels):
        tokens.pop()
    return " ".join(tokens).strip(" ,.:;")


def _is_label(token: str, labels: frozenset[str]) -> bool:
    bare = fold(token).strip(":,.()")
    return not bare or bare in labels or bare in words("zones") or bare.replace(".", "").isdigit()


def read_credits(text: str) -> tuple[Credit, ...]:
    """The labels of a line with their names: "Penulis: A | Editor: B", "Oleh Sari Dewi", "Editor:". Empty where it is none."""
    if len(text) > _LIMIT:
        return ()
    line = text.strip(" ()[]") if text[:1] in "([" else text.strip()
    bare = fold(line).rstrip(" :")
    if bare in any_words("author_labels", "editor_labels", "other_labels"):
        return (Credit(kind=_kind(bare), names=()),)
    comma = _COMMA.match(line)
    if comma and fold(comma.group(1)) in words("author_labels") and is_name(comma.group(2)):
        return (Credit(kind="author", names=(comma.group(2),)),)
    marks = list(patterns().staff.finditer(line)) if ":" in line or "：" in line else []
    if marks and marks[0].start() == 0:
        return _labelled(line, marks)
    return _read_bare_credits(line) or _opened(line)


def _read_bare_credits(line: str) -> tuple[Credit, ...]:
    """ "Penulis Rina Wulandari | Editor Budi Santoso": two labels, each with a name, need no colon to be known."""
    if fold(line.partition(" ")[0]) not in any_words("author_labels", "editor_labels"):
        return ()
    parts = SEPARATOR.split(line)
    found = [read_bare_credit(part.strip()) for part in parts] if len(parts) > 1 else []
    return tuple(c for c in found if c is not None) if found and all(found) else ()


def _labelled(line: str, marks: list[re.Match[str]]) -> tuple[Credit, ...]:
    found = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        value = line[mark.end() : following.start() if following else len(line)]
        kind = _kind(fold(mark.group(1)))
        if kind == "other" and fold(mark.group(1)) in words("photo_labels") and len(value.split()) > 4:
            return ()  # a caption
        names = split_names(SEPARATOR.split(value.strip())[0], labelled=True) if kind != "other" else ()
        if kind != "other" and value.strip(" |•-") and not names and name_outlet(value) is None:
            return ()  # "Penulis: ..." before a sentence is part of a text
        found.append(Credit(kind=kind, names=names))
    return tuple(found)


@cache
def _opener() -> re.Pattern[str]:
    return re.compile(rf"(?i:{alternatives('author_openers')})\s+(?=[A-Z])")


def _opened(line: str) -> tuple[Credit, ...]:
    match = _opener().match(line)
    if match is None:
        return ()
    parts = [p.strip() for p in re.split(r"[,|]", SEPARATOR.split(line[match.end() :])[0])]
    parts = [p for p in parts if not DOMAIN.fullmatch(p.split()[0] if p.split() else "") and find_outlet(p) is None]
    # "Laporan Kontributor SITE, CITY, NAME": the reporter stands last.
    name = parts[-1] if parts else ""
    names = split_names(name, labelled=False)
    whole = sum(len(p.split()) for p in parts) <= 8
    return (Credit(kind="author", names=names),) if names and whole and len(names[0].split()) > 1 else ()


def read_bare_credit(text: str) -> Credit | None:
    """A label with a name and no colon ("Editor Khairina", "Kontributor KOTA, NAME"). Beside a page's date only: elsewhere
    such words begin headlines."""
    label, _, rest = text.partition(" ")
    bare = fold(label)
    if bare not in any_words("author_labels", "editor_labels") or not label[:1].isupper() or len(text.split()) > 6:
        return None
    parts = rest.split(",")
    names = split_names(parts[-1] if bare in words("local_labels") else rest, labelled=False)
    whole = all(is_name(part.strip()) for part in parts)
    return Credit(kind=_kind(bare), names=names) if names and whole else None


def _kind(label: str) -> str:
    label = " ".join(label.split())
    if label in words("editor_labels"):
        return "editor"
    return "author" if label in words("author_labels") else "other"
