"""Column types: moments in UTC, and text from anywhere."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

# SQLite makes a self-numbering column of INTEGER only.
RowNumber = BigInteger().with_variant(Integer(), "sqlite")

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with U+FFFD in place of every character that no database can hold.

    That is the null character, which PostgreSQL refuses, and lone surrogates, which are not valid UTF-8;
    both can arrive in JSON escapes.
    """
    return _UNSTORABLE.sub("\ufffd", text)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in, UTC in the database, aware UTC out.

    SQLite has no type for moments, so there it is text of one width, which sorts as time does.

    Raises:
        ValueError: A naive datetime was given.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose text for SQLite and `timestamptz` elsewhere."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Turn an aware datetime into what the database stores."""
        if value is None:
            return None
        if value.tzinfo is None or value.utcoffset() is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        moment = value.astimezone(UTC)
        if dialect.name == "sqlite":
            return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
        return moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Turn what the database stored into an aware datetime in UTC."""
        if value is None:
            return None
        if isinstance(value, str):
            # Reading the offset too is several times faster than to replace it, and every row has a moment.
            return datetime.fromisoformat(f"{value}+00:00")
        moment: datetime = value
        return moment.astimezone(UTC)


class PlainText(TypeDecorator[str]):
    """Text of any length, made `storable` first, so that one odd character does not cost the rest."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace what cannot be stored."""
        return None if value is None else storable(value)
