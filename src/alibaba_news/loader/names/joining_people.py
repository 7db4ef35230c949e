"""Forms of people's names within one story -> who they belong to: part of a full name, initials, a familiar name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from alibaba_news.loader.names.found import Found
from alibaba_news.loader.names.lexicon import words
from alibaba_news.loader.names.owners import Owner, find_owner
from alibaba_news.loader.names.tokens import Form, Token
from alibaba_news.model import Place
from alibaba_news.world import World

SHORTEST_FULL = 3  # letters of the word that stands beside initials: "M. Akrom" is "Muhammad Akrom"
SHORTEST_OPENING = 4  # letters of a word that is short for a longer one
SHORTENED_BY = 3  # letters at least
FARTHEST_CUE = 12  # words between a person and the name the person is called by
LONGEST_CUE = 4  # words of the cue itself: "dikenal dengan nama panggung"


def join_people_parts(
    owners: list[Owner], rows: Sequence[Found], tokens: Mapping[Place, Sequence[Token]], world: World
) -> list[Owner]:
    """ "Ratna" is the one person whose full name holds it; where two persons' do, it stays its own.

    The longer forms first, so that "Sri Wahyuni" and "Sri Wahyuni Lestari" are one before "Sri" is asked for.
    """
    people = [o for o in owners if o.kind == "people"]
    apart: set[Form] = {row.form for row in rows if len(row.form) == 1 and _is_introduced(tokens[row.place], row)}
    apart |= _parted_by_part(rows, tokens)
    told: dict[Form, int] = {}
    for n, row in enumerate(rows):
        told.setdefault(row.form, n)
    gone: set[int] = set()
    holding = _index_words(people)
    for owner in sorted(people, key=lambda o: -max(map(len, o.forms))):
        form = max(owner.forms, key=len)
        bare = _bare(form) if len(form) > 1 else form
        near = holding.get(max((w for w in bare if "." not in w), key=len, default=""), ())
        hosts = [o for o in near if o is not owner and id(o) not in gone and _holds(o, form, bare)]
        if not hosts and len(form) == 1 and owner.known is None:
            hosts = _told_before([o for o in people if o is not owner and _is_shortened(form[0], o)], owner, told)
        reason = "part" if len(hosts) == 1 else "part_told"
        if len(hosts) > 1:
            hosts = _told_before(hosts, owner, told)
        if len(hosts) != 1 or (owner.known and hosts[0].known) or owner.forms.keys() & apart:
            continue
        host, unknown = hosts[0], hosts[0].known is None
        host.take(owner, world.say("names", reason, form=owner.forms[form], name=_full_name(host)))
        if unknown and owner.known and world.find("people", _full_name(host)) is not owner.known.authority:
            host.known = None  # "Prabowo Santoso" is not whom "Prabowo" alone would mean
        gone.add(id(owner))
        for word in {word for full in owner.forms for word in full}:
            if all(o is not host for o in holding[word]):
                holding[word].append(host)
    return [o for o in owners if id(o) not in gone]


def _index_words(people: Sequence[Owner]) -> dict[str, list[Owner]]:
    """Whose names hold a word: all words of a short form but its initials stand in the full one."""
    holding: dict[str, list[Owner]] = defaultdict(list)
    for owner in people:
        for word in {word for form in owner.forms for word in form}:
            holding[word].append(owner)
    return holding


def _holds(owner: Owner, form: Form, bare: Form) -> bool:
    return any(is_part(form, full) or (bare is not form and is_part(bare, full)) for full in owner.forms)


def _told_before(hosts: Sequence[Owner], owner: Owner, told: Mapping[Form, int]) -> list[Owner]:
    """Of several whose full names hold a short one, those whom the story had named in full before it first wrote it short."""
    never = len(told)
    first = min(told.get(form, never) for form in owner.forms)
    return [h for h in hosts if min((told.get(form, never) for form in h.forms if len(form) > 1), default=never) < first]


def _is_shortened(short: str, owner: Owner) -> bool:
    """ "Mega" for "Megawati Soekarnoputri": the first letters of a word of a full name, by three and more shorter than it."""
    least = len(short) + SHORTENED_BY
    return len(short) >= SHORTEST_OPENING and any(
        len(word) >= least and word.startswith(short) for form in owner.forms if len(form) > 1 for word in form
    )


def _parted_by_part(rows: Sequence[Found], tokens: Mapping[Place, Sequence[Token]]) -> set[Form]:
    """Single words that have another part in a case than the full name that holds them: "Agus Salim, korban" and "terdakwa
    Agus" are two men."""
    cases = words("parts_in_a_case")
    parts: dict[str, set[str]] = defaultdict(set)
    single: dict[Form, set[str]] = defaultdict(set)
    for row in rows:
        text, start, end = tokens[row.place], row.segment.start, row.segment.end
        apposed = end < len(text) and text[end].text == ","  # else the part is somebody's whom a verb asks for
        beside = [*text[max(0, start - 1) : start], *text[end : end + 1 + apposed]]
        said = {t.low for t in beside if t.low in cases}
        if not said:
            continue
        if len(row.form) == 1:
            single[row.form] |= said
        else:
            for word in row.form:
                parts[word] |= said
    return {form for form, said in single.items() if parts[form[0]] and not said & parts[form[0]]}


