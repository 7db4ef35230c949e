"""Words before a speech verb -> Voice ("Menteri Keuangan Budi Santoso juga mengatakan"). Nothing is guessed here."""

from __future__ import annotations

from alibaba_news.loader.quotes.offices import find_accompanied, read_apposed, read_titled
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

_MOST_HEARERS = 6  # words of "kepada wartawan di Jakarta" before the verb
_MOST_DEGREES = 16  # tokens of degrees behind a name
_REACH = 40  # words; a subject further from its verb than this is not read


def read_subject(line: Line, start: int, verb: int) -> Voice | None:
    """Whose verb it is ("Menteri Keuangan Budi Santoso juga mengatakan"); None where the verb reports nobody's words."""
    end = _without_time(line, start, _without_adverbs(line, start, verb))
    end = _without_occasion(line, start, _without_hearers(line, start, _without_degrees(line, start, end)))
    if end == start:
        return None
    last = line.tokens[end - 1]
    if line.has("joiners", end - 1) or last.word == ",":
        return _read_sentence_subject(line, start, end)
    if line.has("blockers", end - 1) or last.quote >= 0:
        return _read_related(line, start, end)
    if last.word == ")":
        end = next((n for n in range(end - 1, max(start, end - 12), -1) if line.tokens[n].word == "("), start)
        if end == start:
            return None
    near = max(start, end - _REACH)
    titled = read_titled(line, near, end)
    if titled is not None:
        return titled
    begin = max([near, *(n + 1 for n in range(near, end) if line.tokens[n].quote >= 0 or line.tokens[n].word in ",;:–—")])
    return _read_relative(line, start, begin, end) or _read_adjacent(line, begin, end)


def _read_relative(line: Line, start: int, begin: int, end: int) -> Voice | None:
    """ "Budi, yang menanggapi kabar itu di Twitter mengatakan ...": the comma that closes the clause is often left out. Who
    opens the sentence speaks, not what the clause names last."""
    if begin < start + 2 or line.tokens[begin].word != "yang" or line.tokens[begin - 1].word != ",":
        return None
    told = any(is_predicate(line, n) for n in range(begin + 1, end)) and not any(t.person for t in line.tokens[begin:end])
    people = find_people(line, start, begin - 1) if told else []
    if len(people) != 1 or find_mention_end(line, people[0]) != begin - 1:
        return None
    subject = find_subject(line, start, begin - 1)
    return subject if subject is not None and subject.kind == "named" else None


def _without_adverbs(line: Line, start: int, end: int) -> int:
    while end > start and line.has("adverbs", end - 1) and not line.tokens[end - 1].entity:
        end -= 1
    return end


def _without_time(line: Line, start: int, end: int) -> int:
    """Where the subject ends when the time stands between it and its verb ("Budi beberapa waktu lalu mengatakan", "Budi pada
    Rabu (24/6) mengatakan"); an adverb before that is none of its words either."""
    at, timed = end, False
    while at > start and not line.tokens[at - 1].entity:
        token = line.tokens[at - 1]
        day = token.word in line.lexicon.sets["days"]
        if day or line.has("times", at - 1):
            timed = True
        elif token.word == ")" and not timed:
            opened = _find_day_before(line, start, at - 1)
            if opened < 0:
                break
            at = opened
            continue
        elif not (line.has("time_ends", at - 1) and at - 1 > start and line.has("times", at - 2)) and not (
            timed and (line.has("time_counts", at - 1) or token.word.isdigit())
        ):
            break
        at -= 1
    return _without_adverbs(line, start, at) if timed else end


def _find_day_before(line: Line, start: int, close: int) -> int:
    """The bracket that holds a date behind a weekday ("Rabu (24/6)"), -1 where these brackets hold something else."""
    opened = next((n for n in range(close - 1, max(start, close - 4), -1) if line.tokens[n].word == "("), -1)
    return opened if opened > start and line.tokens[opened - 1].word in line.lexicon.sets["days"] else -1


def _read_related(line: Line, start: int, end: int) -> Voice | None:
    """ "Hal itu disampaikan Camat Budi yang menyebut ...": behind a passive of saying even "yang" says who speaks."""
    name = end - 2
    if line.tokens[end - 1].word != "yang" or name <= start or not line.tokens[name].person:
        return None
    while name > start and not line.tokens[name].first:
        name -= 1
    said = line.find("passive", max(start, name - _REACH), name)
    alone = said and not any(is_predicate(line, n) or line.tokens[n].person for n in range(said[-1] + 1, name))
    return name_voice(line, name) if alone and not is_bound(line, said[-1] + 1, name) else None


