"""Where a reported clause begins and ends, and whether words are a clause at all; all in tokens of one sentence."""

from __future__ import annotations

from msgspec import Struct

from alibaba_news.loader.quotes.voices import POINTING, Line, Voice, is_predicate

_REFERRING = ("hal", "demikian", "begitu", "ini", "itu", "apa", "sesuatu")  # "mengatakan hal itu karena ..."
_TOLD = 4  # words
SHORTEST = 3  # words; less is an answer, not a statement
_SHORTEST_OWN = 2  # words of what somebody says of himself
_LONGEST_JUDGED = 16  # tokens of what is called something
_LONGEST_COUNTED = 7  # tokens of what is counted
_LONGEST_NUMBER = 8  # tokens from a number to the end of what it says
_YEAR = 4  # digits
_MARKS = frozenset("\"'“‘«")


class Reported(Struct, frozen=True, gc=False):
    """The tokens ``first`` to ``last`` (excluded) of a reported clause and whose it is; ``brief``: few words say enough."""

    voice: Voice
    first: int
    last: int
    brief: bool = False


def count_words(line: Line, first: int, last: int) -> int:
    """How many words, signs not counted."""
    return sum(not t.sign for t in line.tokens[first:last])


def skip_connective(line: Line, start: int, end: int) -> int:
    """Past "Selain itu," and its like."""
    for words in line.lexicon.connectives.get(line.tokens[start].word, ()) if start < end else ():
        stop = start + len(words)
        if stop < end and tuple(t.word for t in line.tokens[start:stop]) == words:
            return stop + 1 if line.tokens[stop].word == "," else (stop if len(words) > 1 else start)
    return start


def find_clause(line: Line, verb: int, end: int) -> int:
    """Where the clause behind a speech verb starts, -1 where its object is a thing (menyampaikan apresiasi)."""
    at = verb + 1
    while at < end and line.tokens[at].word in ("juga", "lagi", "pula", "kembali", "pun", "kuat", "betul"):
        at += 1
    if at >= end:
        return -1
    word = line.tokens[at].word
    if word in ("bahwa", ":") or word in ("agar", "supaya"):
        return at + 1
    joint = _find_joint(line, at, end) or _find_hoped(line, verb, at, end) or _find_that(line, verb, end)
    if joint > 0:
        return joint
    if line.has("conditions", at):
        return at if _holds_for(line, at, end) else at + 1
    if line.has("asking", verb):
        asked = at + 1 if word == "kepada" and at + 1 < end else at
        if _is_asked(line, asked, end):
            return asked
        if not line.has("active_either", verb):
            return -1
    if word == ",":
        return _skip_circumstance(line, at + 1, end)
    own = line.has("self_said", verb) and line.has("finite", at)
    if line.lexicon.has("adverbial_starts", word) and not line.tokens[at].entity and not own:
        first = _skip_adverbial(line, at, end)
        # "mengatakan pada musim hujan jalan itu akan ditutup": without a comma it is part of what was said.
        # "mengaku dalam hati masih ada harapan": so it is of oneself.
        inward = word == "dalam" and line.has("self_said", verb)
        framed = inward or (line.has("clause_only", verb) and line.has("frames", at))
        # "mengatakan saat ini stok beras aman": the time is part of what was said.
        framed = framed or (at + 1 < end and line.tokens[at + 1].word == "ini" and not line.has("active_joined", verb))
        return at if first < 0 and framed and is_clause(line, at, end) else first
    if line.has("viewing", verb):
        return at
    return at if _is_bare_clause(line, verb, at, end) else -1


def is_short_report(line: Line, verb: int, first: int, end: int) -> bool:
    """Two words from ``first`` to ``end`` say enough where they have a predicate: of oneself ("mengaku sudah ikhlas"), a thing
    and what it is like ("memastikan stok aman"), what is believed ("yakin timnya lolos") or told ("bahwa rapat ditunda")."""
    if first + 1 == end:  # "mengaku lupa"
        return line.has("self_said", verb) and line.has("felt", first)
    last = first + _SHORTEST_OWN - 1
    if last + 1 != end or any(t.cap or t.entity or not t.word.isalpha() for t in line.tokens[first:end]):
        return False
    if any(line.has(name, last) for name in ("stops", "soft_stops", "pronouns")) or line.tokens[last].word in _REFERRING:
        return False
    if line.has("self_said", verb) or line.has("told_of_oneself", verb):
        opens = line.has("finite", first) or line.has("openers_of_own", first)
        return opens or (line.has("self_said", verb) and is_predicate(line, first))
    if first > verb + 1 or line.has("believing", verb):
        return is_predicate(line, last) and not line.has("objects", first)
    judged = line.has("judging", verb)
    return judged and line.has("qualities", last) and not line.has("objects", first) and not is_predicate(line, first)


