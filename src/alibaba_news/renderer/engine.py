"""Jinja as the pages need it: everything escaped, a misspelt field a fault, the user's templates before the packaged ones."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from alibaba_news.renderer.assets import find_packaged
from alibaba_news.renderer.words import Words, make_sentence

_LETTER_WORD = re.compile(r"(?<![\w-])([A-Za-z]-[A-Za-z]{1,20})(?![\w-])")


def make_environment(own: Path | None, words: Words) -> Environment:
    """The environment of one site; ``t`` and ``n`` are the catalogue's, ``markdown`` shows a text of the templates folder."""
    folders = [folder for folder in (own, find_packaged("templates")) if folder is not None]
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals.update(t=words.t, n=words.n, markdown=lambda name: render_markdown(environment, name))
    environment.filters["keep"] = keep_together
    environment.filters["sentence"] = make_sentence
    return environment


def keep_together(text: str) -> Markup:
    """The text, escaped, with words like "e-commerce" kept on one line: a lone letter at a line's end reads as a mistake."""
    pieces = _LETTER_WORD.split(text)
    if len(pieces) == 1:
        return escape(text)
    keep = Markup('<span class="keep">{}</span>')
    return Markup("").join(keep.format(piece) if nth % 2 else escape(piece) for nth, piece in enumerate(pieces))


def render_markdown(environment: Environment, name: str) -> Markup:
    """A packaged (or the user's own) Markdown text as HTML; it holds no word of any story."""
    source, _, _ = environment.loader.get_source(environment, name) if environment.loader else ("", None, None)
    return Markup(markdown.markdown(source, output_format="html"))  # noqa: S704 - the site owner's own text
