"""Check what the browser gets: templates, stylesheets, scripts and the markup that Python writes.

The pages are served under a policy that forbids inline style and script and every other host. A page that
breaks it still looks right to whoever wrote it with the policy off, so the rules are held here, before a
browser is started. `python scripts/lint_pages.py` prints what it finds as FILE:LINE and fails.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Rule:
    """What must not stand in files of these kinds, and why."""

    kinds: tuple[str, ...]
    pattern: re.Pattern[str]
    why: str


MARKUP = (".html", ".py")
RULES = (
    Rule(MARKUP, re.compile(r"<style\b"), "inline style: it belongs in static/demarche.css"),
    Rule(MARKUP, re.compile(r"\sstyle=[\"']"), "style attribute: use a class"),
    Rule(MARKUP, re.compile(r"<script(?![^>]*\bsrc=)"), "inline script: it belongs in static/"),
    Rule(MARKUP, re.compile(r"\son[a-z]+=[\"']"), "event handler attribute: listen from static/"),
    Rule(MARKUP, re.compile(r"javascript:"), "script address: use a form or a link"),
    Rule(
        (".html", ".css", ".js"),
        re.compile(r"https?://(?!www\.w3\.org/)"),
        "address of another host: pages are served whole from here",
    ),
    Rule((".html",), re.compile(r"""(?:src|href|action)=["']//"""), "address of another host"),
    Rule((".html",), re.compile(r"\|\s*safe\b|autoescape\s+false"), "unescaped text: build Markup in Python"),
    Rule((".css",), re.compile(r"@import\b"), "a second request for style: one stylesheet is enough"),
    Rule((".css",), re.compile(r"""url\(\s*["']?//"""), "address of another host"),
    Rule((".js",), re.compile(r"\beval\(|new Function\("), "code from text"),
)


def find_faults(name: str, text: str) -> Iterator[tuple[int, str]]:
    """Line numbers and what is wrong there, in a file of this name with this text."""
    kind = Path(name).suffix
    for number, line in enumerate(text.splitlines(), start=1):
        for rule in RULES:
            if kind in rule.kinds and rule.pattern.search(line):
                yield number, rule.why
    if kind == ".html":
        yield from find_syntax_fault(text)


def find_syntax_fault(text: str) -> Iterator[tuple[int, str]]:
    """A template that does not parse would fail at its first reader only."""
    try:
        Environment(autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(text)
    except TemplateSyntaxError as error:
        yield error.lineno, error.message or "template syntax"


def find_files(root: Path) -> Iterator[Path]:
    yield from sorted((root / "templates").rglob("*.html"))
    yield from sorted(path for path in (root / "static").rglob("*") if path.suffix in {".css", ".js"})
    yield from sorted((root / "app" / "serve").rglob("*.py"))


def main() -> int:
    faults = [
        f"{path.relative_to(ROOT)}:{number}: {why}"
        for path in find_files(ROOT)
        for number, why in find_faults(path.name, path.read_text(encoding="utf-8"))
    ]
    print("\n".join(faults) or "Pages: no inline style or script, no other host.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
