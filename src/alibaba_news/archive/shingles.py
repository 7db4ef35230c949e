"""A story's text as overlapping runs of words, and the sample of them that stands for it in a large archive.

Two texts are compared by the runs ("shingles") that both hold (Broder, "On the resemblance and containment of documents",
1997). Typography, case and the breaks between paragraphs do not count: papers change them in what they reprint.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from zlib import crc32

from alibaba_news.model import Story

# Five words: long enough that two reports rarely share a run by chance, short enough that one changed word leaves most of
# a paragraph standing.
RUN = 5
# One run in so many is kept in the sample: a text of 400 words has about 100.
_SAMPLED = 4

_WORD = re.compile(r"\w+")


def read_words(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def read_body(story: Story) -> list[str]:
    """The words of a story's body in one run, wherever its paragraphs end."""
    return read_words("\n".join(story.body))


def make_runs(words: Sequence[str]) -> list[str]:
    """Every run of five words, in order; none where there are fewer."""
    return [" ".join(run) for run in zip(*(words[i:] for i in range(RUN)), strict=False)]


def sample_runs(runs: Iterable[str]) -> array[int]:
    """The runs in the sample as numbers, each once, in ascending order.

    Whether a run is in it depends on its own words only ("0 mod m" of Manber 1994 and Broder 1997), so that the share of
    a sample that stands in another estimates the share of the text, for a shortened copy as well.
    """
    hashes = {crc32(run.encode("utf-8", "surrogatepass")) for run in runs}
    return array("I", sorted(h // _SAMPLED for h in hashes if h % _SAMPLED == 0))


def hash_words(words: Iterable[str]) -> bytes:
    """What two stories of the same words share."""
    return blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).digest()
