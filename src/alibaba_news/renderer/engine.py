"""Jinja as the pages need it: everything escaped, a misspelt field a fault, the user's templates before the packaged ones."""

from __future__ import annotations

import hashlib
import operator
import os
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
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup

from alibaba_news.beside import find_folder, may_write, write_beside
from alibaba_news.packaged import find_packaged
from alibaba_news.renderer.escaping import escape_text, escape_words, mark
from alibaba_news.renderer.words import Words, make_sentence

_compiled: dict[Any, Any] = {}
_MOST_COMPILED = 200  # the packaged templates several times over


class _Macro(Macro):
    """A macro as Jinja has it; where it is called with no more than its arguments in their order, there is little to settle."""

    def __call__(self, *args: Any, **named: Any) -> str:
        missing_ones = self._argument_count - len(args)
        if named or missing_ones < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*args, **named)
        return mark(self._func(*args, *(missing,) * missing_ones))  # a macro escapes what it writes


class _Generator(CodeGenerator):
    """Compiles templates as Jinja does, but for four things that would cost more than the words of a page.

    Jinja makes each piece a Markup, only to join them all; hands on each by itself, through all the templates that a template
    stands in; asks of everything that a template calls whether it wants the context, which here nothing does; and looks among
    the items for what is no attribute, as a template of the user may need.
    """

    environment: _Environment
    _in_one = True

    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802 - named by Jinja
        # What is included without the context is handed on past whatever collects the pieces.
        self._in_one = all(include.with_context for include in node.find_all(nodes.Include))
        super().visit_Template(node, frame)
        self.writeline("escape, call, Macro = environment.escape_output, environment.call_plainly, environment.make_macro")

    def enter_frame(self, frame: Any) -> None:
        """Begin a template or a block: its pieces are collected, as Jinja does within a macro."""
        super().enter_frame(frame)
        if frame.buffer is None and self._in_one:
            self.buffer(frame)

    def leave_frame(self, frame: Any, with_python_scope: bool = False) -> None:
        """End it: they are handed on as one."""
        super().leave_frame(frame, with_python_scope)
        if with_python_scope and frame.parent is None and self._in_one:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Any) -> None:  # noqa: N802 - named by Jinja
        if self.filename is None or not self.environment.all_packaged:
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Any, forward_caller: bool = False) -> None:  # noqa: N802 - named by Jinja
        self.write("call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class _ByteCode(FileSystemBytecodeCache):
    """The byte code of the packaged templates, with the program's own. Of other templates nothing is kept on the disk."""

    def __init__(self, *, all_packaged: bool) -> None:
        # What compiles them, and whether a template of the user may use them, is part of what they are compiled to.
        own = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
        super().__init__(str(find_folder()), f"template-{own}-{'alone' if all_packaged else 'mixed'}-%s.cache")
        self._packaged = os.path.join(find_packaged("templates"), "")  # noqa: PTH118 - as Jinja names them

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        if filename is not None and filename.startswith(self._packaged):
            return super().get_bucket(environment, name, filename, source)
        return Bucket(environment, "", self.get_source_checksum(source))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.key and may_write():
            write_beside(Path(self._get_cache_filename(bucket)), bucket.bytecode_to_string())


class _Environment(Environment):
    code_generator_class = _Generator
    all_packaged = False  # no template is the user's

    def compile(self, source: Any, *more: Any, **named: Any) -> Any:
        """The code of a template, which follows from its text: a program that builds again and again compiles it once."""
        key = (source, self.all_packaged, more, *named.items())
        if not isinstance(source, str):
            return super().compile(source, *more, **named)
        if key not in _compiled:
            while len(_compiled) >= _MOST_COMPILED:
                del _compiled[next(iter(_compiled))]
            _compiled[key] = super().compile(source, *more, **named)
        return _compiled[key]

    call_plainly: Any = operator.call
    make_macro = _Macro
    escape_output = staticmethod(escape_text)


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
        bytecode_cache=_ByteCode(all_packaged=own is None),
    )
    environment.all_packaged = own is None

    def show(name: str) -> Markup:
        note(("template", name))
        return render_markdown(environment, name)

    environment.globals.update(t=words.t, n=words.n, markdown=show)
    environment.filters["keep"] = keep_together
    environment.filters["sentence"] = make_sentence
    return environment


def keep_together(text: str) -> Markup:
    """The text as ``escape_words`` writes it."""
    return mark(escape_words(text))


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
