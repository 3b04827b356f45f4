"""The stylesheet's colours, measured: text against what it stands on, in light and in dark.

WCAG 2.2 asks 4.5 for text and 3 for what carries meaning without being text.
"""

import re

import pytest

from app.config import ROOT
from app.fonts import RANGES, STYLES
from app.serve.words import STANCES

CSS = (ROOT / "static" / "demarche.css").read_text(encoding="utf-8")
SLUGS = [word.slug for word in STANCES]


def read_tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", block))


LIGHT = read_tokens(CSS.split("/* dark */")[0])
DARK = LIGHT | read_tokens(CSS.split("/* dark */")[1].split("/* end dark */")[0])
THEMES = {"light": LIGHT, "dark": DARK}


def luminance(colour: str) -> float:
    def linear(part: str) -> float:
        share = int(part, 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[at : at + 2]) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("slug", SLUGS)
def test_stances_can_be_read_on_paper_on_their_tint_and_on_their_fill(theme: str, slug: str) -> None:
    tokens = THEMES[theme]
    assert contrast(tokens[slug], tokens["paper"]) >= 4.5
    assert contrast(tokens[slug], tokens[f"{slug}-tint"]) >= 4.5
    assert contrast(tokens[f"{slug}-onfill"], tokens[f"{slug}-fill"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug != "silent"])
def test_fills_stand_out_from_paper(theme: str, slug: str) -> None:
    """Silence is an absence and may be faint; its number stands beside it."""
    assert contrast(THEMES[theme][f"{slug}-fill"], THEMES[theme]["paper"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", ["ink", "ink-2", "ink-3"])
@pytest.mark.parametrize("ground", ["paper", "wash"])
def test_inks_can_be_read(theme: str, ink: str, ground: str) -> None:
    assert contrast(THEMES[theme][ink], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("slug", SLUGS)
def test_counts_and_days_in_cells_can_be_read(theme: str, slug: str) -> None:
    assert contrast(THEMES[theme]["ink-2"], THEMES[theme][f"{slug}-tint"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("line", ["edge", "focus"])
def test_borders_of_fields_and_focus_stand_out(theme: str, line: str) -> None:
    assert contrast(THEMES[theme][line], THEMES[theme]["paper"]) >= 3


def test_the_stylesheet_asks_for_the_fonts_that_are_made() -> None:
    asked = re.findall(r"url\(fonts/([\w-]+)\.woff2\).*?unicode-range:([^}]+)\}", CSS)
    made = [(f"{style.name}-{part}", points) for style in STYLES for part, points in RANGES.items()]
    assert sorted(asked) == sorted(made)
