"""A sentence without quotation marks -> the clause it reports and whose it is (indirect speech)."""

from __future__ import annotations

from alibaba_news.loader.quotes.attribution import read_after
from alibaba_news.loader.quotes.clauses import (
    SHORTEST,
    Reported,
    count_words,
    cut_tail,
    find_clause,
    is_clause,
    skip_connective,
    skip_joint,
)
from alibaba_news.loader.quotes.phrases import read_phrase
from alibaba_news.loader.quotes.subjects import read_subject
from alibaba_news.loader.quotes.trailing import read_trailing
from alibaba_news.loader.quotes.voices import Line, Voice, find_mention_end, find_people, is_predicate

_STILL = ("masih", "sementara", "sedangkan", "dan", "sebab", "karena", "tapi", "tetapi")  # menurut Budi, ...


def read_reported(line: Line, start: int, end: int) -> Reported | None:
    """The reported clause of the sentence in tokens ``start`` to ``end``; None where the sentence reports nobody's words."""
    while end > start and line.tokens[end - 1].sign and line.tokens[end - 1].word != ")":
        end -= 1
    begin = skip_connective(line, start, end)
    if begin + 1 < end and line.tokens[begin].word in _STILL and line.tokens[begin + 1].word == "menurut":
        begin += 1
    if begin >= end:
        return None
    found = _read_leading(line, begin, end) or _read_tagged(line, begin, end) or _read_main(line, start, begin, end)
    if found is None:
        return None
    last = cut_tail(line, found.first, found.last)
    return found._replace(last=last) if count_words(line, found.first, last) >= SHORTEST else None


def _read_tagged(line: Line, begin: int, end: int) -> Reported | None:
    """A pronoun in the midst adds nothing to a sentence that names its speaker ("Budi mengatakan, A, kata dia, B")."""
    found = read_trailing(line, begin, end)
    main = _read_main(line, begin, begin, end) if found is not None and found.voice.kind == "back" else None
    return None if main is not None and main.voice.kind != "unnamed" else found


def read_added(line: Line, start: int, end: int) -> Reported | None:
    """What the words behind a quotation add to it ('"...," kata Budi seraya menambahkan bahwa ...')."""
    while end > start and line.tokens[end - 1].sign and line.tokens[end - 1].word != ")":
        end -= 1
    for n in range(start + 1, end - SHORTEST):
        if line.tokens[n].word == "bahwa":
            voice = read_after(line, start, n, paused=True) if line.has("active", n - 1) else None
            return Reported(voice, n + 1, end) if voice is not None else None
    return None


def _read_leading(line: Line, begin: int, end: int) -> Reported | None:
    """ "Menurut Budi, A", "Dijelaskannya, A", "Kata Budi, A"."""
    word = line.tokens[begin].word
    if word in ("menurutnya", "katanya") or line.lexicon.has("root_nya", word) or line.lexicon.has("passive_nya", word):
        first = begin + 1
        if first < end and line.tokens[first].word in (",", "bahwa"):
            return Reported(Voice("back", line.slice(begin, begin + 1)), skip_joint(line, first, end), end)
        if is_clause(line, first, end):
            return Reported(Voice("back", line.slice(begin, begin + 1)), first, end)
        return None
    if word != "menurut" and not line.lexicon.has("roots", word) and not line.lexicon.has("passive", word):
        return None
    behind = begin + 1
    if behind < end and line.has("accounts", behind) and find_people(line, behind, min(end, behind + 8)):
        behind += 1
    if behind < end and line.lexicon.has("sources", line.tokens[behind].word):
        return None
    voice = read_phrase(line, behind, end)
    first = _find_clause_after_name(line, behind, end, voice)
    if voice is None or first < 0:
        return None
    if word == "menurut":
        inner = _read_main(line, first, first, end)
        if inner is not None and inner.voice.kind == "named":
            return inner
    return Reported(voice, first, end)


def _find_clause_after_name(line: Line, begin: int, end: int, voice: Voice | None) -> int:
    """Behind the comma that follows the speaker; the office may hold commas of its own."""
    if voice is None:
        return -1
    at = begin
    if voice.kind == "named":
        named = [n for n in range(begin, end) if line.tokens[n].entity == voice.id and line.tokens[n].first]
        at = named[0] if named else begin
        behind = find_mention_end(line, at)
        plain = behind < end and not line.tokens[behind].sign
        if plain and not any(line.has(s, behind) for s in ("stops", "soft_stops")) and is_clause(line, behind, end):
            return behind
    while at < end and line.tokens[at].word not in (",", "bahwa"):
        at += 1
    # An office set behind the name is short and without a verb (Menurut Budi, ekonom Bank Maju, harga naik).
    comma = next((n for n in range(at + 1, min(end, at + 10)) if line.tokens[n].word == ","), -1)
    if at < end and comma > 0 and _is_office(line, at + 1, comma):
        at = comma
    return skip_joint(line, at, end) if at < end else -1


def _is_office(line: Line, first: int, last: int) -> bool:
    starts = line.lexicon.has("person_nouns", line.tokens[first].word) or line.tokens[first].word in (
        "selaku",
        "yang",
        "seorang",
    )
    return starts and not any(is_predicate(line, n) for n in range(first, last))


def _read_main(line: Line, start: int, begin: int, end: int) -> Reported | None:
    """ "Budi mengatakan (bahwa) A": the first speech verb that has a subject and a clause."""
    near = min(end, begin + 60)
    if line.lexicon.has("on_the_way", line.tokens[begin].word):
        begin = next((n + 1 for n in range(begin, near) if line.tokens[n].word == ","), begin)
    for verb in line.find("reporting", begin, near):
        voice = read_subject(line, max(start, begin), verb)
        if voice is None or (line.has("asking", verb) and any(line.has("on_the_way", n) for n in range(begin, verb))):
            continue
        first = find_clause(line, verb, end)
        if first >= 0:
            return Reported(voice, first, end)
        if voice.kind != "unnamed":
            return None
    return None
