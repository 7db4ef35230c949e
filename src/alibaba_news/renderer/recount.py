"""A story as it was and as it is, its outline unchanged -> what of an index counts its words or says where they stand.

Whoever is named in it is named as before, under the same forms, but perhaps more often or elsewhere; dates, figures and cut
lines may be more or fewer. Everything else of the index stands (``archive.outline``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.model import ENTITY_KINDS, ArchiveEntity, Entity, Place, Story
from alibaba_news.renderer.company import MOST_FORMS, Form
from alibaba_news.renderer.dates import parse_moment
from alibaba_news.renderer.index import Index, count_own
from alibaba_news.renderer.rankings import rerank_names
from alibaba_news.renderer.tallies import tally_story
from alibaba_news.renderer.tracking import WHOLE, Fact


class Recount(Struct, frozen=True, kw_only=True):
    """What is another now: ``rows`` of look-ups by the look-up's name, look-ups as ``wholes``; the ``facts`` that follow."""

    rows: Mapping[str, Mapping[str, Any]]
    wholes: Mapping[str, Any]
    facts: tuple[Fact, ...]


def recount(index: Index, before: Story, after: Story) -> Recount | None:
    """What of ``index``, which has the story as it was, is another now; None where only all stories together tell."""
    pairs = {kind: list(zip(getattr(before, kind), getattr(after, kind), strict=True)) for kind in ENTITY_KINDS}
    every = [pair for own in pairs.values() for pair in own]
    forms = {
        old.id: _move_forms(index.forms[old.id], old, new, after.slug)
        for old, new in every
        if old.mentions != new.mentions and old.id in index.forms
    }
    entities = {
        old.id: _move_roles(index.entities[old.id], old, new, after.slug)
        for old, new in every
        if old.roles != new.roles and old.id in index.entities
    }
    gains = {old.id: gain for old, new in every if (gain := count_own(new) - count_own(old))}
    mentions = {key: index.mentions[key] + gain for key, gain in gains.items()}
    names = {}
    for kind, own in pairs.items():
        counts = {old.id: mentions[old.id] for old, _ in own if old.id in mentions and old.id in index.entities}
        if counts:
            names[kind] = rerank_names(index.rankings.names[kind], index.entities, index.mentions, counts)
    if None in (*forms.values(), *entities.values(), *names.values()):
        return None
    found: dict[str, Mapping[str, Any]] = {"forms": forms, "entities": entities, "years": _move_years(index, after, gains)}
    rows = {name: own for name, own in found.items() if own}
    facts: list[Fact] = [(name, key) for name, own in rows.items() for key in own]
    wholes: dict[str, Any] = {}
    if mentions:
        wholes["mentions"] = Counter({**index.mentions, **mentions})
        facts += (("mentions", key) for key in mentions)
    if any(ranked != index.rankings.names[kind] for kind, ranked in names.items()):
        wholes["rankings"] = replace(index.rankings, names={**index.rankings.names, **names})
        facts += (("rankings.names", kind) for kind in names)
    if (was := tally_story(before)) != (now := tally_story(after)):
        wholes["tallies"] = index.tallies.move(was, now)
        facts += (("tallies.cut_lines", WHOLE), *(("tallies.rows", kind) for kind in index.tallies.rows))
    return Recount(rows=rows, wholes=wholes, facts=tuple(facts))


def _move_years(index: Index, story: Story, gains: Mapping[str, int]) -> dict[str, Mapping[int, int]]:
    """How often some are mentioned in each year."""
    moment = parse_moment(story.date)
    if moment is None:
        return {}
    year = moment.year
    return {key: {**index.years[key], year: index.years[key][year] + gain} for key, gain in gains.items()}


def _move_forms(forms: Sequence[Form], old: Entity, new: Entity, slug: str) -> tuple[Form, ...] | None:
    """The forms of a name that a story uses more or less often, or elsewhere; None where others may have come in."""
    counts = Counter(mention.text for mention in new.mentions)
    counts.subtract(mention.text for mention in old.mentions)
    first = {mention.text: mention for mention in reversed(new.mentions)}
    moved = []
    for form in forms:
        more = counts.pop(form.text, 0)
        if more < 0 and len(forms) == MOST_FORMS:
            return None
        at = first[form.text] if form.story == slug else form
        moved.append(replace(form, count=form.count + more, paragraph=at.paragraph, start=at.start))
    if any(counts.values()):
        return None
    return tuple(sorted(moved, key=lambda form: (-form.count, form.text)))


def _move_roles(row: ArchiveEntity, old: Entity, new: Entity, slug: str) -> ArchiveEntity | None:
    """An entity whose roles stand elsewhere in a story; None where it cannot be told which of them."""
    moved: dict[tuple[str, Place | None], set[Place | None]] = {}
    for one, other in zip(old.roles, new.roles, strict=True):
        moved.setdefault((one.text, one.paragraph), set()).add(other.paragraph)
    roles = []
    for role in row.roles:
        places = moved.get((role.text, role.paragraph), set()) if role.story == slug else {role.paragraph}
        if len(places) != 1:
            return None
        roles.append(replace(role, paragraph=places.pop()))
    return replace(row, roles=tuple(roles))
