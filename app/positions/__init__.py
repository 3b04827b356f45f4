"""Statements are derived into positions, positions shaped into a matrix. Pure: records in, records out."""

from app.positions._places import find_silent_place
from app.positions._states import (
    Voice,
    find_cells_to_derive,
    find_cells_to_read,
    find_voices,
    speaks_for_state,
)
from app.positions.changes import find_changes
from app.positions.derive import (
    THRESHOLD,
    derive_all,
    derive_cells,
    derive_position,
    derive_positions,
    derive_state_positions,
)
from app.positions.matrix import shape_matrix
from app.positions.tally import stance_of_state, tally_members, tally_stances, tally_states
from app.positions.timeline import Timelines, cut_after, holds, join_rows, pick_standing

__all__ = [
    "THRESHOLD",
    "Timelines",
    "Voice",
    "cut_after",
    "derive_all",
    "derive_cells",
    "derive_position",
    "derive_positions",
    "derive_state_positions",
    "find_cells_to_derive",
    "find_cells_to_read",
    "find_changes",
    "find_silent_place",
    "find_voices",
    "holds",
    "join_rows",
    "pick_standing",
    "shape_matrix",
    "speaks_for_state",
    "stance_of_state",
    "tally_members",
    "tally_stances",
    "tally_states",
]