def _is_bare_clause(line: Line, verb: int, at: int, end: int) -> bool:
    """Whether a clause follows the verb with nothing between them ("Budi menyebut harga akan naik")."""
    pointed = line.tokens[at].word in POINTING
    if line.has("self_said", verb) and not pointed and not line.has("soft_stops", at) and not line.has("stops", at):
        return True
    # "berharap ruang baca agar terus dibuka": what is hoped for stands behind "agar".
    if line.has("wishing", verb) and not line.has("objects", at) and any(line.tokens[n].word == "agar" for n in range(at, end)):
        return True
    if line.lexicon.has("active_clause", line.tokens[verb].word):
        judged = line.has("judging", verb) and not line.has("never_subject", at)
        sure = line.has("clause_only", verb) and (is_clause(line, at, end, things=False) or _has_no_verb(line, at, end))
        sure = sure or (judged and is_clause(line, at, end, things=False))
        sure = sure or _is_called_so(line, verb, at, end) or _is_numbered(line, at, end)
        return sure or _is_counted(line, at, end) or is_clause(line, at, end) or is_predicate(line, at)
    # "menegaskan siap membantu", "menyampaikan akan hadir": the subject of the clause is the speaker.
    own = line.has("finite", at) and count_words(line, at, end) >= SHORTEST
    either = line.has("active_either", verb) or line.has("conceding", verb)
    return either and (own or is_clause(line, at, end) or _is_counted(line, at, end))


def _is_called_so(line: Line, verb: int, at: int, end: int) -> bool:
    """ "menyebut Budi sebagai guru terbaik": what it is judged to be is said of somebody, though no verb says so."""
    if not line.has("judging", verb) or line.has("never_subject", at) or count_words(line, at, end) < SHORTEST:
        return False
    if line.text[line.tokens[at].start - 1] in _MARKS:  # 'menyebut "pasar basah" sebagai warisan' explains a term
        return False
    near = range(at, min(end - 1, at + _LONGEST_JUDGED))
    last = next((n for n in near if line.tokens[n].word == "sebagai" or line.has("stops", n)), -1)
    return last > at and line.tokens[last].word == "sebagai"


def _is_numbered(line: Line, at: int, end: int) -> bool:
    """ "mengatakan kapasitas gedung itu 800 orang": a number right behind the words for what is counted says how many."""
    for n in range(at, min(end - 1, at + _LONGEST_COUNTED)):
        token = line.tokens[n]
        if token.word == "rp" or token.word[0].isdigit():
            year = len(token.word) == _YEAR and token.word.isdigit()
            counts = not year and not line.tokens[n + 1].sign and end - n <= _LONGEST_NUMBER
            return counts and n > at + 1 and not line.has("before_numbers", n - 1)
        if token.sign or line.has("stops", n) or line.has("near_subordinators", n) or line.has("subordinators", n):
            return False
    return False


def _is_counted(line: Line, at: int, end: int) -> bool:
    """That there are many of a kind is all that is said ("banyak gudang yang kosong")."""
    if not line.has("quantities", at) or at + 1 >= end or line.tokens[at + 1].word in _REFERRING or line.has("objects", at + 1):
        return False
    return any(line.tokens[n].word == "yang" for n in range(at + 2, min(end - 1, at + 5)))


def _find_joint(line: Line, at: int, end: int) -> int:
    """Behind the "bahwa" that one who is told or how it is said stands before ("mengingatkan petani bahwa"), else 0."""
    for n in range(at, min(end, at + _TOLD)):
        if line.tokens[n].word == "bahwa":
            return n + 1
        if line.tokens[n].sign or is_predicate(line, n) or line.has("subordinators", n):
            break
    return 0


def _find_hoped(line: Line, verb: int, at: int, end: int) -> int:
    """Behind the "agar" that tells what the hope or request is ("menyampaikan harapannya agar jalan dibuka"; "berharap kepada
    pemerintah agar jalan dibuka"), else 0."""
    hoped = line.tokens[at].word.removesuffix("nya") in ("harapan", "permintaan", "imbauan", "pesan")
    of_whom = line.tokens[at].word == "kepada" and line.has("wishing", verb)
    near = range(at + 1, min(end, at + (2 * _TOLD if of_whom else _TOLD))) if hoped or of_whom else range(0)
    return next((n + 1 for n in near if line.tokens[n].word in ("agar", "supaya")), 0)


