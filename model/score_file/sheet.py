"""A levels file read against a framework: what was given for each dimension and prompt, or every bad row.

The shapes that are read, with `current`, `target`, `baseline` and `reason` all optional:

- YAML or JSON, a mapping: `leadership: 3`, or `leadership: {current: 3, target: 4, baseline: 2}`;
- YAML or JSON, a list of rows: `- {id: leadership, current: 3}`;
- either of the two under a key `levels`, beside which `targets` and `baselines` may stand;
- CSV with a header `id,current,target,baseline,reason`, separated by commas, semicolons or tabs.

An id is that of a dimension or of a prompt, or the name of a dimension. A level is 1 to 5 or its name; `n/a`
needs a reason, in its column or behind it (`n/a: run by the county`); blank is unanswered.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from model.calculation.calculator import Answer, NotApplicable
from model.content_files.rules import nearest
from model.content_files.yaml_tree import LineFault
from model.errors import ModelError
from model.framework.framework import Framework
from model.quoting import quoted
from model.score_file.csv_rows import csv_rows
from model.score_file.row import Column, Row
from model.score_file.yaml_rows import json_rows, yaml_rows

_LEVEL_COLUMNS = (Column.CURRENT, Column.TARGET, Column.BASELINE)
ROW_LIMIT = 1000
"""Rows in one file; a file with more is something else."""
_CELL_LIMIT = 60
_BLANK = ("", "-", "–", "—")
"""What stands for unanswered; a dash is how the results print it."""
_NOT_APPLICABLE = re.compile(r"(?:n\s?[/.]?\s?a\.?|not applicable)(?![^\W_])", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:[.,][0-9]{1,9})?")
_NUMBER_AND_NAME = re.compile(r"([0-9])[\s.:–—-]*\(?([^()]+)\)?")


class SheetKind(StrEnum):
    """How a levels file is written."""

    YAML = "yaml"
    JSON = "json"
    CSV = "csv"


class SheetFaults(ModelError):
    """A levels file cannot be used; `faults` holds everything that is wrong, by line."""

    def __init__(self, faults: Iterable[LineFault]) -> None:
        """Keep the faults in order, each once."""
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(f"line {fault.line}: {fault.sentence}" for fault in self.faults))


@dataclass(frozen=True)
class ScoreSheet:
    """What a levels file says. Ids are of dimensions or prompts, never of a dimension and its prompts both.

    Attributes:
        currents: The level now, or not applicable; blank ones are left out.
        targets: The level aimed at.
        baselines: The level at the start.
        reasons: The reason given, for whatever has one.
    """

    currents: Mapping[str, Answer] = field(hash=False)
    targets: Mapping[str, Answer] = field(hash=False)
    baselines: Mapping[str, Answer] = field(hash=False)
    reasons: Mapping[str, str] = field(hash=False)


_READERS = {SheetKind.YAML: yaml_rows, SheetKind.JSON: json_rows, SheetKind.CSV: csv_rows}


def read_score_sheet(framework: Framework, text: str, kind: SheetKind) -> ScoreSheet:
    """Read a levels file.

    Raises:
        SheetFaults: Something in it is wrong; all faults are named in one go.
    """
    found = _READERS[kind](text.removeprefix("\ufeff"))
    if not found.rows and not found.faults:
        found.fault(
            1, "There are no rows in this file. Write one for each dimension, such as 'leadership: 3'."
        )
    if len(found.rows) > ROW_LIMIT:
        raise SheetFaults([LineFault(1, f"This file has {len(found.rows)} rows; the limit is {ROW_LIMIT}.")])
    reading = _Reading(framework, found.faults)
    for row in found.rows:
        reading.take(row)
    reading.check_whole()
    if found.faults:
        raise SheetFaults(found.faults)
    given = reading.given
    return ScoreSheet(given[Column.CURRENT], given[Column.TARGET], given[Column.BASELINE], reading.reasons)


class _Reading:
    """The rows taken so far."""

    def __init__(self, framework: Framework, faults: list[LineFault]) -> None:
        self.given: dict[Column, dict[str, Answer]] = {column: {} for column in _LEVEL_COLUMNS}
        self.reasons: dict[str, str] = {}
        self._framework = framework
        self._faults = faults
        self._seen: dict[tuple[str, Column], int] = {}
        self._line: dict[str, int] = {}
        self._ids = _known_ids(framework)
        self._level_names = {level.name.casefold(): level.number for level in framework.levels}

    def take(self, row: Row) -> None:
        """Read one row."""
        filled = any(cell.strip() for cell in row.cells.values())
        if not row.id.strip():
            if filled:
                self._fault(row, "This row has no id. Write the dimension or prompt it is for.")
            return
        id_ = self._ids.get(_plain(row.id))
        if id_ is None:
            guess = nearest(_plain(row.id), list(self._ids)) or " Run milepost model show to see the ids."
            self._fault(row, f"There is no dimension or prompt {quoted(row.id)} in this framework.{guess}")
            return
        first = self._seen.get((id_, row.part))
        if first is not None:
            self._fault(row, f"{quoted(row.id)} is already given on line {first}. Keep one row for it.")
            return
        self._seen[id_, row.part] = row.line
        if filled:
            self._line.setdefault(id_, row.line)
            self._read(row, id_)

    def check_whole(self) -> None:
        """Check what only all rows together show: things given twice, targets for what does not apply."""
        for id_, line in self._line.items():
            if id_ in self.given[Column.TARGET] and isinstance(
                self.given[Column.CURRENT].get(id_), NotApplicable
            ):
                sentence = (
                    f"{quoted(id_)} does not apply, so it cannot have a target. Leave the target blank."
                )
                self._faults.append(LineFault(line, sentence))
        for dimension in self._framework.dimensions:
            lines = sorted(self._line[prompt.id] for prompt in dimension.prompts if prompt.id in self._line)
            if dimension.id in self._line and lines:
                sentence = (
                    f"{quoted(dimension.id)} is given here and its prompts too, from line {lines[0]}. "
                    "Keep the dimension or the prompts."
                )
                self._faults.append(LineFault(self._line[dimension.id], sentence))

    def _read(self, row: Row, id_: str) -> None:
        reason = _one_line(row.cells.get(Column.REASON, ""))
        for column in _LEVEL_COLUMNS:
            cell = _one_line(row.cells.get(column, ""))
            if cell in _BLANK:
                continue
            apart = _NOT_APPLICABLE.match(cell)
            if apart is not None:
                if column is Column.CURRENT:
                    self._not_applicable(row, id_, reason or _after_colon(cell[apart.end() :]))
                continue
            level = self._level(row, cell)
            if level is not None and id_ in self.given[column]:
                self._fault(row, f"The {column} level of {quoted(row.id)} is given twice. Keep one.")
            elif level is not None:
                self.given[column][id_] = level
        if reason:
            self.reasons.setdefault(id_, reason)

    def _not_applicable(self, row: Row, id_: str, reason: str) -> None:
        if not reason:
            self._fault(
                row, "n/a needs a reason. Fill in the column reason, or write 'n/a: why it does not apply'."
            )
        elif id_ in self.given[Column.CURRENT]:
            self._fault(row, f"The current level of {quoted(row.id)} is given twice. Keep one.")
        else:
            self.given[Column.CURRENT][id_] = NotApplicable.NOT_APPLICABLE
            self.reasons[id_] = reason

    def _level(self, row: Row, cell: str) -> int | None:
        """Read one level, or note why it is none."""
        word = cell.casefold().removeprefix("level ").strip()
        if word in self._level_names:
            return self._level_names[word]
        both = _NUMBER_AND_NAME.fullmatch(word[:_CELL_LIMIT])
        if both is not None and self._level_names.get(both[2].strip()) == int(both[1]):
            return int(both[1])
        if len(word) > _CELL_LIMIT or not _NUMBER.fullmatch(word):
            names = list(self._level_names)
            guess = nearest(word, names) or f" Write 1 to 5, {quoted(self._framework.level(2).name)} or n/a."
            self._fault(row, f"{quoted(cell)} is not a level.{guess}")
            return None
        number = Decimal(word.replace(",", "."))
        if number != number.to_integral_value():
            self._fault(row, f"{cell} lies between two levels. Give a whole level from 1 to 5.")
            return None
        if not 1 <= number <= 5:
            self._fault(row, f"{cell} is not a level. The levels are 1 to 5.")
            return None
        return int(number)

    def _fault(self, row: Row, sentence: str) -> None:
        self._faults.append(LineFault(row.line, sentence))


def _known_ids(framework: Framework) -> dict[str, str]:
    names = {_plain(dimension.name): dimension.id for dimension in framework.dimensions}
    ids = [*(each.id for each in framework.dimensions), *(prompt.id for prompt in framework.prompts)]
    return names | {id_: id_ for id_ in ids}


def _plain(text: str) -> str:
    """Write an id or a name in the way ids are written: small letters and hyphens."""
    return re.sub(r"[\s_-]+", "-", text.casefold().replace("&", " and ")).strip("-")


def _one_line(text: str) -> str:
    """Join the lines of a cell and drop what cannot be seen, so that it can be printed as it is."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def _after_colon(text: str) -> str:
    """Read the reason that follows `n/a`, without the sign between them or the brackets around it."""
    reason = text.strip(" ,.:;–—-")
    return reason[1:-1].strip() if reason.startswith("(") and reason.endswith(")") else reason
