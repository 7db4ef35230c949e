"""Tokens -> segments: runs of capitals cut where one name ends and the next begins, each with the kind its words show.

A run is read from left to right. What an authority knows, or what a head ("Universitas ...", "Hotel ...") or tail
("... University") says, settles a kind; what is left is a plain run whose kind the whole story decides later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from alibaba_news.loader.names.areas import area_behind_office, is_held_area, is_of_money
from alibaba_news.loader.names.attributes import is_called, may_be_called
from alibaba_news.loader.names.headed import (
    LONGEST_NAME,
    find_headed_end,
    is_adjacent,
    is_branch,
    is_initial,
    is_label,
    is_named_shortly,
    is_short_label,
    known_company,
    match_known,
    starts_person,
)
from alibaba_news.loader.names.lexicon import Known, Lexicon, any_words, listed_words, words
from alibaba_news.loader.names.role_words import full_rank_at
from alibaba_news.loader.names.runs import Segment, find_run_end, is_place_before
from alibaba_news.loader.names.tailed import read_known_or_tailed
from alibaba_news.loader.names.titles import (
    character_at,
    heads_school,
    is_degree,
    is_occasion,
    is_persons_initials,
    is_service,
    is_ship,
    is_two_word_title,
    opens_behind,
    opens_full_name,
    opens_name_by_rank,
)
from alibaba_news.loader.names.tokens import Token

# Nouns of circumstance (Pendidikan, Keuangan, Perekonomian) name fields of office, not people: KBBI's ke-an, pe-an, per-an.
_FIELD_NOUN = re.compile(r"^(?:ke|pe[mnr]?|peng)[a-z]{3,}an$")


def find_segments(tokens: Sequence[Token], lexicon: Lexicon) -> list[Segment]:
    """Every segment of one paragraph, in order, none overlapping."""
    found: list[Segment] = []
    free = 0  # behind the segment found last
    for i, token in enumerate(tokens):
        if token.cap and i >= free:
            segment = _read_segment(tokens, i, lexicon)
            found.append(segment)
            free = segment.end
    return found


def _read_segment(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> Segment:
    run_end = find_run_end(tokens, i)
    if i and tokens[i - 1].text == "(" and run_end - i > 1 and tokens[run_end - 1].low in words("organization_tails"):
        return Segment(i, run_end, "organizations")  # a whole bracket is one name: "HPB (Hasta Pratama Community)"
    if i and tokens[i - 1].low == "bernama" and run_end < len(tokens) and tokens[run_end].text == ")":
        return Segment(i, run_end, "renamed")  # "(sebelumnya bernama X Y)": one name, whatever its parts are elsewhere
    if run_end == i + 1 and tokens[i].upper and is_persons_initials(tokens, i):
        return Segment(i, run_end, "other")  # nobody is called so, and of "AS" the story may speak as a country elsewhere
    said = _end_of_said(tokens, i, run_end)
    if said:
        return Segment(i, said, "other")
    figure = character_at(tokens, i, run_end)
    if figure:
        return Segment(i, i + figure, "character")
    if _is_common_acronym(tokens, i, run_end):
        return Segment(i, i + 1, "other")
    known = match_known(tokens, i, lexicon)
    if known is not None and (other := _behind_known(tokens, i, run_end, known)):
        return Segment(i, other, "other")
    ranked = tokens[i].low in words("ranks")  # "Kapolres Melati Kota AKBP Hadi"
    if _is_behind_label(tokens, i) and not (is_label(tokens, i) or ranked or _is_holder(tokens, i)):
        return _read_labelled(tokens, i, run_end, known, lexicon)
    area = area_behind_office(tokens, i, lexicon)
    if area and (known is None or known.kind != "people"):
        return Segment(i, i + area, "places", known if known is not None and known.size == area else None)
    for read in (_read_airline, _read_headed, read_known_or_tailed, _read_office, _read_other):
        segment = read(tokens, i, run_end, known, lexicon)
        if segment is not None:
            return segment
    return _read_plain(tokens, i, run_end, lexicon)


def _is_common_acronym(tokens: Sequence[Token], i: int, run_end: int) -> bool:
    """ "BUMD", and "SMK" alone; in "SMK Bina Karya" it opens a name."""
    opens = run_end > i + 1 and tokens[i].low in words("organization_heads")
    return tokens[i].upper and tokens[i].low in words("other_acronyms") and not opens


def _end_of_said(tokens: Sequence[Token], i: int, run_end: int) -> int:
    """Where what is said of somebody ends (a degree, the force behind a rank), or the name of a ship, or 0."""
    if is_degree(tokens, i) or (tokens[i].upper and is_service(tokens, i)):
        return i + 1
    return run_end if tokens[i].upper and is_ship(tokens, i) else 0


def _behind_known(tokens: Sequence[Token], i: int, run_end: int, known: Known) -> int:
    """Where what a known name opens ends that is no entity ("Martin Luther King Day", "BI Rate", "AS" behind "dolar"), or 0."""
    behind = i + known.size
    if known.kind in ("people", "organizations") and run_end > behind and is_occasion(tokens[i:run_end]):
        return run_end
    if known.kind == "organizations" and run_end == behind + 1 and tokens[behind].low in words("gauges"):
        return run_end
    return i + known.size if known.kind == "places" and is_of_money(tokens, i) else 0


def _read_headed(tokens: Sequence[Token], i: int, run_end: int, known: Known | None, lexicon: Lexicon) -> Segment | None:
    if run_end == i + 1 and not is_named_shortly(tokens, i):
        return None
    for kind, heads in (("organizations", "organization_heads"), ("places", "place_heads")):
        if _is_head(tokens, i, kind, heads):
            end = find_headed_end(
                tokens, i, lexicon, joining=tokens[i].low in words("joining_heads"), places_end=kind == "places"
            )
            if end == i + 1 and is_initial(tokens, end + 1):
                return Segment(i, end, "other")
            if _is_generic(tokens[i:end]):
                return Segment(i, end, "other")
            if _is_army_of_state(tokens, i, end, lexicon):
                return Segment(i, i + 1, "other")
            own = _behind_generic(tokens, i, end)
            if own:
                return Segment(i, own, "other")
            owned = known_company(tokens, i, end, lexicon)
            if owned is not None:
                return Segment(i, max(end, i + owned.size), owned.kind, owned)
            if known is not None:
                stop = i + known.size
                same = known.kind == kind or (known.kind == "organizations" and not is_place_before(tokens, i))
                vouched = known.size > 1 and same and not is_branch(tokens, stop, end, lexicon)
                if stop >= end or vouched:
                    return Segment(i, stop, known.kind, known)
            return Segment(i, end, kind)
    return None


def _read_airline(tokens: Sequence[Token], i: int, run_end: int, _known: Known | None, lexicon: Lexicon) -> Segment | None:
    """ "Air Mauritania": airlines are called after countries and towns in this way, nothing else within a sentence."""
    if tokens[i].low != "air" or tokens[i].first or run_end < i + 2:
        return None
    place = match_known(tokens, i + 1, lexicon)
    behind = i + 1 + place.size if place is not None and place.kind == "places" else 0
    return Segment(i, behind, "organizations") if behind == run_end else None


def _is_generic(span: Sequence[Token]) -> bool:
    """Nothing but words for a kind of body: "Pondok Pesantren", "Badan Usaha Milik Daerah", "Grup C"."""
    letter = len(span[-1].text) == 1 and span[-1].cap and span[0].low in ("grup", "komite", "kelompok")
    drawn = span[0].low == "grup" and len(span) > 1 and len(span[1].text) == 1  # "Grup C Kualifikasi Piala Asia"
    return letter or drawn or " ".join(t.low for t in span) in words("generic_bodies")


def _is_army_of_state(tokens: Sequence[Token], i: int, end: int, lexicon: Lexicon) -> bool:
    """ "Tentara Jepang memburu mereka": a common noun, to which only the sentence gives its capital, and whose it is."""
    if tokens[i].low not in words("armies") or not tokens[i].first:
        return False
    state = match_known(tokens, i + 1, lexicon)
    return state is not None and state.kind == "places" and i + 1 + state.size == end


def _behind_generic(tokens: Sequence[Token], i: int, end: int) -> int:
    """ "Majelis Hakim Pengadilan Niaga Solo": where the body begins behind the words for a kind of body, or 0; not where they
    tell which of a party's boards is meant ("Dewan Pimpinan Pusat Partai ...")."""
    for at in range(i + 2, min(end, i + 4)):
        if tokens[at].low in words("board_levels"):
            return 0
        if tokens[at].low in words("organization_heads") and _is_generic(tokens[i:at]):
            return at
    return 0


