"""The metadata that all tables share, with a name for every constraint."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, MetaData

from storage.types import PlainText

# Without fixed names a constraint cannot be dropped by a later migration on SQLite.
NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING_CONVENTION)


def text_column(name: str, *, primary_key: bool = False, nullable: bool = False) -> Column[str]:
    """A text column without a limit; limits on people's words are rules of the model."""
    return Column(name, PlainText, primary_key=primary_key, nullable=nullable)


def workspace_column(*, primary_key: bool = True) -> Column[str]:
    """The workspace that a row belongs to: on every row, and in every key."""
    return text_column("workspace_id", primary_key=primary_key)


def belongs_to(table: str, *same: str, **renamed: str) -> ForeignKeyConstraint:
    """A foreign key to the row of the same workspace that a row belongs to, and with which it goes.

    Args:
        table: The other table.
        same: The columns that are called alike in both, besides the workspace.
        renamed: The column of this table, and that of the other.
    """
    columns = {"workspace_id": "workspace_id", **dict(zip(same, same, strict=True)), **renamed}
    return ForeignKeyConstraint(
        list(columns), [f"{table}.{key}" for key in columns.values()], ondelete="CASCADE"
    )
