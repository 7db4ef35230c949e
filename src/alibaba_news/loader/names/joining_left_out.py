"""Bodies of one story -> each once, where a later sentence tells a long name again with words left out ("Forum Warga Peduli
Hutan Melati", then "Forum Warga Peduli").

An area, a legal form or an acronym that makes the difference is what ``joining_parts`` looks for. Here other words may, so that
more must agree: the kind and the word behind it, one long name alone, and an order in which the short one takes it up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alibaba_news.loader.names.found import Found
from alibaba_news.loader.names.lexicon import any_words, words
from alibaba_news.loader.names.owners import Owner
from alibaba_news.loader.names.tokens import Form, Token
from alibaba_news.model import Place
from alibaba_news.text import fold
from alibaba_news.world import World

FEWEST_KEPT = 2  # words: the kind of the body and what it is for
Told = tuple[Place, int]  # a sentence: its paragraph and where it begins there


def join_left_out(
    owners: list[Owner], rows: Sequence[Found], tokens: Mapping[Place, Sequence[Token]], world: World
) -> list[Owner]:
    """The same owners, a body that is told again in fewer words with those forms; in doubt they stay two."""
    bodies = [o for o in owners if o.kind == "organizations"]
    gone: set[int] = set()
    for short in sorted(bodies, key=lambda o: max(map(len, o.forms))):
        hosts = [o for o in bodies if o is not short and id(o) not in gone and _tells_more(o, short)]
        if len(hosts) == 1 and short.known is None is hosts[0].known and _takes_up(short, hosts[0], rows, tokens):
            form, name = next(iter(short.forms.values())), max(hosts[0].forms.values(), key=len)
            hosts[0].take(short, world.say("names", "part", form=form, name=name))
            gone.add(id(short))
    return [o for o in owners if id(o) not in gone]


def _tells_more(host: Owner, short: Owner) -> bool:
    return any(_is_left_out(_bare(long), _bare(form)) for long in host.forms for form in short.forms)


def _bare(form: Form) -> Form:
    return tuple(low for low in map(fold, form) if low.isalnum() and low not in words("connectors"))


def _is_left_out(long: Form, short: Form) -> bool:
    """The kind, the word behind it and the last word are kept, or nothing but the end is left out; a number, a rank of boards
    or a team tells another body."""
    if len(short) < FEWEST_KEPT or len(short) >= len(long) or long[:FEWEST_KEPT] != short[:FEWEST_KEPT]:
        return False
    if long[0] not in words("organization_heads"):
        return False
    rest = iter(long)
    kept = long[: len(short)] == short or (long[-1] == short[-1] and all(word in rest for word in short))
    left = set(long).difference(short)
    return kept and not any(word.isdigit() or word in any_words("board_levels", "teams") for word in left)


def _takes_up(short: Owner, host: Owner, rows: Sequence[Found], tokens: Mapping[Place, Sequence[Token]]) -> bool:
    """The long name stands first, and no sentence tells both: side by side they are two."""
    told = [_sentences_of(owner, rows, tokens) for owner in (host, short)]
    if not all(told) or not set(told[0]).isdisjoint(told[1]):
        return False
    order = {place: n for n, place in enumerate(tokens)}
    first, again = (min((order[place], start) for place, start in found) for found in told)
    return first < again


def _sentences_of(owner: Owner, rows: Sequence[Found], tokens: Mapping[Place, Sequence[Token]]) -> list[Told]:
    found = [(r.place, r.segment.start) for r in rows if r.form in owner.forms]
    return [(place, max((i for i in range(at + 1) if tokens[place][i].opens), default=0)) for place, at in found]
