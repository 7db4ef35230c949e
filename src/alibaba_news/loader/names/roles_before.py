"""The role that ends where a name begins: "Menteri Keuangan Sri Mulyani", "Kapolsek Melati, AKP Budi", "istri Budi, Sinta"."""

from __future__ import annotations

from collections.abc import Sequence

from alibaba_news.loader.names.lexicon import listed_words, words
from alibaba_news.loader.names.role_words import (
    CLOSING_MARKS,
    LONGEST_ROLE,
    POINTING,
    Span,
    ends_abbreviation,
    in_clause,
    is_head,
    is_inside,
    is_plain_noun,
    is_speech,
    is_title,
    is_verb,
    open_bracket,
    open_title,
    role_list,
    size_of_full_rank,
)
from alibaba_news.loader.names.tokens import Token

LONGEST_FINDING = 8  # words of "orang yang pertama kali menemukan jasad"
MOST_PLAIN_NOUNS = 3  # lower-case words that no list knows, between a head and the name


def role_before(tokens: Sequence[Token], i: int, taken: frozenset[int] = frozenset(), *, loose: bool = False) -> Span | None:
    """The role that ends where the name at token ``i`` begins, a comma, brackets or ranks allowed between; token span or None.

    ``taken`` holds tokens that belong to other people's names, which a role never runs over. ``loose``: the name is known
    to be a person's, so that weaker signs count too.
    """
    held = _seat_before(tokens, i, taken)
    if held is not None:
        return held
    end, apart = _end_of_role(tokens, i)
    # "Presiden dan Ibu Iriana": the role before "dan" is somebody else's
    if end <= 0 or tokens[end - 1].low in words("role_bridges"):
        return None
    if loose and apart and end - 1 in taken:
        return _role_by_relation(tokens, end, taken)
    start = _find_head(tokens, end, taken, loose=loose, apart=apart, closed=apart and _is_closed(tokens, i))
    if start is None or (apart and _closes_clause(tokens, start, i)):
        return None
    if _stands_for_other(tokens, start, end, apart=apart) or _names_act(tokens, start):
        return None
    if apart and _is_of_found(tokens, start, end):
        return None
    if not apart and tokens[end - 1].low in role_list("occasions"):
        return None  # "saksi dalam sidang Budi"
    if tokens[start].low == "orang" and start + 1 < end and is_head(tokens[start + 1]):
        start += 1  # "tiga orang anggota komisi, A, B dan C"
    if start + 1 < end and tokens[start].low == "pemilik" and tokens[start + 1].low == "nama":
        return None  # "pemilik nama asli Budi" is a name, no office
    if not loose and not apart and end - start == 1 and tokens[start].low not in words("role_nouns"):
        return None  # "pengurus X", "Kapolsek X" alone: X may as well be a body or a town
    start = _with_words_before(tokens, start)
    return (start, end) if start < end else None


def _seat_before(tokens: Sequence[Token], i: int, taken: frozenset[int]) -> Span | None:
    """ "Jabatan direktur utama kini dipegang (oleh) NAME": the office stands between the word for a seat and the verb."""
    end = i - 2 if i > 1 and tokens[i - 1].low == "oleh" else i - 1
    if end < 2 or tokens[end].low not in role_list("held_by"):
        return None
    while end > 1 and tokens[end - 1].low in role_list("fillers"):
        end -= 1
    for start in range(end - 1, max(0, end - LONGEST_ROLE), -1):
        if not tokens[start].word or start in taken:
            return None
        if tokens[start - 1].low in role_list("seats"):
            return (start, end) if is_head(tokens[start]) or tokens[start].low in role_list("prefixes") else None
    return None


def _stands_for_other(tokens: Sequence[Token], start: int, end: int, *, apart: bool) -> bool:
    """ "istri Budi", "kuasa hukum Budi", "pelaku penganiayaan Budi" are not Budi; a lone "korban, Budi" may open a clause."""
    at = start
    while at < end - 1 and tokens[at].low in role_list("prefixes"):
        at += 1
    head = tokens[at].low
    if apart:
        behind = tokens[at + 1]
        if head in role_list("accused") and end - at > 1 and behind.cap and not (behind.upper or is_head(behind)):
            return True  # "terdakwa Budi Santoso, Rina Hartati, dan ...": the one who is called so has a name already
        one = start > 0 and tokens[start - 1].low in ("seorang", "satu")
        return head in words("empty_roles") and end - start == 1 and tokens[end].text == "," and not one
    if head in role_list("kin") or (head in role_list("doers") and end - at > 1):
        return True
    return head in role_list("servants") and not any(t.cap or is_head(t) for t in tokens[at + 1 : end])


