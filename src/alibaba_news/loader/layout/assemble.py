"""Roles of lines -> the Layout: paragraphs put together, captions told apart, dates, outlet and staff gathered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from alibaba_news.loader.layout import body, head, tail
from alibaba_news.loader.layout.body import Cut, cut_paragraph, ends_in_pointer
from alibaba_news.loader.layout.captions import read_credit, split_closing, split_credit, strip_brackets
from alibaba_news.loader.layout.dateline import Dateline, is_whole_dateline, read_dateline, title_case
from alibaba_news.loader.layout.lines import RawLine, starts_lower
from alibaba_news.loader.layout.page import Page
from alibaba_news.loader.layout.parts import Layout, Line, PageDate
from alibaba_news.loader.layout.staff import unite_names
from alibaba_news.loader.layout.tables import DOMAIN, find_outlet, name_outlet, print_outlet, starts, words
from alibaba_news.model import Caption
from alibaba_news.text import fold

_COPYRIGHT = re.compile(r"^(?:copyright|hak cipta|©|\(c\)|\s|@|&copy;|\d{4}|-|–|,|by|oleh|pt\.?)+", re.IGNORECASE)
_PARTS = re.compile(r"[,.–|(]|\s-\s|\d{4}|\sAll\s")
_NOTICE = 200  # characters of a copyright notice that are read
_MASTHEAD = 30  # lines at a page's top that may show its name
_LEADS = 3  # paragraphs at the story's beginning that may carry the dateline
_LINK = 4  # words of a link that a scraper put on a line of its own
_COLUMN = 130  # characters of the widest column that text is broken to


class Piece(Struct, frozen=True, kw_only=True):
    """A paragraph and the lines it is made of."""

    lines: tuple[int, ...]
    cut: Cut


def assign_roles(page: Page) -> list[tuple[str, str]]:
    """(role, rule) of every line: the rules of its zone in order."""
    found = []
    for at in range(len(page.lines)):
        rules = head.RULES if at < page.start else body.RULES if at < page.end else tail.RULES
        found.append(next((role, name) for name, rule in rules if (role := rule(page, at)) is not None))
    return found


def build_layout(page: Page) -> Layout:
    """Everything the page says, gathered."""
    roles = assign_roles(page)
    body_lines = [at for at, (role, _) in enumerate(roles) if role == "body"]
    # Captions stay apart, however they end.
    groups = [[at] for at in body_lines] if page.pictures_only else _join_lines(page.lines, body_lines)
    pieces = _cut_pieces(page, groups)
    for piece in pieces:
        _mark_cuts(page, roles, piece)
    datelines = [p.cut.dateline for p in pieces if p.cut.dateline is not None]
    datelines += [found for at, (role, _) in enumerate(roles) if role == "dateline" and (found := _read_own_dateline(page, at))]
    place = next((d.place for d in datelines if d.place), None)
    return Layout(
        lines=tuple(
            Line(number=line.number, text=line.raw, role=role, rule=rule)
            for line, (role, rule) in zip(page.lines, roles, strict=True)
        ),
        title=page.lines[page.title].text if page.title is not None else None,
        paragraphs=tuple(p.cut.text for p in pieces if p.cut.text),
        captions=_collect_captions(page, roles),
        page_dates=_collect_dates(page, roles),
        outlet=_find_page_outlet(page, [d.outlet for d in datelines if d.outlet]),
        dateline=title_case(place) if place else None,
        authors=_gather_names(page.staff.authors, pieces, "author"),
        editors=_gather_names(page.staff.editors, pieces, "editor"),
    )


def _gather_names(named: Sequence[str], pieces: Sequence[Piece], kind: str) -> tuple[str, ...]:
    """The staff named around the story and on its last line, each once."""
    cut = [name for piece in pieces for credit in piece.cut.credits if credit.kind == kind for name in credit.names]
    return unite_names([*named, *cut])


def _read_own_dateline(page: Page, at: int) -> Dateline | None:
    """The dateline a line begins with, also where nothing follows it on that line."""
    text = page.lines[at].text
    return read_dateline(f"{text} - A" if is_whole_dateline(text, page.world) else f"{text} A", page.world)


def _join_lines(lines: Sequence[RawLine], body_lines: Sequence[int]) -> list[list[int]]:
    """Lines of the story grouped into paragraphs: usually one each, but hard-wrapped text and lines that a scraper broke
    at links go together again."""
    groups: list[list[int]] = []
    wrapped = _is_wrapped(lines, body_lines)
    for n, at in enumerate(body_lines):
        before = groups[-1][-1] if groups else None
        following = body_lines[n + 1] if n + 1 < len(body_lines) else None
        adjacent = before is not None and before == at - 1 and not lines[at].gap
        if adjacent and (wrapped or _belongs(lines, groups[-1], at, following)):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _belongs(lines: Sequence[RawLine], group: Sequence[int], at: int, following: int | None) -> bool:
    """Whether a line carries on the one above it, which broke off: at a small word, or around the words of a link."""
    before, line = lines[group[-1]], lines[at]
    if before.ends or before.text[-1] in ":;" or ends_in_pointer(before.text):  # headlines end without a stop
        return False
    if starts_lower(line.text) and not re.match(r"[a-z][.)]\s", line.text):
        return True
    if fold(before.text.rsplit(" ", 1)[-1]) in words("carries_on"):
        return True
    after_link = len(group) > 1 and before.count <= _LINK
    link = line.count <= _LINK and not line.ends and following == at + 1 and not lines[following].gap
    return after_link or (link and before.count > _LINK and starts_lower(before.text.rsplit(" ", 1)[-1]))


def _is_wrapped(lines: Sequence[RawLine], body_lines: Sequence[int]) -> bool:
    """Most lines stop in mid-sentence, all at about one width: the text was broken to fit a column."""
    inner = [at for at, following in pairwise(body_lines) if following == at + 1 and not lines[following].gap]
    if len(inner) < 2:
        return False
    unclosed = sum(not lines[at].ends for at in inner)
    widths = [len(lines[at].text) for at in inner]
    return unclosed > 0.6 * len(inner) and max(widths) <= _COLUMN and min(widths) >= 0.5 * max(widths)


def _cut_pieces(page: Page, groups: Sequence[Sequence[int]]) -> list[Piece]:
    pieces: list[Piece] = []
    dated = False
    for n, group in enumerate(groups):
        text = " ".join(page.lines[at].text for at in group)
        cut = cut_paragraph(page, text, leading=n < _LEADS and not dated, last=n == len(groups) - 1)
        dated = dated or cut.dateline is not None
        pieces.append(Piece(lines=tuple(group), cut=cut))
    return pieces


def _mark_cuts(page: Page, roles: list[tuple[str, str]], piece: Piece) -> None:
    """Say on the lines themselves what was cut out of them: "dateline+body", "body+endmark"."""
    first, last = piece.lines[0], piece.lines[-1]
    if piece.cut.before:
        kept = "+body" if piece.cut.text or first != last else ""
        roles[first] = (piece.cut.before + kept, "dateline")
    for at in piece.lines[:-1] if "read_also" in piece.cut.after else ():
        if page.lines[at].text not in piece.cut.text and roles[at][0] == "body":
            roles[at] = ("body+read_also", "cut_read_also")
    if piece.cut.after:
        roles[last] = ("+".join([roles[last][0], *piece.cut.after]), "cut_" + "_".join(piece.cut.after))


def _collect_captions(page: Page, roles: Sequence[tuple[str, str]]) -> tuple[Caption, ...]:
    """Each caption once, however often the page prints it; the print that has a credit wins. A source on a line of its own
    is the credit of the caption above it, else of the one below."""
    rows: list[Caption] = []
    source, last = None, -2
    for at, (line, (role, _)) in enumerate(zip(page.lines, roles, strict=True)):
        if role != "caption":
            continue
        beside, last = last == at - 1, at
        credit = read_credit(line.text)
        if credit and beside and rows and rows[-1].credit is None:
            rows[-1] = Caption(text=rows[-1].text, credit=credit)
        elif credit:
            source = credit
        else:
            caption = _read_caption(line)
            rows.append(Caption(text=caption.text, credit=caption.credit or (source if beside else None)))
            source = None
    return _unite_captions(rows)


def _read_caption(line: RawLine) -> Caption:
    lead = next((lead for lead in starts("caption_starts") if line.text.casefold().startswith(lead)), "")
    text = line.text[len(lead) :].strip()
    closing = split_closing(text) if line.closed else None
    return split_credit(text) or closing or Caption(text=strip_brackets(text))


def _unite_captions(rows: Sequence[Caption]) -> tuple[Caption, ...]:
    found: dict[str, Caption] = {}
    for caption in rows:
        known = found.get(fold(caption.text))
        if known is None or (known.credit is None and caption.credit):
            found[fold(caption.text)] = caption
    return tuple(found.values())


def _collect_dates(page: Page, roles: Sequence[tuple[str, str]]) -> tuple[PageDate, ...]:
    """Dates printed with the story. One above the headline is the story's own only with a time of day right beside the
    headline, for mastheads print the day alone. Dates in lists of other stories are not among them."""
    found = []
    for at, (role, _) in enumerate(roles):
        byline = page.kinds[at].byline
        if "date" not in role.split("+") or byline is None or at in page.listed:
            continue
        below = page.title is not None and at > page.title
        beside = page.title is not None and at == page.title - 1 and byline.clock
        place = "byline" if below or beside or byline.authors or at >= page.end else "head"
        found += [PageDate(text=text, line=page.lines[at].number, place=place) for text in byline.dates]
    for at in [page.start, page.start - 1]:
        if 0 <= at < len(roles) and "dateline" in roles[at][0]:
            dateline = _read_own_dateline(page, at)
            if dateline and dateline.date:
                found.append(PageDate(text=dateline.date, line=page.lines[at].number, place="byline"))
    return tuple(found)


def _find_page_outlet(page: Page, from_datelines: Sequence[str]) -> str | None:
    """The outlet as printed: in the dateline, else in the byline, else alone under the headline, else in the page's frame."""
    if from_datelines or page.staff.outlets:
        return [*from_datelines, *page.staff.outlets][0]
    noticed = _read_notice(page) or _read_masthead(page)
    if page.title is None:
        return noticed
    below = _name_lines(page.lines[page.title + 1 : page.start])
    above = _name_lines(page.lines[max(0, page.title - 3) : page.title])
    if below or not above:
        return below or noticed
    # Of two forms in the frame, the one by which the outlet is generally known.
    settled = find_outlet(above)
    return noticed if noticed and settled and fold(noticed) == fold(settled) else above


def _name_lines(lines: Sequence[RawLine]) -> str | None:
    return next((name for line in lines if line.count <= 4 and "/" not in line.text and (name := name_outlet(line.text))), None)


def _read_masthead(page: Page) -> str | None:
    """The outlet at the page's top, where no other one is named there."""
    named = [name for line in page.lines[: min(page.start, _MASTHEAD)] if line.count <= 3 and (name := print_outlet(line.text))]
    return named[0] if len({find_outlet(name) for name in named}) == 1 else None


def _read_notice(page: Page) -> str | None:
    """The outlet of the copyright notice: a known one, an address, or a name that the page's own head shows too."""
    head = {fold(line.text) for line in page.lines[: min(page.start, _MASTHEAD)] if line.count <= 4}
    for at in range(page.end, len(page.lines) if page.end else 0):
        if page.kinds[at].name != "close":
            continue
        rest = _COPYRIGHT.sub("", page.lines[at].text[:_NOTICE])
        address = DOMAIN.search(rest)
        parts = [part.strip() for part in _PARTS.split(rest)]
        known = next((name for part in parts if (name := print_outlet(part))), None)
        found = address.group() if address else known
        shown = next((part for part in parts if part and fold(part) in head), None)
        if found or shown:
            return found or shown
    return None
