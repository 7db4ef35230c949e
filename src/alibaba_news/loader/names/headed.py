"""Where the name of a body or a place ends that begins with what it is ("Universitas ...", "Masjid ...").

Tokens and a place in, a place out: before a verb, a label, a holder of an office, somebody's or something's own name.
"""

from __future__ import annotations

from collections.abc import Sequence

from alibaba_news.loader.names.attributes import read_tables
from alibaba_news.loader.names.lexicon import Known, Lexicon, any_words, listed_words, words
from alibaba_news.loader.names.role_words import full_rank_at
from alibaba_news.loader.names.tokens import Token

FEWEST_OF_FIRM = 2  # words of a firm's name, the legal form among them, before anybody is named behind it
FULL_NAMES = (2, 3)  # words of the full name of who holds an office
LONGEST_NAME = 8  # words; no name in a newspaper is longer, a longer run is a headline


def find_headed_end(tokens: Sequence[Token], i: int, lexicon: Lexicon, *, joining: bool, places_end: bool) -> int:
    """The token behind the name that begins with the head at ``i``; ``joining`` heads join their fields with "dan", and
    ``places_end`` tells that the head is a place's."""
    end = _find_end(tokens, i, lexicon, joining=joining, places_end=places_end)
    while places_end and _joins_closely(tokens, end):  # "Jalan Soekarno-Hatta", "Tol Bakauheni-Terbanggi Besar"
        end += 2
        part = any_words("place_adjectives", "compass_words")
        end += is_adjacent(tokens, end) and tokens[end].cap and tokens[end].low in part
    return end + 2 if _numbers_unit(tokens, i, end) else end


def _numbers_unit(tokens: Sequence[Token], i: int, end: int) -> bool:
    """ "Kodim 0719/Jepara", "Kodam IV/Diponegoro": a unit of the army has a number, and behind a stroke its area or byname."""
    if end != i + 2 or tokens[i].low not in words("army_units") or end + 1 >= len(tokens) or tokens[end].text != "/":
        return False
    number = tokens[i + 1]
    return (number.text.isdigit() or number.low in words("numerals_of_kings") or number.text in "IV") and tokens[end + 1].cap


def _joins_closely(tokens: Sequence[Token], at: int) -> bool:
    """A hyphen with a capital behind it, and no space on either side."""
    if at + 1 >= len(tokens) or tokens[at].text != "-" or not tokens[at + 1].cap:
        return False
    return tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start


def _find_end(tokens: Sequence[Token], i: int, lexicon: Lexicon, *, joining: bool, places_end: bool) -> int:
    end = i + 1
    while end < len(tokens) and end - i < LONGEST_NAME:
        bridge = 1 if joining and tokens[end].low in ("dan", "&") and is_adjacent(tokens, end) else 0
        at = end + bridge
        title = _size_of_title(tokens, i, at, places_end=places_end)
        if title:
            end = at + title
            continue
        english = tokens[end].low in ("of", "for", "and") and is_adjacent(tokens, end) and is_adjacent(tokens, end + 1)
        if english:
            bridge, at = 1, end + 1
        if joining and tokens[end].low in words("field_words") and is_adjacent(tokens, end) and is_adjacent(tokens, end + 1):
            bridge, at = 1, end + 1  # "Kementerian Koordinator bidang Perekonomian"
        if not is_adjacent(tokens, at) or not (tokens[at].cap or (tokens[at].text.isdigit() and not bridge)):
            break
        if at == end and (
            _ends_name(tokens[at])
            or _numbers_rule(tokens, i, at)
            or (_may_have_holder(tokens, i, at) and is_initial(tokens, at + 1))
        ):
            break  # "Kepala Bappeda Kudus M. Hanafi": somebody's initial opens the name of who heads it
        inner = None if places_end or bridge else match_known(tokens, at, lexicon)
        if inner is not None and inner.kind == "organizations" and inner.size > 1:
            end = at + inner.size  # "Badan Pengawas Mahkamah Agung": a body within a body is read whole
            continue
        # A street, an airport or a mosque may bear a person's whole name; nobody is named right behind one.
        named_after = places_end or _bears_name(tokens, i, at, lexicon)
        other = bool(bridge) and not english and _starts_other(tokens, at, lexicon)
        if at > i + 1 and ((not named_after and _opens_person(tokens, at)) or other):
            break
        area = places_end and at > i + 1 and (is_label(tokens, at) or _ends_on_label(tokens, at))
        if (
            area
            or _is_held(tokens, i, at, places_end=places_end)
            or (not (places_end or bridge) and _is_behind_town(tokens, i, at, lexicon))
        ):
            break
        own = tokens[at].low == "indonesia"  # "Kantor Lingkaran Warga Indonesia": it ends a body's name, and tells no place
        if places_end and at > i + 1 and not own and (hit := match_known(tokens, at, lexicon)) and hit.kind == "places":
            # "Masjid Agung Indramayu": nothing but the kind stands before, so the town is the name's own.
            if all(t.low in words("place_adjectives") for t in tokens[i + 1 : at]):
                return at + hit.size
            break
        end = at + 1
    return end


