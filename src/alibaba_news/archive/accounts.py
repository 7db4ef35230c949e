"""One story's account of an event, made comparable: who, where and in which words, and what two accounts have in common."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from alibaba_news.archive.event_rows import EventRows
from alibaba_news.archive.judging import Judge, tells_apart
from alibaba_news.archive.spots import Spot, read_spot
from alibaba_news.archive.words import content_words, listed, split_words
from alibaba_news.model import Event, Place, Story
from alibaba_news.text import fold, split_sentences
from alibaba_news.world import Authority, load_table


class Account(Struct, frozen=True, kw_only=True):
    """``position`` of the story; ``who`` the ids of people and organizations that tell events apart (``find_ubiquitous``).

    ``near_who`` and ``near_spot`` are of everybody and every place in the paragraphs that tell of it or of its day.
    """

    position: int
    event: Event
    who: frozenset[str]
    spot: Spot
    near_who: frozenset[str]
    near_spot: Spot
    words: frozenset[str]
    happenings: frozenset[int]
    row: Authority | None
    row_told: bool  # the row was found by the sentence, not by the event's own name
    said: Authority | None  # an editor's row about events of this name in this very story
    apart: bool  # told by an editor from others of its name: it joins nobody that no editor gives it
    text: int  # the number of its text: that of another story's account where one is a copy of the other

    @property
    def given(self) -> str | None:
        """An editor's id."""
        own = self.event.id if self.event.id_given else None
        return self.said.id if self.said is not None and self.said.id else own

    @property
    def place_words(self) -> frozenset[str]:
        """Words of the spots and towns it is told of."""
        spots = (self.spot, self.near_spot)
        return frozenset(word for spot in spots for word in (*spot.exact, *spot.towns))


def read_account(
    story: Story, position: int, event: Event, ubiquitous: frozenset[str], rows: EventRows, *, judge: Judge, text: int
) -> Account:
    """An event of a story, whose ids are final, as it is compared with other stories'."""
    world = rows.world
    ignored = ubiquitous | {e.id for e in story.organizations if fold(e.name) in listed("messengers")}
    who = frozenset({*event.people, *event.organizations}) - ignored
    spot = read_spot(event.place, world)
    named, places = find_near(story, event)
    words = content_words(event.name)
    row = rows.find(event)
    said = judge.find_said(story, (event.name,), event.start)
    told = rows.find_told(event, find_sentence(story, event)) if row is None and rows.of_editor else None
    return Account(
        position=position,
        event=event,
        who=who,
        spot=spot,
        near_who=who | (frozenset(named) - ignored),
        near_spot=spot if spot.exact or spot.towns else read_spot(", ".join(places), world),
        words=words,
        happenings=frozenset(n for n, kind in enumerate(_kinds_of_happening()) if kind & words),
        row=row or told,
        said=said,
        apart=(event.id_given and tells_apart(event.id, event.name)) if said is None else bool(said.id) or judge.is_apart(said),
        row_told=told is not None,
        text=text,
    )


def find_sentence(story: Story, event: Event) -> str:
    """The sentence that an event was read from; the whole paragraph where its place in it is not known."""
    text = story.texts().get(event.paragraph, "") if event.paragraph is not None else ""
    if event.offset is None:
        return text
    return next((text[start:end] for start, end in split_sentences(text) if start <= event.offset < end), text)


def find_near(story: Story, event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of everybody and the names of every place in the paragraphs that tell of an event or of its day."""
    near = _tell_of(story, event)
    named = (e.id for e in (*story.people, *story.organizations) if any(m.paragraph in near for m in e.mentions))
    return tuple(named), tuple(e.name for e in story.places if any(m.paragraph in near for m in e.mentions))


def _tell_of(story: Story, event: Event) -> set[Place]:
    """Where the story tells of an event: its own paragraph, and every other that names its day."""
    near = {d.paragraph for d in story.dates if event.start is not None and d.value == event.start}
    return near | ({event.paragraph} if event.paragraph is not None else set())


@cache
def _kinds_of_happening() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(fold(str(word)) for word in kind) for kind in load_table("archive")["happenings"])


def find_ubiquitous(stories: tuple[Story, ...]) -> frozenset[str]:
    """Ids of people and organizations in the events of over 20 stories and over 2 % of them: sharing one says little."""
    counts: dict[str, int] = {}
    for story in stories:
        for key in {i for event in story.events for i in (*event.people, *event.organizations)}:
            counts[key] = counts.get(key, 0) + 1
    limit = max(20, len(stories) // 50)
    return frozenset(key for key, count in counts.items() if count > limit)


def share_name(one: Account, other: Account) -> bool:
    """At least two telling words and half of the shorter name in common."""
    shared = one.words & other.words
    return len(shared) >= 2 and 2 * len(shared) >= min(len(one.words), len(other.words))


def share_matter(one: Account, other: Account, names: Mapping[str, str]) -> frozenset[str]:
    """Words of both names that are not those of a person, organization or place: what happened."""
    told = {w for key in one.who | other.who for w in split_words(names.get(key, ""))}
    return (one.words & other.words) - told - one.place_words - other.place_words
