"""``site.yaml`` -> Settings: what an editor decides about the whole site. Seeds and output are the command line's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from alibaba_news.diagnostics import UsageError, sort_diagnostics
from alibaba_news.fields import Faults, Field, choose, is_web_address, read_count, read_fields, read_flag, read_line, shorten
from alibaba_news.yaml_reader import Node, YamlMap, parse_mapping

Language = Literal["id", "en"]
_TITLES: Mapping[str, str] = {"id": "Arsip Berita", "en": "News Archive"}
_LARGEST_PAGE = 10_000
_FOLDERS = ("templates", "static")


class Settings(Struct, frozen=True, kw_only=True):
    """The site's settings. ``base_url`` ends in /; ``templates`` and ``static`` are existing folders, added to the packaged
    ones; ``sqlite`` adds ``data/archive.sqlite``; ``full_text`` False means that story pages
    show excerpts only; sizes are numbers of stories."""

    title: str = _TITLES["id"]
    description: str = ""
    language: Language = "id"
    base_url: str | None = None
    full_text: bool = True
    noindex: bool = False
    templates: Path | None = None
    static: Path | None = None
    page_size: int = 100
    feed_size: int = 50
    sqlite: bool = False


def read_settings(path: Path | None) -> Settings:
    """The settings of a file, the defaults where ``path`` is None.

    Relative folders are relative to the file's folder. Raises UsageError naming every fault with file and line.
    """
    if path is None:
        return Settings()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}. Check --config.") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8 text. Save it as UTF-8.") from None
    tree, found = parse_mapping(text, str(path))
    faults = Faults(str(path))
    values = {} if tree is None else read_fields(tree, "", faults, _name_fields(path.parent)) or {}
    values = {key: value for key, value in values.items() if value is not None}
    _refuse_sizes(tree, values, faults)
    if found or faults.found:
        raise UsageError("\n".join(map(str, sort_diagnostics((*found, *faults.found)))))
    values.setdefault("title", _TITLES[values.get("language", "id")])
    return Settings(**values)


def list_folders(path: Path) -> tuple[Path, ...]:
    """The folders that a settings file names, whether or not they are there, and whatever else is wrong with it."""
    try:
        tree, _ = parse_mapping(path.read_bytes().decode("utf-8-sig"), str(path))
    except (OSError, UnicodeDecodeError):
        return ()
    nodes = (tree.get(key) for key in _FOLDERS) if tree else ()
    names = (read_line(node, "", Faults("")) for node in nodes if node is not None)
    return tuple(path.parent / name for name in names if name is not None)


def read_base_url(text: str) -> str:
    """The address a site is served under, ending in / (for ``--base-url`` as well). Raises UsageError where it is none."""
    if fault := _find_base_fault(text):
        raise UsageError(f"base_url: {fault}")
    return text.rstrip("/") + "/"


def _find_base_fault(text: str) -> str | None:
    if not is_web_address(text):
        return f"'{shorten(text)}' is not an http or https address. Write it whole, as https://example.org/archive/."
    if "?" in text or "#" in text:
        return f"'{shorten(text)}' has a ? or # in it. Write the address of the site's folder, as https://example.org/archive/."
    return None


def _read_base(node: Node, label: str, faults: Faults) -> str | None:
    text = read_line(node, label, faults)
    if text is None:
        return None
    if fault := _find_base_fault(text):
        faults.add(node.line, f"{label}: {fault}")
        return None
    return read_base_url(text)


def _name_fields(home: Path) -> dict[str, Field]:
    def read_folder(node: Node, label: str, faults: Faults) -> Path | None:
        text = read_line(node, label, faults)
        if text is None:
            return None
        folder = home / text
        if not _is_folder(folder):
            faults.add(node.line, f"{label}: there is no folder {folder}.", "Paths are relative to this file's folder.")
        return folder

    return {
        "title": Field(read_line),
        "description": Field(read_line),
        "language": Field(choose("id", "en")),
        "base_url": Field(_read_base),
        "full_text": Field(read_flag),
        "noindex": Field(read_flag),
        **dict.fromkeys(_FOLDERS, Field(read_folder)),
        "page_size": Field(read_count),
        "feed_size": Field(read_count),
        "sqlite": Field(read_flag),
    }


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long, or one no file system takes
        return False


def _refuse_sizes(tree: YamlMap | None, values: Mapping[str, Any], faults: Faults) -> None:
    for key in ("page_size", "feed_size"):
        if key in values and not 1 <= values[key] <= _LARGEST_PAGE:
            line = next((row.line for row in tree.rows if row.key == key), None) if tree else None
            message = f"{key}: must be between 1 and {_LARGEST_PAGE}, not {values[key]}."
            faults.add(line, message, "Leave it out for the default.")
