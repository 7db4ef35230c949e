"""Templates: what they put out is escaped as markupsafe has it, and a misspelt field is a fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, UndefinedError
from markupsafe import Markup, escape

from alibaba_news.renderer.engine import make_environment
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
