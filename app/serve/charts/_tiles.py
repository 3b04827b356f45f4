"""A map without geodata: one tile a state, all of one size, so that small states can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from app.serve.words import StanceWord

# Column and row of each state: rough position, neighbours kept together where the grid allows.
_ROWS = (
    "IS .  .  .  NO SE FI .  RU",
    "IE GB .  .  DK .  .  EE .",
    ".  .  .  NL DE PL LT LV BY",
    ".  .  BE LU CZ SK .  UA .",
    ".  .  FR CH AT HU RO MD GE",
    "PT ES .  IT SI HR RS BG AM",
    ".  .  .  .  BA ME XK MK TR",
    "CA US .  MT .  AL GR .  CY",
)
PLACES = {
    iso: (column, row)
    for row, line in enumerate(_ROWS)
    for column, iso in enumerate(line.split())
    if iso != "."
}
_STEP_X, _STEP_Y, _WIDTH, _HEIGHT = 46, 42, 42, 38


@dataclass(frozen=True, slots=True)
class Tile:
    """A state, its stance, whose position stands for it, and where that is shown."""

    iso2: str
    country: str
    word: StanceWord
    holder: str | None
    href: str


def draw_tiles(tiles: Sequence[Tile], *, label: str) -> Markup:
    """The states that have a place; those that have none are in the table beside the map."""
    parts = [_tile(tile) for tile in tiles if tile.iso2 in PLACES]
    width, height = 9 * _STEP_X - 2, len(_ROWS) * _STEP_Y
    note = f'<text class="note" x="1" y="{6 * _STEP_Y + 34}">North America</text>'
    return Markup(
        f'<svg class="tiles" viewBox="0 0 {width} {height}" role="group" aria-label="{escape(label)}">'
        f"{''.join(parts)}{note}</svg>"
    )


def _tile(tile: Tile) -> str:
    column, row = PLACES[tile.iso2]
    x, y = 1 + column * _STEP_X, 1 + row * _STEP_Y
    said = f"{tile.country}: {tile.word.verb}" + (f", by {tile.holder}" if tile.holder else "")
    return (
        f'<a href="{escape(tile.href)}" aria-label="{escape(said)}"><title>{escape(said)}</title>'
        f'<g class="{tile.word.slug}"><rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}"/>'
        f'<text x="{x + 6}" y="{y + 16}">{escape(tile.iso2)}</text>'
        f'<use href="#g-{tile.word.slug}" x="{x + 26}" y="{y + 22}" width="10" height="10"/></g></a>'
    )