def _is_introduced(text: Sequence[Token], row: Found) -> bool:
    """ "Seorang pengungsi, Asep (40)", "saksi bernama Santoso": one word with its age is somebody new, not the short form of a
    full name told before."""
    start, end = row.segment.start, row.segment.end
    aged = end + 2 < len(text) and text[end].text == "(" and text[end + 1].text.isdigit() and text[end + 2].text == ")"
    named = start > 0 and text[start - 1].low == "bernama"
    told = start > 0 and text[start - 1].low == "seorang"
    return (aged and len(text[end + 1].text) <= 2) or named or told


def join_spellings(
    owners: list[Owner], _rows: Sequence[Found], _tokens: Mapping[Place, Sequence[Token]], world: World
) -> list[Owner]:
    """ "Masbudi" and "Masbudhi", "Soesatyo" and "Susatyo": within one story, full names that differ in nothing but how
    Indonesian spells a sound are one person's."""
    homes: dict[tuple[str, ...], Owner] = {}
    kept: list[Owner] = []
    for owner in owners:
        form = max(owner.forms, key=len)
        alike = owner.kind == "people" and len(form) > 1
        home = homes.setdefault(tuple([_sound(word) for word in form]), owner) if alike else owner
        if home is owner or (home.known and owner.known):
            kept.append(owner)
        else:
            home.take(owner, world.say("names", "spelling", form=owner.forms[form], name=_full_name(home)))
    return kept


@lru_cache(maxsize=16384)
def _sound(word: str) -> str:
    """A folded word in the spelling of today (u for oe, j for dj, c for tj), without letters that are not heard."""
    for old, new in (("oe", "u"), ("dj", "j"), ("tj", "c"), ("dh", "d"), ("th", "t"), ("y", "i"), ("v", "f"), ("ph", "f")):
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", word)


def is_part(form: Form, full: Form) -> bool:
    """Every word of ``form`` stands in the longer ``full``, a single letter for the word it begins."""
    if len(form) > len(full) or form == full:
        return False
    if len(form) < len(full) and set(form) <= set(full):
        return True
    initials = [letter for w in form if len(w) == 1 or w[1] == "." for letter in w if letter.isalpha()]
    if not initials:
        return False
    rest = [w for w in form if len(w) > 1 and w[1] != "."]
    if not set(rest) <= set(full) or not any(len(w) >= SHORTEST_FULL for w in rest):
        return False
    spelt = [w for w in full if w not in rest and len(w) > 1]
    return all(any(w.startswith(letter) for w in spelt) for letter in initials)


def _bare(form: Form) -> Form:
    """Without the titles that open a name which authorities know with them ("KH Hasyim Asy'ari"), unless it is a title and a
    word."""
    start = next((n for n, word in enumerate(form) if len(word) == 1 or word not in words("honorifics")), 0)
    return form[start:] if start and len(form) - start > 1 else form


def _full_name(owner: Owner) -> str:
    return max(owner.forms.values(), key=len)


