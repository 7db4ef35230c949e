"""Names -> addresses nobody else has: slugs of stories, ids of entities, events and outlets.

An address must not move when a story is added. Who came first, by the path of the file, keeps the bare slug; every
other one gets a suffix from the hash of its own text, which no other story changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from alibaba_news.archive.clusters import Cluster
from alibaba_news.archive.words import strip_legal_forms
from alibaba_news.diagnostics import Diagnostic
from alibaba_news.model import Story
from alibaba_news.text import add_suffix, make_slug


def claim(slug: str, seed: str, taken: set[str]) -> str:
    """The slug if it is free, else with a suffix from the hash of ``seed``; noted in ``taken`` without regard to case."""
    found, turn = slug, 0
    while found.casefold() in taken:
        found = add_suffix(slug, f"{seed}\n{turn}" if turn else seed)
        turn += 1
    taken.add(found.casefold())
    return found


def address_stories(stories: Sequence[Story]) -> tuple[tuple[Story, ...], tuple[Diagnostic, ...]]:
    """Stories with slugs of their own, in the order given (that of their files). An editor's slug used twice is an error."""
    by_slug: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        if story.slug_given:
            by_slug[story.slug.casefold()].append(story)
    problems = [problem for group in by_slug.values() if len(group) > 1 for problem in _refuse(group)]
    taken = set(by_slug)
    firsts = {id(group[0]) for group in by_slug.values()}
    found = []
    for story in stories:
        # An address refused is named once: the others of its group get one of their own, that no more complaints follow.
        slug = story.slug if id(story) in firsts else claim(story.slug, story.source.sha256, taken)
        found.append(story if slug == story.slug else replace(story, slug=slug))
    return tuple(found), tuple(problems)


def locate(story: Story) -> tuple[str, int | None]:
    """The file of the story as the user named it, and its line where the file holds several."""
    return story.read_from or (story.source.file, None)


def name_place(place: tuple[str, int | None]) -> str:
    """A file and line as messages begin: ``a.jsonl:3``."""
    return place[0] if place[1] is None else f"{place[0]}:{place[1]}"


def _refuse(group: Sequence[Story]) -> Iterable[Diagnostic]:
    places = [story.slug_at or locate(story) for story in group]
    for i, (story, (path, line)) in enumerate(zip(group, places, strict=True)):
        others = ", ".join(map(name_place, places[:i] + places[i + 1 :]))
        yield Diagnostic(
            path=path,
            line=line,
            message=f"slug: '{story.slug}' is also the slug of {others}.",
            hint="Give each of them another slug; two that differ only in upper and lower case are the same.",
        )


def address_clusters(clusters: Sequence[Cluster], stories: Sequence[Story]) -> None:
    """Give every cluster of one kind its id, ``KIND/slug``: an editor's first, then the authority's, then by first story."""
    taken: set[str] = set()
    ordered = sorted(clusters, key=lambda c: (c.given is None, c.row is None, c.first))
    for cluster in ordered:
        if cluster.given is not None:
            cluster.id = cluster.given
            taken.add(cluster.given.partition("/")[2].casefold())
            continue
        seed = f"{cluster.name}\n{stories[cluster.first].source.sha256}"
        cluster.id = f"{cluster.kind}/{claim(_derive_slug(cluster), seed, taken)}"


def _derive_slug(cluster: Cluster) -> str:
    """From the name; of a company without "PT" and "Tbk", which the next story may leave out."""
    if cluster.row is not None:
        return make_slug(cluster.row.name)
    name = strip_legal_forms(cluster.name) if cluster.kind == "organizations" else cluster.name
    return make_slug(name)
