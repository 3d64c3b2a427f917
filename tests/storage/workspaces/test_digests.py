"""Which channels have no digest of a week yet, and that each is recorded once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from model.assessment.assessment import AssessmentState
from storage.database import Database
from storage.messages.messages import WantedMessage
from storage.workspaces.digests import DigestMade
from tests.storage.material import NOW, SECOND, WORKSPACE, started, stored

MOMENT = NOW + timedelta(days=7)
DAY = MOMENT.date()


async def test_each_channel_has_one_a_week(database: Database) -> None:
    await stored(database)
    await stored(database, "A2", channel="C2")
    await stored(database, "A9", channel="C9", workspace="T2")
    later, entries = started("A3", channel="C3", at=MOMENT)
    cancelled, _ = started("A4", channel="C4")
    made = DigestMade("C1", DAY, MOMENT, NOW, MOMENT)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(later, entries)
        await work.assessments.add(replace(cancelled, state=AssessmentState.CANCELLED), entries)
        assert await work.digests.missing(DAY, MOMENT) == ["C1", "C2"], "none begun since, none cancelled"
        assert await work.digests.last("C1") is None
        assert await work.digests.add(made)
        assert not await work.digests.add(replace(made, made_at=MOMENT + SECOND))
        assert await work.digests.missing(DAY, MOMENT) == ["C2"]
        assert await work.digests.missing(DAY + timedelta(days=7), MOMENT) == ["C1", "C2"]
        assert await work.digests.last("C1") == made == await work.digests.get("C1", DAY)
        assert await work.digests.get("C1", NOW.date()) is None
        assert [each.id for each in await work.assessments.all_standing_in("C1")] == ["A1"]
        assert await work.assessments.all_standing_in("C4") == []
        await work.commit()
    async with database.unit_of_work("T2") as work:
        assert await work.digests.get("C1", DAY) is None
        await work.digests.forget("C1")
        await work.commit()
    async with database.unit_of_work(WORKSPACE) as work:
        assert await work.digests.get("C1", DAY) == made, "another workspace's is its own"
        await work.digests.forget("C1")
        assert await work.digests.missing(DAY, MOMENT) == ["C1", "C2"]


async def test_the_messages_of_a_kind_in_a_channel(database: Database) -> None:
    async with database.unit_of_work(WORKSPACE) as work:
        for key, kind, channel in (
            ("1", "digest", "C1"),
            ("2", "digest", "C1"),
            ("3", "plan", "C1"),
            ("4", "digest", "C2"),
        ):
            wanted = WantedMessage(key, kind, channel, None, None, None)
            await work.messages.want(wanted, NOW, redraw_after=SECOND)
        assert [row.key for row in await work.messages.of_kind("digest", "C1")] == ["1", "2"]
        await work.messages.remove("1", NOW)
        assert [row.key for row in await work.messages.of_kind("digest", "C1")] == ["2"]
