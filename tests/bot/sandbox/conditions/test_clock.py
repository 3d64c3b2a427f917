"""The clock: speed, sleeping, moving forward."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.sandbox.conditions.clock import SandboxClock

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_it_shows_utc_whatever_zone_it_was_started_in() -> None:
    clock = SandboxClock(START.astimezone(timezone(timedelta(hours=5))), speed=0)
    assert clock.now() == START
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize("amount", [90, 90.0, timedelta(seconds=90)])
def test_it_moves_by_seconds_or_a_timedelta(amount: float | timedelta) -> None:
    clock = SandboxClock(START, speed=0)
    clock.advance(amount)
    assert clock.now() == START + timedelta(seconds=90)


def test_it_refuses_what_makes_no_sense() -> None:
    with pytest.raises(ValueError, match="zone"):
        SandboxClock(datetime(2026, 11, 23))
    with pytest.raises(ValueError, match="negative"):
        SandboxClock(speed=-1)
    with pytest.raises(ValueError, match="forward"):
        SandboxClock(START).advance(-1)
    with pytest.raises(ValueError, match="negative"):
        SandboxClock(START).run_at(-1)


async def test_a_sleeper_wakes_when_the_clock_is_moved_past_its_time() -> None:
    clock = SandboxClock(START, speed=0)
    sleeper = asyncio.create_task(clock.sleep(60))
    await asyncio.sleep(0)
    clock.advance(59)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not sleeper.done()
    clock.advance(1)
    await asyncio.wait_for(sleeper, 1)


async def test_a_fast_clock_makes_sleeping_short() -> None:
    clock = SandboxClock(START, speed=10_000)
    await asyncio.wait_for(clock.sleep(600), 2)
    assert clock.now() >= START + timedelta(seconds=600)


async def test_its_speed_can_be_changed_while_somebody_sleeps() -> None:
    clock = SandboxClock(START, speed=0)
    clock.advance(30)
    sleeper = asyncio.create_task(clock.sleep(600))
    await asyncio.sleep(0)
    clock.run_at(10_000)
    await asyncio.wait_for(sleeper, 2)
    clock.run_at(0)
    stopped = clock.now()
    assert stopped >= START + timedelta(seconds=630)
    await asyncio.sleep(0)
    assert clock.now() == stopped


async def test_sleeping_for_nothing_returns() -> None:
    clock = SandboxClock(START, speed=0)
    await asyncio.wait_for(clock.sleep(0), 1)
    await asyncio.wait_for(clock.sleep(-5), 1)
