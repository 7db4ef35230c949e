"""What each document of a block says of itself (``analyse``) -> the texts of the block's shards.

A shard is one line of text: ``;STEM WORD POSTINGS`` for every word, sorted, so that the forms of a stem stand together and a
reader finds them by looking for ``;STEM ``. Documents have numbers within the block (``list_numbers``); each posting is led by
the step from the document before.
"""

from __future__ import annotations

from collections.abc import Iterable

from alibaba_news.renderer.search.codes import encode_one
from alibaba_news.renderer.search.layout import find_shard


def merge_block(terms: Iterable[tuple[int, bytes]], bounds: tuple[str, ...]) -> list[str]:
    """The text of every shard of a block, from its documents by ascending number. Holds one string of bytes a word."""
    places: dict[bytes, int] = {}
    postings: list[bytearray] = []
    last: list[int] = []
    for number, content in terms:
        keys, _, rows = content.partition(b"\n\n")
        if not keys:  # nothing that is a word
            continue
        for key, row in zip(keys.split(b"\n"), rows.split(b"\n"), strict=True):
            place = places.get(key)
            if place is None:
                places[key] = len(last)
                last.append(number)
                postings.append(bytearray(encode_one(number) + row))
            else:
                held = postings[place]
                held += encode_one(number - last[place])
                held += row
                last[place] = number
    return _part({key: postings[place] for key, place in places.items()}, bounds)


def _part(postings: dict[bytes, bytearray], bounds: tuple[str, ...]) -> list[str]:
    shards: list[list[str]] = [[] for _ in bounds]
    for key in sorted(postings):
        name = key.decode()
        shards[find_shard(bounds, name.partition(" ")[0])].append(f";{name} {postings.pop(key).decode()}")
    return ["".join(rows) for rows in shards]
