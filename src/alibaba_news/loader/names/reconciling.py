"""The segments that rules found and the names that the tagger saw in one paragraph -> one row of segments, none overlapping.

What an authority knows or a head word settles stays as the rules have it; the tagger cuts the rest anew. A bracket that
shortens a body's name tells where the name begins and ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from alibaba_news.loader.names.acronyms import find_definitions
from alibaba_news.loader.names.attributes import is_running, may_be_called, read_tables
from alibaba_news.loader.names.headed import is_initial
from alibaba_news.loader.names.lexicon import Lexicon, any_words, last_names, listed_words, words
from alibaba_news.loader.names.role_words import is_passive
from alibaba_news.loader.names.runs import Segment
from alibaba_news.loader.names.tagger import Tagged
from alibaba_news.loader.names.titles import is_degree, is_persons_initials, is_service, is_ship, opens_by_birth
from alibaba_news.loader.names.tokens import Token

SURE = 0.78  # of a name's least sure word: on held-out news nine in ten such names are right
LIKELY = 0.5


class _Row:
    """Segments by the tokens they cover, so that what stands beside a name is found without looking through the paragraph."""

    def __init__(self, segments: Iterable[Segment]) -> None:
        self._at: dict[int, Segment] = {}
        for segment in segments:
            self.put(segment)

    def put(self, segment: Segment) -> None:
        for i in range(segment.start, segment.end):
            self._at[i] = segment

    def drop(self, segment: Segment) -> None:
        for i in range(segment.start, segment.end):
            self._at.pop(i, None)

    def beside(self, start: int, end: int) -> list[Segment]:
        """The segments that share a token with ``start`` to ``end``, in order."""
        return _each_once(self._at[i] for i in range(start, end) if i in self._at)

    def in_order(self) -> list[Segment]:
        return sorted(_each_once(self._at.values()), key=lambda s: s.start)


def _each_once(segments: Iterable[Segment]) -> list[Segment]:
    """Told apart as objects: to hash what an authority knows costs more than all the rest."""
    return list({id(s): s for s in segments}.values())


def reconcile(
    tokens: Sequence[Token], segments: Sequence[Segment], tagged: Sequence[Tagged], lexicon: Lexicon
) -> list[Segment]:
    """Segments in order: plain ones cut as the tagger sees them; a sure longer name swallows what is in it."""
    definitions = list(find_definitions(tokens))
    if not tagged and not definitions:
        return list(segments)
    people = {t.start: t for t in tagged if t.kind == "people" and t.sure >= LIKELY}
    bodies = frozenset(t.end for t in tagged if t.kind == "organizations" and t.sure >= SURE)
    row = _Row(c for s in segments for c in _cut_holder(_without_person(s, people, bodies, tokens, lexicon), bodies, tokens))
    for seen in tagged:
        beside = row.beside(seen.start, seen.end)
        if len(beside) == 1 and _is_cut_so(beside[0], seen):
            continue  # most names: the rules cut them as the tagger does
        if seen.sure < LIKELY or not _may_replace(tokens, seen, beside):
            continue
        name = _with_its_run(tokens, seen, beside, lexicon)
        for segment in beside:
            row.drop(segment)
            for rest in _around(tokens, segment, name):
                row.put(rest)
        row.put(Segment(name.start, name.end, "plain"))
    if definitions:
        _join_defined(tokens, definitions, row, tagged)
    return row.in_order()


def _is_cut_so(segment: Segment, name: Tagged) -> bool:
    return segment.start == name.start and segment.end == name.end and segment.kind == "plain"


def _with_its_run(tokens: Sequence[Token], name: Tagged, beside: Sequence[Segment], lexicon: Lexicon) -> Tagged:
    """A person's name with the words that run into it without any mark ("Pramudya" before "Iriawan Buntoro"), unless one of
    them is a common word."""
    if name.kind != "people":
        return name
    name = _with_initials(tokens, name)
    runs = [s for s in beside if s.kind == "plain"]
    start, end = min([name.start, *(s.start for s in runs)]), max([name.end, *(s.end for s in runs)])
    area = lexicon.match(tokens, start)  # "Bupati Kudus Hartopo": the area that an office is of
    known = area is not None and area.kind == "places"
    office = tokens[start - 1] if start else None
    if office and ((known and office.cap) or (_is_of_office(office) and (known or _is_owner(tokens, start, name.start)))):
        start = name.start
    born = next((i for i in range(start, name.start) if opens_by_birth(tokens, i)), None)
    if born is not None:
        start = born  # "Cut Mini Theo": of such a name each word may be a common one
    if opens_by_birth(tokens, start):  # "I Nyoman Gde Antara"
        others = any_words("person_never", "role_nouns", "honorifics")
        ends = (i for i in range(name.end, end) if not tokens[i].cap or tokens[i].upper or tokens[i].low in others)
        return Tagged(start, next(ends, end), name.kind, name.sure)
    added = [
        tokens[i]
        for i in (*range(start, name.start), *range(name.end, end))
        if tokens[i].low not in words("person_connectors")
        and not is_initial(tokens, i)
        and not opens_by_birth(tokens, i)
        and not (i > name.end and tokens[i - 1].low in words("name_bridges"))
    ]
    if any(
        t.upper
        or not t.cap
        or t.low in words("person_never")
        or (t.low in listed_words("common_words") and t.low not in last_names())
        or t.low in _others_words()
        or is_passive(t.low)
        for t in added
    ):
        return name
    return Tagged(start, end, name.kind, name.sure)


def _is_of_office(token: Token) -> bool:
    """ "Ketua", and "Riset" behind "Kepala" """
    return token.low in words("role_nouns") or (token.cap and token.low in words("role_words"))


def _with_initials(tokens: Sequence[Token], name: Tagged) -> Tagged:
    """ "Menurut M. Sanusi": the initials that open a name are part of it."""
    start = name.start
    while start > 1 and is_initial(tokens, start - 1):
        low = tokens[start - 2].low  # "R." alone is a title, and in a row of initials none, nor is "H." but as the first
        row = start > 3 and is_initial(tokens, start - 3)
        if low in words("honorifics") and not row and (low == "h" or start == name.start):
            break
        start -= 2
    return replace(name, start=start)


def _is_owner(tokens: Sequence[Token], start: int, name: int) -> bool:
    """A first name opens at ``name`` and none at ``start``: what stands there is what the office before it is of, unless a lone
    strange word stands behind somebody's job in small letters ("desainer senior Irna Mutiara")."""
    called = listed_words("given_names")
    strange = name == start + 1 and not tokens[start - 1].cap and not tokens[start].upper and not is_running(tokens[start].low)
    return start < name and tokens[name].low in called and tokens[start].low not in called and not strange


