"""Which event is which: the events of many stories -> archive events with their accounts, and those that are perhaps one.

Two accounts are one event where they agree on the day and on the place and share somebody, or tell it in the same
words; or where an editor's id or an authority row says so. Where only some of that agrees both stay, with the reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from alibaba_news.archive.accounts import Account, find_ubiquitous, read_account
from alibaba_news.archive.agreement import compare, explain
from alibaba_news.archive.clusters import MOST_REASONS
from alibaba_news.archive.event_rows import EventRows
from alibaba_news.archive.likeness import MOST_DOUBTS
from alibaba_news.model import Story
from alibaba_news.text import fold
from alibaba_news.world import Authority, World

# An event is compared with this many others that share its day and a name or place: busy days stay cheap.
_MOST_COMPARED = 24
_MOST_ACCOUNTS = 4
_LONGEST_NAME = 90

Key = tuple[object, ...]


@dataclass(slots=True, kw_only=True, eq=False)
class EventCluster:
    """Accounts of one event in the order of their stories, with the reasons; ``doubts`` pairs another cluster with a reason."""

    accounts: list[Account]
    reasons: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    id: str = ""

    @property
    def given(self) -> str | None:
        """An editor's id."""
        return next((a.event.id for a in self.accounts if a.event.id_given), None)

    @property
    def row(self) -> Authority | None:
        return next((a.row for a in self.accounts if a.row is not None), None)

    @property
    def name(self) -> str:
        """An authority file's, else the fullest that is not a whole sentence; of an editor's names where there are some."""
        if self.row is not None and self.row.editors:
            return self.row.name
        names = {a.event.name for a in self.accounts if a.event.id_given} or {a.event.name for a in self.accounts}
        return min(names, key=lambda n: (len(n) > _LONGEST_NAME, -len(n) if len(n) <= _LONGEST_NAME else len(n), n))


Doubt = tuple[EventCluster, str]


def join_events(stories: tuple[Story, ...], names: Mapping[str, str], world: World) -> list[EventCluster]:
    """Clusters in the order of the stories that first tell of them. ``names`` holds the names of entities by final id."""
    ubiquitous, rows = find_ubiquitous(stories), EventRows(world)
    clusters: list[EventCluster] = []
    identities: dict[Key, EventCluster] = {}
    blocks: dict[Key, list[EventCluster]] = defaultdict(list)
    for position, story in enumerate(stories):
        for event in story.events:
            account = read_account(story, position, event, ubiquitous, rows)
            keys = list(_block_keys(account))
            home = _find_identity(account, identities, world)
            doubts: list[Doubt] = []
            if home is None:
                near = dict.fromkeys(c for key in keys for c in blocks[key])
                home, doubts = _find_home(account, near, names, world)
            if home is None:
                home = EventCluster(accounts=[account])
                clusters.append(home)
            home.doubts += doubts
            identities.update((key, home) for key in _identity_keys(account) if key not in identities)
            for block in (blocks[key] for key in keys):
                if len(block) < _MOST_COMPARED and home not in block:
                    block.append(home)
    return clusters


def _identity_keys(account: Account) -> Iterator[Key]:
    event, row = account.event, account.row
    if event.id_given:
        yield "id", event.id.casefold()
    # What no text was read for was written by the editor, who means one event by one name and day.
    if event.paragraph is None and event.start is not None:
        yield "given", fold(event.name), event.start, event.end
    # What comes back every year is one event only with its day.
    if row is not None and (row.start or event.start):
        yield "row", fold(row.name), row.start or event.start


def _find_identity(account: Account, identities: Mapping[Key, EventCluster], world: World) -> EventCluster | None:
    for key in _identity_keys(account):
        home = identities.get(key)
        if home is None or (account.event.id_given and home.given not in (None, account.event.id)):
            continue
        home.accounts.append(account)
        if key[0] != "row" or account.row is None:
            _add_once(home.reasons, world.say("archive", "event_editor"))
        else:
            _add_once(home.reasons, world.say("archive", "event_row", form=account.event.name, name=account.row.name))
        return home
    return None


def _block_keys(account: Account) -> Iterator[Key]:
    when = (account.event.start, account.event.precision)
    yield *when, "name", fold(account.event.name)
    for key in sorted(account.near_who):
        yield *when, "who", key
    for word in sorted(account.place_words):
        yield *when, "place", word


def _find_home(
    account: Account, near: Iterable[EventCluster], names: Mapping[str, str], world: World
) -> tuple[EventCluster | None, list[Doubt]]:
    """The cluster that the account belongs to, and those it may belong to. An editor's two ids are never one event."""
    doubts: list[Doubt] = []
    home: EventCluster | None = None
    for cluster in near:
        if account.event.id_given and cluster.given is not None:
            continue
        best = min(
            (compare(account, other, names) for other in cluster.accounts[:_MOST_ACCOUNTS]),
            key=lambda a: ("same", "perhaps", "other").index(a.verdict),
        )
        if best.verdict == "other":
            continue
        reason = explain(best, names, world)
        twice = cluster.accounts[-1].position == account.position
        if best.verdict == "same" and not twice and home is None:
            home = cluster
            cluster.accounts.append(account)
            _add_once(cluster.reasons, reason)
        elif len(doubts) < MOST_DOUBTS and not (twice and len(cluster.accounts) == 1):
            doubts.append((cluster, f"{reason}; {world.say('archive', 'event_twice')}" if twice else reason))
    return home, doubts


def _add_once(reasons: list[str], reason: str) -> None:
    if reason and len(reasons) < MOST_REASONS and reason not in reasons:
        reasons.append(reason)
