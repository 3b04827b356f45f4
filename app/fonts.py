"""Set the fonts up: subset the ones in the wheels and compress them for the web.

No font file is committed. The wheels carry whole families (3 MB); a page needs the Latin part of four styles,
and Latin Extended and Cyrillic only where a name or a quote has such letters. So each style becomes three
woff2 files under static/fonts, and the stylesheet's unicode-range lets a browser fetch what it meets.
Source Serif's optical-size axis is pinned to text size, which halves its files.

Run as `python -m app.fonts`; a second run does nothing. Without it pages use the system's fonts.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from app.config import ROOT

FOLDER = ROOT / "static" / "fonts"


@dataclass(frozen=True, slots=True)
class Style:
    """One style of a family: the wheel and file it is in, and the name its files get here."""

    package: str
    file: str
    name: str
    axes: tuple[tuple[str, float | tuple[float, float]], ...]


# Weights outside 400 to 700 are used nowhere; dropping them makes the files smaller.
_WEIGHTS = ("wght", (400.0, 700.0))
STYLES = (
    Style("fontpkg_source_sans_3", "SourceSans3[wght].ttf", "source-sans-3", (_WEIGHTS,)),
    Style("fontpkg_source_sans_3", "SourceSans3-Italic[wght].ttf", "source-sans-3-italic", (_WEIGHTS,)),
    Style(
        "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", "source-serif-4", (_WEIGHTS, ("opsz", 14.0))
    ),
    Style(
        "fontpkg_source_serif_4",
        "SourceSerif4-Italic[opsz,wght].ttf",
        "source-serif-4-italic",
        (_WEIGHTS, ("opsz", 14.0)),
    ),
)

# The same ranges stand in static/demarche.css; a unit test compares the two.
RANGES = {
    "latin": "U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+2000-206F,U+20AC,U+2122,U+2212",
    "latin-ext": "U+100-130,U+132-151,U+154-17F,U+18F,U+192,U+1A0-1A1,U+1AF-1B0,U+218-21B,U+259,"
    "U+2C7-2CC,U+1E80-1EFF,U+20A0-20AB",
    "cyrillic": "U+400-45F,U+490-491,U+4B0-4B1,U+2116",
}
# tnum and lnum keep digits in columns, kern and mark are what text needs; the rest is left out.
FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "lnum", "pnum")


def parse_range(text: str) -> set[int]:
    """Code points of a CSS unicode-range: "U+0-2,U+131" -> {0, 1, 2, 0x131}."""
    points: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


def find_source(style: Style) -> Path | None:
    """The font file inside its wheel; None when the wheel is not installed."""
    spec = find_spec(style.package)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "files" / style.file
    return path if path.exists() else None


def target_of(style: Style, part: str, folder: Path) -> Path:
    return folder / f"{style.name}-{part}.woff2"


def build_style(style: Style, source: Path, folder: Path) -> list[Path]:
    """Write a style's subsets, those that are not there yet."""
    made = []
    for part, points in RANGES.items():
        target = target_of(style, part, folder)
        if not target.exists():
            _write_subset(source, target, parse_range(points), style)
            made.append(target)
    return made


def _write_subset(source: Path, target: Path, points: set[int], style: Style) -> None:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(source)
    # Subsetting first: pinning an axis of 1,500 glyphs takes seconds, of 200 a fraction of one.
    options = subset.Options(layout_features=list(FEATURES), notdef_outline=True, hinting=False)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=points)
    worker.subset(font)
    font = instancer.instantiateVariableFont(font, dict(style.axes))
    font.flavor = "woff2"
    half = target.with_suffix(".part")
    font.save(half)
    half.rename(target)  # a killed run leaves no half font behind


def report_style(style: Style) -> str:
    """Build one style and say what came of it."""
    source = find_source(style)
    if source is None:
        return f"fonts: {style.package} is not installed; pages use the system's fonts instead"
    size = sum(path.stat().st_size for path in build_style(style, source, FOLDER))
    return f"fonts: {style.name}, {size // 1024} KB"


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    if all(target_of(style, part, FOLDER).exists() for style in STYLES for part in RANGES):
        return 0
    with ProcessPoolExecutor() as pool:  # a style takes seconds of pure computing
        for lines in pool.map(report_style, STYLES):
            print(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
