"""Names with their forms -> every place where they stand in the texts, and the roles beside those places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from alibaba_news.loader.names.joining import Owner
from alibaba_news.loader.names.lexicon import words
from alibaba_news.loader.names.role_words import Span, in_clause, is_speech, is_title, is_verb, role_list
from alibaba_news.loader.names.roles import (
    LONGEST_EPITHET,
    POINTING,
    PRONOUNS,
    epithet,
    is_of_next,
    may_stand_for_name,
    role_after,
    role_as,
    role_before,
    role_in_headline,
    role_of_pronoun,
    shared_role,
)
from alibaba_news.loader.names.tokens import Form, Token, Tokens, form_of
from alibaba_news.model import Mention, Place, Role
from alibaba_news.text import fold

FARTHEST_BACK = 3  # paragraphs without any name between a person and what stands for the name
LONGEST_BETWEEN = 6  # tokens between two names of a list
_VERBAL = ("di", "me", "ber")
Named = tuple[int, int, int]  # first token, end, the owner's index
Located = Mapping[int, list[tuple[Mention, int]]]  # by the owner's index: each mention with the index of its first token


def locate(
    owners: Sequence[Owner], texts: Mapping[Place, str], tokens: Tokens, blocked: Mapping[Place, frozenset[int]]
) -> dict[int, list[tuple[Mention, int]]]:
    """Every occurrence of every owner's forms, the longest form first: lists of (mention, token index) by owner index."""
    forms: dict[str, list[tuple[Form, int]]] = defaultdict(list)
    for n, owner in enumerate(owners):
        for form in owner.forms:
            forms[fold(form[0])].append((form, n))
    for found in forms.values():
        found.sort(key=lambda f: (-len(f[0]), f[1]))
    mentions: dict[int, list[tuple[Mention, int]]] = defaultdict(list)
    for place, row in tokens.items():
        free = 0  # behind the name found last
        for i, token in enumerate(row):
            if not token.cap or i < free or token.low not in forms:
                continue
            hit = _form_at(row, i, forms[token.low])
            # Goods may be named after what is no name elsewhere ("NPK").
            if hit is None or (i in blocked[place] and owners[hit[1]].kind != "products"):
                continue
            form, n = hit
            labelled = _size_of_label(row, i) if owners[n].kind == "places" else 0
            start, end = row[i - labelled].start, row[i + len(form) - 1].end
            mentions[n].append((Mention(text=texts[place][start:end], paragraph=place, start=start), i))
            free = i + len(form)
    return mentions


def _size_of_label(row: Sequence[Token], i: int) -> int:
    """ "Kabupaten Sleman", "Negara Bagian Ohio": a rank of an area with a capital is part of the official name (EYD V, names in
    geography), but that of "Wali Kota Medan" is part of an office. In tokens, or 0."""
    label = row[i - 1] if i else None
    if label is None or not label.cap or row[i].start - label.end != 1:
        return 0
    before = row[i - 2] if i > 1 else None
    if label.low == "bagian" and before is not None and before.low == "negara" and before.cap:
        return 2
    ranked = label.low in words("administrative_labels") and (before is None or before.low not in ("wali", "ibu"))
    return int(ranked)


def _form_at(row: Sequence[Token], i: int, forms: Iterable[tuple[Form, int]]) -> tuple[Form, int] | None:
    for form, n in forms:
        span = row[i : i + len(form)]
        if form == (form_of(span) if len(form) == 1 else tuple(t.low for t in span)):
            return form, n
    return None