def _others_words() -> frozenset[str]:
    return any_words("english_words", "role_words", "role_nouns", "honorifics")


def _around(tokens: Sequence[Token], segment: Segment, name: Tagged) -> Iterator[Segment]:
    """What is left of a segment before and behind the name that takes its middle."""
    if segment.start < name.start and segment.kind in ("plain", "office", "other"):
        headless = segment.kind == "plain" and tokens[name.start - 1].low in words("person_never")
        yield Segment(segment.start, name.start, "organizations" if headless else segment.kind)
    if name.end < segment.end and segment.kind == "plain":
        yield Segment(name.end, segment.end, segment.kind)


def _without_person(
    segment: Segment, people: dict[int, Tagged], bodies: frozenset[int], tokens: Sequence[Token], lexicon: Lexicon
) -> Segment:
    """ "Fraksi Partai Demokrat Saan Mustopa": a body's name ends where a person's begins, unless it is the kind of
    body that bears people's names ("Universitas Ahmad Dahlan") or nothing but the kind would be left of it."""
    if segment.kind == "places" and segment.known is None:
        return _without_holder(segment, people, tokens, lexicon)
    if segment.kind != "organizations" or segment.known or tokens[segment.start].low in words("heads_named_after_people"):
        return segment
    head = tokens[segment.start]
    alone = head.upper and head.low not in words("legal_forms")  # "DPD Andi Rahman": the acronym is a whole name
    for start in range(segment.start + 1, segment.end):
        # "Partai Uni Kristen", "Tirta Institute for Rural Study", whatever the tagger says
        if tokens[start].low in words("faiths") or tokens[start - 1].low in ("of", "for", "on", "the"):
            continue
        # "Pelatih Persib Bojan Hodak": the tagger sees a body end there too.
        whole = (
            alone
            or start > segment.start + 1
            or _is_spokesman(tokens, segment, people.get(start))
            or (start in bodies and head.low not in words("legal_forms"))
        )
        if whole and start in people and segment.end <= people[start].end and not _names_body(tokens, segment, people[start]):
            return Segment(segment.start, start, segment.kind)
    return segment


