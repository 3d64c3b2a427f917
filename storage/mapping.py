"""Between records and the rows that hold them, by name: a field is in the column that is called like it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args, get_type_hints

from sqlalchemy import RowMapping

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = dict[str, Any]
T = TypeVar("T", bound="DataclassInstance")


class RecordMapping(Generic[T]):
    """How the records of one dataclass are kept.

    Only what differs from "each field in the column of its name" is said, so a new field needs its column and
    nothing here. Enums are kept as their values. What can be known of the dataclass is worked out once: rows
    are read at every press of a button.
    """

    def __init__(
        self,
        kind: type[T],
        *,
        prefix: str = "",
        columns: Mapping[str, str] | None = None,
        parts: Mapping[str, RecordMapping[Any]] | None = None,
        besides: Collection[str] = (),
        present: str | None = None,
        absent: Row | None = None,
    ) -> None:
        """Say how.

        Args:
            kind: The dataclass.
            prefix: What the names of its columns begin with.
            columns: Field to column, where they are called differently.
            parts: Fields that are records themselves, kept in the same row; they have no parts of their own.
            besides: Fields that the row does not hold; whoever reads it gives those without a default.
            present: For a part that may be None: a field of it that never is.
            absent: For a part that may be None: what its columns hold then, where that is not NULL.

        Raises:
            ValueError: The dataclass has no field of a given name.
        """
        renamed, parts = columns or {}, parts or {}
        names = [field.name for field in fields(kind)]
        unknown = {*renamed, *parts, *besides, *([present] if present else [])} - {*names}
        if unknown:
            raise ValueError(f"{kind.__name__} has no field {min(unknown)}.")
        column_of = {
            name: renamed.get(name, prefix + name) for name in names if name not in {*parts, *besides}
        }
        values = _enum_values(kind)
        self._kind = kind
        self._plain = [(field, column) for field, column in column_of.items() if field not in values]
        self._enums = [
            (field, column, values[field]) for field, column in column_of.items() if field in values
        ]
        self._present: str | None = None if present is None else column_of[present]
        self._parts = [(field, part, part._present) for field, part in parts.items()]
        self._none: Row = {**dict.fromkeys(column_of.values()), **(absent or {})}

    def from_row(self, row: RowMapping, /, **besides: Any) -> T:
        """The record that a row holds, with the fields `besides`."""
        for field, column in self._plain:
            besides[field] = row[column]
        for field, column, members in self._enums:
            besides[field] = members[row[column]]
        for field, part, present in self._parts:
            besides[field] = None if present and row[present] is None else part.from_row(row)
        return self._kind(**besides)

    def to_row(self, record: T, /, **besides: Any) -> Row:
        """The columns that hold a record, and others `besides`."""
        for field, column in self._plain:
            besides[column] = getattr(record, field)
        for field, column, _ in self._enums:
            value = getattr(record, field)
            besides[column] = None if value is None else value.value
        for field, part, _ in self._parts:
            held = getattr(record, field)
            besides |= part._none if held is None else part.to_row(held)
        return besides

    def to_rows(self, records: Iterable[T], /, **besides: Any) -> list[Row]:
        """The columns that hold each of these records, and others `besides`."""
        return [self.to_row(record, **besides) for record in records]

    def to_rows_in_order(self, records: Iterable[T], /, **besides: Any) -> list[Row]:
        """The columns that hold each of these records, with its `position` among them."""
        return [self.to_row(record, position=place, **besides) for place, record in enumerate(records)]


def _enum_values(kind: type) -> dict[str, dict[str | None, Enum | None]]:
    """By field: the members of its enum by their values, with None where it may be empty."""
    found: dict[str, dict[str | None, Enum | None]] = {}
    for field, hint in get_type_hints(kind).items():
        alternatives = get_args(hint) or (hint,)
        for each in alternatives:
            if isinstance(each, type) and issubclass(each, Enum):
                found[field] = {member.value: member for member in each}
                found[field] |= {None: None} if type(None) in alternatives else {}
    return found
