"""Who wrote and edited the story, from labels in its head and foot; values may stand on the lines below their label."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from alibaba_news.loader.layout.bylines import Credit, is_name, read_bare_credit, split_names
from alibaba_news.loader.layout.kinds import Kind
from alibaba_news.loader.layout.lines import RawLine
from alibaba_news.loader.layout.tables import any_words, is_place, name_outlet, words
from alibaba_news.text import fold
from alibaba_news.world import World

_REACH = 12  # lines above the headline and below the story in which its staff is named
_ROLES = {"author": "byline", "editor": "editor", "other": "label"}
_BELOW = 4  # lines in which the value of a label stands below it


class Staff(Struct, frozen=True, kw_only=True):
    """``roles``: (role, rule) by line index."""

    authors: tuple[str, ...]
    editors: tuple[str, ...]
    outlets: tuple[str, ...]
    roles: dict[int, tuple[str, str]]


def find_staff(
    lines: Sequence[RawLine], kinds: Sequence[Kind], span: tuple[int, int], title: int | None, world: World
) -> Staff:
    """Names by labels and bylines around the story. Further away they belong to other stories or to comments."""
    start, end = span
    first = max(0, (start if title is None else title) - _REACH)
    roles: dict[int, tuple[str, str]] = {}
    people: dict[str, list[str]] = {"author": [], "editor": [], "other": []}
    outlets: list[str] = []
    at = first
    while at < min(len(lines), end + _REACH):
        kind = kinds[at]
        if at >= end and kind.name == "heading" and kind.rule == "heading":
            break  # from here on other stories are listed
        if kind.byline is not None and at < start:
            people["author"].extend(kind.byline.authors)
            outlets.extend([kind.byline.outlet] if kind.byline.outlet else [])
        elif kind.credits:
            at = _read_credits(lines, kinds, at, people, roles)
        elif kind.name == "fragment" and at < start and _beside_date(kinds, at) and (bare := read_bare_credit(lines[at].text)):
            people[bare.kind].extend(bare.names)
            roles[at] = (_ROLES[bare.kind], "label_without_colon")
        elif _is_bare_name(lines, kinds, at, title):
            people["author"].extend(split_names(lines[at].text, labelled=False))
            roles[at] = ("byline", "name_under_headline")
        at += 1
    # Where the headline was not scraped the head begins with the story's date.
    top = title if title is not None else next((n for n in range(first, start) if kinds[n].byline is not None), None)
    if top is not None:
        head = _Head(lines=lines, kinds=kinds, title=top, start=start, end=end)
        _read_bare_names(head, people["author"], roles, world)
    return Staff(
        authors=unite_names(people["author"]), editors=unite_names(people["editor"]), outlets=unite_names(outlets), roles=roles
    )


def _beside_date(kinds: Sequence[Kind], at: int) -> bool:
    return any(kind.byline is not None for kind in kinds[max(0, at - 2) : at + 3])


def _is_bare_name(lines: Sequence[RawLine], kinds: Sequence[Kind], at: int, title: int | None) -> bool:
    """Headline, name, date: two words or more in capitals, alone between the two, and no place or section."""
    if title is None or at != title + 1 or at + 1 >= len(kinds) or kinds[at].name != "fragment":
        return False
    byline, text = kinds[at + 1].byline, lines[at].text
    known = fold(text) in any_words("places", "sections") or name_outlet(text) is not None
    known = known or fold(text.split(" ", 1)[0]) in words("desks")
    return byline is not None and not byline.authors and 2 <= len(text.split()) <= 4 and is_name(text) and not known


class _Head(Struct, frozen=True, kw_only=True):
    """The lines from headline to lead, with the story below them."""

    lines: Sequence[RawLine]
    kinds: Sequence[Kind]
    title: int
    start: int
    end: int


def _read_bare_names(head: _Head, authors: list[str], roles: dict[int, tuple[str, str]], world: World) -> None:
    """Names alone on their lines in the head: beside the date where nobody is named yet, below an author, or in a list
    ("Nama Satu,"). A name that the story itself holds is a tag, not its author."""
    unnamed = not authors
    for at in range(head.title + 1, min(head.start, head.title + _REACH)):
        if at in roles or not (head.kinds[at].name == "fragment" or head.kinds[at].rule == "menu_bars"):
            continue
        text = head.lines[at].text
        names = [name.strip() for name in text.strip(" ,").replace("|", ",").split(",")]
        if not all(_could_write(name, world) for name in names):
            continue
        listed = text[-1] == "," and at + 1 < head.start and _could_write(head.lines[at + 1].text.strip(" ,"), world)
        below = roles.get(at - 1, ("", ""))[0] == "byline"
        placed = listed or below or (unnamed and _is_beside_date(head, at))
        if placed and not _is_told(names, head.lines[head.start : head.end]):
            authors.extend(names)
            roles[at] = ("byline", "name_beside_date")


def _is_beside_date(head: _Head, at: int) -> bool:
    """Whether nothing but buttons and counters stands between a line of the head and a date of the story."""
    for step in (-1, 1):
        i = at + step
        while head.title < i < head.start and head.kinds[i].name == "chrome":
            i += step
        if head.title < i < head.start and head.kinds[i].byline is not None:
            return True
    return False


def _could_write(name: str, world: World) -> bool:
    if fold(name.split(" ", 1)[0]) in words("desks"):
        return False
    known = fold(name) in any_words("sections", "chrome") or is_place(name, world) or name_outlet(name) is not None
    return 2 <= len(name.split()) <= 4 and is_name(name) and not known and world.find("organizations", name) is None


def _is_told(names: Sequence[str], story: Sequence[RawLine]) -> bool:
    return any(name in line.text for line in story for name in names)


def unite_names(names: Sequence[str]) -> tuple[str, ...]:
    """Each name once, as it is first printed."""
    return tuple({fold(name): name for name in reversed(names)}[key] for key in dict.fromkeys(map(fold, names)))


def _read_credits(
    lines: Sequence[RawLine], kinds: Sequence[Kind], at: int, people: dict[str, list[str]], roles: dict[int, tuple[str, str]]
) -> int:
    """Take one label line, or a run of empty labels with the names below; gives the last line used."""
    named = kinds[at].credits
    if len(named) > 1 or named[0].names or not _is_empty(lines[at].text):
        for credit in named:
            people[credit.kind].extend(credit.names)
        roles[at] = (_role_of(named), "staff_label")
        return at
    afterword = at > 0 and fold(lines[at].text) in words("author_afterwords") and at - 1 not in roles
    if afterword and _is_value(lines, kinds, at - 1):
        people["author"].extend(split_names(lines[at - 1].text, labelled=False))
        roles[at - 1], roles[at] = ("byline", "name_above_label"), ("label", "empty_label")
        return at
    return _read_below(lines, kinds, at, people, roles)


def _is_empty(text: str) -> bool:
    return fold(text).rstrip(" :") in any_words("author_labels", "editor_labels", "other_labels")


def _role_of(named: Sequence[Credit]) -> str:
    return "+".join(dict.fromkeys(_ROLES[credit.kind] for credit in named))


def _read_below(
    lines: Sequence[RawLine], kinds: Sequence[Kind], at: int, people: dict[str, list[str]], roles: dict[int, tuple[str, str]]
) -> int:
    """Empty labels, then as many values as there are: a field that was empty on the page leaves its label without a
    value, and what follows belongs to the label it stands under, so values are dealt from the last label backwards."""
    labels: list[tuple[int, str]] = []
    values: list[int] = []
    more: list[int] = []  # a value that ends in a comma goes on below
    colon = False
    i = at
    while i < len(lines) and i <= at + _BELOW:
        text = lines[i].text
        if kinds[i].credits and _is_empty(text) and not values:
            labels.append((i, kinds[i].credits[0].kind))
            colon = colon or text.endswith(":")
        elif text == ":":
            colon = True
            roles[i] = ("label", "colon")
        elif values and lines[(more or values)[-1]].text.endswith(",") and _is_value(lines, kinds, i):
            more.append(i)
        elif (colon or text[0] == ":" or len(text.split()) > 1) and len(values) < len(labels) and _is_value(lines, kinds, i):
            values.append(i)
        else:
            break
        i += 1
    roles.update({line: ("label", "empty_label") for line, _ in labels})
    kinds_of = [kind for _, kind in labels[len(labels) - len(values) :]]
    for kind, i in [*zip(kinds_of, values, strict=True), *((kinds_of[-1], i) for i in more)]:
        people[kind].extend(split_names(lines[i].text.lstrip(": "), labelled=True))
        roles[i] = (_ROLES[kind], "value_below_label")
    return max([at, *(line for line, _ in labels), *values, *more])


def _is_value(lines: Sequence[RawLine], kinds: Sequence[Kind], at: int) -> bool:
    text = lines[at].text.lstrip(": ")
    usable = kinds[at].name in ("fragment", "staff") and not kinds[at].credits and kinds[at].byline is None
    names = split_names(text, labelled=True)
    return bool(usable and names and all(is_name(n) for n in names) and len(text.split()) <= 8 and name_outlet(text) is None)
