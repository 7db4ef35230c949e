"""Who holds the floor: whom "dia" or "-nya" can mean at each point of the story. Values in, values out."""

from __future__ import annotations

from typing import NamedTuple

from alibaba_news.loader.quotes.subjects import find_subject
from alibaba_news.loader.quotes.voices import Line, Voice, match_role


class Floor(NamedTuple):
    """``person`` is the only person a pronoun can mean, None while that is open; ``org`` the organization whose words came
    last; ``spoke`` whether the person has spoken, not only acted; ``taken`` whether anybody spoke or acted so far: then a
    newcomer's deed alone does not make a pronoun his."""

    person: str | None = None
    org: str | None = None
    spoke: bool = False
    taken: bool = False


def resolve_voice(voice: Voice, floor: Floor, roles: dict[str, tuple[str, ...]]) -> str | None:
    """The entity a voice means, None where it is not certain."""
    if voice.kind == "named":
        return voice.id
    if voice.kind != "back":
        return None
    if voice.role:
        fitting = match_role(voice.role, roles)
        if fitting:
            return fitting[0] if len(fitting) == 1 and (voice.pointing or floor.person in (None, fitting[0])) else None
        return floor.person if voice.pointing else None
    if floor.person is None and voice.text.casefold().startswith(("tulis", "sebut")):
        return floor.org
    return floor.person


def hear_voice(found: str | None) -> Floor:
    """After somebody was said to have spoken: the entity ``found``, None where it is not certain who."""
    if found is None:
        return Floor(taken=True)
    if found.startswith("people/"):
        return Floor(person=found, spoke=True, taken=True)
    return Floor(org=found, taken=True)


def hear_sentence(floor: Floor, line: Line, start: int, end: int) -> Floor:
    """After a sentence of the reporter's own: a person who acts becomes the one that a pronoun can mean; a second one
    leaves it open, unless the verb gives the newcomer a voice ("mengapresiasi")."""
    people = {line.tokens[n].entity for n in range(start, end) if line.tokens[n].person}
    if not people:
        return floor
    subject = find_subject(line, start, end)
    if subject is None or subject.id is None:
        return floor if people <= {floor.person} or not _arrives(line, start, end) else Floor(taken=True)
    voiced, passive = _read_verb(line, start, end, subject.id)
    if subject.id == floor.person:
        return floor._replace(spoke=floor.spoke or voiced)
    if voiced:
        return Floor(person=subject.id, spoke=True, taken=True)
    if passive or _is_accused(line, start, end, subject.id):
        return floor
    return Floor(taken=True) if floor.taken else Floor(person=subject.id, taken=True)


def _is_accused(line: Line, start: int, end: int, entity: str) -> bool:
    """Suspects and victims act in a story that others tell: the police speak next, not they."""
    name = next(n for n in range(start, end) if line.tokens[n].entity == entity)
    words = [line.tokens[n].word for n in range(max(start, name - 3), name)]
    words += [word for role in line.roles.get(entity, ()) for word in role.split()]
    return any(line.lexicon.has("told_about", word) for word in words)


def _arrives(line: Line, start: int, end: int) -> bool:
    return any(line.has("arrivals", n) for n in range(start, min(end, start + 4)))


def _read_verb(line: Line, start: int, end: int, entity: str) -> tuple[bool, bool]:
    """Of the words behind the subject: whether a verb gives it a voice, whether the first verb is a passive."""
    behind = max(n for n in range(start, end) if line.tokens[n].entity == entity and line.tokens[n].first) + 1
    first = next((n for n in range(start, end) if line.tokens[n].entity == entity), start)
    voiced = any(line.has("stance", n) for n in range(first, min(end, first + 14)))
    verb = next((line.tokens[n].word for n in range(behind, min(end, behind + 4)) if not line.tokens[n].entity), "")
    passive = verb.startswith("di") and len(verb) > 5 and not line.lexicon.has("not_verbs", verb)
    return voiced, passive and not line.lexicon.has("accompanied", verb)