def find_roles(owners: Sequence[Owner], texts: Mapping[Place, str], tokens: Tokens, mentions: Located) -> dict[int, list[Role]]:
    """Roles of the people, in order of appearance, each wording once; a headline's only for people the text gives none."""
    at: dict[Place, list[Named]] = defaultdict(list)
    for n in (n for n, o in enumerate(owners) if o.kind == "people"):
        for mention, i in mentions.get(n, ()):
            row = tokens[mention.paragraph]
            end = i + 1
            while end < len(row) and row[end].end <= mention.start + len(mention.text):
                end += 1
            at[mention.paragraph].append((i, end, n))
    roles: dict[int, list[Role]] = defaultdict(list)
    served: set[int] = set()
    for place, row in tokens.items():
        if place == 0:
            continue
        spans = _roles_beside(row, sorted(at[place]), served) + _epithets(place, tokens, at)
        for span, n in sorted(spans):
            role = fold(texts[place][row[span[0]].start : row[span[1] - 1].end])
            if not any(fold(m.text) in role for m, _ in mentions.get(n, ())):
                _add_role(roles[n], place, texts[place], row, span)
    for n, held in roles.items():
        if n in served or any(_first_word(r) in role_list("accused") for r in held):
            held[:] = [r for r in held if _first_word(r) not in role_list("counsels")]
    for start, _, n in sorted(at[0]):
        headline = role_in_headline(tokens[0], start)
        if headline is not None and not roles[n]:
            _add_role(roles[n], 0, texts[0], tokens[0], headline)
    return roles


def _first_word(role: Role) -> str:
    return fold(role.text).split(" ", maxsplit=1)[0]


def _add_role(roles: list[Role], place: Place, text: str, row: Sequence[Token], span: Span) -> None:
    """Each wording once; a role that is said again in fewer words ("Ketua" after "Ketua Komisi III DPR") adds nothing."""
    role = text[row[span[0]].start : row[span[1] - 1].end]
    wording = fold(role)
    if not any(wording == said or said.startswith(wording + " ") for said in (fold(r.text) for r in roles)):
        roles.append(Role(text=role, paragraph=place, start=row[span[0]].start))


def _roles_beside(row: Sequence[Token], named: Sequence[Named], served: set[int]) -> list[tuple[Span, int]]:
    """``served`` takes up who has counsel of a name: elsewhere in the story "pengacara Budi" is not Budi either."""
    taken = frozenset(i for start, end, _ in named for i in range(start, end))
    starts = {start: end for start, end, _ in named}
    own: dict[int, set[int]] = defaultdict(set)
    for start, end, n in named:
        own[n].update(range(start, end))
    found: list[tuple[Span, int]] = []
    shared: tuple[Span, int] | None = None
    for start, end, n in named:
        before = role_as(row, start) or role_before(row, start, taken, loose=True)
        if before is not None and is_of_next(row, before, end, starts):
            if row[before[0]].low in role_list("counsels"):
                served.add(n)
            before = None
        if before is None and shared is not None and _is_listed(row, shared[1], start):
            before = shared[0]
        shared = (before, end) if before is not None and shared_role(row, before) else None
        after = role_after(row, end, loose=True, taken=taken)
        if after is not None and (
            _opens_clause(row, start, end, after) or _is_next_ones(row, after, taken) or _is_kins(row, start, end)
        ):
            after = None
        found += [(span, n) for span in (before, after) if span is not None and own[n].isdisjoint(range(*span))]
    return found


def _is_kins(row: Sequence[Token], start: int, end: int) -> bool:
    """ "Istri Budi yang juga Ketua RT": what follows is said of her."""
    before = row[start - 1].low if start and row[end].low == "yang" else ""
    return before in role_list("kin") and before not in words("honorifics")


def _opens_clause(row: Sequence[Token], start: int, end: int, span: Span) -> bool:
    """ "Menurut Budi, produsen mobil untung": what follows goes on with the sentence, unless a comma closes it again."""
    before = row[start - 1] if start else None
    opens = before is not None and before.low == "menurut" and before.first  # behind it a clause must follow
    closing = "," if opens else ",."
    if row[end].text != "," or (span[1] < len(row) and row[span[1]].text in closing):
        return False
    speech = before is not None and (before.low == "menurut" or (before.cap and is_speech(before.low)))
    if before is not None and before.low in words("quoting") and span[1] < len(row):
        behind = row[span[1]]  # "Jika kalah, kata Budi, terdakwa dipersilakan banding": the clause goes on behind the tag
        speech = speech or (not behind.cap and is_verb(behind.low) and behind.low.startswith(_VERBAL))
    return speech or in_clause(row, start)


