"""What the grammar of quotations works on: a paragraph as a Line of tokens, a speaker as a Voice; and what both can tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from alibaba_news.loader.quotes.words import Lexicon, Token, load_lexicon
from alibaba_news.model import Entity
from alibaba_news.text import fold

Kind = Literal["named", "back", "unknown", "unnamed"]
POINTING = ("ini", "itu", "tersebut")
_SHORT_FORM = re.compile(r"\s\(([A-Z]{2,8})\)$")


class Voice(Struct, frozen=True, gc=False):
    """Who speaks: ``named`` an entity; ``back`` somebody named before ("dia"; ``role`` where a noun says who, "pria itu");
    ``unknown`` a name, or more than one, that cannot be settled; ``unnamed`` somebody the text does not name.
    ``pointing``: the noun says itself that it points back ("ini", "itu", "yang ...")."""

    kind: Kind
    text: str
    id: str | None = None
    person: bool = True
    role: str = ""
    pointing: bool = False


class Line(Struct, frozen=True):
    """A paragraph as the grammar reads it."""

    text: str
    tokens: tuple[Token, ...]
    lexicon: Lexicon
    roles: dict[str, tuple[str, ...]]

    def slice(self, first: int, last: int) -> str:
        """The text of the tokens ``first`` to ``last`` (excluded)."""
        while last > first and self.tokens[last - 1].sign and self.tokens[last - 1].word != ")":
            last -= 1
        return self.text[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    def has(self, name: str, at: int) -> bool:
        """Whether the token is a word of the list, in lower case: in capitals it is part of a name or office (Dalam Negeri)."""
        token = self.tokens[at]
        return not token.cap and token.word in self.lexicon.sets[name]

    def find(self, name: str, first: int, last: int) -> list[int]:
        """The tokens of a stretch for which ``has`` holds."""
        words = self.lexicon.sets[name]
        return [n for n, token in enumerate(self.tokens[first:last], first) if token.word in words and not token.cap]


def fold_roles(entities: Iterable[Entity]) -> dict[str, tuple[str, ...]]:
    """The roles of each person, folded for comparing, offices in full; behind them those with a body's short form that
    stands in brackets ("Kepala Badan Narkotika Nasional (BNN)": also "kepala bnn")."""
    return {e.id: tuple(_read_roles(r.text for r in e.roles)) for e in entities if e.id.startswith("people/")}


def _read_roles(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield _spell_out(fold(text))
        short = _SHORT_FORM.search(text)
        words = text[: short.start()].split() if short else []
        size = len(short.group(1)) if short else 0
        if short and len(words) > size and "".join(w[0] for w in words[-size:]) == short.group(1):
            yield _spell_out(fold(" ".join([*words[:-size], short.group(1)])))


def _spell_out(role: str) -> str:
    """The office in full ("menkeu": menteri keuangan)."""
    first, space, rest = role.partition(" ")
    return load_lexicon().offices.get(first, first) + space + rest


def find_people(line: Line, at: int, end: int) -> list[int]:
    """Where in the tokens a person's name begins."""
    return [n for n, token in enumerate(line.tokens[at:end], at) if token.first and token.person]


def find_mention_end(line: Line, at: int) -> int:
    """Behind the last token of the name that begins here."""
    end = at + 1
    while end < len(line.tokens) and line.tokens[end].entity == line.tokens[at].entity and not line.tokens[end].first:
        end += 1
    return end


def name_voice(line: Line, at: int) -> Voice:
    """The voice of whoever the name that begins here means."""
    token = line.tokens[at]
    return Voice("named", line.slice(at, find_mention_end(line, at)), token.entity, token.person)


def is_bound(line: Line, at: int, name: int) -> bool:
    """Whether the words before the name make it another's ("pengacara Budi"), unless it is known as the name's own office."""
    n = name - 1
    while n >= at and line.tokens[n].cap and not line.tokens[n].entity and is_title(line, n):
        n -= 1
    # "anak buah Budi", "kuasa hukum Budi": small words may stand between.
    for _ in range(3):
        if n >= at and _may_qualify(line, n):
            n -= 1
    if n < at:
        return False
    token = line.tokens[n]
    # "Ibu Kartika": in capitals an honorific belongs to the name itself.
    if not line.lexicon.has("relational", token.word) or (token.cap and line.lexicon.has("honorifics", token.word)):
        return False
    words = fold(line.slice(n, name))
    known = line.roles.get(line.tokens[name].entity, ())
    return not any(role.startswith(words) or role.endswith(f" {words}") for role in known)


def _may_qualify(line: Line, at: int) -> bool:
    token = line.tokens[at]
    if token.cap or token.entity or token.sign or token.quote >= 0 or token.word in POINTING:
        return False
    lists = ("relational", "person_nouns", "stops", "soft_stops", "conjunctions")
    return not any(line.lexicon.has(name, token.word) for name in lists) and not is_predicate(line, at)


def is_title(line: Line, at: int) -> bool:
    """Whether the word can stand between an office and its name, or before a name as its title."""
    word = line.tokens[at].word
    return line.lexicon.has("honorifics", word) or (
        line.lexicon.has("person_nouns", word) and not line.lexicon.has("relational", word)
    )


def read_noun(line: Line, at: int, soft: int, stop: int) -> Voice:
    """Somebody meant by a noun: who was named before ("pria itu", "menteri"), or somebody this text does not name."""
    words = [line.tokens[n].word for n in range(at, soft)]
    points = bool(words) and (words[-1] in POINTING or (soft < stop and line.tokens[soft].word == "yang"))
    capitals = any(line.tokens[n].cap for n in range(at, soft))
    text = line.slice(at, soft) or line.slice(at, stop)
    if words and line.lexicon.has("person_nouns", words[0]):
        role = " ".join(w for w in words if w not in POINTING)
        if points or len(match_role(role, line.roles)) == 1:
            return Voice("back", text, role=role, pointing=points)
    if points and words[0] in line.lexicon.sets["org_nouns"]:
        return Voice("back", text, person=False, role=words[0], pointing=True)
    if soft < stop and line.tokens[stop - 1].word in POINTING and find_people(line, soft, stop):
        return Voice("unknown", line.slice(at, stop))  # "adik dari Rina Wati ini"
    return Voice("unknown" if capitals else "unnamed", text)


def find_account(line: Line, at: int, end: int) -> Voice | None:
    """The account that speaks ("tulis akun X @budi"): its owner only where the names of the story hold it."""
    n = next((n for n in range(at, end) if line.tokens[n].word.startswith("@")), -1)
    if n < 0:
        return None
    return name_voice(line, n) if line.tokens[n].entity else Voice("unknown", line.slice(n, n + 1))


def match_role(role: str, roles: dict[str, tuple[str, ...]]) -> list[str]:
    """Whose role begins with these words ("menteri" also of a Menteri Keuangan: then of each minister of the story)."""
    words = _spell_out(fold(role))
    return [id_ for id_, known in roles.items() if any(k == words or k.startswith(f"{words} ") for k in known)]


def is_predicate(line: Line, at: int) -> bool:
    """Whether the word can be the verb of a clause, by its prefix or from the list."""
    token = line.tokens[at]
    if token.cap or token.entity or token.sign or token.quote >= 0:
        return False
    word = token.word
    if line.lexicon.has("finite", word):
        return True
    shaped = len(word) >= 6 and word.startswith(("me", "ber", "ter", "di"))
    return shaped and not line.lexicon.has("not_verbs", word) and not line.lexicon.has("person_nouns", word)
