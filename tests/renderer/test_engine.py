"""Templates: what they put out is escaped as markupsafe has it, and a misspelt field is a fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, UndefinedError
from markupsafe import Markup, escape

from alibaba_news.renderer.engine import keep_together, make_environment
from alibaba_news.renderer.words import Words


@pytest.fixture(scope="module")
def environment() -> Environment:
    return make_environment(None, Words("id"), lambda _: None)


@given(st.text(alphabet="<>&\"'a \u201c\x00;") | st.text() | st.integers() | st.none() | st.builds(Markup, st.text()))
def test_a_value_is_put_out_as_markupsafe_escapes_it(environment: Environment, value: object) -> None:
    template = environment.from_string(
        "{% macro m(v) %}<i>{{ v }}</i>{% endmacro %}{{ value }}|{{ m(value) }}|{{ value ~ '<' }}"
    )
    safe = escape(value)
    assert template.render(value=value) == f"{safe}|<i>{safe}</i>|{safe}&lt;"


def test_an_object_that_is_markup_by_itself_stays_so(environment: Environment) -> None:
    class Shown:
        def __html__(self) -> str:
            return "<b>"

    assert environment.from_string("{{ value }}").render(value=Shown()) == "<b>"


@pytest.mark.parametrize("source", ["{{ missing }}", "{{ value.missing }}"])
def test_a_misspelt_field_is_a_fault(environment: Environment, source: str) -> None:
    with pytest.raises(UndefinedError):
        environment.from_string(source).render(value="a")


def test_a_template_of_the_user_may_go_by_a_point_into_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "own.html").write_text("{% import 'macros.html' as m %}{{ m.name({'href': 'a', 'text': 'b'}) }}")
    environment = make_environment(tmp_path, Words("id"), lambda _: None)
    assert environment.get_template("own.html").render() == '<a href="a">b</a>'


def test_what_is_included_stands_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "part.html").write_text("{{ t('nav.stories') }}")
    (tmp_path / "outer.html").write_text("1{% block main %}{% endblock %}5{% include 'part.html' without context %}6")
    (tmp_path / "own.html").write_text("{% extends 'outer.html' %}{% block main %}2{% include 'part.html' %}4{% endblock %}")
    word = Words("id").t("nav.stories")
    environment = make_environment(tmp_path, Words("id"), lambda _: None)
    assert environment.get_template("own.html").render() == f"12{word}45{word}6"


@pytest.mark.parametrize(
    ("call", "written"),
    [
        ("m('<')", "<i>&lt;|-</i>"),
        ("m('<', '>')", "<i>&lt;|&gt;</i>"),
        ("m(b='>', a='<')", "<i>&lt;|&gt;</i>"),
        ("m('<')|upper", "<I>&LT;|-</I>"),
        ("every(1, 2, c=3)", "(1, 2){&#39;c&#39;: 3}"),
    ],
)
def test_a_macro_takes_its_arguments_in_every_way(environment: Environment, call: str, written: str) -> None:
    macros = (
        "{% macro m(a, b='-') %}<i>{{ a }}|{{ b }}</i>{% endmacro %}{% macro every() %}{{ varargs }}{{ kwargs }}{% endmacro %}"
    )
    assert environment.from_string(f"{macros}{{{{ {call} }}}}").render() == written


def test_a_macro_hands_on_what_stands_in_its_call(environment: Environment) -> None:
    source = "{% macro m(a) %}<i>{{ a }}{{ caller('<') }}</i>{% endmacro %}{% call(b) m('x') %}{{ b }}!{% endcall %}"
    assert environment.from_string(source).render() == "<i>x&lt;!</i>"


@pytest.mark.parametrize("call", ["m()", "m('a', 'b')", "m(c='a')"])
def test_a_macro_that_is_called_with_other_arguments_is_a_fault(environment: Environment, call: str) -> None:
    with pytest.raises((TypeError, UndefinedError)):
        environment.from_string(f"{{% macro m(a) %}}{{{{ a }}}}{{% endmacro %}}{{{{ {call} }}}}").render()


@given(st.text(alphabet='aZ-_ 1é&"', max_size=12))
def test_a_lone_letter_stays_with_what_a_hyphen_joins_to_it(text: str) -> None:
    letter_word = re.compile(r"(?<![\w-])([A-Za-z]-[A-Za-z]{1,20})(?![\w-])")
    pieces = (f'<span class="keep">{p}</span>' if n % 2 else escape(p) for n, p in enumerate(letter_word.split(text)))
    assert keep_together(text) == "".join(pieces)
