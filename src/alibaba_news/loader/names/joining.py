"""Forms of names -> who they belong to within one story, and why: legal form, part of a full name, acronym, nickname, model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alibaba_news.loader.names.found import Found
from alibaba_news.loader.names.joining_bodies import drop_bodies_in_roles
from alibaba_news.loader.names.joining_left_out import join_left_out
from alibaba_news.loader.names.joining_parts import join_body_parts
from alibaba_news.loader.names.joining_people import join_nicknames, join_people_parts, join_spellings
from alibaba_news.loader.names.joining_products import join_products
from alibaba_news.loader.names.lexicon import words
from alibaba_news.loader.names.owners import Owner, find_owner, make_owners
from alibaba_news.loader.names.tokens import LONGEST_ACRONYM, Form, Token
from alibaba_news.model import Place
from alibaba_news.text import fold
from alibaba_news.world import World

__all__ = ["Owner", "join_owners", "make_owners"]

FEWEST_TRANSLATED = 2  # words, and letters; fewer are a country or somebody's initials
SHORTEST_BLEND = 4  # letters of a short name blended out of a long one: Zulhas, Jokowi


def join_owners(
    owners: list[Owner], rows: Sequence[Found], tokens: Mapping[Place, Sequence[Token]], world: World
) -> list[Owner]:
    """The same owners after every joining rule, in the rules' order."""
    for rule in _RULES:
        owners = rule(owners, rows, tokens, world)
    return owners


def _core(form: Form) -> Form:
    """What is left of a company's name without its legal forms and its country: "PT Astra Motor Indonesia Tbk"."""
    core = tuple(fold(w) for w in form if w not in words("legal_forms"))
    return core[:-1] if len(core) > 1 and core[-1] == "indonesia" and core[0] != "bank" else core


def _join_legal(
    owners: list[Owner], _rows: Sequence[Found], _tokens: Mapping[Place, Sequence[Token]], world: World
) -> list[Owner]:
    by_core: dict[Form, Owner] = {}
    kept: list[Owner] = []
    for owner in owners:
        cores = [] if owner.kind != "organizations" else [_core(form) for form in owner.forms]
        home = next((by_core[c] for c in cores if c in by_core), None)
        if home is None or (home.known and owner.known):
            kept.append(owner)
            by_core.update((c, owner) for c in cores if c and c not in by_core)
        else:
            home.take(owner, world.say("names", "legal", form=next(iter(owner.forms.values()))))
    return kept


def _join_brackets(
    owners: list[Owner], rows: Sequence[Found], tokens: Mapping[Place, Sequence[Token]], world: World
) -> list[Owner]:
    """ "Dana Moneter Internasional (IMF)", "HPB (Hasta ... Community)", "Gojek (sebelumnya bernama Ojek Kita)"."""
    by_start = {(r.place, r.segment.start): r for r in rows}
    for row in rows:
        inner, renamed = _bracket_behind(tokens[row.place], row.segment.end)
        other = by_start.get((row.place, inner)) if inner is not None else None
        text = tokens[row.place]
        if other is None or other.segment.end >= len(text) or text[other.segment.end].text != ")":
            continue
        first, second = _owners_of_pair(owners, row, other, renamed=renamed)
        if first is None or second is None or first is second or first.kind != second.kind or (first.known and second.known):
            continue
        initials = first.kind == "people" and _are_initials(other.text, row.text)
        listed = first.kind == "organizations" and _is_listing(row.text, other.text)
        listed = listed or (second.known is None and _is_translated(row.form, other.text))
        if renamed or initials or listed or _abbreviates(row.text, other.text) or _abbreviates(other.text, row.text):
            key = "renamed" if renamed else "initials" if initials else "bracket"
            first.take(second, world.say("names", key, form=other.text, name=row.text))
            owners = [o for o in owners if o is not second]
    return owners


