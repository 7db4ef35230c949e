"""Words behind a speech verb -> Voice ("ujar Menteri Keuangan, Budi Santoso, di Jakarta"). Nothing is guessed here."""

from __future__ import annotations

from alibaba_news.loader.quotes.voices import (
    Line,
    Voice,
    find_mention_end,
    find_people,
    is_bound,
    is_title,
    name_voice,
    read_noun,
)


def read_phrase(line: Line, at: int, end: int) -> Voice | None:
    """Who stands behind the verb ("ujar Menteri Keuangan, Budi Santoso, di Jakarta"); None where nobody does."""
    while at < end and line.tokens[at].word in ("oleh", "."):
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
    return _find_apposed(line, stop, end) or _read_nameless(line, at, soft, stop)


def _find_head_end(line: Line, at: int, end: int) -> int:
    """Where the noun phrase ends: at a sign, a quotation, or a word that no longer belongs to the name."""
    n = at
    while n < end:
        token = line.tokens[n]
        if token.word == "(":
            close = next((k for k in range(n, min(end, n + 12)) if line.tokens[k].word == ")"), -1)
            if close < 0:
                break
            n = close
        elif _ends_noun(line, n):
            break
        n += 1
    n = min(n, end)
    while n > at and line.tokens[n - 1].word == ".":
        n -= 1
    return n


def _ends_noun(line: Line, at: int) -> bool:
    token = line.tokens[at]
    if token.quote >= 0 or (token.sign and token.word != "."):
        return True
    day = line.lexicon.has("days", token.word) and not token.entity
    return day or line.has("stops", at) or line.has("active", at)


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
    apposed = _find_apposed(line, stop, end)
    if is_bound(line, at, one):
        return apposed or Voice("unknown", line.slice(at, stop))
    behind = find_mention_end(line, one)
    joined = any(line.has("conjunctions", n) for n in range(behind, min(stop, behind + 1)))
    if joined or len({line.tokens[n].entity for n in people}) > 1:
        return Voice("unknown", line.slice(at, stop))
    return name_voice(line, one)


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
        while name < end and not line.tokens[name].entity and (is_title(line, name) or line.tokens[name].word == "."):
            name += 1
        if name < end and line.tokens[name].person and line.tokens[name].first and _ends_phrase(line, name, end):
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
    return read_noun(line, at, soft, stop)
