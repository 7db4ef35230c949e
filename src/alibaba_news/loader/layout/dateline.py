"""The beginning of a lead -> where it was filed and by whom: "KOTA, OUTLET.com -", "Kota (OUTLET) -", "OUTLET:", "KOTA -"."""

from __future__ import annotations

import re

from msgspec import Struct

from alibaba_news.loader.layout.tables import DOMAIN, is_place, patterns, print_outlet
from alibaba_news.world import World

_REACH = 110  # characters; the longest datelines name a place, a province, a day and two outlets
# The mark that closes a dateline. A hyphen within a word closes it only before a capital ("JAKARTA-Menteri").
_MARK = re.compile(r"[-–—:]")  # one of these at least
_CLOSE = re.compile(r"\s*(?:-{2,3}|[–—])\s*|\s+-\s*|-\s+|-(?=[A-Z][a-z])|\s?:\s?")
_PLACE = re.compile(r"[A-Z][A-Za-z.'’]*(?:[ -][A-Z][A-Za-z.'’]*){0,3}$")
_BRACKET = re.compile(r"^(.*?)\s*\(([^()]{2,45})\)$")
_PLACE_AFTER = re.compile(r"([A-Z][A-Z .'’-]{2,30})(?:\.\s|\s[-–—]{1,2}\s)(?=[A-Z\"“])")
_ADDRESS = re.compile(rf"({DOMAIN.pattern})(,?)\s+(?=[A-Z])", re.IGNORECASE)
_STOPPED = re.compile(r"([A-Z][A-Za-z]+(?: [A-Z][a-z]+)?)\.\s+(?=[A-Z\"“])")
_VOWELS = frozenset("AEIOU")


class Dateline(Struct, frozen=True, kw_only=True):
    """``end`` is where the lead begins; ``date`` a day printed in the dateline."""

    end: int
    place: str | None = None
    outlet: str | None = None
    date: str | None = None


def read_dateline(text: str, world: World) -> Dateline | None:
    """The dateline a paragraph begins with, or None. What follows it must begin a sentence: a capital, a digit or a quote."""
    head = text[:_REACH]
    for match in _CLOSE.finditer(head) if _MARK.search(head) else ():
        if match.end() < len(text) and not _begins_sentence(text[match.end()]):
            continue
        found = _read_prefix(head[: match.start()].strip(), world, colon=":" in match.group())
        # "Jakarta-Bandung": between two names in lower case a hyphen joins, unless an outlet shows what it is.
        joins = match.group() == "-" and not head[: match.start()].isupper()
        if found is None or (joins and found.outlet is None):
            continue
        return _with_place_after(text, match.end(), found, world)
    return _without_mark(head, world)


def is_whole_dateline(text: str, world: World) -> bool:
    """ "Jombang, NU Online" alone on a line: a known place, a comma and a known outlet."""
    place, comma, outlet = text.partition(",")
    return bool(comma and len(text) <= 60 and is_place(place.strip(), world) and print_outlet(outlet))


def title_case(place: str) -> str:
    """ALL CAPITALS made title case, everything else as printed ("NUSA DUA" -> "Nusa Dua")."""
    return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), place) if place.isupper() else place


def _begins_sentence(char: str) -> bool:
    return char.isupper() or char.isdigit() or char in "\"“'‘(" or not char.islower()


def _read_prefix(prefix: str, world: World, *, colon: bool) -> Dateline | None:
    if not prefix or len(prefix.split()) > 12:
        return None
    dated = any(map(str.isdigit, prefix))
    dates = [m.group().strip() for m in patterns().date.finditer(prefix)] if dated else []
    for date in dates:
        prefix = prefix.replace(date, "")
    outlet = None
    bracket = _BRACKET.match(prefix)
    if bracket:
        prefix = bracket.group(1)
        inside = bracket.group(2).strip()
        # In brackets behind a place, whatever it is names the outlet.
        outlet = print_outlet(inside) or inside
        if not prefix:
            outlet = print_outlet(inside)
    parts = prefix.replace("|", ",").split(",")  # "OUTLET.COM | KOTA -"
    return _read_parts([p.strip(" .") for p in parts if p.strip(" .")], outlet, dates, world, colon=colon)


