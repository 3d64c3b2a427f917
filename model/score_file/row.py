"""One row of a levels file as it was written, and the words its columns go by; no level is read yet."""

from dataclasses import dataclass, field
from enum import StrEnum

from model.content_files.rules import nearest
from model.content_files.yaml_tree import LineFault
from model.quoting import quoted


class Column(StrEnum):
    """What a row can say about a dimension or a prompt."""

    CURRENT = "current"
    TARGET = "target"
    BASELINE = "baseline"
    REASON = "reason"


@dataclass(frozen=True)
class Row:
    """One row as it was written.

    Attributes:
        line: Its line in the file, counted from 1.
        id: The id or name it is for.
        cells: The texts of its columns; a column that is not there is blank.
        part: The part of the file it stands in: a row may be given once in each part.
    """

    line: int
    id: str
    cells: dict[Column, str] = field(hash=False)
    part: Column = Column.CURRENT


@dataclass
class Rows:
    """The rows of a file and what is wrong with its form."""

    rows: list[Row] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)

    def fault(self, line: int, sentence: str) -> None:
        """Note a fault."""
        self.faults.append(LineFault(line, sentence))


ID_WORDS = ("id", "dimension", "prompt", "name")
COLUMN_WORDS = {
    "current": Column.CURRENT,
    "level": Column.CURRENT,
    "current level": Column.CURRENT,
    "target": Column.TARGET,
    "target level": Column.TARGET,
    "baseline": Column.BASELINE,
    "baseline level": Column.BASELINE,
    "reason": Column.REASON,
}


def column_word(text: str) -> str:
    """Write the name of a column in the way it is compared."""
    return " ".join(text.replace("_", " ").casefold().split())


def unknown_column(word: str, *, with_id: bool) -> str:
    """Word the fault of a column that is not known."""
    known = [*(["id"] if with_id else []), *(column.value for column in Column)]
    guess = nearest(column_word(word), known) or f" Use {', '.join(known)}."
    return f"{quoted(word)} is not a column that is known here.{guess}"
