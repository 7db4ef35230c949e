"""A story's texts in, its people, organizations, places and products out, each with every mention and its reasons.

The reader looks for names in the body and the captions; of a headline, where every word may be capitalised, it takes only
names that the text repeats or an authority knows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from alibaba_news.loader.names.evidence import Found, decide_kinds, known_kind
from alibaba_news.loader.names.joining import Form, Owner, join_owners, make_owners
from alibaba_news.loader.names.lexicon import Lexicon, lexicon_of, listed_words, words
from alibaba_news.loader.names.products import find_products
from alibaba_news.loader.names.roles import epithet, role_after, role_as, role_before
from alibaba_news.loader.names.segments import Segment, find_segments
from alibaba_news.loader.names.tokens import Token, form_of, tokenize
from alibaba_news.model import ENTITY_KINDS, Entity, Mention, Place, Role
from alibaba_news.text import fold, make_slug
from alibaba_news.world import World

Tokens = Mapping[Place, Sequence[Token]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The entities of one story by kind, each kind in order of first mention."""

    people: tuple[Entity, ...] = ()
    organizations: tuple[Entity, ...] = ()
    places: tuple[Entity, ...] = ()
    products: tuple[Entity, ...] = ()


def read_names(texts: Mapping[Place, str], dateline: str | None, world: World) -> Names:
    """Find, judge, join and locate the names of one story.

    ``texts`` holds title (0), paragraphs (1...) and captions by place; ``dateline`` is the place printed before the lead,
    which counts as a place of the story. What stays in doubt is left out. Never raises.
    """
    lexicon = lexicon_of(world)
    tokens = {place: tokenize(text, lexicon.has) for place, text in texts.items()}
    rows, blocked = _find_rows(texts, tokens, lexicon)
    judged = _judge(rows, tokens)
    owners = join_owners(make_owners(judged, world), rows, tokens, world)
    if dateline:
        _add_dateline(owners, dateline, world)
    mentions = _locate(owners, texts, tokens, blocked)
    roles = _find_roles(owners, texts, tokens, mentions)
    return _make_names(owners, mentions, roles, world)


def _find_rows(texts: Mapping[Place, str], tokens: Tokens, lexicon: Lexicon) -> tuple[list[Found], dict[Place, frozenset[int]]]:
    """Every segment outside the headline that may be a name, and the tokens that belong to no name ("Bahasa Indonesia")."""
    rows: list[Found] = []
    blocked: dict[Place, frozenset[int]] = {}
    for place, text in texts.items():
        segments = find_segments(tokens[place], lexicon)
        blocked[place] = frozenset(i for s in segments if s.kind == "other" for i in range(s.start, s.end))
        if place == 0:
            rows += [_make_found(place, text, tokens[place], s) for s in _known_segments(tokens[place], lexicon)]
            continue
        products = find_products(tokens[place])
        free = [s for s in segments if not any(s.start < p.end and p.start < s.end for p in products)]
        appositions = _apposed_bodies(tokens[place], free)
        for segment in sorted([*products, *free], key=lambda s: s.start):
            kept = _trim(tokens[place], segment, lexicon)
            if kept is not None and kept.start not in appositions:
                rows.append(_make_found(place, text, tokens[place], kept))
    return rows, blocked


def _known_segments(tokens: Sequence[Token], lexicon: Lexicon) -> list[Segment]:
    """What authorities know in a headline, where capitals tell no more."""
    found: list[Segment] = []
    for i, token in enumerate(tokens):
        known = lexicon.match(tokens, i) if token.cap and (not found or found[-1].end <= i) else None
        if known is not None and not known.authority.ambiguous:
            found.append(Segment(i, i + known.size, known.kind, known))
    return found


def _apposed_bodies(tokens: Sequence[Token], segments: Iterable[Segment]) -> frozenset[int]:
    """First tokens of bodies that stand for an office in apposition to a person: they are the person's role, no entity."""
    found = set()
    for segment in segments:
        if segment.kind in ("plain", "people") and segment.end + 1 < len(tokens):
            role = role_after(tokens, segment.end)
            if role and tokens[role[0]].low in words("organization_heads") - words("role_nouns"):
                found.add(role[0])
    return frozenset(found)


