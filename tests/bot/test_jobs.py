"""The clockwork: it wakes the dispatcher for what others put in the outbox, and it tidies."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from bot.jobs import Jobs, Round
from bot.sandbox.workspace.world import PRIVATE_CHANNEL, TEAM_CHANNEL
from storage.database import Database
from storage.engine.errors import StorageUnavailable
from storage.messages.outbox import Outbox
from tests.bot.delivery.post_office import WORKSPACE, Office, open_office
from tests.bot.logged import logging_to_memory


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with open_office(database_url) as office:
        yield office


@pytest.fixture(autouse=True)
def quick_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.jobs.TICK_SECONDS", 0.05)


def jobs(office: Office, **rounds: Round) -> Jobs:
    return Jobs(office.database, office.sandbox.clock, office.dispatchers[0], lambda: [WORKSPACE], rounds)


async def test_what_another_process_put_in_the_outbox_is_delivered(postgres_url: str) -> None:
    other = await Database.open(postgres_url)
    # A clock that hardly moves: the dispatcher's own nap would last for half an hour.
    async with open_office(postgres_url, speed=0.02) as office, office.delivering():
        await office.slack.idle()
        clockwork = jobs(office)
        clockwork.start()
        try:
            elsewhere = Office(
                office.sandbox, office.slack, other, office.session, office.renderer, dispatchers=[]
            )
            await elsewhere.want("from elsewhere")
            await office.slack.until(lambda seen: seen.messages(TEAM_CHANNEL))
        finally:
            await clockwork.stop(5)
            await other.close()


async def test_what_was_blocked_is_tried_again_within_the_hour(office: Office) -> None:
    """Slack does not always say that a channel takes us back."""
    await office.slack.remove_bot(PRIVATE_CHANNEL)
    async with office.delivering():
        await office.want("waits", channel=PRIVATE_CHANNEL)
        await office.settled(blocked=1)
        await office.slack.invite_bot(PRIVATE_CHANNEL)
        await jobs(office)._tidy()
        await office.settled()
    assert await office.keys(PRIVATE_CHANNEL) == ["waits"]


async def test_deliveries_seen_are_forgotten_after_two_days(office: Office) -> None:
    now = office.sandbox.clock.now()
    for key, at in (
        ("old", now - timedelta(days=2, minutes=5)),
        ("new", now - timedelta(days=2, minutes=-5)),
    ):
        async with office.database.unit_of_work(WORKSPACE) as work:
            assert await work.deliveries_seen.first_time(key, at)
            await work.commit()
    async with office.delivering():
        await jobs(office)._tidy()
    async with office.database.unit_of_work(WORKSPACE) as work:
        assert await work.deliveries_seen.first_time("old", now)
        assert not await work.deliveries_seen.first_time("new", now)


async def test_a_fault_of_the_database_does_not_stop_the_clockwork(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await break_next(monkeypatch, Outbox, "forget_seen_before", StorageUnavailable("away"))
    async with office.delivering():
        await jobs(office)._tidy()
        await jobs(office)._tidy()
        await office.deliver("after")


@pytest.mark.parametrize("error", [StorageUnavailable("away"), RuntimeError("a bug")], ids=["away", "bug"])
async def test_a_round_that_fails_keeps_neither_the_others_nor_the_next_from_coming(
    office: Office, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr("bot.jobs.ROUND_SECONDS", 0.02)
    came: list[str] = []
    enough = asyncio.Event()

    async def failing(workspace_id: str, now: datetime) -> int:
        came.append("failing")
        raise error

    async def working(workspace_id: str, now: datetime) -> int:
        came.append("working")
        if came.count("working") > 1 < came.count("failing"):
            enough.set()
        return 1

    with logging_to_memory() as logged:
        async with office.delivering():
            clockwork = jobs(office, failing=failing, working=working)
            clockwork.start()
            try:
                async with asyncio.timeout(20):
                    await enough.wait()
            finally:
                await clockwork.stop(5)
    failed = [(line["round"], line["workspace"]) for line in logged.lines("round_failed")]
    assert set(failed) == {("failing", WORKSPACE)}


async def test_what_has_begun_is_done_before_the_clockwork_has_stopped(office: Office) -> None:
    """The database is closed next, and a query that is cut off then never ends."""
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def long(workspace_id: str, now: datetime) -> int:
        begun.set()
        await may_end.wait()
        ended.set()
        return 0

    async with office.delivering():
        clockwork = jobs(office, long=long)
        clockwork.start()
        await begun.wait()
        stopping = asyncio.ensure_future(clockwork.stop(20))
        await asyncio.sleep(0)
        assert not stopping.done()
        may_end.set()
        await stopping
    assert ended.is_set()


async def test_what_does_not_end_is_cut_off(office: Office) -> None:
    begun, cut_off = asyncio.Event(), asyncio.Event()

    async def endless(workspace_id: str, now: datetime) -> int:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cut_off.set()
        return 0

    async with office.delivering():
        clockwork = jobs(office, endless=endless)
        clockwork.start()
        await begun.wait()
        await clockwork.stop(0.01)
    assert cut_off.is_set()


@pytest.mark.parametrize("error", [StorageUnavailable("away"), RuntimeError("a bug")], ids=["away", "bug"])
@pytest.mark.parametrize("method", ["next_due", "claim", "begin", "delivered", "hold_channel"])
async def test_a_fault_of_the_database_does_not_stop_the_dispatcher(
    office: Office, monkeypatch: pytest.MonkeyPatch, method: str, error: Exception
) -> None:
    await break_next(monkeypatch, Outbox, method, error)
    async with office.delivering():
        await office.want("card")
        await office.slack.idle()
        office.sandbox.clock.advance(91)
        await office.settled()
    assert await office.keys() == ["card"]


async def break_next(
    monkeypatch: pytest.MonkeyPatch, owner: type[Outbox], method: str, error: Exception
) -> None:
    """Let the next call of a method fail."""
    whole: Callable[..., Awaitable[object]] = getattr(owner, method)
    left = [error]

    async def breaking(self: Outbox, *args: object, **values: object) -> object:
        if left:
            raise left.pop()
        return await whole(self, *args, **values)

    monkeypatch.setattr(owner, method, breaking)
