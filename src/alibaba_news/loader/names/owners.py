"""Who several forms of a name belong to within one story, and why: the value that the joining rules work on."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from alibaba_news.loader.names.found import Found
from alibaba_news.loader.names.lexicon import Known
from alibaba_news.loader.names.tokens import LONGEST_ACRONYM, Form
from alibaba_news.text import fold
from alibaba_news.world import Authority, World


class Owner(Struct):
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
        authority = world.find(kind, row.text) if known is None else None
        if authority is not None and not _is_acronyms_namesake(row.text, authority):
            known = Known(kind, authority, len(row.form))  # type: ignore[arg-type]
        key = (kind, known.authority.name if known else row.form)
        owner = owners.get(key)
        if owner is None:
            owner = owners[key] = Owner(kind, known)
        owner.forms.setdefault(row.form, row.text)
    return list(owners.values())


def _is_acronyms_namesake(text: str, authority: Authority) -> bool:
    """ "Aji" is not the "AJI" that an authority knows: an acronym of few letters is written in capitals."""
    if text.isupper() or " " in text or len(text) > LONGEST_ACRONYM:
        return False
    return all(form.isupper() for form in (authority.name, *authority.aliases) if fold(form) == fold(text))


def find_owner(owners: Iterable[Owner], form: Form, kind: str | None = None) -> Owner | None:
    """The first owner of a form, of one kind where it is given."""
    return next((o for o in owners if form in o.forms and kind in (None, o.kind)), None)
