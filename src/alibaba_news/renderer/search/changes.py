"""What some documents of a block said before and say now (``analyse``) -> which of its shards change, and to what.

The files of all other shards stand as they are. What comes out is what ``merge_block`` would give for the whole block.
"""

from __future__ import annotations

from collections.abc import Mapping

from alibaba_news.renderer.search.codes import ALPHABET, decode, encode_one
from alibaba_news.renderer.search.layout import find_shard

# Of each word that changes in a shard: the documents' new postings by number, None where one holds it no more.
Changes = dict[str, dict[int, str | None]]

_VALUES = {letter: code for code, letter in enumerate(ALPHABET[:32])}  # the letters that are a number of their own


def find_changes(before: Mapping[int, bytes], after: Mapping[int, bytes], bounds: tuple[str, ...]) -> dict[int, Changes]:
    """The changes of each shard that changes, from what documents said, by their number in the block."""
    found: Changes = {}
    for number in sorted(before.keys() | after.keys()):
        old, new = _read_terms(before.get(number, b"")), _read_terms(after.get(number, b""))
        for key in old.keys() - new.keys():
            found.setdefault(key, {})[number] = None
        for key, row in new.items():
            if old.get(key) != row:
                found.setdefault(key, {})[number] = row
    shards: dict[int, Changes] = {}
    for key, rows in found.items():
        shards.setdefault(find_shard(bounds, key.partition(" ")[0]), {})[key] = rows
    return shards


def _read_terms(content: bytes) -> dict[str, str]:
    keys, _, rows = content.decode().partition("\n\n")
    return dict(zip(keys.split("\n"), rows.split("\n"), strict=True)) if keys else {}


def change_shard(text: str, changes: Changes) -> str:
    """The text of a shard with the changes made."""
    rows = dict(row.rsplit(" ", 1) for row in text.split(";")[1:])
    count = len(rows)
    for key, changed in changes.items():
        postings = change_postings(rows.get(key, ""), changed)
        if postings:
            rows[key] = postings
        elif rows.pop(key, None) is not None:
            count -= 1
    order = sorted(rows) if len(rows) > count else rows  # new words stand at the end
    return "".join([f";{key} {rows[key]}" for key in order])


def change_postings(text: str, changes: Mapping[int, str | None]) -> str:
    """The postings of a word with some documents' put in, replaced or taken out."""
    parts: list[str] = []
    at = held = step = 0  # how far it is read, which document that was, and how far the next one is
    copied = held_there = 0  # how far it is written, and which document stood there
    last = 0  # the last document written
    size, find = len(text), _VALUES.get
    for number, row in sorted(changes.items()):
        end = body = at
        while at < size:  # many thousand postings: numbers of one letter, as most are, are read at once
            one = find(text[at])
            step, body = _read_number(text, at) if one is None else (one, at + 1)
            # A posting: its weight, which is a letter, the length of its places, the places.
            one = find(text[body + 1])
            length, start = _read_number(text, body + 1) if one is None else (one, body + 2)
            end = start + length
            if held + step >= number:
                break
            held, at = held + step, end
        if at > copied:
            parts.append(_move(text, copied, at, held_there - last))
            last = held
        if at < size and held + step == number:
            held, at = number, end
        copied, held_there = at, held
        if row is not None:
            parts.append(encode_one(number - last).decode() + row)
            last = number
    if copied < size:
        parts.append(_move(text, copied, size, held_there - last))
    return "".join(parts)


def _move(text: str, start: int, end: int, more: int) -> str:
    """Postings of which the first is so many documents further from what is written before it."""
    if not more:
        return text[start:end]
    step, body = _read_number(text, start)
    return encode_one(step + more).decode() + text[body:end]


def _read_number(text: str, at: int) -> tuple[int, int]:
    """The number that begins there, and where the next one does."""
    value = _VALUES.get(text[at])
    if value is not None:
        return value, at + 1
    end = at + 1
    while text[end] not in _VALUES:
        end += 1
    return decode(text[at : end + 1])[0], end + 1