def join_nicknames(
    owners: list[Owner], rows: Sequence[Found], tokens: Mapping[Place, Sequence[Token]], world: World
) -> list[Owner]:
    """ "... yang akrab disapa N", "N, sapaan akrabnya": N is the person named just before, or the only one named in the
    paragraph before."""
    cued = [(row, cue) for row in rows if (cue := _find_cue(tokens[row.place], row)) is not None]
    if not cued:
        return owners
    ends = {(r.place, r.segment.end): r for r in rows}
    by_place: dict[Place, list[Found]] = defaultdict(list)
    for row in rows:
        by_place[row.place].append(row)
    for row, cue in cued:
        text = tokens[row.place]
        nick = find_owner(owners, row.form)
        beside = _person_beside(owners, ends, row, text, cue)
        if beside is None and text[cue].low in words("other_name_cues"):
            continue  # "AB alias Budi": whoever is meant stands right before
        named = [beside] if beside is not None else _persons_before(owners, by_place, row)
        told = text[cue].low in words("nicknamed") or cue >= row.segment.end
        if len(named) != 1 or named[0] is nick or (nick is None and beside is None and not told):
            continue
        if nick is None:
            nick = Owner("people", forms={row.form: row.text})
        if nick.known or nick.kind != "people":
            continue
        said = " ".join(t.text for t in text[min(max(0, cue - 1), row.segment.start) : max(row.segment.end, cue + 1)])
        named[0].take(nick, world.say("names", "nickname", form=row.text, name=_full_name(named[0]), cue=said))
        owners = [o for o in owners if o is not nick]
    return owners


def _find_cue(text: Sequence[Token], row: Found) -> int | None:
    cue = _cue_before(text, row.segment.start)
    return cue if cue is not None else _cue_behind(text, row)


def _cue_behind(text: Sequence[Token], row: Found) -> int | None:
    """Where the cue stands behind one word and a comma: "Niko, sapaan akrabnya, ...", "Niko, begitu ia biasa disapa, ..."."""
    end = row.segment.end
    if len(row.form) > 1 or end + 2 >= len(text) or text[end].text != "," or text[end + 1].low not in words("calling_nouns"):
        return None
    for k in range(end + 1, min(len(text), end + 1 + LONGEST_CUE)):
        low = text[k].low
        if low in words("nicknamed") or low in ("sapaannya", "panggilannya") or (low == "akrabnya" and k == end + 2):
            return k
        if not text[k].word:
            return None
    return None


def _cue_before(text: Sequence[Token], i: int) -> int | None:
    """Where the cue before the name at token ``i`` stands: "disapa", "dikenal dengan nama", "alias"."""
    for k in range(i - 1, max(0, i - 1 - LONGEST_CUE), -1):
        if text[k].low in words("nickname_cues"):
            return k
        if text[k].low not in words("nickname_words") and text[k].low not in words("honorifics"):
            return None
    return None


def _person_beside(
    owners: Sequence[Owner], ends: Mapping[tuple[Place, int], Found], at: Found, text: Sequence[Token], cue: int
) -> Owner | None:
    """The person whose name ends right before the cue: "Budi Santoso (45) atau yang akrab disapa Bubu"."""
    for k in range(cue, max(0, cue - FARTHEST_CUE), -1):
        row = ends.get((at.place, k))
        if row is not None and row.form != at.form:
            return find_owner(owners, row.form, "people")
        token = text[k - 1]
        if token.text not in ",()" and not token.text.isdigit() and token.low not in words("nickname_fillers"):
            return None
    return None


def _persons_before(owners: Sequence[Owner], by_place: Mapping[Place, Sequence[Found]], at: Found) -> list[Owner]:
    """The persons, two at most, of the nearest stretch before ``at``: its own paragraph so far, else the paragraph before."""
    for back in (0, 1):
        place = at.place - back if isinstance(at.place, int) else at.place
        found: list[Owner] = []
        for row in by_place.get(place, ()):
            if row.form != at.form and (back or row.segment.start < at.segment.start):
                owner = find_owner(owners, row.form, "people")
                if owner is not None and all(owner is not o for o in found):
                    found.append(owner)
            if len(found) > 1:
                return found
        if found or not isinstance(at.place, int):
            return found
    return []
