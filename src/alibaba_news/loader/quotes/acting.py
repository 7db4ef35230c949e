"""A sentence that quotes nobody -> who holds the floor behind it: who acts may speak next, who joins leaves it open."""

from __future__ import annotations

from msgspec.structs import replace

from alibaba_news.loader.quotes.floor import Floor
from alibaba_news.loader.quotes.subjects import find_subject, read_subject
from alibaba_news.loader.quotes.voices import Line, is_bound, is_predicate, is_title

_FARTHEST_SOURCE = 8  # tokens from "Pendapat" to "datang"


def hear_sentence(floor: Floor, line: Line, start: int, end: int) -> Floor:
    """After a sentence of the reporter's own: a person who acts becomes the one that a pronoun can mean; a second one
    leaves it open, unless the verb gives the newcomer a voice ("mengapresiasi")."""
    people = {token.entity for token in line.tokens[start:end] if token.person}
    if not people:
        return _hear_unknown(floor, line, start, end)
    source = _find_source(line, start, end) if len(people) == 1 else None
    if source is not None:
        return Floor(person=source, spoke=True, taken=True)
    subject = find_subject(line, start, end)
    if subject is None or subject.id is None:
        if floor == Floor() and len(line.roles) == 1 and _is_spoken_of(line, start, end):
            return Floor(person=next(iter(people)))
        comes = _arrives(line, start, end) or _does(line, start, end, floor.person)
        return floor if people <= {floor.person} or not comes else Floor(taken=True)
    if len(people) > 1 and (_is_joined(line, start, end, subject.id) or _does_together(line, start, end)):
        return Floor(taken=True)
    voiced, passive = _read_verb(line, start, end, subject.id)
    if subject.id == floor.person:
        return replace(floor, spoke=floor.spoke or voiced)
    if voiced:
        return Floor(person=subject.id, spoke=True, taken=True)
    if passive:
        return floor
    if _is_accused(line, start, end, subject.id):
        # Others tell of a victim or a suspect, but "katanya" behind what one of them did can be theirs as well.
        return Floor(taken=True) if floor.person is not None else floor
    unsure = floor.taken or (len(people) > 1 and _meets(line, start, end, subject.id))
    if not unsure:
        return Floor(person=subject.id, taken=True)
    return Floor(taken=True, fresh=subject.id if len(people) == 1 else None)


def _find_source(line: Line, start: int, end: int) -> str | None:
    """Whose opinion or complaint it is ("Pendapat berbeda datang dari Budi Santoso"): nothing but an office before the name."""
    if not line.lexicon.has("utterances", line.tokens[start].word):
        return None
    near = range(start + 1, min(end - 2, start + _FARTHEST_SOURCE))
    at = next((n for n in near if line.has("coming", n) and line.tokens[n + 1].word == "dari"), -1)
    name = next((n for n in range(at + 2, end) if line.tokens[n].person), -1) if at > 0 else -1
    if name < 0 or any(is_predicate(line, n) or line.tokens[n].word == "," for n in range(at + 2, name)):
        return None
    return None if is_bound(line, at + 2, name) else line.tokens[name].entity


def _hear_unknown(floor: Floor, line: Line, start: int, end: int) -> Floor:
    """A full name that the story's people do not hold takes the floor as well: nobody else's words may follow it."""
    verb = next(iter(line.find("stance", start, min(end, start + 20))), -1)
    voice = read_subject(line, start, verb) if verb > start else None
    if voice is None or voice.kind != "unknown" or not voice.text:
        return floor
    if line.lexicon.has("org_nouns", voice.text.split()[0].casefold()):
        return floor
    return Floor(taken=True, words=voice.text)


def _is_spoken_of(line: Line, start: int, end: int) -> bool:
    """The only person of the story opens the sentence ("Bagi Budi, gelar itu ..."), before any verb, and is not accused."""
    name = next((n for n in range(start, end) if line.tokens[n].person), end)
    opens = name < end and line.has("obliques", start) and not any(is_predicate(line, n) for n in range(start, name))
    return opens and not _is_accused(line, start, end, line.tokens[name].entity)


