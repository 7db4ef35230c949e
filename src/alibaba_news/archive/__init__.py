"""Stories in, Archive out: who is who, which event is which, what links to what.

``resolve``, which does all that, has to be imported from its module: what follows a few edits does without.
"""

from alibaba_news.archive.copies import compare_prints, follow_copies
from alibaba_news.archive.differences import describe_copies
from alibaba_news.archive.graft import graft_story
from alibaba_news.archive.shingles import SAMPLE_END, Fingerprint, take_fingerprint

__all__ = [
    "SAMPLE_END",
    "Fingerprint",
    "compare_prints",
    "describe_copies",
    "follow_copies",
    "graft_story",
    "take_fingerprint",
]
