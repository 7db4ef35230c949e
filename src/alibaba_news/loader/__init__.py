"""Files of a seeds folder in, stories out: line roles, dates, names, quotes, events and figures with their evidence."""

from alibaba_news.loader.authority import read_authorities
from alibaba_news.loader.seeds import list_sources
from alibaba_news.loader.sources import Source, join_readings, read_source, read_sources
from alibaba_news.loader.story import read_story

__all__ = ["Source", "join_readings", "list_sources", "read_authorities", "read_source", "read_sources", "read_story"]
