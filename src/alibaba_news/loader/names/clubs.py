"""A story's segments in, the same out with clubs where a story of football calls a club by its town ("Barcelona menang")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from msgspec.structs import replace

from alibaba_news.loader.names.found import Found
from alibaba_news.loader.names.lexicon import Known, Lexicon
from alibaba_news.loader.names.tokens import Tokens
from alibaba_news.text import fold
from alibaba_news.world import load_table

FEWEST_MATCH_WORDS = 6  # different ones, of which news of other things holds two or three
FEWEST_IN_SHORT = 2  # ... and a sentence or two hardly one
WORDS_FOR_ONE = 40  # by which a story must be longer for one word more


def name_clubs(rows: Sequence[Found], tokens: Tokens, lexicon: Lexicon) -> list[Found]:
    """Rows in their order; a town's name that is a club's short name is the club's in a story of football, unless the story
    calls it a town somewhere ("kota Milan")."""
    short = short_names()
    forms = {r.form for r in rows if r.segment.kind in ("places", "plain") and len(r.form) == 1 and r.form[0] in short}
    if not forms or not _is_of_football(tokens, rows):
        return list(rows)
    forms -= {r.form for r in rows if r.segment.start and tokens[r.place][r.segment.start - 1].low in _listed("town_words")}
    known = {form: club for form in forms if (club := _find(lexicon, short[form[0]])) is not None}
    return [
        replace(r, segment=replace(r.segment, kind="organizations", known=known[r.form])) if r.form in known else r
        for r in rows
    ]


def _is_of_football(tokens: Tokens, rows: Sequence[Found]) -> bool:
    """A club that is named in full shows it as well as two words of matches do."""
    seen = {t.low for row in tokens.values() for t in row}
    fewest = min(FEWEST_MATCH_WORDS, FEWEST_IN_SHORT + sum(map(len, tokens.values())) // WORDS_FOR_ONE)
    clubs = {r.segment.known.authority.name for r in rows if r.segment.known} & frozenset(short_names().values())
    return len(seen & _listed("match_words")) >= max(1, fewest - 2 * len(clubs))


def _find(lexicon: Lexicon, name: str) -> Known | None:
    known = lexicon.longest(fold(name).split(" "), 0)
    return known if known is not None and known.kind == "organizations" and fold(known.authority.name) == fold(name) else None


@cache
def short_names() -> Mapping[str, str]:
    """A club's full name by the folded word that a story of football calls it by."""
    return {fold(str(short)): str(name) for short, name in load_table("clubs")["short_names"].items()}


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(fold(str(word)) for word in load_table("clubs")[name])
