"""Reminders through the sandbox, with its clock moved forward: what comes when, and what does not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from model.plan.plan import ItemStatus
from model.plan.steps import (
    DropMilestone,
    FinishMilestone,
    HandOver,
    MoveMilestone,
    ReopenMilestone,
    SetStatus,
    SnoozeMilestone,
)
from tests.bot.flows.reminders.passing_days import (
    CALM,
    milestone,
    on,
    pass_to,
    remind_owners,
    take,
    tick,
    told,
    words,
)
from tests.bot.stage import Stage
from tests.model.days import at as london
from tests.model.days import day


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A Monday morning in June, on either engine."""
    async with on(CALM, database_url, tmp_path) as stage:
        yield stage


async def test_the_whole_way_of_a_milestone_that_nobody_does(stage: Stage) -> None:
    omar = stage.omar
    await take(stage, milestone("2027-06-18", omar, item="I1"))
    await pass_to(stage, "2027-06-11 09:29")
    assert await told(stage, omar) == []
    for number, (moment, says) in enumerate(
        (
            ("2027-06-11 09:31", "due in 7 days, on Friday 18 June 2027"),
            ("2027-06-17 09:31", "due tomorrow, Friday 18 June 2027"),
            ("2027-06-18 09:31", "due today, Friday 18 June 2027"),
            ("2027-06-25 09:31", "overdue by 7 days; it was due on Friday 18 June 2027"),
            ("2027-07-02 09:31", "overdue by 14 days"),
            ("2027-07-09 09:31", "overdue by 21 days"),
        ),
        1,
    ):
        await pass_to(stage, moment)
        assert await tick(stage) == 0, "said once"
        said = await words(stage, omar)
        assert len(said) == number
        assert says in said[-1] and "late" not in said[-1]
    assert await words(stage, stage.nia, "passed_on:") == []
    await pass_to(stage, "2027-07-16 09:31")
    assert len(await told(stage, omar)) == 6
    [handed_over] = await words(stage, stage.nia, "passed_on:")
    assert "overdue by 28 days" in handed_over and "Owner: Omar Shah." in handed_over
    assert "handed over to you" in handed_over
    await pass_to(stage, "2027-09-01 12:00")
    assert len(await told(stage, omar)) == 6 and len(await told(stage, stage.nia, "passed_on:")) == 1


async def test_what_a_reminder_says(stage: Stage) -> None:
    await take(stage, milestone("2027-06-18", stage.omar, name="First <!channel> list"))
    await pass_to(stage, "2027-06-18 09:31")
    [said] = await words(stage, stage.omar)
    assert said.startswith("*Reminder*: 1 milestone of yours.\n*First &lt;!channel&gt; list*: due today")
    assert "(Data, 1 Passive to 2 Developing)." in said and "|Plan of How are we doing?>" in said
    assert "[Done] <Tomorrow / Next week / A date…> [Change date…] [Blocked…] [Not doing…]" in said
    assert "`/milepost plan mine`" in said and "`/milepost settings`" in said
    [message] = await told(stage, stage.omar)
    assert "First &lt;!channel&gt; list*: due today" in message.text and "settings" in message.text
    assert message.pings == []


async def test_several_due_at_once_are_one_message(stage: Stage) -> None:
    await take(
        stage,
        milestone("2027-06-18", stage.omar, name="On the day"),
        milestone("2027-06-21", stage.omar, stage.grace, name="The working day before"),
        milestone("2027-06-25", stage.omar, name="Five before"),
        milestone("2027-06-24", stage.omar, name="Four before"),
        milestone("2027-06-11", stage.omar, name="Overdue"),
    )
    await pass_to(stage, "2027-06-17 12:00")
    before = len(await told(stage, stage.omar))
    await pass_to(stage, "2027-06-18 09:31")
    said = (await words(stage, stage.omar))[before:]
    assert len(said) == 1 and "4 milestones of yours" in said[0]
    names = ["Overdue", "On the day", "The working day before", "Five before"]
    assert [said[0].index(f"*{name}*") for name in names] == sorted(
        said[0].index(f"*{name}*") for name in names
    )
    assert "Four before" not in said[0]
    [grace] = (await words(stage, stage.grace))[-1:]
    assert "1 milestone of yours" in grace and "The working day before" in grace


