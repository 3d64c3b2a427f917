"""What was kept long enough goes, after the channel was told a month before; on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services.records.retention import keep_no_longer
from tests.bot.flows.small import form, press
from tests.bot.stage import Stage, keyed, read


async def _round(stage: Stage, days: int, months: int | None = 6) -> int:
    """A look so many days later."""
    bot = stage.runtime.bot
    await stage.slack.advance(timedelta(days=days).total_seconds())
    desk = replace(bot.desk, rules=replace(bot.desk.rules, retention_months=months))
    changed = await keep_no_longer(desk, stage.runtime.identity.workspace_id, bot.clock.now())
    bot.dispatcher.wake()
    return changed


@pytest.fixture
async def ended(running: Stage) -> Stage:
    await press(running, running.nia, await running.board(), "assessment.cancel")
    await form(running, running.nia, "cancel")
    await running.nia.submit({})
    await running.until_reads((await running.board()).ts, "cancelled by Nia Pryce")
    return running


async def test_it_is_told_and_then_deleted_once(ended: Stage) -> None:
    assert await _round(ended, 140) == 0
    assert await _round(ended, 30) == 1
    told = read(await ended.find("retention:"))
    assert "*How are we doing?* is kept until" in told and "/milepost export" in told
    assert await _round(ended, 1) == 0, "told once"
    assert await _round(ended, 14) == 0, "a month is a month"
    assert await _round(ended, 17) == 1
    note = read(await ended.find("deleted:"))
    assert "was deleted as its time was up on" in note
    assert await _round(ended, 1) == 0
    seen = await ended.still()
    assert not [m for m in keyed(seen, ended.channel, "board:") if not m.deleted]


async def test_what_is_under_way_or_without_a_limit_stays(running: Stage) -> None:
    assert await _round(running, 10_000) == 0
    assert await _round(running, 1, months=None) == 0


async def test_a_limit_that_is_set_late_still_gives_notice(ended: Stage) -> None:
    assert await _round(ended, 4_000) == 1
    await ended.find("retention:")
    assert await _round(ended, 30) == 0
    assert await _round(ended, 1) == 1
    await ended.find("deleted:")
