"""Forms of bodies' names within one story -> who they belong to: told again without the area, the legal form or the words that
an acronym stands for ("Dinas Lingkungan Hidup Kabupaten Indramayu", "Dinas Lingkungan Hidup", "DLH Indramayu").

Every body gives the forms by which a story may name it again; a form that is exactly one body's is joined to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from alibaba_news.loader.names.found import Found
from alibaba_news.loader.names.lexicon import words
from alibaba_news.loader.names.owners import Owner
from alibaba_news.loader.names.tokens import Form, Token
from alibaba_news.model import Place
from alibaba_news.text import fold
from alibaba_news.world import World

FEWEST_LEFT = 2  # words without which "Bank" says too little
LONGEST_FORM = 12  # words; longer ones are lists or headlines


def join_body_parts(
    owners: list[Owner], _rows: Sequence[Found], _tokens: Mapping[Place, Sequence[Token]], world: World
) -> list[Owner]:
    """The same owners with each body once. Two that authorities know apart stay apart, as does what may be either of two."""
    bodies = [o for o in owners if o.kind == "organizations"]
    hosts: dict[Form, list[Owner]] = defaultdict(list)
    for owner in bodies:
        for key in {key for form in owner.forms for key in _keys(form, world)}:
            hosts[key].append(owner)
    gone: dict[int, Owner] = {}
    for _ in range(2):  # what two spellings of one long name share is open until these are one
        for owner in sorted(bodies, key=lambda o: max(map(len, o.forms))):
            found = _hosts_of(owner, hosts, gone, world) if id(owner) not in gone else []
            if len(found) == 1 and _join(owner, *found[0], world):
                gone[id(owner)] = found[0][1]
    return [o for o in owners if id(o) not in gone]


def _join(owner: Owner, form: Form, host: Owner, world: World) -> bool:
    """Give the host the owner's forms, where they are one. What every area has one of is known by its kind alone, and the host
    tells which."""
    local = owner.known is not None and host.known is None and _is_local(owner.known.authority.name)
    if not (owner.known is None or local or (host.known is None and _is_same(form, host, world))):
        return False
    if local:
        owner.known = None
    host.take(owner, world.say("names", "part", form=owner.forms[form], name=max(host.forms.values(), key=len)))
    return True


def _is_local(name: str) -> bool:
    return fold(name) in words("local_bodies")


def _hosts_of(
    owner: Owner, hosts: Mapping[Form, Sequence[Owner]], gone: Mapping[int, Owner], world: World
) -> list[tuple[Form, Owner]]:
    """The bodies that one of the owner's forms names in short, each with that form."""
    found: dict[int, tuple[Form, Owner]] = {}
    for form in owner.forms:
        key = _normal(form, world)
        for host in hosts.get(key, ()) if key else ():
            if host is not owner and id(host) not in gone:
                found.setdefault(id(host), (form, host))
    return list(found.values())


def _is_same(form: Form, host: Owner, world: World) -> bool:
    """Nothing but labels and legal forms tells the two apart."""
    return any(_normal(form, world) == _normal(other, world) for other in host.forms)


def _normal(form: Form, world: World) -> Form:
    """Without ranks of areas, legal forms and "RI", a province in full: "Ombudsman RI Jateng" is "ombudsman jawa tengah"."""
    plain: list[str] = []
    for n, word in enumerate(fold(w) for w in form):
        if word in words("administrative_labels") or word in words("legal_forms") or word == "ri":
            continue
        area = world.find("places", word) if n else None
        plain += fold(area.name).split() if area is not None and area.name.casefold() != word else [word]
    return tuple(plain[1:] if len(plain) > FEWEST_LEFT and plain[0] == "bank" else plain)  # "Bank BCA Syariah"


def _keys(form: Form, world: World) -> Iterator[Form]:
    """All that a body may be called in short, beginning with its own name."""
    full = _normal(form, world)
    if len(full) > LONGEST_FORM:
        return
    yield full
    headed = bool(full) and full[0] in words("organization_heads")
    if headed:
        yield from _shorter(full, world)
    for size in range(1, len(full)):
        head, rest = full[:size], full[size:]
        owned = _is_area(rest, world) or (_is_body(rest, world) and size > 1)
        if not owned:
            continue
        if headed:
            yield head
        if size > 1:
            yield ("".join(w[0] for w in head if w not in words("connectors")), *rest)
            for middle in range(1, size):
                if _is_body(head[middle:], world):
                    yield (*head[:middle], *rest)


def _shorter(full: Form, world: World) -> Iterator[Form]:
    """ "Pengadilan Negeri Melati" is "Pengadilan Melati", "Kilang Pertamina Melati" is "Kilang Melati", and "Kejaksaan Agung"
    the only "Kejaksaan" that a story may mean."""
    if full[0] in words("lone_heads"):
        yield full[:1]
    if len(full) > FEWEST_LEFT and full[1] in words("court_levels"):
        yield (full[0], *full[2:])
    for end in range(2, len(full)):
        if _is_body(full[1:end], world):
            yield (full[0], *full[end:])


def _is_area(span: Form, world: World) -> bool:
    return span != ("indonesia",) and world.find("places", " ".join(span)) is not None


def _is_body(span: Form, world: World) -> bool:
    return world.find("organizations", " ".join(span)) is not None
