"""axe-core in a page: one injection, then one run for every theme and width that the page is shown in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# What axe looks for in each theme: the second differs from the first in colours alone.
_RULES = {"light": None, "dark": ["color-contrast", "link-in-text-block"]}
# A colour on its way from one theme to the other is nobody's.
_SETTLE = """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync("* { transition: none !important }");
  document.adoptedStyleSheets = [sheet] }"""
# Of what axe finds only the faults and what it leaves undecided come out of the page: the rest is long, and passed.
_RUN = """rules => axe.run({resultTypes: ["violations", "incomplete"], ...(rules && {runOnly: rules})}).then(
  found => ["violations", "incomplete"].flatMap(kind => found[kind].flatMap(
    rule => rule.nodes.map(node => `${kind}: ${rule.id}: ${node.html.slice(0, 200)}`))))"""


def find_faults(tab: Page, widths: Iterable[int]) -> Iterator[str]:
    """What axe complains of or cannot decide on the page that is open, in every theme and width."""
    tab.evaluate(_SETTLE)
    tab.evaluate(AXE_SCRIPT)
    for width in widths:
        tab.set_viewport_size({"width": width, "height": 800})
        for theme, rules in _RULES.items():
            tab.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            yield from (f"{theme}, {width}: {fault}" for fault in tab.evaluate(_RUN, rules))