def _numbers_rule(tokens: Sequence[Token], i: int, at: int) -> bool:
    """ "Peraturan KPU Nomor 8", "Surat Edaran BKN No. 5": the number is that of what the body has issued."""
    return i + 1 == at > 1 and tokens[at].low in ("nomor", "no") and tokens[i - 1].cap and tokens[i - 1].low in words("issued")


def _size_of_title(tokens: Sequence[Token], i: int, at: int, *, places_end: bool) -> int:
    """How many tokens a title or an initial with its full stop adds to the name of what bears a person's name ("Rumah Sakit Dr.
    Kariadi", "RSUD dr. M. Yunus", "Jalan S. Parman"), or 0."""
    if at >= len(tokens) or tokens[at].cap:  # neither a full stop nor a title in small letters
        return 0
    saint = tokens[at - 1].low == "st"
    if at > i + 1 and (places_end or saint or tokens[at - 2].text == ".") and is_initial(tokens, at):
        return 2
    named_after = places_end or tokens[i].low in words("heads_named_after_people")
    if named_after and _is_small_title(tokens, at):
        return 3
    return 2 if is_abbreviated_title(tokens, at) else 0


def _is_small_title(tokens: Sequence[Token], at: int) -> bool:
    """ "RSUD dr. Kariadi" """
    return is_adjacent(tokens, at) and is_abbreviated_title(tokens, at + 1)


def _bears_name(tokens: Sequence[Token], i: int, at: int, lexicon: Lexicon) -> bool:
    """A school or a firm may, unless a number or a town names it ("SMPN 2 Cilacap | Dwi Martini", "Universitas Negeri
    Semarang | Hadi Rohman")."""
    if tokens[i].low not in any_words("heads_named_after_people", "legal_forms"):
        return False
    return not any(t.text.isdigit() for t in tokens[i + 1 : at - 1]) and not (at > i + 2 and _is_town(tokens, at - 1, lexicon))


def _ends_on_label(tokens: Sequence[Token], at: int) -> bool:
    """ "Desa Melati Kecamatan kota Tirta", "Desa Melati RT 3": the rank of the next area, or a house, ends the name."""
    named = is_adjacent(tokens, at + 1) and tokens[at + 1].cap
    return tokens[at].low in words("address_stops") or (tokens[at].low in words("lower_areas") and not named)


