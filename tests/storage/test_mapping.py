"""Records and their rows: by name, with what is called or kept differently."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

import pytest
from sqlalchemy import Connection, RowMapping, create_engine, literal, select

from storage.mapping import RecordMapping


class _Size(Enum):
    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True)
class _Lid:
    colour: str
    screws: bool


@dataclass(frozen=True)
class _Box:
    name: str
    size: _Size
    inner: _Size | None = None
    lid: _Lid | None = None
    holds: tuple[str, ...] = ()


_LID = RecordMapping(
    _Lid, prefix="lid_", columns={"screws": "screwed"}, present="colour", absent={"screwed": False}
)
_BOX = RecordMapping(_Box, columns={"name": "id"}, parts={"lid": _LID}, besides=("holds",))
_WHOLE = _Box("B1", _Size.LARGE, _Size.SMALL, _Lid("red", True), ("a", "b"))


@pytest.fixture
def connection() -> Any:
    with create_engine("sqlite://").connect() as connection:
        yield connection


def _stored(connection: Connection, row: dict[str, Any]) -> RowMapping:
    columns = (literal(value).label(name) for name, value in row.items())
    return connection.execute(select(*columns)).mappings().one()


def test_a_record_with_everything(connection: Connection) -> None:
    row = _BOX.to_row(_WHOLE, owner="W1")
    kept = {"id": "B1", "size": "large", "inner": "small", "lid_colour": "red", "screwed": True}
    assert row == {**kept, "owner": "W1"}
    assert _BOX.from_row(_stored(connection, row), holds=("a", "b")) == _WHOLE


def test_a_record_with_nothing_that_may_be_missing(connection: Connection) -> None:
    bare = _Box("B2", _Size.SMALL)
    row = _BOX.to_row(bare)
    assert row == {"id": "B2", "size": "small", "inner": None, "lid_colour": None, "screwed": False}
    assert _BOX.from_row(_stored(connection, row)) == bare


def test_many_have_the_same_besides_and_their_place() -> None:
    rows = _BOX.to_rows_in_order([_Box("B1", _Size.SMALL), _Box("B2", _Size.SMALL)], owner="W1")
    assert [(row["id"], row["position"], row["owner"]) for row in rows] == [("B1", 0, "W1"), ("B2", 1, "W1")]
    assert [(row["id"], row["owner"]) for row in _BOX.to_rows([_WHOLE], owner="W1")] == [("B1", "W1")]


@pytest.mark.parametrize(
    "said",
    [{"columns": {"nme": "id"}}, {"parts": {"nme": _LID}}, {"besides": ("nme",)}, {"present": "nme"}],
)
def test_a_name_that_is_no_field_is_noticed_when_the_program_starts(said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="_Box has no field nme"):
        RecordMapping(_Box, **said)


def test_a_value_that_the_enum_does_not_know(connection: Connection) -> None:
    for unknown in ("huge", None):
        row = {**_BOX.to_row(_WHOLE), "size": unknown}
        with pytest.raises(KeyError):
            _BOX.from_row(_stored(connection, row))
