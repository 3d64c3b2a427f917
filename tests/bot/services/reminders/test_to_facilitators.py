"""What is passed on to facilitators: to each of them once, and to nobody who knows of it already."""

from __future__ import annotations

from dataclasses import replace

from bot.services.reminders.to_facilitators import PassedOn, pass_on
from storage.database import Database
from storage.messages.messages import WantedMessage
from tests.storage.material import NOW, SECOND, WORKSPACE
from tests.storage.plans.test_reminders import item, planned, spent

SAID = spent("U9", "overdue-3", message_key=None)


async def passed_on(database: Database, *passed: PassedOn) -> list[WantedMessage]:
    async with database.unit_of_work(WORKSPACE) as work:
        messages = await pass_on(work, passed, NOW + SECOND)
        await work.commit()
    return messages


async def told(database: Database, *milestones: str) -> set[tuple[str, str]]:
    """Who was told of which milestone."""
    async with database.reading(WORKSPACE) as work:
        return {(each.person, each.milestone_id) for each in await work.reminders.spent(milestones)}


async def test_a_facilitator_who_owns_the_item_is_not_told_of_it_again(database: Database) -> None:
    await planned(database, item("I1", "U9"), item("I2", "U9"))
    others = replace(SAID, milestone_id="I2-01")
    messages = await passed_on(
        database, PassedOn(SAID, frozenset({"U9", "U1"})), PassedOn(others, frozenset({"U9"}))
    )
    assert [each.channel_id for each in messages] == ["U2", "U1"], "one message each, whatever it holds"
    assert await told(database, "I1-01", "I2-01") == {("U2", "I1-01"), ("U1", "I2-01"), ("U2", "I2-01")}


async def test_where_all_of_them_know_there_is_no_message(database: Database) -> None:
    await planned(database, item("I1", "U9"), item("I2", "U9"))
    assert await passed_on(database, PassedOn(SAID, frozenset({"U1", "U2"}))) == []
    assert await told(database, "I1-01") == set()


async def test_nobody_is_told_twice(database: Database) -> None:
    await planned(database, item("I1", "U9"), item("I2", "U9"))
    assert len(await passed_on(database, PassedOn(SAID, frozenset({"U9"})))) == 2
    assert await passed_on(database, PassedOn(SAID, frozenset({"U9"}))) == []
