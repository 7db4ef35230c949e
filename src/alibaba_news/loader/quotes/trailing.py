"""Attribution behind or within a sentence without quotation marks ("A, kata Budi."; "A, kata Budi, B.") -> Reported."""

from __future__ import annotations

from alibaba_news.loader.quotes.clauses import SHORTEST, Reported, count_words, is_circumstance, is_clause
from alibaba_news.loader.quotes.phrases import read_phrase
from alibaba_news.loader.quotes.subjects import read_subject
from alibaba_news.loader.quotes.voices import Line, Voice, find_mention_end, is_predicate, name_voice

_OPENINGS = frozenset((",", "?", "!", "menurut", "menurutnya"))
_DASHES = frozenset("–—")
_LONGEST_TAG = 16  # tokens
_LONGEST_SUBJECT = 6  # tokens


def read_trailing(line: Line, begin: int, end: int) -> Reported | None:
    """ "A, kata Budi." and "A, kata Budi, B." """
    for comma, token in enumerate(line.tokens[begin + 1 : end - 1], begin + 1):
        if token.word not in _OPENINGS:
            continue
        if token.word == "menurutnya":
            return Reported(Voice("back", line.slice(comma, comma + 1)), begin, end)
        if token.word == "menurut" and line.has("between_source", comma - 1):
            found = _read_joined(line, comma, end)
            if found is not None:
                return found
        if token.word == "menurut" and line.tokens[comma - 1].word != ",":
            voice = _read_inserted(line, begin, comma, end)
            if voice is not None:
                return Reported(voice, begin, end)
        if not token.sign:
            continue
        at = comma + 1
        while at < end - 1 and line.has("leads", at):
            at += 1
        contents = at < end - 1 and line.tokens[at - 1].word == "demikian" and line.has("announcements", at)
        voice = read_phrase(line, at + 1, end) if contents else _read_tag(line, at, end)
        if voice is None:
            continue
        if at < end and not line.has("roots", at) and voice.kind not in ("named", "back"):
            continue
        return _join_parts(line, begin, end, voice, comma=comma, tag=at)
    return _read_unpaused(line, begin, end) or _read_judged(line, begin, end)


def _read_judged(line: Line, begin: int, end: int) -> Reported | None:
    """ "Jalan itu dinilai Budi akan rusak": a passive of saying and whose it is, between the subject and what is said of it."""
    for verb in line.find("bare_passive", begin + 1, end - 1):
        voice = _read_inserted(line, begin, verb, end) if line.tokens[verb + 1].person else None
        if voice is not None:
            return Reported(voice, begin, end)
    return None


def _read_unpaused(line: Line, begin: int, end: int) -> Reported | None:
    """Where the comma was forgotten the tag still ends the sentence ("Harganya sangat mahal sebutnya", "... ujar Budi")."""
    if end - begin <= SHORTEST + 1:
        return None
    if line.has("unpaused_nya", end - 1) and not line.has("no_tag_behind", end - 2):
        return Reported(Voice("back", line.slice(end - 1, end)), begin, end - 1)
    name = end - 1
    while name > begin and line.tokens[name].person and not line.tokens[name].first:
        name -= 1
    tag = name - 1
    named = tag - begin >= SHORTEST and line.tokens[name].person
    if named and line.has("unpaused", tag) and not line.has("no_tag_behind", tag - 1):
        return Reported(name_voice(line, name), begin, name - 1)
    return None


def _read_joined(line: Line, at: int, end: int) -> Reported | None:
    """ "Panen gagal, namun menurut Budi, harga akan turun": only the clause behind the name is his."""
    comma = next((n for n in range(at + 1, min(end - 1, at + 12)) if line.tokens[n].word == ","), -1)
    if comma < 0 or line.lexicon.has("sources", line.tokens[at + 1].word):
        return None
    voice = read_phrase(line, at + 1, comma)
    return Reported(voice, comma + 1, end) if voice is not None and voice.kind in ("named", "back") else None


def _read_inserted(line: Line, begin: int, at: int, end: int) -> Voice | None:
    """ "Harga beras menurut Budi akan turun": a name set between the subject and what is said of it, without commas."""
    name = at + 1
    if any(line.has("active", n) for n in range(begin, at)) or any(is_predicate(line, n) for n in range(begin, at)):
        return None
    if line.lexicon.has("pronouns", line.tokens[name].word):
        behind = name + 1
    elif line.tokens[name].entity and line.tokens[name].first:
        behind = find_mention_end(line, name)
    else:
        return None
    voice = read_phrase(line, name, behind) if behind < end else None
    if behind + 1 < end and line.tokens[behind].word == "," and is_predicate(line, behind + 1):
        behind += 1  # "Harga beras menurut Budi, akan turun"
    elif behind < end and line.tokens[behind].word == ",":  # "menurut Budi, anggota tim, akan ..."
        behind = next((n + 1 for n in range(behind + 1, min(end - 1, behind + 10)) if line.tokens[n].word == ","), end)
    return voice if behind < end and is_predicate(line, behind) else None


