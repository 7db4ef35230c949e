"""Stories in, Archive out: who is who, which event is which, what links to what."""

from alibaba_news.archive.copies import compare_prints, follow_copies
from alibaba_news.archive.differences import describe_copies
from alibaba_news.archive.graft import graft_story
from alibaba_news.archive.resolve import Resolution, resolve
from alibaba_news.archive.shingles import Fingerprint, take_fingerprint

__all__ = [
    "Fingerprint",
    "Resolution",
    "compare_prints",
    "describe_copies",
    "follow_copies",
    "graft_story",
    "resolve",
    "take_fingerprint",
]