def _is_joined(line: Line, start: int, end: int, entity: str) -> bool:
    """Two who act together ("Budi dan Rina meninjau pasar"): a pronoun of one means neither for sure."""
    name = next(n for n in range(start, end) if line.tokens[n].entity == entity)
    verb = next((n for n in range(name, end) if is_predicate(line, n)), end)
    for other in (n for n in range(name + 1, verb) if line.tokens[n].person and line.tokens[n].entity != entity):
        n = other - 1
        while n > name and (line.tokens[n].cap or is_title(line, n)) and not line.tokens[n].person:
            n -= 1
        if line.has("conjunctions", n):
            return True
    return False


def _does_together(line: Line, start: int, end: int) -> bool:
    """Two meet or talk ("Budi bertemu Rina"): a pronoun behind it can mean either."""
    return bool(line.find("mutual", start, end))


def _meets(line: Line, start: int, end: int, entity: str) -> bool:
    """Somebody else is right behind the verb ("Budi menggugat Rina"): either can be "dia" in the next sentence."""
    name = next(n for n in range(start, end) if line.tokens[n].entity == entity)
    verb = next((n for n in range(name, end) if is_predicate(line, n)), end)
    other = verb + 1
    while other < end and not line.tokens[other].entity and (line.tokens[other].cap or is_title(line, other)):
        other += 1
    return other < end and line.tokens[other].person and line.tokens[other].entity != entity


def _does(line: Line, start: int, end: int, known: str | None) -> bool:
    """Somebody new named as the doer of a passive ("Acara itu dibuka Rina", "Hal itu ditolak oleh Rina")."""
    for n in range(start + 1, end - 1):
        word, then = line.tokens[n].word, n + 1
        if word.startswith("di") and len(word) > 5 and is_predicate(line, n):
            then += line.tokens[then].word == "oleh" and then + 1 < end
            while then < end - 1 and is_title(line, then) and not line.tokens[then].entity:
                then += 1
            if line.tokens[then].person and line.tokens[then].entity != known:
                return True
    return False


def _is_accused(line: Line, start: int, end: int, entity: str) -> bool:
    """Suspects and victims act in a story that others tell: the police speak next, not they."""
    name = next(n for n in range(start, end) if line.tokens[n].entity == entity)
    words = [line.tokens[n].word for n in range(max(start, name - 3), name)]
    words += [word for role in line.roles.get(entity, ()) for word in role.split()]
    return any(line.lexicon.has("told_about", word) for word in words)


def _arrives(line: Line, start: int, end: int) -> bool:
    return any(line.has("arrivals", n) for n in range(start, min(end, start + 4)))


def _files(line: Line, at: int, end: int) -> bool:
    """To report somebody to the police is no statement ("melaporkan Budi ke polisi")."""
    return line.tokens[at].word in ("melaporkan", "mencatat") and not (
        at + 1 < end and line.tokens[at + 1].word in (",", "bahwa")
    )


def _read_verb(line: Line, start: int, end: int, entity: str) -> tuple[bool, bool]:
    """Of the words behind the subject: whether a verb gives it a voice, whether the first verb is a passive."""
    behind = max(n for n in range(start, end) if line.tokens[n].entity == entity and line.tokens[n].first) + 1
    first = next((n for n in range(start, end) if line.tokens[n].entity == entity), start)
    voiced = any(line.has("stance", n) and not _files(line, n, end) for n in range(first, min(end, first + 14)))
    verb = next((line.tokens[n].word for n in range(behind, min(end, behind + 4)) if not line.tokens[n].entity), "")
    passive = verb.startswith("di") and len(verb) > 5 and not line.lexicon.has("not_verbs", verb)
    return voiced, passive and not line.lexicon.has("accompanied", verb)
