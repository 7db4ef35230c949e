"""Texts -> the stretches that may be names, and which of them are, with their kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise

from msgspec.structs import replace

from alibaba_news.loader.names.acronyms import find_redefined
from alibaba_news.loader.names.attributes import is_called, is_running, may_be_called, read_tables
from alibaba_news.loader.names.clubs import name_clubs
from alibaba_news.loader.names.evidence import decide_kinds, known_kind
from alibaba_news.loader.names.found import Found
from alibaba_news.loader.names.lexicon import Lexicon, any_words, last_names, listed_words, words
from alibaba_news.loader.names.products import find_products
from alibaba_news.loader.names.reconciling import reconcile
from alibaba_news.loader.names.role_words import POINTING, is_head, is_passive, is_verb
from alibaba_news.loader.names.roles import role_after
from alibaba_news.loader.names.runs import Segment
from alibaba_news.loader.names.segments import find_segments
from alibaba_news.loader.names.tagger import Tagged
from alibaba_news.loader.names.tailed import is_first_name
from alibaba_news.loader.names.titles import is_persons_initials, listed_before, names_body_behind_bracket
from alibaba_news.loader.names.tokens import SPLIT_PREFIXES, Form, Token, Tokens, form_of
from alibaba_news.loader.names.witness import count_votes, tag_paragraph
from alibaba_news.model import Place

_OPENING = frozenset("\"'“‘")
_CLOSING = frozenset("\"'”’")
_PLACING = words("place_prepositions") | words("place_labels")
LONGEST_CALLED = 5  # words of a person's name
PAIR = 2  # letters, words
SHORTEST_TAIL = 2  # words of a body's name, of which the first says what it is
TaggedBy = dict[Place, list[Tagged]]


def find_rows(
    texts: Mapping[Place, str], tokens: Tokens, lexicon: Lexicon
) -> tuple[list[Found], dict[Place, frozenset[int]], TaggedBy]:
    """Every segment outside the headline that may be a name, the tokens that belong to no name ("Bahasa Indonesia"), and the
    tagger's names, which tell nothing of a headline: it was taught on sentences."""
    rows: list[Found] = []
    blocked: dict[Place, frozenset[int]] = {}
    tagged: TaggedBy = {}
    letters = _letters_for_people(tokens)
    for place, text in texts.items():
        cut = find_segments(tokens[place], lexicon)
        if letters:
            cut = [_without_letters(tokens[place], s, letters) for s in cut]
        tagged[place] = tag_paragraph(tokens[place], cut, lexicon) if place != 0 else []
        segments = reconcile(tokens[place], cut, tagged[place], lexicon)
        if letters:
            segments = [s for s in segments if not _is_letters(tokens[place], s, letters)]
        seen = {(t.start, t.end) for t in tagged[place]}
        titles = _titles(tokens[place], lexicon)
        segments = [s for s in segments if s.start not in titles and not names_body_behind_bracket(tokens[place], s.start)]
        others = (i for s in segments if s.kind in ("other", "character") for i in range(s.start, s.end))
        blocked[place] = titles.union(others)
        if place == 0:
            known = _known_segments(tokens[place], lexicon)
            if known and _is_cut(text, texts.get(1, "")):
                known = [s for s in known if s.end < len(tokens[place])]
            rows += [_make_found(place, text, tokens[place], s) for s in known]
            continue
        products = find_products(tokens[place])
        if products:
            sold = {i for p in products for i in range(p.start, p.end)}
            segments = [s for s in segments if sold.isdisjoint(range(s.start, s.end))]
        appositions = _apposed_bodies(tokens[place], segments)
        for segment in sorted([*products, *segments], key=lambda s: s.start) if products else segments:
            whole = segment.kind == "plain" and (segment.start, segment.end) in seen
            whole = whole and tokens[place][segment.start].low not in words("group_words")
            kept = segment if whole else _trim(tokens[place], segment, lexicon)
            if kept is not None and kept.start not in appositions:
                rows.append(_make_found(place, text, tokens[place], kept))
    rows = _part_holders(_name_firms(_without_redefined(rows, tokens, lexicon)), tokens)
    return name_clubs(rows, tokens, lexicon), blocked, tagged


