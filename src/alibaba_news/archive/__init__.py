"""Stories in, Archive out: who is who, which event is which, what links to what."""

from alibaba_news.archive.resolve import Resolution, resolve
from alibaba_news.archive.shingles import Fingerprint, take_fingerprint

__all__ = ["Fingerprint", "Resolution", "resolve", "take_fingerprint"]