def _cut_holder(segment: Segment, bodies: frozenset[int], tokens: Sequence[Token]) -> Iterator[Segment]:
    """ "Jaksa KPK Wisnuwardi Pradana": behind an office the tagger surely sees the body end with its acronym, and two or three
    words follow that may be a name: they are who holds the office."""
    start, end = segment.start, segment.end
    held = start > 0 and tokens[start - 1].low in words("role_nouns") and start + 1 in bodies
    acronym = segment.kind == "organizations" and tokens[start].upper and tokens[start].low not in words("legal_forms")
    rest = tokens[start + 1 : end]
    if held and acronym and segment.known is None and len(rest) in (2, 3) and _is_holder(rest):
        yield Segment(start, start + 1, segment.kind)
        yield Segment(start + 1, end, "plain")
    else:
        yield segment


def _is_holder(span: Sequence[Token]) -> bool:
    """Words that may be somebody's full name, the first of them one that no running text has or that people are called by."""
    others = any_words("organization_heads", "organization_tails", "person_never", "english_words", "role_words")
    named = not is_running(span[0].low) or may_be_called(span[0].low)
    return named and all(t.cap and not t.upper and t.low not in others for t in span)


def _names_body(tokens: Sequence[Token], body: Segment, person: Tagged) -> bool:
    """ "Dirut PDAM Tirta Jati Yudi Rahman": a water company has a name of its own, behind which a first name opens."""
    if tokens[body.start].low not in words("water_firms") or not body.end - 1 > person.start == body.start + 1:
        return False
    return body.end < person.end and tokens[body.end].low in listed_words("given_names") and tokens[body.end].cap


def _is_spokesman(tokens: Sequence[Token], body: Segment, person: Tagged | None) -> bool:
    """ "Juru Bicara Satgas Tarwin Hadikusumo": behind an office and nothing but the kind of a body, a full name that is
    surely a person's is who holds the office."""
    office = tokens[body.start - 1] if body.start and tokens[body.start].low not in words("legal_forms") else None
    held = office is not None and office.cap and office.low in any_words("role_nouns", "role_words")
    return held and person is not None and person.sure >= SURE and person.end - person.start > 1


def _without_holder(segment: Segment, people: dict[int, Tagged], tokens: Sequence[Token], lexicon: Lexicon) -> Segment:
    """ "Kepala Dinas Perhubungan Kota Bekasi Zeno Bachtiar": the town that is known ends where the tagger surely sees a person
    begin; "Jalan Ahmad Yani" is a place as a whole."""
    area = lexicon.match(tokens, segment.start)
    if area is None or area.kind != "places":
        return segment
    person = people.get(segment.start + area.size)
    if person is None or person.sure < SURE or person.end < segment.end:
        return segment
    return Segment(segment.start, segment.start + area.size, "places", area)