def _trim(tokens: Sequence[Token], segment: Segment, lexicon: Lexicon) -> Segment | None:
    """The segment without a sentence's first word that only its place capitalised; None where nothing is left of it."""
    if segment.kind in ("office", "other"):
        return None
    if segment.kind != "plain":
        return segment
    start, head = segment.start, tokens[segment.start]
    common = head.low in listed_words("common_words") and head.low not in listed_words("given_names")
    if head.first and (
        common
        or (
            segment.end - start > 1
            and tokens[start + 1].low in listed_words("given_names")
            and head.low not in listed_words("given_names")
        )
    ):
        start += 1
    if (
        start == segment.end
        or tokens[start].low in words("other_heads")
        or all(t.text.isdigit() for t in tokens[start : segment.end])
    ):
        return None
    known = lexicon.match(tokens, start)
    if known is not None and start > segment.start and start + known.size == segment.end and not known.authority.ambiguous:
        return Segment(start, segment.end, known.kind, known)
    return Segment(start, segment.end, "plain")


def _make_found(place: Place, text: str, tokens: Sequence[Token], segment: Segment) -> Found:
    span = tokens[segment.start : segment.end]
    return Found(place, segment, text[span[0].start : span[-1].end], form_of(span))


def _judge(rows: Sequence[Found], tokens: Tokens) -> list[tuple[Found, str]]:
    """Each row with its kind; rows whose form stays undecided are left out."""
    settled = {
        r.form: known_kind(r.segment.known) or r.segment.kind for r in rows if r.segment.kind not in ("plain", "renamed")
    }
    decided = decide_kinds(tokens, rows, settled)
    kinds = {**decided, **settled}
    _adopt_short_forms(rows, kinds, tokens)
    return [(row, kinds[row.form]) for row in rows if row.form in kinds]


def _adopt_short_forms(rows: Sequence[Found], kinds: dict[Form, str], tokens: Tokens) -> None:
    """An undecided single word that is part of exactly one person's full name is that person ("Ma" after "Jack Ma")."""
    full = [form for form, kind in kinds.items() if kind == "people" and len(form) > 1]
    for row in rows:
        if row.form in kinds or len(row.form) > 1:
            continue
        hosts = [form for form in full if row.form[0] in form]
        lower = any(t.low == row.form[0] and not t.cap for place in tokens for t in tokens[place])
        if len(hosts) == 1 and not (lower and tokens[row.place][row.segment.start].first):
            kinds[row.form] = "people"


def _add_dateline(owners: list[Owner], dateline: str, world: World) -> None:
    """The first place of a dateline ("Bandar Lampung, Lampung") counts as a place of the story, printed outside its body."""
    name = dateline.split(",", maxsplit=1)[0].strip()
    authority = world.find("places", name)
    form = form_of(tokenize(name, lambda _: True))
    wanted = authority.name if authority else None
    for owner in owners:
        same = wanted is not None and owner.known is not None and owner.known.authority.name == wanted
        if owner.kind == "places" and (form in owner.forms or same):
            return
    if form:
        owners.append(make_owners([(Found(0, Segment(0, 0, "places"), name, form), "places")], world)[0])


def _locate(
    owners: Sequence[Owner], texts: Mapping[Place, str], tokens: Tokens, blocked: Mapping[Place, frozenset[int]]
) -> dict[int, list[tuple[Mention, int]]]:
    """Every occurrence of every owner's forms, the longest form first: lists of (mention, token index) by owner index."""
    forms: dict[str, list[tuple[Form, int]]] = defaultdict(list)
    for n, owner in enumerate(owners):
        for form in owner.forms:
            forms[fold(form[0])].append((form, n))
    for found in forms.values():
        found.sort(key=lambda f: (-len(f[0]), f[1]))
    mentions: dict[int, list[tuple[Mention, int]]] = defaultdict(list)
    for place, row in tokens.items():
        i = 0
        while i < len(row):
            hit = _form_at(row, i, forms.get(row[i].low, ())) if row[i].cap and i not in blocked[place] else None
            if hit is None:
                i += 1
                continue
            form, n = hit
            start, end = row[i].start, row[i + len(form) - 1].end
            mentions[n].append((Mention(text=texts[place][start:end], paragraph=place, start=start), i))
            i += len(form)
    return mentions


def _form_at(row: Sequence[Token], i: int, forms: Iterable[tuple[Form, int]]) -> tuple[Form, int] | None:
    for form, n in forms:
        span = row[i : i + len(form)]
        if form == (form_of(span) if len(form) == 1 else tuple(t.low for t in span)):
            return form, n
    return None