def _is_cut(title: str, lead: str) -> bool:
    """A headline that was derived from the lead and is shorter may end within a name, which the lead has whole."""
    return len(title) < len(lead) and lead.startswith(title)


def _letters_for_people(tokens: Tokens) -> frozenset[str]:
    """The initials that a story gives instead of somebody's name ("AS (34)", "berinisial AS"), and pairs of letters that it
    lists ("JK dan HB buron")."""
    given = frozenset(t.text for row in tokens.values() for i, t in enumerate(row) if t.upper and is_persons_initials(row, i))
    if not given:
        return given
    pairs = [
        {row[i].text, row[j].text}
        for row in tokens.values()
        for i, t in enumerate(row)
        if t.upper and (j := listed_before(row, i))
    ]
    return given.union(*[pair for pair in pairs if all(len(text) == PAIR for text in pair)])


def _is_letters(tokens: Sequence[Token], segment: Segment, letters: frozenset[str]) -> bool:
    """What the tagger takes for a name again is none."""
    return segment.kind == "plain" and segment.end - segment.start == 1 and tokens[segment.start].text in letters


def _without_letters(tokens: Sequence[Token], segment: Segment, letters: frozenset[str]) -> Segment:
    """Where they stand again before a verb or behind what somebody is ("AS ditangkap", "tersangka AS"), they mean that person
    and no country or body."""
    start, end = segment.start, segment.end
    if end - start > 1 or tokens[start].text not in letters or segment.kind == "other":
        return segment
    if segment.known is None and segment.kind == "plain":
        return Segment(start, end, "other")
    if segment.known is None:
        return segment
    acts = end < len(tokens) and is_verb(tokens[end].low) and tokens[end].low.startswith(("di", "me", "ber"))
    called = start > 0 and tokens[start - 1].low in any_words("role_nouns", "person_before")
    return Segment(start, end, "other") if acts or called or segment.known.kind == "people" else segment


def _without_redefined(rows: Sequence[Found], tokens: Tokens, lexicon: Lexicon) -> list[Found]:
    """An acronym that the story itself spells out stands for that, whatever authorities know it as."""
    own = {short for row in tokens.values() for short in find_redefined(row, lexicon)}
    if not own:
        return list(rows)
    return [_redefine(row, own) for row in rows]


def _redefine(row: Found, own: Collection[str]) -> Found:
    """Also behind a legal form, which then opens another firm's name ("PT BWI")."""
    if len(row.form) == 1 and row.form[0] in own:
        return replace(row, segment=replace(row.segment, kind="renamed", known=None))
    firm = len(row.form) == PAIR and row.segment.known is not None and row.form[0] in words("legal_forms")
    return replace(row, segment=replace(row.segment, known=None)) if firm and row.form[1].upper() in own else row


def _name_firms(rows: list[Found]) -> list[Found]:
    """ "PT Bukit Batu Raya", "Bukit Batu Raya": a firm called after a hill is none where its legal form is left out. Of two
    words alone the hill itself may be meant."""
    owners = [r.form for r in rows if r.segment.kind == "organizations" and r.form[0] in words("legal_forms")]
    firms = {form[1:] for form in owners if len(form) > PAIR + 1}

    def is_firm(row: Found) -> bool:
        return row.segment.kind == "places" and row.segment.known is None and row.form in firms

    return [replace(row, segment=replace(row.segment, kind="organizations")) if is_firm(row) else row for row in rows]


