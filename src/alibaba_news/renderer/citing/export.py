"""A story as a reference in each format, on its page and in the files that hold those of all stories."""

from __future__ import annotations

import json

from alibaba_news.model import Story
from alibaba_news.renderer.citing.bibtex import write_bibtex
from alibaba_news.renderer.citing.cited import Cited, cite
from alibaba_news.renderer.citing.csl import make_csl
from alibaba_news.renderer.citing.ris import write_ris
from alibaba_news.renderer.views.desk import Desk

EXPORTS = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}  # file ending: name of the format
_write_json = json.JSONEncoder(ensure_ascii=False).encode  # dumps would make an encoder for every value


def write_format(desk: Desk, cited: Cited, ending: str) -> str:
    """One story in one format, ending in a line end."""
    if ending == "bib":
        return write_bibtex(cited)
    if ending == "ris":
        return write_ris(cited, desk.words.t("badge.inferred"))
    rows = (f' "{key}": {_write_json(value)}' for key, value in make_csl(cited).items())
    return "{\n" + ",\n".join(rows) + "\n}\n"


def cite_story(desk: Desk, story: Story, ending: str) -> bytes:
    """What stands of a story in the file ``data/citations.ENDING``."""
    text = write_format(desk, cite(desk, story), ending)
    return (text.rstrip("\n") if ending == "json" else text).encode("utf-8", "replace")
