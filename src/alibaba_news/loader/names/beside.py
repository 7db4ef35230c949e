"""One occurrence of a plain run -> votes on its kind by its own words and by those that stand beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from alibaba_news.loader.names.attributes import is_called, is_running, may_be_called
from alibaba_news.loader.names.deeds import is_deed_of_one
from alibaba_news.loader.names.headed import is_abbreviated_title, is_adjacent
from alibaba_news.loader.names.holders import LONGEST_HOLDER, holds_office, is_lone_stranger, weigh_behind_owner
from alibaba_news.loader.names.lexicon import any_words, last_names, listed_words, words
from alibaba_news.loader.names.role_words import POINTING, is_head, is_plain_noun, is_verb
from alibaba_news.loader.names.roles import role_after, role_before
from alibaba_news.loader.names.roles_after import names_body_as
from alibaba_news.loader.names.runs import Segment
from alibaba_news.loader.names.shapes import SETTLED, weigh_shape
from alibaba_news.loader.names.things_beside import weigh_things
from alibaba_news.loader.names.tokens import Token

_VERBAL = ("me", "ber", "di", "ter")
LONGEST_KIND = 5  # tokens of what is said of a body before "bernama"


def weigh(tokens: Sequence[Token], segment: Segment) -> Counter[str]:
    """Votes for people, organizations, places and products from one occurrence."""
    votes: Counter[str] = Counter()
    weigh_shape(tokens[segment.start : segment.end], votes)
    _weigh_before(tokens, segment, votes)
    _weigh_after(tokens, segment, votes)
    if _is_apposed_to_role(tokens, segment):
        votes["people"] += SETTLED + 2
    if segment.end - segment.start == 1 and is_deed_of_one(tokens, segment.start):
        votes["people"] += SETTLED + 2
        votes["places"] -= SETTLED  # "kalah dari Bona"
    return votes


def _weigh_before(tokens: Sequence[Token], segment: Segment, votes: Counter[str]) -> None:
    i = segment.start
    if not i:
        return
    before = tokens[i - 2 if is_abbreviated_title(tokens, i - 1) and not tokens[i].upper else i - 1]  # "H. Sahdan"
    given = tokens[i].low in listed_words("given_names")
    if before.text == "@":
        votes["organizations"] -= 2 * SETTLED  # an account of whomever
    if before.low in words("honorifics") and before.cap:
        # Only people are addressed so, but a father may be one of a thing ("Bapak Koperasi Indonesia").
        of_things = before.low in words("rulers_of_things") and is_running(tokens[i].low) and not may_be_called(tokens[i].low)
        votes["people"] += 0 if of_things else SETTLED + 2
        if before.low in words("rulers") and segment.end - i == 1 and not may_be_called(tokens[i].low):
            votes["people"] -= SETTLED  # "Raja Pagaruyung": a ruler is told by the realm
    elif before.low in words("area_offices") and before.cap and holds_office(tokens, segment):
        votes["people"] += SETTLED + 2  # the authorities know the areas that have one
    elif before.low in words("role_nouns"):
        open_owner = before.low in words("owned_titles") and not given and segment.end - i == 1
        votes["people"] += 1 if open_owner else SETTLED if before.cap else 2
    elif role_before(tokens, i, loose=given and segment.end - i > 1) is not None:
        votes["people"] += SETTLED
    if owned := weigh_behind_owner(tokens, segment):  # to add nothing would count as a sign
        votes["people"] += owned
    if before.low in words("heads_of_states") and before.cap and is_lone_stranger(tokens, segment):
        votes["people"] += 2  # "Presiden Ravalo": a country would be known
    if _is_split_off(tokens, segment, before) or (
        before.low in words("role_nouns") and _is_followed_by_holder(tokens, segment)
    ):
        votes["people"] -= 2 * SETTLED
    if before.low in words("band_roles") and not before.cap and _is_followed_by_member(tokens, segment):
        votes["people"] -= 2 * SETTLED
        votes["organizations"] += SETTLED
    _weigh_word_before(tokens, i, votes)
    _weigh_relation_before(tokens, segment, votes)


def _is_in_office(tokens: Sequence[Token], i: int) -> bool:
    """ "sopir bus Hadi": what somebody drives or owns goes on with what he is."""
    before = tokens[i - 1]
    return i > 0 and (before.low in any_words("role_nouns", "role_words", "kin_before") or is_head(before, loose=True))


def _is_envoy(tokens: Sequence[Token], i: int) -> bool:
    """ "Duta Besar Jepang untuk Indonesia Masaki ...": behind the country that an envoy goes to stands who goes."""
    if not tokens[i - 1].cap or tokens[i].upper:
        return False
    return any(t.low in words("envoys") and t.cap for t in tokens[max(0, i - 2 - LONGEST_HOLDER) : i - 2])


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


def _is_split_off(tokens: Sequence[Token], segment: Segment, before: Token) -> bool:
    """ "Kepala Riset Koneksi Kapital Alfred Nainggolan": behind an office, what it is of ends at a first name."""
    at = segment.end
    if not before.cap or not is_adjacent(tokens, at) or not tokens[at].cap or tokens[at].upper:
        return False
    return before.low in any_words("role_nouns", "role_words") and may_be_called(tokens[at].low)


def _is_followed_by_member(tokens: Sequence[Token], segment: Segment) -> bool:
    """ "vokalis Kotak Senja, Ratna, ...": the name behind the comma is who sings, the one before it the band's."""
    at = segment.end
    return at + 1 < len(tokens) and tokens[at].text == "," and tokens[at + 1].cap and not tokens[at + 1].upper


