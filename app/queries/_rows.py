"""The types of a query and its rows where the columns are read by name."""

from __future__ import annotations

from typing import Any, TypeAlias

from sqlalchemy import Row, Select

# An insert of many rows would else leave out what is None and send a statement for each set of columns.
WHOLE_ROWS: dict[str, Any] = {"render_nulls": True}

AnySelect: TypeAlias = Select[*tuple[Any, ...]]
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
