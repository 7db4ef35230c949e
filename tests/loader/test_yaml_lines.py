"""Front matter read line by line: the usual forms are, and what is read is what the reader of all YAML makes of it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alibaba_news.loader.yaml_lines import read_lines
from alibaba_news.yaml_reader import parse_mapping

VALUES = (
    *("Pasar Lama", "2018-10-13", "null", "~", "Rp14,7 triliun", "a: b", "a:b", "https://contoh.id/a", "a #b", "a#b", "(a)"),
    *("a's", '"a: b"', '"kata \\"b\\""', '"a\\n"', "'a'", "'a''b'", '""', '"a" b', '"a', "'", "é", "\u200b", "a\xa0b", "“a”"),
    *("[]", "[a, b]", "[ a , 'b, c' ]", '["a", ~]', "[a,]", "[,]", "[a", "[a: b]", "[[a]]", "{a: b}", "- a", "-", "?", "|"),
    *("&x a", "*x", "!a b", "%a", "@a", "`a", "# a", "", "|\n  a\n\n  b", ">\n a\n", "\n- a\n- {b: c}", "\n  b: c"),
    *('"a\n\n b"', "\ta", "a "),
    *(
        "\n  - {a: b}",
        "\n- {a: \"b, c: d\", e: }\n- { e: ~ , f: 'g}' } ",
        "\n- {a: b}\n  - {c: d}",
        "\n - {a: b}\n\n - {c: 2018-10-13}",
    ),
    *(
        "\n- {a: b, a: c}",
        "\n- {null: b}",
        "\n- {a: b}\n- c",
        "\n- {a: b} # c",
        "\n- {a: b, }",
        "\n- {a: b: c}",
        "\n- {}",
        "\n-{a: b}",
    ),
    *("\n- {a: b}\n- {c: d}", "\n- {a-1: b c, d_e: (f)}", "\n- {a:b}", "\n- {a: 'b''c'}", "\n- {a: [b]}", "\n\n- {a: b}"),
)
KEYS = st.sampled_from(("title", "people", "k-1", "null", "no", '"q"', "? a", "a b", "é", "---\na", "...\na", "%a"))
ENDS = st.sampled_from(("\n", "\n\n", "", "\n# c\n"))
ROWS = st.tuples(KEYS, st.sampled_from((": ", ":", ":  ")), st.sampled_from(VALUES), ENDS)


@settings(deadline=None, max_examples=400)
@given(st.lists(ROWS.map("".join), min_size=1, max_size=4).map("".join), st.integers(0, 3))
@example("a: 1\n...\nb: 2\n", 0)
@example("a: |\n  b\n\nc: [d]\n", 1)
@example('a: "b\nc: d"\n', 0)
def test_what_is_read_is_what_all_of_yaml_makes_of_it(text: str, above: int) -> None:
    read = read_lines(text, above)
    assert read is None or (read, ()) == parse_mapping(text, "a.md", above)


@pytest.mark.parametrize(
    "text",
    [
        'title: "Pasar \\"Lama\\" dibuka"\ndate: 2018-10-13\nsource: Harian Pagi\npeople: ["Budi Santoso", Siti]\nevents: []\n',
        "title: Pasar\nevents:\n  - {name: Pasar dibuka, start: 2018-10-13}\n",
    ],
)
def test_usual_front_matter_is_read(text: str) -> None:
    assert read_lines(text) == parse_mapping(text, "a.md")[0] is not None


@pytest.mark.parametrize(
    "text",
    ["", "- a\n", "title: [a\n", "a: 1\na: 2\n", "a: *b\n", "a: b: c\n", "null: a\n", "a: 1\n...\nb: 2\n", "a: '\x01'\n"],
)
def test_what_may_be_wrong_is_left_to_the_reader_of_all_yaml(text: str) -> None:
    assert read_lines(text) is None
