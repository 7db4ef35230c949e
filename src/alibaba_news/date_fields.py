"""Dates an editor wrote (a YAML tree) -> ISO 8601 text cut to what is known, or a fault that says how to write it."""

from __future__ import annotations

import datetime
import re

from alibaba_news.fields import Faults, read_line, read_texts, shorten
from alibaba_news.yaml_reader import Node

_DATE_HINT = "Write it as YYYY-MM-DD, YYYY-MM or YYYY."
_MOMENT_HINT = "Write it as YYYY-MM-DD, YYYY-MM or YYYY, with a time as YYYY-MM-DDTHH:MM+07:00."
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?) ?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)


def find_date_fault(text: str) -> str | None:
    """What is wrong with a date (``2018``, ``2018-10``, ``2018-10-13``) in words, None where it exists."""
    match = _DATE.fullmatch(text)
    if match is None:
        return f"'{shorten(text)}' is not a date in the form this program reads."
    try:
        datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return f"{text} does not exist."
    return None


def read_date(node: Node, label: str, faults: Faults) -> str | None:
    """A date cut to what is known: YYYY-MM-DD, YYYY-MM or YYYY."""
    text = read_line(node, label, faults)
    fault = None if text is None else find_date_fault(text)
    if fault:
        faults.add(node.line, f"{label}: {fault}", _DATE_HINT)
        return None
    return text


def read_moment(node: Node, label: str, faults: Faults) -> str | None:
    """A date, or a date with a time (``2016-09-09T10:46+07:00``; a space for the T and +0700 are read as well)."""
    text = read_line(node, label, faults)
    match = _MOMENT.fullmatch(text) if text else None
    if text is None or match is None:
        fault = find_date_fault(text) if text is not None else None
    else:
        zone = match[3] or ""
        zone = f"{zone[:3]}:{zone[3:]}" if len(zone) == 5 else zone
        text = f"{match[1]}T{match[2]}{zone}"
        fault = find_date_fault(match[1]) or _find_time_fault(text)
    if fault:
        faults.add(node.line, f"{label}: {fault}", _MOMENT_HINT)
        return None
    return text


def _find_time_fault(moment: str) -> str | None:
    try:
        datetime.datetime.fromisoformat(moment)
    except ValueError:
        return f"the time of {moment} does not exist."
    return None


def read_span(node: Node, label: str, faults: Faults) -> str | None:
    """A day or other date, or a range of two with a slash between (``2016-11-26/2016-11-27``)."""
    text = read_line(node, label, faults)
    ends = text.split("/", 1) if text else []
    fault = next(filter(None, map(find_date_fault, ends)), None)
    if not fault and ends and ends[-1] < ends[0][: len(ends[-1])]:
        fault = f"{ends[-1]} is before {ends[0]}."
    if fault:
        faults.add(node.line, f"{label}: {fault}", f"{_DATE_HINT} A range has a slash between its days.")
        return None
    return text


def read_spans(node: Node, label: str, faults: Faults) -> tuple[str, ...]:
    """A list of dates or ranges."""
    return read_texts(node, label, faults, read_span)
