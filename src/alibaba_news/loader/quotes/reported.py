"""A sentence without quotation marks -> the clause it reports and whose it is (indirect speech)."""

from __future__ import annotations

import re

from msgspec.structs import replace

from alibaba_news.loader.quotes.attribution import read_after
from alibaba_news.loader.quotes.clauses import (
    SHORTEST,
    Reported,
    count_words,
    cut_tail,
    find_clause,
    is_clause,
    is_short_report,
    skip_connective,
    skip_joint,
)
from alibaba_news.loader.quotes.phrases import read_phrase
from alibaba_news.loader.quotes.subjects import read_subject
from alibaba_news.loader.quotes.trailing import read_trailing
from alibaba_news.loader.quotes.voices import Line, Voice, find_mention_end, find_people, is_predicate

_NEAR_THAT = 4  # tokens from a verb to its "bahwa", who is told between them
# A degree in medicine behind a comma ("Budi Santoso, SpOG, ...").
_DEGREE = re.compile(r"Sp[A-Z][A-Za-z]{0,4}|MARS")


def read_reported(line: Line, start: int, end: int) -> Reported | None:
    """The reported clause of the sentence in tokens ``start`` to ``end``; None where the sentence reports nobody's words."""
    while end > start and line.tokens[end - 1].sign and line.tokens[end - 1].word != ")":
        end -= 1
    begin = skip_connective(line, start, end)
    if begin + 1 < end and line.has("before_source", begin) and _opens_tag(line, begin + 1):
        begin += 1
    if begin >= end:
        return None
    found = _read_leading(line, begin, end) or _read_tagged(line, begin, end) or _read_main(line, start, begin, end)
    if found is None:
        return None
    last = cut_tail(line, found.first, found.last)
    return replace(found, last=last) if found.brief or count_words(line, found.first, last) >= SHORTEST else None


def _opens_tag(line: Line, at: int) -> bool:
    """ "menurut Budi", "kata Budi", "dijelaskan Budi" """
    return line.tokens[at].word in ("menurut", "kata") or line.has("passive", at)


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
    # "ujar Budi, dosen Universitas Maju, ..." without a capital is the tag of a quotation that a line break has torn off.
    if begin == 0 and line.text[line.tokens[0].start].islower() and line.has("roots", 0):
        return None
    word = line.tokens[begin].word
    if word in ("menurutnya", "katanya") or line.lexicon.has("root_nya", word) or line.lexicon.has("passive_nya", word):
        first = begin + 1
        if first < end and line.tokens[first].word in (",", "bahwa"):
            return Reported(Voice("back", line.slice(begin, begin + 1)), skip_joint(line, first, end), end)
        if is_clause(line, first, end):
            return Reported(Voice("back", line.slice(begin, begin + 1)), first, end)
        return None
    behind = _find_teller(line, begin, end)
    if behind < 0 or (behind < end and line.lexicon.has("sources", line.tokens[behind].word)):
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


def _find_teller(line: Line, begin: int, end: int) -> int:
    """Where the speaker stands behind the words that open the sentence ("Kata", "Menurut penuturan"), else -1."""
    word, behind = line.tokens[begin].word, begin + 1
    if line.has("led_by", begin) and behind < end and (line.has("passive", behind) or line.has("roots", behind)):
        behind += 1  # "Seperti dikatakan Budi, ..."
    elif line.has("settings", begin) and behind < end and line.has("accounts", behind):
        pass  # "Berdasarkan keterangan Budi, ..."
    elif word != "menurut" and not line.lexicon.has("roots", word) and not line.lexicon.has("passive", word):
        return -1
    if behind < end and line.has("accounts", behind) and find_people(line, behind, min(end, behind + 8)):
        behind += 1
    return behind


def _find_clause_after_name(line: Line, begin: int, end: int, voice: Voice | None) -> int:
    """Behind the comma that follows the speaker; the office may hold commas of its own."""
    if voice is None:
        return -1
    at = begin
    if voice.kind == "named":
        named = [n for n in range(begin, end) if line.tokens[n].entity == voice.id and line.tokens[n].first]
        at = named[0] if named else begin
        behind = find_mention_end(line, at)
        # Degrees end the name ("Menurut Budi Santoso SE, harga ...").
        while behind < end and line.tokens[behind].cap and not line.tokens[behind].entity:
            behind += 1
        plain = behind < end and not line.tokens[behind].sign
        timed = behind + 1 < end and line.tokens[behind + 1].word == "ini"  # "Menurut Budi saat ini harga turun"
        stops = plain and not timed and any(line.has(s, behind) for s in ("stops", "soft_stops"))
        if plain and not stops and is_clause(line, behind, end):
            return behind
    while at < end and line.tokens[at].word not in (",", "bahwa"):
        at += 1
    # An office set behind the name is short and without a verb (Menurut Budi, ekonom Bank Maju, harga naik).
    reach = at + (16 if any(line.has("apart_with_verb", n) for n in range(at + 1, min(end, at + 10))) else 10)
    comma = next((n for n in range(at + 1, min(end, reach)) if line.tokens[n].word == ","), -1)
    if at < end and comma > 0 and _is_office(line, at + 1, comma):
        at = comma
    at = skip_joint(line, at, end)
    return at if at < end else -1