def _without_occasion(line: Line, start: int, end: int) -> int:
    """Where the subject ends when the speech that the words were part of stands between it and the verb ("Budi, Ketua Panitia,
    dalam sambutannya mengatakan")."""
    last = line.tokens[end - 1] if end > start + 2 else None
    if last is None or last.entity or not last.word.endswith("nya"):
        return end
    # "dalam keterangan tertulisnya"
    at = next((n for n in (end - 2, end - 3) if line.tokens[n].word in ("dalam", "pada", "melalui", "lewat")), -1)
    closed = at > start and line.tokens[at - 1].word == "," and not any(t.entity or t.sign for t in line.tokens[at:end])
    return at if closed else end


def _without_degrees(line: Line, start: int, end: int) -> int:
    """Where a name ends that degrees follow up to the verb ("Budi Santoso, S.H., M.H., mengatakan")."""
    name = next((n for n in range(end - 1, max(start, end - _MOST_DEGREES) - 1, -1) if line.tokens[n].person), -1)
    if name < 0 or name + 1 == end or line.tokens[name + 1].word != ",":
        return end
    behind = [t for t in line.tokens[name + 1 : end] if t.word != "."]
    parts = "".join(t.word for t in behind).strip(",").split(",")
    return name + 1 if all(part in line.lexicon.sets["degrees"] for part in parts) else end


def _without_hearers(line: Line, start: int, end: int) -> int:
    """Where the subject ends when those who heard it stand before the verb ("Budi kepada wartawan mengatakan")."""
    for n in range(end - 1, max(start, end - _MOST_HEARERS), -1):
        if line.has("hearing", n):
            return n
        if line.tokens[n].sign or line.tokens[n].quote >= 0 or line.tokens[n].person or line.has("joiners", n):
            break
    return end


def _read_adjacent(line: Line, begin: int, end: int) -> Voice | None:
    """The noun phrase right before the verb."""
    if begin >= end:
        return None
    last = line.tokens[end - 1]
    if line.lexicon.has("pronouns", last.word):
        return Voice("back", line.slice(end - 1, end))
    found = read_apposed(line, begin, end)
    if found is None and not any(t.person and not t.word.startswith("@") for t in line.tokens[begin : end - 1]):
        found = find_account(line, begin, end)
    if found is not None:
        return found
    if last.entity:
        name = end - 1
        while name > begin and not line.tokens[name].first:
            name -= 1
        return _read_named_subject(line, begin, name, end)
    noun = next((n for n in range(begin, end) if _means_somebody(line, n, begin)), -1)
    if noun >= 0:
        return read_noun(line, noun, end, end)
    if last.word in POINTING:
        return None
    if _is_state(line, end - 1) and all(line.lexicon.has("before_states", t.word) for t in line.tokens[begin : end - 1]):
        return Voice("unknown", line.slice(end - 1, end), person=False)
    # Two words or more in capitals may be somebody's full name; one at the start of a sentence may be anything.
    capitals = line.text[line.tokens[begin].start].isupper() and all(
        t.cap or t.word == "." for t in line.tokens[begin + 1 : end]
    )
    return Voice("unknown" if capitals and end - begin >= 2 else "unnamed", line.slice(begin, end))


def _is_state(line: Line, at: int) -> bool:
    """A state by its name or as "AS": what it says is its own, though it is a place."""
    token = line.tokens[at]
    return line.text[token.start : token.end] == "AS" or (
        line.text[token.start].isupper() and line.lexicon.has("states", token.word)
    )


def _means_somebody(line: Line, at: int, begin: int) -> bool:
    """A noun of a person, or of an organization that opens the phrase or points back (not "Peraturan Bank Sentral")."""
    word = line.tokens[at].word
    return line.lexicon.has("person_nouns", word) or (line.lexicon.has("org_nouns", word) and at == begin)


