"""Two accounts of a happening on one day: are they one event, perhaps one, or two? And the reasons in words.

Sure is only what the place and somebody who took part (or the words of both names) say together; less is put down as a doubt.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from alibaba_news.archive.accounts import Account, share_matter, share_name
from alibaba_news.archive.spots import share_place
from alibaba_news.archive.words import listed
from alibaba_news.text import fold
from alibaba_news.world import World

Verdict = Literal["same", "perhaps", "other"]


class Agreement(Struct, frozen=True, kw_only=True):
    """What two accounts of one time have in common. ``place`` and ``near_place`` as ``spots.share_place`` gives them.

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
    def one_text(self) -> bool:
        """Whether two papers printed one text: then both names come from the same sentences."""
        return self.one.text == self.other.text and self.one.position != self.other.position

    @property
    def verdict(self) -> Verdict:
        """One event, perhaps one, or another."""
        event, twin = self.one.event, self.other.event
        if event.start != twin.start:
            return self._judge_days()
        if self.one_text and self.place != "other" and self._is_printed_twice():
            return "same"
        if event.start is not None and self.place != "other" and self._is_sure():
            return "same"
        if event.start is None or event.precision != "day":
            return "perhaps" if self.who and self.named else "other"
        return "perhaps" if self._is_possible() else "other"

    def _is_possible(self) -> bool:
        """Whether a day in common goes with enough else to be worth a look."""
        if self.place == "other":
            return bool(self.who and self.named and self.matter) and self.kind != "other"
        if self.named or (self.kind != "other" and (self.who or self._is_one_spot())):
            return True
        if self.near_place != "same" or self.kind == "other":
            return False
        return self._is_single() or len(self.near_who) > 1

    def _is_printed_twice(self) -> bool:
        """One sentence of one text. A year that both leave open is the same one."""
        event, twin = self.one.event, self.other.event
        if event.start is None:
            return event.candidates == twin.candidates and fold(event.name) == fold(twin.name)
        return fold(event.name) == fold(twin.name) or self.named or (self.kind == "same" and bool(self.who))

    def _judge_days(self) -> Verdict:
        """A happening of several days, and one of its days that is not the first."""
        if not self.named or self.kind == "other" or self.place == "other":
            return "other"
        return "same" if self.place == "same" and (self.who or self.near_who) else "perhaps"

    def _is_sure(self) -> bool:
        event, twin = self.one.event, self.other.event
        if event.precision != "day":
            # A month holds many meetings of the same people: every organization must agree, and the name.
            return set(event.organizations) == set(twin.organizations) != set() and self.named
        if fold(event.name) == fold(twin.name) and (self.near_who or self.place == "same"):
            return True
        if self.kind == "other":
            return self._is_one_company()
        if self.place == "same" and (self._is_one_spot() or not self._are_rivals()):
            return self._is_told_of_one_place()
        if self._is_single() and self.named and self.near_place == "same":
            return True
        told_alike = self.named or self.kind == "same"
        if self.place == "same" or (self._are_rivals() and not self.named):
            return False
        if self.near_place == "same" and self.near_who and told_alike:
            return True
        return bool(self.who and self.matter) and (told_alike if self.place == "town" else True)

    def _is_told_of_one_place(self) -> bool:
        # That both name the same governor in the same town is no second reason.
        if (self.named and self.matter) or (self.kind == "same" and self.near_who):
            return True
        # A governor does many things in one town on one day, but not at one spot.
        if self.who and (self._is_one_spot() or self.kind == "same" or self.matter):
            return True
        # No spot has two floods on one day, whoever is asked about them.
        return self._is_one_spot() and self._is_single()

    def _is_one_company(self) -> bool:
        """Whether the same two or more were at one spot: a visit to one paper, a meeting to the other."""
        ours, theirs = set(self.one.event.people), set(self.other.event.people)
        return self._is_one_spot() and len(ours & theirs) > 1 and (ours <= theirs or theirs <= ours)

    def _is_one_spot(self) -> bool:
        return self.place == "same" and bool(self.one.spot.exact & self.other.spot.exact)

    def _is_single(self) -> bool:
        single = listed("single_happenings")
        return self.kind == "same" and not single.isdisjoint(self.one.words) and not single.isdisjoint(self.other.words)

    def _are_rivals(self) -> bool:
        """Whether each has somebody whom the other does not name: a minister meets one guest after the other."""
        ours, theirs = set(self.one.event.people), set(self.other.event.people)
        return bool(ours - theirs) and bool(theirs - ours)


def compare(one: Account, other: Account, names: Mapping[str, str]) -> Agreement:
    """``names`` holds the names of people and organizations by id. Both accounts have a day in common and one precision."""
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
    if agreement.one_text:
        told.append(world.say("archive", "event_text"))
    if one.event.start != other.event.start:
        told.append(world.say("archive", "event_one_of_days"))
    elif one.event.start is not None:
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