def _find_that(line: Line, verb: int, end: int) -> int:
    """Behind the "that" of an English report ("Budi said on Tuesday that ..."), else 0."""
    near = range(verb + 1, min(end, verb + _TOLD + 3)) if line.has("english_verbs", verb) else range(0)
    return next((n + 1 for n in near if line.tokens[n].word == "that"), 0)


def _holds_for(line: Line, at: int, end: int) -> bool:
    """ "mengatakan jika panen gagal, pemerintah membantu": what follows holds for that case alone, so that the word stays."""
    comma = next((n for n in range(at, end) if line.tokens[n].word == ","), -1)
    return comma > 0 and is_clause(line, comma + 1, end)


def _has_no_verb(line: Line, at: int, end: int) -> bool:
    """A clause without one: up to the next comma it ends with what is said of the rest ("... ganjil genap efektif"), or a
    cause joins two things ("... kenaikan itu akibat gagal panen")."""
    last = next((n for n in range(at, end) if line.tokens[n].word == ","), end) - 1
    if last - at + 1 < SHORTEST or line.tokens[at].word in _REFERRING:
        return False
    if line.has("qualities", last) and not line.has("subordinators", last - 1):
        return True
    return any(line.has("causes", n) for n in range(at + 1, last - 1))


def _is_asked(line: Line, at: int, end: int) -> bool:
    """Somebody asked and what to do ("warga tidak panik", "Dinas Sosial untuk mendata"), not a thing asked for."""
    token = line.tokens[at]
    lists = ("asked", "person_nouns", "org_nouns")
    sum_of_money = token.word == "rp" or any(sign.isdigit() for sign in token.word)
    # "meminta perpustakaan tidak hanya menjadi gudang buku": what shall not be done is asked, whatever noun it is asked of.
    refused = any(line.has("negations", n) for n in range(at + 1, min(end - 1, at + _TOLD)))
    if sum_of_money or not (refused or token.cap or token.entity or any(line.has(name, at) for name in lists)):
        return False
    near = next((n for n in range(at + 1, min(end, at + 10)) if line.tokens[n].word in (",", "yang")), min(end, at + 10))
    return any(is_predicate(line, n) for n in range(at + 1, near))


def _skip_circumstance(line: Line, at: int, end: int) -> int:
    """Past when and to whom it was said ("mengatakan, saat ditemui di Jakarta, Senin (2/3), A")."""
    for _ in range(3):
        word, then = line.tokens[at].word if at < end else "", line.tokens[at + 1].word if at + 1 < end else ""
        told = word in ("kepada", "usai", "seusai") or (word in ("saat", "ketika") and then in line.lexicon.sets["accompanied"])
        if not told and not line.lexicon.has("days", word):
            break
        comma = next((n for n in range(at, end) if line.tokens[n].word in (",", "bahwa")), -1)
        if comma < 0:
            break
        at = comma + 1
    return skip_joint(line, at, end)


def _skip_adverbial(line: Line, at: int, end: int) -> int:
    """Past "kepada wartawan di Jakarta, Senin (2/3)," to the clause; -1 where none follows."""
    near = min(end, at + 30)
    joint = next((n for n in range(at, near) if line.tokens[n].word == "bahwa"), -1)
    if joint > 0:
        return joint + 1
    told = _skip_hearers(line, at, near)
    if told > 0 and is_clause(line, told, next((n for n in range(told, end) if line.tokens[n].word == ","), end)):
        return told
    while at < near:
        comma = next((n for n in range(at, near) if line.tokens[n].word == ","), -1)
        if comma < 0:
            return -1
        at = comma + 1
        if at < end and not is_circumstance(line, at, end):
            # Behind the comma only a whole clause or nothing more than a description ("yang ...") can follow.
            said = any(is_predicate(line, n) for n in range(at + 1, end)) and not line.has("subordinators", at)
            return at if said and count_words(line, at, end) > SHORTEST else -1
    return -1


def _skip_hearers(line: Line, at: int, end: int) -> int:
    """Past "kepada wartawan", -1 where nobody is told."""
    told = at + 1
    while line.tokens[at].word == "kepada" and told < end and line.has("hearers", told):
        told += 1
    return told if told > at + 1 else -1


def is_circumstance(line: Line, at: int, end: int) -> bool:
    """A part of a sentence that says only where or when: a day, a place in capitals, a phrase with a preposition."""
    token = line.tokens[at]
    if line.lexicon.has("days", token.word) or line.lexicon.has("adverbial_starts", token.word) or token.word == "(":
        return True
    last = next((n for n in range(at, end) if line.tokens[n].word == ","), end)
    return all(t.cap or t.sign or t.word[0].isdigit() for t in line.tokens[at:last])


