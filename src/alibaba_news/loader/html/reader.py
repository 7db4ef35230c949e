"""Markup of a saved page -> SavedPage. The only door to the packages of the extra ``html``."""

from __future__ import annotations

from alibaba_news.loader.html.extractor import mark_kept
from alibaba_news.loader.html.lines import read_raw_page
from alibaba_news.loader.html.parts import SavedPage
from alibaba_news.loader.html.stated import read_stated


def read_saved_page(markup: str) -> SavedPage:
    """The visible lines of a page, which of them are its article, and what its data states. Never raises for its content."""
    raw = read_raw_page(markup)
    stated = read_stated(raw)
    return SavedPage(lines=mark_kept(markup, raw, stated.text), stated=stated)
