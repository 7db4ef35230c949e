"""Addresses of planned pages: each within the site, no two the same."""

from __future__ import annotations

import pytest

from alibaba_news.builder.addresses import find_address_problems

GOOD = [
    ("index.html", "home"),
    ("stories/a/index.html", "story a"),
    ("stories/b/index.html", "story b"),
    (".nojekyll", "empty"),
]


def test_addresses_that_differ_are_fine() -> None:
    assert find_address_problems(GOOD) == ()


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("stories/a/index.html", "stories/a/index.html"),
        ("stories/A/index.html", "stories/a/index.html"),
        ("stories/a/index.html/index.html", "stories/a/index.html"),
        ("STORIES", "stories/a/index.html"),
        ("manifest-sha256.txt", "manifest-sha256.txt"),
    ],
)
def test_two_pages_on_one_address_are_an_error_that_names_both(path: str, other: str) -> None:
    found = find_address_problems([*GOOD, (path, "redirect c")])
    assert all("redirect c" in problem.message for problem in found)
    assert any(other in str(problem) for problem in found)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../x",
        "a//b",
        "a\\b",
        "c:x",
        "a\0b",
        "a.",
        "a /b",
        "x" * 256,
        "a\nb",
        "con/x",
        "a/NUL.txt",
        "Com1",
    ],
)
def test_a_path_that_leaves_the_site_or_that_no_system_takes_is_an_error(path: str) -> None:
    (found,) = find_address_problems([*GOOD, (path, "redirect c")])
    assert "not an address within the site" in found.message
