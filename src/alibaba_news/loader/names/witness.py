"""What the tagger says of one story: its names paragraph by paragraph, and its vote on the kind of every form."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from msgspec.structs import replace

from alibaba_news.loader.names.areas import area_behind_office
from alibaba_news.loader.names.attributes import is_running, may_be_called, read_tables
from alibaba_news.loader.names.found import Found
from alibaba_news.loader.names.headed import is_adjacent, is_initial, starts_holder
from alibaba_news.loader.names.lexicon import Lexicon, any_words, listed_words, words
from alibaba_news.loader.names.reconciling import LIKELY, SURE
from alibaba_news.loader.names.role_words import is_passive, is_verb
from alibaba_news.loader.names.runs import Segment
from alibaba_news.loader.names.shapes import SETTLED
from alibaba_news.loader.names.tagger import Tagged, tag_names
from alibaba_news.loader.names.titles import is_two_word_title, opens_behind, opens_by_birth
from alibaba_news.loader.names.tokens import Form, Token, Tokens
from alibaba_news.model import Place

LONGEST_INITIALS = 2  # letters of a person's initials written together ("TB Hasanuddin")
FULL_NAME = 2  # words
LONGEST_PARTICLE = 3  # letters of "La", "St" and "Van"
_VERSUS = frozenset(("vs", "versus"))
TITLE = 2  # words of such a title as "Hakim Konstitusi"


def tag_paragraph(tokens: Sequence[Token], segments: Sequence[Segment], lexicon: Lexicon) -> list[Tagged]:
    """The tagger's names in one paragraph, read sentence by sentence; it is asked only where rules leave something open."""
    open_at = [s.start for s in segments if _is_open(tokens, s)]
    found: list[Tagged] = []
    for start, end in _sentences(tokens):
        wanted = [i - start for i in open_at[bisect_left(open_at, start) : bisect_left(open_at, end)]]
        if not wanted:
            continue
        for tagged in tag_names([t.text for t in tokens[start:end]], lexicon, wanted):
            kept = _bare(tokens, Tagged(tagged.start + start, tagged.end + start, tagged.kind, tagged.sure))
            if kept is None:
                continue
            kept = _with_clan(tokens, _behind_its_area(tokens, _with_article(tokens, kept), lexicon))
            # Nothing parts two people but a comma or "dan": names side by side are one person's.
            if found and found[-1].kind == kept.kind == "people" and _is_one_name(tokens, found[-1].end, kept.start):
                kept = Tagged(found[-1].start, kept.end, kept.kind, max(found[-1].sure, kept.sure))
                found.pop()
            elif found and _is_torn(tokens, found[-1], kept):
                kept = Tagged(found[-1].start, kept.end, kept.kind, max(LIKELY, kept.sure))
                found.pop()
            found.append(kept)
    return found


def _is_torn(tokens: Sequence[Token], body: Tagged, person: Tagged) -> bool:
    """ "Desainer senior Irna | Mutiara": a lone strange word that the tagger is not sure to be a body's, and a person's name
    right behind it are one, unless a word before them says whose somebody is."""
    if body.kind != "organizations" or person.kind != "people" or body.end != person.start or body.end - body.start > 1:
        return False
    token, before = tokens[body.start], tokens[body.start - 1] if body.start else None
    if before is None or before.cap or not before.word or before.low in words("owned_titles") or body.sure >= SURE:
        return False
    others = any_words("english_words", "english_names", "organization_heads", "organization_nouns")
    return token.text.isalpha() and token.text[1:].islower() and not is_running(token.low) and token.low not in others


def _is_open(tokens: Sequence[Token], segment: Segment) -> bool:
    """A plain segment that is more than a sentence's common first word, or a long body's name, which may hold a person's."""
    size = segment.end - segment.start
    if segment.kind == "organizations":
        return size > 2 and segment.known is None
    head = tokens[segment.start]
    return segment.kind == "plain" and not (size == 1 and head.first and head.low in listed_words("common_words"))


