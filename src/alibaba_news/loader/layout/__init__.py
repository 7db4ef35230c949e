"""Text of a page -> Layout: what each line is, and the story's parts without the furniture around them.

Lines get a kind of their own (kinds), the kinds show where the story stands (region), then the rules of the line's zone
(head, body, tail) give it a role; assemble gathers the parts. Each stage looks at every line a fixed number of times.
"""

from __future__ import annotations

from alibaba_news.loader.layout.parts import Layout, Line, PageDate
from alibaba_news.world import World

__all__ = ["Layout", "Line", "PageDate", "read_layout"]


def read_layout(text: str, world: World) -> Layout:
    """Give every non-blank line its role and collect the parts.

    Never raises, takes time linear in the text; a page with no story has no paragraphs.
    """
    from alibaba_news.loader.layout.assemble import build_layout
    from alibaba_news.loader.layout.page import read_page

    return build_layout(read_page(text, world))
