"""Names that stand apart from their verb: an office or companions between them -> Voice, or None where it is not that."""

from __future__ import annotations

from alibaba_news.loader.quotes.voices import (
    Line,
    Voice,
    find_mention_end,
    find_people,
    is_bound,
    is_predicate,
    is_title,
    name_voice,
)


def read_apposed(line: Line, begin: int, end: int) -> Voice | None:
    """A name that opens the clause keeps its verb behind an office set after it ("Budi selaku ketua panitia mengatakan")."""
    people = find_people(line, begin, end)
    name = people[0] if people else begin
    first = begin + _opens_office(line, begin, name)
    if not line.tokens[name].first or not all(_is_of_office(line, n) for n in range(first, name)):
        return None
    behind = find_mention_end(line, name)
    if behind >= end or is_bound(line, begin, name):
        return None
    done = any(is_predicate(line, n) for n in range(behind + 1, end))
    # "Budi saat menemui Rina mengatakan": whoever is named behind "saat" is named on the way.
    if line.has("apart", behind):
        if _is_read_out(line, behind, end):
            return name_voice(line, name)
        return None if done and not line.has("apart_with_verb", behind) else name_voice(line, name)
    if len(people) > 1 or any(line.has("conjunctions", n) and not _joins_name(line, n) for n in range(behind, end)):
        return None
    # "Budi yang memimpin rapat itu mengatakan": the first verb is the relative clause's, what is said the speaker's.
    also = line.tokens[min(behind + 1, end - 1)].word == "juga"
    related = line.tokens[behind].word == "yang" and (also or done)
    return name_voice(line, name) if people and (related or line.has("appositions", behind)) else None


def _is_read_out(line: Line, at: int, end: int) -> bool:
    """ "Budi dalam sambutannya yang dibacakan Camat Rina mengatakan": who reads a speech out lends it a voice only."""
    if at + 3 >= end or line.tokens[at].word != "dalam" or line.tokens[at + 2].word != "yang":
        return False
    speech, suffix = line.tokens[at + 1].word[:-3], line.tokens[at + 1].word[-3:]
    return suffix == "nya" and line.lexicon.has("announcements", speech) and line.has("read_out", at + 3)


def _joins_name(line: Line, at: int) -> bool:
    """ "Fakultas Ekonomi dan Bisnis": between capitals the word belongs to a body's name, no second speaker stands there."""
    around = (line.tokens[at - 1], line.tokens[min(at + 1, len(line.tokens) - 1)])
    return all(t.cap and not t.person for t in around)


def _opens_office(line: Line, begin: int, name: int) -> bool:
    """Whether any word that opens the clause with a capital may open an office too, since the next one has a capital as well
    ("Deputi Bidang Pariwisata Budi")."""
    token = line.tokens[begin]
    if begin + 1 >= name or not line.tokens[begin + 1].cap or not line.text[token.start].isupper():
        return False
    lists = ("on_the_way", "obliques", "stops", "soft_stops", "adverbial_starts", "settings")
    return not any(line.lexicon.has(kind, token.word) for kind in lists)


def _is_of_office(line: Line, at: int) -> bool:
    """A word that may stand in an office before its holder's name."""
    token = line.tokens[at]
    return (
        token.cap
        or bool(token.entity)
        or token.word == "."
        or is_title(line, at)
        or line.lexicon.has("person_nouns", token.word)
    )


def read_titled(line: Line, start: int, end: int) -> Voice | None:
    """A name that opens its part of the sentence and ends at a comma, then nothing but an office up to the verb
    ("Budi Santoso, Direktur Utama Bank Maju mengatakan")."""
    comma = next((n for n in range(end - 1, start, -1) if line.tokens[n].word == "," or line.tokens[n].quote >= 0), -1)
    if comma < 0 or line.tokens[comma].quote >= 0 or not line.tokens[comma - 1].person or comma + 1 >= end:
        return None
    name = comma - 1
    while name > start and not line.tokens[name].first:
        name -= 1
    before = next((n + 1 for n in range(name - 1, start - 1, -1) if line.tokens[n].word == ","), start)
    office = line.tokens[comma + 1 : end]
    plain = not any(t.person or t.quote >= 0 for t in office) and not any(is_predicate(line, n) for n in range(comma + 1, end))
    held = line.text[office[0].start].isupper() or line.lexicon.has("person_nouns", office[0].word)
    opens = all(is_title(line, n) or line.tokens[n].word == "." for n in range(before, name))
    pronoun = any(line.lexicon.has("pronouns", t.word) for t in office)
    if not (plain and held and opens) or pronoun or any(line.has("conjunctions", n) for n in range(before, comma)):
        return None
    return name_voice(line, name)


def find_accompanied(line: Line, begin: int, before: int) -> int:
    """Who is accompanied by the name right before the verb ("Bupati Rina didampingi Camat Budi mengatakan"), else -1."""
    n = before
    while n >= begin and (line.tokens[n].cap or line.tokens[n].entity) and not line.tokens[n].person:
        n -= 1
    if n <= begin or line.tokens[n].word not in line.lexicon.sets["companions"]:
        return -1
    first = find_people(line, begin, n)
    return first[0] if len(first) == 1 and find_mention_end(line, first[0]) == n and not is_bound(line, begin, first[0]) else -1