def _is_head(tokens: Sequence[Token], i: int, kind: str, heads: str) -> bool:
    """An office is where one goes ("di Kantor Gubernur Bali") and who does things ("Kantor Berita Antara")."""
    low = tokens[i].low
    if low == "kantor" and tokens[i + 1].low not in words("offices_that_act"):
        return (kind == "places") == is_place_before(tokens, i)
    if low == "harian" and i and tokens[i - 1].low in ("pelaksana", "ketua"):
        return False  # an office, no newspaper
    return low in words(heads) or (kind == "organizations" and low == "rumah" and tokens[i + 1].low == "sakit")


def _read_labelled(tokens: Sequence[Token], i: int, run_end: int, known: Known | None, lexicon: Lexicon) -> Segment:
    """What a capitalised rank names is an area, whatever its words are elsewhere ("Kelurahan Pasar Baru")."""
    end = i + 1
    while end < run_end and not is_label(tokens, end) and tokens[end].low not in any_words("address_words", "span_openers"):
        if end + 1 == run_end and tokens[end].low in words("lower_areas"):
            break  # "Desa Melati Kecamatan kota Melati"
        hit = match_known(tokens, end, lexicon)
        if (hit and hit.kind == "places") or starts_person(tokens[end]):
            break
        end += 1
    if known is not None and known.kind == "places":
        behind = i + known.size
        if behind >= end or opens_full_name(tokens, behind, run_end) or is_held_area(tokens, i, behind):
            return Segment(i, behind, "places", known)
    return Segment(i, end, "places")