def _read_tag(line: Line, at: int, end: int) -> Voice | None:
    if at >= end:
        return None
    word = line.tokens[at].word
    if line.has("root_nya", at) or line.has("passive_nya", at):
        return Voice("back", line.slice(at, at + 1))
    # "..., demikian disampaikan Budi": behind such a word the passive tells whose the words are.
    passive = line.has("passive", at) and line.has("leads", at - 1)
    # "Harga itu, diakui Budi, sudah naik": so does one between commas.
    inserted = line.has("inserted_passive", at) and at + 1 < end and line.tokens[at + 1].person
    passive = passive or (inserted and any(t.word == "," for t in line.tokens[at + 1 : end]))
    if (line.has("roots", at) or word == "menurut" or passive) and at + 1 < end:
        if line.lexicon.has("sources", line.tokens[at + 1].word):
            return None
        then = line.tokens[at + 1]
        if then.cap or then.entity or line.lexicon.has("pronouns", then.word) or line.lexicon.has("person_nouns", then.word):
            return read_phrase(line, at + 1, end)
        return None
    return _read_tag_sentence(line, at, end)


def _read_tag_sentence(line: Line, at: int, end: int) -> Voice | None:
    """ ", Budi menambahkan." and ", demikian Kantor Berita melaporkan": the verb ends the sentence, or only a day follows."""
    verb = next((n for n in range(at + 1, min(end, at + 8)) if line.has("active", n) or line.tokens[n].word == ","), -1)
    if verb < 0 or line.tokens[verb].word == ",":
        return None
    rest = verb + 1
    while rest < end and line.tokens[rest].word in (",", "pada", "hari"):
        rest += 1
    if rest < end and not line.lexicon.has("days", line.tokens[rest].word):
        return None
    return read_subject(line, at, verb)


def _join_parts(line: Line, begin: int, end: int, voice: Voice, *, comma: int, tag: int) -> Reported | None:
    """What stands before the attribution, what stands behind it, or both in one: the text must stay as printed, so the
    inserted words are kept where they are fewer than the words that would be lost."""
    if tag + 1 < end and line.has("passive_nya", tag) and not line.tokens[tag + 1].sign:
        # "Dua gol itu, disebutnya akibat kurang sabar" is one clause; "Dari keterangan polisi, disebutkannya ..." is theirs.
        given = line.tokens[begin].word in ("dari", "berdasarkan") and line.has("accounts", begin + 1)
        return None if given else Reported(voice, begin, end)
    back = next((n for n in range(tag, end) if line.tokens[n].word == "," and not _continues_tag(line, n + 1, end, voice)), -1)
    if back < 0:
        back = _find_dash_behind(line, tag, end)
    lead = count_words(line, begin, comma)
    if back < 0 or back + 1 >= end:
        return Reported(voice, begin, comma) if lead >= SHORTEST else None
    rest = count_words(line, back + 1, end)
    stated = rest > SHORTEST and (is_clause(line, back + 1, end) or is_predicate(line, back + 1))
    if stated and _is_setting(line, begin, comma):
        return Reported(voice, back + 1, end)
    if _is_subject(line, begin, comma, back + 1) and _is_short_tag(count_words(line, tag, back), lead + rest, rest):
        return Reported(voice, begin, end)
    if lead > SHORTEST and not is_clause(line, back + 1, end):
        return Reported(voice, begin, comma)
    if count_words(line, tag, back) <= min(lead, rest):
        return Reported(voice, begin, end)
    return Reported(voice, begin, comma) if lead >= rest else Reported(voice, back + 1, end)


def _is_subject(line: Line, begin: int, comma: int, first: int) -> bool:
    """ "Jalan itu, kata Budi, akan dibangun": what stands before the comma has no verb, what stands behind begins with one."""
    other = any(is_predicate(line, n) or line.lexicon.has("first_person", line.tokens[n].word) for n in range(begin, comma))
    verbless = not other and comma - begin <= _LONGEST_SUBJECT
    named = not line.lexicon.has("adverbial_starts", line.tokens[begin].word) and not line.has("leads", begin)
    return verbless and named and not line.lexicon.has("settings", line.tokens[begin].word) and is_predicate(line, first)


def _is_short_tag(tag: int, said: int, rest: int) -> bool:
    """The inserted words are much fewer than what is said, or without its subject too little is left."""
    return 3 * tag <= 2 * said or (rest < SHORTEST <= said)


def _find_dash_behind(line: Line, tag: int, end: int) -> int:
    """The second of two dashes behind the name, who that is between them ("A, menurut Budi—juru bicara—B"), or -1."""
    dashes = [n for n in range(tag, min(end - 1, tag + _LONGEST_TAG)) if line.tokens[n].word in _DASHES]
    return dashes[1] if len(dashes) > 1 and line.tokens[dashes[0]].word == line.tokens[dashes[1]].word else -1


def _is_setting(line: Line, begin: int, comma: int) -> bool:
    """Only where, when or on what ground ("Dari pemeriksaan itu, kata Budi, ..."): the clause itself follows behind."""
    opens = line.lexicon.has("adverbial_starts", line.tokens[begin].word) or line.lexicon.has(
        "settings", line.tokens[begin].word
    )
    return opens and not any(is_predicate(line, n) for n in range(begin + 1, comma))


def _continues_tag(line: Line, at: int, end: int, voice: Voice) -> bool:
    """Whether the words behind a comma still say who, where and when."""
    if at >= end:
        return True
    token = line.tokens[at]
    if voice.kind == "named" and token.entity == voice.id:
        return True
    return is_circumstance(line, at, end) and not is_clause(line, at, end)