def _sentences(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    start = 0
    for i in [i for i, token in enumerate(tokens) if token.opens]:
        if i:
            yield start, i
            start = i
    if tokens:
        yield start, len(tokens)


def _with_clan(tokens: Sequence[Token], name: Tagged) -> Tagged:
    """ "Ely Perangin | Angin": the second word of a clan's name is part of it."""
    if name.kind != "people" or not is_adjacent(tokens, name.end) or not tokens[name.end].cap:
        return name
    clan = f"{tokens[name.end - 1].low} {tokens[name.end].low}"
    return replace(name, end=name.end + 1) if clan in words("double_clans") else name


def _bare(tokens: Sequence[Token], tagged: Tagged) -> Tagged | None:
    """The name alone: without title, label ("Kota ...") and the small words at its ends, which corpora mark as they like."""
    start, end = tagged.start, tagged.end
    outside = _outside(tagged.kind)
    if not _VERSUS.isdisjoint([t.low for t in tokens[start:end]]):
        return None
    while start < end and (
        not tokens[start].cap or (end - start > 1 and (tokens[start].low in outside or _is_ordinary_first(tokens[start])))
    ):
        start += 1
    while end > start and (
        not (tokens[end - 1].cap or tokens[end - 1].text.isdigit())
        or (end - start > 1 and tokens[end - 1].low in outside and not _ends_in_syllable(tokens, end, tagged.kind))
    ):
        end -= 1
    if end <= start:  # no capital in it
        return None
    if tagged.kind == "people":  # "analis Samudra Sekuritas Budi Lubis": the person comes after the body
        start = max([start, *(i + 1 for i in range(start, end - 1) if _stands_before_name(tokens, i))])
        while start < end - 1 and (
            _ends_office(tokens, start) or (end - start > LONGEST_INITIALS and _is_english(tokens[start].low))
        ):
            start += 1
        end = next((i for i in range(start + 1, end) if _ends_person(tokens, i)), end)
    if tagged.kind == "organizations" and _names_holder(tokens, start, end):  # "pemimpin MDC Hadi Kusumo"
        return Tagged(start + 1, end, "people", tagged.sure)
    if tagged.kind == "organizations":
        start, end = _bare_body(tokens, start, end)
    end = _end_at_bracket(tokens, start, end)
    if end <= start or _is_none(tokens, start, end, tagged.kind):
        return None
    kind = "organizations" if tagged.kind == "people" and tokens[end - 1].low in words("person_never") else tagged.kind
    return Tagged(start, end, kind, tagged.sure)


def _bare_body(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """ "Saham PT ...": nothing stands before a legal form; a body ends where a headline's verb or who heads it begins."""
    start = next((i for i in range(start, end) if tokens[i].low in ("pt", "cv", "ud")), start)
    if tokens[start].low in words("national_heads"):
        end = next((i for i in range(start + 2, end) if starts_holder(tokens, start, i)), end)
    return start, next((i for i in range(start + 1, end) if tokens[i].cap and tokens[i].low in words("headline_verbs")), end)


def _is_none(tokens: Sequence[Token], start: int, end: int, kind: str) -> bool:
    """Words for a kind of body, a common acronym, a rank or a title alone, a unit of the police: no name."""
    span = tokens[start:end]
    if (
        kind == "people"
        and len(span) == 1
        and is_adjacent(tokens, end)
        and tokens[end].cap
        and tokens[end].low in words("honorifics")
    ):
        return True  # "Nyai Hj. Sinta": one title more
    if " ".join(t.low for t in span) in words("generic_bodies"):
        return True
    lone = span[0] if len(span) == 1 and span[0].upper else None
    if lone is not None and (lone.low in words("other_acronyms") or (kind == "people" and lone.low in words("ranks"))):
        return True
    if kind != "people":
        return False
    if len(span) == 1 and span[0].low in words("days_and_months"):
        return True  # "Kepala dinas mengatakan, Ahad, ..."
    return any(t.low in words("unit_words") for t in span) or (len(span) == TITLE and is_two_word_title(tokens, start))


def _names_holder(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Behind an office an acronym and two words, of which the first is a first name: who holds the office in that body."""
    if not start or end - start != FULL_NAME + 1 or tokens[start - 1].low not in words("role_nouns") or not tokens[start].upper:
        return False
    words_of_bodies = any_words("organization_heads", "organization_tails", "person_never")
    return may_be_called(tokens[start + 1].low) and all(
        t.cap and not t.upper and t.low not in words_of_bodies for t in tokens[start + 1 : end]
    )


def _end_at_bracket(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where a name ends that holds half of a pair of brackets: before that half."""
    opened = False
    for i in range(start, end):
        if tokens[i].text == ")" and not opened:
            return i
        if tokens[i].text == "(" and not any(t.text == ")" for t in tokens[i:end]):
            return i
        opened = opened or tokens[i].text == "("
    return end


def _is_ordinary_first(token: Token) -> bool:
    """A common word that only its place in the sentence capitalised: "Saham PT ...", "Fenomena ...", "Melansir ..."."""
    low = token.low
    if not token.first or low in any_words("organization_heads", "place_heads"):
        return False
    return low in listed_words("common_words") or (is_verb(low) and is_running(low)) or is_passive(low)


def _behind_its_area(tokens: Sequence[Token], name: Tagged, lexicon: Lexicon) -> Tagged:
    """ "Bupati Kudus Hartopo": between an office and its holder stands the area, which is no part of the holder's name."""
    office = tokens[name.start - 1].low if name.start else ""
    if name.kind != "people" or office not in any_words("role_nouns", "role_words"):
        return name
    listed = area_behind_office(tokens, name.start, lexicon)
    if 0 < listed < name.end - name.start:
        return Tagged(name.start + listed, name.end, name.kind, name.sure)
    called = listed_words("given_names")
    direct = office in words("role_nouns")
    if direct and name.end - name.start > 2 and tokens[name.start].low not in called and tokens[name.start + 1].low in called:
        born = opens_by_birth(tokens, name.start)
        return name if born else Tagged(name.start + 1, name.end, name.kind, name.sure)
    area = lexicon.match(tokens, name.start)
    if area is None or area.kind != "places" or name.start + area.size >= name.end:
        return name
    return Tagged(name.start + area.size, name.end, name.kind, name.sure)


def _ends_person(tokens: Sequence[Token], i: int) -> bool:
    """A day that a reporter runs into the name, the stroke between two who play together, a word in small letters, an office
    whose comma was lost."""
    token = tokens[i]
    small = token.word and not token.cap and not token.text.isdigit() and token.low not in words("person_connectors")
    office = token.cap and token.low in words("offices_behind") and may_be_called(tokens[i - 1].low)
    return small or office or token.text == "/" or token.low in words("days_and_months")


def _ends_office(tokens: Sequence[Token], i: int) -> bool:
    """ "Direktur Rehabilitasi Penyandang Disabilitas Budi": a word of running text with a capital goes on with an office."""
    before = tokens[i - 1] if i else None
    if before is None or not before.cap or before.low in any_words("role_nouns", "honorifics"):
        return False
    return tokens[i].start - before.end == 1 and is_running(tokens[i].low)


def _ends_in_syllable(tokens: Sequence[Token], end: int, kind: str) -> bool:
    """Not where the name behind a rank was cut off it ("Danlanud Sulaiman Marsma | Hadi")."""
    rank = tokens[end - 1].low in words("ranks") and opens_behind(tokens, end - 1)
    return not rank and _is_syllable(tokens[end - 1], kind)


def _is_syllable(token: Token, kind: str) -> bool:
    """ "Goo Ha Ra": a short form of address ends no name of people, unless it is written in capitals."""
    return kind == "people" and token.low in words("honorifics") and not token.upper and token.low not in words("degrees")


def _is_english(low: str) -> bool:
    return low in words("english_words") and low not in words("surnames_in_front")


def _stands_before_name(tokens: Sequence[Token], i: int) -> bool:
    """A body's word, a form of address ("Tenanglah Pak Hadi") or the second word of a title ("Jaksa Agung Sanusi")."""
    second = i > 0 and is_two_word_title(tokens, i - 1)
    rank = tokens[i].low in words("ranks") and i + 1 < len(tokens) and tokens[i + 1].cap  # "Danlanud Sulaiman Marsma Hadi"
    return _is_body_word(tokens[i]) or second or (tokens[i].cap and (rank or tokens[i].low in words("addresses")))


def _is_body_word(token: Token) -> bool:
    """A word or an acronym of bodies: what stands behind it is the name of one of their people ("Baleg DPR Budi Lubis")."""
    return token.low in words("person_never") or (token.upper and len(token.text) > LONGEST_INITIALS)


def _is_one_name(tokens: Sequence[Token], end: int, start: int) -> bool:
    """Nothing stands between, or the full stop of an initial ("David E. Sumual")."""
    return end == start or (end + 1 == start and is_initial(tokens, end))


def _with_article(tokens: Sequence[Token], name: Tagged) -> Tagged:
    """ "I Made", "Ni Luh", "Anak Agung": the Balinese article is part of the name."""
    if name.kind == "people":
        for back in (1, 2):  # "I Made Adi": one name may stand between
            at = name.start - back
            if at >= 0 and tokens[at].text in ("I", "Ni", "Anak") and _is_article(tokens, at, name.start):
                return Tagged(at, name.end, name.kind, name.sure)
        if name.start and opens_by_birth(tokens, name.start - 1):
            return replace(name, start=name.start - 1)
    return name


def _is_article(tokens: Sequence[Token], at: int, start: int) -> bool:
    """No number behind a body ("Komite I DPD ..."): what stands between the article and the name is a name."""
    numbered = at > 0 and tokens[at - 1].cap and tokens[at - 1].low in words("organization_heads")
    return not numbered and all(t.cap and not t.upper for t in tokens[at + 1 : start])


@cache
def _outside(kind: str) -> frozenset[str]:
    """What stands beside names of a kind and is no part of them."""
    if kind == "people":
        return any_words("honorifics", "role_nouns", "degrees", "prizes_won") - listed_words("given_names")
    return words("place_labels") if kind == "places" else frozenset()


def _made_longer(row: Found, people: Mapping[tuple[Place, int], Tagged]) -> Tagged | None:
    """The likely name that initials or a strange word before it, or words behind it were added to ("Zulfan Utama" in "M. Zulfan
    Utama")."""
    start, form = row.segment.start, row.form
    while start + 2 < row.segment.end and form[start + 1 - row.segment.start] == ".":
        start += 2
    if start == row.segment.start and len(form) == FULL_NAME and form[0] not in read_tables().clusters:
        start += len(form[0]) > LONGEST_PARTICLE and (row.place, start) not in people
    name = people.get((row.place, start))
    return name if name is not None and name.end <= row.segment.end else None


def count_votes(rows: Sequence[Found], tokens: Tokens, tagged: Mapping[Place, Sequence[Tagged]]) -> dict[Form, Counter[str]]:
    """Of each plain form, the tagger's votes over the whole story: its mean probability by kind, unseen counting nothing."""
    at = {(place, t.start, t.end): t for place, names in tagged.items() for t in names}
    inside = {(place, t.start): t for place, names in tagged.items() for t in names if t.kind == "people" and t.sure >= LIKELY}
    sums: dict[Form, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    seen: Counter[Form] = Counter()
    inner: set[Form] = set()  # forms that stand within a sentence too
    for row in rows:
        if row.segment.kind == "plain":
            seen[row.form] += 1
            if not tokens[row.place][row.segment.start].first:
                inner.add(row.form)
            name = at.get((row.place, row.segment.start, row.segment.end)) or _made_longer(row, inside)
            if name is not None:
                sums[row.form][name.kind] += name.sure
    votes = {
        form: Counter({kind: round(SETTLED * min(1.0, total / seen[form] / SURE)) for kind, total in kinds.items()})
        for form, kinds in sums.items()
    }
    for form, ballot in votes.items():
        if len(form) == 1 and form[0] in listed_words("common_words") and form[0] not in listed_words("given_names"):
            for kind in ballot:  # a common word with a capital ("Api", "Indah") is rarely a whole name
                ballot[kind] -= 1
    for form in {row.form for row in rows if len(row.form) == 1} & votes.keys() - inner:
        ordinary = form[0] in read_tables().clusters or form[0] in listed_words("root_words")
        if ordinary:  # "Bakti sosial ...": only its sentence gives a word of running text a capital
            for kind in votes[form]:
                votes[form][kind] -= 1
    return votes
