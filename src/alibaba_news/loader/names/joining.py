"""Forms of names -> who they belong to within one story, and why: part of a full name, acronym, nickname, former name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from alibaba_news.loader.names.evidence import Found
from alibaba_news.loader.names.lexicon import Known, words
from alibaba_news.loader.names.tokens import Form, Token
from alibaba_news.model import Place
from alibaba_news.world import World


@dataclass(slots=True)
class Owner:
    """Who several forms belong to: kind, the forms as printed in order of appearance, and the reasons for joining them."""

    kind: str
    known: Known | None = None
    forms: dict[Form, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)

    def take(self, other: Owner, reason: str) -> None:
        """Make another's forms this one's."""
        self.forms.update(other.forms)
        self.known = self.known or other.known
        self.reasons += [r for r in (*other.reasons, reason) if r and r not in self.reasons]


def make_owners(found: Iterable[tuple[Found, str]], world: World) -> list[Owner]:
    """Owners of every form with its settled kind: one for each authority row, else one for each form."""
    owners: dict[tuple[str, object], Owner] = {}
    for row, kind in found:
        known = row.segment.known
        if known is None and (authority := world.find(kind, row.text)) is not None:
            known = Known(kind, authority, len(row.form))  # type: ignore[arg-type]
        key = (kind, known.authority.name if known else row.form)
        owner = owners.setdefault(key, Owner(kind, known))
        owner.forms.setdefault(row.form, row.text)
    return list(owners.values())


def join_owners(
    owners: list[Owner], rows: Sequence[Found], tokens: Mapping[Place, Sequence[Token]], world: World
) -> list[Owner]:
    """The same owners after every joining rule, in the rules' order."""
    for rule in (_join_legal, _join_people_parts, _join_brackets, _join_nicknames):
        owners = rule(owners, rows, tokens, world)
    return owners


def _owner_of(owners: Iterable[Owner], form: Form, kind: str | None = None) -> Owner | None:
    return next((o for o in owners if form in o.forms and kind in (None, o.kind)), None)


def _join_legal(
    owners: list[Owner], _rows: Sequence[Found], _tokens: Mapping[Place, Sequence[Token]], world: World
) -> list[Owner]:
    by_core: dict[Form, Owner] = {}
    kept: list[Owner] = []
    for owner in owners:
        cores = (
            []
            if owner.kind != "organizations"
            else [tuple(w for w in form if w not in words("legal_forms")) for form in owner.forms]
        )
        home = next((by_core[c] for c in cores if c in by_core), None)
        if home is None or (home.known and owner.known):
            kept.append(owner)
            by_core.update((c, owner) for c in cores if c and c not in by_core)
        else:
            home.take(owner, world.say("names", "legal", form=next(iter(owner.forms.values()))))
    return kept


def _join_people_parts(
    owners: list[Owner], _rows: Sequence[Found], _tokens: Mapping[Place, Sequence[Token]], world: World
) -> list[Owner]:
    """ "Ratna" is the one person whose full name holds it; where two persons' do, it stays its own."""
    people = [o for o in owners if o.kind == "people"]
    gone: set[int] = set()
    for owner in sorted(people, key=lambda o: min(map(len, o.forms))):
        form = max(owner.forms, key=len)
        hosts = [
            o
            for o in people
            if o is not owner and id(o) not in gone and any(len(f) > len(form) and set(form) <= set(f) for f in o.forms)
        ]
        if len(hosts) == 1 and not (owner.known and hosts[0].known):
            hosts[0].take(owner, world.say("names", "part", form=owner.forms[form], name=max(hosts[0].forms.values(), key=len)))
            gone.add(id(owner))
    return [o for o in owners if id(o) not in gone]


def _join_brackets(
    owners: list[Owner], rows: Sequence[Found], tokens: Mapping[Place, Sequence[Token]], world: World
) -> list[Owner]:
    """ "Dana Moneter Internasional (IMF)", "HPB (Hasta ... Community)", "Gojek (sebelumnya bernama Ojek Kita)"."""
    by_start = {(r.place, r.segment.start): r for r in rows}
    for row in rows:
        text = tokens[row.place]
        at = row.segment.end
        if at + 1 >= len(text) or text[at].text != "(":
            continue
        inner = at + 1
        renamed = text[inner].low in words("renamed_cues")
        while inner < len(text) and renamed and not text[inner].cap and text[inner].word:
            inner += 1
        other = by_start.get((row.place, inner))
        if other is None or other.segment.end >= len(text) or text[other.segment.end].text != ")":
            continue
        first, second = _owner_of(owners, row.form), _owner_of(owners, other.form)
        if first is not None and second is None and (renamed or (first.kind != "people" and _is_acronym(other.text))):
            second = Owner(first.kind, forms={other.form: other.text})
        elif first is None and second is not None and second.kind != "people" and _is_acronym(row.text):
            first, second = second, Owner(second.kind, forms={row.form: row.text})
        if first is None or second is None or first is second or first.kind != second.kind or (first.known and second.known):
            continue
        if renamed or _abbreviates(row.text, other.text) or _abbreviates(other.text, row.text):
            first.take(second, world.say("names", "renamed" if renamed else "bracket", form=other.text, name=row.text))
            owners = [o for o in owners if o is not second]
    return owners


def _is_acronym(text: str) -> bool:
    return len(text.split()) == 1 and text.isupper()


def _abbreviates(short: str, full: str) -> bool:
    """Every letter of ``short`` stands in ``full`` in this order, beginning with the same one, and ``full`` has more words."""
    letters = iter(full.casefold())
    inner = [c for c in short.casefold() if c.isalnum()]
    return len(full.split()) > len(short.split()) and full[:1].casefold() == inner[:1][0] and all(c in letters for c in inner)


def _join_nicknames(
    owners: list[Owner], rows: Sequence[Found], tokens: Mapping[Place, Sequence[Token]], world: World
) -> list[Owner]:
    """ "... yang akrab disapa N": N is the person named just before, or the only one named in the paragraph before."""
    for row in rows:
        text = tokens[row.place]
        i = row.segment.start
        if i < 2 or text[i - 1].low not in words("nickname_cues"):
            continue
        nick = _owner_of(owners, row.form, "people")
        named = _persons_before(owners, rows, row)
        if nick is None or nick.known or len(named) != 1 or named[0] is nick:
            continue
        cue = " ".join(t.text for t in text[max(0, i - 2) : row.segment.end])
        named[0].take(nick, world.say("names", "nickname", form=row.text, name=max(named[0].forms.values(), key=len), cue=cue))
        owners = [o for o in owners if o is not nick]
    return owners


def _persons_before(owners: Sequence[Owner], rows: Sequence[Found], at: Found) -> list[Owner]:
    """The persons of the nearest stretch before ``at``: its own paragraph so far, else the paragraph before."""
    for back in (0, 1):
        place = at.place - back if isinstance(at.place, int) else at.place
        found: list[Owner] = []
        for row in rows:
            if row.place == place and row.form != at.form and (back or row.segment.start < at.segment.start):
                owner = _owner_of(owners, row.form, "people")
                if owner is not None and owner not in found:
                    found.append(owner)
        if found or not isinstance(at.place, int):
            return found
    return []
