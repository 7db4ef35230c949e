"""People of one story -> those who are people: a body or field inside somebody's role ("Direktur LPEI, Sinta") is none.

A person's name does not stand between an office and the name of who holds it. So what stands there was misread, if it has no
first name that is known, no other form, and stands nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from alibaba_news.loader.names.found import Found
from alibaba_news.loader.names.lexicon import any_words, listed_words, words
from alibaba_news.loader.names.owners import Owner
from alibaba_news.loader.names.role_words import close_bracket, in_clause, is_head, is_inside, is_title, role_list
from alibaba_news.loader.names.roles_before import role_before
from alibaba_news.loader.names.tokens import Form, Token
from alibaba_news.model import Place
from alibaba_news.world import World

LONGEST_BODY = 10  # words between the misread name and the person


def drop_bodies_in_roles(
    owners: list[Owner], rows: Sequence[Found], tokens: Mapping[Place, Sequence[Token]], _world: World
) -> list[Owner]:
    """The same owners without people who are words of a role; what is written in capitals throughout is an organization."""
    people = {form: o for o in owners if o.kind == "people" for form in o.forms}
    seen: dict[int, list[bool]] = defaultdict(list)
    starts = {(r.place, r.segment.start): r.segment.end for r in rows if r.form in people}
    for row in rows:
        owner = people.get(row.form)
        if owner is not None and _may_be_body(owner, row.form):
            seen[id(owner)].append(_stands_in_role(tokens[row.place], row, starts))
    misread = {owner for owner, stands in seen.items() if stands and all(stands)}
    for owner in owners:
        if owner.kind == "people" and id(owner) in misread and all(t.isupper() for t in owner.forms.values()):
            owner.kind = "organizations"
            misread.discard(id(owner))
    return [o for o in owners if id(o) not in misread and not _is_word_of_role(o)]


def _may_be_body(owner: Owner, form: Form) -> bool:
    return owner.known is None and len(owner.forms) == 1 and not any(w.casefold() in listed_words("given_names") for w in form)


def _is_word_of_role(owner: Owner) -> bool:
    """One word that only ever says what or where somebody is ("Relation", "Kabupaten")."""
    if owner.kind != "people" or owner.known is not None or len(owner.forms) > 1:
        return False
    (form,) = owner.forms
    low = form[0].casefold()
    known = low in any_words("role_words", "place_labels") or low in role_list("english_heads")
    return len(form) == 1 and known and low not in listed_words("given_names")


def _stands_in_role(text: Sequence[Token], row: Found, starts: Mapping[tuple[Place, int], int]) -> bool:
    span = role_before(text, row.segment.start, loose=True)
    headed = is_head(text[row.segment.start])
    if not headed and (span is None or span[1] != row.segment.start):
        return False
    if span is not None and span[1] == row.segment.start and _is_said_of_another(text, span[0]):
        return True
    if span is not None and len(row.form) > 1 and in_clause(text, span[0]):
        return False  # "Didampingi Bupati X, Budi meminta ...": the comma ends the clause
    person = _person_behind(text, row, starts)
    return person is not None and not _is_list(text, person, row.place, starts)


def _is_said_of_another(text: Sequence[Token], start: int) -> bool:
    """ "Sinta, selaku Ketua Y": the role is of who stands before "selaku"."""
    return start > 0 and text[start - 1].low == "selaku" and not text[start - 1].first


def _person_behind(text: Sequence[Token], row: Found, starts: Mapping[tuple[Place, int], int]) -> int | None:
    """Where the next person's name ends, when nothing but words of the same role and a comma stand between."""
    comma = False
    k = row.segment.end
    while k < min(len(text), row.segment.end + LONGEST_BODY):
        end = starts.get((row.place, k))
        if end is not None:
            last = text[k - 1]
            return end if k > row.segment.end and last.low not in words("role_bridges") else None
        closed = close_bracket(text, k) if text[k].text == "(" else None
        if closed is not None:
            k = closed + 1
            continue
        if text[k].text == "," and not comma:
            comma = True
        elif not (_parts_names(text[k]) if comma else _belongs_to_role(text[k])):
            return None
        k += 1
    return None


def _parts_names(token: Token) -> bool:
    return is_title(token) or token.text == "."


def _belongs_to_role(token: Token) -> bool:
    return is_inside(token) and not is_head(token) and token.low not in role_list("weekdays")


def _is_list(text: Sequence[Token], end: int, place: Place, starts: Mapping[tuple[Place, int], int]) -> bool:
    """ "Ketua A, B, dan C" goes on behind B."""
    if end >= len(text):
        return False
    behind = end + 1 if text[end].text == "," else end
    return text[end].low in ("dan", "serta") or (
        behind < len(text) and behind > end and (text[behind].low == "dan" or (place, behind) in starts)
    )
