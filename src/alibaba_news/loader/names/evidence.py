"""Segments of a whole story -> the kind of each plain form, by what the words beside its occurrences show.

The weights are a ballot: 3 settles a kind alone, lesser signs must agree. What stays below is left out, because a wrong
person does more harm than a missing one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from alibaba_news.loader.names.attributes import is_called, may_be_called, read_tables
from alibaba_news.loader.names.lexicon import Known, any_words, listed_words, words
from alibaba_news.loader.names.roles import role_after, role_before
from alibaba_news.loader.names.segments import Segment
from alibaba_news.loader.names.shapes import SETTLED, weigh_shape
from alibaba_news.loader.names.tokens import Token
from alibaba_news.model import Place

LONGEST_HOLDER = 4  # words of the name behind an office
FEWEST_LISTED = 2  # people of several words that make a list one of people
LONGEST_BRACKET = 10  # tokens


class Found(NamedTuple):
    """One segment in its place, with the text between its tokens' ends."""

    place: Place
    segment: Segment
    text: str
    form: tuple[str, ...]


def weigh(tokens: Sequence[Token], segment: Segment) -> Counter[str]:
    """Votes for people, organizations, places and products from one occurrence."""
    votes: Counter[str] = Counter()
    weigh_shape(tokens[segment.start : segment.end], votes)
    _weigh_before(tokens, segment, votes)
    _weigh_after(tokens, segment, votes)
    return votes


def _weigh_before(tokens: Sequence[Token], segment: Segment, votes: Counter[str]) -> None:
    i = segment.start
    before = tokens[i - 1] if i else None
    if before is None:
        return
    given = tokens[i].low in listed_words("given_names")
    if before.low in words("honorifics") and before.cap:
        votes["people"] += SETTLED + 2  # only people are addressed so
    elif before.low in words("area_offices") and before.cap and _holds_office(tokens, segment):
        votes["people"] += SETTLED + 2  # the authorities know the areas that have one
    elif before.low in words("role_nouns"):
        open_owner = before.low in words("owned_titles") and not given and segment.end - i == 1
        votes["people"] += 1 if open_owner else SETTLED if before.cap else 2
    elif role_before(tokens, i, loose=given and segment.end - i > 1) is not None:
        votes["people"] += SETTLED
    if before.low in words("role_nouns") and _is_followed_by_holder(tokens, segment):
        votes["people"] -= 2 * SETTLED
    _weigh_word_before(tokens, i, votes)


def _holds_office(tokens: Sequence[Token], segment: Segment) -> bool:
    """No other name follows: "Bupati Rimba Ratna Wulandari" says who heads Rimba."""
    behind = tokens[segment.end] if segment.end < len(tokens) else None
    return segment.end - segment.start <= LONGEST_HOLDER and not (behind is not None and behind.cap)


def _is_followed_by_holder(tokens: Sequence[Token], segment: Segment) -> bool:
    """ "Bupati Melati, Hj. Ratna Wulandari", "Kapolda Metro Jaya Irjen Gatot": what stands between an office and the name of
    who holds it is what the office is of."""
    at = segment.end
    if at + 2 < len(tokens) and tokens[at].low in words("ranks") and tokens[at].cap:
        return tokens[at + 1].cap or tokens[at + 2].cap
    at += 1
    if at + 1 >= len(tokens) or tokens[at - 1].text != ",":
        return False
    low = tokens[at].low
    if segment.end - segment.start > 1 and may_be_called(tokens[segment.start].low):
        return False
    named = low in words("honorifics") or (low in listed_words("given_names") and tokens[at + 1].cap)
    return tokens[at].cap and named and low not in words("role_nouns")


def _weigh_word_before(tokens: Sequence[Token], i: int, votes: Counter[str]) -> None:
    low = tokens[i - 1].low
    if low in words("nicknamed") or (low == "nama" and i > 1 and tokens[i - 2].low == "atas"):
        votes["people"] += 1 if low == "bernama" and _names_thing(tokens, i - 1) else SETTLED + 2
    elif low in words("person_before"):
        votes["people"] += 1 if low in ("oleh", "kepada", "bersama") else SETTLED + 2 if _is_spoken_by(tokens, i) else 2
    if low == "orang":  # "orang Batak", "orang Samaria": a people
        votes["people"] -= SETTLED
    if low in words("place_labels") and not (i > 1 and tokens[i - 2].low in ("menteri", "wamen")):  # "Menteri Desa Budi"
        votes["places"] += SETTLED
    elif low in words("place_prepositions") and not (low == "dari" and i > 1 and tokens[i - 2].low == "terdiri"):
        votes["places"] += 2
    if low in words("product_nouns"):
        votes["products"] += SETTLED
    if low in words("sources") or (low == "dari" and i > 1 and tokens[i - 2].low in words("sources")):
        votes["organizations"] += 2  # what one writes after is a medium, seldom somebody
    elif low in words("organization_before") and not tokens[i - 1].cap:
        votes["organizations"] += 2
    for back in range(1, 4):
        if i - back < 0 or not tokens[i - back].word or (tokens[i - back].cap and not tokens[i - back].first):
            break
        if tokens[i - back].low in words("organization_nouns") and tokens[i - back].low not in words("role_nouns"):
            votes["organizations"] += SETTLED
            break