def _may_replace(tokens: Sequence[Token], name: Tagged, beside: Sequence[Segment]) -> bool:
    for segment in beside:
        inside = name.start <= segment.start and segment.end <= name.end
        if segment.kind == "other" and _is_settled(tokens, segment.start):
            return False
        if segment.kind == "plain" or (segment.kind in ("office", "other") and name.sure >= SURE):
            continue
        added = [*tokens[name.start : segment.start], *tokens[segment.end : name.end]]
        longer = inside and any(t.word and t.low not in words("legal_forms") for t in added)
        if segment.known is not None and segment.kind == name.kind == "organizations" and _names_holder(tokens, name, segment):
            return False  # "Pelatih Persib Bojan Hodak"
        # "Pertamina Patra Niaga" is another body than Pertamina, and behind a first name stands somebody's full name.
        opened = segment.kind == "people" and name.start < segment.start and _is_listed(tokens[name.start].low)
        more = segment.kind != name.kind or (segment.known is not None and segment.start == name.start) or opened
        if not (longer and name.sure >= SURE and more):
            return False
    return True


def _is_settled(tokens: Sequence[Token], i: int) -> bool:
    """A ship, initials given for a name, a degree or what a rank is of, whatever the tagger takes it for ("Umar, MA")."""
    return is_ship(tokens, i) or is_persons_initials(tokens, i) or is_degree(tokens, i) or is_service(tokens, i)


def _names_holder(tokens: Sequence[Token], name: Tagged, body: Segment) -> bool:
    """Behind an office and a known body a first name and one or two words more: who holds the office, no part of the body."""
    office = tokens[name.start - 1].low if name.start else ""
    rest = tokens[body.end : name.end]
    if name.start != body.start or office not in words("role_nouns") or len(rest) not in (2, 3):
        return False
    bodies = any_words("organization_heads", "organization_tails", "person_never", "english_words", "role_words")
    return may_be_called(rest[0].low) and all(t.cap and not t.upper and t.low not in bodies for t in rest)


def _is_listed(low: str) -> bool:
    """Whether a list of names holds a folded word, of families too."""
    return low in listed_words("given_names") or low in read_tables().called


def _join_defined(tokens: Sequence[Token], definitions: Iterable[tuple[int, int]], row: _Row, tagged: Sequence[Tagged]) -> None:
    """Make one body of each long form that a bracket shortens, where its head, the tagger or a part of it says that it is one;
    what else is shortened so (a tax, a vaccine) stays as it was."""
    seen = {i for t in tagged if t.kind == "organizations" and t.sure >= LIKELY for i in range(t.start, t.end)}
    for start, end in definitions:
        beside = row.beside(start, end)
        bodies = [s for s in beside if s.kind == "organizations"]
        first = min([start, *(s.start for s in bodies)])
        if tokens[end + 1].low in words("other_acronyms"):
            continue
        if tokens[first].low in any_words("other_heads", "role_nouns"):  # a happening, or an office: "Kepala ... (Kapusdatin)"
            continue
        # What an Indonesian body of many words calls itself: "Masyarakat Transportasi Indonesia (MTI)".
        if _is_generic(tokens, first, end):
            _make_generic(row, end + 1)
            continue
        national = tokens[end - 1].low == "indonesia"
        headed = tokens[first].low in words("organization_heads")
        if national or headed or bodies or any(i in seen for i in range(start, end)):
            _make_body(row, beside, first, end)


def _is_generic(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "Perguruan Tinggi Swasta (PTS)", and not "Pengadilan Negeri (PN) Melati": the kind of a body and nothing behind it."""
    behind = end + 3
    named = behind < len(tokens) and tokens[behind].cap and not tokens[behind].first
    return not named and " ".join(t.low for t in tokens[start:end]) in words("generic_bodies")


def _make_generic(row: _Row, at: int) -> None:
    """The short form of a kind of body is no more a name than the long one."""
    for short in row.beside(at, at + 1):
        if short.kind == "plain":
            row.drop(short)
            row.put(replace(short, kind="other"))


def _make_body(row: _Row, beside: Sequence[Segment], first: int, end: int) -> None:
    whole = next((s for s in beside if (s.start, s.end) == (first, end) and s.kind == "organizations"), None)
    for segment in beside:
        row.drop(segment)
    row.put(whole or Segment(first, end, "organizations"))
    for short in row.beside(end + 1, end + 2):
        if short.kind == "plain" and short.start == end + 1:
            row.put(Segment(short.start, short.end, "organizations"))
