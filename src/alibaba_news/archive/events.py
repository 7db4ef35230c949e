"""Which event is which: the events of many stories -> archive events with their accounts, and those that are perhaps one.

Two accounts are one event where they agree on the day and on the place and share somebody, or tell it in the same
words; or where an editor's id or an authority row says so. Where only some of that agrees both stay, with the reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct, field

from alibaba_news.archive.accounts import Account, find_ubiquitous, read_account
from alibaba_news.archive.agreement import compare, explain
from alibaba_news.archive.clusters import MOST_REASONS
from alibaba_news.archive.event_rows import EventRows
from alibaba_news.archive.judging import Judge
from alibaba_news.archive.likeness import MOST_DOUBTS
from alibaba_news.model import Event, Story
from alibaba_news.text import fold
from alibaba_news.world import Authority, World

# An event is compared with this many others that share its day and a name or place: busy days stay cheap.
_MOST_COMPARED = 24
_MOST_ACCOUNTS = 4
_LONGEST_NAME = 90
_MOST_DAYS = 14

Key = tuple[object, ...]


class EventCluster(Struct, kw_only=True, eq=False):
    """Accounts of one event in the order of their stories, with the reasons; ``doubts`` pairs another cluster with a reason.

    ``given`` is an editor's id; ``apart``: an editor told it from others of its name.
    """

    accounts: list[Account] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    id: str = ""
    given: str | None = None
    apart: bool = False

    def add(self, account: Account) -> None:
        """Take one more account."""
        self.accounts.append(account)
        self.given = self.given or account.given
        self.apart = self.apart or account.apart

    def tells_of(self, position: int) -> bool:
        """Whether a story has an account of it. Those of one story come one after the other, or are few."""
        return any(a.position == position for a in (self.accounts[-1], *self.accounts[:_MOST_ACCOUNTS]))

    @property
    def row(self) -> Authority | None:
        """The authority's, of the first account that has one."""
        return next((a.row for a in self.accounts if a.row is not None), None)

    @property
    def name(self) -> str:
        """An authority file's, else the fullest that is not a whole sentence; of an editor's names where there are some."""
        said = [a.said.name for a in self.accounts if a.said is not None and not a.said.is_judgement]
        if said or (self.row is not None and self.row.editors):
            return said[0] if said or self.row is None else self.row.name
        own = [a.event for a in self.accounts if a.event.id_given] or [a.event for a in self.accounts]
        # "Hari kedua Festival Danau" is no name for both days.
        names = {e.name for e in own if e.start != e.end} or {e.name for e in own}
        return min(names, key=lambda n: (len(n) > _LONGEST_NAME, -len(n) if len(n) <= _LONGEST_NAME else len(n), n))


Doubt = tuple[EventCluster, str]


def join_events(
    stories: tuple[Story, ...], names: Mapping[str, str], world: World, texts: Sequence[int], judge: Judge
) -> list[EventCluster]:
    """Clusters in the order of the stories that first tell of them. ``names`` holds the names of entities by final id.

    ``texts`` has a number for each story, the same for copies of one text (``copies.number_texts``).
    """
    ubiquitous, rows = find_ubiquitous(stories), EventRows(world)
    clusters: list[EventCluster] = []
    identities: dict[Key, EventCluster] = {}
    blocks: dict[Key, list[EventCluster]] = defaultdict(list)
    accounts = [
        read_account(story, position, event, ubiquitous, rows, judge=judge, text=texts[position])
        for position, story in enumerate(stories)
        for event in story.events
    ]
    # Those of several days first: each of their days then finds them.
    for account in sorted(accounts, key=lambda a: len(_list_days(a.event)) == 1):
        keys = list(_block_keys(account))
        home = _find_identity(account, identities, world, judge)
        doubts: list[Doubt] = []
        if home is None:
            near = dict.fromkeys(c for key in keys for c in blocks[key])
            home, doubts = _find_home(account, near, names, world, judge)
        if home is None:
            home = EventCluster()
            home.add(account)
            clusters.append(home)
        home.doubts += doubts
        identities.update((key, home) for key in _identity_keys(account) if key not in identities)
        for block in (blocks[key] for key in keys):
            if len(block) < _MOST_COMPARED and home not in block:
                block.append(home)
    return _sort_accounts(clusters)