def _is_town(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """One word that is a known place's name and no first name."""
    hit = match_known(tokens, i, lexicon)
    return hit is not None and hit.kind == "places" and hit.size == 1 and tokens[i].low not in listed_words("given_names")


def _is_behind_town(tokens: Sequence[Token], i: int, at: int, lexicon: Lexicon) -> bool:
    """ "Kepala Disdik Kota Bandung Tantan ...": behind an office, its body and the town of that stands who holds the office."""
    if at - i < FEWEST_OF_FIRM + 1 or not i or not tokens[i - 1].cap or tokens[i - 1].low not in words("role_nouns"):
        return False
    if _ends_long_area(tokens, i, at, lexicon):
        return _is_strange_name(tokens, at)
    if not _is_town(tokens, at - 1, lexicon):
        return False
    if not is_label(tokens, at - 2):
        return _is_strange_name(tokens, at)
    return _may_name_person(tokens[at])


def _ends_long_area(tokens: Sequence[Token], i: int, at: int, lexicon: Lexicon) -> bool:
    """An area of several words ends before token ``at`` ("KPU Nusa Tenggara Timur | Yoreno ...")."""
    for start in range(i + 1, at - 1):
        hit = match_known(tokens, start, lexicon)
        if hit is not None and hit.kind == "places" and start + hit.size == at:
            return True
    return False


def _may_name_person(token: Token) -> bool:
    others = any_words("compass_words", "organization_heads", "place_labels", "role_words", "role_nouns")
    return token.text.isalpha() and not token.upper and token.low not in others


def _is_strange_name(tokens: Sequence[Token], at: int) -> bool:
    """ "Gubernur Bank Sentral Malaysia Zeti Akhtar Aziz": without a rank of areas before the town or the country, two or three
    words that end the run and that running text has not are who holds the office."""
    end = at + 1
    while is_adjacent(tokens, end) and (tokens[end].cap or tokens[end].text.isdigit()):
        end += 1
    rest, ordinary = tokens[at:end], read_tables().clusters
    return len(rest) in FULL_NAMES and all(_may_name_person(t) and t.low not in ordinary for t in rest)


def _may_have_holder(tokens: Sequence[Token], i: int, at: int) -> bool:
    """The head at ``i`` is of a body, and of none that is named after people, unless nothing else would name it."""
    body = tokens[i].low in words("organization_heads") and tokens[at].low != "st"  # "RS St. Carolus"
    return body and (at == i + 1 or tokens[i].low not in words("heads_named_after_people"))


def _ends_name(token: Token) -> bool:
    """The verb of a headline within the text ("Partai X Gelar Lomba"), the article of an English name, or what begins a span
    of time ("APBD Provinsi X Tahun Anggaran 2017")."""
    return token.low in words("headline_verbs") or token.low in words("span_openers") or token.low == "the"


def starts_holder(tokens: Sequence[Token], i: int, at: int) -> bool:
    """ "Direktur PT Jaya Abadi Budi Lubis", "Kepala Biro Humas Kementerian Kesehatan Tarwin": behind the firm or the ministry
    that an office is of stands who holds it."""
    if tokens[i].low in words("national_heads") and i and tokens[i - 1].cap:
        low = tokens[at].low  # no area stands behind a ministry, and its fields are words of running text
        known = low in read_tables().clusters or low in any_words("role_words", "organization_heads", "place_labels")
        return tokens[at].text.isalpha() and not tokens[at].upper and not known
    if tokens[i].low in words("election_bodies"):
        return at == i + 1 and _is_lone_holder(tokens, i, at)
    if tokens[i].low in words("parties"):
        return at > i + 1 and _is_full_holder(tokens, i, at)
    if tokens[i].low not in words("legal_forms") or at - i <= FEWEST_OF_FIRM:
        return False
    before = tokens[i - 1] if i else None
    office = before is not None and (before.low in any_words("role_nouns", "role_words") or (before.cap and before.upper))
    return office and _opens_person(tokens, at) and is_adjacent(tokens, at + 1) and tokens[at + 1].cap


def _is_full_holder(tokens: Sequence[Token], i: int, at: int) -> bool:
    """ "Pemimpin Partai Koalisi Nasional Petteri Orpo": of what a party is called running text has the words; two that it has
    not and that end the name behind an office are who holds it."""
    if not i or not tokens[i - 1].cap or tokens[i - 1].low not in words("role_nouns") or not is_adjacent(tokens, at + 1):
        return False
    last = tokens[at : at + 2]
    if at + 2 < len(tokens) and tokens[at + 2].cap and is_adjacent(tokens, at + 2):
        return False
    return all(t.cap and t.text.isalpha() and not t.upper and t.low not in read_tables().clusters for t in last)


def _is_held(tokens: Sequence[Token], i: int, at: int, *, places_end: bool) -> bool:
    """A holder's title or name, right behind the head itself only where nothing else need follow it ("Ketua Bawaslu Abhan")."""
    if at > i + 2 and not places_end and is_abbreviated_title(tokens, at + 1):
        return True  # "Pengasuh Ponpes Qamar Jaya TGH. Hadi"
    if at > i + 1 and full_rank_at(tokens, at):
        return True  # "Kepala Polresta Melati Komisaris Besar Hadi"
    return starts_holder(tokens, i, at) and (at > i + 1 or tokens[i].low in words("election_bodies"))


def _is_lone_holder(tokens: Sequence[Token], i: int, at: int) -> bool:
    """ "Ketua Bawaslu Abhan mengatakan": one strange word behind an office with its body, and no name behind it, holds the
    office; an area would have its holder there."""
    office = i > 0 and tokens[i - 1].cap and tokens[i - 1].low in words("role_nouns")
    followed = at + 1 < len(tokens) and tokens[at + 1].word and tokens[at + 1].cap
    token = tokens[at]
    strange = token.text.isalpha() and not token.upper and token.low not in read_tables().clusters
    return office and strange and not followed


def is_abbreviated_title(tokens: Sequence[Token], at: int) -> bool:
    """A full stop that shortens a title inside a name, or a street's rank before one, not one that ends a sentence."""
    return (
        0 < at < len(tokens) - 1
        and tokens[at].text == "."
        and tokens[at].start == tokens[at - 1].end
        and tokens[at - 1].low in any_words("honorifics", "short_streets")
        and tokens[at + 1].cap
    )


def is_named_shortly(tokens: Sequence[Token], i: int) -> bool:
    """ "Jl. Diponegoro", "RSUD dr. Kariadi": a street, or a hospital, and nobody who is met there."""
    if tokens[i].low in words("heads_named_after_people"):
        return is_adjacent(tokens, i + 1) and is_abbreviated_title(tokens, i + 2)
    return tokens[i].low in words("short_streets") and is_abbreviated_title(tokens, i + 1)


def is_initial(tokens: Sequence[Token], at: int) -> bool:
    """A full stop behind a single capital, or letters like one, inside a name, the next word of which is one space away."""
    if not 0 < at < len(tokens) - 1 or tokens[at].text != "." or not tokens[at + 1].cap or not tokens[at - 1].cap:
        return False
    close = tokens[at].start == tokens[at - 1].end and tokens[at + 1].start - tokens[at].end <= 1
    return close and is_letters(tokens[at - 1])


def is_letters(token: Token) -> bool:
    """ "S", "A.A" or "Abd": what stands for the first letters of a name, whose last full stop is a token of its own."""
    dotted = token.text[1:2] == "." and token.upper and all(len(part) == 1 for part in token.text.split("."))
    return len(token.text) == 1 or dotted or (token.low in words("short_names") and not token.upper)


def is_label(tokens: Sequence[Token], at: int) -> bool:
    """A capitalised rank of an area that opens the next name of an address: "Kecamatan ... Kabupaten Karimun"."""
    if tokens[at].low in words("short_labels"):
        return is_short_label(tokens, at)
    return tokens[at].low in words("administrative_labels") and is_adjacent(tokens, at + 1) and tokens[at + 1].cap


def is_short_label(tokens: Sequence[Token], at: int) -> bool:
    """ "Kec. Jati", "Kab Kudus": such a rank as an address shortens it, before a name."""
    if tokens[at].low not in words("short_labels") or tokens[at].upper or not tokens[at].cap:
        return False
    dotted = at + 1 < len(tokens) and tokens[at + 1].text == "." and tokens[at + 1].start == tokens[at].end
    named = at + 1 + dotted
    return named < len(tokens) and tokens[named].cap and tokens[named].start - tokens[named - 1].end <= 1


def starts_person(token: Token) -> bool:
    """An honorific, or a first name that is written as one."""
    return token.low in words("honorifics") or (token.low in listed_words("given_names") and not token.upper)


def _opens_person(tokens: Sequence[Token], at: int) -> bool:
    """A person's name begins here, and is not itself the body's ("Universitas Ahmad Dahlan", "Gedung Sutan Raja")."""
    if tokens[at].low in words("honorifics"):
        return is_adjacent(tokens, at + 1) and tokens[at + 1].cap
    if tokens[at].low in words("faiths"):
        return False  # "Partai Uni Kristen", though people are called so
    return starts_person(tokens[at]) and not starts_person(tokens[at - 1])


def _starts_other(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    if tokens[i].upper and tokens[i].low in words("field_acronyms"):
        return False  # "Kementerian Hukum dan HAM"
    return tokens[i].upper or tokens[i].low in words("organization_heads") or match_known(tokens, i, lexicon) is not None


def is_branch(tokens: Sequence[Token], at: int, end: int, lexicon: Lexicon) -> bool:
    """What follows a known body makes it another: a tail, or the town of a branch ("Kamar Dagang dan Industri Solo")."""
    if at >= end:
        return False
    if tokens[at].low in words("body_extensions"):
        return True
    place = match_known(tokens, at, lexicon)
    town = place is not None and place.kind == "places" and tokens[at].low != "indonesia"
    return town or tokens[end - 1].low in words("organization_tails")


def is_adjacent(tokens: Sequence[Token], i: int) -> bool:
    """Token ``i`` follows the one before it with nothing but a space between."""
    return 0 < i < len(tokens) and tokens[i].word and tokens[i - 1].word and tokens[i].start - tokens[i - 1].end == 1


def match_known(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> Known | None:
    """What an authority knows at token ``i``, written as a name: in capitals, but for small words that join them."""
    known = lexicon.match(tokens, i)
    if known is None or not all(
        t.cap or not t.word or t.low in words("connectors") or t.text.isdigit() or (t.low == "di" and known.size > 2)
        for t in tokens[i : i + known.size]
    ):
        return None
    return known


def known_company(tokens: Sequence[Token], i: int, end: int, lexicon: Lexicon) -> Known | None:
    """ "PT Garuda Indonesia (Persero) Tbk" is the Garuda that is known: nothing but legal forms stands around its name."""
    at = i
    while at < end and tokens[at].low in words("legal_forms"):
        at += 1
    known = match_known(tokens, at, lexicon) if at < end else None
    if known is None or known.kind != "organizations":
        return None
    rest = tokens[at + known.size : end]
    return known if all(t.low in words("legal_forms") or t.low in ("republik", "ri", "indonesia") for t in rest) else None
