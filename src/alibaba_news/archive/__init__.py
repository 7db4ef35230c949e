"""Stories in, Archive out: who is who, which event is which, what links to what."""

from alibaba_news.archive.resolve import Resolution, resolve

__all__ = ["Resolution", "resolve"]
