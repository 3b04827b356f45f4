"""The rows of the matrix, as one string.

A matrix has hundreds of cells, and letting the template engine escape each of their parts costs seven
times the query behind it (docs/performance.md). So this one function writes them: everything that comes from
data goes through `escape`, everything else is a constant of this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup, escape

from app.records import Cell, Row
from app.serve.words import SILENT, StanceWord, say_short_day, word_of


def draw_glyph(slug: str) -> str:
    """A stance's sign. The viewBox stands here because Chromium's print does not take it from the symbol."""
    return f'<svg class="glyph" viewBox="0 0 12 12" aria-hidden="true"><use href="#g-{slug}"/></svg>'


_GLYPHS = {slug: draw_glyph(slug) for slug in ("backs", "open", "rejects", "unclear", "silent")}
_UNCONFIRMED = '<span class="vh"> (not yet confirmed)</span>'
_CONTESTED = '<span class="contested" title="Contested: opposite stances on one day">!</span>'


def build_rows(
    rows: tuple[Row, ...],
    *,
    countries: Mapping[str, str],
    as_of: date,
    link: str,
    actor_query: str,
    selected: str | None = None,
) -> Markup:
    """Table rows, one a leader.

    `link` is the address of this view, complete but for the cell's name at its end (`/?as_of=…&cell=`);
    `actor_query` is what a leader's own page keeps of the view (`?as_of=…`); `selected` is the cell whose
    quotes are open, as actor.question.
    """
    parts: list[str] = []
    before = escape(link)
    for row in rows:
        parts.append(_row_head(row, countries, actor_query))
        parts.extend(_cell(cell, as_of, before, selected) for cell in row.cells)
        parts.append("</tr>\n")
    return Markup("".join(parts))


def _row_head(row: Row, countries: Mapping[str, str], actor_query: str) -> str:
    actor = row.actor
    country = escape(countries.get(actor.country or "", ""))
    title = f' title="{escape(row.office)}"' if row.office else ""
    return (
        f'<tr class="mx-row"><th scope="row"><span class="cty">{country}</span>'
        f'<a href="/actors/{escape(actor.slug)}{escape(actor_query)}"{title}>{escape(actor.name)}</a>'
        f'<span class="iso">{country}</span></th>'
    )


def _cell(cell: Cell, as_of: date, link: str, selected: str | None) -> str:
    name = f"{cell.actor}.{cell.question}"
    current = ' aria-current="true"' if name == selected else ""
    opening = f'"><a href="{link}{escape(name)}#quotes"{current}>'
    if cell.stance is None:
        return _silent_cell(cell, opening)
    word = word_of(cell.stance)
    changed = " changed" if cell.changed else ""
    label = word.label if cell.confirmed else f'<span class="proposed">{word.label}</span>{_UNCONFIRMED}'
    return (
        f'<td class="cell {word.slug}{changed}{opening}{_GLYPHS[word.slug]}<span class="lab">{label}'
        f"{_CONTESTED if cell.contested else ''}{_was(cell)}</span>"
        f'<span class="n">{cell.statements}<span class="vh"> statements, latest</span></span>'
        f"{_latest(cell, as_of)}</a></td>"
    )


def _silent_cell(cell: Cell, opening: str) -> str:
    changed = " changed" if cell.changed else ""
    return (
        f'<td class="cell silent{changed}{opening}{_GLYPHS["silent"]}'
        f'<span class="lab">Silent{_was(cell)}</span></a></td>'
    )


def _was(cell: Cell) -> str:
    """From what a changed cell moved: in words where there is room, else an arrow and the earlier sign."""
    if not cell.changed:
        return ""
    before: StanceWord = SILENT if cell.was is None else word_of(cell.was)
    glyph = _GLYPHS[before.slug]
    return (
        f'<span class="from"><span class="vh">, was {before.verb}</span>'
        f'<span class="short" aria-hidden="true">‹ {glyph}</span>'
        f'<span class="long" aria-hidden="true">was {glyph} {before.verb}</span></span>'
    )


def _latest(cell: Cell, as_of: date) -> str:
    if cell.latest_on is None:
        return ""
    return f'<time datetime="{cell.latest_on}">{say_short_day(cell.latest_on, beside=as_of)}</time>'
