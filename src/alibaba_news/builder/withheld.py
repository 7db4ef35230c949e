"""What editors withhold and the bytes of a published file in, every place where such a name is left standing out.

Names are hidden in the stories before anything is written. This is the last look at what is about to be published: whatever
put the name there (a template, an address an editor gave), nothing goes out with it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from msgspec import Struct

from alibaba_news.diagnostics import Diagnostic
from alibaba_news.model import Archive, Entity, Story
from alibaba_news.text import fold, make_slug

# A name may run on through these; a mark of punctuation or the end of a block ends it.
_INLINE = re.compile(r"</?(?:a|abbr|b|bdi|cite|code|em|i|mark|q|small|span|strong|sub|sup|time|u|wbr)(?:\s[^<>]*)?>")
_TAG = re.compile(r"<[^<>]*>")
_CODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_BREAK = re.compile(r"\\[nrt]")
_APART = r"[\s_+.\-]+"
_ENDINGS = "nya|ku|mu|kah|lah|pun"  # written onto a name
_PATHS_SHOWN = 3
_WORD = r"[^\W_]"


class WithheldName(Struct, frozen=True, kw_only=True):
    """A name that must not be published, and the seed file that says so.

    ``only_in`` are the only files it is looked for in, none for all of them: a single word is part of other people's
    names, so it is looked for where its own story alone is told.
    """

    name: str
    seed: str
    only_in: tuple[str, ...] = ()


class Leak(Struct, frozen=True, kw_only=True):
    """A file of the site in which a name still stands that ``seed`` withholds."""

    seed: str
    path: str


def collect_withheld(stories: Iterable[tuple[str, Story]], archive: Archive) -> tuple[WithheldName, ...]:
    """Every name that editors withhold, with the longer forms of the same name; ``stories`` are (seed file, story as read)."""
    records: dict[str, set[str]] = {}
    for story in archive.stories:
        records.setdefault(story.source.sha256, set()).add(f"stories/{story.slug}/index.md")
    found: dict[WithheldName, None] = {}
    for seed, story in stories:
        own = tuple(sorted(records.get(story.source.sha256, ())))
        for form in _list_forms(story):
            only_in = () if len(form.split()) > 1 else own
            if only_in or len(form.split()) > 1:
                found[WithheldName(name=form, seed=seed, only_in=only_in)] = None
    return tuple(found)


def find_leaks(path: str, data: bytes, names: tuple[WithheldName, ...]) -> tuple[Leak, ...]:
    """The names that stand in a file of the site or in its address, in whatever case, spelling or escape.

    Without names nothing is looked at. A file may be given in parts, as long as none ends within a name.
    """
    looked = [name for name in names if not name.only_in or path in name.only_in]
    if not looked:
        return ()
    raw = data.lower() + path.encode("utf-8", "replace").lower()
    likely = [name for name in looked if _find_probe(name.name) in raw]
    if not likely:
        return ()
    text = f"{_plain(data.decode('utf-8', 'replace'))} | {_plain(path)}"
    return tuple(Leak(seed=name.seed, path=path) for name in likely if _compile(name.name).search(text))


def describe_leaks(leaks: Iterable[Leak]) -> tuple[Diagnostic, ...]:
    """One problem for each seed file that withholds a name: where it still stands, stories first. The name is not told."""
    places: dict[str, set[str]] = {}
    for leak in leaks:
        places.setdefault(leak.seed, set()).add(leak.path)
    return tuple(
        _report(seed, sorted(found, key=lambda path: (not path.endswith(".md"), path))) for seed, found in places.items()
    )


def _list_forms(story: Story) -> Iterator[str]:
    """The names as the editor wrote them, then what else the story calls whoever bears one of them."""
    names = [" ".join(name.split()) for name in story.withhold if name.strip()]
    yield from names
    for entity in story.entities().values() if names else ():
        forms = _forms_of(entity)
        if not {fold(form) for form in forms}.isdisjoint(map(fold, names)):
            yield from (form for form in forms if len(form.split()) > 1)


def _forms_of(entity: Entity) -> tuple[str, ...]:
    return tuple(dict.fromkeys((entity.name, *entity.aliases, *(mention.text for mention in entity.mentions))))


@lru_cache(maxsize=1024)
def _find_probe(name: str) -> bytes:
    """The longest run of plain letters in a name: no escape changes it, and a file without it need not be read on."""
    runs = re.findall(r"[a-z0-9]+", name.lower())
    return max(runs, key=len, default="").encode()


@lru_cache(maxsize=1024)
def _compile(name: str) -> re.Pattern[str]:
    spellings = {_APART.join(map(re.escape, fold(name).split()))}
    spellings.add(_APART.join(make_slug(name).split("-")))
    return re.compile(rf"(?<!{_WORD})(?:{'|'.join(sorted(spellings))})(?=(?:{_ENDINGS})?(?!{_WORD}))")


def _plain(text: str) -> str:
    """What somebody reads in a file: markup, escapes and percent signs of addresses resolved, folded."""
    text = _TAG.sub(" | ", _INLINE.sub("", text)) if "<" in text else text
    if "\\" in text:
        text = _BREAK.sub(" ", _CODE.sub(lambda match: chr(int(match[1], 16)), text)).replace("\\", "")
    return fold(unquote(html.unescape(text), errors="replace"))


def _report(seed: str, paths: list[str]) -> Diagnostic:
    rest = len(paths) - _PATHS_SHOWN
    places = ", ".join(paths[:_PATHS_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
    return Diagnostic(
        path=seed,
        message=f"a name that is withheld here would still be published, in {places}.",
        hint="Give no address (slug, id, redirect_from) or template that has it.",
    )