def _weigh_relation_before(tokens: Sequence[Token], segment: Segment, votes: Counter[str]) -> None:
    """Whose somebody is, what somebody did, or that it is a people or a kind of place."""
    i = segment.start
    low = tokens[i - 1].low
    kin = i - 2 if low == "," and i > 1 else i - 1
    if tokens[kin].low in words("kin_before") and (kin == i - 1 or _is_apposed(tokens, i)):
        votes["people"] += SETTLED + 2
    if low in words("lone_before") and is_lone_stranger(tokens, segment):
        votes["people"] += 1
    # "orang Batak", "orang Samaria": a people; "sungai Catur": a river; "gajah Domang": an animal
    if i > 1 and tokens[i - 2].low == "untuk" and _is_envoy(tokens, i):
        votes["people"] += 2 * SETTLED + 1
    if low in words("bearers_of_names") and not _is_in_office(tokens, i - 1):
        votes["people"] -= 2 * SETTLED  # "marga Sinaga", "bus Sugeng Rahayu"
    if low == "orang" or (low in any_words("small_place_heads", "animals") and not tokens[i - 1].cap):
        votes["people"] -= 2 * SETTLED


def _weigh_word_before(tokens: Sequence[Token], i: int, votes: Counter[str]) -> None:
    low = tokens[i - 1].low
    if low in words("nicknamed") or (low == "nama" and i > 1 and tokens[i - 2].low == "atas"):
        _weigh_naming(tokens, i, votes)
    elif low == "kepada" and _is_told_medium(tokens, i):
        votes["organizations"] += SETTLED
    elif low in words("person_before"):
        votes["people"] += 1 if low in ("oleh", "kepada", "bersama") else SETTLED + 2 if _is_spoken_by(tokens, i) else 2
    if _is_behind_label(tokens, i):
        votes["places"] += SETTLED
    elif is_giver(tokens, i):
        votes["people"] += 1
        votes["places"] -= SETTLED
    elif low in words("place_prepositions") and tokens[i].low.endswith("nya") and not may_be_called(tokens[i].low):
        votes["places"] -= SETTLED  # "di Konsernya"
    elif low in words("place_prepositions") and not (low == "dari" and i > 1 and _tells_no_origin(tokens[i - 2])):
        votes["places"] += 2
    if low in words("product_nouns"):
        votes["products"] += SETTLED
    _weigh_body_before(tokens, i, votes)
    for back in range(1, 4):
        if i - back < 0 or not tokens[i - back].word or (tokens[i - back].cap and not tokens[i - back].first):
            break
        if tokens[i - back].low in words("organization_nouns") and tokens[i - back].low not in words("role_nouns"):
            votes["organizations"] += SETTLED
            break


