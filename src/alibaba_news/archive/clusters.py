"""The archive's entities while they are being put together: members of several stories, and the questions asked about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from msgspec import Struct, field

from alibaba_news.archive.words import fold_name
from alibaba_news.model import Entity, EntityKind
from alibaba_news.world import Authority

# A page that lists more of them convinces nobody further.
MOST_REASONS = 12


class Cluster(Struct, kw_only=True, eq=False):
    """Entities of different stories taken as one. ``members`` pairs the position of a story with its entity.

    ``given`` is an editor's id, ``row`` the authority that vouches for the name. ``said`` are an editor's rows about single
    stories with the positions they speak of; ``apart``: it was told from others of its name, and takes nobody that no
    editor gives it. ``id`` and ``name`` are settled last.
    """

    kind: EntityKind
    members: list[tuple[int, Entity]] = field(default_factory=list)
    given: str | None = None
    row: Authority | None = None
    said: dict[int, Authority] = field(default_factory=dict)
    apart: bool = False
    reasons: list[str] = field(default_factory=list)
    id: str = ""
    name: str = ""

    @property
    def first(self) -> int:
        """The position of the first story that names it."""
        return self.members[0][0]

    def take(self, other: Cluster, reason: str = "") -> None:
        """Make another's members this one's, in the order of their stories."""
        ordered = other.members[0][0] >= self.members[-1][0]
        self.members += other.members
        if not ordered:
            self.members.sort(key=lambda m: m[0])
        if other.given and not self.given:
            self.given = other.given
        self.row = self.row or other.row
        self.said |= other.said
        for told in (*other.reasons, reason):
            if told and len(self.reasons) < MOST_REASONS and told not in self.reasons:
                self.reasons.append(told)

    def forms(self) -> dict[str, str]:
        """Every form of the name: folded, and as first printed."""
        found: dict[str, str] = {}
        for form in dict.fromkeys(form for _, entity in self.members for form in printed_forms(entity)):
            found.setdefault(fold_name(form), form)
        return found

    def settle_name(self) -> None:
        """An editor's name, else the authority's, else the form that most stories use, the longer of two."""
        named = [e.name for _, e in self.members if e.id_given and e.id == self.given]
        said = [row.name for _, row in sorted(self.said.items()) if not row.is_judgement]
        if said or named:
            self.name = (said or named)[0]
        elif self.row is not None:
            self.name = self.row.name
        else:
            counts = Counter(e.name for _, e in self.members)
            self.name = min(counts, key=lambda n: (n.isupper() and len(n.split()) > 1, -counts[n], -len(n), n))


def printed_forms(entity: Entity) -> Collection[str]:
    """An entity's name and its other forms, each once."""
    return dict.fromkeys((entity.name, *entity.aliases, *[m.text for m in entity.mentions]))


def count_stories(cluster: Cluster) -> int:
    """How many stories name it."""
    return len({position for position, _ in cluster.members})


def drop_empty(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Those that have not become part of another, in the order of their first stories."""
    return sorted((c for c in clusters if c.members), key=lambda c: c.first)