def is_clause(line: Line, first: int, end: int, *, things: bool = True) -> bool:
    """Whether the words have a predicate of their own, not only one within "yang ..." or "untuk ...". With ``things`` a word
    for what is conveyed ("permintaan maaf") opens none."""
    if first >= end or count_words(line, first, end) < SHORTEST:
        return False
    # "menyebut laporan itu keliru": what is pointed at is not conveyed but spoken of.
    if things and line.has("objects", first) and line.tokens[first + 1].word not in POINTING:
        # "menyampaikan apa yang diberikan merupakan bantuan": what is given is something.
        return (
            line.tokens[first].word == "apa"
            and line.tokens[first + 1].word == "yang"
            and bool(line.find("copulas", first, end))
        )
    if line.tokens[first].word in ("karena", "sebab"):  # "yakin karena ..." gives the reason, not what was said
        return False
    open_scope = was = False
    for n in range(first + 1, end):
        token = line.tokens[n]
        if token.word == ",":
            open_scope = False
        if line.has("subordinators", n) and not (n + 1 < end and line.tokens[n + 1].word in POINTING):
            open_scope = True
            was = False
            continue
        if line.has("near_subordinators", n) and n + 1 < end and is_predicate(line, n + 1):
            open_scope = True
            was = False
            continue
        now = is_predicate(line, n) or _is_said_of_this(line, n)
        joined = line.tokens[n - 1].word in ("dan", "serta", "atau")
        # "memaparkan data itu dan mengatakan ...": the next report has a clause of its own.
        if line.has("active", n) and line.has("joiners", n - 1):
            return False
        fresh = was and line.has("auxiliaries", n) and not line.has("finite", n - 1)
        chained = (was and not fresh) or joined
        if now and not open_scope and not chained:
            return True
        if now:
            open_scope = False
        was = now
    return False


def _is_said_of_this(line: Line, at: int) -> bool:
    """Behind "itu" an adjective or a noun says something of what was pointed at ("pelayanan di kota itu buruk")."""
    token = line.tokens[at]
    if line.tokens[at - 1].word not in POINTING or token.cap or token.entity or token.sign or token.quote >= 0:
        return False
    lists = ("stops", "soft_stops", "conjunctions", "joiners", "subordinators", "near_subordinators", "adverbial_starts")
    return token.word.isalpha() and not any(line.has(name, at) for name in lists)


def skip_joint(line: Line, at: int, end: int) -> int:
    """Past the comma, colon or "bahwa" before a clause."""
    while at < end and line.tokens[at].word in (",", ":", "bahwa"):
        at += 1
    return at


def _speaks_next(line: Line, at: int, end: int) -> bool:
    """Somebody else has his say behind a contrast: a person near its start, and a verb of saying or asking behind the name."""
    near = min(end, at + 8)
    name = next((n for n in range(at, near) if line.tokens[n].person), -1)
    return name >= 0 and any(line.has("stance", n) for n in range(name + 1, min(end, name + 6)))


def find_contrast(line: Line, first: int, last: int) -> int:
    """The comma behind which somebody else has his say ("..., sedangkan Budi mengatakan ..."), else -1."""
    for comma in range(first + 1, last - 1):
        if line.tokens[comma].word == "," and line.tokens[comma + 1].word in ("sedangkan", "sementara"):
            return comma if _speaks_next(line, comma + 2, last) else -1
    return -1


def cut_tail(line: Line, first: int, last: int) -> int:
    """Without what follows the clause: ", ujarnya", ", dikutip dari ...", ", Senin (2/3)", ", sedangkan Budi meminta ..."."""
    for comma in range(first + 1, last - 1):
        if line.tokens[comma].word != ",":
            continue
        at = comma + 1
        word = line.tokens[at].word
        if word in ("dikutip", "dilansir", "mengutip", "melansir"):
            return comma
        if word == "seperti" and at + 1 < last and line.tokens[at + 1].word in ("dikutip", "dilansir"):
            return comma
        if word in ("sedangkan", "sementara") and _speaks_next(line, at + 1, last):
            return comma
        tagged = line.has("roots", at) and at + 1 < last and line.lexicon.has("pronouns", line.tokens[at + 1].word)
        if (tagged or line.has("root_nya", at)) and not any(t.word == "," for t in line.tokens[at:last]):
            return comma
        if line.lexicon.has("days", word) and all(t.sign or t.word[0].isdigit() for t in line.tokens[at + 1 : last]):
            return comma
    return last
