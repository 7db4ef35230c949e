"""Which authority row vouches for an entity: by its name, or by another form that can mean nobody else."""

from __future__ import annotations

from alibaba_news.archive.clusters import printed_forms
from alibaba_news.archive.words import fold_name, is_single, listed, name_key, split_words
from alibaba_news.model import Entity, EntityKind
from alibaba_news.world import Authority, World


class Vouching:
    """The authority's rows of one kind, asked for by the forms of names (each looked up once)."""

    def __init__(self, kind: EntityKind, world: World) -> None:
        self.kind = kind
        self.world = world
        self._known: dict[str, Authority | None] = {}

    def find_form(self, form: str) -> Authority | None:
        """The row of one form; for organizations also without legal forms."""
        if form not in self._known:
            row = self.world.find(self.kind, form)
            if row is None and self.kind == "organizations":
                row = self.world.find(self.kind, name_key(self.kind, form))
            self._known[form] = row
        return self._known[form]

    def find_row(self, entity: Entity) -> Authority | None:
        """The row that vouches for an entity: by its name, else the only one that its other forms lead to.

        A form that is a part of the full name vouches for nothing: the "Prabowo" of a story about Agus Prabowo is he.
        """
        row = self.find_form(entity.name)
        if row is None and (entity.aliases or any(mention.text != entity.name for mention in entity.mentions)):
            own = set(split_words(entity.name))
            forms = [form for form in printed_forms(entity) if not set(split_words(form)) <= own]
            rows = {id(r): r for r in map(self.find_form, forms) if r is not None}
            row = next(iter(rows.values())) if len(rows) == 1 else None
            if row is not None and not _fits(entity.name, row):
                return None
        if row is None or _forbids(row, entity) or self._is_unclear(row, entity) or self._is_somebody_else(row, entity):
            return None
        return row

    def needs_clue(self, entity: Entity, row: Authority | None) -> bool:
        """Whether the name alone does not join: one word without an authority, or a name whose own row has it under ``not``."""
        if row is None and self.kind == "people" and is_single(entity.name):
            return True
        own = self.find_form(entity.name)
        return own is not None and fold_name(entity.name) in {fold_name(form) for form in own.never}

    def _is_somebody_else(self, row: Authority, entity: Entity) -> bool:
        """A farmer of a well-known name, in the program's own list: all that the story says of him is an everyday trade."""
        if self.kind != "people" or row.editors or not entity.roles:
            return False
        return all(_is_everyday(role.text) for role in entity.roles)

    def _is_unclear(self, row: Authority, entity: Entity) -> bool:
        """The name alone is also somebody else's (``ambiguous`` in the table), and no other form leads to the same row."""
        if self.kind != "people" or not row.ambiguous or row.editors:
            return False
        known = {fold_name(form) for form in (row.name, *row.aliases)}
        return sum(fold_name(form) in known for form in set(printed_forms(entity))) < 2


def _is_everyday(role: str) -> bool:
    return next(iter(split_words(role)), "") in listed("everyday_roles")


def _fits(name: str, row: Authority) -> bool:
    """Half of a full name must stand in the row: an acronym or a nickname alone may be somebody else's too."""
    own = set(split_words(name))
    known = {word for form in (row.name, *row.aliases) for word in split_words(form)}
    return is_single(name) or row.editors or 2 * len(own & known) >= len(own)


def _forbids(row: Authority, entity: Entity) -> bool:
    never = {fold_name(form) for form in row.never}
    return bool(never) and any(fold_name(form) in never for form in printed_forms(entity))
