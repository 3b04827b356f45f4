"""Charts as SVG, drawn by plain functions from plain numbers.

Sizes across are per cent, so a chart takes the width it gets and its type never scales; heights are pixels.
Colours are classes of the stylesheet, never attributes, so that light, dark and print each have their own.
Every chart has a title and a description, and the page puts the same numbers into a table beside it. What is
drawn comes from data only through numbers, fixed words and `escape`.
"""

from app.serve.charts._bands import Band, Dot, Segment, draw_axis, draw_band
from app.serve.charts._stack import Column, draw_small_stack, draw_stack
from app.serve.charts._svg import draw_bar
from app.serve.charts._tiles import PLACES, Tile, draw_tiles
from app.serve.charts._timeline import Bar, count_after, draw_timeline, gather_bars

__all__ = [
    "PLACES",
    "Band",
    "Bar",
    "Column",
    "Dot",
    "Segment",
    "Tile",
    "count_after",
    "draw_axis",
    "draw_band",
    "draw_bar",
    "draw_small_stack",
    "draw_stack",
    "draw_tiles",
    "draw_timeline",
    "gather_bars",
]
