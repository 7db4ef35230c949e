"""What an enumeration passes on: forms with their votes and settled kinds in, kinds for the open members of its lists out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from alibaba_news.loader.names.attributes import read_tables
from alibaba_news.loader.names.found import Found
from alibaba_news.loader.names.lexicon import words
from alibaba_news.loader.names.shapes import SETTLED, is_name_like
from alibaba_news.loader.names.tokens import Token
from alibaba_news.model import Place

FEWEST_LISTED = 2  # people of several words that make a list one of people
LONGEST_BRACKET = 10  # tokens


def spread(
    tokens: Mapping[Place, Sequence[Token]],
    rows: Sequence[Found],
    kinds: Mapping[tuple[str, ...], str],
    votes: Mapping[tuple[str, ...], Counter[str]],
) -> dict[tuple[str, ...], str]:
    """Members of one enumeration ("A, B, dan C") are of one kind: an open one takes its settled neighbour's."""
    ends = {(r.place, r.segment.end): r for r in rows}
    gained: dict[tuple[str, ...], str] = {}
    for row in rows:
        before = _listed_before(tokens[row.place], row.segment.start)
        other = ends.get((row.place, before)) if before is not None else None
        if other is None:
            continue
        for open_row, sure in ((row, other), (other, row)):
            kind = kinds.get(sure.form)
            if (
                kind
                and open_row.segment.kind == "plain"
                and open_row.form not in kinds
                and votes[open_row.form][kind] >= _least_beside(kind, row, open_row, tokens)
            ):
                gained[open_row.form] = kind
    return gained


def spread_people(
    tokens: Mapping[Place, Sequence[Token]],
    rows: Sequence[Found],
    kinds: Mapping[tuple[str, ...], str],
    votes: Mapping[tuple[str, ...], Counter[str]],
) -> dict[tuple[str, ...], str]:
    """Who stands in a list of people ("Deni Maryanto, Hari Effendi, Bernadi, dan Sri") is one, though nothing else shows it."""
    ends = {(r.place, r.segment.end): n for n, r in enumerate(rows)}
    lists: dict[int, list[int]] = {}
    for n, row in enumerate(rows):
        before = _member_before(tokens[row.place], row.segment.start)
        lists[n] = lists.get(ends.get((row.place, before), -1), []) if before is not None else []
        lists[n].append(n)
    gained: dict[tuple[str, ...], str] = {}
    for members in {id(found): found for found in lists.values()}.values():
        sure = [kinds[rows[n].form] for n in members if rows[n].form in kinds]
        full = sum(len(rows[n].form) > 1 and kinds.get(rows[n].form) == "people" for n in members)
        people = sure.count("people")
        if people < len(sure) or (full < FEWEST_LISTED and (people < FEWEST_LISTED - (full > 0) or len(members) < 3)):
            continue
        for row in (rows[n] for n in members):
            ballot = votes.get(row.form, Counter())
            open_form = row.segment.kind == "plain" and row.form not in kinds and is_name_like(row.form)
            if open_form and ballot["people"] >= 0 and max(ballot.values(), default=0) < SETTLED:
                gained[row.form] = "people"
    return gained


def spread_places(
    tokens: Mapping[Place, Sequence[Token]],
    rows: Sequence[Found],
    kinds: Mapping[tuple[str, ...], str],
    votes: Mapping[tuple[str, ...], Counter[str]],
) -> dict[tuple[str, ...], str]:
    """What stands in an address or a list of places between two of them is one: "Desa Sari, Tirta, Kabupaten Demak",
    "Demak, Tirta dan Kudus"."""
    gained: dict[tuple[str, ...], str] = {}
    for left, row, right in zip(rows, rows[1:], rows[2:], strict=False):
        if row.segment.kind != "plain" or row.form in kinds or not left.place == row.place == right.place:
            continue
        text, start, end = tokens[row.place], row.segment.start, row.segment.end
        parted = left.segment.end == start - 1 and text[start - 1].text == "," and right.segment.start == end + 1
        if not parted or (text[end].text != "," and text[end].low not in words("list_joins")):
            continue
        ballot = votes.get(row.form, Counter())
        sides = kinds.get(left.form) == kinds.get(right.form) == "places"
        if sides and is_name_like(row.form) and max(ballot["people"], ballot["organizations"]) < SETTLED:
            gained[row.form] = "places"
    for row, right in pairwise(rows):
        if row.form not in kinds and _is_in_known_area(tokens[row.place], row, right, kinds, votes):
            gained[row.form] = "places"
    return gained


def _is_in_known_area(
    text: Sequence[Token],
    row: Found,
    right: Found,
    kinds: Mapping[tuple[str, ...], str],
    votes: Mapping[tuple[str, ...], Counter[str]],
) -> bool:
    """ "Tirtasari, Jawa Tengah": what nearly passes for a place, and behind the comma stands the area that it lies in."""
    end, ballot = row.segment.end, votes.get(row.form, Counter())
    if row.segment.kind != "plain" or row.place != right.place or right.segment.start != end + 1 or text[end].text != ",":
        return False
    area = kinds.get(right.form) == "places" and right.segment.known is not None
    return area and ballot["places"] == SETTLED - 1 and max(ballot["people"], ballot["organizations"]) < SETTLED - 1


def _least_beside(kind: str, row: Found, open_row: Found, tokens: Mapping[Place, Sequence[Token]]) -> int:
    """How many votes of its own a form needs beside a settled member of its list."""
    if _is_paired(tokens, row):
        return -2
    join = tokens[row.place][row.segment.start - 1].low
    strange = is_name_like(open_row.form) and open_row.form[0] not in read_tables().clusters
    return 1 if kind == "people" and not (strange and join in ("dan", "serta")) else 0


def _is_paired(tokens: Mapping[Place, Sequence[Token]], row: Found) -> bool:
    """ "Hafiz / Gloria", "Hadi-Rina": how two who play together or stand for election are written."""
    return _pairs(tokens[row.place], row.segment.start) and is_name_like(row.form)


def _pairs(tokens: Sequence[Token], i: int) -> bool:
    """Before token ``i`` stands a stroke, or a hyphen that nothing parts from the word before it."""
    if i < 2 or tokens[i - 1].text not in ("/", "-"):
        return False
    return tokens[i - 1].text == "/" or (tokens[i - 1].start == tokens[i - 2].end and tokens[i].start == tokens[i - 1].end)


def _member_before(tokens: Sequence[Token], i: int) -> int | None:
    """The end of the list member before token ``i``, a comma or "dan" and a bracket between them."""
    j = _listed_before(tokens, i)
    if j is None:
        j = i - 1 if i > 1 and tokens[i - 1].text in (",", ";", "/") else None
    if j is not None and tokens[j - 1].text == ")":
        return next((k for k in range(j - 2, max(0, j - LONGEST_BRACKET), -1) if tokens[k].text == "("), None)
    return j


def _listed_before(tokens: Sequence[Token], i: int) -> int | None:
    """The end of the list member before token ``i``, or None."""
    j = i
    if j > 0 and (tokens[j - 1].low in words("list_joins") or _pairs(tokens, j)):
        j -= 1
        # A comma alone may as well part two clauses; before "dan" it goes on with a list.
        if j > 0 and tokens[j - 1].text in (",", ";"):
            j -= 1
    return j if 0 < j < i else None
