"""A line under a picture -> Caption with its credit split off.

Credits stand in brackets behind the words ("(ANTARA FOTO/Nama)"), behind a label ("Foto: Nama", "Sumber Photo: Nama"), in
capitals at the end ("... ANTARA FOTO/Nama"), behind a slash ("/©Situs/Nama"), or before the words ("Dok. Nama ...").
"""

from __future__ import annotations

import re

from alibaba_news.loader.layout.tables import DOMAIN, find_outlet, patterns, starts, words
from alibaba_news.model import Caption
from alibaba_news.text import fold

_LIMIT = 900  # a caption is a few sentences at most
_SIGN = re.compile(r"[:：/©(\[]")  # no credit is without one
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{2,90})[)\]]\s*\.?$")
_AGENCIES = ("ANTARA", "AFP", "REUTERS", "EPA", "AP", "XINHUA", "TEMPO")
_CAPITALS = re.compile(rf"(?<=[.!?\"”)\w])\s+((?:{'|'.join(_AGENCIES)})(?:\sFOTO|\sPHOTO)?\s?/\s?[^.!?]{{2,100}}|ANTARA FOTO)$")
_SLASH = re.compile(r"\s*/\s?(©[^/]{2,40}(?:/[^/]{2,40})?)$")
_PREFIX = re.compile(
    r"^((?:[A-Za-z][\w.]{1,20}/)?[A-Za-z0-9-]+\.(?:com|co\.id|id|co|net)(?:/[A-Z][A-Z. ]{2,40}(?=\s))?)\s?(?=[A-Z][a-z])"
)
_COPYRIGHT = re.compile(r"©\s?\d{4}\s[^\W\d_][\w. ]{2,40}$")
# Somebody's words and who said them: a paragraph of the story with its newsrooms behind it ('"...," ujar dia. (abc/kabar)').
_SAID = re.compile(r"[\"“][^\"“”]{20,}[\"”]\s*[a-z]{3,}")
_CODE = re.compile(r"/[A-Z]{1,3}-?\d{1,3}$")
_DOK = re.compile(r"^(Dok\.?\s?(?:Pribadi|Humas|Istimewa)?)\s?[:/]?\s?(?=[A-Z])")


def split_credit(text: str) -> Caption | None:
    """The caption in a line that carries a credit, or None where it carries none."""
    if len(text) > _LIMIT or not (_SIGN.search(text) or text.startswith("Dok") or text.endswith("FOTO")):
        return None
    bracketed = text[:1] == "(" and text[-1:] == ")" and text.count("(") == text.count(")")
    line = text[1:-1].strip() if bracketed and _wraps_all(text) else text
    label = patterns().photo.match(line)
    if label and label.group().strip()[-1] in ":：" and len(line) - label.end() > 30:
        line = line[label.end() :]  # "Foto: Petugas memeriksa ... (Dok. Polisi)"
    return _by_label(line) or _by_bracket(line) or _by_shape(line) or _by_source(line)


def is_credit(text: str) -> bool:
    """A credit on a line of its own: "ANTARA FOTO/Nama/foc.", "Nama Koran/Nama"."""
    source, slash, name = text.strip(" ./").partition("/")
    return bool(slash and name[:1].isupper() and not source[-1:].isspace() and len(text.split()) <= 7 and _is_source(source))


def read_credit(text: str) -> str | None:
    """What a line says that holds nothing but a credit ("Sumber gambar, Nama"), or None."""
    lead = next((lead for lead in starts("credit_starts") if text[:30].casefold().startswith(lead)), None)
    if lead is not None:
        return text[len(lead) :].strip() or None
    return text.strip(" /") if is_credit(text) else None


def _is_source(text: str) -> bool:
    return fold(text).strip() in words("photo_sources") or find_outlet(text) is not None


def _wraps_all(text: str) -> bool:
    """Whether the first bracket closes at the end, as in "(Nama (kiri) berbicara.)"."""
    depth = 0
    for at, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return at == len(text) - 1
    return False


def strip_brackets(text: str) -> str:
    """The text without the brackets that stand around the whole of it."""
    return text[1:-1].strip() if text[:1] == "(" and text[-1:] == ")" and _wraps_all(text) else text