@pytest.mark.parametrize(
    "step",
    [
        FinishMilestone("I1-01"),
        DropMilestone("I1-01", "Not needed."),
        SetStatus("I1", ItemStatus.DONE),
        SetStatus("I1", ItemStatus.DROPPED, "Not needed."),
        MoveMilestone("I1-01", day("2027-09-01")),
        HandOver("I1", "U0GRACEOBI"),
    ],
    ids=lambda step: type(step).__name__,
)
async def test_what_is_settled_before_the_day_is_not_said(
    sqlite_url: str, tmp_path: Path, step: FinishMilestone
) -> None:
    async with on(CALM, sqlite_url, tmp_path) as stage:
        await take(stage, milestone("2027-06-18", stage.omar, item="I1"), step)
        await pass_to(stage, "2027-06-18 09:31")
        assert await told(stage, stage.omar) == []
        others = await told(stage, stage.grace)
        assert len(others) == (1 if isinstance(step, HandOver) else 0)


@pytest.mark.parametrize(
    "step",
    [
        FinishMilestone("I1-01"),
        SetStatus("I1", ItemStatus.DROPPED, "Not needed."),
        MoveMilestone("I1-01", day("2027-09-01")),
        HandOver("I1", "U0GRACEOBI"),
        SnoozeMilestone("I1-01", day("2027-06-30")),
    ],
    ids=lambda step: type(step).__name__,
)
async def test_state_is_checked_when_it_is_sent(
    sqlite_url: str, tmp_path: Path, step: FinishMilestone
) -> None:
    """The reminder is in the outbox already, and Slack does not let us write yet."""
    async with on(CALM, sqlite_url, tmp_path) as stage:
        await take(stage, milestone("2027-06-18", stage.omar, item="I1"), milestone("2027-06-18", stage.omar))
        await held_back(stage, "2027-06-18 09:31")
        await take(stage, step, by=stage.omar if isinstance(step, SnoozeMilestone) else stage.nia)
        await let_go(stage)
        [said] = await words(stage, stage.omar)
        assert "1 milestone of yours" in said and "late" not in said


async def test_nothing_left_means_nothing_is_sent(sqlite_url: str, tmp_path: Path) -> None:
    async with on(CALM, sqlite_url, tmp_path) as stage:
        await take(stage, milestone("2027-06-18", stage.omar, item="I1"))
        await held_back(stage, "2027-06-18 09:31")
        await take(stage, FinishMilestone("I1-01"))
        await let_go(stage)
        assert await told(stage, stage.omar) == []
        await take(stage, ReopenMilestone("I1-01"))
        await stage.still()
        assert await told(stage, stage.omar) == [], "what came to nothing is not brought back"
        await pass_to(stage, "2027-06-18 09:55")
        assert len(await told(stage, stage.omar)) == 1, "it is due today, and theirs again"


async def held_back(stage: Stage, moment: str) -> None:
    """Remind Omar at a moment at which Slack asks us to wait for ten minutes."""
    await stage.slack.fault("rate_limited", "chat.postMessage", channel=stage.omar.id, seconds=600)
    await stage.slack.advance((london(moment) - stage.sandbox.clock.now()).total_seconds())
    assert await remind_owners(stage) == 1
    before = len(await stage.slack.calls("chat.postMessage"))
    stage.runtime.bot.dispatcher.wake()
    await stage.slack.until(lambda seen: seen.calls("chat.postMessage") > before)


async def let_go(stage: Stage) -> None:
    """The ten minutes are over."""
    await stage.slack.advance(601)
    await stage.still()