def _find_roles(
    owners: Sequence[Owner], texts: Mapping[Place, str], tokens: Tokens, mentions: Mapping[int, list[tuple[Mention, int]]]
) -> dict[int, list[Role]]:
    """Roles of the people, in order of appearance, each wording once."""
    people = [n for n, o in enumerate(owners) if o.kind == "people"]
    taken: dict[Place, set[int]] = defaultdict(set)
    at: dict[Place, list[tuple[int, int, int]]] = defaultdict(list)
    for n in people:
        for mention, i in mentions.get(n, ()):
            size = len(tokenize(mention.text, lambda _: False))
            taken[mention.paragraph].update(range(i, i + size))
            at[mention.paragraph].append((i, i + size, n))
    roles: dict[int, list[Role]] = defaultdict(list)
    for place, row in tokens.items():
        if place == 0:
            continue
        spans = _roles_beside(row, sorted(at[place]), frozenset(taken[place])) + _epithets(place, tokens, at)
        for (start, end), n in sorted(spans):
            text = texts[place][row[start].start : row[end - 1].end]
            if all(fold(text) != fold(r.text) for r in roles[n]):
                roles[n].append(Role(text=text, paragraph=place, start=row[start].start))
    return roles


def _roles_beside(
    row: Sequence[Token], named: Sequence[tuple[int, int, int]], taken: frozenset[int]
) -> list[tuple[tuple[int, int], int]]:
    found = []
    for start, end, n in named:
        after = role_after(row, end)
        for span in (role_as(row, start) or role_before(row, start, taken), after):
            free = span is not None and taken.isdisjoint(range(*span))
            found += [(span, n)] if span is not None and free else []
    return found


def _epithets(
    place: Place, tokens: Tokens, at: Mapping[Place, list[tuple[int, int, int]]]
) -> list[tuple[tuple[int, int], int]]:
    """ "Orang terkaya Tiongkok ini": the role of the only person named in the sentence's stretch before."""
    row = tokens[place]
    found = []
    for i in range(len(row)):
        span = epithet(row, i) if row[i].first else None
        if span is None:
            continue
        before = {n for start, _, n in at.get(place, ()) if start < i}
        if not before and isinstance(place, int):
            before = {n for _, _, n in at.get(place - 1, ())}
        if len(before) == 1:
            found.append((span, before.pop()))
    return found


def _make_names(
    owners: Sequence[Owner], mentions: Mapping[int, list[tuple[Mention, int]]], roles: Mapping[int, list[Role]], world: World
) -> Names:
    order = {place: n for n, place in enumerate(_places_in_order(mentions))}
    found: dict[str, list[tuple[tuple[int, int], Entity]]] = {kind: [] for kind in ENTITY_KINDS}
    for n, owner in enumerate(owners):
        own = [m for m, _ in mentions.get(n, ())]
        if not own and owner.kind != "places":
            continue
        entity = _make_entity(owner, tuple(own), tuple(roles.get(n, ())), world)
        first = (order[own[0].paragraph], own[0].start) if own else (-1, 0)
        found[owner.kind].append((first, entity))
    ordered = {kind: tuple(e for _, e in sorted(rows, key=lambda r: (r[0], r[1].id))) for kind, rows in found.items()}
    return Names(**{kind: _make_ids_unique(rows) for kind, rows in ordered.items()})


def _places_in_order(mentions: Mapping[int, list[tuple[Mention, int]]]) -> list[Place]:
    places = {m.paragraph for rows in mentions.values() for m, _ in rows}
    return sorted(places, key=lambda p: (0, p, "") if isinstance(p, int) else (1, len(p), p))


def _make_entity(owner: Owner, mentions: tuple[Mention, ...], roles: tuple[Role, ...], world: World) -> Entity:
    known = owner.known
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


def _make_ids_unique(rows: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Two names of one spelling in ASCII keep apart within the story; the archive gives the final addresses."""
    seen: dict[str, int] = {}
    kept = []
    for entity in rows:
        seen[entity.id] = seen.get(entity.id, 0) + 1
        kept.append(entity if seen[entity.id] == 1 else replace(entity, id=f"{entity.id}-{seen[entity.id]}"))
    return tuple(kept)
