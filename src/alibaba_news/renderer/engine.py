"""Jinja as the pages need it: everything escaped, a misspelt field a fault, the user's templates before the packaged ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    nodes,
)
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from alibaba_news.renderer.assets import find_packaged
from alibaba_news.renderer.escaping import escape_text
from alibaba_news.renderer.words import Words, make_sentence

_LETTER_WORD = re.compile(r"(?<![\w-])([A-Za-z]-[A-Za-z]{1,20})(?![\w-])")


_compiled: dict[Any, Any] = {}
_MOST_COMPILED = 200  # the packaged templates several times over


class _Generator(CodeGenerator):
    """Compiles templates as Jinja does, but for the pieces of a page: Jinja makes each a Markup, only to join them all."""

    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802 - named by Jinja
        super().visit_Template(node, frame)
        self.writeline("escape = environment.escape_output")


class _Environment(Environment):
    code_generator_class = _Generator

    def compile(self, source: Any, *more: Any, **named: Any) -> Any:
        """The code of a template, which follows from its text: a program that builds again and again compiles it once."""
        key = (source, more, *named.items())
        if not isinstance(source, str):
            return super().compile(source, *more, **named)
        if key not in _compiled:
            while len(_compiled) >= _MOST_COMPILED:
                del _compiled[next(iter(_compiled))]
            _compiled[key] = super().compile(source, *more, **named)
        return _compiled[key]

    @staticmethod
    def escape_output(value: object) -> str:
        """A value as it stands in a page, exactly as ``markupsafe.escape`` has it."""
        if type(value) is str:
            return escape_text(value)
        return value if type(value) is Markup else escape(value)


# A template's use of another one, and one whose name stands there in quotes: taking every template apart takes far longer.
_ANY_USE = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b")
_PLAIN_USE = re.compile(
    r"""\{%[-+]?\s*(?:extends|include|import|from)\s+(["'])([^"'\\]+)\1\s*(?=[-+]?%\}|(?:ignore|with|without|as|import)\b)"""
)


def make_environment(own: Path | None, words: Words, note: Callable[[tuple[str, Any]], None]) -> Environment:
    """The environment of one site; ``t`` and ``n`` are the catalogue's, ``markdown`` shows a text of the templates folder.

    ``note`` is told which texts were shown, as ("template", name).
    """
    folders = [folder for folder in (own, find_packaged("templates")) if folder is not None]
    environment = _Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )

    def show(name: str) -> Markup:
        note(("template", name))
        return render_markdown(environment, name)

    environment.globals.update(t=words.t, n=words.n, markdown=show)
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
    import markdown  # noqa: PLC0415 - only the page about the archive needs it

    source, _, _ = environment.loader.get_source(environment, name) if environment.loader else ("", None, None)
    return Markup(markdown.markdown(source, output_format="html"))  # noqa: S704 - the site owner's own text


class TemplateFacts:
    """Which templates a template is made of: those that it extends, includes and imports, and theirs."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self.find = cache(self._find)

    def _find(self, name: str) -> tuple[tuple[str, str], ...]:
        found: dict[str, None] = {}
        waiting = [name]
        while waiting:
            template = waiting.pop()
            if template in found:
                continue
            found[template] = None
            source = self.read_source(template)
            for used in self._list_used(source) if source is not None else ():
                # A name that is only known when the page is drawn may be any.
                waiting += [used] if used is not None else self._environment.list_templates(extensions=["html"])
        return tuple(("template", template) for template in found)

    def _list_used(self, source: bytes) -> list[str | None]:
        text = source.decode("utf-8", "surrogatepass")
        plain = _PLAIN_USE.findall(text)
        if len(plain) == len(_ANY_USE.findall(text)):
            return [name for _, name in plain]
        try:
            return list(meta.find_referenced_templates(self._environment.parse(text)))
        except TemplateSyntaxError:  # told when the page is drawn, with its line
            return []

    def read_source(self, name: str) -> bytes | None:
        """The text of a template as it stands; None where there is none."""
        loader = self._environment.loader
        try:
            return loader.get_source(self._environment, name)[0].encode("utf-8", "surrogatepass") if loader else None
        except (TemplateNotFound, OSError, ValueError):
            return None