def _is_of_found(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "Orang yang menemukan korban bernama Budi": who found him is called so, not who was found."""
    near = range(max(1, start - LONGEST_FINDING), start)
    found = any(tokens[k].low == "yang" and tokens[k - 1].low in role_list("anybody") for k in near)
    return found and tokens[end].low in role_list("namings") and any(is_verb(t.low) for t in tokens[near.start : start])


def _names_act(tokens: Sequence[Token], start: int) -> bool:
    """ "Peraturan Menteri Perdagangan" is a law; "keputusan Presiden" is his decision."""
    return start > 0 and tokens[start - 1].cap and tokens[start - 1].low in role_list("acts")


def _end_of_role(tokens: Sequence[Token], i: int) -> tuple[int, bool]:
    """Where a role before the name would end, and whether a comma or "bernama" stands between."""
    k, apart = i, False
    while k > 0:
        if k > 1 and tokens[k - 1].text == "." and is_title(tokens[k - 2]):
            k -= 2
        elif is_title(tokens[k - 1]):
            k -= 1
        elif size := size_of_full_rank(tokens, k):
            k -= size
        else:
            break
    if k > 1 and tokens[k - 1].low in role_list("namings"):
        k, apart = k - 1, True
        if k > 1 and tokens[k - 1].low in POINTING:  # "Siswi kelas 5 itu bernama Budi"
            k -= 1
    if k > 0 and tokens[k - 1].text == ",":
        k, apart = k - 1, True
        if k > 1 and tokens[k - 1].low in POINTING and tokens[k - 2].low not in role_list("times"):
            k -= 1  # "Ketua yayasan itu, Budi, ..."
    return k, apart


def _find_head(
    tokens: Sequence[Token], end: int, taken: frozenset[int], *, loose: bool, apart: bool, closed: bool
) -> int | None:
    best, j, spare = None, end - 1, MOST_PLAIN_NOUNS if loose else 0
    while j >= 0 and end - j <= LONGEST_ROLE and j not in taken:
        token = tokens[j]
        if token.text == ")":
            opened = open_bracket(tokens, j)
            if opened is None:
                break
            j = opened - 1
            continue
        if loose and token.text in CLOSING_MARKS:
            opened = open_title(tokens, j)
            if opened is None:
                break
            j = opened - 1
            continue
        if (
            is_head(token, loose=loose)
            and not _in_body(tokens, j)
            and not _names_discipline(tokens, j)
            and not _names_field(tokens, j)
        ):
            if best is not None and _belongs_to_other(tokens, j, best, apart=apart, closed=closed):
                break
            best = j
        elif not (is_inside(token) or ends_abbreviation(tokens, j) or _leads_to_name(tokens, j, loose=loose, closed=closed)):
            listed = best is None and (_lists_fields(tokens, j) or (loose and _names_body(tokens, j)))
            listed = listed or (closed and _says_which_kin(tokens, j)) or _says_which_head(tokens, j, loose=loose)
            if not listed and (best is not None or not spare or not is_plain_noun(token)):
                break
            spare -= not listed
        j -= 1
    unsure = best is not None and apart and not closed and _is_of_kin(tokens, best)
    return None if unsure else best


def _is_of_kin(tokens: Sequence[Token], j: int) -> bool:
    """ "Adik kandung tersangka, Budi pulang": which of the two he is stays open."""
    return j > 0 and (tokens[j - 1].low in role_list("kin") or _says_which_kin(tokens, j - 1))


def _belongs_to_other(tokens: Sequence[Token], j: int, best: int, *, apart: bool, closed: bool) -> bool:
    """The head at ``j`` is not this person's: kin of, or named before "dan" with a name or body of its own. Behind a comma
    ("kuasa hukum terdakwa, Budi") stands who is so related, kin only where a comma closes it ("kakak korban, Budi, ...")."""
    if tokens[j].low in role_list("kin"):
        served = j > 0 and (tokens[j - 1].low in role_list("owned") or tokens[j - 1].low in role_list("servants"))
        return not closed or (tokens[j].low in role_list("several_kin") and not served)
    if tokens[j].low in words("relations"):
        # "Staf Khusus Presiden Bidang Hukum": a field is the servant's, not the master's.
        return not apart and tokens[best + 1].low != "bidang"
    if tokens[best - 1].low not in ("dan", "&", "serta"):
        return False
    return not all(is_head(t) or t.low in words("role_words") for t in tokens[j : best - 1])


def _leads_to_name(tokens: Sequence[Token], j: int, *, loose: bool, closed: bool) -> bool:
    """ "pengamat dari Universitas X", "Direktur Jenderal untuk Asia"; before a name that a comma closes also where somebody
    works ("Pemilik kios di Solo, Budi, ...")."""
    low = tokens[j].low
    if not loose or low not in role_list("bridges_to_names") or not tokens[j + 1].cap:
        return False
    if low == "di" and any(t.low in role_list("bodies_with_di") and t.cap for t in tokens[max(0, j - 3) : j]):
        return True  # "Ketua Sinode Gereja Protestan di Indonesia"
    return low not in ("di", "pada") or (closed and low == "di" and is_plain_noun(tokens[j - 1]))


def _says_which_kin(tokens: Sequence[Token], j: int) -> bool:
    """ "Anak sulung Bupati Sleman, Budi" """
    return j > 0 and tokens[j].low in role_list("kin_qualifiers") and tokens[j - 1].low in role_list("kin")


def _says_which_head(tokens: Sequence[Token], j: int, *, loose: bool) -> bool:
    """ "Gelandang baru Persib" """
    return loose and j > 0 and tokens[j].low in role_list("qualifiers") and is_head(tokens[j - 1])


def _lists_fields(tokens: Sequence[Token], j: int) -> bool:
    """A comma inside a list of fields: "Manager Communication, Relation and CSR"."""
    if tokens[j].text != "," or j < 1 or not tokens[j - 1].cap or j + 3 >= len(tokens):
        return False
    if tokens[j + 1].low in ("dan", "serta"):  # "Meteorologi, Klimatologi, dan Geofisika"
        return tokens[j + 2].cap and _lists_fields(tokens, j - 2)
    return tokens[j + 1].cap and any(t.low in ("and", "&", "dan") for t in tokens[j + 2 : j + 5])


def _names_body(tokens: Sequence[Token], j: int) -> bool:
    """A comma between an office and its body: "Dirjen Pajak, Kementerian Keuangan, Budi"."""
    return tokens[j].text == "," and tokens[j + 1].cap and tokens[j + 1].low in words("organization_heads")


def _names_discipline(tokens: Sequence[Token], j: int) -> bool:
    """ "Pelatih ganda putra": who plays it, nobody's son."""
    return tokens[j].low in ("putra", "putri") and j > 0 and tokens[j - 1].low in role_list("disciplines")


def _names_field(tokens: Sequence[Token], j: int) -> bool:
    """ "Pengendalian Penduduk dan Keluarga Berencana": kin with a capital between capitals is a field of a body, nobody's."""
    joined = j > 0 and (tokens[j - 1].cap or (tokens[j - 1].low in ("dan", "&") and j > 1 and tokens[j - 2].cap))
    fields = tokens[j].low in role_list("kin") and tokens[j].cap and joined and tokens[j].low not in listed_words("given_names")
    return fields and tokens[j + 1].cap and tokens[j + 1].low in role_list("family_fields")


def _in_body(tokens: Sequence[Token], j: int) -> bool:
    """The head is part of a body's name: "Kementerian Koordinator", "Ikatan Dokter Indonesia"."""
    return j > 0 and tokens[j].cap and tokens[j - 1].cap and tokens[j - 1].low in words("joining_heads")


def _with_words_before(tokens: Sequence[Token], start: int) -> int:
    """ "Plt." and "mantan", and the capitals before an English title, belong to the role."""
    english = tokens[start].low in role_list("english_heads")
    while start > 0 and (size := _size_of_word_before(tokens, start, english=english)):
        start -= size
    if tokens[start].low == "salah" and not _is_one_of(tokens, start + 1):
        return start + 1
    return start


def _size_of_word_before(tokens: Sequence[Token], start: int, *, english: bool) -> int:
    """How many tokens before ``start`` are one more word of the role; 0 where it begins."""
    before = tokens[start - 1]
    if before.text == "." and ends_abbreviation(tokens, start - 1) and tokens[start - 2].low in role_list("prefixes"):
        return 2
    one_of = before.low in ("seorang", "satu") and _is_one_of(tokens, start - 1)
    if english and start > 1 and before.low in ("and", "&") and tokens[start - 2].cap:
        return 2  # "Marketing and Development Division Head"
    modifier = english and before.cap and not _opens_sentence(tokens, start - 1)
    return int(before.low in role_list("prefixes") or one_of or modifier)


def _opens_sentence(tokens: Sequence[Token], j: int) -> bool:
    """A common word with nothing but its sentence's capital; behind "Pjs." there is no new sentence."""
    common = tokens[j].low in listed_words("common_words") and tokens[j].low not in words("role_words")
    return tokens[j].first and common and not ends_abbreviation(tokens, j - 1)


def _is_one_of(tokens: Sequence[Token], j: int) -> bool:
    return 0 < j < len(tokens) and tokens[j].low in ("seorang", "satu") and tokens[j - 1].low == "salah"


def _closes_clause(tokens: Sequence[Token], start: int, i: int) -> bool:
    """ "Setelah bertemu Menteri Keuangan, Budi pulang": the comma ends the clause; in "..., Budi, ..." it does not."""
    return not _is_closed(tokens, i) and in_clause(tokens, start)


def _is_closed(tokens: Sequence[Token], i: int) -> bool:
    """Behind the name, within a few words and before any verb, stands a comma."""
    for token in tokens[i : i + 8]:
        if not token.word or is_speech(token.low):
            return token.text == ","
    return False


def _role_by_relation(tokens: Sequence[Token], end: int, taken: frozenset[int]) -> Span | None:
    """ "istri Budi Santoso, Sinta": what she is holds another's name."""
    j = end - 1
    while j >= 0 and end - j <= LONGEST_ROLE:
        if tokens[j].low in role_list("kin") or (tokens[j].low in role_list("owned") and j not in taken):
            return _with_words_before(tokens, j), end
        if j not in taken and not (is_inside(tokens[j]) or is_title(tokens[j]) or is_plain_noun(tokens[j])):
            return None
        j -= 1
    return None
