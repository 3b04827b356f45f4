"""The page rules find what the policy of the pages forbids, and leave alone what it allows."""

import pytest

from scripts.lint_pages import find_faults


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("page.html", '<p style="color:red">'),
        ("page.html", "<style>p{}</style>"),
        ("page.html", "<script>go()</script>"),
        ("page.html", '<a onclick="go()">'),
        ("page.html", '<a href="javascript:go()">'),
        ("page.html", '<img src="//cdn.example/x.png">'),
        ("page.html", '<link rel="stylesheet" href="https://cdn.example/x.css">'),
        ("page.html", "{{ text|safe }}"),
        ("page.html", "{% if %}"),
        ("page.css", '@import "other.css";'),
        ("page.css", "p{background:url(//cdn.example/x.png)}"),
        ("page.js", 'fetch("https://cdn.example/")'),
        ("page.js", "eval(text)"),
        ("cells.py", "Markup('<td style=\"x\">')"),
    ],
)
def test_a_line_that_the_policy_forbids_is_found(name: str, line: str) -> None:
    assert [number for number, _ in find_faults(name, line)] == [1]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("page.html", '<script type="module" src="/static/matrix.js"></script>'),
        ("page.html", '<a href="{{ document.address }}">{{ document.title }}</a>'),
        ("page.html", '<svg xmlns="http://www.w3.org/2000/svg">'),
        ("page.html", '<p class="style">On the one hand</p>'),
        ("page.css", "p{background:url(fonts/x.woff2)}"),
        ("page.js", 'fetch("/api/v1/matrix")'),
        ("loader.py", "position = 1"),
    ],
)
def test_a_line_that_it_allows_is_left_alone(name: str, line: str) -> None:
    assert list(find_faults(name, line)) == []