def _is_spoken_by(tokens: Sequence[Token], i: int) -> bool:
    """ "ujar Vena di ...": one word that shortens no office and no body, right behind a verb of saying in small letters."""
    verb, token = tokens[i - 1], tokens[i]
    alone = i + 1 >= len(tokens) or not tokens[i + 1].cap
    if verb.cap or verb.low not in words("quoting") or token.upper or not alone or not token.text.isalpha():
        return False
    blended = token.low.startswith(tuple(words("blends"))) and not is_called(token.low)
    return not blended and token.text[1:].islower() and token.low not in words("unit_words")


def _names_thing(tokens: Sequence[Token], i: int) -> bool:
    """ "arena seluncur bernama Big Zip": none of the words before "bernama" says that a person is named so."""
    for k in range(i - 1, max(-1, i - 5), -1):
        low = tokens[k].low
        if low in words("role_nouns") or low in words("human_nouns") or not tokens[k].word or tokens[k].cap:
            return False
    return i > 0


def _weigh_after(tokens: Sequence[Token], segment: Segment, votes: Counter[str]) -> None:
    j = segment.end
    if j >= len(tokens):
        return
    called = tokens[j].low in words("other_name_cues") and not tokens[segment.start].upper
    if called or tokens[j].low in words("person_after"):
        votes["people"] += 2
    elif _says_between_commas(tokens, segment.start, j):
        votes["people"] += 2 if votes["people"] >= SETTLED else 1  # a role before and a verb behind agree
    if tokens[j].low == "menit":  # "Bagas menit ke-40": who scored
        votes["people"] += 2
    if j + 1 < len(tokens) and tokens[j].text == "," and tokens[j + 1].low in words("calling_nouns"):
        votes["people"] += SETTLED  # "Niko, sapaan akrabnya"
    age = j + 2 < len(tokens) and tokens[j].text == "(" and tokens[j + 1].text.isdigit() and tokens[j + 2].text == ")"
    if age and len(tokens[j + 1].text) <= 2:  # "Budi (25)": an age
        votes["people"] += SETTLED + 2
    if _is_said_to_be_body(tokens, j) and not (segment.start and tokens[segment.start - 1].low in words("connectors")):
        votes["organizations"] += SETTLED
        votes["people"] -= SETTLED
    if _is_firm_behind_bracket(tokens, j):
        votes["organizations"] += SETTLED + 2
        votes["people"] -= SETTLED
    role = role_after(tokens, j)
    if role is not None and not _is_next_ones(tokens, role):
        votes["people"] += SETTLED + 2
    elif role is None and not _is_small_word(tokens[j]) and role_after(tokens, j, any_noun=True) is not None:
        votes["people"] += 2
    if "places" in votes and tokens[j].text == "," and j + 1 < len(tokens) and tokens[j + 1].cap:
        votes["places"] += 1


def _is_small_word(token: Token) -> bool:
    """Neither a mark nor a degree: no apposition can follow."""
    return token.word and not token.cap


def _is_said_to_be_body(tokens: Sequence[Token], j: int) -> bool:
    """ "Kopi Senja adalah perusahaan ...", "Kopi Senja menjadi salah satu klub ..." """
    if tokens[j].low not in ("adalah", "merupakan", "ialah", "menjadi"):
        return False
    at = j + 1
    while at < len(tokens) and tokens[at].low in ("sebuah", "suatu", "salah", "satu", "satu-satunya"):
        at += 1
    return at < len(tokens) and not tokens[at].cap and tokens[at].low in words("organization_nouns")


def _is_firm_behind_bracket(tokens: Sequence[Token], j: int) -> bool:
    """ "Kirana Energi Services (KES) Pte Ltd": the legal form stands behind the bracket."""
    if j + 3 >= len(tokens) or tokens[j].text != "(" or tokens[j + 2].text != ")":
        return False
    return tokens[j + 3].cap and tokens[j + 3].low in words("legal_forms")


def _is_next_ones(tokens: Sequence[Token], role: tuple[int, int]) -> bool:
    """ "merayakan Hajaba, Bupati Azwar Annas menjelaskan ...": the office has its holder behind it."""
    head, at = tokens[role[0]], role[0] + 1
    if at >= len(tokens) or head.low in words("relations") or not head.cap:
        return False
    return tokens[at].cap and tokens[at].low in listed_words("given_names") and not tokens[at].upper