def _is_behind_label(tokens: Sequence[Token], i: int) -> bool:
    """ "Kabupaten Demak", "Kec. Jati" """
    if i > 1 and tokens[i - 1].text == ".":
        return is_short_label(tokens, i - 2)
    return i > 0 and tokens[i - 1].cap and is_label(tokens, i - 1)


def _is_holder(tokens: Sequence[Token], i: int) -> bool:
    """What follows "Wali Kota" is who holds the office, and so is a first name behind "Kepala Desa"."""
    office = tokens[i - 2].low if i > 1 else ""
    return office in ("wali", "ibu") or (office in words("role_nouns") and starts_person(tokens[i]))


def _read_office(tokens: Sequence[Token], i: int, run_end: int, _known: Known | None, lexicon: Lexicon) -> Segment | None:
    low = tokens[i].low
    if rank := full_rank_at(tokens, i):
        return Segment(i, i + rank, "office")  # "Ajun Komisaris Besar Polisi | Hadi"
    behind = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if (low == "ibu" and behind in ("kota", "negara")) or (low == "negara" and behind == "bagian" and tokens[i + 1].cap):
        return Segment(i, i + 2, "other")
    if (low in words("place_labels") and low not in words("role_nouns")) or is_short_label(tokens, i):
        return Segment(i, i + 1, "other")
    if is_two_word_title(tokens, i) or (low == "kepala" and heads_school(tokens, i)):
        return Segment(i, i + 2, "office")
    if len(low) == 1 and low != "h" and is_initial(tokens, i + 1) and is_initial(tokens, i + 3):
        return None  # "R. A. Lestari": of a row of initials none is a title, but a pilgrim's
    if run_end > i + 1 and low in words("honorifics") and i and tokens[i - 1].low in words("quarters"):
        return Segment(i, run_end, "places")  # "kawasan Kapten Tendean": what a street is called, nobody who is met there
    if low in words("honorifics") and not (low in listed_words("given_names") and run_end > i + 1):
        return Segment(i, i + 1, "office")
    if low not in words("role_nouns") or (low in listed_words("given_names") and run_end > i + 1):
        return None
    if run_end > i + 1 and opens_name_by_rank(tokens, i):
        return None
    end = i + 1
    while end < len(tokens) and end - i < 2 * LONGEST_NAME:
        step = 2 if tokens[end].low in ("dan", "&", "sekaligus") and end + 1 < len(tokens) else 1
        at = end + step - 1
        if not (is_adjacent(tokens, end) and is_adjacent(tokens, at) and _office_word(tokens, at, lexicon)):
            break
        end = at + 1
    return Segment(i, end, "office")


