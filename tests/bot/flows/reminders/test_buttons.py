"""The buttons of a reminder: it says itself what was done, and an old one says kindly what has happened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.client.client import Message, PersonHandle
from bot.services.asking import Asked
from bot.services.assessment.stepping import take_step
from bot.views.block_kit.reference import Reference
from model.assessment.steps import Cancel
from model.plan.plan import ItemStatus, Milestone, MilestoneState
from model.plan.steps import (
    FinishMilestone,
    HandOver,
    MoveMilestone,
    ReopenMilestone,
    SetStatus,
    WantedMilestone,
)
from tests.bot.flows.payloads import press_payload
from tests.bot.flows.reminders.passing_days import (
    CALM,
    milestone,
    on,
    pass_to,
    plan_of,
    take,
    told,
    until_reminder_reads,
    words,
)
from tests.bot.flows.small import dispatch, form, notice
from tests.bot.stage import Stage, read
from tests.bot.stage import told as whispered
from tests.model.days import day
from tests.model.plans import edit_step


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on(CALM, database_url, tmp_path) as stage:
        yield stage


@pytest.fixture
async def sqlite(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """The same on one engine, for what no database could change."""
    async with on(CALM, sqlite_url, tmp_path) as stage:
        yield stage


async def reminded(stage: Stage, *more: PersonHandle) -> Message:
    """Omar is reminded on the day of one milestone of his, due on a Friday; answers with the message."""
    await take(stage, milestone("2027-06-18", stage.omar, *more, item="I1"))
    await pass_to(stage, "2027-06-18 09:31")
    [message] = await told(stage, stage.omar)
    return message


async def press(stage: Stage, message: Message, action: str, person: PersonHandle | None = None) -> None:
    outcome = await (person or stage.omar).press(message.channel, message.ts, f"reminder.{action}")
    assert outcome.acknowledged, outcome


async def choose(stage: Stage, message: Message, option: str) -> None:
    outcome = await stage.omar.choose(message.channel, message.ts, "reminder.snooze", option=option)
    assert outcome.acknowledged, outcome


async def the_milestone(stage: Stage) -> Milestone:
    return (await plan_of(stage)).items[0].milestones[0]


async def nothing_else(stage: Stage) -> None:
    """One reminder, and nobody was told anything besides it."""
    await stage.still()
    assert len(await told(stage, stage.omar)) == 1
    assert (await stage.slack.ephemerals(stage.omar.id)) == []


async def test_done(stage: Stage) -> None:
    message = await reminded(stage)
    await press(stage, message, "done")
    text = await until_reminder_reads(stage, message, "done, by you on 18 June 2027.")
    assert text.startswith("*Reminder*: one more question.\n*First list*: done") and "[Done]" not in text
    assert (await the_milestone(stage)).state is MilestoneState.DONE
    await nothing_else(stage)
    await pass_to(stage, "2027-07-30 12:00")
    await nothing_else(stage)


LAST = "Do what First list is for: that was the last milestone. Is the whole action done?"


async def test_the_last_milestone_leads_to_whether_the_action_is_done(stage: Stage) -> None:
    message = await reminded(stage)
    await press(stage, message, "done")
    assert "[The action is done]" in await until_reminder_reads(stage, message, LAST)
    await press(stage, message, "item_done")
    text = await until_reminder_reads(stage, message, "Do what First list is for is done. Did it work?")
    assert text.startswith("*Reminder*: one more question.")
    assert "[Yes] [Partly] [No] [Too early to say] [Say more…]" in text
    assert (await plan_of(stage)).items[0].status is ItemStatus.DONE
    await nothing_else(stage)
    assert "Did it work?" in read(await stage.find("outcome:"))
    await stage.omar.open_home()
    await stage.slack.until(
        lambda seen: "*Did it work?* (1)" in getattr(seen.home(stage.omar.id), "readable", "")
    )
    await stage.omar.press(message.channel, message.ts, "plan.say_more")
    await form(stage, stage.omar, "outcome")
    await stage.omar.submit({"worked": "too_early", "reason": ""})
    await until_reminder_reads(stage, message, "too early to say whether it worked, says Omar Shah.")
    await stage.omar.open_home()
    await stage.slack.until(
        lambda seen: "*Did it work?*" not in getattr(seen.home(stage.omar.id), "readable", "*Did it work?*")
    )
    await stage.omar.press(message.channel, message.ts, "plan.worked_yes")
    text = await until_reminder_reads(stage, message, "nothing is left to do here")
    assert "Do what First list is for is done. It worked, says Omar Shah." in text and "[" not in text
    assert len(await told(stage, stage.omar)) == 1 and (await stage.slack.ephemerals(stage.omar.id)) == []


async def test_the_question_goes_when_another_milestone_is_to_be_reached(stage: Stage) -> None:
    message = await reminded(stage)
    await press(stage, message, "done")
    await until_reminder_reads(stage, message, LAST)
    item = (await plan_of(stage)).items[0]
    new = (WantedMilestone("Second list", day("2027-09-01")),)
    await take(stage, edit_step(item, milestones=new))
    text = await until_reminder_reads(stage, message, "nothing is left to do here")
    assert "last milestone" not in text and "[" not in text
    await take(stage, FinishMilestone("I1-02"))
    await stage.still()
    assert "last milestone" not in read((await told(stage, stage.omar))[0]), "another was the last one"


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (SetStatus("I1", ItemStatus.DONE), "This item is done: <@U0NIAPRYCE>"),
        (SetStatus("I1", ItemStatus.DROPPED, "No"), "dropped by <@U0NIAPRYCE>"),
        (HandOver("I1", "U0GRACEOBI"), "Only its owners"),
    ],
)
async def test_an_old_press_that_the_action_is_done(sqlite: Stage, step: Any, says: str) -> None:
    message = await reminded(sqlite)
    await press(sqlite, message, "done")
    await until_reminder_reads(sqlite, message, LAST)
    assessment = await sqlite.assessment()
    value = Reference(assessment=assessment.id, item="I1", milestone="I1-01", due="2027-06-18").encode()
    await take(sqlite, step)
    done = isinstance(step, SetStatus) and step.status is ItemStatus.DONE
    text = await until_reminder_reads(sqlite, message, "Did it" if done else "nothing is left to do here")
    assert "[The action is done]" not in text
    status = (await plan_of(sqlite)).items[0].status
    await dispatch(sqlite, press_payload(sqlite, sqlite.omar.id, "reminder.item_done", value))
    assert says in await sqlite.whisper(sqlite.omar, says)
    assert (await plan_of(sqlite)).items[0].status is status


@pytest.mark.parametrize(
    "option",
    [
        # The day after is a Saturday, on which nobody is told anything.
        "Tomorrow",
        "Next week",
    ],
)
async def test_snooze(stage: Stage, option: str) -> None:
    message = await reminded(stage, stage.grace)
    await choose(stage, message, option)
    text = await until_reminder_reads(stage, message, "You hear of it again on")
    assert "again on Monday 21 June 2027" in text and "[Done]" in text
    await nothing_else(stage)
    await pass_to(stage, "2027-06-21 09:29")
    await take(stage, SetStatus("I1", ItemStatus.BLOCKED, "No money"))
    text = await until_reminder_reads(stage, message, "Blocked: No money")
    assert "again on Monday 21 June 2027" in text
    assert len(await told(stage, stage.omar)) == 1
    await pass_to(stage, "2027-06-21 09:31")
    assert "overdue by 3 days" in (await words(stage, stage.omar))[-1]
    assert len(await told(stage, stage.omar)) == 2
    await take(stage, SetStatus("I1", ItemStatus.DOING))
    assert "hear of it again" not in await until_reminder_reads(stage, message, "[Blocked…]")
    assert len(await told(stage, stage.grace)) == 1, "a snooze is for one person"


async def test_snooze_until_a_date(stage: Stage) -> None:
    message = await reminded(stage)
    await choose(stage, message, "A date…")
    await form(stage, stage.omar, "snooze_milestone")
    assert (await stage.omar.submit({"until": "2027-06-18"})).errors is not None
    assert (await stage.omar.submit({"until": "2027-06-30"})).response_action is None
    await until_reminder_reads(stage, message, "You hear of it again on Wednesday 30 June 2027.")
    await nothing_else(stage)
    await pass_to(stage, "2027-06-29 16:00")
    assert len(await told(stage, stage.omar)) == 1, "what falls before it waits for it"
    await pass_to(stage, "2027-06-30 09:31")
    assert len(await told(stage, stage.omar)) == 2


async def test_another_date(stage: Stage) -> None:
    message = await reminded(stage)
    await press(stage, message, "move")
    await form(stage, stage.omar, "move_milestone")
    assert (await stage.omar.submit({"due": "2027-06-30", "reason": "Holidays"})).response_action is None
    text = await until_reminder_reads(stage, message, "moved to Wednesday 30 June 2027, by you")
    assert "Reason: Holidays." in text and "[" not in text
    await nothing_else(stage)
    await pass_to(stage, "2027-06-23 09:31")
    assert "due in 7 days" in (await words(stage, stage.omar))[-1]


async def test_blocked(stage: Stage) -> None:
    message = await reminded(stage)
    await press(stage, message, "blocked")
    await form(stage, stage.omar, "item_status")
    assert (await stage.omar.submit({"reason": " "})).errors is not None
    assert (await stage.omar.submit({"reason": "No <money>"})).response_action is None
    text = await until_reminder_reads(stage, message, "Blocked: No &lt;money&gt;")
    assert "[Done]" in text and "[Blocked…]" not in text
    assert (await plan_of(stage)).items[0].status is ItemStatus.BLOCKED
    await nothing_else(stage)


async def test_not_doing(stage: Stage) -> None:
    message = await reminded(stage)
    await press(stage, message, "drop")
    await form(stage, stage.omar, "drop_milestone")
    assert (await stage.omar.submit({"reason": " "})).errors is not None
    assert (await stage.omar.submit({"reason": "Not needed"})).response_action is None
    await until_reminder_reads(stage, message, "not being done, by you on 18 June 2027. Reason: Not needed.")
    assert (await the_milestone(stage)).state is MilestoneState.DROPPED
    await nothing_else(stage)


async def test_what_a_colleague_does_is_seen_as_well(stage: Stage) -> None:
    message = await reminded(stage, stage.grace)
    [other] = await told(stage, stage.grace)
    await press(stage, other, "done", stage.grace)
    await until_reminder_reads(stage, message, "done, by Grace Obi on 18 June 2027.")
    await take(stage, ReopenMilestone("I1-01"))
    await until_reminder_reads(stage, message, "[Done]")
    await until_reminder_reads(stage, other, "[Done]")
    await take(stage, HandOver("I1", stage.ana.id, stage.omar.id))
    await until_reminder_reads(stage, message, "Ana Reis and Grace Obi look after it now.")
    assert "[Done]" in await until_reminder_reads(stage, other, "First list")


async def test_every_reminder_of_a_date_is_edited(stage: Stage) -> None:
    await take(stage, milestone("2027-06-18", stage.omar, item="I1"))
    for moment in ("2027-06-11 09:31", "2027-06-17 09:31", "2027-06-18 09:31"):
        await pass_to(stage, moment)
    first, _, last = await told(stage, stage.omar)
    await press(stage, first, "done")
    for message in (first, last):
        await until_reminder_reads(stage, message, "done, by you")
    assert len(await told(stage, stage.omar)) == 3


async def test_a_press_twice_and_one_delivered_twice(sqlite: Stage) -> None:
    message = await reminded(sqlite)
    await press(sqlite, message, "done")
    await sqlite.slack.redeliver_last()
    await until_reminder_reads(sqlite, message, "done, by you")
    await nothing_else(sqlite)


async def old_press(stage: Stage, message: Message, action: str, value: str) -> None:
    """A press in a window that has not been drawn anew yet."""
    outcome = await stage.omar.press(message.channel, message.ts, f"reminder.{action}", value=value)
    assert outcome.acknowledged, outcome


OLD: list[tuple[Any, str, str]] = [
    (FinishMilestone("I1-01"), "already done by <@U0NIAPRYCE>", "done, by Nia Pryce"),
    (SetStatus("I1", ItemStatus.DONE), "This item is done: <@U0NIAPRYCE>", "its action is done"),
    (SetStatus("I1", ItemStatus.DROPPED, "No"), "dropped by <@U0NIAPRYCE>", "its action was dropped"),
    (MoveMilestone("I1-01", day("2027-09-01")), "<@U0NIAPRYCE> moved this milestone to Wedn", "moved to"),
    (HandOver("I1", "U0GRACEOBI"), "Only its owners", "Grace Obi looks after it now"),
]


@pytest.mark.parametrize(("step", "says", "reads"), OLD, ids=lambda each: type(each).__name__)
async def test_a_press_long_after_it_is_over_says_so_kindly(
    sqlite_url: str, tmp_path: Path, step: Any, says: str, reads: str
) -> None:
    """The old message keeps its buttons, since Slack has refused the edit for weeks."""
    async with on(CALM, sqlite_url, tmp_path) as stage:
        message = await reminded(stage)
        await stage.slack.fault("api_error", "chat.update", error="is_inactive", channel=message.channel)
        await take(stage, step)
        await blocked(stage)
        await stage.slack.advance(60 * 86_400)
        await stage.restart()
        await press(stage, message, "done")
        assert says in await stage.whisper(stage.omar, says)
        await press(stage, message, "move")
        await notice(stage, stage.omar, says.removeprefix("already ").split(" by ")[0][:20])
        await stage.runtime.bot.database.outbox.unblock_all(now=stage.sandbox.clock.now())
        stage.runtime.bot.dispatcher.wake()
        await until_reminder_reads(stage, message, reads)


async def blocked(stage: Stage) -> None:
    """Wait until an edit is held back."""
    while not await stage.runtime.bot.database.outbox.blocked():
        await stage.slack.idle(quiet=0.02)


async def test_buttons_of_a_cancelled_or_deleted_assessment(sqlite: Stage) -> None:
    message = await reminded(sqlite)
    bot, assessment = sqlite.runtime.bot, await sqlite.assessment()
    asked = Asked(sqlite.runtime.identity.workspace_id, sqlite.nia.id, bot.clock.now(), "cancel")
    await take_step(bot.desk, asked, assessment.id, Cancel())
    await press(sqlite, message, "done")
    await sqlite.whisper(sqlite.omar, "This assessment was cancelled by")
    await until_reminder_reads(sqlite, message, "its assessment was cancelled.")
    await pass_to(sqlite, "2027-06-25 09:31")
    assert len(await told(sqlite, sqlite.omar)) == 1


@pytest.mark.parametrize(
    "value",
    [
        "",
        "{}",
        Reference(assessment="A9", milestone="I1-01", due="2027-06-18").encode(),
        Reference(assessment="A9", milestone="I1-01", due="soon").encode(),
    ],
)
async def test_a_value_that_is_none_of_ours(sqlite: Stage, value: str) -> None:
    await dispatch(sqlite, press_payload(sqlite, sqlite.omar.id, "reminder.done", value))
    await sqlite.still()
    assert whispered(await sqlite.slack.seen(), sqlite.omar, "")
