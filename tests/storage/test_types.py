"""Moments and text come back as they went in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from storage.database import Database
from storage.types import UtcDateTime
from tests.storage.material import NOW, SECOND, WORKSPACE, message, want

_moments = st.datetimes(
    datetime(2, 1, 1),
    datetime(9998, 12, 31),
    timezones=st.sampled_from([UTC, ZoneInfo("Europe/London"), timezone(timedelta(hours=-11, minutes=-30))]),
)
_SQLITE, _POSTGRES = (make_url(f"{name}://").get_dialect()() for name in ("sqlite", "postgresql+asyncpg"))


@given(_moments)
def test_a_moment_stays_the_same_and_becomes_utc(moment: datetime) -> None:
    column = UtcDateTime()
    for dialect in (_SQLITE, _POSTGRES):
        back = column.process_result_value(column.process_bind_param(moment, dialect), dialect)
        assert back is not None
        assert back.utcoffset() == timedelta(0)
        # In UTC, since Python compares a moment in a repeated hour with no other zone's.
        assert back == moment.astimezone(UTC)


@given(_moments, _moments)
def test_on_sqlite_text_sorts_as_time_does(one: datetime, other: datetime) -> None:
    def stored(moment: datetime) -> Any:
        return UtcDateTime().process_bind_param(moment, _SQLITE)

    one, other = one.astimezone(UTC), other.astimezone(UTC)
    assert (stored(one) < stored(other)) == (one < other)
    assert (stored(one) == stored(other)) == (one == other)


async def test_a_naive_moment_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)
    async with database.unit_of_work(WORKSPACE) as work:
        with pytest.raises(ValueError, match="without a time zone"):
            await work.deliveries_seen.first_time("event", naive)
    with pytest.raises(ValueError, match="without a time zone"):
        await database.outbox.claim(owner="a", now=naive, lease=SECOND, limit=1)


async def test_moments_come_back_aware_in_utc(database: Database) -> None:
    in_summer = datetime(2027, 7, 1, 9, 30, 15, 123456, tzinfo=ZoneInfo("Europe/London"))
    await want(database, message(due_at=in_summer))
    async with database.reading(WORKSPACE) as work:
        row = await work.messages.get("board")
    assert row is not None
    assert row.due_at == in_summer
    assert row.due_at.isoformat() == "2027-07-01T08:30:15.123456+00:00"


@given(st.text(max_size=200), st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_settings_hold_what_json_holds(database: Database, name: str, value: object) -> None:
    async with database.unit_of_work(WORKSPACE) as work:
        await work.settings.put("channel:C1", name, "earlier")
        await work.settings.put("channel:C1", name, value)
        assert await work.settings.get("channel:C1", name) == value
        assert await work.settings.get("channel:C2", name) is None


@pytest.mark.parametrize("value", [float("inf"), float("nan"), {1, 2}])
async def test_settings_refuse_what_json_does_not_hold(database: Database, value: object) -> None:
    async with database.unit_of_work(WORKSPACE) as work:
        with pytest.raises((TypeError, ValueError)):
            await work.settings.put("channel:C1", "start", value)


async def test_what_no_database_holds_is_replaced_and_the_rest_is_kept(database: Database) -> None:
    odd = "before\x00between\ud800after \U0001f3db"
    async with database.unit_of_work(WORKSPACE) as work:
        assert await work.deliveries_seen.first_time(odd, NOW)
        # The same text is found again, so a forged one finds nothing more than it would anyway.
        assert not await work.deliveries_seen.first_time(odd, NOW)
        assert await work.assessments.get(odd) is None
        await work.commit()
    await want(database, message(odd))
    async with database.reading(WORKSPACE) as work:
        row = await work.messages.get(odd)
    assert row is not None
    assert row.key == "before\ufffdbetween\ufffdafter \U0001f3db"