def _part_holders(rows: list[Found], tokens: Tokens) -> list[Found]:
    """ "Camat Rawasari Jumari" in a story that tells of "Kecamatan Rawasari": the area ends where its holder's name begins; so
    does "Pendiri Teras Baca Mulyasa" where it tells of the "Komunitas Teras Baca"."""
    if not any(_is_held(r, tokens, "role_nouns") for r in rows):
        return rows
    areas = {r.form for r in rows if r.segment.kind == "places"}
    bodies = {r.form[1:] for r in rows if r.segment.kind == "organizations" and len(r.form) > SHORTEST_TAIL}
    parted: list[Found] = []
    for row in rows:
        known = areas if _is_held(row, tokens, "offices_of_areas") else bodies if _is_held(row, tokens, "role_nouns") else set()
        whole = row.segment.end - row.segment.start == len(row.form)
        size = next((n for n in range(len(row.form) - 1, 0, -1) if row.form[:n] in known), 0) if known and whole else 0
        parts = _part(row, size, tokens) if size else (row,)
        # Of a body only the tail of its name stands here: that is no name by itself.
        parted += parts[1:] if size and known is bodies else parts
    return parted


def _is_held(row: Found, tokens: Tokens, offices: str) -> bool:
    """Several open words right behind an office of the list."""
    start = row.segment.start
    plain = row.segment.kind == "plain" and len(row.form) > 1 and start > 0
    return plain and tokens[row.place][start - 1].low in words(offices)


def _part(row: Found, size: int, tokens: Tokens) -> tuple[Found, Found]:
    start, end = row.segment.start, row.segment.end
    at = start + size
    cut = tokens[row.place][at].start - tokens[row.place][start].start
    area = Found(row.place, Segment(start, at, "places"), row.text[:cut].rstrip(), row.form[:size])
    return area, Found(row.place, Segment(at, end, "plain"), row.text[cut:], row.form[size:])


def _titles(tokens: Sequence[Token], lexicon: Lexicon) -> frozenset[int]:
    """The tokens that quotation marks hold behind a word for a work or an occasion ("acara bertajuk 'Temu Tani'"): no name."""
    found: set[int] = set()
    titled, works = words("titled_nouns"), words("works")
    if any_words("titled_nouns", "works").isdisjoint([t.low for t in tokens]):
        return frozenset()
    for i, noun in enumerate(tokens[:-2], start=1):
        if noun.low in titled and tokens[i].text in _OPENING:
            end = next((j for j in range(i + 1, min(len(tokens), i + 16)) if tokens[j].text in _CLOSING), None)
            if end is not None:
                found.update(range(i + 1, end))
        elif noun.low in works and (noun.first or not noun.cap) and tokens[i].cap:
            found.update(_starred_title(tokens, i) or _bare_title(tokens, i, lexicon))
    return frozenset(found)


def _starred_title(tokens: Sequence[Token], start: int) -> range | None:
    """ "Bintang film Hujan Senja itu": who is pointed at plays in what the capitals name, whatever people are called so."""
    end = start
    while end < len(tokens) and tokens[end].cap and tokens[end].word:
        end += 1
    pointed = end < len(tokens) and tokens[end].low in POINTING
    played = start > 1 and is_head(tokens[start - 2]) and tokens[start - 1].low != "lagu"
    return range(start, end) if pointed and played else None


def _bare_title(tokens: Sequence[Token], start: int, lexicon: Lexicon) -> range:
    """The capitals behind "film" or "lagu", unless somebody's name opens them ("lagu Didi Kempot" is his) or they tell nothing
    but where it is from ("film Korea")."""
    end = start
    while end < len(tokens) and (tokens[end].cap or tokens[end].text.isdigit()) and tokens[end].word:
        end += 1
    head, known = tokens[start], lexicon.match(tokens, start)
    if known is not None and known.kind == "places" and start + known.size == end:
        return range(start, start)
    owned = head.low in listed_words("given_names") or is_called(head.low) or head.low in last_names() or head.upper
    kinds = any_words("organization_heads", "honorifics", "role_nouns", "place_prepositions")
    return range(start, start if owned or head.low in kinds else end)


