"""The role that follows a name: an apposition, "selaku ...", "yang menjabat (sebagai) ...", "adalah ..." (EYD V)."""

from __future__ import annotations

from collections.abc import Sequence

from alibaba_news.loader.names.lexicon import listed_words, words
from alibaba_news.loader.names.role_words import (
    LONGEST_ROLE,
    POINTING,
    PRONOUNS,
    Span,
    close_bracket,
    ends_abbreviation,
    is_head,
    is_inside,
    is_plain_noun,
    is_speech,
    is_verb,
    role_list,
)
from alibaba_news.loader.names.tokens import Token

LONGEST_HOLD = 8  # words between a name and what the person is said to be


def role_after(
    tokens: Sequence[Token], j: int, *, any_noun: bool = False, loose: bool = False, taken: frozenset[int] = frozenset()
) -> Span | None:
    """The role that follows a name ending at token ``j``; token span or None.

    With ``any_noun`` the broad nouns (warga, anak) count too: they show a person without saying who it is. ``loose``: the
    name is known to be a person's, so that weaker signs count; ``taken``: tokens of other people's names.
    """
    held = _in_brackets(tokens, j, taken) if loose else None
    j = _past_brackets(tokens, j)
    if held is not None or j + 1 >= len(tokens):
        return held
    if tokens[j].low == "selaku" or (loose and tokens[j].low == "sebagai"):
        return _read_capacity(tokens, j, taken, loose=loose)
    if tokens[j].text == ",":
        return _after_comma(tokens, _past_age(tokens, j + 1), any_noun=any_noun, loose=loose, taken=taken)
    held = _held_office(tokens, j, taken)
    if held is not None or not loose:
        return held
    if tokens[j].low in ("salah", "warga") or (tokens[j].low == "seorang" and not is_verb(tokens[j + 1].low)):
        return _read_role(tokens, j, taken)
    return said_to_be(tokens, j, taken)


def _read_capacity(tokens: Sequence[Token], j: int, taken: frozenset[int], *, loose: bool) -> Span | None:
    """What stands behind "selaku", which any noun may follow ("selaku penyuap Budi"), or behind "sebagai"; a body's is none."""
    if names_body_as(tokens, j):
        return None
    capacity = loose and tokens[j].low == "selaku"
    plain = capacity and j + 1 < len(tokens) and is_plain_noun(tokens[j + 1])
    return _read_role(tokens, j + 1, taken, capital=capacity, plain=plain)


def names_body_as(tokens: Sequence[Token], j: int) -> bool:
    """ "Ravana selaku agensi yang menaungi grup itu": whoever acts as a firm or an agency is one."""
    at = j + 1
    if at >= len(tokens) or tokens[j].low not in ("selaku", "sebagai"):
        return False
    return tokens[at].low in words("organization_nouns") and not tokens[at].cap and not is_head(tokens[at])


def _in_brackets(tokens: Sequence[Token], j: int, taken: frozenset[int]) -> Span | None:
    """The whole of what stands in brackets behind a name, where it is a role ("Budi (Ketua RT)")."""
    closed = close_bracket(tokens, j) if j < len(tokens) and tokens[j].text == "(" else None
    if closed is None or not is_head(tokens[j + 1]):
        return None
    span = (j + 1, closed)
    return span if _read_role(tokens, j + 1, taken) == span or _joins_two(tokens, span, taken) else None


def _joins_two(tokens: Sequence[Token], span: Span, taken: frozenset[int]) -> bool:
    """Brackets end a role as nothing else does: "dan" joins what somebody owns or is ("pemilik Kedai Teduh dan Toko Roti")."""
    inner = tokens[span[0] : span[1]]
    plain = all(t.word and t.low not in role_list("stops") and (t.cap or not is_verb(t.low)) for t in inner)
    joined = any(t.low in ("dan", "&") for t in inner[1:-1])
    return plain and joined and len(inner) <= LONGEST_ROLE and taken.isdisjoint(range(*span))


def _past_brackets(tokens: Sequence[Token], j: int) -> int:
    """Behind "(45)", "(kanan)" and degrees ("S.H., M.Si.")."""
    while j + 1 < len(tokens):
        closed = close_bracket(tokens, j) if tokens[j].text == "(" else None
        if closed is not None:
            j = closed + 1
        elif tokens[j].text == "," and _is_degree(tokens[j + 1]):
            j += 2
        elif _is_degree(tokens[j]) or (tokens[j].text == "." and _is_degree(tokens[j - 1]) and not tokens[j + 1].first):
            j += 1
        else:
            return j
    return j


def _is_degree(token: Token) -> bool:
    return token.cap and token.low.replace(".", "") in words("degrees")


