"""Turns a folder of scraped Indonesian news articles into a browsable static archive."""

__version__ = "0.1.0"
