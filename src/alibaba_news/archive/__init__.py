"""Stories in, Archive out: who is who, which event is which, what links to what."""

from alibaba_news.archive.copies import stays_alone
from alibaba_news.archive.graft import graft_story
from alibaba_news.archive.resolve import Resolution, resolve
from alibaba_news.archive.shingles import Fingerprint, take_fingerprint

__all__ = ["Fingerprint", "Resolution", "graft_story", "resolve", "stays_alone", "take_fingerprint"]
