"""Words behind a speech verb -> Voice ("ujar Menteri Keuangan, Budi Santoso, di Jakarta"). Nothing is guessed here."""

from __future__ import annotations

from alibaba_news.loader.quotes.voices import (
    POINTING,
    Line,
    Voice,
    find_account,
    find_mention_end,
    find_people,
    is_bound,
    is_predicate,
    is_title,
    name_voice,
    read_noun,
)

# What stands between these interrupts the office and its name ("Kepala Dinas (Kadis) Budi", "Ketua - wakil warga - Budi").
_ASIDES = {"(": (")",), "–": ("–", "-"), "—": ("—", "-"), "-": ("-",)}


def read_phrase(line: Line, at: int, end: int) -> Voice | None:
    """Who stands behind the verb ("ujar Menteri Keuangan, Budi Santoso, di Jakarta"); None where nobody does."""
    while at < end and line.tokens[at].word in ("oleh", ".", "juga", "pula", "lagi", "kembali"):
        at += 1
    if at >= end or line.tokens[at].quote >= 0 or line.tokens[at].sign:
        return None
    first = line.tokens[at]
    if line.lexicon.has("pronouns", first.word):
        return Voice("back", line.slice(at, at + 1))
    stop = _find_head_end(line, at, end)
    if stop == at:
        return None
    soft = next((n for n in range(at, stop) if line.has("soft_stops", n)), stop)
    people = find_people(line, at, soft)
    if not people and soft < stop:
        people = _find_named_last(line, soft, stop)
    if people:
        return _choose_person(line, at, stop, end, people)
    if soft < stop and line.tokens[soft].word in ("bernama", "yaitu", "yakni"):
        named = find_people(line, soft, stop)
        return name_voice(line, named[0]) if named else Voice("unknown", line.slice(at, stop))
    return _find_apposed(line, stop, end) or _read_nameless(line, at, soft, stop)


def _find_head_end(line: Line, at: int, end: int) -> int:
    """Where the noun phrase ends: at a sign, a quotation, or a word that no longer belongs to the name."""
    n = at
    named = False
    while n < end:
        token = line.tokens[n]
        named = named or token.person
        # A verb behind the name tells what else the speaker does ("kata Budi menirukan Rina").
        if named and is_predicate(line, n):
            break
        if token.word in _ASIDES:
            close = next((k for k in range(n + 1, min(end, n + 12)) if line.tokens[k].word in _ASIDES[token.word]), -1)
            if close < 0:
                break
            n = close
        elif _ends_noun(line, n) and not (token.word == "," and _points_behind(line, at, n + 1, end)):
            break
        n += 1
    n = min(n, end)
    while n > at and line.tokens[n - 1].word == ".":
        n -= 1
    return n


def _points_behind(line: Line, at: int, first: int, end: int) -> bool:
    """Behind a comma only capitals up to "itu": the district still says who ("pria asal Ngadirojo, Pacitan itu")."""
    last = next((n for n in range(first, min(end, first + 5)) if not line.tokens[n].cap or line.tokens[n].person), first)
    told = line.tokens[at].word in line.lexicon.sets["person_nouns"] and not line.tokens[at].cap
    return told and first < last < end and line.tokens[last].word in POINTING


def _ends_noun(line: Line, at: int) -> bool:
    token = line.tokens[at]
    if token.quote >= 0 or (token.sign and token.word != "."):
        return True
    sets = line.lexicon.sets
    day = token.word in sets["days"] and not token.entity
    return day or (not token.cap and (token.word in sets["stops"] or token.word in sets["active"]))


def _find_named_last(line: Line, soft: int, stop: int) -> list[int]:
    """The name that ends an office with a preposition in it ("Menteri untuk Urusan Laut Budi Santoso"): other words in
    capitals stand between, so that it is not the name of what the preposition leads to ("warga di rumah Budi")."""
    people = find_people(line, soft, stop)
    if len(people) != 1 or line.tokens[soft].word not in ("dari", "untuk", "pada") or find_mention_end(line, people[0]) < stop:
        return []
    between = [t for n, t in enumerate(line.tokens[soft + 1 : people[0]], soft + 1) if t.cap and not is_title(line, n)]
    return people if between and not line.lexicon.has("relational", between[-1].word) else []