def _says_between_commas(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "Salah satu warga, Jaya Purnama, mengaku ..." """
    parted = start > 0 and tokens[start - 1].text == tokens[end].text == ","
    return parted and end + 1 < len(tokens) and tokens[end + 1].low in words("person_after")


def decide_kinds(
    tokens: Mapping[Place, Sequence[Token]],
    rows: Sequence[Found],
    settled: Mapping[tuple[str, ...], str],
    witness: Mapping[tuple[str, ...], Counter[str]],
) -> dict[tuple[str, ...], str]:
    """The kind of each plain form of the story; forms without enough evidence are not in it.

    ``settled`` holds the forms that segments already have a kind for: an enumeration passes it on to its neighbours.
    ``witness`` holds the tagger's votes of each form.
    """
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.segment.kind == "plain" and row.form not in settled:
            for kind, weight in weigh(tokens[row.place], row.segment).items():
                # A sign repeated is no new sign: the strongest occurrence counts.
                ballot = votes[row.form]
                ballot[kind] = max(ballot[kind], weight) if kind in ballot else weight
    for form, ballot in votes.items():
        if "places" in ballot and ballot["organizations"] >= SETTLED:
            ballot["places"] -= 2  # "harga di Toko X": one is at a body as well as in a town
        _doubt_people(form, ballot, witness.get(form, Counter()))
    unreasoned = {form for form in witness if max(votes[form].values(), default=0) <= 0}
    for form, ballot in witness.items():
        votes[form].update(ballot)
    kinds = {form: winner for form, ballot in votes.items() if (winner := _winner(ballot)) is not None}
    kinds.update({form: "people" for form in votes if form not in kinds and _is_unknown_full_name(form, votes[form])})
    firm = {form: kind for form, kind in kinds.items() if form not in unreasoned}
    kinds.update(_spread(tokens, rows, {**settled, **firm}, votes))
    kinds.update(_spread_people(tokens, rows, {**settled, **kinds}, votes))
    return kinds


def _doubt_people(form: tuple[str, ...], ballot: Counter[str], witness: Counter[str]) -> None:
    """A role or a verb beside a form may belong to an office or a body as well: without the tagger's word it weighs less, and
    hardly anything where the form is all in capitals, as acronyms are and people's names in running text are not. Several
    words of which none is a word of offices are most likely a name."""
    if len(form) > 1 and words("english_words").issuperset(form):
        del witness["people"]  # "Urban Quarter": of English words alone firms are named, not people
    if not witness["people"] and (len(form) == 1 or not is_name_like(form)):
        ballot["people"] -= 3 if len(form) == 1 and form[0].isupper() else 2


def _is_unknown_full_name(form: tuple[str, ...], ballot: Counter[str]) -> bool:
    """Several words that neither running text nor English has, and that nothing but the tagger takes for anything: of a
    foreign full name it is seldom surer."""
    if len(form) < 2 or ballot["people"] != SETTLED - 1 or any(n > 0 for kind, n in ballot.items() if kind != "people"):
        return False
    ordinary, english = read_tables().clusters, any_words("english_words", "faiths")
    return is_name_like(form) and not any(w in ordinary or w in english or w.removesuffix("s") in english for w in form)


def is_name_like(form: tuple[str, ...]) -> bool:
    """No word of it is common, or one of those that offices and bodies are called by."""
    other, common = any_words("role_words", "organization_heads", "place_heads"), listed_words("common_words")
    called = listed_words("given_names")
    rest = form[:-1] if len(form) > 1 and form[-1] in listed_words("family_names") else form
    return all(w.isalpha() and ((w not in other and w not in common) or w in called) for w in rest)


def _winner(ballot: Counter[str]) -> str | None:
    ranked = sorted(ballot.items(), key=lambda v: (-v[1], v[0]))
    if not ranked or ranked[0][1] < SETTLED or (len(ranked) > 1 and ranked[1][1] >= ranked[0][1]):
        return None
    return ranked[0][0]


def _spread(
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
                and votes[open_row.form][kind] >= (-2 if _is_paired(tokens, row) else 2 if kind == "people" else 0)
            ):
                gained[open_row.form] = kind
    return gained


def _is_paired(tokens: Mapping[Place, Sequence[Token]], row: Found) -> bool:
    """ "Hafiz / Gloria": how two who play together are written."""
    return row.segment.start > 0 and tokens[row.place][row.segment.start - 1].text == "/" and is_name_like(row.form)


def _spread_people(
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
        if full < FEWEST_LISTED or sure.count("people") < len(sure):
            continue
        for row in (rows[n] for n in members):
            ballot = votes.get(row.form, Counter())
            open_form = row.segment.kind == "plain" and row.form not in kinds and is_name_like(row.form)
            if open_form and ballot["people"] >= 0 and max(ballot.values(), default=0) < SETTLED:
                gained[row.form] = "people"
    return gained


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
    if j > 0 and (tokens[j - 1].low in words("list_joins") or tokens[j - 1].text == "/"):
        j -= 1
        # A comma alone may as well part two clauses; before "dan" it goes on with a list.
        if j > 0 and tokens[j - 1].text in (",", ";"):
            j -= 1
    return j if 0 < j < i else None


def known_kind(known: Known | None) -> str | None:
    """The kind an authority gives, if any."""
    return known.kind if known else None
