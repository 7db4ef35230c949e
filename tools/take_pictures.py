"""Pictures of every kind of page of a built site, wide and narrow, light and dark.

``python tools/take_pictures.py [SITE] [TO] [NAME...]``: of a site (site/) into a folder (docs/pictures/), all of them or only
those named, such as ``home-360-dark``. Needs playwright and a Chromium on the system; Pillow, where it is, makes
the pictures a third as large.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

try:
    from PIL import Image
except ImportError:  # the pictures are the same, only larger
    Image = None

WIDTHS = (1280, 360)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LISTS = ("stories", "people", "events", "organizations", "places", "products", "outlets")
SINGLE = ("timeline", "on-this-day", "search", "unknown", "about")
ITEMS = {
    "story": "stories",
    "person": "people",
    "organization": "organizations",
    "event": "events",
    "place": "places",
    "product": "products",
    "outlet": "outlets",
}
QUESTION = "pelatihan"  # typed on the search page


def choose_pages(site: Path) -> dict[str, Path]:
    """A page of each kind by the name of its picture; of things, the one whose page says most."""
    pages = {"home": site / "index.html", "not-found": site / "404.html"}
    pages |= {f"list-{name}": site / name / "index.html" for name in LISTS}
    pages |= {name: site / name / "index.html" for name in SINGLE}
    for name, folder in ITEMS.items():
        found = [path for path in (site / folder).glob("*/index.html") if path.parent.name != "page"]
        if found:
            pages[name] = max(sorted(found), key=lambda path: path.stat().st_size)
    return {name: path for name, path in pages.items() if path.is_file()}


def take_pictures(browser: Browser, pages: dict[str, Path], folder: Path, wanted: list[str]) -> None:
    """One full-page picture a page, width and theme, as ``NAME-WIDTH-THEME.png``; without ``wanted`` all of them."""
    for theme in THEMES:
        for width in WIDTHS:
            context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme)
            tab = context.new_page()
            for kind, path in pages.items():
                name = f"{kind}-{width}-{theme}"
                if wanted and name not in wanted:
                    continue
                tab.goto(path.resolve().as_uri() + (f"?q={QUESTION}" if kind == "search" else ""))
                if kind == "search":
                    tab.wait_for_function("document.querySelector('#count').textContent")
                tab.evaluate("document.fonts.ready")
                tab.screenshot(path=folder / f"{name}.png", full_page=True)
                shrink(folder / f"{name}.png")
            context.close()


def shrink(picture: Path) -> None:
    """The picture in 256 colours, more than ink on paper needs."""
    if Image is not None:
        with Image.open(picture) as full:
            small = full.convert("RGB").quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        small.save(picture, optimize=True)


def main() -> None:
    """Take the pictures; exit 1 where something that is needed is missing."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else "docs/pictures")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not (site / "index.html").is_file() or chromium is None:
        sys.exit(f"{site}/index.html and a Chromium are needed.")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        take_pictures(browser, choose_pages(site), folder, sys.argv[3:])
        browser.close()


if __name__ == "__main__":
    main()