def _choose_person(line: Line, at: int, stop: int, end: int, people: list[int]) -> Voice:
    one = people[0]
    doubt = Voice("unknown", line.slice(at, next((n for n in range(people[-1], stop) if line.has("soft_stops", n)), stop)))
    apposed = _find_apposed(line, stop, end)
    if is_bound(line, at, one):
        return apposed or doubt
    if any(line.has("conjunctions", n) for n in range(find_mention_end(line, one), stop)):
        return doubt
    if _is_list(line, stop, end):
        return doubt
    if apposed is not None and one > at and apposed.person:
        # What stands before the comma is the office then, whatever names are in it ("Kepala Panti Kartika, Budi").
        return apposed
    if len({line.tokens[n].entity for n in people}) == 1:
        return name_voice(line, one)
    last = people[-1]
    # An office that holds a name ends with the name of who holds it ("Ketua Yayasan Kartika Budi").
    ends = one > at and find_mention_end(line, last) == stop and all(t.cap or t.word == "." for t in line.tokens[one:last])
    return name_voice(line, last) if ends and not is_bound(line, at, last) else doubt


def _is_list(line: Line, comma: int, end: int) -> bool:
    """Several names, the last behind "dan" ("kata Budi, Rina, dan Tono")."""
    n = comma
    while n + 1 < end and (line.tokens[n].word in (",", ".") or line.tokens[n].person or is_title(line, n)):
        n += 1
    person = any(t.person for t in line.tokens[comma:n])
    return person and line.has("conjunctions", n) and any(t.person for t in line.tokens[n + 1 : min(end, n + 4)])


def _find_apposed(line: Line, comma: int, end: int) -> Voice | None:
    """The name behind a comma ("Menteri Keuangan, Budi Santoso"), also behind a second part of the office."""
    at = comma
    for _ in range(3):
        if at >= end or line.tokens[at].word != ",":
            return None
        at += 1
        while at < end and line.tokens[at].word in ("yaitu", "yakni", "bernama"):
            at += 1
        name = at
        while name < end and not line.tokens[name].entity and (size := _size_of_title(line, name)):
            name += size
        named = name < end and line.tokens[name].person and line.tokens[name].first
        if named and (_ends_phrase(line, name, end) or _holds_office(line, comma, name)):
            return name_voice(line, name)
        if (
            at < end
            and line.tokens[at].entity
            and not line.tokens[at].person
            and _ends_phrase(line, at, end)
            and line.tokens[at - 1].word != ","
        ):
            return name_voice(line, at)
        if at >= end or not line.tokens[at].cap or line.lexicon.has("days", line.tokens[at].word):
            return None
        at = _find_head_end(line, at, end)
    return None


def _size_of_title(line: Line, at: int) -> int:
    """How many tokens from ``at`` are a title, its full stop or a rank in full ("Ajun Komisaris Besar"), or 0."""
    for size in (4, 3, 2):
        span = line.tokens[at : at + size]
        if " ".join(t.word for t in span) in line.lexicon.sets["full_ranks"] and all(t.cap for t in span):
            return size
    return int(is_title(line, at) or line.tokens[at].word == ".")


def _holds_office(line: Line, comma: int, name: int) -> bool:
    """The words before the comma are what the story says the one named behind it is ('ujar ketua majelis hakim, Budi membacakan
    putusan'): a verb behind the name goes on with what the speaker does."""
    said = line.text[: line.tokens[comma].start].casefold().rstrip()
    return any(said.endswith(f" {role}") for role in line.roles.get(line.tokens[name].entity, ()))


def _ends_phrase(line: Line, name: int, end: int) -> bool:
    """A name with its own verb behind it begins a new clause and says nothing about who spoke."""
    behind = find_mention_end(line, name)
    if behind >= end:
        return True
    token = line.tokens[behind]
    return token.quote >= 0 or token.sign or any(line.has(s, behind) for s in ("stops", "soft_stops", "active", "accompanied"))


def _read_nameless(line: Line, at: int, soft: int, stop: int) -> Voice:
    """Somebody without a personal name: an organization, a noun that points back, or nobody the text names."""
    # A platform only carries what an account of it says ("tulis akun Instagram Dinas Perhubungan").
    org = next(
        (n for n in range(at, stop) if line.tokens[n].first and not line.lexicon.has("platforms", line.tokens[n].word)), -1
    )
    if org >= 0 and all(line.lexicon.has("voices", line.tokens[n].word) or line.tokens[n].word == "." for n in range(at, org)):
        behind = find_mention_end(line, org)
        if behind >= stop or not line.tokens[behind].cap:
            both = behind < stop and line.has("conjunctions", behind)
            return Voice("unknown", line.slice(at, stop)) if both else name_voice(line, org)
    return find_account(line, at, stop) or read_noun(line, at, soft, stop)
