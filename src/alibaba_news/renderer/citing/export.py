"""Every story of the archive as references in one file of each format, written story after story."""

from __future__ import annotations

import json
from collections.abc import Iterator

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


def write_citations(desk: Desk, ending: str) -> Iterator[bytes]:
    """The file ``data/citations.ENDING``, a story a part; the parts joined are the file."""
    stories = desk.index.archive.stories
    if ending == "json":
        yield b"["
    for number, story in enumerate(stories):
        text = write_format(desk, cite(desk, story), ending)
        if ending == "json":
            text = (",\n" if number else "\n") + text.rstrip("\n")
        elif number:
            text = ("\r\n" if ending == "ris" else "\n") + text
        yield text.encode("utf-8", "replace")
    if ending == "json":
        yield b"\n]\n"
