"""A cited story -> an entry for BibTeX and biblatex, in UTF-8.

Classic BibTeX reads ``year`` and ``month``, biblatex ``date`` (ISO 8601-2, where "?" marks a date that is not certain).
"""

from __future__ import annotations

import re

from alibaba_news.renderer.citing.cited import Cited, CitedDate

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LANGUAGES = {"id": "indonesian", "en": "english"}  # as babel and biblatex call them
# BibTeX counts braces even behind a backslash: a brace of the text must not stand there as one. An @ could begin an entry.
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "%&#$_"},
}
_SPECIAL = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")
_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", '"': "%22", "@": "%40"})


def write_bibtex(cited: Cited) -> str:
    """The entry, ending in a newline. A story of a named paper is an ``@article`` in it, another one is ``@misc``."""
    fields = {
        "author": " and ".join(_protect(name) for name in cited.authors),
        "title": _protect(cited.title),
        "journal": escape_latex(cited.paper or ""),
        **_write_date(cited.date),
        "url": (cited.url or cited.address or "").translate(_ADDRESS),
        "note": escape_latex("; ".join((*cited.notes, _name_archive(cited)))),
        "langid": _LANGUAGES.get(cited.lang, ""),
        "entrysubtype": "newspaper" if cited.paper else "",
    }
    rows = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items() if value)
    month = _name_month(cited.date)
    return f"@{'article' if cited.paper else 'misc'}{{{cited.key},\n{rows}{month}}}\n"


def escape_latex(text: str) -> str:
    """Text that LaTeX prints as it is."""
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], text)


def _name_archive(cited: Cited) -> str:
    """The archive, with the story's address in it where that is not told as the story's own."""
    told = cited.address and not cited.url
    return cited.archive if told else f"{cited.archive}: {cited.address or cited.identity}"


def _protect(text: str) -> str:
    """Braces around the whole: a headline keeps its capitals, a name stays one piece and in its order."""
    return f"{{{escape_latex(text)}}}" if text else ""


def _write_date(date: CitedDate | None) -> dict[str, str]:
    return {"year": f"{date.shared[0]:04}", "date": date.edtf} if date and date.shared else {}


def _name_month(date: CitedDate | None) -> str:
    """The month is one of BibTeX's own names, which stand without braces."""
    known = date.shared if date else ()
    return f"  month = {MONTHS[known[1] - 1]},\n" if len(known) > 1 else ""
