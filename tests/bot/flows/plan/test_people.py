"""Handing over, owners who are gone, plans in direct messages, and who may see a plan at all."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.rounds.each_minute import rounds
from bot.sandbox.client.client import Message, PersonHandle, Seen
from bot.sandbox.workspace.world import PRIVATE_CHANNEL, WITHOUT_BOT_CHANNEL
from bot.views.block_kit.reference import Reference
from tests.bot.flows.payloads import press_payload
from tests.bot.flows.plan.what_people_do import (
    about_item,
    add_item,
    command,
    in_days,
    item_called,
    open_item,
    plan_message,
    plan_of,
    set_targets,
)
from tests.bot.flows.reminders.passing_days import milestone, on, pass_to, take, words
from tests.bot.flows.small import dispatch, form, notice
from tests.bot.stage import Stage, keyed, read
from tests.model.days import LONDON


@pytest.fixture
async def planning(running: Stage) -> Stage:
    """An assessment under way with a target, so that its plan is in the channel."""
    await set_targets(running, running.nia, data=3)
    return running


async def direct(stage: Stage, person: PersonHandle, words: str) -> Message:
    """Wait for a direct message of the bot to a person that says these words; the latest."""
    channel, _ = await person.dm("Thanks")

    def saying(seen: Seen) -> list[Message]:
        return [m for m in seen.messages(channel) if m.by_bot and words in read(m)]

    return saying(await stage.slack.until(saying))[-1]


async def told(stage: Stage, person: PersonHandle, words: str) -> int:
    """How many direct messages a person has that say these words, once all is still."""
    channel, _ = await person.dm("Thanks")
    seen = await stage.still()
    return len([m for m in seen.messages(channel) if m.by_bot and words in read(m)])


async def go_round(stage: Stage) -> None:
    """What happens each minute, without waiting for it."""
    bot = stage.runtime.bot
    going = rounds(bot)
    if await going["plans"](stage.runtime.identity.workspace_id, bot.clock.now()):
        bot.dispatcher.wake()


async def test_handing_over_tells_both(planning: Stage) -> None:
    milestones = f"{in_days(planning, 10).isoformat()} First list"
    await add_item(planning, planning.nia, "Mend the list", owners=[planning.omar.id], milestones=milestones)
    text = read(await direct(planning, planning.omar, "Mend the list"))
    assert "*Mend the list* is yours now; Nia Pryce made you an owner." in text
    assert f"in <#{planning.channel}>" in text
    await open_item(planning, planning.omar, "Mend the list")
    await planning.omar.modal_press("plan.hand_over")
    await form(planning, planning.omar, "hand_over")
    outcome = await planning.omar.submit({"people": planning.grace.id, "reason": "On leave until May"})
    assert outcome.response_action is None, outcome
    words = await planning.whisper(planning.omar, "belongs to")
    assert planning.grace.id in words
    text = read(await direct(planning, planning.grace, "Mend the list"))
    assert "*Mend the list* is yours now; Omar Shah handed it over to you." in text
    assert "Note: On leave until May" in text
    assert f"next: First list, {in_days(planning, 10):%-d %B %Y}" in text
    text = read(await direct(planning, planning.omar, "yours no longer"))
    assert "It belongs to Grace Obi now" in text
    await planning.until_reads((await plan_message(planning)).ts, "owner: Grace Obi")
    assert await told(planning, planning.nia, "Mend the list") == 0


async def test_who_gets_something_in_the_evening_is_told_in_the_morning(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with on(datetime(2027, 6, 7, 22, tzinfo=LONDON), sqlite_url, tmp_path) as stage:
        await take(stage, milestone("2027-06-21", stage.omar), milestone("2027-06-21", stage.grace))
        assert await words(stage, stage.omar, "owner_note:") == []
        await pass_to(stage, "2027-06-08 09:01")
        [told] = await words(stage, stage.omar, "owner_note:")
        assert "is yours now; Nia Pryce made you an owner." in told


async def test_one_owner_of_several_gives_their_place(planning: Stage) -> None:
    await add_item(planning, planning.nia, "Mend the list", owners=[planning.omar.id, planning.ana.id])
    await open_item(planning, planning.omar, "Mend the list")
    await planning.omar.modal_press("plan.hand_over")
    view = await form(planning, planning.omar, "hand_over")
    assert "In my place" in view.readable
    await planning.omar.submit({"people": planning.grace.id})
    await planning.whisper(planning.omar, "belongs to")
    assert (await item_called(planning, "Mend the list")).owners == (planning.grace.id, planning.ana.id)


async def test_whoever_is_not_in_the_channel_cannot_receive(planning: Stage) -> None:
    await add_item(planning, planning.nia, "Mend the list", owners=[planning.omar.id])
    await planning.ana.leave(planning.channel)
    await open_item(planning, planning.nia, "Mend the list")
    await planning.nia.modal_press("plan.hand_over")
    await form(planning, planning.nia, "hand_over")
    outcome = await planning.nia.submit({"people": planning.ana.id})
    assert list(outcome.errors or {}) == ["people"]
    assert "Not in this channel" in (outcome.errors or {})["people"]


async def test_a_proposal_is_nobodys_until_it_is_accepted(planning: Stage) -> None:
    await add_item(planning, planning.omar, "Count the calls", owners=[planning.omar.id, planning.grace.id])
    assert await told(planning, planning.grace, "Count the calls") == 0
    await open_item(planning, planning.nia, "Count the calls")
    await planning.nia.modal_press("plan.item_status", "To do")
    text = read(await direct(planning, planning.grace, "Count the calls"))
    assert "is yours now; Nia Pryce accepted it." in text
    assert await told(planning, planning.omar, "Count the calls") == 1


async def test_what_was_given_on_meanwhile_is_not_told(planning: Stage) -> None:
    """The message is drawn from the state as it is when it is sent."""
    planning.runtime.bot.dispatcher.stop()
    await add_item(
        planning, planning.nia, "Mend the list", by=await plan_message(planning), owners=[planning.omar.id]
    )
    item = await item_called(planning, "Mend the list")
    value = Reference(assessment=(await planning.assessment()).id, item=item.id).encode()
    await dispatch(planning, press_payload(planning, planning.nia.id, "plan.hand_over", value))
    await form(planning, planning.nia, "hand_over")
    await planning.nia.submit({"people": planning.grace.id})
    await planning.restart()
    await direct(planning, planning.grace, "is yours now")
    text = read(await direct(planning, planning.omar, "yours no longer"))
    assert "Mend the list" in text
    assert await told(planning, planning.omar, "is yours now") == 0


async def test_a_deactivated_owner_is_flagged_once(planning: Stage) -> None:
    await add_item(planning, planning.nia, "Mend the list", owners=[planning.omar.id])
    await add_item(planning, planning.nia, "Ask around", owners=[planning.omar.id, planning.grace.id])
    await direct(planning, planning.omar, "Ask around")
    await planning.slack.deactivate(planning.omar.id)
    message = await direct(planning, planning.nia, "is no longer there")
    text = read(message)
    assert "Omar Shah is no longer there: deactivated, or no longer in the channel." in text
    assert "2 items of the plan are still theirs." in text
    assert "Mend the list" in text and "Ask around" in text
    await planning.slack.advance(2 * 3600)
    await planning.restart()
    assert await told(planning, planning.nia, "is no longer there") == 1
    value = await about_item(planning, "Ask around", person=planning.omar.id)
    channel = message.channel
    await planning.nia.press(channel, message.ts, "plan.hand_over", value=value)
    await form(planning, planning.nia, "hand_over")
    await planning.nia.submit({"people": planning.ana.id})
    await direct(planning, planning.ana, "is yours now")
    assert (await item_called(planning, "Ask around")).owners == (planning.ana.id, planning.grace.id)


async def test_an_owner_who_left_the_channel_is_flagged(planning: Stage) -> None:
    await add_item(planning, planning.nia, "Mend the list", owners=[planning.grace.id])
    await direct(planning, planning.grace, "is yours now")
    await planning.grace.leave(planning.channel)
    text = read(await direct(planning, planning.nia, "Grace Obi is no longer there"))
    assert "1 item of the plan is still theirs." in text


async def test_what_happened_while_we_were_not_there_is_found(planning: Stage) -> None:
    await add_item(planning, planning.nia, "Mend the list", owners=[planning.grace.id])
    await planning.still()
    await planning.slack.set_rules(subscriptions=[])
    await planning.grace.leave(planning.channel)
    await planning.slack.advance(600)
    await planning.slack.set_rules(subscriptions=None)
    await go_round(planning)
    await direct(planning, planning.nia, "Grace Obi is no longer there")
    await planning.slack.advance(2 * 3600)
    await go_round(planning)
    assert await told(planning, planning.nia, "is no longer there") == 1


async def test_the_plan_is_drawn_again_when_something_is_overdue(planning: Stage) -> None:
    milestones = f"{in_days(planning, 2).isoformat()} First list"
    await add_item(planning, planning.nia, "Mend the list", milestones=milestones)
    message = await plan_message(planning)
    await planning.until_reads(message.ts, "First list")
    await go_round(planning)
    await planning.still()
    assert "(overdue)" not in read(await plan_message(planning))
    await planning.slack.advance(3 * 24 * 3600)
    await go_round(planning)
    await planning.until_reads(message.ts, "(overdue)")
    before = (await planning.still()).calls("chat.update")
    await go_round(planning)
    assert (await planning.still()).calls("chat.update") == before


async def test_a_direct_message_shows_ones_own_items_everywhere(planning: Stage) -> None:
    await add_item(planning, planning.nia, "Mend the list", owners=[planning.omar.id])
    planning_channel, planning.channel = planning.channel, PRIVATE_CHANNEL
    await planning.start(title="For leaders", channel=PRIVATE_CHANNEL)
    await set_targets(planning, planning.nia, data=4)
    await add_item(planning, planning.nia, "Be brave", owners=[planning.omar.id, planning.grace.id])
    planning.channel = planning_channel
    await planning.omar.dm("plan")
    text = read(await direct(planning, planning.omar, "Your items"))
    assert "2 items in the plans of the channels that you are in." in text
    assert "Be brave" in text and "For leaders" in text and "Mend the list" in text
    await planning.ana.dm("plan mine")
    await direct(planning, planning.ana, "You own no item in any plan")
    # The same by the command, in that conversation or in a channel that has no plan.
    conversation, _ = await planning.omar.dm("plan export")
    planning.channel = conversation
    text = await command(planning, planning.omar, "plan mine", "2 items in the plans")
    assert "Be brave" in text and "Mend the list" in text
    await command(planning, planning.omar, "plan overdue", "Nothing is overdue in any plan")
    await command(planning, planning.omar, "plan export", "There are several plans.")
    await command(planning, planning.omar, "suggest", "Several assessments are under way.")
    planning.channel = WITHOUT_BOT_CHANNEL
    await command(planning, planning.nia, "plan mine", "You own no item in any plan")
    await command(planning, planning.nia, "plan all", "2 items in the plans")


async def test_what_is_proposed_reaches_whoever_decides_and_they_answer_there(planning: Stage) -> None:
    milestones = f"{in_days(planning, 2).isoformat()} First list"
    await add_item(planning, planning.omar, "Count calls", owners=[planning.grace.id], milestones=milestones)
    message = await direct(planning, planning.nia, "1 item for you to take in or not")
    assert "Proposed by Omar Shah." in read(message)
    await add_item(planning, planning.ana, "Ask around", owners=[])
    await planning.until_reads(message.ts, "2 items for you to take in or not", message.channel)
    assert await told(planning, planning.nia, "Proposed for the plan") == 1
    assert await told(planning, planning.omar, "Proposed for the plan") == 0
    answer = await command(planning, planning.nia, "plan", "Count calls")
    assert "[Take into the plan] [Not taking it…]" in answer and "[Done: First list]" not in answer
    await planning.nia.open_home()
    await planning.slack.until(
        lambda seen: "*Proposed for the plan* (2)" in getattr(seen.home(planning.nia.id), "readable", "")
    )
    value = await about_item(planning, "Count calls", word="to_do", due=str(in_days(planning, 0)))
    await planning.nia.press(message.channel, message.ts, "plan.take_in", value=value)
    await planning.until_reads(message.ts, "Count calls*: in the plan.", message.channel)
    await direct(planning, planning.omar, "Nia Pryce took it in. It belongs to Grace Obi.")
    await direct(planning, planning.grace, "is yours now; Nia Pryce accepted it")
    await planning.nia.home_press("plan.leave_out", block_id="decide-1")
    await form(planning, planning.nia, "item_status")
    await planning.nia.submit({"reason": "Asked before"})
    await planning.until_reads(message.ts, "not done, says Nia Pryce. Reason: Asked before", message.channel)
    await planning.until_reads(message.ts, "all is decided", message.channel)
    await direct(planning, planning.ana, "was not taken into the plan; Nia Pryce decided so.")
    await open_item(planning, planning.nia, "Count calls")
    await planning.nia.modal_press("plan.item_status", "Proposed")
    await notice(planning, planning.nia, "to “proposed”")
    await planning.nia.modal_press("plan.take_in")
    await notice(planning, planning.nia, "from “proposed” to “to do”")


async def test_a_private_plan_is_shown_to_its_people_only(stage: Stage) -> None:
    """Not even by a button with the right value, nor after somebody has left."""
    stage.channel = PRIVATE_CHANNEL
    await stage.start(title="For leaders", channel=PRIVATE_CHANNEL)
    await set_targets(stage, stage.nia, data=4)
    await add_item(stage, stage.nia, "Be brave", owners=[stage.omar.id])
    await stage.still()
    assessment = await stage.assessment(PRIVATE_CHANNEL)
    item = await item_called(stage, "Be brave")
    value = Reference(assessment=assessment.id, item=item.id).encode()
    for action in ("plan.open_item", "plan.edit_item", "plan.hand_over", "plan.choose_item", "plan.targets"):
        await dispatch(stage, press_payload(stage, stage.ana.id, action, value))
        words = await notice(stage, stage.ana, "not in the channel")
        assert "Be brave" not in words
        await stage.ana.close_modal()
    await stage.omar.leave(PRIVATE_CHANNEL)
    await stage.omar.dm("plan")
    await direct(stage, stage.omar, "You own no item in any plan")
    seen = await stage.still()
    for channel in {message.channel for message in seen.messages(PRIVATE_CHANNEL)}:
        assert channel == PRIVATE_CHANNEL
    assert len(keyed(seen, PRIVATE_CHANNEL, "plan:")) == 1
    assert (await plan_of(stage, PRIVATE_CHANNEL)).item(item.id).owners == (stage.omar.id,)