def _office_word(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    token = tokens[at]
    if not token.cap or match_known(tokens, at, lexicon) is not None:
        return False
    low = token.low
    return (
        low in words("role_words")
        or low in words("role_nouns")
        or bool(_FIELD_NOUN.match(low) and low not in listed_words("given_names") and not _is_home(tokens, at))
    )


def _is_home(tokens: Sequence[Token], at: int) -> bool:
    """ "Warga Perumahan Griya Asri": where somebody lives, no field of an office ("Menteri Perumahan Rakyat")."""
    return tokens[at].low in words("place_heads") and tokens[at - 1].low in words("empty_roles")


def _read_other(tokens: Sequence[Token], i: int, run_end: int, _known: Known | None, lexicon: Lexicon) -> Segment | None:
    if tokens[i].low in words("prizes_won"):  # "Pemenang Nobel Bona Wardaya"
        return Segment(i, i + 1, "other")
    if tokens[i].low not in words("other_heads"):
        if run_end == i + 1:
            return None
        named = is_occasion(tokens[i:run_end])
        called = f"{tokens[i].low} {tokens[i + 1].low}" in words("forms_of_address")
        return Segment(i, run_end if named else i + 2, "other") if named or called else None
    if i + 1 < run_end and tokens[i].low in listed_words("given_names") and tokens[i + 1].low in listed_words("family_names"):
        return None  # "Hari Effendi"
    end = i + 1 + (tokens[i].low in words("names_of_peoples") and i + 1 < run_end)
    prize = tokens[i].low in words("prizes")  # "Piala Bang Hadi": who it is named after is not met there
    while end < run_end and (prize or (match_known(tokens, end, lexicon) is None and not starts_person(tokens[end]))):
        end += 1
    return Segment(i, end, "other")


def _read_plain(tokens: Sequence[Token], i: int, run_end: int, lexicon: Lexicon) -> Segment:
    end = i + 1
    while end < len(tokens) and end - i < LONGEST_NAME:
        bridge = 1 if tokens[end].low in words("person_connectors") and not tokens[end].cap and tokens[end].low != "di" else 0
        if bridge and is_adjacent(tokens, end + 1) and tokens[end + 1].text in words("name_articles"):
            bridge = 2  # "Ruud van der Meer"
        at = end + bridge
        if is_initial(tokens, end):  # "David E. Sumual"
            end = end + 2
            run_end = max(run_end, find_run_end(tokens, end - 1))
            continue
        if bridge and not (is_adjacent(tokens, end) and is_adjacent(tokens, at) and tokens[at].cap):
            break
        if not bridge and at >= run_end:
            break
        if _breaks_plain(tokens, i, at, lexicon) or _is_behind_brand(tokens, i, at) or _opens_office(tokens, i, at):
            break
        end = at + 1
        run_end = max(run_end, find_run_end(tokens, at))
    return Segment(i, end, "plain")


def _is_behind_brand(tokens: Sequence[Token], i: int, at: int) -> bool:
    """ "Creative Director Urban Quarter Adelaide Chintara": a first name opens behind nothing but English words."""
    low = tokens[at].low
    called = (low in listed_words("given_names") or is_called(low)) and not tokens[at].upper
    english = words("english_words")
    return called and low not in english and at - i > 1 and all(t.low in english for t in tokens[i:at])


def _opens_office(tokens: Sequence[Token], i: int, at: int) -> bool:
    """ "Lalu Presiden Hadi ...": behind a common word that opens the sentence stands an office, no name's middle."""
    head = tokens[i]
    opening = at == i + 1 and head.first and head.low in listed_words("common_words") and not is_called(head.low)
    return opening and head.low not in listed_words("given_names") and tokens[at].low in any_words("role_nouns", "honorifics")


def _breaks_plain(tokens: Sequence[Token], i: int, at: int, lexicon: Lexicon) -> bool:
    if is_label(tokens, at) or tokens[at].low in words("days_and_months") or is_degree(tokens, at) or full_rank_at(tokens, at):
        return True
    office = tokens[at].low in words("offices_behind")
    if office and (may_be_called(tokens[at - 1].low) or (at - i > 1 and may_be_called(tokens[i].low))):
        return True  # "Surya Chandrika Wamen ATR": an office behind a name whose comma was lost
    if tokens[at].low in words("ranks") and opens_behind(tokens, at):
        return True  # "Kapolda Metro Jaya Irjen Gatot": a rank opens a name and stands in none
    if (
        tokens[at].low in any_words("organization_heads", "place_heads", "other_heads")
        and is_adjacent(tokens, at + 1)
        and (tokens[at + 1].cap or tokens[at + 1].text.isdigit())
    ):
        return True
    known = match_known(tokens, at, lexicon)
    if known is None or (known.kind == "people" and known.size == 1):
        return False
    # A town's name may be a family's (Jack London): behind a first name it is, and behind "boru".
    before = tokens[at - 1].low
    return not (known.size == 1 and (may_be_called(before) or before in words("name_bridges")))
