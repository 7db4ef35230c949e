"""Keys of the record in front matter, in ``NAME.yaml`` or in a line of ``.jsonl`` -> a checked part of Given.

Each file is checked by itself, and every fault of it is named with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from alibaba_news.date_fields import read_moment, read_spans
from alibaba_news.diagnostics import Diagnostic, suggest_key
from alibaba_news.fields import (
    Faults,
    Reader,
    read_count,
    read_line,
    read_lines,
    read_text,
    read_texts,
    read_url,
    shorten,
)
from alibaba_news.loader import given_rows as rows
from alibaba_news.loader.given import Given, GivenPart
from alibaba_news.loader.given_places import list_placed, list_references
from alibaba_news.model import ENTITY_KINDS
from alibaba_news.record import SCHEMA_VERSION
from alibaba_news.text import SLUG_LIMIT, add_suffix, is_slug, make_slug
from alibaba_news.yaml_reader import Node, YamlList, YamlMap, YamlText

_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
_UNSAFE_PATH = re.compile(
    r'[<>:"|?*#\\\x00-\x1f]|(?:^|/)\.{1,2}(?:/|$)|//'
    r"|(?:^|/)(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:[./]|$)",  # names that Windows keeps for devices
    re.IGNORECASE,
)


def _read_slug(node: Node, label: str, faults: Faults) -> str | None:
    text = read_line(node, label, faults)
    if text is not None and is_slug(text) and len(text) > SLUG_LIMIT:
        # Other generators set no limit, and an archive that comes from one keeps its names as far as they fit.
        kept = add_suffix(text, text)
        faults.warn(node.line, f"{label}: longer than {SLUG_LIMIT} characters; the address is {kept}.", "Write a shorter one.")
        return kept
    if text is not None and make_slug(text) != text:
        hint = f"Use lower-case letters, digits and single hyphens, at most {SLUG_LIMIT}, such as {make_slug(text)}."
        faults.add(node.line, f"{label}: '{shorten(text)}' cannot be part of an address.", hint)
        return None
    return text


def _read_lang(node: Node, label: str, faults: Faults) -> str | None:
    text = read_line(node, label, faults)
    if text is not None and not _LANG.fullmatch(text):
        faults.add(node.line, f"{label}: '{shorten(text)}' is not a language tag.", "Write it as in BCP 47: id, en, en-GB.")
        return None
    return text


def _read_schema(node: Node, label: str, faults: Faults) -> int | None:
    version = read_count(node, label, faults)
    if version is not None and version != SCHEMA_VERSION:
        hint = f"This program writes and reads version {SCHEMA_VERSION}."
        faults.add(node.line, f"{label}: version {version} is not known.", hint)
        return None
    return version


def _read_old_path(node: Node, label: str, faults: Faults) -> str | None:
    text = read_line(node, label, faults)
    if text is not None and (_UNSAFE_PATH.search(text) or not text.strip("/") or not text.isprintable()):
        hint = "Write the part of the old address behind the host, such as /2018/10/jack-ma/."
        faults.add(node.line, f"{label}: '{shorten(text)}' is not a path within this site.", hint)
        return None
    return text


def _read_body(node: Node, label: str, faults: Faults) -> tuple[str, ...]:
    return tuple(paragraph for paragraph in read_texts(node, label, faults) if paragraph.strip())


_READERS: dict[str, Reader] = {
    "title": read_line,
    "title_origin": rows.read_origin,
    "slug": _read_slug,
    "lang": _read_lang,
    "description": read_text,
    "date": read_moment,
    "date_origin": rows.read_origin,
    "date_evidence": read_text,
    "date_latest": read_moment,
    "date_candidates": read_spans,
    "retrieved": read_moment,
    "url": read_url,
    "outlet": read_line,
    "dateline": read_line,
    "authors": read_lines,
    "editors": read_lines,
    **dict.fromkeys(ENTITY_KINDS, rows.read_entities),
    "events": rows.read_events,
    "dates": rows.read_dates,
    "quotes": rows.read_quotes,
    "figures": rows.read_figures,
    "captions": rows.read_captions,
    "source": rows.read_source_file,
    "corrections": rows.read_corrections,
    "replies": rows.read_replies,
    "withdrawn": rows.read_withdrawal,
    "withhold": read_lines,
    "redirect_from": partial(read_texts, read=_read_old_path),
    "schema": _read_schema,
}
RECORD_KEYS: tuple[str, ...] = tuple(_READERS)
_OTHER_NAMES = {"summary": "description"}  # as Pelican, Hugo and Jekyll write it
# A story always has these: null is the same as not given.
_NEVER_NULL = {"title", "title_origin", "slug", "lang", "description", "date_origin", "date_evidence", "source", "schema"}


def read_given(tree: YamlMap | None, path: str, with_body: bool = False) -> tuple[GivenPart, tuple[Diagnostic, ...]]:
    """Check the keys of one file. ``with_body`` lets ``body`` stand there too. Gives what is right and every fault."""
    if tree is None:
        return GivenPart(), ()
    faults = Faults(path)
    readers = _READERS | {"body": _read_body} if with_body else _READERS
    values: dict[str, Any] = {}
    for row in tree.rows:
        key = _name_key(row.key, row.value)
        if key != row.key and tree.get(key) is not None:
            continue  # the record's own key stands there as well
        if key not in readers:
            known = [*readers, *_OTHER_NAMES, *(["text"] if with_body else [])]
            faults.add(row.line, *_explain_unknown(row.key, known))
            continue
        if key in _NEVER_NULL and isinstance(row.value, YamlText) and row.value.text is None:
            continue
        values[key] = readers[key](row.value, row.key, faults)
    located = frozenset(kind for kind in ENTITY_KINDS if kind in values and _all_located(tree.get(kind)))
    slug = tree.get("slug")
    given = Given(
        **values,
        keys=frozenset(values),
        located=located,
        placed=tuple(list_placed(tree, path)),
        slug_at=(path, slug.line) if slug is not None and values.get("slug") else None,
    )
    _check_latest(tree, values, faults)
    return GivenPart(given=given, references=tuple(list_references(tree, path))), tuple(faults.found)


def _check_latest(tree: YamlMap, values: Mapping[str, Any], faults: Faults) -> None:
    first, last, node = values.get("date"), values.get("date_latest"), tree.get("date_latest")
    if first and last and node and last[:10] < first[:10][: len(last[:10])]:
        faults.add(node.line, f"date_latest: {last} is before date, {first}.", "Put the two in order.")


def _name_key(key: str, value: Node) -> str:
    if key == "source" and isinstance(value, YamlText):
        return "outlet"
    return _OTHER_NAMES.get(key, key)


def _explain_unknown(key: str, known: Iterable[str]) -> tuple[str, str]:
    if key in ("body", "text"):
        return f"{key}: cannot be given here.", "The article's text is the file itself; only a line of .jsonl carries it."
    return f"{shorten(key)}: unknown key.", suggest_key(key[:80], known)


def _all_located(node: Node | None) -> bool:
    items = node.items if isinstance(node, YamlList) else ()
    return all(isinstance(item, YamlMap) and item.get("mentions") is not None for item in items)