def _sort_accounts(clusters: list[EventCluster]) -> list[EventCluster]:
    for cluster in clusters:
        cluster.accounts.sort(key=lambda a: a.position)
    return sorted(clusters, key=lambda c: c.accounts[0].position)


def _identity_keys(account: Account) -> Iterator[Key]:
    event, row = account.event, account.row
    if account.given is not None:
        yield "id", account.given.casefold()
    elif account.said is not None:
        yield "said", account.said.stories, fold(account.said.name)
    if account.apart:
        return
    # What no text was read for was written by the editor, who means one event by one name and day.
    if event.paragraph is None and event.start is not None:
        yield "given", fold(event.name), event.start, event.end
    # What comes back every year is one event only with its day.
    if row is not None and (row.start or event.start):
        yield "row", fold(row.name), row.start or event.start
    elif row is not None and row.editors and fold(event.name) in map(fold, (row.name, *row.aliases)):
        yield "row", fold(row.name), event.candidates  # an editor who writes both whole names means these two


def _find_identity(account: Account, identities: Mapping[Key, EventCluster], world: World, judge: Judge) -> EventCluster | None:
    for key in _identity_keys(account):
        home = identities.get(key)
        if home is None or (account.given is not None and home.given not in (None, account.given)):
            continue
        if key[0] not in ("id", "said") and _are_two(account, home, judge):
            continue
        if key[0] == "row" and account.row_told and home.tells_of(account.position):
            continue  # the sentence before told of it; this one may name it in passing
        home.add(account)
        if key[0] != "row" or account.row is None:
            _add_once(home.reasons, world.say("archive", "event_editor"))
        else:
            _add_once(home.reasons, world.say("archive", "event_row", form=account.event.name, name=account.row.name))
        return home
    return None


def _are_two(account: Account, cluster: EventCluster, judge: Judge) -> bool:
    """An editor tells the two apart."""
    if account.apart or cluster.apart:
        return True
    others = judge.event_side(((a.event, a.position) for a in cluster.accounts), cluster.given or "")
    return judge.forbids(judge.event_side([(account.event, account.position)], account.given or ""), others)


def _block_keys(account: Account) -> Iterator[Key]:
    for day in _list_days(account.event):
        when = (day, account.event.precision)
        yield *when, "name", fold(account.event.name)
        yield *when, "text", account.text
        for key in sorted(account.near_who):
            yield *when, "who", key
        for word in sorted(account.place_words):
            yield *when, "place", word


def _list_days(event: Event) -> list[str | None]:
    """Every day of a short happening, so that an account of its second day finds it; else where it begins."""
    if event.precision != "day" or event.start is None or event.end in (None, event.start):
        return [event.start]
    try:
        first, last = date.fromisoformat(event.start), date.fromisoformat(event.end or event.start)
    except ValueError:
        return [event.start]
    count = max(1, min((last - first).days + 1, _MOST_DAYS))
    return [(first + timedelta(days=n)).isoformat() for n in range(count)]


def _find_home(
    account: Account, near: Iterable[EventCluster], names: Mapping[str, str], world: World, judge: Judge
) -> tuple[EventCluster | None, list[Doubt]]:
    """The cluster that the account belongs to, and those it may belong to. An editor's two ids are never one event."""
    doubts: list[Doubt] = []
    home: EventCluster | None = None
    for cluster in near:
        if (account.given is not None and cluster.given is not None) or _are_two(account, cluster, judge):
            continue
        best = min(
            (compare(account, other, names) for other in cluster.accounts[:_MOST_ACCOUNTS]),
            key=lambda a: ("same", "perhaps", "other").index(a.verdict),
        )
        if best.verdict == "other":
            continue
        reason = explain(best, names, world)
        twice = cluster.tells_of(account.position)
        if best.verdict == "same" and not twice and home is None:
            home = cluster
            cluster.add(account)
            _add_once(cluster.reasons, reason)
        elif len(doubts) < MOST_DOUBTS and not (twice and len(cluster.accounts) == 1):
            doubts.append((cluster, f"{reason}; {world.say('archive', 'event_twice')}" if twice else reason))
    return home, doubts


def _add_once(reasons: list[str], reason: str) -> None:
    if reason and len(reasons) < MOST_REASONS and reason not in reasons:
        reasons.append(reason)
