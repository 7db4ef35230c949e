"""One stretch of a story's text that may be a name, as every step behind the cutting passes it on."""

from __future__ import annotations

from msgspec import Struct

from alibaba_news.loader.names.runs import Segment
from alibaba_news.model import Place


class Found(Struct, frozen=True, gc=False):
    """One segment in its place, with the text between its tokens' ends."""

    place: Place
    segment: Segment
    text: str
    form: tuple[str, ...]
