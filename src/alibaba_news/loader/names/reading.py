"""A story's texts in, its people, organizations, places and products out, each with every mention and its reasons.

The reader looks for names in the body and the captions; of a headline, where every word may be capitalised, it takes only
names that the text repeats or an authority knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from msgspec.structs import replace

from alibaba_news.loader.names import Names
from alibaba_news.loader.names.finding import find_rows, judge
from alibaba_news.loader.names.found import Found
from alibaba_news.loader.names.glue import make_is_pair, make_unglue
from alibaba_news.loader.names.joining import Owner, join_owners, make_owners
from alibaba_news.loader.names.lexicon import lexicon_of
from alibaba_news.loader.names.locating import Located, find_roles, locate
from alibaba_news.loader.names.runs import Segment
from alibaba_news.loader.names.tokens import form_of, tokenize
from alibaba_news.model import ENTITY_KINDS, Entity, Mention, Place, Role
from alibaba_news.text import fold, make_slug, number_ids
from alibaba_news.world import World, load_table


def read_names(texts: Mapping[Place, str], dateline: str | None, world: World) -> Names:
    """Find, judge, join and locate the names of one story.

    ``texts`` holds title (0), paragraphs (1...) and captions by place; ``dateline`` is the place printed before the lead,
    which counts as a place of the story. What stays in doubt is left out. Never raises.
    """
    lexicon = lexicon_of(world)
    unglue = make_unglue(texts.values(), lexicon)
    is_pair = make_is_pair(texts.values())
    tokens = {place: tokenize(text, lexicon.has, unglue, is_pair) for place, text in texts.items()}
    rows, blocked, tagged = find_rows(texts, tokens, lexicon)
    judged = judge(rows, tokens, tagged)
    owners = join_owners(make_owners(judged, world), rows, tokens, world)
    home = _add_dateline(owners, dateline, world) if dateline else None
    mentions = locate(owners, texts, tokens, blocked)
    roles = find_roles(owners, texts, tokens, mentions)
    return _make_names(owners, home, mentions, roles, world)


def _add_dateline(owners: list[Owner], dateline: str, world: World) -> Owner | None:
    """The first place of a dateline ("Bandar Lampung, Lampung") counts as a place of the story, printed outside its body."""
    name = dateline.split(",", maxsplit=1)[0].strip()
    authority = world.find("places", name)
    form = form_of(tokenize(name, lambda _: True))
    wanted = authority.name if authority else None
    for owner in owners:
        same = wanted is not None and owner.known is not None and owner.known.authority.name == wanted
        if owner.kind == "places" and (form in owner.forms or same):
            return owner
    if not form:
        return None
    owners += make_owners([(Found(0, Segment(0, 0, "places"), name, form), "places")], world)
    return owners[-1]


def _make_names(
    owners: Sequence[Owner], home: Owner | None, mentions: Located, roles: Mapping[int, list[Role]], world: World
) -> Names:
    """Entities of the owners that are mentioned, and of the dateline's (``home``), which need not be."""
    order = {place: n for n, place in enumerate(_places_in_order(mentions))}
    found: dict[str, list[tuple[tuple[int, int], Entity]]] = {kind: [] for kind in ENTITY_KINDS}
    for n, owner in enumerate(owners):
        own = [m for m, _ in mentions.get(n, ())]
        if not own and owner is not home:
            continue
        entity = _make_entity(owner, tuple(own), tuple(roles.get(n, ())), world)
        first = (order[own[0].paragraph], own[0].start) if own else (-1, 0)
        found[owner.kind].append((first, entity))
    ordered = {kind: tuple(e for _, e in sorted(rows, key=lambda r: (r[0], r[1].id))) for kind, rows in found.items()}
    return Names(**{kind: _make_ids_unique(rows) for kind, rows in ordered.items()})


def _places_in_order(mentions: Located) -> list[Place]:
    places = {m.paragraph for rows in mentions.values() for m, _ in rows}
    return sorted(places, key=lambda p: (0, p, "") if isinstance(p, int) else (1, len(p), p))


def _make_entity(owner: Owner, mentions: tuple[Mention, ...], roles: tuple[Role, ...], world: World) -> Entity:
    known = None if owner.kind == "people" and _is_everyday(roles) else owner.known
    printed = list(dict.fromkeys(m.text for m in mentions)) or list(owner.forms.values())
    name = known.authority.name if known else max(printed, key=lambda f: (len(f.split()), -printed.index(f)))
    aliases = tuple(dict.fromkeys(f for f in printed if f != name))
    reasons = list(owner.reasons)
    if known is not None:
        outside = [f for f in printed if fold(f) != fold(name) and world.find(owner.kind, f) is known.authority]
        reasons += [world.say("names", "authority", form=f, name=name) for f in outside]
    return Entity(
        id=f"{owner.kind}/{make_slug(name)}",
        name=name,
        aliases=aliases,
        roles=roles,
        mentions=mentions,
        evidence="; ".join(dict.fromkeys(reasons)),
    )


def _is_everyday(roles: Sequence[Role]) -> bool:
    """A farmer, a pupil: whatever known name they bear, it is by chance."""
    return bool(roles) and all(fold(role.text).split(" ", maxsplit=1)[0] in _everyday_roles() for role in roles)


@cache
def _everyday_roles() -> frozenset[str]:
    return frozenset(load_table("archive")["everyday_roles"])


def _make_ids_unique(rows: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Two names of one spelling in ASCII keep apart within the story; the archive gives the final addresses."""
    ids = number_ids(e.id for e in rows)
    return tuple(e if e.id == own else replace(e, id=own) for e, own in zip(rows, ids, strict=True))
