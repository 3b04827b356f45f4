"""One row of a register, which knows where it stands: every complaint can name file and line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from app.config import ROOT
from app.errors import BadRegister

E = TypeVar("E", bound=StrEnum)

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """The fields of a row by column; the methods return a field or complain about it."""

    path: Path
    number: int
    fields: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.fields[column]

    def fail(self, message: str) -> NoReturn:
        raise BadRegister(f"{show_path(self.path)}, line {self.number}: {message}")

    def match(self, column: str, pattern: re.Pattern[str]) -> str:
        if not pattern.fullmatch(self[column]):
            self.fail(f"“{self[column]}” is not a valid {column}.")
        return self[column]

    def known(self, column: str, names: Iterable[str], kind: str) -> str:
        if self[column] not in names:
            self.fail(f"there is no {kind} “{self[column]}”.")
        return self[column]

    def choose(self, column: str, options: type[E]) -> E:
        if self[column] not in set(options):
            self.fail(f"“{self[column]}” is not a {column} (one of {', '.join(options)}).")
        return options(self[column])

    def items(self, column: str) -> tuple[str, ...]:
        items = [item for item in self[column].split("|") if item]
        for item in items:
            if item != item.strip() or items.count(item) > 1:
                self.fail(f"{column}: “{item}” stands twice or has blanks around it.")
        return tuple(items)

    def day(self, column: str) -> date | None:
        if not self[column]:
            return None
        try:
            return date.fromisoformat(self[column])
        except ValueError:
            self.fail(f"{column}: “{self[column]}” is not a date (YYYY-MM-DD).")

    def days(self) -> tuple[date | None, date | None]:
        since, until = self.day("from"), self.day("until")
        if since and until and not since < until:
            self.fail(f"from {since} until {until} is not a period.")
        return since, until


def read_lines(path: Path, columns: str) -> Iterator[Line]:
    expected = columns.split()
    try:
        file = path.open(encoding="utf-8", newline="")
    except OSError as error:
        raise BadRegister(f"{show_path(path)}: cannot be read ({error.strerror}).") from error
    with file:
        reader = csv.reader(file)
        if (head := next(reader, [])) != expected:
            raise BadRegister(f"{show_path(path)}, line 1: expected the columns {', '.join(expected)}.")
        for row in reader:
            line = Line(path, reader.line_num, dict(zip(head, row, strict=False)))
            if len(row) != len(head):
                line.fail(f"{len(row)} fields where {len(head)} belong.")
            yield line


def show_path(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