def _is_behind_label(tokens: Sequence[Token], i: int) -> bool:
    """ "kota Tirta", "negara bagian Tirta", and not "Menteri Desa Budi" """
    label, before = tokens[i - 1].low, tokens[i - 2].low if i > 1 else ""
    state = label == "bagian" and before == "negara"
    return state or (label in words("place_labels") and before not in ("menteri", "wamen"))


def _tells_no_origin(before: Token) -> bool:
    """ "terdiri dari", "dikutip dari" """
    return before.low == "terdiri" or before.low in words("sources")


def _is_told_medium(tokens: Sequence[Token], i: int) -> bool:
    """ "kata Hadi kepada Suaranegeri": whom somebody tells it, and nobody is called so, is a medium."""
    token = tokens[i]
    if may_be_called(token.low) or token.low in last_names() or is_running(token.low):
        return False
    alone = i + 1 >= len(tokens) or not (tokens[i + 1].cap or tokens[i + 1].low == "dalam")  # "kepada Bona dalam debat itu"
    said = any(t.low in any_words("quoting", "sayings") for t in tokens[max(0, i - 2 - LONGEST_HOLDER) : i - 1])
    return alone and said


def is_giver(tokens: Sequence[Token], i: int) -> bool:
    """ "umpan dari Bona": who gave it stands at token ``i``, not where it is from."""
    return i > 1 and tokens[i - 1].low == "dari" and tokens[i - 2].low in words("given_things")


def _weigh_body_before(tokens: Sequence[Token], i: int, votes: Counter[str]) -> None:
    """ "melansir X", "dikutip dari X", "pihak X"."""
    low = tokens[i - 1].low
    if low in words("media_verbs") and not may_be_called(tokens[i].low):
        votes["organizations"] += SETTLED
        votes["people"] -= 2
    elif low in words("sources") or (low == "dari" and i > 1 and tokens[i - 2].low in words("sources")):
        votes["organizations"] += 2  # what one writes after is a medium, seldom somebody
        if low == "dari" and not may_be_called(tokens[i].low):
            votes["organizations"] += 1
            votes["places"] -= SETTLED
    elif i > 1 and tokens[i - 2].low in words("brand_nouns") and is_plain_noun(tokens[i - 1]):  # "merek sepatu Kora Vantel"
        votes["organizations"] += 2
        votes["people"] -= SETTLED
    elif low in words("organization_before") and (tokens[i - 1].first or not tokens[i - 1].cap):
        votes["organizations"] += 2
        if low in words("bodies_before") and not (low == "saham" and may_be_called(tokens[i].low)):
            votes["organizations"] += SETTLED
            votes["people"] -= SETTLED


def _weigh_naming(tokens: Sequence[Token], i: int, votes: Counter[str]) -> None:
    """ "bernama", "disapa": somebody is called so, unless a thing, a body or an animal is."""
    named = tokens[i - 1].low == "bernama"
    if named and _is_kind_before(tokens, i - 1, "animals"):
        votes["people"] -= 4 * SETTLED  # "gajah jantan bernama Domang"
    elif named and _is_kind_before(tokens, i - 1, "organization_nouns"):
        votes["people"] -= SETTLED
        votes["organizations"] += SETTLED
    votes["people"] += 1 if named and _names_thing(tokens, i - 1) else SETTLED + 2


def _is_apposed(tokens: Sequence[Token], i: int) -> bool:
    """The capitals at token ``i`` end with a comma or the sentence ("kliennya, Hadi, ..."): no new clause opens there."""
    end = i
    while end < len(tokens) and tokens[end].cap:
        end += 1
    return end == len(tokens) or not tokens[end].word


