"""Names that an editor withholds -> the same story without them: masked in every text, their entities gone, offsets mended.

A withheld name goes with its forms: those the reader joined with it, and each of its words where it stands alone with a
capital. A longer name of somebody else that shares a word ("Heru Santoso" where "Budi Santoso" is withheld) stays. A name
of several words is hidden in every story that tells it; a single word, which is part of other people's names, only in the
story whose corrections hold it. The list of names itself is not published either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.archive.clusters import printed_forms
from alibaba_news.model import ENTITY_KINDS, Entity, Event, Place, Quote, Story
from alibaba_news.text import fold, make_slug
from alibaba_news.world import World

# Never prose: masking would break an address or a link between two parts of the record.
_NO_TEXT = frozenset({"id", "slug", "lang", "sha256", "url", "speaker", "people", "organizations", "redirect_from", "withhold"})
_SHORTEST_PART = 3
_APART = r"[\s_+.\u2010-\u2015-]+"


class Mask(Struct, frozen=True):
    """What is hidden, what of the same words is not, and what stands in its place."""

    pattern: re.Pattern[str]
    label: str

    def hide(self, text: str) -> str:
        """The text with every withheld name replaced."""
        return self.pattern.sub(lambda m: m[0] if m["kept"] else self.label, text)

    def move(self, text: str) -> Moved:
        """Where what stands in ``text`` lies once the text is masked."""
        hits = tuple(m.span() for m in self.pattern.finditer(text) if not m["kept"])
        return Moved(before=text, after=self.hide(text), hits=hits, width=len(self.label))


class Moved(Struct, frozen=True, kw_only=True):
    """A text before and after its names were hidden, ``hits`` where they stood; what cuts into a name takes all of its mask."""

    before: str
    after: str
    hits: tuple[tuple[int, int], ...]
    width: int

    def start(self, offset: int) -> int:
        """Where in the masked text the character stands that stood at ``offset``."""
        return self._move(offset, 0)

    def cut(self, start: int, end: int) -> str:
        """What of the masked text stands for these characters of the text before."""
        return self.after[self.start(start) : self._move(end, self.width)]

    def _move(self, offset: int, inside: int) -> int:
        shift = 0
        for start, end in self.hits:
            if offset >= end:
                shift += self.width - (end - start)
            elif offset > start:
                return start + shift + inside
        return offset + shift


def share_withheld(stories: Sequence[Story]) -> tuple[Story, ...]:
    """The same stories, each with the names in its ``withhold`` that another story withholds and this one tells as well."""
    names = {fold(name): name for story in stories for name in _list_shared(story)}
    if not names:
        return tuple(stories)
    pattern = re.compile(_any_of(names.values()), re.IGNORECASE)

    def share(story: Story) -> Story:
        told = {fold(re.sub(_APART, " ", match[0])) for text in _list_texts(story) for match in pattern.finditer(text)}
        more = tuple(sorted(names[key] for key in (told & names.keys()) - set(map(fold, story.withhold))))
        return replace(story, withhold=(*story.withhold, *more)) if more else story

    return tuple(map(share, stories))


def _list_shared(story: Story) -> list[str]:
    """What a story withholds, with the other full forms of whoever bears it there."""
    names = _list_withheld(story)
    forms = [form for entity in _find_bearers(story, names).values() for form in printed_forms(entity)]
    return [form for form in (*names, *forms) if len(form.split()) > 1]


def _list_withheld(story: Story) -> list[str]:
    return [" ".join(name.split()) for name in story.withhold if name.strip()]


def _find_bearers(story: Story, names: Iterable[str]) -> dict[str, Entity]:
    """The entities of a story, by id, one of whose forms is one of the names."""
    wanted = frozenset(map(fold, names))
    if not wanted:  # as in nearly every story
        return {}
    return {key: entity for key, entity in story.entities().items() if not wanted.isdisjoint(map(fold, printed_forms(entity)))}


def _list_texts(story: Story) -> list[str]:
    """Everything of a story in which a name may stand."""
    forms = [form for kind in ENTITY_KINDS for entity in getattr(story, kind) for form in printed_forms(entity)]
    cut = [row.text for row in story.source.cut]
    notes = [*(row.text for row in story.corrections), *(row.text for row in story.replies)]
    return [*story.texts().values(), story.description, story.url or "", *story.authors, *story.editors, *forms, *cut, *notes]


def withhold_names(story: Story, world: World) -> Story:
    """The story without the names in its ``withhold``; itself where it has none."""
    names = _list_withheld(story)
    if not names:
        return replace(story, withhold=()) if story.withhold else story
    hidden = _find_bearers(story, names)
    mask = _make_mask(names, hidden, story, world)
    movers = {place: mask.move(text) for place, text in story.texts().items()}
    kept, ids = _mask_entities(story, hidden, mask, movers)
    masked: Story = replace(
        _mask_record(story, mask, movers),
        **kept,
        withhold=(),
        quotes=tuple(_point_quote(_mask_record(q, mask, movers), ids) for q in story.quotes),
        events=tuple(_point_event(_mask_event(e, mask, movers), ids) for e in story.events),
        url=story.url if story.url and mask.hide(story.url) == story.url else None,
        redirect_from=tuple(path for path in story.redirect_from if mask.hide(path) == path),
    )
    return masked if story.slug_given or masked.title == story.title else replace(masked, slug=make_slug(masked.title))


def _make_mask(names: list[str], hidden: Mapping[str, Entity], story: Story, world: World) -> Mask:
    full = {*names, *(form for e in hidden.values() for form in printed_forms(e))}
    parts = {word for name in full for word in name.split() if len(word.strip(".,")) >= _SHORTEST_PART}
    whole = re.compile(_any_of(names), re.IGNORECASE)
    others = {f for kind in ENTITY_KINDS for e in getattr(story, kind) if e.id not in hidden for f in printed_forms(e)}
    kept = {form for form in others - full if len(form.split()) > 1 and not whole.search(form)}
    # Longest first, and a longer name of somebody else before a part of a hidden one.
    capitals = _any_of({part[0].upper() + part[1:].lower() for part in parts} | {part.upper() for part in parts})
    pattern = f"(?P<kept>{_any_of(kept)})|(?i:{_any_of(full)})|{capitals}"
    return Mask(re.compile(pattern), world.say("archive", "withheld"))


def _any_of(names: Iterable[str]) -> str:
    """Whole words, any spaces or hyphens between them; the endings that Indonesian writes onto a name are left standing."""
    ordered = sorted({unicodedata.normalize("NFC", n) for n in names if n.strip()}, key=lambda n: (-len(n), n))
    inner = "|".join(_APART.join(map(_spell, name.split())) for name in ordered)
    return rf"(?<!\w)(?:{inner})(?=(?:nya|ku|mu|kah|lah|pun)?(?!\w))" if ordered else r"(?!)"


def _spell(word: str) -> str:
    return re.sub(r"['‘’]", "['‘’]", re.escape(word))


def _mask_entities(
    story: Story, hidden: Mapping[str, Entity], mask: Mask, movers: Mapping[Place, Moved]
) -> tuple[dict[str, Any], dict[str, str]]:
    kept: dict[str, Any] = {}
    ids: dict[str, str] = {}
    for kind in ENTITY_KINDS:
        rows: list[Entity] = []
        for entity in getattr(story, kind):
            if entity.id in hidden:
                continue
            masked: Entity = _mask_record(entity, mask, movers)
            if masked.name != entity.name and not entity.id_given:
                masked = replace(masked, id=f"{kind}/{make_slug(masked.name)}")
            ids[entity.id] = masked.id
            rows.append(masked)
        kept[kind] = tuple(rows)
    return kept, ids


def _mask_event(event: Event, mask: Mask, movers: Mapping[Place, Moved]) -> Event:
    masked: Event = _mask_record(event, mask, movers)
    if masked.name != event.name and not event.id_given:
        return replace(masked, id=f"events/{make_slug(masked.name)}")
    return masked


def _point_quote(quote: Quote, ids: Mapping[str, str]) -> Quote:
    return replace(quote, speaker=ids.get(quote.speaker) if quote.speaker else None)


def _point_event(event: Event, ids: Mapping[str, str]) -> Event:
    def point_all(olds: Iterable[str]) -> tuple[str, ...]:
        return tuple(ids[old] for old in olds if old in ids)

    return replace(event, people=point_all(event.people), organizations=point_all(event.organizations))


def _mask_record(record: Any, mask: Mask, movers: Mapping[Place, Moved]) -> Any:
    """A record with all its prose masked, the records inside it too, and its offset moved with its text."""
    changes: dict[str, Any] = {}
    for name in record.__struct_fields__:
        old = getattr(record, name)
        new = old if name in _NO_TEXT else _mask_value(old, mask, movers)
        if new != old:
            changes[name] = new
    place = getattr(record, "paragraph", None)
    key = "offset" if hasattr(record, "offset") else "start"
    offset = getattr(record, key, None)
    if isinstance(offset, int) and isinstance(place, int | str) and place in movers:
        moved = movers[place]
        changes[key] = moved.start(offset)
        # A row may hold a part of a name, which by itself nobody would know for one.
        text = getattr(record, "text", None)
        if isinstance(text, str) and moved.before.startswith(text, offset):
            changes["text"] = moved.cut(offset, offset + len(text))
    return replace(record, **changes) if changes else record


def _mask_value(value: Any, mask: Mask, movers: Mapping[Place, Moved]) -> Any:
    if isinstance(value, str):
        return mask.hide(value)
    if isinstance(value, Sequence):
        return tuple(_mask_value(item, mask, movers) for item in value)
    return _mask_record(value, mask, movers) if isinstance(value, Struct) else value