def _past_age(tokens: Sequence[Token], j: int) -> int:
    """Behind the age of "Budi, 45, warga ..." and "Budi, 45 tahun, warga ..."."""
    if j + 3 < len(tokens) and tokens[j].text.isdigit() and len(tokens[j].text) <= 2:
        at = j + 2 if tokens[j + 1].low == "tahun" else j + 1
        return at + 1 if tokens[at].text == "," and at + 1 < len(tokens) else j
    return j


def _after_comma(tokens: Sequence[Token], j: int, *, any_noun: bool, loose: bool, taken: frozenset[int]) -> Span | None:
    if j >= len(tokens):
        return None
    held = _held_office(tokens, j, taken)
    if held is not None:
        return held
    first = tokens[j].low
    if first == "selaku" or (loose and first == "sebagai"):
        return _read_capacity(tokens, j, taken, loose=loose)
    if first in words("role_nouns") and (any_noun or first not in words("empty_roles")):
        return _closed(tokens, _read_role(tokens, j, taken))
    if any_noun:
        return None
    if tokens[j].low in words("organization_heads") and not is_head(tokens[j]):
        return _headless_apposition(tokens, j)
    if loose:
        if first == "yang" or (first in ("adalah", "merupakan", "ialah") and tokens[j - 1].text == ","):  # behind an age
            return said_to_be(tokens, j, taken)
        return _read_broad(tokens, j, taken)
    return _closed(tokens, _read_role(tokens, j, taken)) if is_head(tokens[j]) else None


def _closed(tokens: Sequence[Token], span: Span | None) -> Span | None:
    return span if span is not None and span[1] < len(tokens) else None


def _read_broad(tokens: Sequence[Token], j: int, taken: frozenset[int]) -> Span | None:
    """An apposition that opens with "salah seorang", a broad noun with its modifier, or an English title."""
    at = j
    while at < j + 3 and at < len(tokens) and tokens[at].low in role_list("determiners"):
        at += 1
    if at < len(tokens) and is_head(tokens[at], loose=True):
        start = j if tokens[j].low == "salah" else at
        span = _read_role(tokens, start, taken)
        broad = tokens[at].low in words("empty_roles") or tokens[at].low in role_list("kin")
        return span if span is not None and (at > j or not broad or span[1] - span[0] > 1) else None
    end = _run_of_title(tokens, j)
    return _read_role(tokens, j, taken, capital=True) if end is not None else None


def _run_of_title(tokens: Sequence[Token], j: int) -> int | None:
    """The first English title in the run of capitals from ``j`` ("Sales & Marketing Director")."""
    for k in range(j, min(len(tokens), j + LONGEST_HOLD)):
        if tokens[k].cap and tokens[k].low in role_list("english_heads"):
            return k
        if not (tokens[k].cap or tokens[k].low in ("&", "and", "of", "dan", "for", "the", "-", "/")):
            return None
    return None


def _held_office(tokens: Sequence[Token], j: int, taken: frozenset[int]) -> Span | None:
    """ "..., warga Indonesia yang menjabat (sebagai) Deputy Director" """
    for k, token in enumerate(tokens[j : min(len(tokens) - 2, j + 6)], j):
        # "Pria kelahiran Solo itu kini menjabat ...": what is pointed at holds the office, not the name before it.
        if not token.word or k in taken or token.low in POINTING:
            return None
        if token.low == "menjabat":
            at = k + 2 if tokens[k + 1].low in ("sebagai", "selaku") else k + 1
            return _read_role(tokens, at, taken, capital=True)
    return None


def said_to_be(tokens: Sequence[Token], j: int, taken: frozenset[int] = frozenset()) -> Span | None:
    """ "Budi adalah seorang penyanyi", "Budi yang juga Ketua RT", "Budi ditetapkan sebagai tersangka"."""
    held = tokens[j].low in ("menjadi", "jadi") and _is_appointed(tokens, j)
    also = False
    relates = tokens[j].low == "yang" or tokens[j - 1].low in PRONOUNS
    for k in range(j, min(len(tokens), j + LONGEST_HOLD)):
        token = tokens[k]
        if token.low in role_list("holds"):
            held = True
        elif token.low in role_list("fillers"):
            also = also or (token.low in ("juga", "notabene") and relates)
        elif token.low in role_list("as_words"):
            if not (held or token.low == "sebagai" or tokens[k - 1].low in role_list("now")):
                return None
            held = True
        elif token.low not in role_list("determiners") or token.low == "salah":
            head = is_head(token, loose=True) or (token.low == "salah" and held)
            return _read_role(tokens, k, taken, capital=True) if (held or also) and (head or _titled(tokens, k)) else None
    return None


def _is_appointed(tokens: Sequence[Token], end: int) -> bool:
    """ "melantik Budi menjadi Menteri Sosial": whoever appoints says what the one named becomes."""
    at = end - 1
    while at > 0 and tokens[at].cap:
        at -= 1
    return tokens[at].low in role_list("appoints")


