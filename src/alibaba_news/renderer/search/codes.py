"""Numbers as letters: small ones in one, and none needs a sign behind it to be told from the next.

Each letter holds five bits, the highest first; the letters of ``_LAST`` end a number, those of ``_MORE`` do not.
"""

from __future__ import annotations

from operator import sub

_LAST = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_MORE = b"abcdefghijklmnopqrstuvwxyz6789-_"
ALPHABET = (_LAST + _MORE).decode()
_KEPT = 4096


def encode(number: int) -> bytes:
    """A number from 0 on: one letter below 32, two below 1024, three below 32,768."""
    letters = [_LAST[number & 31]]
    while number := number >> 5:
        letters.append(_MORE[number & 31])
    return bytes(reversed(letters))


_TABLE = tuple(map(encode, range(_KEPT)))
_look_up = _TABLE.__getitem__
_SINGLE = tuple(_TABLE[len(letters)] + letters for letters in _TABLE)


def encode_places(places: list[int]) -> bytes:
    """Growing numbers, led by how many letters they take: the first as it is, the others as steps from the one before."""
    steps = map(sub, places[1:], places)
    letters = encode_one(places[0]) + b"".join(map(encode_one if places[-1] >= _KEPT else _look_up, steps))
    return encode_one(len(letters)) + letters


def encode_place(place: int) -> bytes:
    """``encode_places`` of one."""
    return _SINGLE[place] if place < _KEPT else encode_places([place])


def encode_one(number: int) -> bytes:
    """``encode``, looked up where the number is small."""
    return _TABLE[number] if number < _KEPT else encode(number)


def decode(letters: str) -> list[int]:
    """The numbers of a text of them."""
    numbers, value = [], 0
    for letter in letters:
        code = ALPHABET.index(letter)
        value = value << 5 | code & 31
        if code < 32:
            numbers.append(value)
            value = 0
    return numbers