def is_bracketed(text: str) -> bool:
    """A paragraph of five words or more that stands whole in brackets."""
    bare = text[: _LIMIT + 1].rstrip(".")
    return len(text) <= _LIMIT and bare[:1] == "(" and bare[-1:] == ")" and len(bare.split()) >= 5 and _wraps_all(bare)


def _by_label(line: str) -> Caption | None:
    """ "... (Foto: Nama)", "... Foto: Nama", "... Sumber Photo: Nama"."""
    if ":" not in line and "：" not in line and "dok" not in line.casefold():
        return None
    found = patterns().photo.finditer(line)
    marks = [m for m in found if m.group().strip()[-1] in ":：" or m.group().casefold().startswith("dok")]
    if not marks or marks[-1].start() == 0:
        return None
    mark = marks[-1]
    before = line[: mark.start()].rstrip(" ([-|/")
    credit = line[mark.end() :].strip(" .)]")
    tail_like = len(credit.split()) <= 8 and len(credit) <= 80 and credit
    return Caption(text=before, credit=credit) if tail_like and len(before.split()) >= 2 else None


def _by_bracket(line: str) -> Caption | None:
    match = _BRACKET.search(line[-100:])
    if match is None or _SAID.match(line):
        return None
    inside = match.group(1).strip()
    first, *rest = (fold(part).strip() for part in re.split(r"[/,:|]", inside, maxsplit=2))
    if _CODE.search(inside):
        return None  # "(Ant/OL-12)" closes a story
    named = _is_source(first) or DOMAIN.fullmatch(first) or first.startswith("dok")
    # "(Nama/Nama Koran)": initials are no more than a word each.
    signed = rest and (" " in first or inside.isupper()) and (_is_source(rest[0]) or DOMAIN.fullmatch(rest[0]))
    if not (named or signed):
        return None
    before = line[: len(line) - len(match.group())].rstrip()
    return Caption(text=before, credit=inside) if before else None


def _by_shape(line: str) -> Caption | None:
    tail = line[-160:]
    for pattern, signs in ((_CAPITALS, _AGENCIES), (_SLASH, "©")):
        match = pattern.search(tail) if any(sign in tail for sign in signs) else None
        if match:
            before = line[: len(line) - len(match.group())].rstrip()
            return Caption(text=before, credit=match.group(1).strip())
    for pattern in (_PREFIX, _DOK):
        match = pattern.match(line)
        if match and (pattern is _DOK or "/" in match.group(1)):
            return Caption(text=line[match.end() :].strip(), credit=match.group(1).strip())
    return None


def _by_source(line: str) -> Caption | None:
    """A known source behind the last sentence: "... di Kupang, Senin (12/4). ANTARA FOTO/Nama/foc."."""
    tail = line[-100:]
    at = max(tail.rfind(mark) for mark in (". ", ") ", "! ", "? ", ".” ", " /"))
    credit = tail[at + 1 :].strip(" ./)”-–—")
    source, slash, name = credit.partition("/")
    named = slash and name[:1].isupper() and (_is_source(source) or fold(source) in words("photo_labels"))
    if at >= 0 and named:
        return _split_at(line, len(line) - len(tail) + at + 1, credit)
    mark = max(tail.rfind("/"), tail.rfind("©"))
    credit = tail[mark:].lstrip("/")
    # "... dalam rapat/Net", "... CCTV. ©2022 Situs.com"
    if mark > 0 and (fold(credit) in words("photo_sources") or _COPYRIGHT.match(credit)):
        return _split_at(line, len(line) - len(tail) + mark, credit)
    return None


def _split_at(line: str, at: int, credit: str) -> Caption | None:
    before = line[:at].strip(" -–—/")
    return Caption(text=before, credit=credit) if len(before.split()) >= 2 else None


def split_closing(text: str) -> Caption | None:
    """The words of a caption with whatever stands in brackets behind its last sentence as its credit."""
    match = _BRACKET.search(text[-100:])
    return Caption(text=text[: len(text) - len(match.group())].rstrip(), credit=match.group(1)) if match else None