def _titled(tokens: Sequence[Token], k: int) -> bool:
    return tokens[k].cap and _run_of_title(tokens, k) is not None


def _read_role(
    tokens: Sequence[Token], start: int, taken: frozenset[int], *, capital: bool = False, plain: bool = False
) -> Span | None:
    """The role that begins at token ``start``: a head, with ``capital`` any capital, with ``plain`` whatever stands there."""
    at = start
    while at < min(len(tokens), start + 3) and tokens[at].low in role_list("determiners"):
        at += 1
    if at >= len(tokens) or not (plain or is_head(tokens[at], loose=True) or (capital and tokens[at].cap)):
        return None
    start = start if tokens[start].low == "salah" else at
    own = plain or tokens[at].low in role_list("kin") or tokens[at].low in role_list("owned")
    end = at + 1
    while end < len(tokens) and end - start < LONGEST_ROLE and (own or end not in taken):
        step = _step_inside(tokens, start, end)
        if not step:
            break
        end += step
    if any(_opens_name(tokens, k) for k in range(at + 1, end)):
        return None
    while end > at + 1 and (
        tokens[end - 1].low in words("role_bridges") or not (tokens[end - 1].word or tokens[end - 1].text == ")")
    ):
        end -= 1
    return (start, end)


def _opens_name(tokens: Sequence[Token], k: int) -> bool:
    """ "Ketua Komite I DPD Andi ...": behind a body's short form a first name begins who holds the office."""
    low = tokens[k - 1].low
    body = tokens[k - 1].upper and not (low in words("legal_forms") or low in role_list("work_heads"))
    return body and tokens[k].cap and not tokens[k].upper and tokens[k].low in listed_words("given_names")


def _step_inside(tokens: Sequence[Token], start: int, end: int) -> int:
    """How many tokens from ``end`` belong to the role that began at ``start``; 0 where it ends."""
    token = tokens[end]
    if token.text == "(":
        closed = close_bracket(tokens, end)
        return closed + 1 - end if closed is not None and _is_short_form(tokens[end + 1 : closed]) else 0
    if token.text == ",":
        fields = end + 3 < len(tokens) and tokens[end + 1].cap and any(t.low in ("and", "&") for t in tokens[end + 2 : end + 4])
        return int(fields)
    if not token.word:
        return int(token.text in "-&/" or (ends_abbreviation(tokens, end) and end + 1 < len(tokens)))
    if token.low in role_list("bridges_to_names"):
        return 2 if _may_lead(tokens, start, end) else 0
    if token.low == "dan":
        listed = end + 1 < len(tokens) and (is_inside(tokens[end + 1]) or is_head(tokens[end + 1], loose=True))
        return int(listed or _joins_fields(tokens, start, end))
    if token.cap:
        return int(not is_speech(token.low) and token.low not in role_list("weekdays"))
    return int(not is_verb(token.low) or token.low in words("role_bridges"))


def _joins_fields(tokens: Sequence[Token], start: int, at: int) -> bool:
    """ "ahli bedah kosmetik dan rekonstruksi di Rumah Sakit X": the second field ends at a name's preposition or a comma."""
    if at - start < 2 or at + 2 >= len(tokens) or not (is_plain_noun(tokens[at - 1]) and is_plain_noun(tokens[at + 1])):
        return False
    then = tokens[at + 2]
    return then.text == "," or (then.low in role_list("bridges_to_names") and at + 3 < len(tokens) and tokens[at + 3].cap)


def _is_short_form(inner: Sequence[Token]) -> bool:
    return 0 < len(inner) <= 2 and inner[0].cap and all(t.word for t in inner)


def _may_lead(tokens: Sequence[Token], start: int, at: int) -> bool:
    """ "pengamat dari Universitas X", "karyawan di Bank Y", "warga di Solo", but not "Ketua DPR di Jakarta"."""
    if at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    if tokens[at].low in ("dari", "asal", "untuk"):
        # "direktur dari promotor Warna Musik": a noun may say what the name is one of.
        return after.cap or (is_plain_noun(after) and at + 2 < len(tokens) and tokens[at + 2].cap)
    return after.low in role_list("work_heads") or (
        after.cap and not any(t.cap for t in tokens[start + 1 : at]) and not tokens[start].cap
    )


def _headless_apposition(tokens: Sequence[Token], start: int) -> Span | None:
    """A body in apposition to a person, gone on with "yang", stands for the office ("X, Konsulat Jenderal Y yang bertugas")."""
    end = start
    while end < len(tokens) and tokens[end].word and tokens[end].cap:
        end += 1
    return (start, end) if end - start > 1 and end < len(tokens) and tokens[end].low == "yang" else None
