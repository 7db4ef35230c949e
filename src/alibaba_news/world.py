"""Knowledge about the world that no article states: aliases, outlets, place names, words of the trade, evidence phrases.

All of it is data: YAML tables in ``data/`` that an editor can read and extend, and the authority files of a seeds folder,
which are added to the packaged ones and win over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib import resources
from typing import Any

import yaml
from msgspec import Struct

from alibaba_news.beside import keep_beside
from alibaba_news.model import EntityKind
from alibaba_news.text import fold

_SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Authority(Struct, frozen=True, kw_only=True):
    """One row of an authority file: a name the archive uses, its other forms, and what it must never be merged with."""

    kind: str  # people, organizations, places, events
    name: str
    aliases: tuple[str, ...] = ()
    id: str | None = None
    same_as: tuple[str, ...] = ()
    coordinates: tuple[float, float] | None = None  # latitude, longitude in degrees (WGS 84)
    never: tuple[str, ...] = ()  # the file's key is ``not``
    ambiguous: bool = False  # also a common word or another name: the text must show that it is meant
    start: str | None = None  # events only
    end: str | None = None
    place: str | None = None
    stories: tuple[str, ...] = ()  # an editor's: the only stories that the row speaks of, by seed file or slug
    editors: bool = False  # True: from the seeds folder, written by this archive's editor
    read_from: tuple[str, int] | None = None  # for messages: the file as named, and the line

    @property
    def is_judgement(self) -> bool:
        """Says only what a name is not: such a row makes no name known."""
        if not self.editors or not self.never:
            return False
        told = (self.aliases, self.id, self.same_as, self.coordinates, self.start, self.end, self.place)
        # A name under its own ``not`` is several people: that says how the name itself is to be taken.
        return not any(told) and fold(self.name) not in map(fold, self.never)


@cache
def load_table(name: str) -> Any:
    """A packaged table, ``data/NAME.yaml``, read once; treat it as read-only.

    Plain lists and mappings. Scalars have the types of YAML 1.1, so that a word such as "no" must stand in quotes there.
    """
    text = _text_of(name)
    # The C twin of the safe loader, where PyYAML has it.
    return keep_beside(name.replace("/", "-"), text.encode(), lambda: yaml.load(text, Loader=_SAFE_LOADER))  # noqa: S506


def _text_of(name: str) -> str:
    return resources.files("alibaba_news").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")


def _read_texts(text: str) -> Any:
    """YAML of lists and mappings, each scalar as text. Thousands of rows are read many times faster without settling types."""
    held: list[Any] = [[]]
    keys: list[str | None] = [None]
    for event in yaml.parse(text, Loader=_SAFE_LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            held.pop()
            keys.pop()
        elif isinstance(event, yaml.NodeEvent):
            fresh: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            value = event.value if isinstance(event, yaml.ScalarEvent) else fresh
            if isinstance(held[-1], list):
                held[-1].append(value)
            elif keys[-1] is None:
                keys[-1] = value
            else:
                held[-1][keys[-1]] = value
                keys[-1] = None
            if value is fresh:
                held.append(value)
                keys.append(None)
    return held[0][0]


def load_packaged_authorities() -> tuple[Authority, ...]:
    """The rows of ``data/authority/*.yaml``, in the format of an editor's authority files."""
    return _load_packaged()[0]


@cache
def _load_packaged() -> tuple[tuple[Authority, ...], tuple[tuple[str, ...], ...]]:
    """The rows, and of each the folded forms of its name."""
    texts = {kind: _text_of(f"authority/{kind}") for kind in ("people", "organizations", "places", "events")}
    sources = "\0".join(texts.values()).encode()

    def read() -> list[tuple[dict[str, Any], tuple[str, ...]]]:
        rows = [_read_row(kind, row) for kind, text in texts.items() for row in _read_texts(text)]
        return [(row, tuple(map(fold, (row["name"], *row["aliases"])))) for row in rows]

    # What is kept is made by these modules, too, and another version of them may make something else.
    code = b"".join(resources.files("alibaba_news").joinpath(name).read_bytes() for name in ("text.py", "world.py"))
    kept = keep_beside("authority-rows", sources + code, read)
    return tuple(Authority(**row) for row, _ in kept), tuple(forms for _, forms in kept)


def _read_row(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    point, same = row.get("coordinates"), row.get("same_as", ())
    return {
        "kind": kind,
        "name": row["name"],
        "aliases": tuple(row.get("aliases", ())),
        "same_as": (same,) if isinstance(same, str) else tuple(same),
        "coordinates": (float(point[0]), float(point[1])) if point else None,
        "never": tuple(row.get("not", ())),
        "ambiguous": str(row.get("ambiguous", "")).lower() == "true",
        "start": row.get("start"),
        "end": row.get("end"),
        "place": row.get("place"),
    }


@cache
def _outlets() -> dict[str, str]:
    """Every folded form of an outlet to its name."""
    found: dict[str, str] = {}
    for row in load_table("outlets"):
        for form in (row["name"], *row.get("aliases", ())):
            found.setdefault(fold(form), row["name"])
    return found


def settle_outlet(form: str) -> str | None:
    """The one name of a known outlet, in whichever form it prints itself ("TEMPO.CO" -> "Tempo.co"), or None."""
    return _outlets().get(fold(form).removeprefix("www.").strip(" .:-"))


class World(Struct, frozen=True, kw_only=True, dict=True):
    """What the reader of an article may know beforehand; ``language`` is the one evidence is written in.

    ``editors`` are the rows of this archive's editor, ``packaged`` the others (None: those that come with the program).
    """

    language: str = "id"
    editors: tuple[Authority, ...] = ()
    packaged: tuple[Authority, ...] | None = None

    @cached_property
    def authorities(self) -> tuple[Authority, ...]:
        """Every row: loaded where a name is looked up, for there are some ten thousand."""
        return (*(load_packaged_authorities() if self.packaged is None else self.packaged), *self.editors)

    @cached_property
    def _by_form(self) -> Mapping[tuple[str, str], Authority]:
        by_form: dict[tuple[str, str], Authority] = {}
        packaged, forms = _load_packaged()
        known = {id(row): own for row, own in zip(packaged, forms, strict=True)}
        # Editors' rows last, so that they win.
        for row in sorted(self.authorities, key=lambda a: a.editors):
            if row.stories:
                continue
            for form in known.get(id(row)) or map(fold, (row.name, *row.aliases)):
                # "Not the one you know by this name" must be heard; about a name nobody knows it says nothing.
                if not row.is_judgement or (row.kind, form) in by_form:
                    by_form[row.kind, form] = row
        return by_form

    def find(self, kind: EntityKind | str, form: str) -> Authority | None:
        """The authority row that a form of a name belongs to, or None."""
        return self._by_form.get((kind, fold(form)))

    def rows(self, kind: EntityKind | str) -> Iterable[Authority]:
        """Every authority row of one kind that makes a name known everywhere, packaged ones first."""
        return (
            a
            for a in self.authorities
            if a.kind == kind and not a.stories and (not a.is_judgement or self.find(kind, a.name) is a)
        )

    def judgements(self, kind: EntityKind | str) -> Iterable[Authority]:
        """The rows that tell names apart (``not``) or speak of single stories only."""
        return (a for a in self.authorities if a.kind == kind and (a.never or a.stories))

    def say(self, table: str, key: str, **values: object) -> str:
        """An evidence phrase from ``data/evidence/TABLE.yaml`` in the archive's language, its ``{places}`` filled."""
        phrase: str = load_table(f"evidence/{table}")[key][self.language]
        return phrase.format(**values)


def make_world(language: str, rows: tuple[Authority, ...]) -> World:
    """What may be known beforehand with an editor's ``rows``; without any, one world serves every build of a process."""
    return World(language=language, editors=rows) if rows else _make_packaged(language)


@cache
def _make_packaged(language: str) -> World:
    return World(language=language)