def _is_office(line: Line, first: int, last: int) -> bool:
    if all(_DEGREE.fullmatch(line.text, t.start, t.end) for t in line.tokens[first:last]):
        return True
    starts = line.lexicon.has("person_nouns", line.tokens[first].word.removesuffix("nya")) or line.tokens[first].word in (
        "selaku",
        "yang",
        "seorang",
    )
    # Where and when it was said may follow ("ahli bedah di Solo saat ditemui wartawan").
    last = next((n for n in range(first, last) if line.has("apart_with_verb", n)), last)
    return starts and not any(is_predicate(line, n) for n in range(first, last))


def _read_main(line: Line, start: int, begin: int, end: int) -> Reported | None:
    """ "Budi mengatakan (bahwa) A": the first speech verb that has a subject and a clause."""
    near = min(end, begin + 60)
    if line.lexicon.has("on_the_way", line.tokens[begin].word):
        begin = next((n + 1 for n in range(begin, near) if line.tokens[n].word == ","), begin)
    spoken = False
    for verb in line.find("reporting", begin, near):
        # Behind a verb that reported no clause only what goes on with it does ("Budi memaparkan data itu dan mengatakan ...").
        if spoken and not _goes_on(line, verb):
            continue
        voice = _read_reporter(line, max(start, begin), verb)
        asks = line.has("asking", verb) and not line.has("active_either", verb)
        if voice is None or (asks and any(line.has("on_the_way", n) for n in range(begin, verb))):
            continue
        if not _reports(line, voice, verb, end):
            continue
        begun = verb + 2 if verb + 1 < end and line.tokens[verb + 1].word == "bahwa" else verb + 1
        if is_short_report(line, verb, begun, end):
            return Reported(voice, begun, end, brief=True)
        first = find_clause(line, verb, end)
        if first < 0 and _records(line, voice, verb, end):
            first = verb + 1
        if first >= 0:
            return Reported(voice, first, end)
        spoken = spoken or voice.kind != "unnamed"
    return None


def _read_reporter(line: Line, start: int, verb: int) -> Voice | None:
    """Whose verb it is; to deny is no statement, not to deny it is one ("Budi tak menampik bahwa ...")."""
    if not line.has("conceding", verb):
        return read_subject(line, start, verb)
    conceded = verb > start and line.has("negations", verb - 1)
    return read_subject(line, start, verb - 1) if conceded else None


def _reports(line: Line, voice: Voice, verb: int, end: int) -> bool:
    """Whether a verb reports that does so only with "bahwa" or only of one who judges by trade."""
    if line.has("viewing", verb):
        return _judges(line, voice) and is_clause(line, verb + 1, end)
    near = line.tokens[verb + 1 : min(end, verb + 1 + _NEAR_THAT)]
    return not line.has("with_that", verb) or any(t.word == "bahwa" for t in near)


def _judges(line: Line, voice: Voice) -> bool:
    """Somebody whose trade it is to judge ("analis", "pengamat")."""
    roles = line.roles.get(voice.id or "", ())
    return any(role.split(" ", 1)[0] in line.lexicon.sets["judges"] for role in roles)


def _records(line: Line, voice: Voice, verb: int, end: int) -> bool:
    """ "BPS mencatat ekspor naik 5 persen": a body, and a clause without a turn in it ("mencatat laba meski ...")."""
    body = voice.kind == "named" and not voice.person and line.has("recording", verb)
    clause = body and not line.find("on_the_way", verb, end) and is_clause(line, verb + 1, end)
    return clause and not line.has("feats", verb + 1)


def _goes_on(line: Line, verb: int) -> bool:
    at = verb - 1
    while at > 0 and line.has("adverbs", at):
        at -= 1
    return line.has("joiners", at)