def _is_next_ones(row: Sequence[Token], span: Span, taken: frozenset[int]) -> bool:
    """In "Budi, Ketua DPR Ani" the role is Ani's; her rank may stand between."""
    at = span[1]
    while at < len(row) and (is_title(row[at]) or (row[at].text == "." and is_title(row[at - 1]))):
        at += 1
    return at in taken


def _is_listed(row: Sequence[Token], end: int, start: int) -> bool:
    """Nothing but commas, "dan", ages in brackets and titles between two names."""
    between = row[end:start]
    if between and between[0].text == ".":  # the next sentence
        return False
    return len(between) <= LONGEST_BETWEEN and all(
        t.text in ",()." or t.text.isdigit() or t.low in ("dan", "serta") or is_title(t) for t in between
    )


def _epithets(place: Place, tokens: Tokens, at: Mapping[Place, list[Named]]) -> list[tuple[Span, int]]:
    """ "Orang terkaya Tiongkok ini": the role of the only person named in the stretch before, else of the only one whom the
    sentence before named, if nobody spoke of that person earlier."""
    row = tokens[place]
    pointing, told_of = _find_pointing(row)
    if not pointing and not told_of:
        return []
    near = {i for at_word in pointing for i in range(at_word - LONGEST_EPITHET, at_word)}
    if pointing:
        anybody = role_list("anybody")
        near.update(i for i, t in enumerate(row) if t.low in anybody)
    taken = frozenset(k for start, end, _ in at.get(place, ()) for k in range(start, end))
    spans = {i: role_of_pronoun(row, i, taken) for i in told_of}
    spans.update({i: epithet(row, i) for i in near - told_of if 0 <= i < len(row) and may_stand_for_name(row, i)})
    if not any(spans.values()):
        return []
    named = iter(sorted(at.get(place, ())))
    coming = next(named, None)
    told: list[set[int]] = [set(), set(), set()]  # before the last sentence, in the last one, in this one
    found = []
    for i in range(len(row)):
        while coming is not None and coming[0] < i:
            told[2].add(coming[2])
            coming = next(named, None)
        if row[i].opens:
            told = [told[0] | told[1], told[2], set()]
        span = spans.get(i)
        who = _who_is_meant(told) or _people_of_paragraph_before(place, tokens, at) if span is not None else ()
        if span is not None and len(who) == 1:
            found.append((span, next(iter(who))))
    return found


def _find_pointing(row: Sequence[Token]) -> tuple[list[int], set[int]]:
    """Where "ini" and the like stand, and where a pronoun or "sebagai" opens a sentence."""
    pointing, opening = [], set()
    for i, token in enumerate(row):
        if token.low in POINTING:
            pointing.append(i)
        elif token.opens and (token.low in PRONOUNS or token.low in ("sebagai", "selaku")):
            opening.add(i)
    return pointing, opening


def _who_is_meant(told: Sequence[set[int]]) -> set[int]:
    """The people that a noun may point back to, given those named earlier, in the sentence before and in its own."""
    earlier, last, own = told
    return last if len(last) == 1 and not own and last.isdisjoint(earlier) else earlier | last | own


def _people_of_paragraph_before(place: Place, tokens: Tokens, at: Mapping[Place, list[Named]]) -> set[int]:
    """Who is named in the nearest paragraph before that names anybody, and is not itself said by somebody named earlier."""
    if isinstance(place, int):
        for back in range(place - 1, max(0, place - 1 - FARTHEST_BACK), -1):
            if at.get(back) and not _is_said_by_stand_in(tokens[back], min(at[back])[0]):
                return {n for _, _, n in at[back]}
    return set()


def _is_said_by_stand_in(row: Sequence[Token], named: int) -> bool:
    """ "Ia menilai ...", "Dokter ini menegaskan, kehadiran Budi penting": whom it names behind that is somebody else."""
    opening = row[1] if row[0].low == "menurut" and len(row) > 1 else row[0]
    if opening.low in PRONOUNS:
        return True
    pointed = next((i for i in range(1, min(named, LONGEST_EPITHET)) if row[i].low in POINTING), None)
    verb = row[pointed + 1] if pointed is not None else None
    return verb is not None and not verb.cap and is_speech(verb.low) and not verb.low.startswith("di")
