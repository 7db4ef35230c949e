"""Who is named together among the people around an entity, as arcs between the lines of a list.

A list with arcs rather than a net: every name is read without turning one's head, on a phone as well, and the same company
always gives the same drawing.
"""

from __future__ import annotations

from msgspec import Struct

from alibaba_news.renderer.company import Company
from alibaba_news.renderer.views.desk import Desk
from alibaba_news.renderer.views.parts import Link

WIDTH = 288  # the narrowest column it stands in
LINE = 28
_STEP = 7  # how much further left an arc bulges for each line it spans
_LONGEST = 24  # letters of a name that fit behind the axis
_MOST = 10
_MOST_ARCS = 24
_HEAVIEST = 5.0


class Node(Struct, frozen=True, kw_only=True):
    """A name on its line; ``title`` has it whole, with its count."""

    y: int
    radius: float
    text: str
    href: str
    title: str


class Arc(Struct, frozen=True, kw_only=True):
    path: str
    width: float
    title: str


class CircleView(Struct, frozen=True, kw_only=True):
    """The drawing and, in ``pairs``, what its arcs say."""

    width: int
    height: int
    axis: int
    label: str
    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]
    pairs: tuple[str, ...]


def draw_circle(desk: Desk, name: str, company: Company) -> CircleView | None:
    """None where fewer than three people stand around the entity, or where all of them are named together alike."""
    people = company.people[:_MOST]
    ties = [tie for tie in company.ties if max(tie[:2]) < len(people)]
    if len(people) < 3 or not ties:
        return None
    if len(ties) == len(people) * (len(people) - 1) // 2 and ties[0][2] == ties[-1][2]:
        return None
    ties = ties[:_MOST_ARCS]
    links = [desk.entity(key) or Link(text=key) for key, _ in people]
    counts = [desk.words.n("count.stories", count) for _, count in people]
    most, heaviest = people[0][1], ties[0][2]
    axis = max(_reach(a, b) for a, b, _ in ties) + 8  # arcs to the left of it, names to the right
    nodes = tuple(
        Node(
            y=_place(nth),
            radius=round(3 + 4 * count / most, 1),
            text=_shorten(link.text),
            href=link.href or "",
            title=f"{link.text}: {told}",
        )
        for nth, (link, told, (_, count)) in enumerate(zip(links, counts, people, strict=True))
    )
    pairs = tuple(_name_pair(desk, links[a].text, links[b].text, count) for a, b, count in ties)
    # The lightest first, so that the heaviest lie on top.
    arcs = tuple(
        Arc(path=_bend(axis, a, b), width=round(1 + (_HEAVIEST - 1) * count / heaviest, 1), title=pair)
        for (a, b, count), pair in reversed(list(zip(ties, pairs, strict=True)))
    )
    return CircleView(
        width=WIDTH,
        height=LINE * len(people),
        axis=axis,
        label=desk.words.t("entity.circle_label", name=name),
        nodes=nodes,
        arcs=arcs,
        pairs=pairs,
    )


def _place(nth: int) -> int:
    return nth * LINE + LINE // 2


def _reach(one: int, other: int) -> int:
    return 10 + _STEP * abs(other - one)


def _bend(axis: int, one: int, other: int) -> str:
    """An arc from line to line that bulges the more the further they lie apart."""
    above, below = sorted((_place(one), _place(other)))
    return f"M{axis} {above}A{_reach(one, other)} {(below - above) / 2:g} 0 0 0 {axis} {below}"


def _shorten(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _name_pair(desk: Desk, one: str, other: str, count: int) -> str:
    return desk.words.t("entity.pair", one=one, other=other, count=desk.words.n("count.stories", count))
