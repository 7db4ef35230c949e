"""Two accounts of a happening on one day: are they one event, perhaps one, or two? And the reasons in words.

Sure is only what the place and somebody who took part (or the words of both names) say together; less is put down as a doubt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from alibaba_news.archive.accounts import Account, share_matter, share_name
from alibaba_news.archive.spots import share_place
from alibaba_news.text import fold
from alibaba_news.world import World

Verdict = Literal["same", "perhaps", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What two accounts of one time have in common. ``place`` and ``near_place`` as ``accounts.share_place`` gives them.

    ``kind`` says whether both names are of one kind of happening (``same``), of two (``other``) or do not tell (``open``).
    """

    one: Account
    other: Account
    place: str
    near_place: str
    who: frozenset[str]
    near_who: frozenset[str]
    named: bool
    matter: frozenset[str]
    kind: str

    @property
    def verdict(self) -> Verdict:
        """One event, perhaps one, or another."""
        event = self.one.event
        if event.start is not None and self.place != "other" and self._is_sure():
            return "same"
        if event.start is None or self.place == "other" or event.precision != "day":
            return "perhaps" if self.who and self.named else "other"
        spot = self.place == "same" and bool(self.one.spot.exact & self.other.spot.exact)
        return "perhaps" if self.named or (self.kind != "other" and (self.who or spot)) else "other"

    def _is_sure(self) -> bool:
        event, twin = self.one.event, self.other.event
        if event.precision != "day":
            # A month holds many meetings of the same people: every organization must agree, and the name.
            return set(event.organizations) == set(twin.organizations) != set() and self.named
        if fold(event.name) == fold(twin.name) and (self.near_who or self.place == "same"):
            return True
        if self.kind == "other":
            return False
        if self.place == "same":
            return bool(self.who) or self.named or (self.kind == "same" and bool(self.near_who))
        told_alike = self.named or self.kind == "same"
        if self.near_place == "same" and self.near_who and told_alike:
            return True
        return bool(self.who and self.matter) and (told_alike if self.place == "town" else True)


def compare(one: Account, other: Account, names: Mapping[str, str]) -> Agreement:
    """``names`` holds the names of people and organizations by id. Both accounts have the same start and precision."""
    told = bool(one.happenings and other.happenings)
    return Agreement(
        one=one,
        other=other,
        place=share_place(one.spot, other.spot),
        near_place=share_place(one.near_spot, other.near_spot),
        who=one.who & other.who,
        near_who=one.near_who & other.near_who,
        named=share_name(one, other),
        matter=share_matter(one, other, names),
        kind=("same" if one.happenings & other.happenings else "other") if told else "open",
    )


def explain(agreement: Agreement, names: Mapping[str, str], world: World) -> str:
    """What the two have in common, in words."""
    one, other = agreement.one, agreement.other
    told: list[str] = []
    if one.event.start is not None:
        told.append(world.say("archive", "event_day" if one.event.precision == "day" else "event_time", day=one.event.start))
    if places := _shared_places(one, other):
        told.append(world.say("archive", "event_place", place=", ".join(places)))
    if who := agreement.who or agreement.near_who:
        told.append(world.say("archive", "event_who", names=", ".join(sorted(names.get(i, i) for i in who))))
    if words := sorted(one.words & other.words if agreement.named else agreement.matter):
        told.append(world.say("archive", "event_name", words=", ".join(words)))
    elif agreement.kind == "same":
        told.append(world.say("archive", "event_kind"))
    if agreement.place == "other":
        told.append(world.say("archive", "event_places_differ"))
    return "; ".join(told)


def _shared_places(one: Account, other: Account) -> list[str]:
    pairs = (one.spot, other.spot), (one.near_spot, other.near_spot)
    shared = {word for a, b in pairs for word in (a.exact & b.exact) | (a.towns & b.towns)}
    return [word.title() for word in sorted(shared)]
