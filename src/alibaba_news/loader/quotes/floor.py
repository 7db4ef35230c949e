"""Who holds the floor: whom "dia" or "-nya" can mean at each point of the story. Values in, values out."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.loader.quotes.voices import Line, Voice, match_role
from alibaba_news.loader.quotes.words import load_lexicon

# "Kementerian Desa (Kemendes)": the short form in brackets is no part of the name.
_ASIDE = re.compile(r"\s*\([^()]*\)$")


class Floor(Struct, frozen=True, gc=False):
    """``person`` is the only person a pronoun can mean, None while that is open; ``org`` the organization whose words came
    last; ``spoke`` whether the person has spoken, not only acted; ``taken`` whether anybody spoke or acted so far: then a
    newcomer's deed alone does not make a pronoun his. ``earlier`` is the person who spoke before an organization did ("dia"
    never means an organization), ``words`` how somebody was called who spoke last and is none of the story's entities.
    ``fresh`` is who alone acts in the sentence just before: whoever held the floor, "ia" in the next one means that person.
    ``body`` is the organization that a sentence just before opened with: "perusahaan itu" where none has spoken."""

    person: str | None = None
    org: str | None = None
    spoke: bool = False
    taken: bool = False
    earlier: str | None = None
    words: str | None = None
    fresh: str | None = None
    body: str | None = None


def resolve_voice(voice: Voice, floor: Floor, roles: dict[str, tuple[str, ...]]) -> str | None:
    """The entity a voice means, None where it is not certain."""
    if voice.kind == "named":
        return voice.id
    if voice.kind != "back":
        return None
    if not voice.person:
        return _resolve_organization(voice.role, floor)
    if voice.role:
        fitting = match_role(voice.role, roles)
        if fitting:
            return fitting[0] if len(fitting) == 1 and (voice.pointing or floor.person in (None, fitting[0])) else None
        return _resolve_noun(voice, floor)
    if floor.person is None and voice.text.casefold().startswith(("tulis", "sebut")):
        return floor.org
    if floor.person is None and floor.fresh and load_lexicon().has("pronouns", voice.text.casefold()):
        return floor.fresh
    human = load_lexicon().has("pronouns", voice.text.casefold()) or _speaks_for(floor, roles)
    return floor.person or (floor.earlier if human else None)


def _resolve_noun(voice: Voice, floor: Floor) -> str | None:
    """Whoever holds the floor; else who alone acts in the sentence before, where the noun is anybody's ("perempuan itu") or
    says more ("peraih emas Asian Games itu"): a lone office may be another's ("kata hakim itu")."""
    if not voice.pointing or floor.person is not None:
        return floor.person if voice.pointing else None
    described = " " in voice.role or load_lexicon().has("anybody", voice.role)
    return floor.fresh if described else None


def _speaks_for(floor: Floor, roles: dict[str, tuple[str, ...]]) -> bool:
    """Who spoke before the organization did holds an office of it: its words may go on as that person's ("katanya")."""
    if floor.org is None or floor.earlier is None:
        return False
    name = floor.org.partition("/")[2].replace("-", " ")
    return any(f" {name} " in f" {role.replace('-', ' ')} " for role in roles.get(floor.earlier, ()))


def _resolve_organization(noun: str, floor: Floor) -> str | None:
    """ "Perusahaan itu" is the one that spoke last; "bank itu" only if it is called a bank."""
    org = floor.org or floor.body
    return org if org is not None and (load_lexicon().has("any_organization", noun) or noun in org) else None


def word_voice(voice: Voice, found: str | None, floor: Floor) -> str:
    """The words that name the speaker; for a mere pronoun that means nobody of the story's people, those that it takes up."""
    mere = found is None and voice.kind == "back" and not voice.role
    text = floor.words if mere and floor.words else voice.text
    return _ASIDE.sub("", text) if found is None else text


def hear_voice(voice: Voice, found: str | None, floor: Floor) -> Floor:
    """After somebody was said to have spoken: the entity ``found``, None where it is not certain who."""
    if found is None:
        return Floor(taken=True, words=_keep_words(voice, floor))
    if found.startswith("people/"):
        return Floor(person=found, org=floor.org, spoke=True, taken=True)
    spoke = floor.person if floor.spoke else None
    return Floor(org=found, taken=True, earlier=spoke or floor.earlier)


def _keep_words(voice: Voice, floor: Floor) -> str | None:
    if voice.kind == "back":
        return None if voice.role else floor.words
    if not voice.person:  # "dia" never means a state
        return None
    words = voice.text.split()
    one = voice.kind == "unknown" or (bool(words) and words[0].casefold() in ("seorang", "salah"))
    several = any(load_lexicon().has("several", w.casefold()) for w in words)
    return voice.text if words and one and not several and "," not in voice.text else None


def hear_body(floor: Floor, line: Line, start: int, end: int) -> Floor:
    """A sentence that an organization opens, and that names no other, leaves it for "perusahaan itu"; one that names another
    leaves none, one that names none what there was."""
    named = {t.entity for t in line.tokens[start:end] if t.entity and not t.person}
    if not named or named == {floor.body}:
        return floor
    opens = line.tokens[start].entity if not line.tokens[start].person else ""
    return replace(floor, body=opens if named == {opens} else None)


def forget_organization(floor: Floor, line: Line, start: int, end: int) -> Floor:
    """Another organization named without the one that spoke: "perusahaan itu" can be either then."""
    if floor.org is None:
        return floor
    named = {t.entity for t in line.tokens[start:end] if t.entity and not t.person}
    return replace(floor, org=None) if named and floor.org not in named else floor