def _bracket_behind(text: Sequence[Token], at: int) -> tuple[int | None, bool]:
    """Where the name in the bracket at token ``at`` begins, and whether it is a former name."""
    if at + 1 < len(text) and text[at].text == "." and text[at - 1].low in words("legal_forms"):
        at += 1  # "PT Bank Danamon Indonesia Tbk. (BDMN)"
    if at + 1 >= len(text) or text[at].text != "(":
        return None, False
    inner = at + 1
    renamed = text[inner].low in words("renamed_cues")
    while inner < len(text) and renamed and not text[inner].cap and text[inner].word:
        inner += 1
    if inner + 1 < len(text) and text[inner].low in words("honorifics") and text[inner + 1].cap:
        inner += 1  # "Thoriqul Haq (Cak Thoriq)"
    return inner, renamed


def _owners_of_pair(owners: Sequence[Owner], row: Found, other: Found, *, renamed: bool) -> tuple[Owner | None, Owner | None]:
    """The owners of a name and of the name in its bracket; one that nobody owns is made where it can only be the other's."""
    first, second = find_owner(owners, row.form), find_owner(owners, other.form)
    if first is not None and second is None:
        called = (_are_initials if _is_acronym(other.text) else _is_blend)(other.text, row.text)
        if renamed or (called if first.kind == "people" else _is_acronym(other.text)):
            second = Owner(first.kind, forms={other.form: other.text})
    elif first is None and second is not None and second.kind != "people" and _is_acronym(row.text):
        first, second = second, Owner(second.kind, forms={row.form: row.text})
    return first, second


def _is_listing(name: str, code: str) -> bool:
    """ "PT Bank Nusantara Parahyangan Tbk (BBNP)": behind a listed company stand the four letters it is traded by."""
    return len(code) == len("BBNP") and code.isupper() and fold(name).split()[-1] == "tbk"


def _is_translated(form: Form, short: str) -> bool:
    """ "Federasi Sepak Bola Turki (TFF)": the letters are those of the body's own language; nothing else stands so right behind
    a name that begins with what the body is."""
    headed = len(form) > FEWEST_TRANSLATED and form[0] in words("organization_heads")
    return headed and _is_acronym(short) and short.isalpha() and FEWEST_TRANSLATED < len(short) <= LONGEST_ACRONYM


def _is_acronym(text: str) -> bool:
    return len(text.split()) == 1 and text.isupper()


def _are_initials(short: str, full: str) -> bool:
    """ "BS" are the first letters of "Budi Santoso"."""
    heads = [word[0].casefold() for word in full.split()]
    return len(heads) > 1 and [c.casefold() for c in short if c.isalpha()] == heads


def _is_blend(short: str, full: str) -> bool:
    """ "Zulhas" is blended out of "Zulkifli Hasan"."""
    return len(short.split()) == 1 and len(short) >= SHORTEST_BLEND and _abbreviates(short, full)


def _abbreviates(short: str, full: str) -> bool:
    """Every letter of ``short`` stands in ``full`` in this order, beginning with the same one, and ``full`` has more words.
    Legal forms give letters ("Mitra Usaha Group (MUG)") or none ("PT Jaya Abadi Motor (JAM)"), and so does the kind of a body
    ("Dinas Tata Ruang (TR)")."""
    bare = " ".join(w for w in full.split() if w.casefold() not in words("legal_forms"))
    first, _, field = full.partition(" ")
    headed = _is_acronym(short) and first.casefold() in words("joining_heads")
    return _spells(short, full) or (bare != full and _spells(short, bare)) or (headed and _spells(short, field))


def _spells(short: str, full: str) -> bool:
    letters = iter(full.casefold())
    inner = [c for c in short.casefold() if c.isalnum()]
    return len(full.split()) > len(short.split()) and full[:1].casefold() == inner[:1][0] and all(c in letters for c in inner)


_RULES = (
    _join_legal,
    join_spellings,
    join_people_parts,
    drop_bodies_in_roles,
    _join_brackets,
    join_body_parts,
    join_left_out,
    join_nicknames,
    join_products,
)