def _known_segments(tokens: Sequence[Token], lexicon: Lexicon) -> list[Segment]:
    """What authorities know in a headline, where capitals tell no more."""
    found: list[Segment] = []
    for i, token in enumerate(tokens):
        known = lexicon.match(tokens, i) if token.cap and (not found or found[-1].end <= i) else None
        if known is not None and not known.authority.ambiguous:
            found.append(Segment(i, i + known.size, known.kind, known))
    return found


def _apposed_bodies(tokens: Sequence[Token], segments: Iterable[Segment]) -> frozenset[int]:
    """First tokens of bodies that stand for an office in apposition to a person: they are the person's role, no entity."""
    bodies = _bodies_but_offices()
    if bodies.isdisjoint([t.low for t in tokens]):
        return frozenset()
    found = set()
    for segment in segments:
        if segment.kind in ("plain", "people") and segment.end + 1 < len(tokens):
            role = role_after(tokens, segment.end)
            if role and tokens[role[0]].low in bodies:
                found.add(role[0])
    return frozenset(found)


@cache
def _bodies_but_offices() -> frozenset[str]:
    return words("organization_heads") - words("role_nouns")


def _is_strange(low: str) -> bool:
    """No word of running text and no form of one: with a first name behind it a name that no list has."""
    ordinary = low in read_tables().clusters or low in listed_words("root_words") or is_verb(low)
    return low.isalpha() and not ordinary and not low.endswith(("nya", "kan", "lah"))


def _is_glued(tokens: Sequence[Token], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i].end == tokens[i + 1].start


def _trim(tokens: Sequence[Token], segment: Segment, lexicon: Lexicon) -> Segment | None:
    """The segment without a sentence's first word that only its place capitalised; None where nothing is left of it."""
    if segment.kind in ("office", "other", "character"):
        return None
    if segment.kind != "plain":
        return segment
    start, head = segment.start, tokens[segment.start]
    if head.low in words("group_words") and segment.end - start > 1:
        start, head = start + 1, tokens[start + 1]  # "Jajaran Forkopimda"
    elif head.low in SPLIT_PREFIXES and segment.end - start == 1 and _is_glued(tokens, start):
        return None  # "Gubernur Se-Sumatera"
    common = head.low in listed_words("common_words") and head.low not in listed_words("given_names")
    if head.first and (
        common
        or head.low in words("sources")
        or is_passive(head.low)
        or (is_head(head) and not may_be_called(head.low))
        or (
            segment.end - start > 1
            and head.low not in listed_words("given_names")
            and not is_called(head.low)
            and (
                (tokens[start + 1].low in listed_words("given_names") and not _is_strange(head.low))
                or (is_running(head.low) and tokens[start + 1].low in last_names())
            )
        )
    ):
        start += 1
    if (
        start == segment.end
        or tokens[start].low in words("other_heads")
        or all(t.text.isdigit() for t in tokens[start : segment.end])
    ):
        return None
    known = lexicon.match(tokens, start)
    if known is not None and start > segment.start and start + known.size == segment.end and not known.authority.ambiguous:
        return Segment(start, segment.end, known.kind, known)
    return Segment(start, segment.end, "plain")


def _make_found(place: Place, text: str, tokens: Sequence[Token], segment: Segment) -> Found:
    span = tokens[segment.start : segment.end]
    return Found(place, segment, text[span[0].start : span[-1].end], form_of(span))