def _read_parts(parts: list[str], outlet: str | None, dates: list[str], world: World, *, colon: bool) -> Dateline | None:
    places: list[str] = []
    for part in parts:
        named = print_outlet(part) if not is_place(part, world) else None
        if named or DOMAIN.fullmatch(part):
            outlet = outlet or named or part
        elif _PLACE.match(part):
            places.append(part)
        else:
            return None
    if not places:
        # "Suara" and "Bisnis" are also words; alone they count only as a name is written (capitals within, an address).
        plain = len(parts) == 1 and parts[0].istitle() and parts[0].isalpha()
        return Dateline(end=0, outlet=outlet, date=dates[0] if dates else None) if outlet and not plain else None
    certain = outlet is not None or (dates and is_place(places[0], world))
    if len(places) > 2 or not (certain or _stands_alone(places, world, colon=colon)):
        return None
    if outlet is None and len(places) == 2 and not is_place(places[1], world) and is_place(places[0], world):
        # "Jakarta, Nama Situs -": behind a known place and a comma stands the outlet, known or not.
        return Dateline(end=0, place=title_case(places[0]), outlet=places[1], date=dates[0] if dates else None)
    place = ", ".join(title_case(place) for place in places)
    return Dateline(end=0, place=place, outlet=outlet, date=dates[0] if dates else None)


def _stands_alone(places: list[str], world: World, *, colon: bool) -> bool:
    """Whether places without an outlet are sure: known ones, or before a dash a word in capitals that can be spoken."""
    if is_place(places[0], world):
        return True
    first = places[0]
    return not colon and len(places) == 1 and first.isupper() and len(first) >= 4 and sum(c in _VOWELS for c in first) >= 2


def _with_place_after(text: str, at: int, found: Dateline, world: World) -> Dateline:
    """ "OUTLET - KOTA. Lead" (a place in capitals behind the outlet) belongs to the dateline too."""
    match = _PLACE_AFTER.match(text[at : at + 45]) if found.place is None else None
    place = match.group(1).strip(" .-") if match else None
    if match and place and (is_place(place, world) or _stands_alone([place], world, colon=False)):
        return Dateline(end=at + match.end(), place=title_case(place), outlet=found.outlet, date=found.date)
    return Dateline(end=at, place=found.place, outlet=found.outlet, date=found.date)


def _without_mark(head: str, world: World) -> Dateline | None:
    """ "SITUS.CO.ID  Lead" and "Situs.com, KotaLead": the mark was lost where the page was scraped."""
    match = _ADDRESS.match(head)
    if match is None:
        return _before_stop(head, world)
    if not (print_outlet(match.group(1)) or match.group(1).isupper()):
        return None
    named = print_outlet(match.group(1)) or match.group(1)
    rest = head[match.end() :]
    words = re.match(r"[A-Z][a-z]+(?=\s?[A-Z][a-z])", rest)  # "JakartaLead", "Jakarta Lead"
    longer = " ".join(rest.split(maxsplit=2)[:2])
    if match.group(2) and words and is_place(words.group(), world) and not is_place(longer, world):
        return Dateline(end=match.end() + words.end(), place=words.group(), outlet=named)
    return Dateline(end=match.end(), outlet=named) if match.group(1).isupper() or match.group(2) else None


def _before_stop(head: str, world: World) -> Dateline | None:
    """ "Jakarta. Lead": a sentence of nothing but a known place."""
    match = _STOPPED.match(head)
    if match is None or not is_place(match.group(1), world):
        return None
    return Dateline(end=match.end(), place=title_case(match.group(1)))