def _read_named_subject(line: Line, begin: int, name: int, end: int) -> Voice:
    # Whose father or lawyer, or who else was there, belongs to the words: the bare name would say that it spoke.
    doubt = Voice("unknown", line.slice(begin, end))
    before = name - 1
    while before >= begin and (line.tokens[before].word == "." or (is_title(line, before) and not line.tokens[before].entity)):
        before -= 1
    companion = find_accompanied(line, begin, before)
    if companion >= 0:
        return name_voice(line, companion)
    joined = before >= begin and line.has("conjunctions", before) and find_people(line, begin, before)
    if joined or (before >= begin and line.has("obliques", before)):
        return doubt
    if not line.tokens[name].person and (
        not all(_may_name_voice(line, n, begin) for n in range(begin, name)) or _carries(line, begin, name)
    ):
        return Voice("unnamed", line.slice(begin, end))
    if line.tokens[name].person and is_bound(line, begin, name):
        return doubt
    return name_voice(line, name)


def _carries(line: Line, begin: int, name: int) -> bool:
    """ "... lewat cuitan di Twitter mengatakan": where the words stood; a spokesman there speaks ("juru bicara di Polda")."""
    by_means = name > begin and line.has("carriers", name - 1)
    return by_means and not any(line.lexicon.has("voices", t.word) for t in line.tokens[begin:name])


def _may_name_voice(line: Line, at: int, begin: int) -> bool:
    """Before an organization that speaks: "juru bicara", "pihak", an opening phrase, but nobody's office."""
    token = line.tokens[at]
    if line.lexicon.has("voices", token.word):
        return True
    return not (token.cap and at > begin) and not line.lexicon.has("person_nouns", token.word)


def _read_sentence_subject(line: Line, start: int, end: int) -> Voice | None:
    """The verb stands apart from its subject ("Budi, yang hadir, mengatakan"): it must be the only person before it."""
    comma = end - 1
    people = find_people(line, start, comma)
    inner = max([start, *(n + 1 for n in range(start, comma) if line.tokens[n].word == ",")])
    apposed = line.tokens[comma].word == "," and people and people[-1] >= inner and _find_name_end(line, people[-1]) == comma
    if apposed and all(is_title(line, n) or line.tokens[n].word == "." for n in range(inner, people[-1])):
        return name_voice(line, people[-1])
    account = find_account(line, inner, comma) if comma - inner == 1 else None
    if account is not None:
        return account
    subject = find_subject(line, start, end)
    if subject is not None and len({line.tokens[n].entity for n in people}) <= 1:
        return subject
    if people:
        return Voice("unknown", line.slice(people[0], find_mention_end(line, people[-1])))
    # "Klub Maju, yang tampil di kandang, berjanji ...": an organization that opens the sentence, and no other before the verb.
    bodies = [n for n in range(start, comma) if line.tokens[n].first]
    return name_voice(line, start) if bodies == [start] and _is_described(line, find_mention_end(line, start)) else None


def _find_name_end(line: Line, at: int) -> int:
    """Behind the name that begins here and the age that stands in brackets behind it ("Budi (46), ...")."""
    behind = find_mention_end(line, at)
    aged = behind + 3 < len(line.tokens) and line.tokens[behind].word == "(" and line.tokens[behind + 2].word == ")"
    return behind + 3 if aged and line.tokens[behind + 1].word.isdigit() else behind


def _is_described(line: Line, at: int) -> bool:
    return line.tokens[at].word == "yang" or (line.tokens[at].word == "," and line.tokens[at + 1].word == "yang")


def find_subject(line: Line, start: int, end: int) -> Voice | None:
    """Who acts in the sentence: the first person who opens a part of it, nothing but an office before the name."""
    begin = start
    pronouns = line.lexicon.sets["pronouns"]
    for n, token in enumerate(line.tokens[start:end], start):
        if token.word in (",", ";") or token.quote >= 0:
            begin = n + 1
        elif token.first and token.person:
            behind = find_mention_end(line, n)
            if behind < end and line.tokens[behind].word in POINTING:  # "Ibunda Rina itu": somebody else
                continue
            if all(_may_stand_before(line, k) for k in range(begin, n)) and not is_bound(line, begin, n):
                return name_voice(line, n)
        elif token.word in pronouns and all(_may_stand_before(line, k) for k in range(begin, n)):
            return Voice("back", line.slice(n, n + 1))
    return None


def _may_stand_before(line: Line, at: int) -> bool:
    token = line.tokens[at]
    if line.has("soft_stops", at) or line.has("stops", at):
        return token.word in ("dari", "yang")
    return not is_predicate(line, at)
