"""Something is done: did it work? Who may say so, what is said, and asking again when it was too early."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.sandbox.client.client import Message, PersonHandle, Seen
from model.plan.plan import ItemStatus, Worked
from tests.bot.flows.payloads import press_payload
from tests.bot.flows.plan.what_people_do import about_item, add_item, item_called, open_item, set_targets
from tests.bot.flows.reminders.passing_days import on
from tests.bot.flows.small import dispatch, form, notice, pinged, press
from tests.bot.stage import Stage, keyed, read
from tests.model.days import LONDON

TITLE = "Mend the list"


async def _set_status(stage: Stage, person: PersonHandle, label: str) -> None:
    await open_item(stage, person, TITLE)
    await person.modal_press("plan.item_status", label)
    await notice(stage, person, f"{label}.")
    await person.close_modal(everything=True)


async def _done(stage: Stage) -> Message:
    """Omar's item, marked done by him; answers with the card that asks."""
    await set_targets(stage, stage.nia, data=3)
    await add_item(stage, stage.nia, TITLE, owners=[stage.omar.id], success="Nobody asks <twice>.")
    await stage.whisper(stage.nia, "Added to the plan")
    await _set_status(stage, stage.omar, "Done")
    return await stage.find("outcome:")


@pytest.fixture
async def asked(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """Four weeks before a bank holiday, at ten in the morning, when people may be written to."""
    async with on(datetime(2027, 8, 2, 10, tzinfo=LONDON), database_url, tmp_path) as stage:
        await _done(stage)
        yield stage
        assert pinged((await stage.slack.seen()).messages(stage.channel)) == []


async def advance_to(stage: Stage, moment: str) -> None:
    """Let the time pass until the clocks show this, and send what is due."""
    target = datetime.fromisoformat(moment).replace(tzinfo=LONDON)
    await stage.slack.advance((target - stage.sandbox.clock.now()).total_seconds())
    stage.runtime.bot.dispatcher.wake()


async def test_the_owner_is_asked_in_the_thread_of_the_plan_and_says_yes(asked: Stage) -> None:
    card, plan = await asked.find("outcome:"), await asked.find("plan:")
    text = read(card)
    assert card.thread_ts == plan.ts
    assert "*Mend the list* is done. Did it work?" in text
    assert "You wanted to see: Nobody asks &lt;twice&gt;." in text and "For Omar Shah to say." in text
    await press(asked, asked.grace, card, "plan.worked_yes")
    assert f"<@{asked.omar.id}>" in await asked.whisper(asked.grace, "Only")
    await press(asked, asked.omar, card, "plan.worked_yes")
    await asked.whisper(asked.omar, "it worked. Thank you.")
    text = read(await asked.until_reads(card.ts, "It worked, says Omar Shah."))
    assert "Levels never move by themselves." in text and "[Too early to say]" not in text
    outcome = (await item_called(asked, TITLE)).outcome
    assert outcome is not None and (outcome.worked, outcome.by) == (Worked.YES, asked.omar.id)
    assert len(keyed(await asked.still(), asked.channel, "outcome:")) == 1


async def test_more_can_be_said_and_later_otherwise(asked: Stage) -> None:
    card = await asked.find("outcome:")
    await press(asked, asked.grace, card, "plan.say_more")
    await notice(asked, asked.grace, "Only")
    await press(asked, asked.omar, card, "plan.say_more")
    await form(asked, asked.omar, "outcome")
    await asked.omar.submit({"worked": "partly", "reason": "Half of <!channel> use it."})
    text = read(await asked.until_reads(card.ts, "It worked in part, says Omar Shah."))
    assert "“Half of &lt;!channel&gt; use it.”" in text
    await press(asked, asked.nia, card, "plan.say_more")
    view = await form(asked, asked.nia, "outcome")
    assert view.values["worked"]["worked"]["selected_option"]["value"] == "partly"
    await asked.nia.submit({"worked": "no", "reason": ""})
    await asked.until_reads(card.ts, "It did not work, says Nia Pryce.")


async def test_too_early_is_asked_again_after_four_weeks(asked: Stage) -> None:
    card = await asked.find("outcome:")
    await press(asked, asked.omar, card, "plan.worked_too_early")
    await asked.whisper(asked.omar, "I ask again in four weeks")
    await asked.until_reads(card.ts, "I ask again on 31 August 2027.")
    await press(asked, asked.omar, card, "plan.worked_too_early")
    await asked.whisper(asked.omar, "done this already")
    for moment in ("2027-08-29 12:00", "2027-08-30 12:00", "2027-08-31 09:29"):
        await advance_to(asked, moment)
        assert len(keyed(await at_rest(asked, waiting=1), asked.channel, "outcome:")) == 1
    await asked.restart()
    await advance_to(asked, "2027-08-31 09:31")
    await until_asked(asked, times=2)
    second = keyed(await asked.slack.seen(), asked.channel, "outcome:")[-1]
    assert "when it was too early to say. Did it work?" in read(second)
    await press(asked, asked.omar, second, "plan.worked_yes")
    await asked.until_reads(card.ts, "It worked, says Omar Shah.")


async def until_asked(stage: Stage, times: int) -> None:
    await stage.slack.until(lambda seen: len(keyed(seen, stage.channel, "outcome:")) == times)


async def at_rest(stage: Stage, waiting: int) -> Seen:
    """Wait until so many messages are left, which are to come on a later day."""
    bot = stage.runtime.bot
    async with asyncio.timeout(30):
        while bot.work.under_way or await bot.database.outbox.pending() != waiting:
            await stage.slack.idle(quiet=0.05)
    return await stage.slack.idle(quiet=0.05)


async def test_too_early_once_more_is_asked_again_four_weeks_later(asked: Stage) -> None:
    card = await asked.find("outcome:")
    await press(asked, asked.omar, card, "plan.worked_too_early")
    await asked.until_reads(card.ts, "I ask again on")
    for number, moment in ((2, "2027-08-31 09:31"), (3, "2027-09-28 11:00")):
        await advance_to(asked, moment)
        await until_asked(asked, times=number)
        latest = keyed(await asked.slack.seen(), asked.channel, "outcome:")[-1]
        before = (await item_called(asked, TITLE)).outcome
        await press(asked, asked.omar, latest, "plan.worked_too_early")
        await at_rest(asked, waiting=1)
        outcome = (await item_called(asked, TITLE)).outcome
        assert before is not None and outcome is not None and outcome.at > before.at
    await press(asked, asked.omar, latest, "plan.worked_yes")
    await asked.until_reads(card.ts, "It worked, says Omar Shah.")
    await asked.slack.advance(29 * 86_400)
    asked.runtime.bot.dispatcher.wake()
    assert len(keyed(await at_rest(asked, waiting=0), asked.channel, "outcome:")) == 3


async def test_a_newer_too_early_has_its_own_date(asked: Stage) -> None:
    card = await asked.find("outcome:")
    await press(asked, asked.omar, card, "plan.worked_too_early")
    await asked.until_reads(card.ts, "I ask again on")
    await asked.slack.advance(10 * 86_400)
    await press(asked, asked.omar, card, "plan.say_more")
    await form(asked, asked.omar, "outcome")
    await asked.omar.submit({"worked": "too_early", "reason": "Ask after the summer."})
    await asked.until_reads(card.ts, "Ask after the summer.")
    await asked.slack.advance(19 * 86_400)
    asked.runtime.bot.dispatcher.wake()
    assert len(keyed(await at_rest(asked, waiting=1), asked.channel, "outcome:")) == 1
    await advance_to(asked, "2027-09-10 09:31")
    await until_asked(asked, times=2)


async def test_an_answer_meanwhile_makes_the_second_question_needless(asked: Stage) -> None:
    card = await asked.find("outcome:")
    await press(asked, asked.omar, card, "plan.worked_too_early")
    await asked.until_reads(card.ts, "I ask again on")
    await press(asked, asked.omar, card, "plan.worked_no")
    await asked.until_reads(card.ts, "It did not work")
    await asked.slack.advance(30 * 86_400)
    asked.runtime.bot.dispatcher.wake()
    assert len(keyed(await asked.still(), asked.channel, "outcome:")) == 1


async def test_what_is_done_no_longer_asks_no_longer(asked: Stage) -> None:
    card = await asked.find("outcome:")
    await _set_status(asked, asked.omar, "Doing")
    text = read(await asked.until_reads(card.ts, "is no longer done."))
    assert "[Yes]" not in text
    value = await about_item(asked, TITLE, word="yes")
    assert (await item_called(asked, TITLE)).status is ItemStatus.DOING

    await dispatch(asked, press_payload(asked, asked.omar.id, "plan.worked_yes", value))
    await asked.still()
    assert (await item_called(asked, TITLE)).outcome is None
