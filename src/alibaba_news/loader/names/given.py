"""Names that an editor gives -> the same names with every place in the text where they are printed, and where roles stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from alibaba_news.model import Entity, Mention, Place, Role


def locate_names(groups: Sequence[tuple[Entity, ...]], texts: Mapping[Place, str]) -> list[tuple[Entity, ...]]:
    """The given entities with their mentions: names and aliases as printed, whole words, the longest form first.

    ``groups`` are looked for together, so that one stretch of text belongs to one name only; those that carry mentions
    already keep them. The first-named entity wins a form that two share.
    """
    forms: dict[str, tuple[int, int]] = {}
    for g, group in enumerate(groups):
        for e, entity in enumerate(group):
            if not entity.mentions:
                for form in filter(None, (entity.name, *entity.aliases)):
                    forms.setdefault(form, (g, e))
    found: dict[tuple[int, int], list[Mention]] = {}
    for place, text in texts.items():
        for start, form in _find_forms(text, forms):
            found.setdefault(forms[form], []).append(Mention(text=form, paragraph=place, start=start))
    return [
        tuple(replace(e, mentions=tuple(found[g, n])) if (g, n) in found else e for n, e in enumerate(group))
        for g, group in enumerate(groups)
    ]


def _find_forms(text: str, forms: Mapping[str, tuple[int, int]]) -> list[tuple[int, str]]:
    """Where the forms stand, in order, none inside another."""
    spans: list[tuple[int, int, str]] = []
    for form in [form for form in forms if form in text]:
        at = text.find(form)
        while at >= 0:
            end = at + len(form)
            if not (text[at - 1 : at].isalnum() and at) and not text[end : end + 1].isalnum():
                spans.append((at, end, form))
            at = text.find(form, at + 1)
    if len(spans) < 2:
        return [(start, form) for start, _, form in spans]
    spans.sort(key=lambda s: (s[0] - s[1], s[0]))
    taken: set[int] = set()
    kept = []
    for start, end, form in spans:
        # The longest stand first: only a stretch whose either end lies in a taken one can overlap it.
        if not (taken.intersection((start, end - 1))):
            taken.update(range(start, end))
            kept.append((start, form))
    return sorted(kept)


def locate_roles(entity: Entity, texts: Mapping[Place, str]) -> Entity:
    """The entity with each role led back to its words: those nearest to a mention, else the first; None where none stand."""
    return replace(entity, roles=tuple(_locate_role(role, entity, texts) for role in entity.roles)) if entity.roles else entity


def _locate_role(role: Role, entity: Entity, texts: Mapping[Place, str]) -> Role:
    best: tuple[int, int, Place, int] | None = None
    starts: dict[Place, list[int]] = {}
    for mention in entity.mentions:
        starts.setdefault(mention.paragraph, []).append(mention.start)
    for order, (place, text) in enumerate(texts.items()):
        near = starts.get(place, ())
        at = text.find(role.text)
        while at >= 0 and place != 0:
            # Beside a mention the words are about this person; elsewhere they may be about somebody else.
            distance = min((abs(at - m) for m in near), default=1_000_000)
            if best is None or (distance, order) < best[:2]:
                best = (distance, order, place, at)
            at = text.find(role.text, at + 1)
    if best is None or not role.text.strip():
        return replace(role, paragraph=None, start=None)
    return replace(role, paragraph=best[2], start=best[3])
