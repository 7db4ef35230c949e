"""Products of one story -> the same, each with every form it is called by: with and without its maker, its trim, its number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from alibaba_news.loader.names.found import Found
from alibaba_news.loader.names.lexicon import listed_words
from alibaba_news.loader.names.owners import Owner
from alibaba_news.loader.names.product_words import goods, is_known_name, makers
from alibaba_news.loader.names.tokens import LONGEST_ACRONYM, Form, Token
from alibaba_news.model import Place
from alibaba_news.world import World

SHORTEST_ALONE = 4  # letters of a model that is looked for without its maker


def join_products(
    owners: list[Owner], _rows: Sequence[Found], _tokens: Mapping[Place, Sequence[Token]], world: World
) -> list[Owner]:
    """ "HR-V" is "Honda HR-V", "Vario" the only "Vario 125"; "iPhone 14" and "iPhone 14 Pro" stay two."""
    products = [o for o in owners if o.kind == "products" and o.known is None]
    if not products:
        return owners
    by_core: dict[Form, list[Owner]] = defaultdict(list)
    for owner in products:
        by_core[_core(_longest(owner))].append(owner)
    gone: set[int] = set()
    for same in by_core.values():
        host = max(same, key=lambda o: len(_longest(o)))
        gone |= {id(o) for o in same if o is not host and _take(host, o, world)}
    left = [o for o in products if id(o) not in gone]
    gone |= {id(o) for o in left if _join_short(o, left, world)}
    kept = [o for o in owners if id(o) not in gone]
    for owner in kept:
        if owner.kind == "products" and owner.known is None:
            _add_model_alone(owner, kept)
    return kept


def _longest(owner: Owner) -> Form:
    return max(owner.forms, key=len)


def _bare(printed: Form) -> Form:
    """The form, folded, without "New" and without its maker."""
    form = tuple(word.casefold() for word in printed)
    at = 0
    while at < len(form) - 1 and form[at] in goods("openers"):
        at += 1
    for parts in makers().get(form[at], ()):
        if form[at : at + len(parts)] == parts and at + len(parts) < len(form):
            return form[at + len(parts) :]
    return form[at:]


def _core(form: Form) -> Form:
    """The bare form without trims behind it, which make no other product."""
    core = _bare(form)
    trims = goods("versions") - goods("distinct_versions")
    while len(core) > 1 and core[-1] in trims:
        core = core[:-1]
    return core


def _take(host: Owner, other: Owner, world: World) -> bool:
    form, name = other.forms[_longest(other)], host.forms[_longest(host)]
    host.take(other, world.say("names", "model", form=form, name=name) if form.casefold() != name.casefold() else "")
    return True


def _join_short(owner: Owner, products: Sequence[Owner], world: World) -> bool:
    """A model without a number is the only one whose name opens or ends with it."""
    core = _core(_longest(owner))
    if any(c.isdigit() for word in core for c in word):
        return False
    hosts = [o for o in products if o is not owner and _holds(_core(_longest(o)), core)]
    return len(hosts) == 1 and _take(hosts[0], owner, world)


def _holds(whole: Form, part: Form) -> bool:
    return len(whole) > len(part) and part in (whole[: len(part)], whole[-len(part) :])


def _add_model_alone(owner: Owner, owners: Sequence[Owner]) -> None:
    """Once "Honda Beat" is named, "Beat" in this story is it, unless the word is a common one or somebody's."""
    for form in list(owner.forms):
        bare = _bare(form)
        text = " ".join(owner.forms[form].split()[-len(bare) :])
        plain = len(bare) == 1 and (len(text) < SHORTEST_ALONE or bare[0] in listed_words("common_words"))
        numbers = all(word.isdigit() for word in bare)
        wanted = (text,) if len(bare) == 1 and text.isupper() and len(text) <= LONGEST_ACRONYM else bare
        free = not (plain or numbers or is_known_name(text) or any(wanted in o.forms for o in owners))
        if len(bare) < len(form) and free:
            owner.forms[wanted] = text
