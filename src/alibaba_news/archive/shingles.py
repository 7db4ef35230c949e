"""A story's text as overlapping runs of words, and the sample of them that stands for it in a large archive.

Two texts are compared by the runs ("shingles") that both hold (Broder, "On the resemblance and containment of documents",
1997). Typography, case and the breaks between paragraphs do not count: papers change them in what they reprint.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from hashlib import blake2b
from typing import SupportsBytes
from zlib import crc32

from alibaba_news.model import Story
from alibaba_news.values import Record

# Five words: long enough that two reports rarely share a run by chance, short enough that one changed word leaves most of
# a paragraph standing.
RUN = 5
# Runs with a number below this are in the sample, one in four: a text of 400 words has about 100.
SAMPLE_END = 2**32 // 4

_WORD = re.compile(r"\w+")
_TYPOGRAPHY = "“”‘’–—…"  # what most texts hold beside ASCII, and replaced without a look at every character
_FOREIGN_SIGNS = re.compile(r"[^\w\x00-\x7f]+")
_ASCII_SIGNS_TO_BLANKS = bytes(code if code > 0x7F or chr(code).isalnum() or chr(code) == "_" else 0x20 for code in range(256))


def read_words(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def read_body(story: Story) -> list[str]:
    """The words of a story's body in one run, wherever its paragraphs end."""
    return read_words("\n".join(story.body))


def make_runs(words: Sequence[str]) -> list[str]:
    """Every run of five words, in order; none where there are fewer."""
    return [" ".join(run) for run in zip(*(words[i:] for i in range(RUN)), strict=False)]


class Fingerprint(Record, frozen=True):
    """A text as it is compared: ``words`` is equal where all words are, ``runs`` has each run's number once, ascending."""

    words: bytes
    runs: SupportsBytes

    def numbers(self) -> memoryview[int]:
        """The runs of five words as numbers."""
        return memoryview(bytes(self.runs)).cast("I")

    def sample(self) -> array[int]:
        """The runs in the sample, one in four.

        Whether a run is in it depends on its own words only (as in Manber 1994 and Broder 1997), so that the share
        of a sample that stands in another estimates the share of the text, for a shortened copy as well.
        """
        runs = array("I")
        runs.frombytes(bytes(self.runs))
        return runs[: bisect_left(runs, SAMPLE_END)]


def take_fingerprint(body: Sequence[str]) -> Fingerprint | None:
    """The fingerprint of a story's paragraphs, None where they hold no word."""
    if not (words := _split_bytes(body)):
        return None
    runs = map(crc32, map(b" ".join, zip(*(words[i:] for i in range(RUN)), strict=False)))
    return Fingerprint(blake2b(b" ".join(words), digest_size=16).digest(), array("I", sorted(set(runs))).tobytes())


def _split_bytes(body: Sequence[str]) -> list[bytes]:
    """As ``read_body``, each word encoded: an archive asks this of every story, and bytes are split several times faster."""
    text = "\n".join(body)
    if not text.isascii():
        for sign in _TYPOGRAPHY:  # first: most texts are ASCII without them, which is folded at a fraction of the cost
            text = text.replace(sign, " ")
    text = unicodedata.normalize("NFC", text).casefold()
    if not text.isascii():
        text = _FOREIGN_SIGNS.sub(" ", text)
    return text.encode("utf-8", "surrogatepass").translate(_ASCII_SIGNS_TO_BLANKS).split()
