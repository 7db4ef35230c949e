"""Segments of a whole story -> the kind of each plain form, by what the words beside its occurrences show.

The weights are a ballot: 3 settles a kind alone, lesser signs must agree. What stays below is left out, because a wrong
person does more harm than a missing one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

from alibaba_news.loader.names.alone import find_alone
from alibaba_news.loader.names.attributes import read_tables
from alibaba_news.loader.names.beside import weigh
from alibaba_news.loader.names.found import Found
from alibaba_news.loader.names.lexicon import Known, any_words, last_names, listed_words, words
from alibaba_news.loader.names.listing import spread, spread_people, spread_places
from alibaba_news.loader.names.shapes import SETTLED, is_name_like
from alibaba_news.loader.names.tokens import Token
from alibaba_news.model import Place


def decide_kinds(
    tokens: Mapping[Place, Sequence[Token]],
    rows: Sequence[Found],
    settled: Mapping[tuple[str, ...], str],
    witness: Mapping[tuple[str, ...], Counter[str]],
) -> dict[tuple[str, ...], str]:
    """The kind of each plain form of the story; forms without enough evidence are not in it.

    ``settled`` holds the forms that segments already have a kind for: an enumeration passes it on to its neighbours.
    ``witness`` holds the tagger's votes of each form.
    """
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.segment.kind == "plain" and row.form not in settled:
            for kind, weight in weigh(tokens[row.place], row.segment).items():
                # A sign repeated is no new sign: the strongest occurrence counts.
                ballot = votes[row.form]
                ballot[kind] = max(ballot[kind], weight) if kind in ballot else weight
    unseen: Counter[str] = Counter()
    for form, ballot in votes.items():
        if "places" in ballot and ballot["organizations"] >= SETTLED:
            ballot["places"] -= 2  # "harga di Toko X": one is at a body as well as in a town
        _doubt_people(form, ballot, witness.get(form, unseen))
    unreasoned = {form for form in witness if max(votes[form].values(), default=0) <= 0}
    for form, ballot in witness.items():
        for kind, weight in ballot.items():
            votes[form][kind] += weight
    kinds = {form: winner for form, ballot in votes.items() if (winner := _winner(ballot)) is not None}
    lone = {r.form[0] for r in rows if _stands_alone(r) and r.form not in kinds and not _speaks_for_others(votes[r.form])}
    kinds.update({form: "people" for form in votes if form not in kinds and _is_unknown_full_name(form, votes[form], lone)})
    kinds.update(find_alone(tokens, rows, {**settled, **kinds}, votes))
    firm = {form: kind for form, kind in kinds.items() if form not in unreasoned}
    kinds.update(spread(tokens, rows, {**settled, **firm}, votes))
    kinds.update(spread_places(tokens, rows, {**settled, **kinds}, votes))
    kinds.update(spread_people(tokens, rows, {**settled, **kinds}, votes))
    things = _find_things(tokens, rows)
    return {form: kind for form, kind in kinds.items() if kind != "people" or form not in things} if things else kinds


def _find_things(tokens: Mapping[Place, Sequence[Token]], rows: Sequence[Found]) -> Set[tuple[str, ...]]:
    """What stands behind a word for what bears a name, and each of its words: "Topan Kristine", later "Kristine"."""
    bearers = words("things_with_names")
    if all(bearers.isdisjoint([t.low for t in row]) for row in tokens.values()):
        return _find_teams(tokens, rows)
    named = [r.form[1:] for r in rows if len(r.form) > 1 and r.form[0] in bearers]
    named += [r.form for r in rows if r.segment.start and tokens[r.place][r.segment.start - 1].low in bearers]
    things = {f for form in named for f in (form, *((w,) for w in form))} | {r.form for r in rows if r.form[0] in bearers}
    return things | _find_teams(tokens, rows)


def _find_teams(tokens: Mapping[Place, Sequence[Token]], rows: Sequence[Found]) -> Set[tuple[str, ...]]:
    """ "Pimpinan Tim Garuda": "Tim" is a team behind who leads one or is in it, and before a word of running text that is
    nobody's last name; "Tim Robinson" is somebody."""
    leaders, ordinary, surnames = words("of_teams"), listed_words("root_words"), last_names()
    found: set[tuple[str, ...]] = set()
    for row in rows:
        before, start = tokens[row.place], row.segment.start
        if row.form[0] == "tim" and len(row.form) > 1:
            led = start > 0 and before[start - 1].low in leaders
            found.update([row.form] if led or (row.form[-1] in ordinary and row.form[-1] not in surnames) else [])
        elif start > 1 and before[start - 1].low == "tim" and before[start - 2].low in leaders:
            found.update((row.form, ("tim", *row.form)))
    return found


def _doubt_people(form: tuple[str, ...], ballot: Counter[str], witness: Counter[str]) -> None:
    """A role or a verb beside a form may belong to an office or a body as well: without the tagger's word it weighs less, and
    hardly anything where the form is all in capitals, as acronyms are and people's names in running text are not. Several
    words of which none is a word of offices are most likely a name."""
    if len(form) > 1 and words("english_words").issuperset(form):
        del witness["people"]  # "Urban Quarter": of English words alone firms are named, not people
    if not witness["people"] and (len(form) == 1 or not is_name_like(form)):
        ballot["people"] -= 3 if len(form) == 1 and form[0].isupper() else 2


def _is_unknown_full_name(form: tuple[str, ...], ballot: Counter[str], lone: Set[str]) -> bool:
    """Several words that neither running text nor English has, and that nothing but the tagger takes for anything: of a
    foreign full name it is seldom surer. Where one of two words stands alone elsewhere (``lone``), as people are called, a
    lesser sign is enough."""
    if len(form) < 2 or _speaks_for_others(ballot):
        return False
    called = len(form) == 2 and 0 < ballot["people"] < SETTLED and not lone.isdisjoint(form)
    if ballot["people"] != SETTLED - 1 and not called:
        return False
    ordinary, english = read_tables().clusters, any_words("english_words", "faiths")
    return is_name_like(form) and not any(w in ordinary or w in english or w.removesuffix("s") in english for w in form)


def _stands_alone(row: Found) -> bool:
    return row.segment.kind == "plain" and len(row.form) == 1


def _speaks_for_others(ballot: Counter[str]) -> bool:
    return any(n > 0 for kind, n in ballot.items() if kind != "people")


def _winner(ballot: Counter[str]) -> str | None:
    ranked = sorted(ballot.items(), key=lambda v: (-v[1], v[0]))
    if not ranked or ranked[0][1] < SETTLED or (len(ranked) > 1 and ranked[1][1] >= ranked[0][1]):
        return None
    return ranked[0][0]


def known_kind(known: Known | None) -> str | None:
    """The kind an authority gives, if any."""
    return known.kind if known else None
