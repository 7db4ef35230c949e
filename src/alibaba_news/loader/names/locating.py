"""Names with their forms -> every place where they stand in the texts, and the roles beside those places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from alibaba_news.loader.names.joining import Owner
from alibaba_news.loader.names.roles import epithet, role_after, role_as, role_before
from alibaba_news.loader.names.tokens import Form, Token, Tokens, form_of, tokenize
from alibaba_news.model import Mention, Place, Role
from alibaba_news.text import fold

Located = Mapping[int, list[tuple[Mention, int]]]  # by the owner's index: each mention with the index of its first token


def locate(
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


def find_roles(owners: Sequence[Owner], texts: Mapping[Place, str], tokens: Tokens, mentions: Located) -> dict[int, list[Role]]:
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