def _is_kind_before(tokens: Sequence[Token], i: int, kind: str) -> bool:
    """ "grup musik baru bernama Kotak Senja": a noun of a list is called so; neither a person nor a verb stands between."""
    for at in range(i - 1, max(-1, i - 1 - LONGEST_KIND), -1):
        low = tokens[at].low
        if low in words(kind):
            return True
        verb = is_verb(low) and low.startswith(_VERBAL)  # "baru" and "lagi" end a role, but no such words
        if verb or not tokens[at].word or low in any_words("role_nouns", "human_nouns", "kin_before"):
            return False
    return False


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
    if tokens[j].low in words("media_after"):
        votes["organizations"] += 1
    if tokens[j].low == "menit":  # "Bagas menit ke-40": who scored
        votes["people"] += 2
    if tokens[j].low in words("lone_after") and is_lone_stranger(tokens, segment):
        votes["people"] += 1
    _weigh_bracket_after(tokens, j, votes)
    weigh_things(tokens, segment, votes)
    if tokens[j].low == "selaku" and names_body_as(tokens, j):
        whole = not (segment.start and tokens[segment.start - 1].cap)  # else half of its name was cut off
        votes["organizations"] += SETTLED + 2 if whole else 0
        votes["people"] -= SETTLED
    role = role_after(tokens, j)
    if role is not None and not _is_next_ones(tokens, role):
        votes["people"] += SETTLED + 2
    elif role is None and not _is_small_word(tokens[j]) and role_after(tokens, j, any_noun=True) is not None:
        votes["people"] += 2
    if "places" in votes and tokens[j].text == "," and j + 1 < len(tokens) and tokens[j + 1].cap:
        votes["places"] += 1


def _weigh_bracket_after(tokens: Sequence[Token], j: int, votes: Counter[str]) -> None:
    """An age, what somebody plays, or how somebody is called, behind a bracket or a comma."""
    inner = tokens[j + 1] if j + 1 < len(tokens) else None
    if inner is None:
        return
    if tokens[j].text == "," and inner.low in words("calling_nouns"):
        votes["people"] += SETTLED  # "Niko, sapaan akrabnya"
    if tokens[j].text == "(" and inner.low in words("band_parts"):
        votes["people"] += SETTLED + 2
    age = j + 2 < len(tokens) and tokens[j].text == "(" and inner.text.isdigit()
    age = age and (tokens[j + 2].text == ")" or tokens[j + 2].low in ("tahun", "thn", "th"))
    if age and len(inner.text) <= 2:  # "Budi (25)": an age
        votes["people"] += SETTLED + 2


def _is_small_word(token: Token) -> bool:
    """Neither a mark nor a degree: no apposition can follow."""
    return token.word and not token.cap


def _is_next_ones(tokens: Sequence[Token], role: tuple[int, int]) -> bool:
    """ "merayakan Hajaba, Bupati Azwar Annas menjelaskan ...": the office has its holder behind it."""
    head, at = tokens[role[0]], role[0] + 1
    if at >= len(tokens) or head.low in words("relations") or not head.cap:
        return False
    return tokens[at].cap and tokens[at].low in listed_words("given_names") and not tokens[at].upper


def _is_apposed_to_role(tokens: Sequence[Token], segment: Segment) -> bool:
    """ "Penyerang asal Swedia itu, Gyorvik, mencetak dua gol": whoever is pointed at by what he is has his name behind it."""
    i, j = segment.start, segment.end
    pointed = i > 2 and tokens[i - 1].text == "," and tokens[i - 2].low in POINTING
    if not pointed or j >= len(tokens) or tokens[j].text != "," or tokens[i].upper:
        return False
    return any(is_head(token) for token in tokens[max(0, i - 2 - LONGEST_HOLDER) : i - 2])


def _says_between_commas(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "Salah satu warga, Jaya Purnama, mengaku ..." """
    parted = start > 0 and tokens[start - 1].text == tokens[end].text == ","
    return parted and end + 1 < len(tokens) and tokens[end + 1].low in words("person_after")