def judge(rows: Sequence[Found], tokens: Tokens, tagged: TaggedBy) -> list[tuple[Found, str]]:
    """Each row with its kind; rows whose form stays undecided are left out."""
    rows = _free_namesakes(rows, tokens)
    settled = {
        r.form: known_kind(r.segment.known) or r.segment.kind for r in rows if r.segment.kind not in ("plain", "renamed")
    }
    decided = decide_kinds(tokens, rows, settled, count_votes(rows, tokens, tagged))
    kinds = {**decided, **settled}
    _adopt_short_forms(rows, kinds, tokens)
    letters = {form for form, kind in kinds.items() if kind == "people" and len(form) == 1 and len(form[0]) == 1}  # "Bharada E"
    common = _find_common(rows, kinds, tokens)
    left_out = letters | common
    return [(row, kinds[row.form]) for row in rows if row.form in kinds and row.form not in left_out and _says_what(row, kinds)]


def _find_common(rows: Sequence[Found], kinds: Mapping[Form, str], tokens: Tokens) -> set[Form]:
    """ "Tari Piring" in a story that writes "tari piring" as well: what running text has in small letters is nobody."""
    full = {r.form for r in rows if r.segment.kind == "plain" and len(r.form) == PAIR and kinds.get(r.form) == "people"}
    if not full:
        return full
    small = {(a.low, b.low) for row in tokens.values() for a, b in pairwise(row) if not (a.cap or b.cap)}
    return full & small


def _says_what(row: Found, kinds: Mapping[Form, str]) -> bool:
    """Neither a letter ("grup B") nor a legal form alone ("Pte Ltd") is a body."""
    return kinds[row.form] != "organizations" or not (
        all(w.casefold() in words("legal_forms") for w in row.form) or (len(row.form) == 1 and len(row.form[0]) == 1)
    )


def _free_namesakes(rows: Sequence[Found], tokens: Tokens) -> list[Found]:
    """A town's or a firm's name that the story uses as a person's ("Adelaide" after "Adelaide Chintara") is open, unless
    "di" or the like stands before it somewhere."""
    plain = [r for r in rows if r.segment.kind == "plain"]
    known = [r for r in rows if r.segment.kind == "people" and len(r.form) > 1]
    used = {r.form[0] for r in (*plain, *known) if len(r.form) < LONGEST_CALLED}
    heads = {r.form for r in rows if r.segment.known and is_first_name(tokens[r.place][r.segment.start], r.segment.known)}
    open_forms = {form for form in heads if form[0] in used}
    if not open_forms:
        return list(rows)
    placed = {r.form for r in rows if r.segment.start and tokens[r.place][r.segment.start - 1].low in _PLACING}
    free = open_forms - placed
    return [replace(r, segment=replace(r.segment, kind="plain", known=None)) if r.form in free else r for r in rows]


def _is_called_group(row: Found, tokens: Tokens) -> bool:
    """ "band Samudra": whoever is called after it ("Rizal Samudra"), the word alone is the band."""
    before = tokens[row.place][row.segment.start - 1] if row.segment.start else None
    return before is not None and not before.cap and before.low in words("group_nouns")


def _adopt_short_forms(rows: Sequence[Found], kinds: dict[Form, str], tokens: Tokens) -> None:
    """A plain single word that is part of one person's full name is that person ("Ma" after "Jack Ma"), whatever it
    looks like by itself."""
    full = [form for form, kind in kinds.items() if kind == "people" and len(form) > 1]
    bags = [frozenset(form) for form in full]
    hosts = Counter(w for bag in bags if not any(bag < other for other in bags) for w in bag)
    if not hosts:
        return
    lower = {t.low for place in tokens for t in tokens[place] if not t.cap}
    groups = {r.form for r in rows if len(r.form) == 1 and _is_called_group(r, tokens)}
    for row in rows:
        if row.segment.kind != "plain" or len(row.form) > 1 or len(row.form[0]) == 1 or not hosts[row.form[0]]:
            continue
        if row.form in groups:
            continue
        if hosts[row.form[0]] > 1 and row.form in kinds:
            continue  # of two who are called so only what is nothing else is one of them
        if row.form[0] not in lower or not tokens[row.place][row.segment.start].first:
            kinds[row.form] = "people"
